"""What a decision on a group means, where new items go, and what two texts have apart. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from guiju.cleaning.duplicates.model import Decision, Keep

MOST_COMPARED = 2_000


def decide(members: Sequence[int], keep: Keep, kept: int) -> Decision:
    """
    >>> decide([1, 2, 3], Keep.MERGED, 2)
    Decision(aside=[1, 3], weights={2: 3.0})
    """
    if keep.drops:
        weight = float(len(members)) if keep is Keep.MERGED else 1.0
        return Decision([item for item in members if item != kept], {kept: weight})
    weight = 1 / len(members) if keep is Keep.WEIGHED else 1.0
    return Decision([], dict.fromkeys(members, weight))


@dataclass(frozen=True, slots=True)
class Placing:
    """`fresh` are groups of items that nobody has decided on; `joining` are items that come to a decided group."""

    fresh: list[list[int]]
    joining: dict[int, int]


def place(found: Iterable[Sequence[int]], decided: Mapping[int, int]) -> Placing:
    """Where the groups that a search found go: `decided` are the groups of items that somebody decided on.

    Decisions stand: what is like a member of a decided group joins the oldest such group, and no two are united.
    """
    placing = Placing([], {})
    for members in found:
        groups = {decided[item] for item in members if item in decided}
        if not groups:
            placing.fresh.append(list(members))
            continue
        placing.joining.update(dict.fromkeys((item for item in members if item not in decided), min(groups)))
    return placing


def pieces_of(first: str, text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it stands otherwise in `first`.

    >>> pieces_of("三天没动", "五天没动")
    [('五', True), ('天没动', False)]
    """
    text = text[:MOST_COMPARED]
    matcher = SequenceMatcher(None, first[:MOST_COMPARED], text, autojunk=False)
    return [(text[start:end], how != "equal") for how, _, _, start, end in matcher.get_opcodes() if end > start]
