from collections.abc import Callable
from itertools import pairwise
from typing import Any, Literal, TypeAlias, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from guiju.stats.columns import Columns, Floats, encode, from_codes
from guiju.stats.consensus.errors import BadSetting
from guiju.stats.consensus.mace import METHOD, mace
from guiju.stats.consensus.mixture_interval import Prior, mixture_interval
from tests.stats.consensus.naive import crowd_kit, random_crowd, renamed_labels
from tests.stats.consensus.test_glad import part, with_label

digamma, gammaln = cast("Any", special.digamma), cast("Any", special.gammaln)
beta, entropy = cast("Any", stats.beta), cast("Any", stats.entropy)
How: TypeAlias = Literal["vb", "em"]
KNOWN: dict[str, tuple[float, float]] = {
    "rte": (0.9263, 0.9287),
    "temp": (0.9416, 0.9416),
    "wsd": (0.9944, 0.9944),
    "bluebirds": (0.8611, 0.8981),
    "CF": (0.89, 0.8833),
    "CF_amt": (0.8567, 0.8633),
    "MS": (0.8, 0.8014),
    "SP": (0.9178, 0.9154),
    "SP_amt": (0.946, 0.944),
    "ZenCrowd_in": (0.7279, 0.7137),
}
"""Accuracy by variational Bayes and by EM. On ZenCrowd_in both are below the majority's .741."""


@pytest.mark.parametrize(("name", "expected"), KNOWN.items())
def test_accuracy_on_a_real_crowd(crowd: Callable[[str], Any], name: str, expected: tuple[float, float]) -> None:
    found = crowd(name)
    how: tuple[How, How] = ("vb", "em")
    for method, value in zip(how, expected, strict=True):
        assert mace(found.columns, method=method).accuracy(found.gold).value == pytest.approx(value, abs=0.003)


@pytest.mark.parametrize("name", ["wsd", "CF"])
def test_accuracy_is_that_of_crowd_kit_run_here_within_noise(crowd: Callable[[str], Any], name: str) -> None:
    found = crowd(name)
    theirs = crowd_kit("MACE", found.columns, n_restarts=1).labels_.sort_index()
    same = (mace(found.columns, restarts=1, iterations=50, tolerance=0).label == np.array(theirs)).mean()
    assert same > 0.98


@given(st.integers(0, 10_000), st.integers(2, 4))
@settings(max_examples=25, deadline=None)
def test_em_ends_where_slow_em_from_there_stays(seed: int, classes: int) -> None:
    columns = random_crowd(seed, items=12, annotators=4, classes=classes)
    found = mace(columns, method="em", restarts=2, iterations=3000, tolerance=1e-13, smoothing=0.05)
    looks = 1 - found.spamming
    habits = np.array([found.habit(annotator) for annotator in range(4)])
    posterior, likelihood, next_looks, next_habits = slow_em_step(columns, looks, habits, 0.05)
    assert found.posterior is not None
    assert found.log_likelihood == pytest.approx(likelihood, abs=1e-8)
    assert np.asarray(found.posterior) == pytest.approx(posterior, abs=1e-6)
    assert next_looks == pytest.approx(looks, abs=1e-3)
    assert next_habits == pytest.approx(habits, abs=1e-3)
    log_prior = np.log(looks).sum() + np.log1p(-looks).sum() + np.log(habits).sum()
    assert found.objective == pytest.approx(likelihood + 0.05 * log_prior, abs=1e-6)


