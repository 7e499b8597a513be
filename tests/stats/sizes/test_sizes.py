"""Sample sizes: for a claim, a gate, an interval, a difference, alpha."""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats as _stats
from statsmodels.stats.proportion import (  # type: ignore[import-untyped]
    power_proportions_2indep,  # pyright: ignore[reportUnknownVariableType]
    samplesize_proportions_2indep_onetail,  # pyright: ignore[reportUnknownVariableType]
)

from guiju.kit import Refusal, describe
from guiju.stats.acceptance.errors import ClaimImpossible
from guiju.stats.columns import Columns, encode
from guiju.stats.intervals import clopper_pearson, wilson
from guiju.stats.sizes.alpha import size_for_alpha
from guiju.stats.sizes.claim import size_for_claim, size_for_gate
from guiju.stats.sizes.comparison import size_for_difference, size_for_paired_difference
from guiju.stats.sizes.errors import NoDifference, NoSpread, NotACount, NotAShare, TooLarge
from guiju.stats.sizes.precision import krejcie_morgan, size_for_interval

stats = cast("Any", _stats)
onetail = cast("Callable[..., float]", samplesize_proportions_2indep_onetail)
power_2indep = cast("Callable[..., Any]", power_proportions_2indep)


def test_the_published_sizes_for_a_claim(vector: Callable[[str], Any]) -> None:
    known = vector("zero_defect_n")
    for errors in (0, 1, 2, 3, 5):
        assert [size_for_claim(p, errors).n for p in known["data"]["p"]] == known["expected"][f"k={errors}"]


def test_krejcie_and_morgans_table(vector: Callable[[str], Any]) -> None:
    known = vector("krejcie_morgan")
    assert [krejcie_morgan(n) for n in known["data"]["N"]] == known["expected"]["S"]


@settings(deadline=None)
@given(st.floats(0.005, 0.5), st.integers(0, 6), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_a_claim_is_where_the_exact_bound_first_passes(share: float, errors: int, confidence: float) -> None:
    n = size_for_claim(share, errors, confidence).n
    two_sided = 2 * confidence - 1
    assert clopper_pearson(errors, n, two_sided).high <= share + 1e-9
    assert n == errors + 1 or clopper_pearson(errors, n - 1, two_sided).high > share - 1e-9


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 300), st.floats(0.01, 0.6), st.integers(0, 4))
def test_a_claim_on_a_lot_counts_the_lot_exactly(lot: int, share: float, errors: int) -> None:
    bad = int(np.floor(share * lot + 1e-9)) + 1
    assume(errors < bad <= lot)
    enough = [n for n in range(errors, lot + 1) if stats.hypergeom.cdf(errors, lot, bad, n) <= 0.05 + 1e-10]
    found = size_for_claim(share, errors, lot=lot)
    assert found.n == min(enough)
    assert found.reached == pytest.approx(stats.hypergeom.cdf(errors, lot, bad, found.n), abs=1e-9)
    assert found.n <= size_for_claim(share, errors).n or bad / lot < share + 1 / lot


def test_a_claim_that_no_sample_of_the_lot_can_show_is_refused() -> None:
    with pytest.raises(ClaimImpossible):
        size_for_claim(0.01, errors=2, lot=100)


@settings(deadline=None, max_examples=30)
@given(st.sampled_from([(0.8, 0.9), (0.8, 0.86), (0.6, 0.95), (0.9, 1.0), (0.5, 0.7)]), st.floats(0.5, 0.95))
def test_a_gate_is_passed_with_the_power_promised(shares: tuple[float, float], power: float) -> None:
    gate, truth = shares
    found = size_for_gate(gate, truth, power)
    for n in (found.n, found.n + 1, found.n + 17):
        passing = [x for x in range(n + 1) if wilson(x, n).low >= gate - 1e-12]
        chance = float(stats.binom.pmf(passing, n, truth).sum())
        assert chance >= power - 1e-9
        if n == found.n:
            assert chance == pytest.approx(found.reached)
    if found.n > 1:
        passing = [x for x in range(found.n) if wilson(x, found.n - 1).low >= gate - 1e-12]
        assert float(stats.binom.pmf(passing, found.n - 1, truth).sum()) < power


