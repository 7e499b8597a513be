"""Decisions about second looks. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from math import ceil

from guiju.inspection.model import Outcome, SampleItem
from guiju.inspection.seconds.errors import ShareImpossible
from guiju.inspection.seconds.model import Look, MeasuredOne, Rate
from guiju.kit import N_
from guiju.stats.draw import draw_sample

NOTHING_LOOKED = N_("Nothing was judged twice yet.")
NO_DEFECT_KNOWN = N_("No true defect was judged twice yet, so nobody knows how many are missed.")
NO_BETTER = N_("By these counts inspectors do no better than chance: talk about the rules before you trust any share.")


def check_percent(percent: int) -> int:
    """Raises `ShareImpossible`."""
    if not 0 <= percent <= 100:
        raise ShareImpossible(percent=percent)
    return percent


def pick_places(items: Sequence[int], percent: int, seed: str) -> list[int]:
    """The places of a sample that are judged twice: that share of it, rounded up, the lowest ranks by the seed."""
    wanted = min(len(items), ceil(len(items) * percent / 100))
    return [int(item) for item in draw_sample(map(str, items), wanted, seed)] if wanted else []


def unseen(sample: Iterable[SampleItem], hidden: Collection[int], own: Mapping[int, SampleItem]) -> list[SampleItem]:
    """The sample as a possible second inspector sees it: what they are to judge looks unjudged, and what they judged
    so far shows their own finding."""
    return [
        own.get(place.item_id, place) if place.item_id not in hidden else replace(place, verdict=None)
        for place in sample
    ]


def rate_people(looks: Iterable[Look], names: Mapping[int, str]) -> tuple[MeasuredOne, ...]:
    """Every inspector's verdicts against what is true, first and second looks alike; by name."""
    counts: Counter[tuple[int, Outcome, Outcome]] = Counter()
    for look in looks:
        if look.truth is not None:
            counts[look.first_by, look.truth, look.first] += 1
            counts[look.second_by, look.truth, look.second] += 1
    people = {account for account, _, _ in counts}
    rated = [_rate(account, names.get(account, "–"), counts) for account in people]
    return tuple(sorted(rated, key=lambda one: one.name))


def _rate(account: int, name: str, counts: Mapping[tuple[int, Outcome, Outcome], int]) -> MeasuredOne:
    def n(truth: Outcome, said: Outcome) -> int:
        return counts.get((account, truth, said), 0)

    hit, missed = n(Outcome.DEFECT, Outcome.DEFECT), n(Outcome.DEFECT, Outcome.PASS)
    alarm, passed = n(Outcome.PASS, Outcome.DEFECT), n(Outcome.PASS, Outcome.PASS)
    looked = hit + missed + alarm + passed
    return MeasuredOne(account, name, looked, Rate(hit, hit + missed), Rate(alarm, alarm + passed))


def rate_firsts(looks: Iterable[Look]) -> tuple[Rate, Rate]:
    """Of all first verdicts together: true defects found, and good items passed."""
    known = [look for look in looks if look.truth is not None]
    bad = [look for look in known if look.truth is Outcome.DEFECT]
    good = [look for look in known if look.truth is Outcome.PASS]
    return (
        Rate(sum(look.first is Outcome.DEFECT for look in bad), len(bad)),
        Rate(sum(look.first is Outcome.PASS for look in good), len(good)),
    )


def why_not(hits: Rate, passes: Rate) -> str:
    """Why no corrected share exists, as a msgid."""
    if not passes.n and not hits.n:
        return NOTHING_LOOKED
    return NO_BETTER if hits.n and passes.n else NO_DEFECT_KNOWN
