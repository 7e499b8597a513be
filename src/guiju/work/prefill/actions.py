"""Where suggestions can come from, and the policy that a new round is opened with."""

from sqlalchemy import Connection, Select

from guiju.annotations import ROUND_NAMES, Round, RoundState, find_round, list_annotators, list_rounds
from guiju.work.prefill import store
from guiju.work.prefill.errors import NothingToSuggest, SuggestionsAmbiguous, SuggestionsUnknown
from guiju.work.prefill.model import BLIND, Policy, Source


def list_sources(connection: Connection, project_id: int) -> list[Source]:
    """What the suggestions of a new round could come from: models and imported annotators, then rounds, newest first.

    Rounds in which several answered an item are left out: a suggestion is one answer.
    """
    named = store.named_annotators(connection, project_id)
    rounds = [each for each in list_rounds(connection, project_id) if _may_suggest(each)]
    return [
        *(Source(Policy(annotator_id=number), name, None, kind) for number, name, kind in named),
        *(Source(Policy(each.id), ROUND_NAMES[each.kind], each.number, "round") for each in reversed(rounds)),
    ]


def _may_suggest(round_: Round) -> bool:
    return round_.overlap == 1 and round_.state is not RoundState.DRAFT and not round_.kind.is_learning


def read_policy(connection: Connection, project_id: int, key: str) -> Policy:
    """The policy of a source's `key`, as a form or a command says it: `round-3`, `annotator-7`, or nothing for blind.

    Raises what `policy_of` raises.
    """
    kind, _, number = key.partition("-")
    if not key:
        return BLIND
    if kind not in {"round", "annotator"} or not number.isdecimal():
        raise SuggestionsUnknown(source=key[:80])
    named: dict[str, int] = {"round_id" if kind == "round" else "annotator": int(number)}
    return policy_of(connection, project_id, round_id=named.get("round_id"), annotator=named.get("annotator"))


def policy_of(
    connection: Connection, project_id: int, *, round_id: int | None = None, annotator: str | int | None = None
) -> Policy:
    """The policy that a form, a request or a command names; nothing named is a blind round.

    `annotator` is a number, or the name of a model or imported annotator. Raises `SuggestionsUnknown`,
    `SuggestionsAmbiguous`.
    """
    if not round_id and not annotator:
        return BLIND
    named = store.find_named(connection, project_id, annotator) if isinstance(annotator, str) else annotator
    if annotator and (named is None or not _belongs(connection, project_id, named)):
        raise SuggestionsUnknown(source=str(annotator)[:80])
    round_ = find_round(connection, round_id) if round_id else None
    if round_id and (round_ is None or round_.project_id != project_id or round_.state is RoundState.DRAFT):
        raise SuggestionsUnknown(source=str(round_id))
    if round_ is not None and round_.overlap > 1 and named is None:
        raise SuggestionsAmbiguous(round=round_.id)
    return Policy(round_.id if round_ else None, named)


def _belongs(connection: Connection, project_id: int, annotator_id: int) -> bool:
    return any(each[0] == annotator_id for each in store.named_annotators(connection, project_id))


def settle_policy(connection: Connection, policy: Policy, items: Select[tuple[int]]) -> None:
    """Look that there is anything to suggest with the items of the new round. Raises `NothingToSuggest`."""
    if not policy.blind and not store.has_any(connection, policy, items):
        raise NothingToSuggest


def source_name(connection: Connection, round_: Round) -> tuple[Round | None, str | None]:
    """Where a round's suggestions come from: the round, and what the annotator is called."""
    of = find_round(connection, round_.suggest_round_id) if round_.suggest_round_id else None
    who = list_annotators(connection, [round_.suggest_annotator_id]) if round_.suggest_annotator_id else {}
    return of, next((each.name for each in who.values()), None)
