from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from guiju.stats.columns import encode, from_codes
from guiju.stats.consensus.climb import Stopping
from guiju.stats.consensus.coins import resolve_coins
from guiju.stats.consensus.errors import BadSetting, NobodyToCompare, NothingToResolve, OneClassOnly
from guiju.stats.consensus.majority import majority
from guiju.stats.consensus.one_coin import fit_one_coin, one_coin
from guiju.stats.consensus.passes import in_memory
from tests.stats.consensus.naive import crowd_kit, naive_em, random_crowd, renamed_labels


def _gold(truth: NDArray[np.int64]) -> dict[int, int]:
    return {item: int(right) for item, right in enumerate(truth)}


@pytest.mark.parametrize(("name", "expected"), [("CF", 0.883), ("MS", 0.793), ("bluebirds", 0.583), ("rte", 0.925)])
def test_accuracy_on_a_real_crowd(crowd: Callable[[str], Any], name: str, expected: float) -> None:
    found = crowd(name)
    assert one_coin(found.columns).accuracy(found.gold).value == pytest.approx(expected, abs=0.0006)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 4), st.integers(1, 12), st.booleans())
def test_it_is_the_naive_em_for_few_classes_and_for_many(seed: int, classes: int, iterations: int, many: bool) -> None:
    crowd = random_crowd(seed, classes=classes)
    width = 100 if many else classes
    columns = from_codes(crowd.item, crowd.annotator, crowd.label, labels=range(width))
    naive = naive_em(columns, iterations, coin=True)
    found = one_coin(columns, tolerance=0, iterations=iterations)
    if found.iterations == iterations:
        assert found.posterior == pytest.approx(naive.posterior, abs=1e-8)
        assert found.log_likelihood == pytest.approx(naive.log_likelihood, abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_it_stops_where_the_naive_bound_grows_by_less_than_the_tolerance(seed: int) -> None:
    columns, tolerance = random_crowd(seed), 1e-4
    gains = np.diff(naive_em(columns, 40, coin=True).bounds)
    small = [place for place, gain in enumerate(gains, 2) if gain < tolerance]
    assert one_coin(columns, tolerance=tolerance, iterations=40).iterations == (small[0] if small else 40)


@pytest.mark.parametrize("seed", [1, 2])
def test_crowd_kit_finds_the_same(seed: int) -> None:
    columns = random_crowd(seed)
    theirs = crowd_kit("OneCoinDawidSkene", columns, n_iter=6, tol=-1e9)
    ours = one_coin(columns, tolerance=0, iterations=5)
    if ours.iterations == 5:
        assert ours.posterior == pytest.approx(theirs.probas_.loc[range(31), range(3)].to_numpy(), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.permutations(range(3)))
def test_renamed_labels_change_nothing_but_names(seed: int, order: list[int]) -> None:
    columns = random_crowd(seed)
    found, renamed = one_coin(columns, iterations=20), one_coin(renamed_labels(columns, order), iterations=20)
    assert found.posterior is not None
    assert renamed.posterior is not None
    assert renamed.posterior[:, order] == pytest.approx(found.posterior, abs=1e-7)
    assert [one.value for one in renamed.reliability] == pytest.approx([one.value for one in found.reliability])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 8), st.sampled_from([0, 100]))
def test_shards_give_what_one_machine_gives(seed: int, parts: int, unused: int) -> None:
    crowd = random_crowd(seed)
    columns = from_codes(crowd.item, crowd.annotator, crowd.label, labels=range(3 + unused))
    shards = in_memory(columns, parts)
    model = fit_one_coin(shards)
    found = list(shards.map(resolve_coins, model.coins))
    whole = one_coin(columns)
    assert model.iterations == whole.iterations
    assert sum(one.log_likelihood for one in found) == pytest.approx(whole.log_likelihood, abs=1e-9)
    assert np.concatenate([one.picked.confidence for one in found]) == pytest.approx(whole.confidence, abs=1e-9)
    assert np.concatenate([one.picked.label for one in found]).tolist() == whole.label.tolist()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_with_one_accuracy_for_everybody_the_most_probable_label_is_the_majority(seed: int) -> None:
    columns = random_crowd(seed, items=60)
    shards = in_memory(columns)
    model = fit_one_coin(shards, everybody_alike=True)
    (found,) = shards.map(resolve_coins, model.coins)
    votes = majority(columns)
    assert votes.posterior is not None
    ordered = np.sort(votes.posterior, axis=1)
    clear = (votes.label >= 0) & (ordered[:, -1] - ordered[:, -2] > 0.34)
    assert found.picked.label[clear].tolist() == votes.label[clear].tolist()
    assert len(set(model.coins.accuracy.tolist())) == 1


def test_the_accuracies_that_made_a_crowd_are_found_again() -> None:
    rng = np.random.default_rng(4)
    accuracy = np.array([0.95, 0.9, 0.8, 0.7, 0.6, 0.5])
    truth = rng.integers(0, 4, 4_000)
    right = rng.random((4_000, 6)) < accuracy
    label = np.where(right, truth[:, None], (truth[:, None] + rng.integers(1, 4, (4_000, 6))) % 4)
    found = one_coin(from_codes(np.repeat(np.arange(4_000), 6), np.tile(np.arange(6), 4_000), label.ravel()))
    assert [one.value for one in found.reliability] == pytest.approx(accuracy, abs=0.03)
    assert found.accuracy(_gold(truth)).value == pytest.approx(np.mean(found.confidence), abs=0.02)


def test_a_million_categories_cost_what_is_answered() -> None:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 1_000_000, 2_000)
    label = np.where(rng.random((2_000, 5)) < 0.7, truth[:, None], rng.integers(0, 1_000_000, (2_000, 5)))
    columns = from_codes(
        np.repeat(np.arange(2_000), 5), np.tile(np.arange(5), 2_000), label.ravel(), labels=range(1_000_000)
    )
    found = one_coin(columns)
    assert found.posterior is None
    assert (found.accuracy(_gold(truth)).value or 0) > 0.97


def test_an_annotator_who_always_answers_the_same_is_right_as_often_as_that_is_true() -> None:
    crowd = random_crowd(7, items=300)
    columns = from_codes(crowd.item, crowd.annotator, np.where(crowd.annotator == 0, 1, crowd.label))
    found = one_coin(columns)
    assert found.priors is not None
    assert found.reliability[0].value == pytest.approx(found.priors[1], abs=0.08)


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([], NothingToResolve),
        ([(1, "a", "x"), (2, "a", "y")], NobodyToCompare),
        ([(1, "a", "x"), (1, "b", "x")], OneClassOnly),
    ],
)
def test_what_cannot_be_modelled_is_refused_by_name(rows: list[Any], refusal: type[Exception]) -> None:
    columns = encode([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])
    with pytest.raises(refusal):
        one_coin(columns)


def test_settings_without_sense_are_refused() -> None:
    with pytest.raises(BadSetting):
        Stopping(tolerance=float("nan"))


def test_an_item_without_answers_has_no_label_and_an_idle_annotator_no_reliability() -> None:
    codes = np.array([0, 0, 2, 2]), np.array([0, 1, 0, 1]), np.array([1, 1, 0, 0])
    for classes in (2, 100):
        columns = from_codes(*codes, items=["i", "j", "k"], annotators=["a", "b", "idle"], labels=range(classes))
        found = one_coin(columns)
        assert [row.label for row in found.rows()] == [1, None, 0]
        assert found.reliability[2].value is None
