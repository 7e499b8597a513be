"""What an answer of the bank is worth in another project. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from guiju.bank.drawing.model import DrawAs, Fit, Settled, Usable
from guiju.bank.rules import may_use
from guiju.projects import Project

SURE = frozenset("AB")
"""Grades whose answers hold without being looked at again."""


def usable_in(found: Iterable[Usable], project: Project) -> list[Usable]:
    """What the project may use and is not its own, in the order in which it was deposited."""
    allowed = [
        each
        for each in found
        if each.project_id != project.id
        and may_use(each.rights, each.customer, each.project_id, project.id, project.customer)
    ]
    return sorted(allowed, key=lambda each: each.id)


def fit_of(*, grade: str, is_same: bool, is_mapped: bool, has_lost: bool) -> Fit:
    """Whether an answer that the project's rulebook allows holds there, or is to be looked at again.

    `is_same` is the same rulebook, or one whose meaning is the same; `is_mapped` a mapping that somebody decided and
    that asks for no recheck.

    >>> fit_of(grade="A", is_same=True, is_mapped=False, has_lost=False).value
    'holds'
    >>> fit_of(grade="A", is_same=False, is_mapped=False, has_lost=False).value
    'recheck'
    >>> fit_of(grade="C", is_same=True, is_mapped=False, has_lost=False).value
    'recheck'
    """
    sure = grade in SURE and (is_same or is_mapped) and not has_lost
    return Fit.HOLDS if sure else Fit.RECHECK


def without_doubt(usable: Sequence[Usable], as_: DrawAs) -> tuple[list[Usable], int]:
    """What comes, and how many are left out since another deposit contradicts their answer; items alone all come."""
    kept = [each for each in usable if as_ is DrawAs.ITEMS or each.doubt is None]
    return kept, len(usable) - len(kept)


def is_wanted(settled: Settled | None, as_: DrawAs) -> bool:
    """Whether a deposit comes at all: what becomes known to be right must hold, a suggestion must be one."""
    if as_ in {DrawAs.GOLD, DrawAs.EXAM}:
        return settled is not None and settled.fit is Fit.HOLDS
    return True


def lost_labels(settled: Sequence[Settled]) -> dict[str, int]:
    """Each label that a mapping could not carry, with how many answers it was taken from."""
    return dict(Counter(label for each in settled for label in each.lost).most_common())
