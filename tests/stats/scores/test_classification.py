"""Classification reports, held against scikit-learn and statsmodels."""

import math
import warnings
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.kit import Refusal
from guiju.stats.figure import Figure
from guiju.stats.intervals import wilson
from guiju.stats.scores.classification import Cell, classification_report
from guiju.stats.scores.counts import f1_of
from guiju.stats.scores.errors import MissingAnswer, NothingToScore, TooManyClasses, UnevenAnswers
from guiju.stats.scores.multilabel import multilabel_report

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from sklearn import metrics as _metrics
    from sklearn.preprocessing import MultiLabelBinarizer as _MultiLabelBinarizer

metrics, binarizer = cast("Any", _metrics), cast("Any", _MultiLabelBinarizer)

pairs = st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), min_size=1, max_size=60)
label_sets = st.sets(st.sampled_from("abcd"))
set_pairs = st.lists(st.tuples(label_sets, label_sets), min_size=1, max_size=30)


def _same(ours: Figure, theirs: float) -> None:
    # Where all the weight lies on classes without the figure, theirs is a silent 0.
    if math.isnan(theirs) or (ours.value is None and theirs == 0):
        assert ours.value is None
        assert ours.why is not None
    else:
        assert ours.value == pytest.approx(theirs)


@settings(deadline=None, max_examples=60)
@given(pairs)
def test_every_figure_is_scikit_learns(drawn: list[tuple[str, str]]) -> None:
    truth, predicted = [one[0] for one in drawn], [one[1] for one in drawn]
    found = classification_report(truth, predicted)
    labels = [one.label for one in found.classes]
    assert labels == sorted({*truth, *predicted})
    if len(labels) > 1:
        assert found.matrix().tolist() == metrics.confusion_matrix(truth, predicted, labels=labels).tolist()
    assert found.accuracy.value == pytest.approx(metrics.accuracy_score(truth, predicted))
    each = metrics.precision_recall_fscore_support(truth, predicted, labels=labels, zero_division=np.nan)
    for ours, precision, recall, f1, support in zip(found.classes, *each, strict=True):
        _same(ours.precision, precision)
        _same(ours.recall, recall)
        _same(ours.f1, f1)
        assert ours.support == support
    for ours, how in ((found.macro, "macro"), (found.weighted, "weighted")):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = metrics.precision_recall_fscore_support(truth, predicted, average=how, zero_division=np.nan)
        for figure, value in zip((ours.precision, ours.recall, ours.f1), theirs, strict=False):
            _same(figure, float(value))


@settings(deadline=None, max_examples=60)
@given(pairs)
def test_beyond_chance_is_scikit_learns_where_it_exists(drawn: list[tuple[str, str]]) -> None:
    truth, predicted = [one[0] for one in drawn], [one[1] for one in drawn]
    found = classification_report(truth, predicted)
    if len(set(truth)) > 1 and len(set(predicted)) > 1:
        assert found.mcc.value == pytest.approx(metrics.matthews_corrcoef(truth, predicted))
    else:
        assert found.mcc.value is None
        assert found.mcc.why is not None
    if len({*truth, *predicted}) > 1:
        assert found.kappa.value == pytest.approx(metrics.cohen_kappa_score(truth, predicted))
    else:
        assert found.kappa.value is None


@settings(deadline=None, max_examples=30)
@given(pairs, st.randoms(use_true_random=False))
def test_order_tells_nothing_and_names_nothing(drawn: list[tuple[str, str]], random: Any) -> None:
    mixed = random.sample(drawn, len(drawn))
    one = classification_report([p[0] for p in drawn], [p[1] for p in drawn])
    assert classification_report([p[0] for p in mixed], [p[1] for p in mixed]) == one
    code = {name: number for number, name in enumerate("abcde")}
    numbers = classification_report(np.array([code[p[0]] for p in drawn]), np.array([code[p[1]] for p in drawn]))
    assert numbers.macro == one.macro
    assert numbers.kappa == one.kappa


def test_intervals_are_wilsons_where_they_can_be() -> None:
    truth, predicted = [*"aaaaabbbbc"], [*"aaaabbbbab"]
    found = classification_report(truth, predicted)
    assert found.accuracy.interval == list(wilson(7, 10))
    assert found.classes[0].recall.interval == list(wilson(4, 5))
    assert found.classes[1].precision.interval == list(wilson(3, 5))


