"""Which policies are possible, how a form or a command says one, and which items a share is. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from heapq import nsmallest

from guiju.kinds import ITEM, ChoiceOptions, FieldShape
from guiju.stats.draw import rank
from guiju.work.overlap.errors import AnswersImpossible, OnePersonOnly, ShareImpossible, SurenessImpossible
from guiju.work.overlap.model import MOST_ANSWERS, ONE, Overlap, Way


def chooses_one(field: FieldShape) -> bool:
    """Whether the field asks of the item for one label: then its answers have a probability of being right."""
    return field.kind == "choice" and field.target == ITEM and not field.option(ChoiceOptions).multiple


def demand_possible(overlap: Overlap, *, one_person: bool = False) -> None:
    """Raises `AnswersImpossible`, `ShareImpossible`, `SurenessImpossible`, `OnePersonOnly`."""
    least, most = overlap.least, overlap.most
    begins = {Way.FIXED: most, Way.SHARE: 1, Way.UNTIL: max(2, least)}[overlap.way]
    wanted = 1 if overlap.way is Way.FIXED else begins + 1
    if least != begins or not wanted <= most <= MOST_ANSWERS:
        raise AnswersImpossible(least=least, most=most)
    if overlap.way is Way.SHARE and not 0.01 <= overlap.share <= 0.99:
        raise ShareImpossible(share=f"{overlap.share:.4g}")
    if overlap.way is Way.UNTIL and not (0.55 <= overlap.sure <= 0.999):
        raise SurenessImpossible(sure=f"{overlap.sure:.4g}")
    if overlap.way is Way.UNTIL and not (0.3 <= overlap.alike <= 1):
        raise SurenessImpossible(sure=f"{overlap.alike:.4g}")
    if one_person and most > 1:
        raise OnePersonOnly


def read_overlap(  # noqa: PLR0917 - a policy as a form says it
    way: Way, least: int, most: int, share: float, sure: float, alike: float
) -> Overlap:
    """The policy that was said; what its way does not ask for is put away. Raises what `demand_possible` raises."""
    if way is Way.FIXED:
        said = replace(ONE, least=most, most=most)
    elif way is Way.SHARE:
        said = replace(ONE, way=way, most=most, share=share)
    else:
        said = Overlap(way, least, most, sure=sure, alike=alike)
    demand_possible(said)
    return said


def draw_share(ids: Sequence[int], share: float, seed: str) -> list[int]:
    """The items that get several answers: those of lowest rank under the seed, one at least, in rising order.

    >>> draw_share([1, 2, 3, 4, 5], 0.4, "seed")
    [3, 5]
    """
    n = max(1, round(share * len(ids))) if ids else 0
    return sorted(nsmallest(n, ids, key=lambda one: (rank(seed, str(one)), one)))


def scatter(ids: Sequence[int], drawn: Iterable[int], further: int, seed: str) -> dict[int, list[int]]:
    """For each drawn item the places of its further answers: those of other items, so that the queue tells nothing."""
    return {
        one: [ids[int(rank(seed, f"{one}/{nth}")[:12], 16) % len(ids)] for nth in range(1, further + 1)]
        for one in drawn
    }
