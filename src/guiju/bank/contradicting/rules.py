"""When two answers contradict, and what that makes of a case. Pure."""

from collections.abc import Callable, Mapping, Sequence

from guiju.bank.clusters import PLACELESS
from guiju.bank.contradicting.model import Fate, Said
from guiju.kinds import Answer, kind_of

APART = 0.2
"""Answers contradict from here on, by the kind's own distance: a trial's gate asks for an agreement of .80."""
MOST_SIDES = 40


def differ(one: Mapping[str, Answer], other: Mapping[str, Answer], *, same_content: bool) -> bool:
    """Whether two answers to the same fields say something else. What points at places of its content is compared
    for the same content alone."""
    for field in one.keys() & other.keys():
        kind, others = kind_of(one[field]), kind_of(other[field])
        if kind.name != others.name or not (same_content or kind.name in PLACELESS):
            continue
        if one[field] != other[field] and kind.distance(one[field], other[field]) > APART:
            return True
    return False


def meet(one: Said, other: Said) -> bool:
    """Whether anybody may see both: both for all, or both of one customer."""
    both = one.rights == other.rights == "general"
    return both or one.project_id == other.project_id or bool(one.customer and one.customer == other.customer)


def find_cases(said: Sequence[Said], contradicts: Callable[[Said, Said], bool]) -> list[list[Said]]:
    """The sides of each case: whoever contradicts one of its sides is a side of it."""
    of = list(range(len(said)))
    for n, one in enumerate(said):
        for m in range(n):
            if of[m] != of[n] and meet(one, said[m]) and contradicts(one, said[m]):
                merged, into = max(of[m], of[n]), min(of[m], of[n])
                of = [into if each == merged else each for each in of]
    groups: dict[int, list[Said]] = {}
    for n, one in enumerate(said):
        groups.setdefault(of[n], []).append(one)
    return [each for each in groups.values() if len(each) > 1]


def is_open(sides: Sequence[Said], fates: Mapping[int, Fate], contradicts: Callable[[Said, Said], bool]) -> bool:
    """Whether two sides that nobody set aside still contradict."""
    left = [each for each in sides if fates.get(each.deposit_id) is not Fate.ASIDE]
    return any(meet(one, two) and contradicts(one, two) for n, one in enumerate(left) for two in left[:n])
