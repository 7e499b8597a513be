"""What a project was like, read across the rooms: every figure from rows, none from memory."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from sqlalchemy import Connection

from guiju.annotations import Round, RoundKind, RoundState, list_rounds
from guiju.briefs import Brief, get_current_brief
from guiju.kit.money import MICROS
from guiju.pay import Paid, sum_paid
from guiju.planning.days import DayTotal, Tally, Worked, by_day, by_person, by_round, date_of, worked
from guiju.planning.estimate.actions import asked_of
from guiju.planning.estimate.model import Asked, Estimate
from guiju.planning.estimate.rules import estimate
from guiju.planning.estimate.store import trial_paces
from guiju.planning.forecast.rules import is_working_day, working_days_between
from guiju.planning.model import Facts
from guiju.planning.retrospective import store
from guiju.planning.retrospective.model import (
    Change,
    Confused,
    Costing,
    Defect,
    Figures,
    Learned,
    Line,
    Reason,
    Ruled,
    Spent,
    Waited,
)
from guiju.planning.retrospective.rules import share_difference, shares
from guiju.planning.stages import look_at_stages
from guiju.planning.store import gather_facts
from guiju.projects import Project
from guiju.rulebooks import RulebookVersion, differences, parse_rulebook
from guiju.rulebooks.store import list_published
from guiju.stats.intervals import wilson

LEAST_TIMED = 20
MOST_CHANGES = 20
MOST_DEFECTS = 60
WORK = {
    RoundKind.PRODUCTION: "production",
    RoundKind.TRIAL: "trial",
    RoundKind.REWORK: "rework",
    RoundKind.RECHECK: "recheck",
}


@dataclass(frozen=True, slots=True)
class _Done:
    """What was done: hours and answers by kind of work, items of production, and on which days."""

    hours: Mapping[str, float]
    answers: Mapping[str, int]
    items: float
    firsts: int
    days: Sequence[DayTotal]
    rounds: Sequence[Round]
    tallies: Mapping[int, Tally]


@dataclass(slots=True)
class _Blamed:
    """Defects of a kind while they are summed."""

    count: int = 0
    hours: float = 0.0
    cost: float | None = None
    lots: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])

    def add(self, count: int, hours: float, cost: float | None, lot: tuple[int, int]) -> None:
        self.count += count
        self.hours += hours
        if cost is not None:
            self.cost = (self.cost or 0.0) + cost
        self.lots.add(lot)


def gather_figures(connection: Connection, project: Project, at: int, confused: Sequence[Confused]) -> Figures:
    """All of a retrospective's figures; the caller has authorised, and read what the last trial confused."""
    seen, facts = worked(connection, project.id, at), gather_facts(connection, project.id)
    brief = get_current_brief(connection, project.id)
    done = _done(connection, project.id, seen)
    week = brief.plan.days_a_week if brief else 5.0
    asked = asked_of(brief, _first_day(brief, done, seen)) if brief else None
    planned = estimate(asked) if asked else None
    own = trial_paces(connection, [project.id])
    after_trial = estimate(asked, own) if asked and own else None
    paid = sum_paid(connection, project.id, at)
    actual = _actual(done, facts, brief, week, paid)
    defects, judged = _defects(connection, project.id, done, brief, actual, paid)
    inspected, ruled = store.verdict_effort(connection, project.id), store.ruling_effort(connection, project.id)
    spent = _spent(done, inspected, ruled, paid)
    last = date_of(done.days[-1].day) if done.days else None
    due = brief.figures.due if brief else None
    return Figures(
        project.name,
        project.customer,
        brief.trade if brief else "",
        brief.figures.currency if brief else "",
        date_of(done.days[0].day).isoformat() if done.days else None,
        last.isoformat() if last else None,
        due.isoformat() if due else None,
        _late(due, last, week),
        planned.basis.value if planned else None,
        _lines(asked, planned, after_trial, actual),
        _reasons(asked, planned, actual, done),
        spent,
        [Waited(one.stage.value, one.n, one.median, one.p90) for one in look_at_stages(connection, project.id)],
        judged,
        sum(one.count for one in defects),
        _interval(sum(one.count for one in defects), judged),
        defects[:MOST_DEFECTS],
        _changes(connection, project.id, done, paid),
        [Ruled(*one) for one in store.unused_rulings(connection, project.id)],
        list(confused),
        _learned(connection, seen, done, spent),
        store.count_questions(connection, project.id),
        store.count_disputes(connection, project.id),
        _costing(paid, brief),
        next((one.id for one in reversed(done.rounds) if one.kind is RoundKind.TRIAL), None),
    )


