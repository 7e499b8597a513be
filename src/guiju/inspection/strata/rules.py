"""Places shared out among groups, and what they say of the lot. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from guiju.inspection.model import Outcome, SampleItem
from guiju.inspection.plans.model import LotPlan, SequentialLotPlan
from guiju.inspection.strata.errors import StrataMissing, StrataNeedOneSample, TooManyStrata
from guiju.inspection.strata.model import Part, PartShare, Share, Strata, Stratify, Weighed
from guiju.stats.acceptance.stratified import stratified_share
from guiju.stats.intervals import wilson
from guiju.work.drawing import share_out

NOWHERE = ""


def check_plan(plan: LotPlan) -> None:
    """Raises `StrataNeedOneSample`."""
    if isinstance(plan, SequentialLotPlan) or len(plan.stages) > 1 or plan.n >= plan.lot:
        raise StrataNeedOneSample


def plan_strata(names: Iterable[str], asked: Stratify, n: int) -> Strata:
    """Groups by the name that each item of the lot has, with the places of each; largest remainders.

    Every group has a place at least, so that none is blind. Raises `StrataMissing`, `TooManyStrata`.
    """
    counts = Counter(names)
    if len(counts) < 2:
        raise StrataMissing
    if len(counts) > n:
        raise TooManyStrata(groups=len(counts), n=n)
    weights = {name: float(count) if asked.share is Share.PROPORTIONAL else 1.0 for name, count in counts.items()}
    rest = {name: count - 1 for name, count in counts.items()}
    more = share_out(rest, n - len(counts), _less_one(weights, n))
    parts = [Part(key, name, counts[name], more[name] + 1) for key, name in enumerate(sorted(counts), 1)]
    return Strata(asked.by, asked.share, tuple(parts))


def _less_one(weights: Mapping[str, float], n: int) -> dict[str, float]:
    """What each still has to get when it has one place."""
    total = sum(weights.values())
    return {name: max(1e-9, n * weight / total - 1) for name, weight in weights.items()}


def wanted_of(strata: Strata | None, n: int) -> dict[int, int]:
    """How many places each group has; 0 is the whole lot."""
    return {part.key: part.n for part in strata.parts} if strata else {0: n}


def weigh_sample(strata: Strata, sample: Sequence[SampleItem]) -> Weighed:
    """What the sample says, group by group and of the lot."""
    judged, bad = Counter[int](), Counter[int]()
    for place in sample:
        if place.verdict:
            judged[place.stratum] += 1
            bad[place.stratum] += place.verdict.finding.outcome is Outcome.DEFECT
    parts = [
        PartShare(part, judged[part.key], bad[part.key], wilson(bad[part.key], judged[part.key]))
        for part in strata.parts
    ]
    found = stratified_share([(one.part.items, one.judged, one.defective) for one in parts])
    return Weighed(found.value, found.interval, tuple(parts))
