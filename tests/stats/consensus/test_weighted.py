from math import nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.columns import Columns, encode, from_codes
from guiju.stats.consensus.errors import (
    BadWeight,
    MissingWeight,
    NobodyToCompare,
    NoGoldForWeights,
    OneClassOnly,
    WeightsTwice,
)
from guiju.stats.consensus.majority import majority
from guiju.stats.consensus.weighted import weighted, weights_from_agreement, weights_from_gold
from tests.stats.consensus.naive import crowd_kit, random_crowd


@pytest.fixture
def three() -> Columns:
    """Ann against Bo and Cy on 1, all alike on 2."""
    return encode([1, 1, 1, 2, 2, 2], ["ann", "bo", "cy"] * 2, ["x", "y", "y", "x", "x", "x"])


def test_a_heavy_vote_outweighs_two_light_ones(three: Columns) -> None:
    found = weighted(three, weights={"ann": 3, "bo": 1, "cy": 1})
    assert [(row.label, row.confidence) for row in found.rows()] == [("x", 0.6), ("x", 1.0)]
    assert [one.value for one in found.reliability] == [1.0, 0.5, 0.5]


def test_equal_weights_are_the_majority(three: Columns) -> None:
    found = weighted(three, weights=dict.fromkeys(["ann", "bo", "cy"], 0.3))
    assert found.label.tolist() == majority(three).label.tolist()
    assert found.confidence == pytest.approx(majority(three).confidence)


def test_weights_that_balance_are_a_tie(three: Columns) -> None:
    found = weighted(three, weights={"ann": 0.3, "bo": 0.1, "cy": 0.2})
    assert found.label[0] == -1
    assert found.ties.of(0) == (0, 1)


def test_votes_without_weight_decide_nothing() -> None:
    for unused in (0, 100):
        table = from_codes(np.array([0, 0, 1]), np.array([0, 1, 2]), np.array([0, 1, 1]), labels=range(2 + unused))
        found = weighted(table, weights={0: 0, 1: 0, 2: 1})
        assert [(row.label, row.confidence) for row in found.rows()] == [(None, None), (1, 1.0)]
        assert not found.tied.any()


def test_gold_gives_weights_with_their_intervals(three: Columns) -> None:
    ann, bo, _ = weights_from_gold(three, {1: "x"})
    assert (ann.value, ann.n, bo.value) == (1.0, 1, 0.0)
    assert ann.low == pytest.approx(0.2065, abs=1e-4)
    assert [row.label for row in weighted(three, gold={1: "x"}).rows()] == ["x", "x"]


def test_who_met_no_gold_weighs_as_much_as_all_together() -> None:
    table = encode([1, 1, 2, 2, 2], ["a", "b", "a", "b", "new"], ["x", "y", "x", "x", "y"])
    found = weighted(table, gold={1: "x"})
    assert found.reliability[2].value is None
    assert found.confidence[1] == pytest.approx(1 / 1.5)


def test_agreement_leaves_the_own_answer_out(three: Columns) -> None:
    assert [one.value for one in weights_from_agreement(three)] == [0.5, 0.75, 0.75]


def _rows(columns: Columns, annotator: int) -> list[int]:
    return [row for row in range(len(columns)) if columns.annotator[row] == annotator]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_agreement_is_counted_as_by_hand(seed: int) -> None:
    columns = random_crowd(seed)
    found = weights_from_agreement(columns)
    for annotator, one in enumerate(found):
        shares = list[float]()
        for row in _rows(columns, annotator):
            item, label = columns.item[row], columns.label[row]
            others = [other for other in range(len(columns)) if columns.item[other] == item and other != row]
            if others:
                shares.append(sum(columns.label[other] == label for other in others) / len(others))
        assert one.value == pytest.approx(np.mean(shares))
        assert one.n == len(shares)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_with_the_skills_of_wawa_it_is_wawa(seed: int) -> None:
    columns = random_crowd(seed)
    wawa = crowd_kit("Wawa", columns)
    table: Any = wawa.skills_
    found = weighted(columns, weights=table.to_dict())
    votes = np.zeros((len(columns.items), 3))
    np.add.at(votes, (columns.item, columns.label), table.to_numpy()[np.searchsorted(table.index, columns.annotator)])
    clear = found.label >= 0
    assert (votes.argmax(axis=1) == found.label)[clear].all()
    assert found.confidence == pytest.approx(votes.max(axis=1) / votes.sum(axis=1))


@pytest.mark.parametrize("weight", [-1.0, nan, float("inf")])
def test_weights_without_sense_are_refused(three: Columns, weight: float) -> None:
    with pytest.raises(BadWeight):
        weighted(three, weights={"ann": weight, "bo": 1, "cy": 1})


def test_what_gives_no_weights_is_refused_by_name(three: Columns) -> None:
    with pytest.raises(MissingWeight, match="cy"):
        weighted(three, weights={"ann": 1, "bo": 1})
    with pytest.raises(NoGoldForWeights):
        weighted(three, gold={9: "x"})
    with pytest.raises(WeightsTwice):
        weighted(three, gold={1: "x"}, weights={"ann": 1, "bo": 1, "cy": 1})
    with pytest.raises(NobodyToCompare):
        weighted(encode([1, 2], ["a", "a"], ["x", "y"]))
    with pytest.raises(OneClassOnly):
        weighted(encode([1, 1], ["a", "b"], ["x", "x"]))
