from collections.abc import Callable
from math import nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.columns import encode, from_codes
from guiju.stats.consensus.errors import NothingToResolve
from guiju.stats.consensus.majority import majority
from guiju.stats.consensus.passes import in_memory
from guiju.stats.consensus.votes import Ballot, tally
from guiju.stats.errors import ContradictingAnswers
from tests.stats.consensus.naive import crowd_kit, random_crowd, renamed_labels

KNOWN = {
    "rte": 0.897,
    "temp": 0.936,
    "wsd": 0.994,
    "bluebirds": 0.759,
    "CF": 0.882,
    "CF_amt": 0.853,
    "MS": 0.704,
    "SP": 0.886,
    "SP_amt": 0.943,
    "ZenCrowd_in": 0.741,
}


@pytest.mark.parametrize(("name", "expected"), KNOWN.items())
def test_majority_of_a_real_crowd_against_gold(crowd: Callable[[str], Any], name: str, expected: float) -> None:
    found = crowd(name)
    result = majority(found.columns).accuracy(found.gold)
    assert round(result.value or 0, 3) == expected
    assert result.n == len(found.columns.items)
    assert result.low is not None
    assert result.high is not None
    assert result.low < expected < result.high


def test_majority_of_dawid_and_skenes_patients(vector: Callable[[str], Any]) -> None:
    known = vector("dawid_skene_1979")
    rows = [
        (f"{patient:02}", f"o{place}", digit)
        for patient, digits in enumerate(known["data"]["patients"])
        for place, digit in enumerate(digits)
    ]
    found = majority(encode([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]))
    for place, (row, expected) in enumerate(zip(found.rows(), known["expected"]["majority"], strict=True)):
        assert expected in ([found.classes[code] for code in found.ties.of(place)] or [row.label])
    assert found.tied.sum() <= 1


def test_a_tie_is_told_and_counts_its_share() -> None:
    found = majority(encode([1, 1, 2, 2, 3], ["a", "b", "a", "b", "a"], ["x", "y", "x", "x", "z"]))
    assert list(found.rows()) == [(1, None, 0.5), (2, "x", 1.0), (3, "z", 1.0)]
    assert found.label.tolist() == [-1, 0, 2]
    assert found.tied.tolist() == [True, False, False]
    assert found.ties.of(0) == (0, 1)
    assert found.accuracy({1: "x", 2: "x", 3: "x"}).value == pytest.approx(1.5 / 3)
    assert found.accuracy({1: "z"}).value == 0
    assert [one.value for one in found.reliability] == pytest.approx([2.5 / 3, 1.5 / 2])


def test_without_gold_there_is_no_accuracy() -> None:
    found = majority(encode([1], ["a"], ["x"]))
    unknown: list[dict[int, Any]] = [{}, {2: "x"}, {1: nan}, {1: None}]
    for gold in unknown:
        result = found.accuracy(gold)
        assert result.value is None
        assert result.why
    assert found.to_dict()["accuracy"] is None


def test_gold_that_nobody_gave_is_a_miss() -> None:
    assert majority(encode([1], ["a"], ["x"])).accuracy({1: "never given"}).value == 0


def test_nothing_answered_has_no_consensus() -> None:
    for label in ([], [None], [nan]):
        with pytest.raises(NothingToResolve):
            majority(encode(["i"] * len(label), ["a"] * len(label), label))


def test_one_annotator_one_item_and_one_class_are_resolved() -> None:
    assert list(majority(encode([1, 2], ["a", "a"], ["x", "y"])).rows()) == [(1, "x", 1.0), (2, "y", 1.0)]
    assert list(majority(encode([1, 1], ["a", "b"], ["x", "x"])).rows()) == [(1, "x", 1.0)]


def test_answers_that_contradict_each_other_are_refused_before() -> None:
    with pytest.raises(ContradictingAnswers):
        encode([1, 1], ["a", "a"], ["x", "y"])


def test_an_item_without_answers_has_no_label_and_no_confidence() -> None:
    codes = np.array([0, 2]), np.array([0, 0]), np.array([1, 0])
    for classes in (2, 100):
        found = majority(from_codes(*codes, items=["i", "j", "k"], labels=list(range(classes))))
        assert list(found.rows()) == [("i", 1, 1.0), ("j", None, None), ("k", 0, 1.0)]
        assert not found.tied.any()
        assert found.accuracy({"j": 1}).value == 0


