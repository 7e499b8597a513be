"""Disagreements are laid before whoever may rule, and ruled on."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from guiju.annotations import (
    Annotation,
    AnswersRefused,
    Round,
    RoundNotFound,
    RoundState,
    current_annotations,
    get_round,
    list_annotators,
)
from guiju.consensus.adjudication import store
from guiju.consensus.adjudication.errors import AnswersToCome, CaseChanged, CaseNotFound, RulingEmpty
from guiju.consensus.adjudication.model import Case, RulingSaid, Voice
from guiju.consensus.adjudication.rules import compare_voices, gather_voices, is_split, lean_of
from guiju.consensus.store import leanings_of
from guiju.data import find_items
from guiju.kinds import FieldShape, decode_answers, encode_answers, normalise_answers
from guiju.people import Act, may
from guiju.projects import ProjectNotFound, Standing, authorise
from guiju.rulebooks import CompiledRulebook, get_published
from guiju.rulings import NotOwnWork, RuledAnswer, has_annotated, rule_on_item, rulings_on
from guiju.storage import Actor, Event, House, Tx
from guiju.work import show_item

MOST_CASES = 20
MOST_COUNTED = 1_000
# Of items that were written differently some say the same; so many are looked through for each that is wanted.
LOOKED_THROUGH = 5


def _place(connection: Connection, actor: Actor, round_id: int) -> tuple[Round, Standing]:
    """The round, for somebody who may rule in it. A stranger may not know that it exists."""
    round_ = get_round(connection, round_id)
    try:
        standing = authorise(connection, actor, round_.project_id, Act.RULE)
    except ProjectNotFound as refusal:
        raise RoundNotFound(round=round_id) from refusal
    if round_.state is RoundState.DRAFT:
        raise RoundNotFound(round=round_id)
    return round_, standing


def count_cases(house: House, actor: Actor, round_id: int) -> int:
    """How many items of the round are answered differently with nothing that holds, counted up to 1,000."""
    with house.reading() as connection:
        _place(connection, actor, round_id)
        return store.count_undecided(connection, round_id, MOST_COUNTED)


def list_cases(house: House, actor: Actor, round_id: int, *, want: int, after: int = 0) -> list[Case]:
    """Up to `want` disagreements after item `after`, without those that the reader took part in."""
    with house.reading() as connection:
        round_, standing = _place(connection, actor, round_id)
        fields = get_published(connection, round_.rulebook_id).fields
        limit = max(0, min(want, MOST_CASES))
        found = store.undecided_items(connection, round_id, after, limit * LOOKED_THROUGH)
        cases: list[Case] = []
        for item_id in found:
            if len(cases) == limit:
                break
            if not has_annotated(connection, actor.id, item_id):
                case = _case(connection, round_, fields, item_id, named=_sees_names(actor, standing))
                cases += [case] if is_split(case.voices) or case.lean else []
        return cases


def get_case(house: House, actor: Actor, round_id: int, item_id: int) -> Case:
    """One item that several answered, whatever holds for it. Raises `CaseNotFound`, `NotOwnWork`."""
    with house.reading() as connection:
        round_, standing = _place(connection, actor, round_id)
        if has_annotated(connection, actor.id, item_id):
            raise NotOwnWork
        fields = get_published(connection, round_.rulebook_id).fields
        return _case(connection, round_, fields, item_id, named=_sees_names(actor, standing))


def _sees_names(actor: Actor, standing: Standing) -> bool:
    """Those who lead the people know them; all others rule on answers, not on people."""
    return actor.trusted or may(standing.roles, Act.MANAGE_MEMBERS)


def _given(connection: Connection, round_id: int, item_id: int) -> list[Annotation]:
    """Raises `CaseNotFound`."""
    given = list(current_annotations(connection, round_id, item_ids=[item_id]))
    if len(given) < 2:
        raise CaseNotFound(item=item_id)
    return given


def _case(connection: Connection, round_: Round, fields: Sequence[FieldShape], item_id: int, *, named: bool) -> Case:
    given = _given(connection, round_.id, item_id)
    voices = gather_voices(given, fields)
    agreement = compare_voices(fields, voices)
    shown = [voice for voice, _ in voices]
    return Case(
        show_item(connection, item_id),
        tuple(_named(connection, shown, given) if named else shown),
        agreement,
        max(each.id for each in given),
        rulings_on(connection, [item_id]).get(item_id),
        lean_of(fields, voices, leanings_of(connection, round_.id, [item_id]).get(item_id)),
    )


def _named(connection: Connection, voices: Sequence[Voice], given: Sequence[Annotation]) -> list[Voice]:
    by = {each.id: each.annotator_id for each in given}
    people = list_annotators(connection, by.values())
    return [replace(voice, names=tuple(people[by[each]].name for each in voice.annotations)) for voice in voices]


def rule_on_case(house: House, actor: Actor, round_id: int, item_id: int, *, request_id: str, said: RulingSaid) -> int:
    """Say what is right about an item that several answered; it holds from now on. Returns the ruling.

    Raises `CaseNotFound`, `NotOwnWork`, `AnswersToCome`, `CaseChanged`, `RulingEmpty`, `BadAnswer`, `AnswersRefused`.
    """

    def write(tx: Tx) -> int:
        round_, _ = _place(tx.connection, actor, round_id)
        return tx.once(
            request_id, actor.id, f"item.rule.{round_id}.{item_id}", lambda: _rule(tx, actor, round_, item_id, said)
        )

    return house.write(write)


def _rule(tx: Tx, actor: Actor, round_: Round, item_id: int, said: RulingSaid) -> int:
    given = _given(tx.connection, round_.id, item_id)
    if has_annotated(tx.connection, actor.id, item_id):
        raise NotOwnWork
    _check_ripe(tx.connection, round_, item_id)
    before = rulings_on(tx.connection, [item_id]).get(item_id)
    if max(each.id for each in given) != said.last or (before.id if before else 0) != said.ruling:
        raise CaseChanged(item=item_id)
    rulebook = get_published(tx.connection, round_.rulebook_id)
    answers = _checked(tx.connection, round_, item_id, rulebook, said.answers)
    picked = next((each.id for each in given if each.answers == answers), None)
    ruled = RuledAnswer(round_.project_id, round_.id, item_id, rulebook.id, answers, said.clause, picked)
    ruling = rule_on_item(tx, actor, ruled, _reason(rulebook, said))
    facts = {"item": item_id, "ruling": ruling, "picked": picked, "answers": len(given)}
    tx.journal(Event(actor.id, "item.ruled", round_.project_id, round_.id, facts=facts))
    return ruling


def _check_ripe(connection: Connection, round_: Round, item_id: int) -> None:
    """Raises `AnswersToCome`: a ruling stands beside the rules of those who still answer."""
    if round_.state is RoundState.CLOSED:
        return
    if waiting := store.answers_to_come(connection, round_.id, item_id):
        raise AnswersToCome(n=waiting)


def _checked(connection: Connection, round_: Round, item_id: int, rulebook: CompiledRulebook, answers: str) -> str:
    """The right answer in the form that is stored. Raises `AnswersRefused`."""
    item = find_items(connection, round_.project_id, [item_id])[item_id]
    decoded = decode_answers(answers)
    if problems := rulebook.check_answers(decoded, item.shape):
        raise AnswersRefused(problems)
    return encode_answers(normalise_answers(decoded, rulebook.fields)).decode()


def _reason(rulebook: CompiledRulebook, said: RulingSaid) -> str:
    """The reason in words; a cited clause alone speaks by its title. Raises `RulingEmpty`."""
    if said.text.strip():
        return said.text
    clause = next((each for each in rulebook.rulebook.clauses if each.id == said.clause), None)
    if clause is None:
        raise RulingEmpty
    return clause.title.get("zh") or clause.title.get("en") or clause.id
