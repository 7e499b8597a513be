from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.stats.agreement.alpha import krippendorff_alpha, observed_agreement, observed_and_alpha
from guiju.stats.agreement.errors import ImpossibleTable, NegativeNumber
from guiju.stats.agreement.patterns import Patterns
from guiju.stats.agreement.weights import agreement_weights
from guiju.stats.columns import Columns, from_codes
from guiju.stats.errors import NotANumber, TooManyAnswers, UnknownDistance
from guiju.stats.figure import NO_OVERLAP, ONE_ANSWER_ONLY
from tests.stats.agreement.tables import Rows, by_item, columns_of, many_rows, oracle, raw4, rows_of_answers, table

krippendorff = oracle("krippendorff")

NUMERIC = ("nominal", "ordinal", "interval", "ratio")


@pytest.mark.parametrize("name", ["kripp_4x12", "kripp_wiki_3x15", "kripp_2x10_binary"])
def test_alpha_meets_krippendorffs_own_examples(vector: Callable[[str], Any], name: str) -> None:
    known = vector(name)
    columns = table(known["data"]["raters_x_units"])
    for distance, expected in known["expected"].items():
        assert krippendorff_alpha(columns, distance).value == pytest.approx(expected, abs=5e-5)


def test_gwets_example_with_missing_answers(vector: Callable[[str], Any]) -> None:
    expected = vector("irrcac_raw4")["expected"]
    assert observed_agreement(raw4()).value == pytest.approx(expected["pa"], abs=5e-6)
    assert krippendorff_alpha(raw4()).value == pytest.approx(expected["alpha"], abs=5e-6)


@pytest.mark.parametrize("weights", ["linear", "ordinal", "quadratic"])
def test_alpha_by_gwets_weights(vector: Callable[[str], Any], weights: str) -> None:
    apart = 1 - agreement_weights(raw4().labels, weights)
    expected = vector("irrcac_raw4")["expected"][f"alpha_{weights}"]
    assert krippendorff_alpha(raw4(), apart).value == pytest.approx(expected, abs=5e-4)


def test_alpha_over_sets(vector: Callable[[str], Any]) -> None:
    known = vector("masi_alpha")
    columns = table([[frozenset(s) for s in known["data"][who]] for who in "AB"])
    expected = known["expected"]
    assert krippendorff_alpha(columns).value == pytest.approx(expected["alpha_nominal_sets"])
    assert krippendorff_alpha(columns, "masi").value == pytest.approx(expected["alpha_masi_exact_2/3"])
    assert krippendorff_alpha(columns, "jaccard").value == pytest.approx(expected["alpha_jaccard"], abs=1e-6)


def test_a_bare_label_is_a_set_of_one_and_no_set_of_letters() -> None:
    assert observed_agreement(table([["cat"], ["act"]]), "jaccard").value == 0


def test_a_distance_of_ones_own_serves_as_function_and_as_table() -> None:
    columns = raw4()
    apart = np.subtract.outer(np.arange(5.0), np.arange(5.0)) ** 2 / 16
    as_function = _figures(columns, _sixteenths)
    assert as_function == _figures(columns, apart)
    assert as_function[1] == pytest.approx(krippendorff_alpha(columns, "interval").value)


def _sixteenths(a: int, b: int) -> float:
    return (a - b) ** 2 / 16


def _figures(columns: Columns, distance: Any) -> tuple[float | None, float | None]:
    return observed_agreement(columns, distance).value, krippendorff_alpha(columns, distance).value


@pytest.mark.parametrize(
    "distance",
    [np.ones((5, 5)), np.zeros((2, 2)), -1 + np.eye(5), np.triu(np.ones((5, 5)), 1), np.full((5, 5), np.nan)],
)
def test_a_table_that_is_no_table_of_distances_is_refused(distance: Any) -> None:
    with pytest.raises(ImpossibleTable):
        krippendorff_alpha(raw4(), distance)


def test_what_cannot_be_compared_is_refused_by_name() -> None:
    with pytest.raises(NotANumber):
        krippendorff_alpha(table([["x", "y"], ["x", "x"]]), "interval")
    with pytest.raises(NotANumber):
        krippendorff_alpha(table([["inf", "1"], ["1", "1"]]), "interval")
    with pytest.raises(UnknownDistance):
        krippendorff_alpha(table([["x", "y"], ["x", "x"]]), "euclid")
    with pytest.raises(NegativeNumber):
        krippendorff_alpha(table([[-1, 2], [1, 1]]), "ratio")
    with pytest.raises(TooManyAnswers):
        krippendorff_alpha(table([list(range(2_001)), list(range(2_001))]), "ratio")


def test_without_overlap_there_is_no_figure_and_a_reason() -> None:
    for columns in (columns_of([]), columns_of([(1, 1, "x")]), columns_of([(1, 1, "x"), (2, 2, "y")])):
        observed, alpha = observed_and_alpha(Patterns.of(columns))
        assert (observed.value, alpha.value, alpha.why, observed.why) == (None, None, NO_OVERLAP, NO_OVERLAP)
        assert str(alpha.meaning[0]) == NO_OVERLAP


def test_when_all_say_the_same_alpha_does_not_exist_but_observed_does() -> None:
    observed, alpha = observed_and_alpha(Patterns.of(table([["x", "x"], ["x", "x"]])))
    assert (observed.value, alpha.value, alpha.why) == (1, None, ONE_ANSWER_ONLY)


