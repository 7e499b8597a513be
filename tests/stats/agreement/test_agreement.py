import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.stats.agreement.breakdown import confusions, label_alphas, pair_agreements
from guiju.stats.agreement.chance import chance_corrected
from guiju.stats.agreement.pairwise import agreement_from_distances, agreement_of_answers, chance_pairs
from guiju.stats.agreement.report import Agreement, agreement, krippendorff_alpha, observed_agreement
from guiju.stats.columns import Columns, encode, in_order
from guiju.stats.errors import ContradictingAnswers, NotANumber, TooManyAnswers, UnevenColumns, UnknownDistance
from guiju.stats.figure import NO_OVERLAP, ONE_ANSWER_ONLY

Rows = list[tuple[int, int, int]]


def table(raters: list[list[Any]]) -> Columns:
    """Columns of a table of raters x units; `None` is a missing answer."""
    rows = [(unit, rater, label) for rater, row in enumerate(raters) for unit, label in enumerate(row)]
    return columns_of(rows)


def columns_of(rows: list[Any]) -> Columns:
    return encode([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])


def agreement_of(rows: list[Any]) -> Agreement:
    return agreement([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])


@pytest.mark.parametrize("name", ["kripp_4x12", "kripp_wiki_3x15", "kripp_2x10_binary"])
def test_alpha_meets_krippendorffs_own_examples(vector: Callable[[str], Any], name: str) -> None:
    known = vector(name)
    columns = table(known["data"]["raters_x_units"])
    for distance, expected in known["expected"].items():
        assert krippendorff_alpha(columns, distance).value == pytest.approx(expected, abs=5e-5)


def raw4() -> Columns:
    return table(
        [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, None],
            [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
        ]
    )


def test_gwets_example_with_missing_answers(vector: Callable[[str], Any]) -> None:
    expected = vector("irrcac_raw4")["expected"]
    columns = raw4()
    assert observed_agreement(columns).value == pytest.approx(expected["pa"], abs=5e-6)
    assert krippendorff_alpha(columns).value == pytest.approx(expected["alpha"], abs=5e-6)
    assert chance_corrected(columns).fleiss_kappa == pytest.approx(expected["Fleiss"], abs=5e-6)
    assert chance_corrected(columns).gwet_ac1 == pytest.approx(expected["AC1"], abs=5e-6)


def test_fleiss_kappa_of_ten_subjects(vector: Callable[[str], Any]) -> None:
    known = vector("fleiss_14x10")
    rows = [
        (subject, sum(counts[:label]) + k, label)
        for subject, counts in enumerate(known["data"]["subjects_x_categories"])
        for label, count in enumerate(counts)
        for k in range(count)
    ]
    found = chance_corrected(columns_of(rows))
    assert found.fleiss_kappa == pytest.approx(known["expected"]["kappa"], abs=5e-5)
    assert found.gwet_ac1 == pytest.approx(known["expected"]["AC1"], abs=5e-5)
    assert observed_agreement(columns_of(rows)).value == pytest.approx(known["expected"]["Pbar"], abs=5e-6)


def test_cohens_kappa_of_two_by_two_tables(vector: Callable[[str], Any]) -> None:
    known = vector("cohen_2x2")
    for cells, kappa in zip(known["data"]["tables"], known["expected"]["kappa"], strict=True):
        answers = [(a, b) for a in (0, 1) for b in (0, 1) for _ in range(cells[a][b])]
        (pair,) = pair_agreements(table([[a for a, _ in answers], [b for _, b in answers]]))
        assert pair.n == len(answers)
        assert pair.kappa == pytest.approx(kappa, abs=5e-5)


def test_alpha_over_sets(vector: Callable[[str], Any]) -> None:
    known = vector("masi_alpha")
    columns = table([[frozenset(s) for s in known["data"][who]] for who in "AB"])
    expected = known["expected"]
    assert krippendorff_alpha(columns).value == pytest.approx(expected["alpha_nominal_sets"])
    assert krippendorff_alpha(columns, "masi").value == pytest.approx(expected["alpha_masi_exact_2/3"])
    assert krippendorff_alpha(columns, "jaccard").value == pytest.approx(expected["alpha_jaccard"], abs=1e-6)


def test_a_distance_of_ones_own_serves_as_function_and_as_table() -> None:
    columns = raw4()
    apart = np.subtract.outer(np.arange(5.0), np.arange(5.0)) ** 2 / 16
    as_function = agreement_figures(columns, sixteenths)
    assert as_function == agreement_figures(columns, apart)
    assert as_function[1] == pytest.approx(krippendorff_alpha(columns, "interval").value)


