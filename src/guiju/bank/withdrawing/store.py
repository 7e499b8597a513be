"""SQL of withdrawals: what is found, set by set; tombstones; packages; what is read of it all."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from guiju.bank import tables as t
from guiju.bank.model import Held, Rights
from guiju.bank.store import rearrange
from guiju.bank.withdrawing.model import Extent, Foreseen, Package, Removed, Scope, Withdrawal
from guiju.data.tables import item, source
from guiju.delivery import delivery_table
from guiju.people import Role, account_table
from guiju.projects.tables import membership, project
from guiju.storage import Tx, metadata

_w, _i = t.withdrawal.c, t.withdrawal_item.c


def insert_withdrawal(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t.withdrawal), {**values, "state": "asked", "asked_at": tx.at})


def update_withdrawal(tx: Tx, withdrawal_id: int, **values: object) -> None:
    tx.execute(update(t.withdrawal).where(_w.id == withdrawal_id).values(**values))


def find_running(
    connection: Connection, scope: Scope, customer: str | None, project_id: int | None, item_id: int | None
) -> int | None:
    same = and_(_w.scope == scope.value, _w.customer == customer, _w.project_id == project_id, _w.item_id == item_id)
    return connection.execute(select(_w.id).where(same, _w.state != "done").limit(1)).scalar()


def _listed() -> Select[*tuple[Any, ...]]:
    return select(t.withdrawal, account_table.c.name).join_from(
        t.withdrawal, account_table, account_table.c.id == _w.asked_by
    )


def _withdrawal(row: Row[*tuple[Any, ...]]) -> Withdrawal:
    report = msgspec.json.decode(row.report, type=Removed) if row.report else None
    what = (Scope(row.scope), Extent(row.extent), row.customer, row.project_id, row.item_id, row.reason)
    return Withdrawal(row.id, *what, row.state, row.job_id, report, row.name, row.asked_at, row.done_at)


def find(connection: Connection, withdrawal_id: int) -> Withdrawal | None:
    row = connection.execute(_listed().where(_w.id == withdrawal_id)).first()
    return _withdrawal(row) if row else None


def list_all(connection: Connection, limit: int = 200) -> list[Withdrawal]:
    """The newest first."""
    return [_withdrawal(row) for row in connection.execute(_listed().order_by(_w.id.desc()).limit(limit))]


def projects_of(connection: Connection, customer: str) -> list[int]:
    return list(connection.execute(select(project.c.id).where(project.c.customer == customer)).scalars())


def project_of_item(connection: Connection, item_id: int) -> int | None:
    return connection.execute(select(item.c.project_id).where(item.c.id == item_id)).scalar()


def _origin(scope: Scope, customer: str | None, project_id: int | None, item_id: int | None) -> Any:
    """Which items were given by whoever takes them back."""
    if scope is Scope.ITEM:
        return item.c.id == item_id
    if scope is Scope.PROJECT:
        return item.c.project_id == project_id
    return item.c.project_id.in_(select(project.c.id).where(project.c.customer == customer))


def foresee(
    connection: Connection, scope: Scope, customer: str | None, project_id: int | None, item_id: int | None
) -> Foreseen:
    """What is there at the first look."""
    mine = _origin(scope, customer, project_id, item_id)
    count, of = func.count, func.count(item.c.project_id.distinct())
    items, projects = connection.execute(select(count(), of).select_from(item).where(mine)).one()
    deposits = select(count()).select_from(t.deposit).join(item, item.c.id == t.deposit.c.item_id).where(mine)
    drawn = (
        select(count())
        .select_from(t.draw)
        .join(t.deposit, t.deposit.c.id == t.draw.c.deposit_id)
        .join(item, item.c.id == t.deposit.c.item_id)
        .where(mine)
    )
    return Foreseen(projects, items, connection.execute(deposits).scalar_one(), connection.execute(drawn).scalar_one())


def _put(tx: Tx, withdrawal_id: int, how: str, found: Any) -> int:
    """Items that were not found yet, with how they are now."""
    known = exists().where(_i.withdrawal_id == withdrawal_id, _i.item_id == item.c.id)
    said = (literal(withdrawal_id), item.c.id, item.c.project_id, literal(how), item.c.hash, literal(value=False))
    gone = exists().where(_i.item_id == item.c.id, _i.removed)
    names = ["withdrawal_id", "item_id", "project_id", "how", "hash", "removed"]
    rows = select(*said).where(found, ~known, ~gone)
    return len(tx.execute(insert(t.withdrawal_item).from_select(names, rows).returning(_i.item_id)).all())


def find_origin(tx: Tx, one: Withdrawal) -> int:
    """The first ring: what was given; or, of what others got, the draws into projects of other customers."""
    mine = _origin(one.scope, one.customer, one.project_id, one.item_id)
    if one.extent is Extent.GENERAL:
        return _put(tx, one.id, "draw", item.c.id.in_(_drawn_by_others(mine)))
    return _put(tx, one.id, "origin", mine)


def find_copies(tx: Tx, one: Withdrawal) -> int:
    """Of one item: whatever else in the house has its content, or that of anything found with it."""
    content = select(_i.hash).where(_i.withdrawal_id == one.id)
    return _put(tx, one.id, "copy", item.c.hash.in_(content)) if one.scope is Scope.ITEM else 0


def _drawn_by_others(mine: Any) -> Any:
    target = project.alias("target")
    given = select(item.c.id).where(mine)
    return (
        select(t.draw.c.item_id)
        .join(t.deposit, t.deposit.c.id == t.draw.c.deposit_id)
        .join(target, target.c.id == t.draw.c.project_id)
        .where(t.deposit.c.item_id.in_(given), or_(target.c.customer != t.deposit.c.customer, target.c.customer == ""))
    )


def find_further(tx: Tx, one: Withdrawal) -> int:
    """The next ring: drawn from what was found, made of it, and for one item what it was made of."""
    mine = select(_i.item_id).where(_i.withdrawal_id == one.id)
    drawn = (
        select(t.draw.c.item_id)
        .join(t.deposit, t.deposit.c.id == t.draw.c.deposit_id)
        .where(t.deposit.c.item_id.in_(mine))
    )
    found = _put(tx, one.id, "draw", item.c.id.in_(drawn))
    made = metadata.tables["derivation"].c
    found += _put(tx, one.id, "derived", item.c.id.in_(select(made.child_id).where(made.parent_id.in_(mine))))
    if one.scope is Scope.ITEM:
        found += _put(tx, one.id, "derived", item.c.id.in_(select(made.parent_id).where(made.child_id.in_(mine))))
    return found


def cover_draws(tx: Tx, one: Withdrawal) -> int:
    """What was drawn from a source that is taken back, where another source of the same content and answer stays and
    may be used there, is from now on drawn from that one; how many. Of one item everything goes, whoever else gave it.
    """
    if one.scope is Scope.ITEM:
        return 0
    d, heir, target, draw = t.deposit.c, t.deposit.alias("heir"), project.alias("target"), t.draw.c
    given = select(item.c.id).where(_origin(one.scope, one.customer, one.project_id, one.item_id))
    h = heir.c
    group = func.coalesce(h.same_as, h.id) == func.coalesce(d.same_as, d.id)
    general = (h.rights == Rights.GENERAL.value) & or_(h.until.is_(None), h.until > tx.at)
    may = or_(general, (h.customer != "") & (h.customer == target.c.customer))
    covered = (
        select(draw.deposit_id, draw.project_id, func.min(h.id).label("heir"))
        .join_from(t.draw, t.deposit, d.id == draw.deposit_id)
        .join(target, target.c.id == draw.project_id)
        .join(heir, (h.cluster == d.cluster) & (h.hash == d.hash) & group & h.item_id.not_in(given) & may)
        .where(d.item_id.in_(given))
        .group_by(draw.deposit_id, draw.project_id)
    )
    found = tx.execute(covered).all()
    rows = [{"from_id": row.deposit_id, "of_project": row.project_id, "to_id": row.heir} for row in found]
    if rows:
        of = (draw.deposit_id == bindparam("from_id")) & (draw.project_id == bindparam("of_project"))
        other = t.draw.alias("other").c
        twice = exists().where(other.deposit_id == bindparam("to_id"), other.project_id == bindparam("of_project"))
        tx.execute(delete(t.draw).where(of, twice), rows)
        tx.execute(update(t.draw).where(of).values(deposit_id=bindparam("to_id")), rows)
    return len(rows)


def narrow_origin(tx: Tx, one: Withdrawal) -> int:
    """What stays with its own customer is general no more; how many consents were ended."""
    mine = _origin(one.scope, one.customer, one.project_id, one.item_id)
    given = select(item.c.id).where(mine)
    held = {"rights": Rights.CUSTOMER.value, "held": Held.NO_CONSENT.value, "until": None, "consent_id": None}
    narrowed = list(tx.execute(select(t.deposit.c.id).where(t.deposit.c.item_id.in_(given))).scalars())
    tx.execute(update(t.deposit).where(t.deposit.c.item_id.in_(given)).values(held))
    rearrange(tx, narrowed)
    if one.scope is Scope.ITEM:
        return 0
    own = select(project.c.id).where(project.c.customer == one.customer) if one.scope is Scope.CUSTOMER else None
    consent = t.bank_consent.c
    which = consent.project_id.in_(own) if own is not None else consent.project_id == one.project_id
    ended = update(t.bank_consent).where(which, consent.ended_at.is_(None))
    return tx.execute(ended.values(ended_at=tx.at, ended_by=_asker(tx, one.id))).rowcount


def _asker(tx: Tx, withdrawal_id: int) -> int:
    return int(tx.execute(select(_w.asked_by).where(_w.id == withdrawal_id)).scalar_one())


class Gone(NamedTuple):
    """An item that is to be removed; `body` is its text where the row holds it."""

    item_id: int
    project_id: int
    source_id: int
    body: str | None


def next_items(connection: Connection, withdrawal_id: int, limit: int) -> list[Gone]:
    """The next that are still there."""
    found = select(_i.item_id, _i.project_id, item.c.source_id, item.c.body).join(item, item.c.id == _i.item_id)
    mine = found.where(_i.withdrawal_id == withdrawal_id, ~_i.removed).order_by(_i.item_id).limit(limit)
    return [Gone(*row) for row in connection.execute(mine)]


def mark_removed(tx: Tx, withdrawal_id: int, items: Sequence[int]) -> None:
    mine = (_i.withdrawal_id == withdrawal_id) & _i.item_id.in_(items)
    tx.execute(update(t.withdrawal_item).where(mine).values(removed=True))


def deposits_of(connection: Connection, items: Sequence[int]) -> list[int]:
    return list(connection.execute(select(t.deposit.c.id).where(t.deposit.c.item_id.in_(items))).scalars())


def next_contents(connection: Connection, withdrawal_id: int, limit: int) -> list[tuple[int, str]]:
    """`(item, hash)` of removed items whose content was not looked for yet."""
    wanted = (_i.withdrawal_id == withdrawal_id) & _i.removed & (_i.hash != "")
    rows = connection.execute(select(_i.item_id, _i.hash).where(wanted).order_by(_i.item_id).limit(limit))
    return [(row[0], row[1]) for row in rows]


def contributed_to(connection: Connection, items: Sequence[int]) -> list[str]:
    """Contents that people gave for these items."""
    given = metadata.tables["contribution"].c
    found = select(given.hash).where(given.item_id.in_(items), given.hash.is_not(None))
    return list(connection.execute(found).scalars())


def settle_contents(tx: Tx, withdrawal_id: int, items: Sequence[int]) -> None:
    mine = (_i.withdrawal_id == withdrawal_id) & _i.item_id.in_(items)
    tx.execute(update(t.withdrawal_item).where(mine).values(hash=""))


def count_items(connection: Connection, withdrawal_id: int) -> dict[str, int]:
    counted = select(_i.how, func.count()).where(_i.withdrawal_id == withdrawal_id).group_by(_i.how)
    return {row[0]: row[1] for row in connection.execute(counted)}


def items_in(connection: Connection, withdrawal_id: int, project_id: int) -> set[int]:
    mine = (_i.withdrawal_id == withdrawal_id) & (_i.project_id == project_id)
    return set(connection.execute(select(_i.item_id).where(mine)).scalars())


def projects_met(connection: Connection, withdrawal_id: int) -> list[int]:
    found = select(_i.project_id).where(_i.withdrawal_id == withdrawal_id).distinct().order_by(_i.project_id)
    return list(connection.execute(found).scalars())


def sources_met(connection: Connection, withdrawal_id: int) -> list[int]:
    found = select(item.c.source_id).join(t.withdrawal_item, _i.item_id == item.c.id)
    return list(connection.execute(found.where(_i.withdrawal_id == withdrawal_id).distinct()).scalars())


def sources_emptied(connection: Connection, sources: Sequence[int]) -> list[int]:
    """Those of which nothing is left."""
    left = exists().where(item.c.source_id == source.c.id, ~exists().where(_i.item_id == item.c.id, _i.removed))
    return list(connection.execute(select(source.c.id).where(source.c.id.in_(sources), ~left)).scalars())


def ready_packages(connection: Connection, project_id: int) -> list[tuple[int, str, str | None]]:
    """`(delivery, package, ledger)` of those that lie in the house."""
    d = delivery_table.c
    found = select(d.id, d.blob, d.ledger).where(d.project_id == project_id, d.blob.is_not(None)).order_by(d.id)
    return [(row[0], row[1], row[2]) for row in connection.execute(found)]


def put_package(tx: Tx, withdrawal_id: int, delivery_id: int, items: int, sha256: str) -> None:
    p = t.withdrawal_package.c
    same = (p.withdrawal_id == withdrawal_id) & (p.delivery_id == delivery_id)
    if tx.execute(select(p["items"]).where(same)).first() is None:
        values = {"withdrawal_id": withdrawal_id, "delivery_id": delivery_id, "items": items, "sha256": sha256}
        tx.execute(insert(t.withdrawal_package), {**values, "removed": False})


def packages_left(connection: Connection, withdrawal_id: int) -> list[tuple[int, str]]:
    p = t.withdrawal_package.c
    found = select(p.delivery_id, p.sha256).where(p.withdrawal_id == withdrawal_id, ~p.removed)
    return [(row[0], row[1]) for row in connection.execute(found)]


def mark_package(tx: Tx, withdrawal_id: int, delivery_id: int) -> None:
    p = t.withdrawal_package.c
    same = (p.withdrawal_id == withdrawal_id) & (p.delivery_id == delivery_id)
    tx.execute(update(t.withdrawal_package).where(same).values(removed=True))


def list_packages(connection: Connection, withdrawal_id: int) -> list[Package]:
    """What lies outside the house, and with whom: requesters and engineers of its project may have fetched it."""
    p, d = t.withdrawal_package.c, delivery_table.c
    found = (
        select(
            d.project_id,
            project.c.name,
            d.number,
            d.format,
            p["items"].label("items_held"),
            p.sha256,
            p.removed,
            d.created_at,
        )
        .join_from(t.withdrawal_package, delivery_table, d.id == p.delivery_id)
        .join(project, project.c.id == d.project_id)
        .where(p.withdrawal_id == withdrawal_id)
        .order_by(d.project_id, d.number)
    )
    rows = connection.execute(found).all()
    whom = _recipients(connection, {row.project_id for row in rows})
    return [_package(row, whom.get(row.project_id, ())) for row in rows]


def _package(row: Row[*tuple[Any, ...]], whom: tuple[str, ...]) -> Package:
    held = (row.items_held, row.sha256, row.removed, row.created_at)
    return Package(row.project_id, row.name, row.number, row.format, *held, whom)


def _recipients(connection: Connection, projects: set[int]) -> dict[int, tuple[str, ...]]:
    wanted = int(Role.REQUESTER | Role.ENGINEER)
    m = membership.c
    found = (
        select(m.project_id, account_table.c.name)
        .join_from(membership, account_table, account_table.c.id == m.account_id)
        .where(m.project_id.in_(projects), m.roles.op("&")(wanted) != 0)
        .order_by(account_table.c.name)
    )
    named: dict[int, tuple[str, ...]] = {}
    for project_id, name in connection.execute(found):
        named[project_id] = (*named.get(project_id, ()), name)
    return named