def test_one_item_gives_a_figure_without_an_interval() -> None:
    observed, alpha = observed_and_alpha(Patterns.of(table([["x"], ["y"]])))
    assert (observed.value, observed.interval, alpha.value, alpha.interval) == (0, None, 0, None)


def test_an_annotator_who_says_always_the_same_is_counted_like_anybody() -> None:
    assert krippendorff_alpha(table([[1, 1, 1, 1], [1, 2, 1, 2]])).value == pytest.approx(-1 / 6)


def test_a_million_different_labels_have_an_alpha() -> None:
    items = 1_000_000
    label = np.arange(2 * items) // 2
    label[:2] = (0, 1)
    columns = from_codes(np.repeat(np.arange(items), 2), np.tile([0, 1], items), label)
    found = krippendorff_alpha(columns)
    assert found.value == pytest.approx(1 - 1e-6, abs=1e-9)
    assert found.how == "analytic"
    assert krippendorff_alpha(columns, "interval", interval=False).value == pytest.approx(1.0)


@given(many_rows)
def test_alpha_equals_the_krippendorff_package(rows: Rows) -> None:
    kept = [labels for labels in by_item(rows) if len(labels) > 1]
    if len({label for labels in kept for label in labels}) < 2:
        return
    counts = np.array([[labels.count(k) for k in range(4)] for labels in kept])
    for distance in NUMERIC:
        theirs = krippendorff.alpha(value_counts=counts, level_of_measurement=distance, value_domain=[0, 1, 2, 3])
        assert krippendorff_alpha(columns_of(rows), distance, interval=False).value == pytest.approx(theirs, abs=1e-12)


@given(rows_of_answers, st.permutations(range(4)), st.randoms(use_true_random=False))
def test_alpha_does_not_know_names_or_order(rows: Rows, names: list[int], shuffle: Any) -> None:
    alpha = krippendorff_alpha(columns_of(rows), interval=False)
    renamed = [(item + 100, f"w{who}", f"label {names[label]}") for item, who, label in rows]
    shuffle.shuffle(renamed)
    again = krippendorff_alpha(columns_of(renamed), interval=False)
    assert (again.value is None, again.n, again.why) == (alpha.value is None, alpha.n, alpha.why)
    assert alpha.value is None or again.value == pytest.approx(alpha.value)
    assert alpha.value is None or alpha.value <= 1


@given(rows_of_answers)
def test_alpha_equals_its_definition_by_plain_loops(rows: Rows) -> None:
    found = krippendorff_alpha(columns_of(rows), interval=False)
    pairable = [labels for labels in by_item(rows) if len(labels) > 1]
    every = [label for labels in pairable for label in labels]
    within = sum(sum(a != b for a in u for b in u) / (len(u) - 1) for u in pairable)
    at_large = sum(a != b for a in every for b in every)
    expected = 1 - within * (len(every) - 1) / at_large if at_large else None
    assert found.value == (None if expected is None else pytest.approx(expected))


@given(rows_of_answers)
def test_observed_agreement_stays_when_every_annotator_has_a_twin_or_rises(rows: Rows) -> None:
    twins = [*rows, *((item, who + 100, label) for item, who, label in rows)]
    once, twice = (
        observed_agreement(columns_of(rows), interval=False),
        observed_agreement(columns_of(twins), interval=False),
    )
    assert (
        once.value is None or len({item for item, _, _ in rows}) != once.n or (twice.value or 0) >= once.value - 1e-12
    )


def test_many_patterns_get_the_interval_that_resampling_would_give(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    rows = [(i, who, int(rng.integers(4)) if rng.random() < 0.4 else i % 4) for i in range(400) for who in range(3)]
    for distance in ("nominal", "interval"):
        drawn = observed_and_alpha(Patterns.of(columns_of(rows)), distance)
        with monkeypatch.context() as patch:
            patch.setattr("guiju.stats.agreement.alpha._PATTERNS", 0)
            linear = observed_and_alpha(Patterns.of(columns_of(rows)), distance)
        for one, other in zip(drawn, linear, strict=True):
            assert (one.how, other.how) == ("bootstrap", "analytic")
            assert other.interval == pytest.approx(one.interval, abs=0.01)


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    covered = 0
    for seed in range(100):
        agree = rng.random(120) < 0.8
        rows = [(i, who, 0 if who == 0 or agree[i] else 1) for i in range(120) for who in range(2)]
        low, high = observed_agreement(columns_of(rows), seed=seed).interval or [1.0, 0.0]
        covered += low <= 0.8 <= high
    assert 88 <= covered <= 100


def test_a_figure_says_what_it_means_and_what_not() -> None:
    spoken = [str(sentence) for sentence in krippendorff_alpha(raw4()).meaning]
    assert ".743 is gone" in spoken[0]
    assert "right" in spoken[-1]


@pytest.mark.parametrize(
    "name", ["bluebirds", "rte", "temp", "wsd", "CF", "CF_amt", "MS", "SP", "SP_amt", "ZenCrowd_in"]
)
def test_real_crowds_equal_the_krippendorff_package(crowd: Callable[[str], Any], name: str) -> None:
    columns = crowd(name).columns
    counts = np.zeros((len(columns.items), len(columns.labels)), np.int64)
    np.add.at(counts, (columns.item, columns.label), 1)
    theirs = krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")
    found = krippendorff_alpha(columns)
    assert found.value == pytest.approx(theirs, abs=1e-12)
    assert found.low is not None
    assert found.high is not None
    assert found.low < theirs < found.high