def sixteenths(a: int, b: int) -> float:
    return (a - b) ** 2 / 16


def agreement_figures(columns: Columns, distance: Any) -> tuple[float | None, float | None]:
    return observed_agreement(columns, distance).value, krippendorff_alpha(columns, distance).value


def test_without_overlap_there_is_no_figure_and_a_reason() -> None:
    found = agreement([1, 2, 3], ["a", "a", "b"], ["x", "y", "x"])
    assert (found.observed.value, found.alpha.value) == (None, None)
    assert found.alpha.why == found.observed.why == NO_OVERLAP
    assert found.pairs == found.confusions == ()


def test_nothing_at_all_has_no_figure() -> None:
    assert agreement([], [], []).to_dict()["alpha"] is None


def test_when_all_say_the_same_alpha_does_not_exist_but_observed_does() -> None:
    found = agreement([1, 1, 2, 2], ["a", "b"] * 2, ["x"] * 4)
    assert found.observed.value == 1
    assert (found.alpha.value, found.alpha.why) == (None, ONE_ANSWER_ONLY)
    assert found.chance.fleiss_kappa is None
    assert found.pairs[0].kappa is None


def test_one_item_gives_a_figure_without_an_interval() -> None:
    found = agreement([1, 1], ["a", "b"], ["x", "y"])
    assert (found.observed.value, found.observed.interval) == (0, None)


def test_repeated_rows_count_once_and_contradicting_ones_are_refused() -> None:
    assert len(encode([1, 1], ["a", "a"], ["x", "x"])) == 1
    with pytest.raises(ContradictingAnswers, match="a answered 1"):
        encode([1, 1], ["a", "a"], ["x", "y"])


def test_what_cannot_be_compared_is_refused_by_name() -> None:
    with pytest.raises(UnevenColumns):
        encode([1], ["a", "b"], ["x"])
    with pytest.raises(NotANumber):
        krippendorff_alpha(table([["x", "y"], ["x", "x"]]), "interval")
    with pytest.raises(UnknownDistance):
        krippendorff_alpha(table([["x", "y"], ["x", "x"]]), "euclid")
    with pytest.raises(TooManyAnswers):
        krippendorff_alpha(table([list(range(2_001)), list(range(2_001))]), "interval")


def test_kept_repeats_count_each_time_but_pair_nobody_with_themselves() -> None:
    columns = encode([1, 1, 1], ["a", "a", "b"], ["x", "y", "x"], keep_repeats=True)
    assert observed_agreement(columns).value == pytest.approx(1 / 3)
    assert [(pair.a, pair.b, pair.n) for pair in pair_agreements(columns)] == [("a", "b", 2)]


def test_labels_stand_in_an_order_that_no_run_changes() -> None:
    assert in_order({"10", "9", "1.0", "1"}) == ["1", "1.0", "9", "10"]
    assert in_order({"nan", "10", "9"}) == ["10", "9", "nan"]
    assert in_order({frozenset("ba"), frozenset("a")}) == [frozenset("ab"), frozenset("a")]


def test_nan_is_a_missing_answer() -> None:
    assert len(encode([1, 1, 1], ["a", "b", "c"], [1.0, float("nan"), None])) == 1


def test_confusions_are_ranked_and_name_their_items() -> None:
    found = confusions(table([["x", "x", "y", "y", "z"], ["y", "y", "x", "y", "x"]]))
    assert [(c.a, c.b, c.count, c.items) for c in found] == [("x", "y", 3, (0, 1, 2)), ("x", "z", 1, (4,))]


def test_a_label_nobody_agrees_on_comes_first() -> None:
    found = label_alphas(table([["x", "x", "y", "y", "z"], ["x", "x", "y", "y", "x"]]))
    assert [label.label for label in found] == ["z", "x", "y"]
    assert found[-1].alpha == pytest.approx(1)


def test_label_alpha_is_the_alpha_of_the_label_against_the_rest() -> None:
    raters = [[1, 2, 3, 3, 2, 1, None], [1, 2, 3, 1, 2, 2, 3], [2, 2, 3, 3, 1, 1, 3]]
    for found in label_alphas(table(raters)):
        binary = [[None if answer is None else answer == found.label for answer in row] for row in raters]
        assert found.alpha == pytest.approx(krippendorff_alpha(table(binary)).value)


