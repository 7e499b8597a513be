"""From the answers of a round to a plan of resolutions. Pure."""

from collections.abc import Mapping, Sequence

from guiju.consensus.model import Decided, Method, Plan, ResolvedItem
from guiju.kinds import Answer, decode_answers, encode_answers


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


def _decoded(raw: str, known: dict[str, dict[str, Answer]]) -> dict[str, Answer]:
    if raw not in known:
        known[raw] = decode_answers(raw)
    return known[raw]