def _first_day(brief: Brief | None, done: _Done, seen: Worked) -> date:
    if brief is not None and brief.plan.start is not None:
        return brief.plan.start
    return date_of(done.days[0].day if done.days else seen.today)


def _done(connection: Connection, project_id: int, seen: Worked) -> _Done:
    rounds = [one for one in list_rounds(connection, project_id) if one.kind in WORK]
    rounds = [one for one in rounds if one.state is not RoundState.DRAFT]
    tallies = by_round(connection, seen)
    hours: dict[str, float] = defaultdict(float)
    answers: dict[str, int] = defaultdict(int)
    for one in rounds:
        tally = tallies.get(one.id, Tally())
        hours[WORK[one.kind]] += tally.hours or 0.0
        answers[WORK[one.kind]] += tally.answers
    made = [one for one in rounds if one.kind is RoundKind.PRODUCTION]
    firsts = {one.id: tallies.get(one.id, Tally()).firsts for one in made}
    days = by_day(connection, seen, [one.id for one in rounds if one.kind is not RoundKind.TRIAL], 0)
    items = sum(firsts[one.id] / one.overlap for one in made)
    return _Done(dict(hours), dict(answers), items, sum(firsts.values()), days, rounds, tallies)


def _costing(paid: Paid | None, brief: Brief | None) -> Costing | None:
    """What pay really paid, where there is pay; the brief's unit price otherwise."""
    if paid is not None:
        basis = "statements" if paid.statements else "cards"
        return Costing(basis, paid.currency, paid.statements, paid.closed / MICROS, paid.open / MICROS)
    if brief is None or brief.figures.unit_price is None:
        return None
    return Costing("price", brief.figures.currency)


def _actual(done: _Done, facts: Facts, brief: Brief | None, week: float, paid: Paid | None) -> dict[str, float]:
    """The figures by their names in `LINE_NAMES`; those that nothing says are left out."""
    annotating, whole = done.hours.get("production", 0.0), sum(done.hours.values())
    told: dict[str, float] = {"items": float(round(done.items)), "hours": whole}
    if done.items:
        told["answers_an_item"] = done.firsts / done.items
    if done.answers.get("production") and annotating:
        told["seconds"] = annotating * 3600 / done.answers["production"]
        told["rework"] = done.hours.get("rework", 0.0) / annotating
    if done.days:
        span = working_days_between(date_of(done.days[0].day), date_of(done.days[-1].day), week)
        rest = sum(not is_working_day(date_of(one.day), week) for one in done.days)
        told["days"] = float(max(1, span + rest))
        told["people"] = sum(one.people for one in done.days) / told["days"]
        if whole:
            told["hours_a_day"] = whole / told["days"] / told["people"]
    if brief is not None and brief.figures.unit_price is not None:
        told["price" if paid else "cost"] = facts.lots.accepted_items * brief.figures.unit_price
    if paid is not None:
        told["cost"] = paid.total / MICROS
    return told


def _plan(asked: Asked | None, found: Estimate | None) -> dict[str, float]:
    if asked is None or found is None:
        return {}
    told = {
        "items": asked.volume.point,
        "answers_an_item": float(asked.overlap),
        "seconds": found.seconds.point,
        "rework": asked.rework.point,
        "hours": found.hours.point,
        "people": float(asked.people),
        "hours_a_day": asked.hours_a_day,
        "days": found.days.point,
    }
    return told if found.cost is None else {**told, "cost": found.cost.point}