@settings(deadline=None)
@given(st.floats(0.01, 0.45), st.floats(0, 1), st.sampled_from([0.8, 0.95, 0.99]))
def test_an_interval_is_just_narrow_enough(half: float, share: float, confidence: float) -> None:
    found = size_for_interval(half, share, confidence)

    def width(n: int) -> float:
        low, high = wilson(share * n, n, confidence)
        return (high - low) / 2

    assert width(found.n) == pytest.approx(found.reached, abs=1e-9)
    assert width(found.n) <= half + 1e-9
    assert found.n == 1 or width(found.n - 1) > half - 1e-9


@settings(deadline=None)
@given(st.floats(0.02, 0.3), st.integers(1, 5_000))
def test_a_population_never_needs_more_than_all_of_it(half: float, population: int) -> None:
    endless, found = size_for_interval(half), size_for_interval(half, population=population)
    assert 1 <= found.n <= min(population, endless.n)
    assert found.reached <= half + 1e-9


@settings(deadline=None, max_examples=60)
@given(st.floats(0.02, 0.98), st.floats(0.02, 0.98), st.floats(0.5, 0.95))
def test_a_difference_needs_what_statsmodels_says(a: float, b: float, power: float) -> None:
    assume(abs(a - b) > 0.02)
    found = size_for_difference(a, b, power)
    theirs = onetail(a - b, b, power, alpha=0.05)
    assert found.n == int(np.ceil(theirs - 1e-6))
    # Theirs counts the other tail too, which is next to nothing at this power.
    reached = power_2indep(a - b, b, found.n, alpha=0.05).power
    assert found.reached == pytest.approx(reached, abs=2e-3)
    assert size_for_difference(b, a, power).n == found.n


def test_judging_the_same_items_has_the_power_promised() -> None:
    found = size_for_paired_difference(0.10, 0.05)
    rng = np.random.default_rng(1)
    better, worse, _ = rng.multinomial(found.n, [0.075, 0.025, 0.9], 20_000).T
    significant = np.abs(better - worse) / np.sqrt(np.maximum(better + worse, 1)) > 1.96
    assert float(significant.mean()) == pytest.approx(0.8, abs=0.04)
    assert found.n < size_for_difference(0.90, 0.95).n


def _trial(seed: int, items: int, annotators: int = 3, labels: int = 3) -> Columns:
    rng = np.random.default_rng(seed)
    truth = np.repeat(rng.integers(0, labels, items), annotators)
    said = np.where(rng.random(truth.size) < 0.75, truth, rng.integers(0, labels, truth.size))
    return encode(
        np.repeat(np.arange(items), annotators).tolist(), np.tile(np.arange(annotators), items).tolist(), said.tolist()
    )


def _alpha_by_hand(columns: Columns, without: int | None, distances: Any) -> float:
    inside = across = 0.0
    rows = [(int(i), int(v)) for i, v in zip(columns.item, columns.label, strict=True) if i != without]
    labels = [v for _, v in rows]
    for item in {i for i, _ in rows}:
        mine = [v for i, v in rows if i == item]
        inside += sum(distances[v][w] for v in mine for w in mine) / (len(mine) - 1)
    across = sum(distances[v][w] for v in labels for w in labels)
    return 1 - (len(labels) - 1) * inside / across


@pytest.mark.parametrize("weighted", [False, True])
def test_alphas_spread_is_the_jackknifes(weighted: bool) -> None:
    columns = _trial(1, 25)
    distances = np.abs(np.subtract.outer(range(3), range(3))) ** 2.0 if weighted else 1 - np.eye(3)
    found = size_for_alpha(columns, distances if weighted else None)
    without = np.array([_alpha_by_hand(columns, item, distances) for item in range(25)])
    assert found.alpha == pytest.approx(_alpha_by_hand(columns, None, distances))
    assert found.spread == pytest.approx(np.sqrt(24 * np.square(without - without.mean()).sum()))


