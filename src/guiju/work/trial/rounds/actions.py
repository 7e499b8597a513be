"""Two rounds of a project are compared, for whoever may read their reports."""

from sqlalchemy import Connection

from guiju.annotations import Round, RoundKind, RoundState, list_rounds
from guiju.kinds import FieldShape
from guiju.people import Act
from guiju.rulebooks import get_published
from guiju.storage import Actor, House
from guiju.work.trial import store
from guiju.work.trial.actions import allowed_round
from guiju.work.trial.model import Given
from guiju.work.trial.rounds.errors import NoEarlierTrial, OtherProject, SameRound
from guiju.work.trial.rounds.model import Comparison, Side
from guiju.work.trial.rounds.rules import compare_fields


def earlier_trial(connection: Connection, round_: Round) -> Round | None:
    """The project's trial before this round."""
    trials = list_rounds(connection, round_.project_id, RoundKind.TRIAL)
    seen = [each for each in trials if each.id < round_.id and each.state is not RoundState.DRAFT]
    return seen[-1] if seen else None


def compare_trials(house: House, actor: Actor, round_id: int, before: int | None = None) -> Comparison:
    """The round against round `before`, else against the trial before it.

    Raises `RoundNotFound`, `NoEarlierTrial`, `SameRound`, `OtherProject`.
    """
    with house.reading() as connection:
        later = allowed_round(connection, actor, round_id, Act.SEE_REPORTS)
        earlier = _earlier(connection, actor, later, before)
        rules = [get_published(connection, each.rulebook_id) for each in (earlier, later)]
        old, new = (store.load_given(connection, each.id) for each in (earlier, later))
    fields = [field for field in rules[1].fields if any(_same(field, other) for other in rules[0].fields)]
    sides = [
        _side(each, rule.version, given) for each, rule, given in zip((earlier, later), rules, (old, new), strict=True)
    ]
    shared = len({one.item_id for one in old} & {one.item_id for one in new})
    return Comparison(sides[0], sides[1], shared, compare_fields(fields, old, new))


def _earlier(connection: Connection, actor: Actor, later: Round, before: int | None) -> Round:
    if before is None:
        found = earlier_trial(connection, later)
        if found is None:
            raise NoEarlierTrial
        return found
    if before == later.id:
        raise SameRound
    found = allowed_round(connection, actor, before, Act.SEE_REPORTS)
    if found.project_id != later.project_id:
        raise OtherProject
    return found


def _same(one: FieldShape, other: FieldShape) -> bool:
    """Whether a field is asked as it was: of the same thing, by the same kind. Its labels may have been amended."""
    return (one.id, one.kind, one.target) == (other.id, other.kind, other.target)


def _side(round_: Round, version: str, given: list[Given]) -> Side:
    items, people = {one.item_id for one in given}, {one.annotator_id for one in given}
    return Side(round_.id, round_.number, version, len(items), len(people))
