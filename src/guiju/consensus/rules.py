"""From the answers of a round to a plan of resolutions. Pure."""

from collections.abc import Mapping, Sequence

from guiju.consensus.model import Decided, Method, Plan, ResolvedItem
from guiju.data import Item
from guiju.kinds import Answer, decode_answers, encode_answers, normalise_answers
from guiju.rulebooks import CompiledRulebook


def plan_resolutions(name: str, method: Method, answers: Mapping[int, Sequence[str]]) -> Plan:
    """Decide each item from its annotators' answers (JSON), in the order of the items.

    Equal sets of answers are decided once: a crowd on five labels says few different things.
    """
    known: dict[str, dict[str, Answer]] = {}
    decided: dict[tuple[str, ...], Decided | None] = {}
    resolved: list[ResolvedItem] = []
    ties: list[int] = []
    for item_id in sorted(answers):
        key = tuple(sorted(answers[item_id]))
        if key not in decided:
            decided[key] = method([_decoded(raw, known) for raw in key])
        found = decided[key]
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


_UNANSWERED = frozenset({"field-missing", "parts-missing"})


def _decoded(raw: str, known: dict[str, dict[str, Answer]]) -> dict[str, Answer]:
    if raw not in known:
        known[raw] = decode_answers(raw)
    return known[raw]
