"""In which order places are laid before an inspector. Pure."""

from collections.abc import Iterable, Sequence

from guiju.inspection.model import SampleItem


def order_places(
    sample: Sequence[SampleItem],
    left: Iterable[SampleItem],
    inspector_id: int,
    among: Sequence[SampleItem] | None = None,
) -> list[SampleItem]:
    """The places that are left, beginning where no other inspector of the lot is likely to be.

    Whoever judged first begins at the front, the second in the middle, the next at a quarter and at three quarters, and
    so on; each goes on round the sample, or round the places `among` which the plan wants to be judged now.
    """
    open_now = sample if among is None else among
    if not open_now:
        return []
    begins = open_now[int(len(open_now) * start_of(_rank(sample, inspector_id)))].place
    return sorted(left, key=lambda each: (each.place < begins, each.place))


def _rank(sample: Sequence[SampleItem], inspector_id: int) -> int:
    """How many others began before this inspector."""
    given = sorted((each.verdict for each in sample if each.verdict), key=lambda verdict: verdict.at)
    others = list(dict.fromkeys(verdict.inspector_id for verdict in given))
    return others.index(inspector_id) if inspector_id in others else len(others)


def start_of(rank: int) -> float:
    """0, 1/2, 1/4, 3/4, 1/8, … : each new start lies in the widest gap (van der Corput's sequence)."""
    share, half = 0.0, 0.5
    while rank:
        rank, bit = divmod(rank, 2)
        share += bit * half
        half /= 2
    return share
