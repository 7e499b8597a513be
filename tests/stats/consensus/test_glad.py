from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.columns import Columns, Floats, encode, from_codes
from guiju.stats.consensus.errors import BadSetting
from guiju.stats.consensus.glad import METHOD, glad
from tests.stats.consensus.naive import crowd_kit, random_crowd, renamed_labels

KNOWN = {
    "rte": 0.925,
    "temp": 0.9351,
    "wsd": 0.9944,
    "bluebirds": 0.7222,
    "CF": 0.88,
    "CF_amt": 0.8533,
    "MS": 0.7957,
    "SP": 0.9172,
    "SP_amt": 0.946,
    "ZenCrowd_in": 0.7716,
}
CROWD_KIT = {
    "rte": 0.9262,
    "temp": 0.9351,
    "wsd": 0.9944,
    "bluebirds": 0.7222,
    "CF": 0.88,
    "CF_amt": 0.8533,
    "MS": 0.7886,
    "SP_amt": 0.946,
    "ZenCrowd_in": 0.7716,
}
"""What crowd-kit 1.4's GLAD gives, which stops earlier."""


@pytest.mark.parametrize(("name", "expected"), KNOWN.items())
def test_accuracy_on_a_real_crowd_is_that_of_crowd_kit_within_noise(
    crowd: Callable[[str], Any], name: str, expected: float
) -> None:
    found = crowd(name)
    result = glad(found.columns)
    assert result.converged
    value = result.accuracy(found.gold).value
    assert value == pytest.approx(expected, abs=1e-4)
    assert value == pytest.approx(CROWD_KIT.get(name, expected), abs=0.008)


def test_its_top_is_not_below_that_of_crowd_kit_run_here(crowd: Callable[[str], Any]) -> None:
    columns = crowd("CF").columns
    theirs = crowd_kit("GLAD", columns, n_iter=3)
    ability, ease = (np.array(part.sort_index()) for part in (theirs.alphas_, theirs.betas_))
    ours = glad(columns)
    assert ours.log_posterior == pytest.approx(naive_objective(columns, ours.ability, ours.log_ease), abs=1e-6)
    assert ours.log_posterior >= naive_objective(columns, ability, ease)
    labels = np.array(theirs.labels_.sort_index())
    assert (ours.label == labels).mean() > 0.98


def naive_objective(columns: Columns, ability: Floats, log_ease: Floats) -> float:
    """The formula of the module with dense tables and no shortcuts."""
    classes = len(columns.labels)
    logs = np.full((len(columns.items), classes), -np.log(classes))
    for item, annotator, label in zip(columns.item, columns.annotator, columns.label, strict=True):
        x = ability[annotator] * np.exp(log_ease[item])
        right, wrong = -np.logaddexp(0, -x), -np.logaddexp(0, x) - np.log(classes - 1)
        for truth in range(classes):
            logs[item, truth] += right if truth == label else wrong
    squares = ((ability - 1) ** 2).sum() + ((log_ease - 1) ** 2).sum()
    count = len(ability) + len(log_ease)
    return float(np.logaddexp.reduce(logs, axis=1).sum() - squares / 2 - count * np.log(2 * np.pi) / 2)


@given(st.integers(0, 10_000), st.integers(2, 4))
@settings(max_examples=25, deadline=None)
def test_no_parameter_can_be_moved_to_do_better(seed: int, classes: int) -> None:
    columns = random_crowd(seed, items=8, annotators=4, classes=classes)
    found = glad(columns, tolerance=1e-13, iterations=5000)
    at = naive_objective(columns, found.ability, found.log_ease)
    assert found.log_posterior == pytest.approx(at, abs=1e-8)
    for step in (-0.01, 0.01):
        for place in range(len(found.ability)):
            moved = found.ability.copy()
            moved[place] += step
            assert naive_objective(columns, moved, found.log_ease) < at + 1e-5
        for place in range(len(found.log_ease)):
            moved = found.log_ease.copy()
            moved[place] += step
            assert naive_objective(columns, found.ability, moved) < at + 1e-5


@given(st.integers(0, 10_000), st.permutations([0, 1, 2]))
@settings(max_examples=50, deadline=None)
def test_names_of_labels_and_order_of_rows_do_not_matter(seed: int, order: list[int]) -> None:
    columns = random_crowd(seed)
    first = glad(columns)
    other = glad(renamed_labels(columns, order))
    assert other.log_likelihood == pytest.approx(first.log_likelihood, abs=1e-6)
    assert first.posterior is not None
    assert other.posterior is not None
    assert other.posterior[:, order] == pytest.approx(np.asarray(first.posterior), abs=1e-6)
    rows = np.random.default_rng(seed).permutation(len(columns))
    shuffled = from_codes(columns.item[rows], columns.annotator[rows], columns.label[rows])
    assert glad(shuffled).log_posterior == first.log_posterior