rows_of_answers = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 4), st.integers(0, 3)), max_size=40, unique_by=lambda row: row[:2]
)


@given(rows_of_answers, st.permutations(range(4)), st.randoms(use_true_random=False))
def test_alpha_does_not_know_names_or_order(rows: Rows, names: list[int], shuffle: Any) -> None:
    alpha = krippendorff_alpha(columns_of(rows))
    renamed = [(item + 100, f"w{who}", f"label {names[label]}") for item, who, label in rows]
    shuffle.shuffle(renamed)
    again = krippendorff_alpha(columns_of(renamed))
    assert (again.value is None, again.n, again.why) == (alpha.value is None, alpha.n, alpha.why)
    assert alpha.value is None or again.value == pytest.approx(alpha.value)
    assert alpha.value is None or alpha.value <= 1


@given(rows_of_answers, st.randoms(use_true_random=False))
def test_the_same_answers_in_any_order_give_the_same_bytes(rows: Rows, shuffle: Any) -> None:
    mixed = list(rows)
    shuffle.shuffle(mixed)
    assert agreement_of(rows) == agreement_of(mixed)


@given(rows_of_answers)
def test_alpha_equals_its_definition_by_plain_loops(rows: Rows) -> None:
    found = krippendorff_alpha(columns_of(rows))
    units: dict[int, list[int]] = {}
    for item, _, label in rows:
        units.setdefault(item, []).append(label)
    pairable = [labels for labels in units.values() if len(labels) > 1]
    every = [label for labels in pairable for label in labels]
    within = sum(sum(a != b for a in u for b in u) / (len(u) - 1) for u in pairable)
    at_large = sum(a != b for a in every for b in every)
    if not at_large:
        assert found.value is None
    else:
        assert found.value == pytest.approx(1 - within * (len(every) - 1) / at_large)


def test_pairwise_agreement_equals_the_tabled_one_when_all_pairs_fit() -> None:
    rows = [(item, who, (item * 7 + who * who) % 3) for item in range(30) for who in range(3)]
    tabled = agreement_of(rows)
    paired = agreement_of_answers([r[0] for r in rows], [r[2] for r in rows], lambda a, b: float(a != b))
    assert paired.observed.value == pytest.approx(tabled.observed.value)
    assert paired.alpha.value == pytest.approx(tabled.alpha.value)
    assert paired.observed.interval == pytest.approx(tabled.observed.interval, abs=0.03)
    assert paired.by_item[0][1] <= paired.by_item[-1][1]


def test_chance_pairs_are_capped_seeded_and_never_a_row_with_itself() -> None:
    left, right = chance_pairs(5_000, seed=3)
    assert len(left) == 20_000
    assert not (left == right).any()
    assert (chance_pairs(5_000, seed=3).right == right).all()
    assert (chance_pairs(5_000, seed=4).right != right).any()


def test_pairwise_figures_that_do_not_exist_say_why() -> None:
    none = np.empty(0)
    assert agreement_from_distances(none.astype(np.int64), none, none).alpha.why == NO_OVERLAP
    same = agreement_of_answers([1, 1], ["x", "x"], lambda a, b: float(a != b))
    assert (same.observed.value, same.alpha.why) == (1, ONE_ANSWER_ONLY)


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    covered = 0
    for seed in range(100):
        agree = rng.random(120) < 0.8
        rows = [(i, who, 0 if who == 0 or agree[i] else 1) for i in range(120) for who in range(2)]
        low, high = observed_agreement(columns_of(rows), seed=seed).interval or [1.0, 0.0]
        covered += low <= 0.8 <= high
    assert 88 <= covered <= 100


def test_ten_thousand_annotations_take_a_moment() -> None:
    rng = np.random.default_rng(1)
    item, who = np.repeat(np.arange(2_000), 5), np.tile(np.arange(5), 2_000)
    label = rng.integers(0, 5, 10_000)
    start = time.perf_counter()
    agreement(item.tolist(), who.tolist(), label.tolist())
    assert time.perf_counter() - start < 2


def test_a_real_crowd_has_a_report(crowd: Callable[[str], Any]) -> None:
    columns = crowd("CF_amt").columns
    alpha = krippendorff_alpha(columns)
    assert alpha.low is not None
    assert alpha.high is not None
    assert alpha.value is not None
    assert alpha.low < alpha.value < alpha.high
    assert sum(c.count for c in confusions(columns)) > 0
