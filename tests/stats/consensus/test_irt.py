from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import norm

from guiju.stats.columns import Columns, Floats, encode, from_codes
from guiju.stats.consensus.ability_errors import NothingKnown
from guiju.stats.consensus.errors import BadSetting, NothingToResolve
from guiju.stats.consensus.irt import METHOD, IrtFit, irt, irt_2pl
from guiju.stats.consensus.irt_steps import Spread
from tests.stats.consensus.naive import random_crowd, renamed_labels
from tests.stats.consensus.test_glad import part, with_label

KNOWN = {
    "rte": 0.9187,
    "temp": 0.9394,
    "wsd": 0.9944,
    "bluebirds": 0.6481,
    "CF": 0.8833,
    "CF_amt": 0.8567,
    "MS": 0.7957,
    "SP_amt": 0.946,
}
"""On bluebirds a group that shares its mistakes wins: worse than the majority's .759."""


@pytest.mark.parametrize(("name", "expected"), KNOWN.items())
def test_accuracy_on_a_real_crowd(crowd: Callable[[str], Any], name: str, expected: float) -> None:
    found = crowd(name)
    result = irt(found.columns)
    assert result.converged
    assert result.accuracy(found.gold).value == pytest.approx(expected, abs=0.003)


def marked(seed: int, annotators: int, items: int, shown: float = 1.0) -> tuple[Columns, Floats, Floats, Floats]:
    """Answers 1 (right) and 0 by the model, and the theta, log a and b that made them."""
    rng = np.random.default_rng(seed)
    theta, log_a, b = rng.normal(size=annotators), rng.normal(0, 0.4, items), rng.normal(-0.5, 1, items)
    item, annotator = (part.ravel() for part in np.meshgrid(np.arange(items), np.arange(annotators), indexing="ij"))
    kept = (rng.random(len(item)) < shown) | (item == annotator % items) | (annotator == item % annotators)
    item, annotator = item[kept], annotator[kept]
    chance = 1 / (1 + np.exp(-np.exp(log_a[item]) * (theta[annotator] - b[item])))
    label = (rng.random(len(item)) < chance).astype(np.int64)
    return from_codes(item, annotator, label, labels=[0, 1]), theta, log_a, b


def fit(columns: Columns, **settings: Any) -> IrtFit:
    return irt_2pl(columns, dict.fromkeys(columns.items, 1), **settings)


def naive_objective(columns: Columns, x: Floats) -> float:
    """The marginal log likelihood and log priors as written, by 201 nodes for everybody; x is log a, d, and e."""
    n = len(columns.items)
    log_a, d, centre = x[:n], x[n : 2 * n], x[-1]
    theta = np.linspace(-7, 7, 201)
    logs = np.tile(norm.logpdf(theta) + np.log(theta[1] - theta[0]), (len(columns.annotators), 1))
    for item, annotator, label in zip(columns.item, columns.annotator, columns.label, strict=True):
        eta = np.exp(log_a[item]) * theta + d[item]
        logs[annotator] -= np.logaddexp(0, -eta if label == 1 else eta)
    prior = (log_a / 0.5) @ (log_a / 0.5) + (d - centre) @ (d - centre) + (centre / 3) ** 2
    return float(np.logaddexp.reduce(logs, axis=1).sum() - prior / 2)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_is_the_top_that_a_general_optimiser_finds(seed: int) -> None:
    columns, *_ = marked(seed, annotators=25, items=5)
    n = len(columns.items)
    best = cast("Any", minimize(lambda x: -naive_objective(columns, x), np.append(np.zeros(2 * n), 0.5), method="BFGS"))
    found = fit(columns, tolerance=1e-12)
    assert found.objective == pytest.approx(-best.fun, abs=1e-4)
    assert np.log(found.scales.discrimination) == pytest.approx(best.x[:n], abs=5e-3)
    assert found.scales.difficulty == pytest.approx(-best.x[n : 2 * n] / np.exp(best.x[:n]), abs=5e-3)
    assert found.scales.discrimination_error == pytest.approx(
        np.sqrt(_inverse(columns, best.x).diagonal()[:n]), rel=0.05
    )


def _inverse(columns: Columns, x: Floats) -> Floats:
    """The inverse of the negative curvature of the objective, by differences."""
    n, step = len(x), 1e-3
    curve = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            one, other = np.eye(n)[i] * step, np.eye(n)[j] * step
            corners = [naive_objective(columns, x + s * one + t * other) for s in (1, -1) for t in (1, -1)]
            curve[i, j] = -(corners[0] - corners[1] - corners[2] + corners[3]) / (4 * step * step)
    return np.linalg.inv(curve).astype(np.float64)


def test_an_ability_is_the_mean_of_its_posterior_also_of_one_with_many_answers() -> None:
    columns, *_ = marked(4, annotators=6, items=300)
    found = fit(columns)
    a, b = found.scales.discrimination, found.scales.difficulty
    for who in range(6):
        mine = columns.annotator == who
        mean, sd = moments(a[columns.item[mine]], b[columns.item[mine]], columns.label[mine])
        assert found.scales.ability[who] == pytest.approx(mean, abs=1e-6)
        assert found.scales.ability_error[who] == pytest.approx(sd, rel=1e-3)


