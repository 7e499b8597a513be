"""Charts of a share, their signals, and Pareto's order, against published examples."""

from itertools import pairwise

import pytest

from guiju.stats.control.charts import Sample, chi_square_95, p_chart, sigma_z
from guiju.stats.control.errors import BadSubgroup, NoSubgroups
from guiju.stats.control.pareto import pareto, vital_few
from guiju.stats.control.signals import Rule, find_signals

# Montgomery D. C., Introduction to Statistical Quality Control, chapter "Control charts for attributes":
# frozen orange juice cans, 30 samples of 50, and purchase orders, 25 weeks of different size.
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
ORDERS = [
    *((12, 100), (8, 80), (6, 80), (9, 100), (10, 110), (12, 110), (11, 100), (16, 100), (10, 90), (6, 90)),
    *((20, 110), (15, 120), (9, 120), (8, 120), (6, 110), (8, 80), (10, 80), (7, 80), (5, 90), (8, 100)),
    *((5, 100), (8, 100), (10, 100), (6, 90), (9, 90)),
]


def test_the_cans_of_orange_juice_have_the_published_limits_and_two_points_beyond() -> None:
    chart = p_chart([Sample(x, 50) for x in CANS], prime=False)
    first = chart.points[0]
    assert [round(value, 4) for value in (chart.centre, first.low, first.high)] == [0.2313, 0.0524, 0.4102]
    beyond = [signal.at + 1 for signal in find_signals([p.z for p in chart.points]) if signal.rule is Rule.BEYOND]
    assert beyond == [15, 23]


def test_limits_move_with_the_size_of_the_sample() -> None:
    chart = p_chart([Sample(*one) for one in ORDERS], prime=False)
    assert chart.centre == pytest.approx(234 / 2450)
    eleventh = chart.points[10]
    assert round(eleventh.high, 3) == 0.180
    assert eleventh.share > eleventh.high
    assert chart.points[1].high > chart.points[11].high
    assert [s.at for s in find_signals([p.z for p in chart.points]) if s.rule is Rule.BEYOND] == [10]


def test_laneys_limits_are_wider_by_the_moving_range_of_the_standardised_shares() -> None:
    samples = [Sample(x, 10_000) for x in (500, 620, 480, 640, 470, 610, 520, 630, 490, 600)]
    plain, prime = p_chart(samples, prime=False), p_chart(samples)
    scores = [point.z for point in plain.points]
    by_hand = sum(abs(b - a) for a, b in pairwise(scores)) / 9 / 1.128
    assert prime.prime
    assert prime.inflation == pytest.approx(by_hand)
    half = plain.points[0].high - plain.centre
    assert prime.points[0].high - prime.centre == pytest.approx(half * by_hand)
    assert [len([z for z in scores if abs(z) > 3]), len([p for p in prime.points if abs(p.z) > 3])] == [4, 0]


def test_samples_that_differ_by_chance_alone_get_no_wider_limits() -> None:
    chart = p_chart([Sample(*one) for one in ORDERS])
    assert (chart.prime, chart.inflation) == (False, 1.0)


def test_few_samples_are_too_few_to_tell_over_dispersion() -> None:
    assert not p_chart([Sample(x, 10_000) for x in (500, 620, 480, 640)]).prime


def test_a_person_without_a_defect_has_a_flat_chart_without_signals() -> None:
    chart = p_chart([Sample(0, 20)] * 10)
    assert {(point.share, point.low, point.high, point.z) for point in chart.points} == {(0.0, 0.0, 0.0, 0.0)}
    assert find_signals([point.z for point in chart.points]) == []
    assert sigma_z([0.5]) == 1.0


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([0.2, 3.1], [(Rule.BEYOND, 1, True)]),
        ([0.2, -3.1], [(Rule.BEYOND, 1, False)]),
        ([2.1, 0.0, 2.2], [(Rule.TWO_OF_THREE, 2, True)]),
        ([2.1, -2.2, 0.0], []),
        ([1.2, 1.1, 0.1, 1.3, 1.4], [(Rule.FOUR_OF_FIVE, 4, True)]),
        ([0.3, 0.1, 0.4, 0.2, 0.5, 0.1, 0.3, 0.2], [(Rule.ONE_SIDE, 7, True)]),
        ([0.3, 0.1, 0.4, 0.2, 0.5, 0.1, 0.3, 0.2, 0.3, 0.1], [(Rule.ONE_SIDE, 7, True)]),
        ([-0.9, -0.5, -0.1, 0.2, 0.5, 0.9], [(Rule.TREND, 5, True)]),
        ([0.9, 0.5, 0.1, -0.2, -0.5, -0.9, -1.1], [(Rule.TREND, 5, False)]),
        ([-0.9, -0.5, -0.1, -0.1, 0.5, 0.9], []),
    ],
)
def test_each_pattern_signals_once_where_it_is_complete(
    scores: list[float], expected: list[tuple[Rule, int, bool]]
) -> None:
    assert [tuple(signal) for signal in find_signals(scores)] == expected


def test_causes_come_by_falling_count_and_add_up_to_all() -> None:
    bars = pareto({"loose": 3, "missed": 60, "label": 25, "extra": 12, "none": 0})
    assert [bar.cause for bar in bars] == ["missed", "label", "extra", "loose"]
    assert [round(bar.cumulative, 2) for bar in bars] == [0.6, 0.85, 0.97, 1.0]
    assert vital_few(bars) == 2
    assert (pareto({}), vital_few([])) == ([], 0)


def test_what_cannot_be_charted_is_refused() -> None:
    with pytest.raises(NoSubgroups):
        p_chart([])
    with pytest.raises(NoSubgroups):
        p_chart([Sample(0, 0)])
    with pytest.raises(BadSubgroup):
        p_chart([Sample(3, 2)])


def test_the_points_of_chi_square_are_those_of_the_tables() -> None:
    assert [chi_square_95(k) for k in (7, 10, 29)] == pytest.approx([14.067, 18.307, 42.557], rel=0.003)
