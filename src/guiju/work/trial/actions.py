"""The report of a round with several annotators an item, and the decision at its gate."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from guiju.annotations import (
    Round,
    RoundKind,
    RoundNotFound,
    RoundState,
    current_annotations,
    get_round,
    list_annotators,
    list_rounds,
    set_round_state,
)
from guiju.briefs import Gate
from guiju.data import ItemNotFound, find_items
from guiju.kinds import ITEM, Answer, decode_answers
from guiju.kit import Refusal
from guiju.people import Act
from guiju.projects import ProjectNotFound, Standing, authorise
from guiju.rulebooks import CompiledRulebook, get_draft, get_published, parse_rulebook, save_draft, with_example
from guiju.storage import Actor, Event, House, Tx
from guiju.work.trial import store
from guiju.work.trial.beside import Case, lay_beside
from guiju.work.trial.blind import demand_sight
from guiju.work.trial.errors import (
    GateAlreadyDecided,
    GateNotReached,
    NotATrial,
    NothingToCompare,
    NoTrialYet,
    ReportIsStale,
)
from guiju.work.trial.model import GateDecision, GateReading, Given, ItemLine, TrialReport
from guiju.work.trial.rules import boundary_example, count_people, fields_of, read_gate, read_majority


def gate_of(round_: Round) -> Gate:
    """The gate that the round must pass: the brief's, kept when it was opened, else the usual one."""
    return msgspec.json.decode(round_.gate, type=Gate) if round_.gate else Gate()


def allowed_round(connection: Connection, actor: Actor, round_id: int, act: Act) -> Round:
    """The round, for somebody who may do `act` in its project. A stranger may not know that it exists.

    Raises `RoundNotFound`, and `TrialStillBlind` for who takes part in it.
    """
    round_ = get_round(connection, round_id)
    try:
        authorise(connection, actor, round_.project_id, act)
    except ProjectNotFound as refusal:
        raise RoundNotFound(round=round_id) from refusal
    if round_.state is RoundState.DRAFT:
        raise RoundNotFound(round=round_id)
    demand_sight(connection, actor, round_)
    return round_


def make_report(house: House, actor: Actor, round_id: int) -> TrialReport:
    """Agreement in the round, by field, label, pair and item; computed from the answers that hold now."""
    with house.reading() as connection:
        round_ = allowed_round(connection, actor, round_id, Act.SEE_REPORTS)
        rulebook = get_published(connection, round_.rulebook_id)
        given = store.load_given(connection, round_id)
        gold = store.load_gold(connection, round_.project_id, given)
        wanted, last = store.wanted_of(connection, round_id), store.last_annotation(connection, round_id)
    return _report(round_, rulebook, given, last).with_people(count_people(given, wanted), read_majority(given, gold))


@dataclass(frozen=True, slots=True)
class Seen:
    """A round as the page of its report needs it."""

    standing: Standing
    round: Round
    rulebook: CompiledRulebook
    decision: GateDecision | None


def look_at_trial(house: House, actor: Actor, project_id: int, round_id: int) -> Seen:
    """The round in its project, for whoever may read its report. Raises `RoundNotFound`."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        round_ = get_round(connection, round_id)
        if round_.project_id != project_id or round_.state is RoundState.DRAFT:
            raise RoundNotFound(round=round_id)
        demand_sight(connection, actor, round_)
        rulebook = get_published(connection, round_.rulebook_id)
        return Seen(standing, round_, rulebook, store.find_decision(connection, round_id))


def look_beside(house: House, actor: Actor, round_id: int, lines: Sequence[ItemLine]) -> list[Case]:
    """The answers of all to these items, laid side by side, for whoever may read the round's report."""
    with house.reading() as connection:
        round_ = allowed_round(connection, actor, round_id, Act.SEE_REPORTS)
        rulebook = get_published(connection, round_.rulebook_id)
        wanted = [line.item_id for line in lines]
        items = find_items(connection, round_.project_id, wanted)
        given: dict[int, list[tuple[int, Mapping[str, Answer]]]] = defaultdict(list)
        for row in current_annotations(connection, round_id, item_ids=wanted):
            given[row.item_id].append((row.annotator_id, decode_answers(row.answers)))
    return [
        lay_beside(items[line.item_id], line.observed, given[line.item_id], rulebook)
        for line in lines
        if line.item_id in items
    ]


def keep_example(house: House, actor: Actor, round_id: int, item_id: int, *, request_id: str) -> int:
    """Add an item of the round to the rulebook's draft as a boundary example. Returns its project.

    Its answer is what the majority said; of a tie there is none, and the trainer writes it. It cites the draft's
    clause about the labels in dispute, where there is one. Raises `ItemNotFound`,
    `DraftNotReadable`, `NotAllowed`, and `RulebookIsStale` when somebody saved the draft at the same moment.
    """
    with house.reading() as connection:
        round_ = allowed_round(connection, actor, round_id, Act.WRITE_RULEBOOK)
        found = find_items(connection, round_.project_id, [item_id]).get(item_id)
        said = [decode_answers(row.answers) for row in current_annotations(connection, round_id, item_ids=[item_id])]
    if found is None or not said:
        raise ItemNotFound(item=item_id)
    draft = get_draft(house, actor, round_.project_id)
    example = boundary_example(found.name, said, round_.number, _rules_of(draft.document))
    document = with_example(draft.document, example)
    if document != draft.document:
        project_id = round_.project_id
        save_draft(house, actor, project_id, document=document, from_revision=draft.revision, request_id=request_id)
    return round_.project_id