def _lines(
    asked: Asked | None, planned: Estimate | None, after: Estimate | None, actual: Mapping[str, float]
) -> list[Line]:
    plan, then = _plan(asked, planned), _plan(asked, after)
    names = ("items", "answers_an_item", "seconds", "rework", "hours", "people", "hours_a_day", "days", "cost", "price")
    told = [Line(name, plan.get(name), then.get(name), actual.get(name)) for name in names]
    return [one for one in told if (one.planned, one.actual) != (None, None)]


def _reasons(asked: Asked | None, planned: Estimate | None, actual: Mapping[str, float], done: _Done) -> list[Reason]:
    """Hours: the product items × answers × seconds × (1 + rework), and beside it trials and rechecks; then days."""
    plan = _plan(asked, planned)
    factors = ("items", "answers_an_item", "seconds", "rework")
    if planned is None or any(name not in plan or name not in actual for name in factors):
        return []
    told = shares("hours", _factors(plan), _factors(actual))
    told.append(Reason("hours", "trial", done.hours.get("trial", 0.0) - planned.trial_hours))
    told.append(Reason("hours", "recheck", done.hours.get("recheck", 0.0)))
    if all(name in actual for name in ("days", "people", "hours_a_day")):
        told += shares("days", _pace(plan), _pace(actual))
    return [one for one in told if abs(one.amount) >= 0.005]


def _factors(of: Mapping[str, float]) -> dict[str, float]:
    kept = {name: of[name] for name in ("items", "answers_an_item")}
    return {**kept, "seconds": of["seconds"] / 3600, "rework": 1 + of["rework"]}


def _pace(of: Mapping[str, float]) -> dict[str, float]:
    """Days are hours shared among people and their hours a day."""
    if not all(of[name] > 0 for name in ("hours", "people", "hours_a_day")):
        return {"hours": 0.0}
    return {"hours": of["hours"], "people": 1 / of["people"], "hours_a_day": 1 / of["hours_a_day"]}


def _late(due: date | None, last: date | None, week: float) -> int | None:
    if due is None or last is None:
        return None
    return working_days_between(due, last, week) - 1 if last > due else -(working_days_between(last, due, week) - 1)


def _spent(done: _Done, inspected: store.Effort, ruled: store.Effort, paid: Paid | None) -> list[Spent]:
    told = [
        Spent(name, done.hours.get(name, 0.0), done.answers.get(name, 0), True, _cost_of(rounds, paid), _named(rounds))
        for kind, name in WORK.items()
        for rounds in [[one for one in done.rounds if one.kind is kind]]
    ]
    told.append(Spent("inspection", inspected.hours, inspected.acts, is_measured=False))
    told.append(Spent("ruling", ruled.hours, ruled.acts, is_measured=False))
    return [one for one in told if one.answers]


def _named(rounds: Sequence[Round]) -> list[tuple[int, int]]:
    return [(one.id, one.number) for one in rounds]


def _cost_of(rounds: Sequence[Round], paid: Paid | None) -> float | None:
    """What pay says of these rounds."""
    return sum(paid.by_round.get(one.id, 0) for one in rounds) / MICROS if paid is not None else None