def test_posteriors_are_probabilities_and_the_objective_never_falls() -> None:
    columns = random_crowd(3, items=40)
    found = glad(columns)
    assert found.posterior is not None
    assert found.posterior.sum(axis=1) == pytest.approx(1)
    climbed = [glad(columns, iterations=n, tolerance=0).log_posterior for n in range(1, 12)]
    assert climbed == sorted(climbed)


def test_an_annotator_who_is_always_contrary_counts_for_the_other_side() -> None:
    rows = [(i, a, (i % 2) ^ (a == "contrary")) for i in range(20) for a in ("al", "bo", "contrary")]
    rows += [(20, "al", 0), (20, "contrary", 0), (21, "contrary", 1)]
    found = glad(encode(*zip(*rows, strict=True)))
    assert found.ability[2] < 0 < found.ability[0]
    labels = [row.label for row in found.rows()]
    assert labels[:21] == [*[i % 2 for i in range(20)], 0]
    assert labels[21] == 0  # nobody said so: the one who answered is believed to be wrong


def test_priors_of_the_classes_count() -> None:
    columns = encode([1, 1, 2, 2, 3, 3], ["a", "b"] * 3, ["x", "y", "x", "x", "y", "y"])
    assert glad(columns).label[0] == -1
    assert glad(columns, priors={"x": 0.2, "y": 0.8}).label[0] == 1
    for wrong in ({"x": 1.0}, {"x": 0.5, "y": 0.6}, {"x": 0.0, "y": 1.0}, {"x": float("nan"), "y": 0.5}):
        with pytest.raises(BadSetting):
            glad(columns, priors=wrong)


def test_abilities_and_eases_are_found_again() -> None:
    rng = np.random.default_rng(5)
    ability, log_ease = rng.normal(1, 0.5, 40), rng.normal(1, 0.5, 600)
    truth = rng.integers(0, 3, 600)
    item, annotator = (part.ravel() for part in np.meshgrid(np.arange(600), np.arange(40), indexing="ij"))
    right = rng.random(len(item)) < 1 / (1 + np.exp(-ability[annotator] * np.exp(log_ease[item])))
    label = np.where(right, truth[item], (truth[item] + rng.integers(1, 3, len(item))) % 3)
    found = glad(from_codes(item, annotator, label))
    assert np.corrcoef(found.ability, ability)[0, 1] > 0.95
    assert np.corrcoef(found.log_ease, log_ease)[0, 1] > 0.75
    assert (found.label == truth).mean() > 0.99


def test_the_standard_error_of_an_ability_is_the_curvature_of_the_objective_in_it() -> None:
    columns = random_crowd(12, items=40)
    found = glad(columns, tolerance=1e-13, iterations=5000)
    for place in range(len(found.ability)):
        step = 1e-3 * np.eye(len(found.ability))[place]
        low, middle, high = (
            naive_objective(columns, found.ability + move, found.log_ease) for move in (-step, 0 * step, step)
        )
        curve = (2 * middle - low - high) / 1e-6
        assert found.ability_error[place] == pytest.approx(1 / np.sqrt(max(curve, 1)), rel=1e-3)


def test_what_was_hidden_is_foretold_as_a_probability() -> None:
    columns = random_crowd(7, items=20)
    rows = np.arange(len(columns)) % 3 > 0
    seen, hidden = (part(columns, which) for which in (rows, ~rows))
    assert METHOD.held_out is not None
    every = [np.exp(METHOD.held_out(seen, with_label(hidden, label), 0)) for label in range(len(columns.labels))]
    assert np.sum(every, axis=0) == pytest.approx(1)


def part(columns: Columns, rows: Any) -> Columns:
    names = (columns.items, columns.annotators, columns.labels)
    return Columns(*names, columns.item[rows], columns.annotator[rows], columns.label[rows])


def with_label(columns: Columns, label: int) -> Columns:
    names = (columns.items, columns.annotators, columns.labels)
    return Columns(*names, columns.item, columns.annotator, np.full(len(columns), label))


def test_what_it_means_names_the_least_reliable_and_the_hardest() -> None:
    rows = [(i, a, "yes" if (i % 2 == 0) != (a == "wrong") else "no") for i in range(6) for a in ("a", "b", "wrong")]
    about, warning = glad(encode(*zip(*rows, strict=True))).meaning
    assert "wrong, is expected to be right in 0.00 of their answers" in str(about)
    assert "Nobody outside looked" in str(warning)


@pytest.mark.parametrize("wrong", [{"iterations": 0}, {"tolerance": -1.0}, {"tolerance": float("nan")}])
def test_settings_without_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadSetting):
        glad(random_crowd(1), **wrong)


def test_stopped_early_it_says_so() -> None:
    found = glad(random_crowd(1), iterations=1, tolerance=0)
    assert (found.iterations, found.converged) == (1, False)
