"""SQL of clusters and groups, of what is still to be compared, and of the sources of a deposit."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, String, case, cast, delete, exists, func, insert, literal, or_, select, update

from guiju.bank import tables as t
from guiju.bank.clusters.tables import deposit_near
from guiju.bank.model import Rights
from guiju.data import item_table
from guiju.inspection import lot_table
from guiju.rulebooks.tables import rulebook as rulebook_table
from guiju.storage import Tx

SLICE = 1_000
_d, _n, _i = t.deposit.c, deposit_near.c, item_table.c


def slices(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), SLICE):
        yield ids[start : start + SLICE]


def join_exact(tx: Tx, ids: Sequence[int]) -> list[int]:
    """Put new deposits to those of the same content; the clusters of all of `ids`."""
    other = t.deposit.alias("other")
    first = select(func.min(func.coalesce(other.c.cluster, other.c.id))).where(other.c.hash == _d.hash)
    new = _d.id.in_(ids) & _d.cluster.is_(None)
    tx.execute(update(t.deposit).where(new).values(cluster=first.scalar_subquery()))
    return clusters_of(tx.connection, ids)


def clusters_of(connection: Connection, ids: Sequence[int]) -> list[int]:
    found = set[int]()
    for some in slices(ids):
        found.update(connection.execute(select(_d.cluster).where(_d.id.in_(some)).distinct()).scalars())
    return sorted(found - {None})


def regroup(tx: Tx, clusters: Sequence[int]) -> None:
    """Say anew who stands for whom in these clusters.

    A group is the same answer under the same rules: everything general, and of each customer what is theirs alone.
    Whose consent holds longest stands, of these the best grade, of these the oldest: while anybody may see any of the
    group, the one that stands may be seen.
    """
    nobodys = literal("#") + cast(_d.project_id, String)
    whose = case(
        (_d.rights == Rights.GENERAL.value, ""), (_d.customer == "", nobodys), else_=literal("=") + _d.customer
    )
    order = (case((_d.until.is_(None), 0), else_=1), _d.until.desc(), _d.grade, _d.id)
    key = (_d.cluster, _d.said, rulebook_table.c.digest, _d.rights, whose)
    for some in slices(clusters):
        ranked = (
            select(_d.id, func.first_value(_d.id).over(partition_by=key, order_by=order).label("head"))
            .join_from(t.deposit, rulebook_table, rulebook_table.c.id == _d.rulebook_id)
            .where(_d.cluster.in_(some))
            .subquery()
        )
        stands = case((ranked.c.head == ranked.c.id, None), else_=ranked.c.head)
        changed = (_d.id == ranked.c.id) & _d.same_as.is_distinct_from(stands)
        tx.execute(update(t.deposit).where(changed).values(same_as=stands))


def compare_again(tx: Tx, clusters: Sequence[int]) -> None:
    """Let the job look at everything of these clusters once more: what may be told of it has changed."""
    for some in slices(clusters):
        mine = select(_d.id).where(_d.cluster.in_(some))
        tx.execute(delete(deposit_near).where(_n.deposit_id.in_(mine)))


def leave_clusters(tx: Tx, ids: Sequence[int]) -> list[int]:
    """Before these deposits go: whose first content goes gets another; the clusters that are left."""
    clusters, going = clusters_of(tx.connection, ids), set(ids)
    left = set[int]()
    for some in slices(clusters):
        heirs = (
            select(_d.cluster, func.min(_d.id).label("heir"))
            .where(_d.cluster.in_(some), _d.id.not_in(ids))
            .group_by(_d.cluster)
        )
        for row in tx.execute(heirs).all():
            cluster, heir = row.cluster, row.heir
            if cluster in going:
                tx.execute(update(t.deposit).where(_d.cluster == cluster).values(cluster=heir))
                tx.execute(update(t.deposit).where(_d.id == heir).values(likeness=None))
            left.add(heir if cluster in going else cluster)
    return sorted(left)


def uncompared(connection: Connection, after: int, limit: int) -> list[Row[*tuple[Any, ...]]]:
    """The next deposits that were not compared yet, with what is compared of them."""
    there = exists().where(_n.deposit_id == _d.id)
    found = (
        select(_d.id, _d.cluster, _d.hash, _i.media, _i.body, _i.width, _i.height, _i.size)
        .join_from(t.deposit, item_table, _i.id == _d.item_id)
        .where(_d.id > after, ~there)
        .order_by(_d.id)
        .limit(limit)
    )
    return list(connection.execute(found).all())


def count_uncompared(connection: Connection) -> int:
    there = exists().where(_n.deposit_id == _d.id)
    return int(connection.execute(select(func.count()).select_from(t.deposit).where(~there)).scalar_one())


def founders(connection: Connection, medium: str) -> Iterator[Sequence[Row[*tuple[Any, ...]]]]:
    """`(deposit, bands)` of every first content of a medium, a chunk at a time."""
    found = select(_d.id, _n.bands).join_from(deposit_near, t.deposit, _d.id == _n.deposit_id)
    found = found.where(_n.medium == medium, _d.cluster == _d.id, func.length(_n.bands) > 0)
    rows = connection.execute(found, execution_options={"yield_per": 10_000})
    yield from rows.partitions()


def bodies_of(connection: Connection, ids: Sequence[int]) -> list[tuple[int, str, str, str | None]]:
    """`(deposit, hash, media, body)` of these."""
    found = list[tuple[int, str, str, str | None]]()
    for some in slices(ids):
        wanted = select(_d.id, _i.hash, _i.media, _i.body).join_from(t.deposit, item_table, _i.id == _d.item_id)
        found += [(row[0], row[1], row[2], row[3]) for row in connection.execute(wanted.where(_d.id.in_(some)))]
    return found


def clusters_under_both(connection: Connection, map_id: int) -> list[int]:
    """Contents that lie in the bank under both projects' rulebooks of a mapping."""
    m, rulebook = t.label_map.c, rulebook_table.alias("one")
    pair = connection.execute(select(m.from_rulebook_id, m.to_rulebook_id).where(m.id == map_id)).first()
    if pair is None:
        return []
    old, new = (
        select(rulebook_table.c.id).where(
            rulebook_table.c.project_id == select(rulebook.c.project_id).where(rulebook.c.id == each).scalar_subquery()
        )
        for each in pair
    )
    other = t.deposit.alias("other").c
    found = (
        select(_d.cluster)
        .distinct()
        .where(_d.rulebook_id.in_(old), exists().where(other.cluster == _d.cluster, other.rulebook_id.in_(new)))
    )
    return list(connection.execute(found.order_by(_d.cluster)).scalars())


