from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.agreement.errors import IncompleteTable, TooFewRatings
from guiju.stats.agreement.icc import NO_SPREAD, intraclass, intraclass_of
from guiju.stats.errors import NotANumber
from tests.stats.agreement.tables import oracle, table

formula, anova, pd = oracle("statsmodels.formula.api"), oracle("statsmodels.stats.anova"), oracle("pandas")

NAMES = ("icc11", "icc21", "icc31", "icc1k", "icc2k", "icc3k")


def test_shrout_and_fleiss_table_two(vector: Callable[[str], Any]) -> None:
    known = vector("shrout_fleiss")
    found = intraclass(known["data"]["targets_x_judges"])
    for name in NAMES:
        assert getattr(found, name).value == pytest.approx(known["expected"][name.replace("icc", "ICC")], abs=5e-5)
    squares = (found.squares.between, found.squares.judge, found.squares.within, found.squares.residual)
    assert squares == pytest.approx([known["expected"][name] for name in ("BMS", "JMS", "WMS", "EMS")], abs=5e-5)


def test_its_intervals_are_those_that_other_programs_print(vector: Callable[[str], Any]) -> None:
    found = intraclass(vector("shrout_fleiss")["data"]["targets_x_judges"])
    assert found.icc11.interval == pytest.approx([-0.133, 0.723], abs=5e-4)
    assert found.icc21.interval == pytest.approx([0.019, 0.761], abs=5e-4)
    assert found.icc31.interval == pytest.approx([0.342, 0.946], abs=5e-4)
    assert found.icc1k.interval == pytest.approx([-0.884, 0.912], abs=5e-4)
    assert found.icc2k.interval == pytest.approx([0.071, 0.927], abs=5e-4)
    assert found.icc3k.interval == pytest.approx([0.676, 0.986], abs=5e-4)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1_000))
def test_mean_squares_are_those_of_an_analysis_of_variance(seed: int) -> None:
    ratings = np.random.default_rng(seed).normal(size=(5, 3)) + np.arange(5)[:, None]
    frame = pd.DataFrame({"y": ratings.ravel(), "item": np.repeat(range(5), 3), "judge": np.tile(range(3), 5)})
    found = anova.anova_lm(formula.ols("y ~ C(item) + C(judge)", frame).fit())
    squares = intraclass(ratings).squares
    assert (squares.between, squares.judge, squares.residual) == pytest.approx(found["mean_sq"].tolist())


@given(st.integers(0, 1_000), st.floats(0.1, 9), st.floats(-9, 9))
def test_scale_and_origin_change_nothing_and_judges_bias_only_where_it_counts(
    seed: int, scale: float, shift: float
) -> None:
    ratings = np.random.default_rng(seed).normal(size=(6, 3))
    plain, moved = intraclass(ratings), intraclass(ratings * scale + shift)
    biased = intraclass(ratings + np.array([0.0, 3.0, 9.0]))
    for name in NAMES:
        assert getattr(moved, name).value == pytest.approx(getattr(plain, name).value, abs=1e-6)
    assert biased.icc31.value == pytest.approx(plain.icc31.value)
    assert abs(biased.icc21.value or 0) < max(0.2, abs(plain.icc21.value or 0))


def test_the_same_from_columns() -> None:
    ratings = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    assert intraclass_of(table(np.array(ratings).T.tolist())) == intraclass(ratings)


def test_missing_ratings_and_single_judges_are_refused_by_name() -> None:
    with pytest.raises(IncompleteTable, match="1 of 4"):
        intraclass([[1, 2], [3, float("nan")]])
    with pytest.raises(IncompleteTable):
        intraclass_of(table([[1, 2], [3, None]]))
    for bad in ([[1], [2]], [[1, 2]], [], [1, 2, 3]):
        with pytest.raises(TooFewRatings):
            intraclass(bad)
    with pytest.raises(NotANumber):
        intraclass([[1, 2], [3, float("inf")]])
    with pytest.raises(NotANumber):
        intraclass_of(table([["x", "y"], ["x", "x"]]))


def test_without_any_spread_there_is_no_correlation() -> None:
    found = intraclass([[3, 3], [3, 3], [3, 3]])
    assert [getattr(found, name).why for name in NAMES] == [NO_SPREAD] * 6
    assert str(found.meaning[0]) == NO_SPREAD


def test_judges_who_say_exactly_the_same_correlate_fully() -> None:
    found = intraclass([[1, 1], [2, 2], [4, 4]])
    assert [getattr(found, name).value for name in NAMES] == [1.0] * 6
