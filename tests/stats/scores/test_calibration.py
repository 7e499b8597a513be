"""Calibration: errors of confidence, proper scores, temperature."""

import warnings
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from guiju.kit import Refusal
from guiju.stats.label_errors.errors import NothingToCheck, NotProbabilities, UnevenProbabilities, UnknownClass
from guiju.stats.scores.calibration import apply_temperature, calibration, fit_temperature
from guiju.stats.scores.errors import NotATemperature, NotBins, RuledOut, UnknownUnit

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from sklearn import metrics as _metrics

metrics = cast("Any", _metrics)
Labelled = tuple[NDArray[np.int64], NDArray[np.float64]]


def _honest(n: int, classes: int, seed: int, temperature: float = 1.0) -> Labelled:
    """Labels drawn from the probabilities, which are then sharpened by `temperature`."""
    rng = np.random.default_rng(seed)
    table = rng.dirichlet(np.full(classes, 0.5), n) + 1e-9
    table /= table.sum(axis=1, keepdims=True)
    labels = (rng.random((n, 1)) > table.cumsum(axis=1)).sum(axis=1).clip(max=classes - 1)
    return labels, apply_temperature(table, 1 / temperature)


sizes = st.tuples(st.integers(1, 200), st.integers(2, 6), st.integers(0, 10_000))


@settings(deadline=None, max_examples=50)
@given(sizes, st.integers(1, 20))
def test_ece_and_mce_are_what_a_loop_over_bins_gives(size: tuple[int, int, int], bins: int) -> None:
    labels, table = _honest(*size)
    found = calibration(labels, table, bins)
    sure, hit = table.max(axis=1), table.argmax(axis=1) == labels
    gaps: list[tuple[int, float]] = []
    for b in range(bins):
        inside = (sure > np.linspace(0, 1, bins + 1)[b]) & (sure <= np.linspace(0, 1, bins + 1)[b + 1])
        if inside.any():
            gaps.append((int(inside.sum()), float(abs(hit[inside].mean() - sure[inside].mean()))))
    assert sum(n for n, _ in gaps) == len(labels) == sum(one.n for one in found.bins)
    assert found.ece.value == pytest.approx(sum(n * gap for n, gap in gaps) / len(labels))
    assert found.mce == pytest.approx(max(gap for _, gap in gaps))


@settings(deadline=None, max_examples=50)
@given(sizes)
def test_brier_and_log_loss_are_scikit_learns(size: tuple[int, int, int]) -> None:
    labels, table = _honest(*size)
    table = np.clip(table, 1e-12, 1)
    table /= table.sum(axis=1, keepdims=True)
    found = calibration(labels, table)
    classes = list(range(table.shape[1]))
    assert found.log_loss.value == pytest.approx(metrics.log_loss(labels, table, labels=classes), rel=1e-6)
    theirs = metrics.brier_score_loss(labels, table, labels=classes, scale_by_half=False)
    assert found.brier.value == pytest.approx(theirs)


def test_bins_of_equal_mass_hold_equally_many_and_never_part_equal_confidences() -> None:
    labels, table = _honest(1_000, 3, 1)
    found = calibration(labels, table, 10, "mass")
    assert [one.n for one in found.bins] == pytest.approx([100] * 10, abs=1)
    same = calibration([0, 1, 0, 1], [[0.6, 0.4]] * 4, 10, "mass")
    assert [one.n for one in same.bins] == [4]


def test_an_honest_model_shows_about_what_chance_gives() -> None:
    found = [calibration(*_honest(500, 4, seed), seed=seed) for seed in range(20)]
    honest = float(np.mean([one.ece.value or 0.0 for one in found]))
    assert honest == pytest.approx(float(np.mean([one.chance for one in found])), rel=0.15)


def test_too_sure_and_too_modest_are_told_apart() -> None:
    sharp = calibration(*_honest(3_000, 4, 1, temperature=3.0))
    flat = calibration(*_honest(3_000, 4, 1, temperature=0.4))
    assert (sharp.ece.low or 0) > sharp.chance
    assert "too sure" in str(sharp.meaning[0])
    assert "too modest" in str(flat.meaning[0])
    assert all("{" not in str(one) for one in (*sharp.meaning, *flat.meaning))
    told = sharp.to_dict()
    assert len(cast("list[Any]", told["bins"])) == len(sharp.bins)