def moments(a: Floats, b: Floats, right: Any) -> tuple[float, float]:
    """Mean and standard deviation of an ability, by a fine grid."""
    theta = np.linspace(-6, 6, 20_001)
    density = norm.logpdf(theta)
    for one, other, r in zip(a, b, right, strict=True):
        density -= np.logaddexp(0, (-1 if r else 1) * one * (theta - other))
    weight = np.exp(density - density.max())
    mean = float(weight @ theta / weight.sum())
    return mean, float(np.sqrt(weight @ (theta - mean) ** 2 / weight.sum()))


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    inside: dict[str, list[bool]] = {"ability": [], "log a": [], "b": []}
    for seed in range(8):
        columns, theta, log_a, b = marked(100 + seed, annotators=250, items=25)
        scales = fit(columns).scales
        inside["ability"] += (np.abs(scales.ability - theta) < 1.96 * scales.ability_error).tolist()
        error = np.abs(np.log(scales.discrimination) - log_a)
        inside["log a"] += (error < 1.96 * scales.discrimination_error).tolist()
        inside["b"] += (np.abs(scales.difficulty - b) < 1.96 * scales.difficulty_error).tolist()
    for name, held in inside.items():
        assert 0.9 <= np.mean(held) <= 0.985, name


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_names_of_labels_and_order_of_rows_do_not_matter(seed: int) -> None:
    columns = random_crowd(seed, items=20)
    first = irt(columns)
    other = irt(renamed_labels(columns, [2, 0, 1]))
    assert other.objective == pytest.approx(first.objective, abs=1e-5)
    rows = np.random.default_rng(seed).permutation(len(columns))
    shuffled = from_codes(columns.item[rows], columns.annotator[rows], columns.label[rows])
    assert irt(shuffled).objective == first.objective


@pytest.mark.parametrize("seed", range(5))
def test_the_objective_never_falls(seed: int) -> None:
    columns = random_crowd(seed, items=20)
    climbed = [irt(columns, iterations=n, tolerance=0).objective for n in range(1, 15)]
    assert climbed == sorted(climbed)


def test_its_own_consensus_as_gold_gives_the_same_abilities() -> None:
    columns = random_crowd(21, items=200, annotators=12, shown=0.8)
    latent = irt(columns)
    gold = {row.item: row.label for row in latent.rows()}
    known = irt_2pl(columns, gold)
    assert np.corrcoef(known.scales.ability, latent.scales.ability)[0, 1] > 0.98


def test_what_was_hidden_is_foretold_as_a_probability() -> None:
    columns = random_crowd(7, items=20)
    rows = np.arange(len(columns)) % 3 > 0
    seen, hidden = (part(columns, which) for which in (rows, ~rows))
    assert METHOD.held_out is not None
    every = [np.exp(METHOD.held_out(seen, with_label(hidden, label), 0)) for label in range(len(columns.labels))]
    assert np.sum(every, axis=0) == pytest.approx(1)


def test_an_item_that_all_get_right_is_as_easy_as_the_prior_lets_it_be() -> None:
    rows = [(item, who, item == 0 or who > item) for item in range(4) for who in range(5)]
    found = fit(from_codes(*(np.array(column).astype(np.int64) for column in zip(*rows, strict=True)), labels=[0, 1]))
    assert np.isfinite(found.scales.difficulty).all()
    assert np.argmin(found.scales.difficulty) == 0
    assert found.scales.difficulty_of(0, 5).low is not None


def test_everybody_right_everywhere_is_defined() -> None:
    found = fit(encode([1, 1, 2, 2], ["a", "b"] * 2, [1, 1, 1, 1]))
    assert found.scales.ability == pytest.approx([found.scales.ability[0]] * 2)
    assert [one.value for one in found.reliability] == [1.0, 1.0]


def test_only_items_with_gold_count() -> None:
    columns = encode([1, 1, 2, 2, 3, 3], ["a", "b", "a", "c", "b", "d"], ["x", "y", "x", "x", "y", "x"])
    found = irt_2pl(columns, {1: "x", 2: "z", 9: "x", 3: None})
    assert (found.items, found.annotators, found.answers) == ((1, 2), ("a", "b", "c"), 4)
    assert [one.value for one in found.reliability] == [0.5, 0.0, 0.0]
    assert found.to_dict()["answers"] == 4
    assert type(found.log_likelihood) is type(found.objective) is float


def test_without_gold_or_answers_it_is_refused() -> None:
    with pytest.raises(NothingKnown):
        irt_2pl(encode([1], ["a"], ["x"]), {2: "x"})
    with pytest.raises(NothingToResolve):
        irt_2pl(encode([], [], []), {2: "x"})


@pytest.mark.parametrize(
    "wrong", [{"spread": Spread(0, 1)}, {"spread": Spread(1, float("nan"))}, {"iterations": 0}, {"tolerance": -1.0}]
)
def test_settings_without_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadSetting):
        irt(random_crowd(1), **wrong)
    with pytest.raises(BadSetting):
        fit(encode([1, 1], ["a", "b"], [1, 0]), **wrong)


def test_what_it_means_names_the_ablest_and_the_hardest() -> None:
    gold = dict.fromkeys(range(6), "x")
    rows = [(i, a, "x" if i < known else "y") for a, known in (("al", 2), ("bo", 3), ("cy", 5)) for i in range(6)]
    about, _ = irt_2pl(encode(*zip(*rows, strict=True)), gold).meaning
    assert "The most able is cy (+0.80), the hardest item 5" in str(about)
