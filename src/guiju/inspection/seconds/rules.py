"""Decisions about second looks. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import ceil

from guiju.inspection.model import Outcome, SampleItem
from guiju.inspection.seconds.errors import ShareImpossible
from guiju.inspection.seconds.model import Course, Look, MeasuredOne, Rate, Stretch, Trend
from guiju.kit import N_, day_of
from guiju.stats.draw import draw_sample
from guiju.stats.intervals import share_difference

LEAST_FOR_TREND = 10
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


def course_of(account: int, looks: Iterable[Look], names: Mapping[int, str], *, partners: bool) -> Course:
    """What second looks say of one inspector over time. With whom they agreed is told where it is asked for."""
    mine = sorted((look for look in looks if account in {look.first_by, look.second_by}), key=lambda one: one.at)
    weeks: dict[str, list[Look]] = {}
    by_partner: dict[int, list[Look]] = {}
    for look in mine:
        weeks.setdefault(_monday(look.at), []).append(look)
        by_partner.setdefault(look.second_by if look.first_by == account else look.first_by, []).append(look)
    told = sorted((names.get(other, "–"), _agreed(some)) for other, some in by_partner.items()) if partners else []
    return Course(
        account,
        names.get(account, "–"),
        _stretch(account, _monday(mine[0].at) if mine else "", mine),
        tuple(_stretch(account, begins, some) for begins, some in weeks.items()),
        _trend(mine),
        tuple(told),
    )


def _monday(at: int) -> str:
    day = date.fromisoformat(day_of(at))
    return (day - timedelta(days=day.weekday())).isoformat()


def _agreed(looks: Sequence[Look]) -> Rate:
    return Rate(sum(look.first is look.second for look in looks), len(looks))


def _stretch(account: int, begins: str, looks: Sequence[Look]) -> Stretch:
    known = [
        (look.truth, look.first if look.first_by == account else look.second)
        for look in looks
        if look.truth is not None
    ]
    bad = [said for truth, said in known if truth is Outcome.DEFECT]
    good = [said for truth, said in known if truth is Outcome.PASS]
    return Stretch(
        begins,
        len(looks),
        _agreed(looks),
        Rate(bad.count(Outcome.PASS), len(bad)),
        Rate(good.count(Outcome.DEFECT), len(good)),
    )


def _trend(looks: Sequence[Look]) -> Trend | None:
    if len(looks) < LEAST_FOR_TREND:
        return None
    middle = len(looks) // 2
    older, newer = _agreed(looks[:middle]), _agreed(looks[middle:])
    between = share_difference((newer.x, newer.n), (older.x, older.n))
    return Trend(older, newer, between.low, between.high)


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
