import pickle
from collections.abc import Callable
from itertools import pairwise
from math import log
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.columns import Columns, encode, from_codes
from guiju.stats.consensus.climb import Stopping
from guiju.stats.consensus.confusions import expect, resolve
from guiju.stats.consensus.dawid_skene import DawidSkeneModel, dawid_skene, fit_dawid_skene
from guiju.stats.consensus.errors import (
    BadSetting,
    NobodyToCompare,
    NothingToResolve,
    OneClassOnly,
    TooManyConfusions,
)
from guiju.stats.consensus.passes import in_memory
from tests.stats.consensus.naive import crowd_kit, naive_em, random_crowd, renamed_labels

KNOWN = {
    "rte": 0.9275,
    "temp": 0.942,
    "wsd": 0.994,
    "bluebirds": 0.898,
    "CF": 0.787,
    "CF_amt": 0.837,
    "MS": 0.767,
    "SP": 0.915,
    "SP_amt": 0.944,
    "ZenCrowd_in": 0.757,
}


@pytest.mark.parametrize(("name", "expected"), KNOWN.items())
def test_accuracy_on_a_real_crowd(crowd: Callable[[str], Any], name: str, expected: float) -> None:
    found = crowd(name)
    result = dawid_skene(found.columns)
    assert result.converged
    assert round(result.accuracy(found.gold).value or 0, len(str(expected)) - 2) == expected


@pytest.fixture
def patients(vector: Callable[[str], Any]) -> Columns:
    """Dawid and Skene's 45 patients; observer 1 saw each three times."""
    rows = [
        (patient, min(5, max(1, place - 1)), int(digit))
        for patient, digits in enumerate(vector("dawid_skene_1979")["data"]["patients"], 1)
        for place, digit in enumerate(digits)
    ]
    return encode(*zip(*rows, strict=True), keep_repeats=True)


def test_dawid_and_skenes_patients(patients: Columns, vector: Callable[[str], Any]) -> None:
    expected = vector("dawid_skene_1979")["expected"]
    found = dawid_skene(patients, tolerance=1e-12)
    assert found.priors == pytest.approx(expected["prior"], abs=6e-5)
    assert found.log_likelihood == pytest.approx(expected["logL"], abs=5e-5)
    assert "".join(str(row.label) for row in found.rows()) == expected["map"]
    assert found.posterior is not None
    for patient, chances in expected["uncertain"].items():
        assert found.posterior[int(patient) - 1] == pytest.approx(chances, abs=6e-4)


def test_how_dawid_and_skenes_observers_err(patients: Columns, vector: Callable[[str], Any]) -> None:
    expected = vector("dawid_skene_1979")["expected"]
    model = fit_dawid_skene(in_memory(patients), stopping=Stopping(1e-12))
    for observer in (1, 2):
        assert model.confusion(observer - 1) == pytest.approx(np.array(expected[f"obs{observer}_error"]), abs=0.0051)


def test_the_default_tolerance_is_near_the_end(patients: Columns) -> None:
    assert dawid_skene(patients).log_likelihood == pytest.approx(-192.8909, abs=1e-3)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 4), st.integers(1, 12))
def test_it_is_the_naive_em(seed: int, classes: int, iterations: int) -> None:
    columns = random_crowd(seed, classes=classes)
    naive = naive_em(columns, iterations, coin=False)
    found = dawid_skene(columns, tolerance=0, iterations=iterations)
    if found.iterations == iterations:
        assert found.posterior == pytest.approx(naive.posterior, abs=1e-9)
        assert found.log_likelihood == pytest.approx(naive.log_likelihood, abs=1e-8)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_it_stops_where_the_naive_bound_grows_by_less_than_the_tolerance(seed: int) -> None:
    columns, tolerance = random_crowd(seed), 1e-4
    bounds = naive_em(columns, 60, coin=False).bounds
    small = [place for place, gain in enumerate(np.diff(bounds), 2) if gain < tolerance]
    found = dawid_skene(columns, tolerance=tolerance, iterations=60)
    assert found.iterations == (small[0] if small else 60)
    assert found.converged == bool(small)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10_000))
