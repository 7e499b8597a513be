from collections.abc import Callable
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.stats.agreement.chance import brennan_prediger, fleiss_kappa, gwet_ac1, gwet_ac2
from guiju.stats.agreement.errors import ImpossibleTable, NegativeNumber, UnknownWeights
from guiju.stats.agreement.weights import KNOWN, agreement_weights
from guiju.stats.columns import Columns, from_codes
from guiju.stats.errors import TooManyAnswers
from guiju.stats.figure import NO_OVERLAP, ONE_ANSWER_ONLY
from tests.stats.agreement.tables import Rows, columns_of, oracle, raw4, rows_of_answers, table

inter_rater = oracle("statsmodels.stats.inter_rater")


def test_gwets_example_with_missing_answers(vector: Callable[[str], Any]) -> None:
    expected = vector("irrcac_raw4")["expected"]
    assert fleiss_kappa(raw4()).value == pytest.approx(expected["Fleiss"], abs=5e-6)
    assert brennan_prediger(raw4()).value == pytest.approx(expected["BrennanPrediger"], abs=5e-6)
    assert brennan_prediger(raw4(), "linear").value == pytest.approx(expected["BP_linear"], abs=5e-4)
    found = gwet_ac1(raw4())
    assert found.value == pytest.approx(expected["AC1"], abs=5e-6)
    assert found.interval == pytest.approx(expected["AC1_CI"], abs=5e-6)
    for weights in ("linear", "ordinal", "quadratic"):
        assert gwet_ac2(raw4(), weights).value == pytest.approx(expected[f"AC2_{weights}"], abs=5e-4)


def test_fleiss_kappa_of_ten_subjects(vector: Callable[[str], Any]) -> None:
    known = vector("fleiss_14x10")
    columns = counted(known["data"]["subjects_x_categories"])
    assert fleiss_kappa(columns).value == pytest.approx(known["expected"]["kappa"], abs=5e-5)
    assert gwet_ac1(columns).value == pytest.approx(known["expected"]["AC1"], abs=5e-5)


def counted(table: list[list[int]]) -> Columns:
    """Columns of a table of items x labels."""
    rows = [
        (item, sum(counts[:label]) + k, label)
        for item, counts in enumerate(table)
        for label, count in enumerate(counts)
        for k in range(count)
    ]
    return columns_of(rows)


@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=12))
def test_fleiss_kappa_equals_statsmodels_without_missing_answers(answers: list[list[int]]) -> None:
    if len({label for row in answers for label in row}) < 2:
        return
    counts = np.array([[row.count(k) for k in range(4)] for row in answers])
    theirs = inter_rater.fleiss_kappa(counts)
    assert fleiss_kappa(table(np.array(answers).T.tolist())).value == pytest.approx(theirs, abs=1e-12)


@given(rows_of_answers, st.sampled_from(KNOWN))
def test_all_three_equal_their_definition_by_plain_loops(rows: Rows, weights: str) -> None:
    columns = columns_of(rows)
    expected = by_hand(rows, agreement_weights(columns.labels, weights))
    found = [one(columns, weights).value for one in (fleiss_kappa, gwet_ac2, brennan_prediger)]
    for mine, theirs in zip(found, expected, strict=True):
        assert mine == (None if theirs is None else pytest.approx(theirs, abs=1e-9))


def by_hand(rows: Rows, weight: Any) -> list[float | None]:
    labels = sorted({label for _, _, label in rows})
    q = len(labels)
    units: dict[int, list[int]] = {}
    for item, _, label in rows:
        units.setdefault(item, []).append(labels.index(label))
    pairs = [[weight[a][b] for a, b in permutations(unit, 2)] for unit in units.values() if len(unit) > 1]
    if not pairs or q < 2:
        return [None] * 3
    observed = sum(sum(found) / len(found) for found in pairs) / len(pairs)
    share = [sum(unit.count(k) / len(unit) for unit in units.values()) / len(units) for k in range(q)]
    fleiss = sum(weight[k][m] * share[k] * share[m] for k in range(q) for m in range(q))
    total = sum(weight[k][m] for k in range(q) for m in range(q))
    gwet = total / (q * (q - 1)) * sum(p * (1 - p) for p in share)
    return [
        (observed - chance) / (1 - chance) if chance < 1 - 1e-12 else None for chance in (fleiss, gwet, total / q**2)
    ]


def test_a_label_that_nobody_gave_counts_where_the_columns_name_it() -> None:
    item, who, label = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([0, 0, 0, 1])
    two, ten = from_codes(item, who, label), from_codes(item, who, label, labels=tuple(range(10)))
    assert fleiss_kappa(two).value == fleiss_kappa(ten).value
    assert brennan_prediger(two).value == pytest.approx(0)
    assert brennan_prediger(ten).value == pytest.approx(4 / 9)


def test_figures_that_do_not_exist_say_why() -> None:
    for one in (fleiss_kappa, gwet_ac1, gwet_ac2, brennan_prediger):
        assert one(table([["x"]])).why == NO_OVERLAP
        assert one(table([["x", "x"], ["x", "x"]])).why == ONE_ANSWER_ONLY
        assert one(columns_of([])).why == NO_OVERLAP
        assert one(table([["x"], ["y"]])).interval is None


def test_weights_that_are_none_are_refused() -> None:
    with pytest.raises(UnknownWeights):
        gwet_ac2(raw4(), "cubic")
    with pytest.raises(NegativeNumber):
        agreement_weights([-1, 1], "ratio")
    with pytest.raises(TooManyAnswers):
        agreement_weights(range(5_001), "linear")
    for bad in (np.eye(2), np.full((5, 5), 2.0), np.triu(np.ones((5, 5))), np.full((5, 5), np.nan)):
        with pytest.raises(ImpossibleTable):
            gwet_ac2(raw4(), bad)


def test_a_table_of_weights_serves_as_its_name_does() -> None:
    assert gwet_ac2(raw4(), agreement_weights(raw4().labels, "quadratic")).value == pytest.approx(
        gwet_ac2(raw4(), "quadratic").value
    )


def test_resampling_and_formula_give_about_the_same_interval() -> None:
    rng = np.random.default_rng(3)
    rows = [(i, who, int(rng.integers(3)) if rng.random() < 0.4 else i % 3) for i in range(300) for who in range(3)]
    for one in (fleiss_kappa, gwet_ac1, brennan_prediger):
        analytic, drawn = one(columns_of(rows)), one(columns_of(rows), how="bootstrap")
        assert (analytic.how, drawn.how) == ("analytic", "bootstrap")
        assert analytic.interval == pytest.approx(drawn.interval, abs=0.015)
        assert len(analytic.meaning) == 2