def test_a_million_categories_are_counted_by_those_given() -> None:
    label = np.array([999_999, 999_999, 5, 0, 7])
    found = majority(from_codes(np.array([0, 0, 0, 1, 1]), np.array([0, 1, 2, 0, 1]), label))
    assert list(found.rows()) == [(0, 999_999, 2 / 3), (1, None, 0.5)]
    assert found.ties.of(1) == (0, 7)
    assert found.posterior is None


def test_the_json_has_its_keys() -> None:
    found = majority(encode([1, 1], ["a", "b"], ["x", "x"]))
    told = found.to_dict(accuracy=found.accuracy({1: "x"}))
    keys = "method items annotators classes iterations converged log_likelihood priors reliability accuracy"
    assert set(keys.split()) | {"recommended", "because"} <= set(told)
    assert (told["items"], told["annotators"], told["classes"]) == (1, 2, 1)
    assert told["reliability"] == {"a": 1.0, "b": 1.0}
    assert told["accuracy"] == 1.0


def test_it_says_what_it_means() -> None:
    said = [str(sentence) for sentence in majority(encode([1, 1], ["a", "b"], ["x", "y"])).meaning]
    assert len(said) == 3
    assert "1 are tied" in said[0]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5), st.sampled_from([0, 100]))
def test_votes_are_counted_as_by_hand(seed: int, classes: int, unused: int) -> None:
    crowd = random_crowd(seed, classes=classes)
    columns = from_codes(crowd.item, crowd.annotator, crowd.label, labels=range(classes + unused))
    found = majority(columns)
    for item in range(len(columns.items)):
        given_labels = columns.label[columns.item == item].tolist()
        most = max(given_labels.count(label) for label in given_labels)
        first = sorted({label for label in given_labels if given_labels.count(label) == most})
        assert found.confidence[item] == most / len(given_labels)
        assert found.label[item] == (first[0] if len(first) == 1 else -1)
        assert found.ties.of(item) == (tuple(first) if len(first) > 1 else ())


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_crowd_kit_finds_the_same_majority(seed: int) -> None:
    columns = random_crowd(seed)
    theirs = crowd_kit("MajorityVote", columns).probas_
    ours = majority(columns).posterior
    assert ours is not None
    assert theirs.loc[range(len(columns.items)), range(3)].to_numpy() == pytest.approx(ours)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.permutations(range(3)))
def test_renamed_labels_and_shuffled_rows_change_nothing_but_names(seed: int, order: list[int]) -> None:
    columns = random_crowd(seed)
    rows = np.random.default_rng(seed).permutation(len(columns))
    shuffled = from_codes(columns.item[rows], columns.annotator[rows], columns.label[rows])
    assert list(majority(shuffled).rows()) == list(majority(columns).rows())
    named = [None if row.label is None else order[int(str(row.label))] for row in majority(columns).rows()]
    assert [row.label for row in majority(renamed_labels(columns, order)).rows()] == named


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 7))
def test_shards_give_what_one_machine_gives(seed: int, parts: int) -> None:
    columns = random_crowd(seed)
    whole = majority(columns)
    found = list(in_memory(columns, parts).map(tally, Ballot(len(columns.annotators), len(columns.labels))))
    assert np.concatenate([one.picked.label for one in found]).tolist() == whole.label.tolist()
    assert np.concatenate([one.picked.confidence for one in found]).tolist() == whole.confidence.tolist()
    agreeing = np.sum([one.agreeing for one in found], axis=0) / np.sum([one.answers for one in found], axis=0)
    assert [one.value for one in whole.reliability] == pytest.approx(agreeing.tolist())


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_everybody_twice_is_the_same_majority(seed: int) -> None:
    columns = random_crowd(seed)
    people = len(columns.annotators)
    twice = from_codes(
        np.tile(columns.item, 2),
        np.concatenate([columns.annotator, columns.annotator + people]),
        np.tile(columns.label, 2),
    )
    assert list(majority(twice).rows()) == list(majority(columns).rows())