def slow_em_step(
    columns: Columns, looks: Floats, habits: Floats, smoothing: float
) -> tuple[Floats, float, Floats, Floats]:
    """Beliefs and likelihood at the parameters, and the parameters of the next M-step, by loops."""
    classes = len(columns.labels)
    logs = np.full((len(columns.items), classes), -np.log(classes))
    rows = list(zip(columns.item, columns.annotator, columns.label, strict=True))
    for item, who, label in rows:
        for truth in range(classes):
            logs[item, truth] += np.log(looks[who] * (truth == label) + (1 - looks[who]) * habits[who, label])
    whole = np.logaddexp.reduce(logs, axis=1)
    posterior = np.exp(logs - whole[:, None])
    looked, spammed = np.zeros(len(looks)), np.zeros_like(habits)
    for item, who, label in rows:
        spam = (1 - looks[who]) * habits[who, label]
        share = posterior[item, label] * looks[who] / (looks[who] + spam)
        looked[who] += share
        spammed[who, label] += 1 - share
    next_looks = (looked + smoothing) / (looked + spammed.sum(axis=1) + 2 * smoothing)
    next_habits = (spammed + smoothing) / (spammed.sum(axis=1, keepdims=True) + classes * smoothing)
    return posterior, float(whole.sum()), next_looks, next_habits


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_the_variational_bound_is_the_textbooks_and_below_the_likelihood_of_everything(seed: int) -> None:
    columns = random_crowd(seed, items=12, annotators=4)
    found = mace(columns, restarts=1, iterations=4000, tolerance=1e-13)
    n = np.bincount(columns.annotator).astype(float)
    look = (1 - found.spamming) * (n + 1)
    habits = np.array([found.habit(annotator) for annotator in range(4)])
    spam = (n + 1) - look
    counts = habits * (spam - 0.5 + 30)[:, None]
    bound = textbook_bound(columns, look, spam, counts)
    assert found.objective == pytest.approx(bound, abs=1e-4)


def textbook_bound(columns: Columns, look: Floats, spam: Floats, counts: Floats) -> float:
    """sum log Z - KL, from the parameters of the Beta and Dirichlet posteriors, at a fixed point."""
    classes = len(columns.labels)
    e_look, e_spam = (np.exp(digamma(part) - digamma(look + spam)) for part in (look, spam))
    e_habit = np.exp(digamma(counts) - digamma(counts.sum(axis=1, keepdims=True)))
    logs = np.full((len(columns.items), classes), -np.log(classes))
    for item, who, label in zip(columns.item, columns.annotator, columns.label, strict=True):
        for truth in range(classes):
            logs[item, truth] += np.log(e_look[who] * (truth == label) + e_spam[who] * e_habit[who, label])
    whole = float(np.logaddexp.reduce(logs, axis=1).sum())
    betas = sum(_kl(np.array(pair), np.array([0.5, 0.5])) for pair in zip(spam, look, strict=True))
    dirichlets = sum(_kl(row, np.full(classes, 10.0)) for row in counts)
    return whole - betas - dirichlets


def _kl(q: Floats, p: Floats) -> float:
    ratio = gammaln(q.sum()) - gammaln(p.sum()) - gammaln(q).sum() + gammaln(p).sum()
    return float(ratio + ((q - p) * (digamma(q) - digamma(q.sum()))).sum())


@pytest.mark.parametrize("method", ["vb", "em"])
def test_the_objective_never_falls(method: How) -> None:
    columns = random_crowd(11, items=40)
    climbed = [mace(columns, method=method, restarts=1, iterations=n, tolerance=0).objective for n in range(1, 30)]
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(climbed))


def test_the_best_start_is_kept_and_the_seed_makes_it_again() -> None:
    columns = random_crowd(2, items=40)
    one, many = (mace(columns, restarts=n, seed=4, iterations=20) for n in (1, 10))
    assert many.objective >= one.objective
    assert many.objective == mace(columns, restarts=10, seed=4, iterations=20).objective


