"""How defects are counted under causes, and samples put on charts. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from guiju.inspection.causes.model import BarDrawn, Cause, ChartDrawn, Charted, Place, PointDrawn
from guiju.kinds import Answer, kind_of
from guiju.kit import N_
from guiju.kit.words import Bilingual
from guiju.stats.control.charts import Sample, p_chart
from guiju.stats.control.signals import Rule, Signal, find_signals

FEWEST_LOTS = 2
PROVISIONAL_UNDER = 20

NEXT_WORSE = {
    Rule.BEYOND: N_("Look at this lot’s defects first: something was different about it (items, rules, a new person)."),
    Rule.TWO_OF_THREE: N_("Before the next lot, go through these lots’ defects by clause, and have them practised."),
    Rule.FOUR_OF_FIVE: N_(
        "A slow shift. Compare it with the last change of the rules, and look at the clause most cited."
    ),
    Rule.ONE_SIDE: N_("The level has risen and stays. Find what changed eight lots ago: rules, tool, items or people."),
    Rule.TREND: N_("It grows worse lot by lot: fatigue, a rule understood less and less, or harder items. Act now."),
}
NEXT_BETTER = N_("Better than before. Find out why, and let others learn it; once it lasts, plan with the new level.")


def next_step(signal: Signal) -> str:
    """What to do about a signal, as a msgid."""
    return NEXT_WORSE[signal.rule] if signal.worse else NEXT_BETTER


def labels_in(answers: Mapping[str, Answer]) -> Counter[str]:
    counted = Counter[str]()
    for answer in answers.values():
        counted.update(kind_of(answer).labels_of(answer))
    return counted


def labels_concerned(judged: Mapping[str, Answer], correction: Mapping[str, Answer] | None) -> set[str]:
    """The labels that a defect is counted under: those that the correction takes away or brings; where it changes no
    label, or nothing is corrected, all that the judged answer has."""
    before = labels_in(judged)
    if correction is not None:
        after = labels_in({**judged, **correction})
        changed = (before - after) + (after - before)
        if changed:
            return set(changed)
    return set(before)


def chart_of(key: str, name: Bilingual, places: Iterable[Place]) -> Charted | None:
    """The chart of one person or label; `None` with fewer than two lots: one point shows no change."""
    known = tuple(place for place in places if place.judged)
    if len(known) < FEWEST_LOTS:
        return None
    chart = p_chart([Sample(place.defective, place.judged) for place in known])
    return Charted(key, name, known, chart, tuple(find_signals([point.z for point in chart.points])))


def order_charts(charts: Iterable[Charted]) -> list[Charted]:
    """What asks to be looked at first: charts with a signal that it grew worse, then by their share, the highest
    first."""
    return sorted(charts, key=lambda one: (one.worse is None, -one.chart.centre, one.key))


WIDTH, HEIGHT = 640.0, 200.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 600.0, 14.0, 172.0
MOST_BARS = 12
# A few bars stand beside each other as many would; one alone would else fill the picture.
_WIDEST = 96.0


def draw_pareto(causes: Sequence[Cause]) -> list[BarDrawn]:
    """Bars and their cumulative line on one scale, 0 to all that was counted; what is beyond twelve is one bar."""
    shown = causes[:MOST_BARS] if len(causes) <= MOST_BARS else causes[: MOST_BARS - 1]
    shares: list[tuple[Cause | None, float, float]] = [(one, one.share, one.cumulative) for one in shown]
    if len(shown) < len(causes):
        shares.append((None, 1 - shown[-1].cumulative, 1.0))
    step, tall = min(_WIDEST, (_RIGHT - _LEFT) / max(1, len(shares))), _BOTTOM - _TOP
    return [
        BarDrawn(
            cause,
            n + 1,
            _LEFT + n * step + step * 0.12,
            _BOTTOM - share * tall,
            step * 0.76,
            share * tall,
            _LEFT + (n + 0.5) * step,
            _BOTTOM - cumulative * tall,
        )
        for n, (cause, share, cumulative) in enumerate(shares)
    ]


def draw_chart(charted: Charted) -> ChartDrawn:
    """Points at even steps, limits as steps around each of them: samples differ in size, and so do the limits."""
    points = charted.chart.points
    top = min(1.0, max([*(point.high for point in points), *(point.share for point in points), 0.01]) * 1.08)
    step, by_place = (_RIGHT - _LEFT) / len(points), charted.by_place
    xs = [_LEFT + (n + 0.5) * step for n in range(len(points))]

    def y(share: float) -> float:
        return _BOTTOM - share / top * (_BOTTOM - _TOP)

    drawn = [
        PointDrawn(place, x, y(point.share), tuple(by_place.get(n, ())))
        for n, (place, point, x) in enumerate(zip(charted.places, points, xs, strict=True))
    ]
    return ChartDrawn(
        tuple(drawn),
        " ".join(f"{one.x:.1f},{one.y:.1f}" for one in drawn),
        _steps(xs, [y(point.high) for point in points], step),
        _steps(xs, [y(point.low) for point in points], step),
        y(charted.chart.centre),
        top,
    )


def _steps(xs: Sequence[float], ys: Sequence[float], step: float) -> str:
    ends = [(x - step / 2, x + step / 2, y) for x, y in zip(xs, ys, strict=True)]
    return " ".join(f"{left:.1f},{y:.1f} {right:.1f},{y:.1f}" for left, right, y in ends)
