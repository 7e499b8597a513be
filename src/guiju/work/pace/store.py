"""SQL of how far people are and how long answers took, counted inside the database: figures are read, not answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import ColumnClause, ColumnElement, Connection, Select, case, exists, func, literal_column, select

from guiju.annotations import Round, RoundKind, annotation_table, annotator_table, find_annotator
from guiju.kit import midnight
from guiju.work.gold.store import find_policy
from guiju.work.model import SlotState
from guiju.work.prefill.model import Count
from guiju.work.prefill.tables import suggested, suggested_label
from guiju.work.tables import slot

MOST_COUNTED = 10_000
# A median of so many is known to a few hundredths; the rest of a round of a million would tell nothing more.
NEWEST = 500
NEWEST_OF_ROUND = 20_000
# Written into the SQL as it is: only so does the partial index of open slots serve the count.
_OPEN: ColumnClause[int] = literal_column(str(SlotState.OPEN.value))
_a, _s, _l = annotation_table.c, suggested.c, suggested_label.c


def done_today(connection: Connection, round_id: int, account_id: int, now: int) -> int:
    """How many answers a person gave in a round since midnight of the server's day."""
    annotator_id = find_annotator(connection, account_id)
    if annotator_id is None:
        return 0
    gold = find_policy(connection, round_id)  # who was given a known item cannot see it by the count
    rounds = [round_id, gold.gold_round_id] if gold else [round_id]
    since = select(func.count()).where(_a.round_id.in_(rounds), _a.annotator_id == annotator_id, _a.at >= midnight(now))
    return connection.execute(since).scalar_one()


class Times(NamedTuple):
    """One annotator's answers in a round: how many, and of the newest how many are timed and cut, and their median."""

    annotator_id: int
    name: str
    answers: int
    timed: int
    clipped: int
    median_ms: float | None


def times_of(connection: Connection, round_id: int) -> list[Times]:
    """Each annotator's answers; corrections count as answers, for they took their time too."""
    counted = (
        select(_a.annotator_id, func.count().label("answers"))
        .where(_a.round_id == round_id)
        .group_by(_a.annotator_id)
        .subquery()
        .c
    )
    people = select(counted.annotator_id, annotator_table.c.name, counted.answers).where(
        annotator_table.c.id == counted.annotator_id
    )
    people = people.order_by(counted.answers.desc(), counted.annotator_id)
    return [
        Times(who, name, answers, *_newest(connection, round_id, who))
        for who, name, answers in connection.execute(people).all()
    ]


def _newest(connection: Connection, round_id: int, annotator_id: int) -> tuple[int, int, float | None]:
    """How many of somebody's newest answers are timed, how many were cut, and the median: a page of the index."""
    mine = (_a.round_id == round_id) & (_a.annotator_id == annotator_id)
    rows = connection.execute(
        select(_a.active_ms, _a.active_claim_ms).where(mine).order_by(_a.id.desc()).limit(NEWEST)
    ).all()
    spent = [row.active_ms for row in rows if row.active_ms is not None]
    cut = sum(row.active_claim_ms is not None for row in rows)
    return len(spent), cut, float(median(spent)) if spent else None


def median_of(
    connection: Connection, round_id: int, *, with_suggestion: bool | None = None
) -> tuple[int, float | None]:
    """How many of a round's newest answers have an active time, and their median; with a suggestion, or without."""
    newest = select(_a.id).where(_a.round_id == round_id).order_by(_a.id.desc()).limit(NEWEST_OF_ROUND)
    mine: ColumnElement[bool] = _a.id.in_(newest.scalar_subquery()) & _a.active_ms.is_not(None)
    if with_suggestion is not None:
        has = exists().where(_s.annotation_id == _a.id)
        mine &= has if with_suggestion else ~has
    spent = list(connection.execute(select(_a.active_ms).where(mine)).scalars())
    return len(spent), float(median(spent)) if spent else None