@given(st.integers(0, 10_000), st.permutations([0, 1, 2]))
@settings(max_examples=30, deadline=None)
def test_names_of_labels_and_order_of_rows_do_not_matter(seed: int, order: list[int]) -> None:
    columns = random_crowd(seed, items=60)
    first = mace(columns, tolerance=1e-11, iterations=5000)
    other = mace(renamed_labels(columns, order), tolerance=1e-11, iterations=5000)
    assert other.objective == pytest.approx(first.objective, abs=1e-4)
    rows = np.random.default_rng(seed).permutation(len(columns))
    shuffled = from_codes(columns.item[rows], columns.annotator[rows], columns.label[rows])
    assert mace(shuffled, tolerance=1e-11, iterations=5000).objective == first.objective


def test_one_who_always_answers_the_same_is_found_out_with_their_habit() -> None:
    rng = np.random.default_rng(1)
    truth = rng.choice(["cat", "dog", "owl"], 60)
    rows = [
        (i, a, "dog" if a == "lazy" or rng.random() < 0.1 else truth[i])
        for i in range(60)
        for a in ("al", "bo", "lazy")
    ]
    found = mace(encode(*zip(*rows, strict=True)), method="em")
    lazy = found.reliability[2]
    assert lazy.value is not None
    assert lazy.value < 0.05
    assert lazy.interval is not None
    assert lazy.interval[1] < 0.5
    assert found.habit(2)[1] > 0.99
    assert sum(found.habit(2)) == pytest.approx(1)
    assert "lazy looks least" in str(found.meaning[0])
    assert (np.array([row.label for row in found.rows()]) == truth).mean() > 0.9


def test_entropy_is_nothing_where_all_agree_and_log_of_the_classes_where_nothing_is_known() -> None:
    columns = random_crowd(9, items=30)
    found = mace(columns)
    assert found.posterior is not None
    dense = entropy(np.asarray(found.posterior), axis=1)
    assert found.entropy == pytest.approx(dense, abs=1e-9)


@given(st.integers(0, 400), st.integers(0, 400), st.sampled_from([(0.5, 0.5), (1.0, 1.0), (4.0, 2.0)]))
@settings(max_examples=60, deadline=None)
def test_where_the_truth_is_sure_the_interval_is_that_of_a_share(x: int, y: int, prior: tuple[float, float]) -> None:
    right = np.arange(x + y) < x
    at = (x + 1) / (x + y + 2)
    slope = np.where(right, 1 / at, -1 / (1 - at))
    ends = mixture_interval(np.zeros(x + y, int), slope, np.array([at]), Prior(*prior))
    low, high = beta.ppf([0.025, 0.975], x + prior[0], y + prior[1])
    assert (float(ends.low[0]), float(ends.high[0])) == pytest.approx((low, high), abs=2e-3)


def test_the_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(8)
    looks = rng.uniform(0.2, 0.95, 200)
    item = np.repeat(np.arange(4000), 5)
    annotator = np.concatenate([rng.choice(200, 5, replace=False) for _ in range(4000)])
    truth = rng.integers(0, 4, 4000)
    label = np.where(rng.random(20_000) < looks[annotator], truth[item], rng.integers(0, 4, 20_000))
    found = mace(from_codes(item, annotator, label), method="em")
    inside = [(one.low or 0) <= p <= (one.high or 1) for one, p in zip(found.reliability, looks, strict=True)]
    assert 0.9 <= np.mean(inside) <= 0.99


def test_what_was_hidden_is_foretold_as_a_probability() -> None:
    columns = random_crowd(7, items=20)
    rows = np.arange(len(columns)) % 3 > 0
    seen, hidden = (part(columns, which) for which in (rows, ~rows))
    assert METHOD.held_out is not None
    every = [np.exp(METHOD.held_out(seen, with_label(hidden, label), 0)) for label in range(len(columns.labels))]
    assert np.sum(every, axis=0) == pytest.approx(1)


@pytest.mark.parametrize(
    "wrong",
    [{"method": "mcmc"}, {"restarts": 0}, {"iterations": 0}, {"tolerance": -1.0}, {"smoothing": 0.0}],
)
def test_settings_without_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadSetting):
        mace(random_crowd(1), **wrong)
