"""From the answers of a round to a plan of resolutions. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence

from guiju.consensus.model import Advice, Method, Plan, ResolvedItem, Said
from guiju.data import Item
from guiju.kinds import FieldShape, decode_answers, encode_answers, normalise_answers
from guiju.rulebooks import CompiledRulebook


def plan_resolutions(
    name: str, method: Method, fields: Sequence[FieldShape], said: Mapping[int, Sequence[Said]], merge: str = "merge"
) -> Plan:
    """Decide each item from its annotators' answers, in the order of the items."""
    resolved: list[ResolvedItem] = []
    ties: list[int] = []
    decided = method(fields, said, merge)
    for item_id in sorted(said):
        found = decided[item_id]
        if found is None:
            ties.append(item_id)
        else:
            resolved.append(ResolvedItem(item_id, encode_answers(found.answers).decode(), found.confidence))
    return Plan(name, tuple(resolved), tuple(ties))


def settle_conditions(plan: Plan, rulebook: CompiledRulebook, items: Mapping[int, Item]) -> Plan:
    """The plan with what is not asked put away: fields are decided one by one, conditions bind them together.

    Where what the others say asks for an answer that the majority did not give, the item goes to a person.
    """
    resolved: list[ResolvedItem] = []
    ties = list(plan.ties)
    for one in plan.resolved:
        shape = items[one.item_id].shape
        kept = rulebook.put_away(decode_answers(one.answers), shape)
        if any(problem["code"] in _UNANSWERED for problem in rulebook.check_answers(kept, shape)):
            ties.append(one.item_id)
        else:
            answers = encode_answers(normalise_answers(kept, rulebook.fields)).decode()
            resolved.append(ResolvedItem(one.item_id, answers, one.confidence))
    return Plan(plan.method, tuple(resolved), tuple(sorted(ties)))


RICHNESS = ("majority", "weighted", "one-coin", "dawid-skene", "mace", "glad")


def choose_advice(advice: Sequence[Advice]) -> Advice | None:
    """The advice for a round: the method that most of its fields are advised, the richer of two; `None` without any."""
    counts = Counter(one.recommended for one in advice)
    return max(advice, key=lambda one: (counts[one.recommended], RICHNESS.index(one.recommended)), default=None)


def leave_unsure(plan: Plan, at_least: float) -> Plan:
    """What is less sure than `at_least` is left to a person."""
    sure = tuple(one for one in plan.resolved if one.confidence >= at_least)
    unsure = tuple(one for one in plan.resolved if one.confidence < at_least)
    return Plan(plan.method, sure, plan.ties, unsure)


_UNANSWERED = frozenset({"field-missing", "parts-missing"})