def outcomes_of(connection: Connection, round_ids: list[int]) -> dict[int, dict[str, int]]:
    """How many suggestions of each round were accepted, corrected and rejected: a walk over an index."""
    counted = (
        select(_s.round_id, _s.outcome, func.count())
        .where(_s.round_id.in_(round_ids), _s.holds)
        .group_by(_s.round_id, _s.outcome)
    )
    found: dict[int, dict[str, int]] = {}
    for round_id, outcome, count in connection.execute(counted):
        found.setdefault(round_id, {})[outcome] = count
    return found


class Choices(NamedTuple):
    """What one annotator made of the suggestions of a round."""

    accepted: int
    corrected: int
    rejected: int
    fast: int


def choices_of(connection: Connection, round_id: int, fast_below: float) -> Mapping[int, Choices]:
    """By annotator; `fast` are acceptances in less than so many milliseconds."""

    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    quick = (_s.outcome == "accepted") & (_a.active_ms < fast_below)
    columns = [count(_s.outcome == name) for name in ("accepted", "corrected", "rejected")]
    found: Select[Any] = (
        select(_s.annotator_id, *columns, count(quick))
        .join_from(suggested, annotation_table, _a.id == _s.annotation_id)
        .where(_s.round_id == round_id, _s.holds)
        .group_by(_s.annotator_id)
    )
    return {row[0]: Choices(*map(int, row[1:])) for row in connection.execute(found)}


def labels_of(connection: Connection, round_id: int) -> list[tuple[str, Count]]:
    """What became of each label's suggested parts, the most suggested first."""
    sums = [func.sum(column).label(column.name) for column in (_l.kept, _l.changed, _l.removed, _l.added)]
    found = (
        select(_l.label, *sums)
        .join_from(suggested_label, suggested, _s.annotation_id == _l.annotation_id)
        .where(_l.round_id == round_id, _s.holds)
        .group_by(_l.label)
        .order_by(func.sum(_l.kept + _l.changed + _l.removed).desc(), _l.label)
    )
    return [(row[0], Count(*map(int, row[1:]))) for row in connection.execute(found)]


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What a person can do in a round: `left` is counted up to 10,000; not `counted`, it is 1 where anything waits."""

    round_id: int
    left: int
    held: int
    done: int
    # where known answers are mixed in, all that waits would tell them: it falls with every item but them
    counted: bool = True


def list_open_work(
    connection: Connection, rounds: Sequence[Round], annotator_id: int | None, team_ids: Sequence[int]
) -> list[OpenWork]:
    """For each round, how much of it waits for this annotator and how much they did."""
    return [_open_work(connection, each, annotator_id, team_ids) for each in rounds]


def _open_work(connection: Connection, round_: Round, annotator_id: int | None, team_ids: Sequence[int]) -> OpenWork:
    round_id = round_.id
    left = 0
    for reserved in (annotator_id or -1, *(-team for team in team_ids), 0):
        waiting = (
            select(slot.c.id)
            .where(slot.c.round_id == round_id, slot.c.reserved == reserved, slot.c.state == _OPEN)
            .limit(MOST_COUNTED)
        )
        if round_.kind is RoundKind.RECHECK:  # nobody looks again at what they answered
            mine = exists().where(_a.item_id == slot.c.item_id, _a.annotator_id == annotator_id)
            waiting = waiting.where(~mine)
        left += connection.execute(select(func.count()).select_from(waiting.subquery())).scalar_one()
    gold = find_policy(connection, round_id)
    rounds = [round_id, gold.gold_round_id] if gold else [round_id]
    mine = select(slot.c.state, func.count()).where(slot.c.annotator_id == annotator_id, slot.c.round_id.in_(rounds))
    by = {row[0]: row[1] for row in connection.execute(mine.group_by(slot.c.state))} if annotator_id else {}
    done = by.get(2, 0) + by.get(3, 0)
    if gold is not None:
        return OpenWork(round_id, min(left, 1), by.get(1, 0), done, counted=False)
    return OpenWork(round_id, min(left, MOST_COUNTED), by.get(1, 0), done)