def test_crowd_kit_goes_the_same_way(seed: int) -> None:
    columns = random_crowd(seed)
    theirs = crowd_kit("DawidSkene", columns, n_iter=6, tol=-1e9)
    # their last posterior is that of the parameters before the last step
    ours = dawid_skene(columns, tolerance=0, iterations=5)
    if ours.iterations == 5:
        assert ours.posterior == pytest.approx(theirs.probas_.loc[range(31), range(3)].to_numpy(), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.permutations(range(3)))
def test_renamed_labels_and_shuffled_rows_change_nothing_but_names(seed: int, order: list[int]) -> None:
    columns = random_crowd(seed)
    found, settled = dawid_skene(columns, iterations=20), dawid_skene(renamed_labels(columns, order), iterations=20)
    assert settled.log_likelihood == pytest.approx(found.log_likelihood)
    assert found.posterior is not None
    assert settled.posterior is not None
    assert settled.posterior[:, order] == pytest.approx(found.posterior, abs=1e-7)
    rows = np.random.default_rng(seed).permutation(len(columns))
    shuffled = from_codes(columns.item[rows], columns.annotator[rows], columns.label[rows])
    assert list(dawid_skene(shuffled, iterations=20).rows()) == list(found.rows())


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 8))
def test_shards_give_what_one_machine_gives(seed: int, parts: int) -> None:
    columns = random_crowd(seed)
    shards = in_memory(columns, parts)
    model = fit_dawid_skene(shards)
    found = [resolve(*pickle.loads(pickle.dumps((shard, model.logs)))) for shard in shards.shards]
    whole = dawid_skene(columns)
    assert model.iterations == whole.iterations
    assert sum(one.log_likelihood for one in found) == pytest.approx(whole.log_likelihood, abs=1e-9)
    assert np.concatenate([one.picked.confidence for one in found]) == pytest.approx(whole.confidence, abs=1e-9)
    assert np.concatenate([one.picked.label for one in found]).tolist() == whole.label.tolist()


def test_many_blocks_are_one_shard(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = random_crowd(1, items=200)
    whole = dawid_skene(columns)
    monkeypatch.setattr("guiju.stats.consensus.confusions.ANSWERS_A_BLOCK", 7)
    assert dawid_skene(columns).posterior == pytest.approx(whole.posterior, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_the_likelihood_never_falls(seed: int) -> None:
    columns = random_crowd(seed)
    reached = [dawid_skene(columns, tolerance=0, iterations=n).log_likelihood or 0.0 for n in (1, 2, 3, 5, 8, 13)]
    assert all(later >= earlier - 1e-6 for earlier, later in pairwise(reached))


def test_reliability_is_the_expected_share_right_with_its_interval() -> None:
    columns = random_crowd(3, items=300)
    found = dawid_skene(columns, tolerance=1e-12)
    assert found.posterior is not None
    for annotator, one in enumerate(found.reliability):
        mine = columns.annotator == annotator
        assert one.value == pytest.approx(found.posterior[columns.item[mine], columns.label[mine]].mean(), abs=1e-4)
        assert one.n == mine.sum()
        assert one.low is not None
        assert one.high is not None
        assert one.low < (one.value or 0) < one.high


def test_smoothing_draws_confusions_together_and_still_climbs() -> None:
    columns = random_crowd(5)
    rough, smooth = (fit_dawid_skene(in_memory(columns), smoothing=one) for one in (0.0, 5.0))
    assert smooth.converged
    assert np.exp(smooth.logs.confusion).min() > np.exp(rough.logs.confusion).min()
    assert smooth.counts.sum() == pytest.approx(len(columns))


def test_an_annotator_who_always_answers_the_same_is_no_news() -> None:
    columns = random_crowd(7, items=200)
    bored = columns.annotator == 0
    same = from_codes(columns.item, columns.annotator, np.where(bored, 1, columns.label))
    shards = in_memory(same)
    model = fit_dawid_skene(shards)
    assert model.confusion(0) == pytest.approx(np.array([[0, 1, 0]] * 3), abs=1e-6)
    without = from_codes(same.item[~bored], same.annotator[~bored] - 1, same.label[~bored])
    assert dawid_skene(same).posterior == pytest.approx(dawid_skene(without).posterior, abs=0.05)


def test_a_hesitation_between_two_labels_is_a_tie() -> None:
    found = dawid_skene(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "y", "y", "x"]))
    assert [row.label for row in found.rows()] == [None, None]
    assert found.confidence == pytest.approx([0.5, 0.5])
    assert found.accuracy({1: "x"}).value == pytest.approx(0.5)