def test_the_interval_foretold_for_alpha_is_the_one_that_comes() -> None:
    foretold = size_for_alpha(_trial(2, 400))
    alphas = [size_for_alpha(_trial(seed, 60)).alpha for seed in range(300)]
    assert foretold.half_width(60) == pytest.approx(1.96 * float(np.std(alphas)), rel=0.15)
    assert foretold.half_width(foretold.items_for(0.05)) <= 0.05
    assert foretold.half_width(foretold.items_for(0.05) - 1) > 0.05


def test_alphas_size_is_told_and_does_not_depend_on_names() -> None:
    columns = _trial(3, 40)
    renamed = Columns(
        columns.items, columns.annotators, columns.labels, columns.item, columns.annotator, 2 - columns.label
    )
    found = size_for_alpha(columns)
    assert size_for_alpha(renamed).spread == pytest.approx(found.spread)
    assert cast("list[Any]", found.to_dict()["curve"])[0][0] == 20
    assert all("{" not in str(one) for one in found.meaning)


@pytest.mark.parametrize(
    ("item", "label"),
    [([1, 1, 2, 2], "xyxy"), ([1, 1, 2, 2, 3, 3], "xxxxxx"), ([1, 2, 3, 4], "xyxy"), ([1, 1, 2, 2, 3, 3], "xxxxxy")],
)
def test_a_trial_without_spread_is_refused(item: list[int], label: str) -> None:
    with pytest.raises(NoSpread):
        size_for_alpha(encode(item, [n % 2 for n in range(len(item))], list(label)))


NONSENSE: list[tuple[Callable[[], object], type[Refusal]]] = [
    (lambda: size_for_claim(0), NotAShare),
    (lambda: size_for_claim(float("nan")), NotAShare),
    (lambda: size_for_claim(0.05, -1), NotACount),
    (lambda: size_for_claim(0.05, confidence=1), NotAShare),
    (lambda: size_for_claim(0.05, lot=0), NotACount),
    (lambda: size_for_claim(1e-12), TooLarge),
    (lambda: size_for_gate(0.9, 0.8), NoDifference),
    (lambda: size_for_gate(0.8, 0.80001), TooLarge),
    (lambda: size_for_interval(0), NotAShare),
    (lambda: size_for_interval(1e-6), TooLarge),
    (lambda: size_for_interval(0.1, expected=1.1), NotAShare),
    (lambda: size_for_interval(0.1, population=0), NotACount),
    (lambda: krejcie_morgan(0), NotACount),
    (lambda: krejcie_morgan(10, chi_square=float("nan")), TooLarge),
    (lambda: size_for_difference(0.5, 0.5), NoDifference),
    (lambda: size_for_difference(0.5, -0.1), NotAShare),
    (lambda: size_for_difference(0.5, 0.500001), TooLarge),
    (lambda: size_for_paired_difference(0.1, 0.2), NoDifference),
    (lambda: size_for_paired_difference(0.1, 0), NoDifference),
    (lambda: size_for_alpha(_trial(1, 10)).items_for(0), NotAShare),
    (lambda: size_for_alpha(_trial(1, 10)).half_width(0), NotACount),
]


@pytest.mark.parametrize(("ask", "refusal"), NONSENSE)
def test_nonsense_is_refused_by_name(ask: Callable[[], object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        ask()


def test_extreme_differences_need_hardly_an_item_and_are_still_told() -> None:
    assert size_for_difference(0, 1).n == 2
    assert size_for_difference(0, 1).reached == 1.0
    for found in (
        size_for_claim(0.05),
        size_for_gate(0.8, 0.9),
        size_for_interval(0.05),
        size_for_difference(0.1, 0.2),
    ):
        assert found.to_dict() == {"n": found.n, "reached": found.reached}
        assert len(found.meaning) == 2
        assert all("{" not in str(one) for one in found.meaning)


class _Echo:
    """A reader whose language writes every sentence in capitals."""

    locale = "xx"

    def __call__(self, msgid: str, /, **places: object) -> str:
        return msgid.upper().format(**{name.upper(): value for name, value in places.items()})


def test_what_is_refused_is_named_in_the_readers_language() -> None:
    with pytest.raises(NotAShare) as caught:
        size_for_claim(2)
    assert describe(caught.value, _Echo())["message"] == "2 CANNOT BE THE SHARE CLAIMED: IT MUST LIE BETWEEN 0 AND 1."
