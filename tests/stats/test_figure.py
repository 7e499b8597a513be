import numpy as np
import pytest
from scipy.special import stdtrit

from guiju.kit import Sentence
from guiju.stats.figure import Figure, figure, figure_t, short


@pytest.mark.parametrize("n", [2, 12, 1_000, 1_001, 5_000, 2_000_000])
def test_the_t_interval_is_that_of_the_t_distribution(n: int) -> None:
    found = figure_t(0.0, 0.001, n)
    assert found.high == pytest.approx(0.001 * float(stdtrit(n - 1, 0.975)), rel=1e-8)


def test_a_single_unit_or_an_unknown_error_has_no_interval() -> None:
    assert figure_t(0.5, 0.1, 1).interval is None
    assert figure_t(0.5, float("nan"), 9).interval is None
    assert figure(0.5, np.array([0.1, 0.9]), 1).interval is None
    assert figure(0.5, np.array([np.nan]), 9).interval is None


def test_a_figure_is_written_with_its_interval_and_told_with_its_reason() -> None:
    assert Figure(0.743, 0.461, 0.982).written == ".743 (.461 – .982)"
    assert (Figure(1.0).written, Figure(None).written) == ("1.000", "–")
    assert [short(value) for value in (0.8534, -0.05, 0.9999, -1.0)] == [".853", "-.050", "1.000", "-1.000"]
    told = Figure(None, why="Because.").meaning_of(Sentence("never said"))
    assert [str(sentence) for sentence in told.meaning] == ["Because."]