def test_the_bootstraps_interval_holds_the_truth_as_often_as_promised() -> None:
    rng = np.random.default_rng(1)
    joint = np.array([[0.4, 0.08, 0.02], [0.05, 0.25, 0.05], [0.02, 0.03, 0.1]])
    f1 = sum(2 * joint[k, k] / (joint[k].sum() + joint[:, k].sum()) for k in range(3)) / 3
    held = 0
    for seed in range(150):
        drawn = rng.choice(9, 300, p=joint.ravel())
        low, high = cast("list[float]", classification_report(drawn // 3, drawn % 3, seed).macro.f1.interval)
        held += low <= f1 <= high
    assert 0.89 <= held / 150 <= 0.99


@pytest.mark.parametrize("table", [[30, 10, 10], [3, 2, 1], [10, 0, 5]])
def test_the_interval_of_a_classs_f1_holds_the_truth_as_often_as_promised(table: list[int]) -> None:
    share = np.array([*table, 200 - sum(table)]) / 200
    f1 = float(2 * share[0] / (2 * share[0] + share[1] + share[2]))
    held = exists = 0
    for right, missed, false, _ in np.random.default_rng(3).multinomial(200, share, 2_000):
        low, high = f1_of(right, right + false, right + missed).interval or (2.0, 2.0)
        held += low <= f1 <= high
        exists += low <= 1
    assert held / exists >= 0.92


def test_figures_that_no_resample_can_move_have_no_interval() -> None:
    found = classification_report([*"aabb"], [*"aabb"])
    assert found.macro.f1.interval is found.kappa.interval is None
    assert cast("list[float]", found.classes[0].f1.interval)[0] < 0.6
    sets = multilabel_report([{"a"}, {"b"}], [{"a"}, {"b"}])
    assert sets.hamming.interval is sets.micro.f1.interval is None


def test_a_class_never_predicted_has_no_precision_and_a_reason() -> None:
    found = classification_report([*"aab"], [*"aaa"])
    assert found.classes[1].precision.value is None
    assert found.classes[1].precision.why is not None
    assert found.classes[1].f1.value == 0
    assert found.macro.precision.value == pytest.approx(2 / 3)
    assert found.to_dict()["n"] == 3


def test_confusions_come_by_number() -> None:
    found = classification_report([*"aaabbb"], [*"abbbba"])
    assert found.confusions() == (Cell("a", "b", 2), Cell("b", "a", 1))


def test_a_single_item_and_a_single_class_are_defined() -> None:
    found = classification_report(["a"], ["a"])
    assert found.accuracy.value == 1
    assert found.macro.f1.value == 1
    assert found.macro.f1.interval is None
    assert found.kappa.value is None
    assert all("{" not in str(one) for one in found.meaning)


def test_tens_of_thousands_of_classes_are_scored_but_not_laid_out() -> None:
    truth = np.arange(30_000)
    found = classification_report(truth, np.where(truth < 15_000, truth, 0))
    assert found.accuracy.value == pytest.approx(0.5)
    assert found.macro.f1.interval is None
    with pytest.raises(TooManyClasses):
        found.matrix()


@settings(deadline=None, max_examples=50)
@given(set_pairs)
def test_every_figure_of_sets_is_scikit_learns(drawn: list[tuple[set[str], set[str]]]) -> None:
    truth, predicted = [one[0] for one in drawn], [one[1] for one in drawn]
    found = multilabel_report(truth, predicted)
    labels = [one.label for one in found.classes]
    if not labels:
        assert found.exact.value == found.jaccard.value == 1
        assert found.hamming.value is None
        assert found.micro.f1.value is None
        return
    shape = binarizer(classes=labels)
    right, said = shape.fit_transform(truth), shape.transform(predicted)
    assert found.exact.value == pytest.approx(metrics.accuracy_score(right, said))
    assert found.hamming.value == pytest.approx(metrics.hamming_loss(right, said))
    # A label that nothing has makes the table one of several labels, and changes no item's share.
    wide = [np.c_[one, np.zeros(len(one), int)] for one in (right, said)]
    own = list(range(len(labels)))
    theirs = metrics.jaccard_score(*wide, average="samples", zero_division=1)
    assert found.jaccard.value == pytest.approx(theirs)
    for ours, how in ((found.micro, "micro"), (found.macro, "macro"), (found.weighted, "weighted")):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            three = metrics.precision_recall_fscore_support(*wide, labels=own, average=how, zero_division=np.nan)
        for figure, value in zip((ours.precision, ours.recall, ours.f1), three, strict=False):
            _same(figure, float(value))


def test_sets_of_one_label_are_classes() -> None:
    truth, predicted = [*"aaaaabbbbc"], [*"aaaabbbbab"]
    sets = multilabel_report([{one} for one in truth], [{one} for one in predicted])
    single = classification_report(truth, predicted)
    assert sets.exact == single.accuracy
    assert sets.micro.f1.value == pytest.approx(single.accuracy.value)
    assert sets.macro.f1.value == pytest.approx(single.macro.f1.value)
    assert [one.recall for one in sets.classes] == [one.recall for one in single.classes]
    assert all("{" not in str(one) for one in sets.meaning)
    assert cast("dict[str, Any]", sets.to_dict()["exact"])["value"] == 0.7


NONSENSE: list[tuple[Callable[[], object], type[Refusal]]] = [
    (lambda: classification_report([], []), NothingToScore),
    (lambda: classification_report(["a"], []), UnevenAnswers),
    (lambda: classification_report(["a", None], ["a", "a"]), MissingAnswer),
    (lambda: classification_report(["a"], [float("nan")]), MissingAnswer),
    (lambda: classification_report(np.array([1.0]), np.array([np.nan])), MissingAnswer),
    (lambda: multilabel_report([], []), NothingToScore),
    (lambda: multilabel_report([{"a"}], []), UnevenAnswers),
]


@pytest.mark.parametrize(("ask", "refusal"), NONSENSE)
def test_nonsense_is_refused_by_name(ask: Callable[[], object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        ask()