def test_a_temperature_undoes_what_was_done() -> None:
    labels, table = _honest(20_000, 5, 3, temperature=2.5)
    fit = fit_temperature(labels, table)
    assert fit.value.value == pytest.approx(2.5, rel=0.03)
    assert fit.after < fit.before
    after = calibration(labels, apply_temperature(table, fit.value.value or 1))
    assert (after.ece.value or 1) < 0.02
    assert after.log_loss.value == pytest.approx(fit.after)
    assert fit.to_dict()["why"] is None


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.floats(0.3, 3))
def test_no_temperature_near_it_is_better(seed: int, temperature: float) -> None:
    labels, table = _honest(300, 3, seed, temperature)
    fit = fit_temperature(labels, table)
    best = fit.value.value
    assert best is not None
    for other in (best * 0.98, best * 1.02):
        loss = calibration(labels, apply_temperature(table, other)).log_loss.value
        assert (loss or 0) >= fit.after - 1e-12


def test_where_no_temperature_is_best_the_reason_is_given() -> None:
    right = fit_temperature([0, 1], [[0.9, 0.1], [0.2, 0.8]])
    wrong = fit_temperature([1, 0], [[0.9, 0.1], [0.2, 0.8]])
    assert right.value.value is None
    assert wrong.value.value is None
    assert right.value.why != wrong.value.why


def test_a_right_answer_ruled_out_has_no_log_loss_but_a_reason() -> None:
    found = calibration([0, 1], [[0.0, 1.0], [0.0, 1.0]])
    assert found.log_loss.value is None
    assert found.log_loss.why is not None
    assert found.brier.value == 1
    with pytest.raises(RuledOut):
        fit_temperature([0, 1], [[0.0, 1.0], [0.0, 1.0]])


def test_one_item_and_zero_probabilities_elsewhere_are_defined() -> None:
    found = calibration([0], [[1.0, 0.0]])
    assert (found.ece.value, found.mce, found.brier.value, found.log_loss.value) == (0, 0, 0, 0)
    assert found.ece.interval is None
    assert fit_temperature([0, 1, 0], [[0.7, 0.3, 0.0]] * 3).value.value is not None


@given(st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=10)
def test_order_and_names_of_classes_change_no_figure(random: Any) -> None:
    labels, table = _honest(60, 4, 5)
    rows, names = random.sample(range(60), 60), np.array(random.sample(range(4), 4))
    renamed = np.empty_like(table)
    renamed[:, names] = table
    one, other = calibration(labels, table), calibration(names[labels][rows], renamed[rows])
    assert other.ece.value == pytest.approx(one.ece.value)
    assert other.brier.value == pytest.approx(one.brier.value)


FINE = ([0, 1], [[0.9, 0.1], [0.2, 0.8]])
NONSENSE: list[tuple[Callable[[], object], type[Refusal]]] = [
    (lambda: calibration([], []), NothingToCheck),
    (lambda: calibration([0], [[0.5, 0.5]] * 2), UnevenProbabilities),
    (lambda: calibration([2], [[0.5, 0.5]]), UnknownClass),
    (lambda: calibration([0], [[float("nan"), 0.5]]), NotProbabilities),
    (lambda: calibration(*FINE, bins=0), NotBins),
    (lambda: calibration(*FINE, bins=cast("Any", 2.5)), NotBins),
    (lambda: calibration(*FINE, cut=cast("Any", "depth")), UnknownUnit),
    (lambda: apply_temperature([[0.5, 0.5]], 0), NotATemperature),
    (lambda: apply_temperature([[0.5, 0.5]], float("nan")), NotATemperature),
]


@pytest.mark.parametrize(("ask", "refusal"), NONSENSE)
def test_nonsense_is_refused_by_name(ask: Callable[[], object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        ask()