def _rules_of(document: str) -> list[tuple[str, tuple[str, ...]]]:
    """The clauses of a draft, each with its labels; none of one that cannot be read as it stands."""
    try:
        return [(clause.id, clause.labels) for clause in parse_rulebook(document).clauses]
    except Refusal:
        return []


def annotator_names(house: House, report: TrialReport) -> dict[int, str]:
    """What the annotators of a report are called."""
    with house.reading() as connection:
        found = list_annotators(connection, [person.annotator_id for person in report.people])
    return {annotator.id: annotator.name for annotator in found.values()}


def find_decision(house: House, actor: Actor, round_id: int) -> GateDecision | None:
    """How the round's gate was decided, if it was."""
    with house.reading() as connection:
        allowed_round(connection, actor, round_id, Act.SEE_REPORTS)
        return store.find_decision(connection, round_id)


def is_gate_decided(connection: Connection, round_: Round) -> bool:
    """Whether a trial's gate was decided; one that was held elsewhere and brought in has passed its gate there."""
    return store.find_decision(connection, round_.id) is not None or not store.has_slots(connection, round_.id)


def find_trial(house: House, actor: Actor, project_id: int, number: int | None = None) -> Round:
    """The project's trial of that number, else its newest; raises `NoTrialYet`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        trials = [each for each in list_rounds(connection, project_id, RoundKind.TRIAL) if _is_seen(each)]
    meant = [each for each in trials if number in {None, each.number}]
    if not meant:
        raise NoTrialYet
    return meant[-1]


def _is_seen(round_: Round) -> bool:
    return round_.state is not RoundState.DRAFT


def decide_gate(
    house: House, actor: Actor, round_id: int, *, request_id: str, override_reason: str | None = None, seen: int = 0
) -> bool:
    """Decide the trial's gate and close the trial; returns whether it passed.

    `seen` is the `last` of the report that was looked at (0: whatever holds now). Raises `NotATrial`,
    `NothingToCompare`, `GateNotReached` without a reason, `GateAlreadyDecided`, `ReportIsStale`.
    """
    report = make_report(house, actor, round_id)
    reason = (override_reason or "").strip()[:2_000] or None

    def decide(tx: Tx, round_: Round) -> bool:
        _demand_decidable(tx.connection, round_, report, seen)
        _demand_open(report.gate, reason)
        _write_decision(tx, actor, round_, report.gate, None if report.gate.passed else reason)
        return report.gate.passed

    def write(tx: Tx) -> bool:
        round_ = allowed_round(tx.connection, actor, round_id, Act.DECIDE_GATE)
        return tx.once(request_id, actor.id, f"trial.decide.{round_id}", lambda: decide(tx, round_))

    return house.write(write)


def _demand_decidable(connection: Connection, round_: Round, report: TrialReport, seen: int) -> None:
    if round_.kind is not RoundKind.TRIAL:
        raise NotATrial
    if store.find_decision(connection, round_.id) is not None:
        raise GateAlreadyDecided
    last = store.last_annotation(connection, round_.id)
    if last != report.last or (seen and seen != last):
        raise ReportIsStale


def _demand_open(gate: GateReading, reason: str | None) -> None:
    if gate.figure is None:
        raise NothingToCompare
    if not gate.passed and reason is None:
        read = gate.low if gate.rule == "lower95" else gate.figure
        raise GateNotReached(figure="–" if read is None else f"{read:.3f}", at_least=f"{gate.at_least:.2f}")


def _write_decision(tx: Tx, actor: Actor, round_: Round, gate: GateReading, reason: str | None) -> None:
    store.insert_decision(tx, round_.project_id, round_.id, gate, reason=reason, decided_by=actor.id)
    set_round_state(tx, round_.id, RoundState.CLOSED)
    facts = {"passed": gate.passed, "figure": gate.figure, "at_least": gate.at_least, "overridden": reason is not None}
    tx.journal(Event(actor.id, "trial.decided", round_.project_id, round_.id, facts=facts))


def _report(round_: Round, rulebook: CompiledRulebook, given: list[Given], last: int) -> TrialReport:
    from guiju.work.trial.compare import compare_field, compare_parts  # noqa: PLC0415 - NumPy, which only a report needs

    rules = [(clause.id, clause.labels) for clause in rulebook.rulebook.clauses]
    reports = tuple(
        compare_field(field, fields_of(given, field), rules)
        if field.target == ITEM
        else compare_parts(field, given, rules)
        for field in rulebook.fields
    )
    return TrialReport(
        round_id=round_.id,
        items=len({one.item_id for one in given}),
        annotators=len({one.annotator_id for one in given}),
        annotations=len(given),
        last=last,
        gate=read_gate(reports, gate_of(round_)),
        fields=reports,
    )
