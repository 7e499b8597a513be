from collections.abc import Callable
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit

from guiju.stats.agreement.errors import NeedsTwoAnnotators, RepeatedAnswers, UnknownAnnotator
from guiju.stats.agreement.kappas import cohen_kappa, conger_kappa, scott_pi
from guiju.stats.agreement.weights import agreement_weights
from guiju.stats.columns import encode
from guiju.stats.figure import NO_OVERLAP, ONE_ANSWER_ONLY
from tests.stats.agreement.tables import Rows, columns_of, oracle, raw4, rows_of_answers, table

inter_rater = oracle("statsmodels.stats.inter_rater")
metrics = oracle("sklearn.metrics")

two_raters = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=3, max_size=30)


def test_cohens_kappa_of_two_by_two_tables(vector: Callable[[str], Any]) -> None:
    known = vector("cohen_2x2")
    for cells, kappa in zip(known["data"]["tables"], known["expected"]["kappa"], strict=True):
        answers = [(a, b) for a in (0, 1) for b in (0, 1) for _ in range(cells[a][b])]
        columns = table([[a for a, _ in answers], [b for _, b in answers]])
        assert cohen_kappa(columns).value == pytest.approx(kappa, abs=5e-5)


@given(two_raters)
def test_cohens_kappa_equals_scikit_learn(answers: list[tuple[int, int]]) -> None:
    left, right = [a for a, _ in answers], [b for _, b in answers]
    if len({*left, *right}) < 4:  # theirs weighs by places among the labels seen, ours by numbers
        return
    for ours, theirs in (("identity", None), ("linear", "linear"), ("quadratic", "quadratic")):
        expected = metrics.cohen_kappa_score(left, right, weights=theirs)
        assert cohen_kappa(table([left, right]), ours).value == pytest.approx(expected, abs=1e-12)


@given(two_raters, st.sampled_from(["identity", "linear", "quadratic"]))
def test_its_error_equals_that_of_statsmodels(answers: list[tuple[int, int]], weights: str) -> None:
    left, right = [a for a, _ in answers], [b for _, b in answers]
    if len({*left, *right}) < 4:
        return
    counts = np.zeros((4, 4))
    np.add.at(counts, (left, right), 1)
    with np.errstate(all="ignore"):
        theirs = inter_rater.cohens_kappa(counts, wt=None if weights == "identity" else weights)
    if not theirs.var_kappa > 1e-9:
        return
    found = cohen_kappa(table([left, right]), weights)
    half = float(stdtrit(len(answers) - 1, 0.975)) * float(theirs.std_kappa)
    assert found.low == pytest.approx(max(-1.0, theirs.kappa - half), abs=1e-7)
    assert found.high == pytest.approx(min(1.0, theirs.kappa + half), abs=1e-7)


@given(two_raters)
def test_scotts_pi_equals_its_definition(answers: list[tuple[int, int]]) -> None:
    pooled = [label for pair in answers for label in pair]
    expected = sum((pooled.count(k) / len(pooled)) ** 2 for k in set(pooled))
    observed = sum(a == b for a, b in answers) / len(answers)
    found = scott_pi(table([[a for a, _ in answers], [b for _, b in answers]]))
    if len(set(pooled)) < 2:
        assert found.why == ONE_ANSWER_ONLY
    else:
        assert found.value == pytest.approx((observed - expected) / (1 - expected), abs=1e-12)


def test_congers_kappa_of_gwets_example(vector: Callable[[str], Any]) -> None:
    expected = vector("irrcac_raw4")["expected"]
    assert conger_kappa(raw4()).value == pytest.approx(expected["Conger"], abs=5e-6)
    assert conger_kappa(raw4(), "quadratic").value == pytest.approx(expected["conger_quadratic"], abs=5e-4)


@given(rows_of_answers, st.sampled_from(["identity", "linear"]))
def test_congers_kappa_equals_its_definition_by_plain_loops(rows: Rows, weights: str) -> None:
    columns = columns_of(rows)
    found = conger_kappa(columns, weights)
    labels = sorted({label for _, _, label in rows})
    weight = agreement_weights(labels, weights)
    units: dict[int, list[int]] = {}
    people: dict[int, list[int]] = {}
    for item, who, label in rows:
        units.setdefault(item, []).append(labels.index(label))
        people.setdefault(who, []).append(labels.index(label))
    pairs = [[weight[a][b] for a, b in permutations(unit, 2)] for unit in units.values() if len(unit) > 1]
    if not pairs or len(labels) < 2:
        assert found.value is None
        return
    observed = sum(sum(one) / len(one) for one in pairs) / len(pairs)
    shares = [np.bincount(said, minlength=len(labels)) / len(said) for said in people.values()]
    chance = float(np.mean([p @ weight @ r for p, r in permutations(shares, 2)]))
    assert found.value == (pytest.approx((observed - chance) / (1 - chance), abs=1e-9) if chance < 1 - 1e-12 else None)


@given(two_raters)
def test_congers_kappa_of_two_is_cohens(answers: list[tuple[int, int]]) -> None:
    columns = table([[a for a, _ in answers], [b for _, b in answers]])
    cohen, conger = cohen_kappa(columns), conger_kappa(columns)
    assert cohen.value == (None if conger.value is None else pytest.approx(conger.value, abs=1e-12))


def test_two_annotators_are_wanted_and_must_be_there() -> None:
    with pytest.raises(NeedsTwoAnnotators, match="4"):
        cohen_kappa(raw4())
    with pytest.raises(NeedsTwoAnnotators):
        scott_pi(raw4(), a=1, b=1)
    with pytest.raises(UnknownAnnotator, match="9"):
        cohen_kappa(raw4(), a=1, b=9)
    assert cohen_kappa(raw4(), a=0, b=1).n == 9


def test_kept_repeats_are_refused_where_they_would_make_somebody_their_own_partner() -> None:
    columns = encode([1, 1, 1], ["a", "a", "b"], ["x", "y", "x"], keep_repeats=True)
    with pytest.raises(RepeatedAnswers):
        conger_kappa(columns)
    with pytest.raises(RepeatedAnswers):
        cohen_kappa(columns)


def test_figures_that_do_not_exist_say_why() -> None:
    apart = columns_of([(1, "a", "x"), (2, "b", "y")])
    assert cohen_kappa(apart).why == scott_pi(apart).why == conger_kappa(apart).why == NO_OVERLAP
    same = table([["x", "x"], ["x", "x"]])
    assert cohen_kappa(same).why == scott_pi(same).why == conger_kappa(same).why == ONE_ANSWER_ONLY
    assert cohen_kappa(table([["x"], ["y"]])).interval is None
