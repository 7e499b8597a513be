"""SQL of contradictions: answers of one content, cases and their sides, what is in doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, delete, exists, func, insert, or_, select, update

from guiju.annotations import resolution_table
from guiju.bank import tables as t
from guiju.bank.clusters.store import slices
from guiju.bank.contradicting.model import Counted, Doubt, Fate, Said, State
from guiju.bank.contradicting.tables import contradiction, contradiction_side
from guiju.bank.model import Reader
from guiju.bank.store import permitted
from guiju.kinds import decode_answers
from guiju.people import account_table
from guiju.rulings import question_table
from guiju.storage import Tx

_d, _c, _s, _r = t.deposit.c, contradiction.c, contradiction_side.c, resolution_table.c


@dataclass(frozen=True, slots=True)
class KnownSide:
    said: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class KnownCase:
    id: int
    state: State
    sides: Mapping[int, KnownSide]


def answers_in(connection: Connection, clusters: Sequence[int], most: int) -> dict[int, list[Said]]:
    """Of each cluster in which several answers stand, those, the newest `most`, the oldest first."""
    found: dict[int, list[Said]] = {}
    for some in slices(clusters):
        stands = _d.cluster.in_(some) & _d.same_as.is_(None)
        several = select(_d.cluster).where(stands).group_by(_d.cluster).having(func.count() > 1)
        rows = (
            select(_d.id, _d.cluster, _d.hash, _d.said, _d.rulebook_id, _d.project_id, _d.rights, _d.customer)
            .add_columns(_r.answers)
            .join_from(t.deposit, resolution_table, _r.id == _d.resolution_id)
            .where(stands, _d.cluster.in_(several.scalar_subquery()))
            .order_by(_d.id)
        )
        for row in connection.execute(rows).all():
            whose = (row.rulebook_id, row.project_id, row.rights, row.customer)
            said = Said(row.id, row.cluster, row.hash, row.said, *whose, decode_answers(row.answers))
            found.setdefault(said.cluster, []).append(said)
    return {cluster: said[-most:] for cluster, said in found.items()}


def known_cases(connection: Connection, clusters: Sequence[int]) -> dict[int, list[KnownCase]]:
    """The cases of these clusters; a cluster that joined another is known by the deposits of its sides."""
    found: dict[int, list[KnownCase]] = {}
    for some in slices(clusters):
        mine = select(_s.contradiction_id).join(t.deposit, _d.id == _s.deposit_id).where(_d.cluster.in_(some))
        here = _c.cluster.in_(some) & (_c.state != State.GONE.value)
        cases = connection.execute(select(_c.id, _c.cluster, _c.state).where(or_(here, _c.id.in_(mine)))).all()
        sides = select(_s.contradiction_id, _s.deposit_id, _s.said, _s.fate, _d.cluster).join(
            t.deposit, _d.id == _s.deposit_id
        )
        held: dict[int, dict[int, KnownSide]] = {}
        now_in: dict[int, int | None] = {}
        for row in connection.execute(sides.where(_s.contradiction_id.in_([each.id for each in cases]))):
            held.setdefault(row[0], {})[row[1]] = KnownSide(row[2], Fate(row[3]))
            now_in[row[0]] = row[4]
        for each in cases:
            one = KnownCase(each.id, State(each.state), held.get(each.id, {}))
            found.setdefault(now_in.get(each.id) or each.cluster, []).append(one)
    return found


def insert_case(tx: Tx, cluster: int) -> int:
    return tx.insert(insert(contradiction), {"cluster": cluster, "state": State.OPEN.value, "found_at": tx.at})


def set_state(tx: Tx, case_id: int, cluster: int, state: State) -> None:
    since = case((_c.state == state.value, _c.settled_at), else_=None if state is State.OPEN else tx.at)
    values = {"state": state.value, "cluster": cluster, "settled_at": since}
    tx.execute(update(contradiction).where(_c.id == case_id).values(values))


def put_sides(tx: Tx, case_id: int, sides: Sequence[Said], fates: Mapping[int, Fate]) -> None:
    """These are the sides; one whose ruling stays keeps it, with its question."""
    keep = list(fates)
    tx.execute(delete(contradiction_side).where(_s.contradiction_id == case_id, _s.deposit_id.not_in(keep)))
    fresh = [each for each in sides if each.deposit_id not in fates]
    rows = [{"contradiction_id": case_id, "deposit_id": each.deposit_id, "said": each.digest} for each in fresh]
    if rows:
        tx.execute(insert(contradiction_side), [{**row, "fate": Fate.OPEN.value} for row in rows])


def spread_doubts(tx: Tx, clusters: Sequence[int]) -> None:
    """What is in doubt, of each group as a whole."""
    head = func.coalesce(_d.same_as, _d.id)
    for some in slices(clusters):
        mine = _d.cluster.in_(some)
        is_open = exists().where(
            _s.deposit_id == head, _s.contradiction_id == _c.id, _c.state == State.OPEN.value, _s.fate != Fate.ASIDE
        )
        aside = exists().where(_s.deposit_id == head, _s.fate == Fate.ASIDE.value)
        doubt = case((aside, Doubt.ASIDE.value), (is_open, Doubt.OPEN.value), else_=None)
        tx.execute(update(t.deposit).where(mine, _d.doubt.is_distinct_from(doubt)).values(doubt=doubt))


def close_emptied(tx: Tx) -> None:
    left = exists().where(_s.contradiction_id == _c.id)
    empty = (_c.state != State.GONE.value) & ~left
    tx.execute(update(contradiction).where(empty).values(state=State.GONE.value, settled_at=tx.at))


def set_fates(tx: Tx, case_id: int, deposits: Sequence[int], fate: Fate, *, by: int | None, reason: str) -> None:
    mine = (_s.contradiction_id == case_id) & _s.deposit_id.in_(deposits)
    values = {"fate": fate.value, "ruled_by": by, "ruled_at": tx.at, "reason": reason}
    tx.execute(update(contradiction_side).where(mine).values(values))


def set_question(tx: Tx, case_id: int, deposit_id: int, question_id: int) -> None:
    mine = (_s.contradiction_id == case_id) & (_s.deposit_id == deposit_id)
    tx.execute(update(contradiction_side).where(mine).values(question_id=question_id))


def sides_of_question(connection: Connection, question_id: int) -> list[Row[*tuple[Any, ...]]]:
    """`(contradiction, deposit, said, cluster)` about which a question was asked."""
    found = select(_s.contradiction_id, _s.deposit_id, _s.said, _d.cluster, _d.rulebook_id, _d.hash).join(
        t.deposit, _d.id == _s.deposit_id
    )
    return list(connection.execute(found.where(_s.question_id == question_id)).all())


def item_of(connection: Connection, deposit_id: int) -> int:
    return int(connection.execute(select(_d.item_id).where(_d.id == deposit_id)).scalar_one())


def find_case(connection: Connection, case_id: int) -> Row[*tuple[Any, ...]] | None:
    return connection.execute(select(contradiction).where(_c.id == case_id)).first()


def _seen(reader: Reader) -> ColumnElement[bool]:
    """Whether the reader may see two sides of a case."""
    side, deposit = contradiction_side.alias("side"), t.deposit.alias("of_side")
    sides = (
        select(func.count())
        .select_from(side)
        .join(deposit, deposit.c.id == side.c.deposit_id)
        .where(side.c.contradiction_id == _c.id, permitted(deposit.c, reader))
    )
    return sides.scalar_subquery() > 1


def list_cases(
    connection: Connection, reader: Reader, state: State, *, before: int | None, limit: int
) -> list[Row[*tuple[Any, ...]]]:
    """The newest first, of those of which the reader sees two sides."""
    found = select(contradiction).where(_c.state == state.value, _seen(reader))
    if before is not None:
        found = found.where(_c.id < before)
    return list(connection.execute(found.order_by(_c.id.desc()).limit(limit)).all())


def count_cases(connection: Connection, reader: Reader, most: int) -> Counted:
    """Of each state, up to `most`."""

    def count(state: State) -> int:
        some = select(_c.id).where(_c.state == state.value, _seen(reader)).limit(most).subquery()
        return int(connection.execute(select(func.count()).select_from(some)).scalar_one())

    return Counted(count(State.OPEN), count(State.SETTLED))


def sides_of(connection: Connection, cases: Sequence[int], reader: Reader) -> dict[int, list[Row[*tuple[Any, ...]]]]:
    """The sides of these cases that the reader may see, the oldest first."""
    mate = t.deposit.alias("mate")
    sources = select(func.count()).where(or_(mate.c.id == _d.id, mate.c.same_as == _d.id)).scalar_subquery()
    q = question_table.c
    found = (
        select(contradiction_side, t.deposit.c.item_id, _d.project_id, _d.project_name, _d.customer, _d.rulebook_id)
        .add_columns(_d.grade, _d.clauses, _d.rights, _d.likeness, _d.media, _r.answers, sources.label("sources"))
        .add_columns(_d.hash, account_table.c.name.label("ruler"), q.state.label("question_state"))
        .join_from(contradiction_side, t.deposit, _d.id == _s.deposit_id)
        .join(resolution_table, _r.id == _d.resolution_id)
        .join(account_table, account_table.c.id == _s.ruled_by, isouter=True)
        .join(question_table, q.id == _s.question_id, isouter=True)
        .where(_s.contradiction_id.in_(cases), permitted(_d, reader))
        .order_by(_d.id)
    )
    told: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    for row in connection.execute(found).all():
        told.setdefault(row.contradiction_id, []).append(row)
    return told