def _defects(  # noqa: PLR0917 - what was done, and what it cost
    connection: Connection,
    project_id: int,
    done: _Done,
    brief: Brief | None,
    actual: Mapping[str, float],
    paid: Paid | None,
) -> tuple[list[Defect], int]:
    """Defects by type, clause and severity, each with its part of its lot's rework; and how many were judged.

    The rework costs what pay paid for its round; without pay, what the brief's price makes of its hours.
    """
    rows = store.defects_by_lot(connection, project_id)
    rounds = store.rework_rounds(connection, project_id)
    whole: dict[int, int] = defaultdict(int)
    for row in rows:
        whole[row.lot_id] += row.findings
    price = brief.figures.unit_price if brief else None
    hour = price * 3600 / (actual["seconds"] * actual["answers_an_item"]) if price and "seconds" in actual else None
    numbers, found = store.lot_numbers(connection, project_id), dict[tuple[str, str, str], _Blamed]()
    for row in rows:
        again = rounds.get(row.lot_id, 0)
        hours, part = done.tallies.get(again, Tally()).hours or 0.0, row.findings / whole[row.lot_id]
        cost = hours * hour if hour is not None else None
        if paid is not None:
            cost = paid.by_round.get(again, 0) / MICROS
        one = found.setdefault(row[1:4], _Blamed())
        one.add(row.findings, hours * part, None if cost is None else cost * part, (row.lot_id, numbers[row.lot_id]))
    judged = sum(n for n, _ in store.judged_by_rulebook(connection, project_id).values())
    told = [Defect(*key, one.count, one.hours, one.cost, sorted(one.lots)) for key, one in found.items()]
    return sorted(told, key=lambda one: (-one.count, one.type, one.clause)), judged


def _interval(count: int, judged: int) -> tuple[float, float] | None:
    if not judged:
        return None
    found = wilson(min(count, judged), judged)
    return found.low, found.high


def _changes(connection: Connection, project_id: int, done: _Done, paid: Paid | None) -> list[Change]:
    """Every version after the first, the newest first: its rechecks, and the defects of the clauses it touched."""
    versions = list_published(connection, project_id)[: MOST_CHANGES + 1]
    judged = store.judged_by_rulebook(connection, project_id)
    later = [versions[: place + 1] for place in range(len(versions))]
    return [
        _change(new, old, [one.id for one in later[place]], done, judged, paid)
        for place, (new, old) in enumerate(pairwise(versions))
    ]


def _change(  # noqa: PLR0917 - two versions, and what was done under them
    new: RulebookVersion,
    old: RulebookVersion,
    since: Sequence[int],
    done: _Done,
    judged: Mapping[int, tuple[int, dict[str, int]]],
    paid: Paid | None,
) -> Change:
    told = differences(parse_rulebook(old.document), parse_rulebook(new.document))
    clauses = sorted({one.id for one in told if one.group == "clauses"})
    weight = max((one.weight for one in told), default=None)
    rechecks = [one for one in done.rounds if one.kind is RoundKind.RECHECK and one.rulebook_id == new.id]
    tallies = [done.tallies.get(one.id, Tally()) for one in rechecks]
    before = _of_clauses(judged, [one for one in judged if one not in since], clauses)
    after = _of_clauses(judged, since, clauses)
    return Change(
        new.version,
        new.published_at or 0,
        weight.name.lower() if weight is not None else "patch",
        clauses,
        sum(one.firsts for one in tallies),
        sum(one.hours or 0.0 for one in tallies),
        before,
        after,
        share_difference(before, after) if clauses else None,
        _cost_of(rechecks, paid),
        new.id,
        _named(rechecks),
    )


def _of_clauses(
    judged: Mapping[int, tuple[int, dict[str, int]]], versions: Sequence[int], clauses: Sequence[str]
) -> tuple[int, int]:
    known = [judged[one] for one in versions if one in judged]
    return sum(of.get(clause, 0) for _, of in known for clause in clauses), sum(n for n, _ in known)


def _learned(connection: Connection, seen: Worked, done: _Done, spent: Sequence[Spent]) -> Learned:
    made = [one.id for one in done.rounds if one.kind is RoundKind.PRODUCTION]
    people = by_person(connection, seen, made)
    paces = [(tally.timed, tally.seconds) for _, tally in people if tally.seconds and tally.timed >= LEAST_TIMED]
    annotating = done.hours.get("production", 0.0)
    if not annotating:
        return Learned(paces=paces, items=round(done.items))
    beside = sum(one.hours for one in spent if not one.is_measured)
    again = done.hours.get("rework", 0.0) + done.hours.get("recheck", 0.0)
    return Learned(paces, again / annotating, beside / annotating, round(done.items))
