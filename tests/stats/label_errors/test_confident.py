"""Confident learning, held against the authors' own package."""

import warnings
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from guiju.kit import Refusal
from guiju.stats.label_errors.confident import ConfidentJoint, confident_joint
from guiju.stats.label_errors.errors import NothingToCheck, NotProbabilities, UnevenProbabilities, UnknownClass
from guiju.stats.label_errors.filters import WAYS, suspects
from guiju.stats.label_errors.ranking import SCORES, label_quality
from guiju.stats.label_errors.report import find_label_errors

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import cleanlab.count as _count
    import cleanlab.filter as _filter
    import cleanlab.rank as _rank

count, filter_, rank_ = cast("Any", _count), cast("Any", _filter), cast("Any", _rank)
Labelled = tuple[NDArray[np.int64], NDArray[np.float64]]


def _crowd(n: int, classes: int, seed: int, sharpness: float = 2.0) -> Labelled:
    """Noisy labels and a model's probabilities; every class is somebody's label."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, classes, n)
    labels = np.where(rng.random(n) < 0.8, truth, rng.integers(0, classes, n))
    labels[:classes] = np.arange(classes)
    scores = rng.standard_normal((n, classes))
    scores[np.arange(n), truth] += sharpness
    table = np.exp(scores)
    return labels, table / table.sum(axis=1, keepdims=True)


def _drawn(classes: int, more: int, seed: int, sharpness: float) -> Labelled:
    return _crowd(classes * 3 + more, classes, seed, sharpness)


crowds = st.builds(_drawn, st.integers(2, 12), st.integers(0, 200), st.integers(0, 2**31), st.floats(0, 4))


def test_the_published_example(vector: Callable[[str], Any]) -> None:
    known = vector("confident_joint_mini")
    found = confident_joint(known["data"]["labels"], known["data"]["pred_probs"])
    assert found.thresholds == pytest.approx(known["expected"]["thresholds"])
    assert found.counts.tolist() == known["expected"]["C"]


@settings(max_examples=80, deadline=None)
@given(crowds)
def test_thresholds_and_joint_are_those_of_the_authors(given_: Labelled) -> None:
    labels, table = given_
    found = confident_joint(labels, table)
    assert found.thresholds == pytest.approx(count.get_confident_thresholds(labels, table))
    assert found.counts.tolist() == count.compute_confident_joint(labels, table, calibrate=False).tolist()
    theirs = count.compute_confident_joint(labels, table, calibrate=True)
    exact = found.counts / found.counts.sum(axis=1, keepdims=True) * found.labelled[:, None]
    # Where several cells are equally far from a whole number their choice depends on the processor, ours does not.
    assert np.sort(abs(found.joint - exact), axis=1) == pytest.approx(np.sort(abs(theirs - exact), axis=1))
    assert found.joint.sum(axis=1).tolist() == theirs.sum(axis=1).tolist()


@settings(max_examples=40, deadline=None)
@given(crowds)
def test_noise_is_the_joint_read_by_columns_and_by_rows(given_: Labelled) -> None:
    labels, table = given_
    found = confident_joint(labels, table)
    assert found.joint.sum(axis=1).tolist() == np.bincount(labels, minlength=table.shape[1]).tolist()
    assert found.inverse_noise.sum(axis=1) == pytest.approx(1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, noise, inverse = count.estimate_latent(found.joint, labels)
    sane = found.joint.sum(axis=0) > 0
    assert found.noise[:, sane] == pytest.approx(noise[:, sane], abs=2e-5)
    assert found.inverse_noise == pytest.approx(inverse.T, abs=2e-5)


@settings(max_examples=60, deadline=None)
@given(crowds, st.sampled_from(WAYS))
def test_the_suspects_are_those_of_the_authors(given_: Labelled, by: Any) -> None:
    labels, table = given_
    assume(confident_joint(labels, table).joint.tolist() == count.compute_confident_joint(labels, table).tolist())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = filter_.find_label_issues(labels, table, filter_by=by.replace("-", "_"), n_jobs=1)
    assert np.flatnonzero(suspects(labels, table, by)).tolist() == np.flatnonzero(theirs).tolist()


@settings(max_examples=60, deadline=None)
@given(crowds, st.sampled_from(SCORES), st.booleans())
def test_the_scores_are_those_of_the_authors(given_: Labelled, score: Any, adjusted: bool) -> None:
    labels, table = given_
    method = score.replace("-", "_")
    theirs = rank_.get_label_quality_scores(labels, table, method=method, adjust_pred_probs=adjusted)
    assert label_quality(labels, table, score, adjusted=adjusted) == pytest.approx(theirs)


def test_a_class_that_is_nobodys_label_has_no_threshold_and_is_nobodys_truth() -> None:
    labels, table = _crowd(200, 4, 1)
    labels[labels == 3] = 0
    found = confident_joint(labels, table)
    assert found.to_dict()["thresholds"][3] is None  # type: ignore[index]
    assert found.counts.tolist() == count.compute_confident_joint(labels, table, calibrate=False).tolist()
    assert found.joint.tolist() == count.compute_confident_joint(labels, table, calibrate=True).tolist()
    assert not np.isnan(found.noise).any()
    assert not np.isnan(found.inverse_noise).any()


def test_a_large_table_in_single_precision_gives_the_same_answer() -> None:
    labels, table = _crowd(60_000, 10, 3)
    theirs = filter_.find_label_issues(labels, table.astype(np.float32), n_jobs=1)
    assert suspects(labels, table.astype(np.float32)).tolist() == theirs.tolist()


@settings(max_examples=40, deadline=None)
@given(crowds, st.randoms(use_true_random=False))
def test_renaming_classes_and_shuffling_rows_changes_nothing(given_: Labelled, random: Any) -> None:
    labels, table = given_
    names = np.array(random.sample(range(table.shape[1]), table.shape[1]))
    rows = np.array(random.sample(range(len(labels)), len(labels)))
    renamed = np.empty_like(table)
    renamed[:, names] = table
    one, other = confident_joint(labels, table), confident_joint(names[labels][rows], renamed[rows])
    assert other.counts[np.ix_(names, names)].tolist() == one.counts.tolist()
    mask = suspects(labels, table, "confident-learning")
    assert suspects(names[labels][rows], renamed[rows], "confident-learning").tolist() == mask[rows].tolist()


def test_planted_errors_are_found() -> None:
    labels, table = _crowd(5_000, 5, 7, sharpness=6)
    truth = np.random.default_rng(7).integers(0, 5, 5_000)
    found = find_label_errors(labels, table)
    planted = set(np.flatnonzero(labels != truth).tolist())
    assert len(planted & set(found.rows.tolist())) > 0.95 * len(planted)
    assert found.joint.wrong == pytest.approx(len(planted), rel=0.05)


def test_suspects_come_ranked_with_reasons_and_names() -> None:
    labels, table = _crowd(500, 3, 5)
    items = [f"item-{row}" for row in range(500)]
    found = find_label_errors(labels, table, "both", rank="normalized-margin", names=["a", "b", "c"], items=items)
    assert (np.diff(found.quality) >= 0).all()
    first = found.issues(1)[0]
    assert first.item == f"item-{first.row}"
    assert first.given in "abc"
    assert first.suggested is not None
    assert first.suggested in str(first.reason)
    told = found.to_dict(limit=2)
    assert told["found"] == len(found)
    assert len(cast("list[object]", told["issues"])) == 2
    assert all("{" not in str(sentence) for sentence in found.meaning)


def test_a_weak_label_with_no_rival_is_told_as_such() -> None:
    # Two rows count as another class; row 0, where nothing is more probable than the label, has the lowest confidence.
    table = [[0.34, 0.33, 0.33], *[[0.9, 0.05, 0.05]] * 3, [0.1, 0.8, 0.1], [0.58, 0.4, 0.02], [0.1, 0.1, 0.8]]
    labels = np.array([0, 0, 0, 0, 1, 1, 2])
    table[3] = [0.36, 0.62, 0.02]
    found = find_label_errors(labels, table, "low-self-confidence")
    theirs = filter_.find_label_issues(labels, np.array(table), filter_by="low_self_confidence", n_jobs=1)
    assert found.rows.tolist() == np.flatnonzero(theirs).tolist() == [0]
    assert found.issues()[0].suggested is None
    assert "no other class" in str(found.issues()[0].reason)


def test_labels_that_the_model_supports_are_all_left_alone() -> None:
    table = [[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.2, 0.8]]
    found = find_label_errors([0, 0, 1, 1], table)
    assert len(found) == 0
    assert found.issues() == ()
    assert "none" in str(found.joint.meaning[0])


def test_one_label_only_is_defined() -> None:
    found = confident_joint([0, 0, 0], [[0.9, 0.1], [0.8, 0.2], [0.3, 0.7]])
    assert found.joint.tolist() == [[3, 0], [0, 0]]
    assert suspects([0, 0, 0], [[0.9, 0.1], [0.8, 0.2], [0.3, 0.7]]).tolist() == [False] * 3


BAD: list[tuple[Any, Any, type[Refusal]]] = [
    ([], [], NothingToCheck),
    ([0], [[0.5, 0.5], [0.5, 0.5]], UnevenProbabilities),
    ([0], [0.5], UnevenProbabilities),
    ([0], [[1.0]], UnevenProbabilities),
    ([2], [[0.5, 0.5]], UnknownClass),
    ([-1], [[0.5, 0.5]], UnknownClass),
    (["cat"], [[0.5, 0.5]], UnknownClass),
    ([0.5], [[0.5, 0.5]], UnknownClass),
    ([0], [[float("nan"), 0.5]], NotProbabilities),
    ([0], [[1.5, -0.5]], NotProbabilities),
    ([0], [[3.0, -1.0]], NotProbabilities),
    ([0], [[0.5, 0.2]], NotProbabilities),
    ([0], [["a", "b"]], NotProbabilities),
]


@pytest.mark.parametrize(("labels", "table", "refusal"), BAD)
def test_nonsense_is_refused_by_name(labels: Any, table: Any, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        confident_joint(labels, table)


def test_the_row_at_fault_is_named() -> None:
    with pytest.raises(NotProbabilities) as caught:
        confident_joint([0, 1, 0], [[1, 0], [0, 1], [0.9, 0.9]])
    assert caught.value.details == {"row": 2}


def test_unknown_ways_names_and_items_are_refused() -> None:
    labels, table = _crowd(20, 2, 1)
    for call in (
        lambda: suspects(labels, table, cast("Any", "guess")),
        lambda: suspects(labels, table, keep=0),
        lambda: label_quality(labels, table, cast("Any", "guess")),
        lambda: find_label_errors(labels, table, rank=cast("Any", "guess")),
        lambda: find_label_errors(labels, table, names=["one"]),
        lambda: find_label_errors(labels, table, items=["one"]),
    ):
        with pytest.raises(Refusal):
            call()


def test_a_joint_says_what_it_means_and_what_it_does_not() -> None:
    found: ConfidentJoint = confident_joint(*_crowd(300, 3, 2))
    told = [str(one) for one in found.meaning]
    assert len(told) == 2
    assert "wrong" in told[0]
    assert "model" in told[1]