def put_near(tx: Tx, rows: Sequence[dict[str, object]]) -> None:
    """That these were compared; one that somebody withdrew meanwhile is left out."""
    there = set[int]()
    for some in slices([int(str(row["deposit_id"])) for row in rows]):
        known = exists().where(_n.deposit_id == _d.id)
        there.update(tx.execute(select(_d.id).where(_d.id.in_(some), ~known)).scalars())
    fresh = [row for row in rows if row["deposit_id"] in there]
    if fresh:
        tx.execute(insert(deposit_near), fresh)


def join_near(tx: Tx, pairs: Sequence[tuple[int, int, float]]) -> list[int]:
    """Bring `(first of a cluster, first of an older one, likeness)` together; the older clusters."""
    for cluster, into, likeness in pairs:
        there = select(literal(1)).where(t.deposit.alias("o").c.id == into)
        mine = (_d.cluster == cluster) & there.exists()
        tx.execute(update(t.deposit).where(mine).values(cluster=into, likeness=likeness))
    return sorted({into for _, into, _ in pairs})


def group_of(connection: Connection, deposit_id: int) -> list[Row[*tuple[Any, ...]]]:
    """Every source of the group that a deposit is of, the one that stands first."""
    head = select(func.coalesce(_d.same_as, _d.id)).where(_d.id == deposit_id).scalar_subquery()
    consent, lot = t.bank_consent.c, lot_table.c
    found = (
        select(t.deposit, lot.number.label("lot_number"), lot.decided_at, consent.document)
        .join_from(t.deposit, lot_table, lot.id == _d.lot_id)
        .join(t.bank_consent, consent.id == _d.consent_id, isouter=True)
        .where(or_(_d.id == head, _d.same_as == head))
        .order_by(_d.same_as.is_not(None), _d.id)
        .limit(SLICE)
    )
    return list(connection.execute(found).all())