def test_one_item_is_its_votes() -> None:
    found = dawid_skene(encode([1, 1, 1], ["a", "b", "c"], ["x", "x", "y"]))
    assert found.confidence[0] == pytest.approx(2 / 3)
    assert [one.n for one in found.reliability] == [1, 1, 1]
    assert found.log_likelihood == pytest.approx(0, abs=1e-8)


def test_an_item_without_answers_has_no_label() -> None:
    codes = np.array([0, 0, 2, 2]), np.array([0, 1, 0, 1]), np.array([1, 1, 0, 0])
    found = dawid_skene(from_codes(*codes, items=["i", "j", "k"], annotators=["a", "b", "idle"]))
    assert [row.label for row in found.rows()] == [1, None, 0]
    assert found.reliability[2].value is None
    assert found.reliability[2].why
    assert found.log_likelihood == pytest.approx(2 * log(0.5), abs=1e-6)


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([], NothingToResolve),
        ([(1, "a", float("nan"))], NothingToResolve),
        ([(1, "a", "x"), (2, "a", "y")], NobodyToCompare),
        ([(1, "a", "x"), (2, "b", "y")], NobodyToCompare),
        ([(1, "a", "x"), (1, "b", "x")], OneClassOnly),
    ],
)
def test_what_cannot_be_modelled_is_refused_by_name(rows: list[Any], refusal: type[Exception]) -> None:
    columns = encode([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])
    with pytest.raises(refusal):
        dawid_skene(columns)


def test_a_million_categories_are_refused_with_a_way_out() -> None:
    label = np.array([0, 999_999])
    columns = from_codes(np.array([0, 0]), np.array([0, 1]), label)
    with pytest.raises(TooManyConfusions, match="one-coin"):
        dawid_skene(columns)


@pytest.mark.parametrize("setting", [{"smoothing": -1}, {"smoothing": np.nan}, {"tolerance": -1}, {"iterations": 0}])
def test_settings_without_sense_are_refused(setting: dict[str, Any]) -> None:
    with pytest.raises(BadSetting):
        dawid_skene(random_crowd(0), **setting)


def test_too_few_iterations_say_so() -> None:
    found = dawid_skene(random_crowd(0), iterations=1)
    assert (found.converged, found.iterations) == (False, 1)


def test_the_json_and_the_sentences_carry_the_numbers() -> None:
    columns = random_crowd(0)
    found = dawid_skene(columns)
    told = found.to_dict()
    assert told["classes"] == 3
    assert told["priors"] == dict(zip("012", found.priors or (), strict=True))
    said = [str(sentence) for sentence in found.meaning]
    assert str(len(columns)) in said[1]
    assert "36 rates" in said[1]


def test_a_shards_part_is_small() -> None:
    columns = random_crowd(0, items=500)
    shards = in_memory(columns)
    model: DawidSkeneModel = fit_dawid_skene(shards)
    assert len(pickle.dumps(expect(shards.shards[0], model.logs))) < 2_000
