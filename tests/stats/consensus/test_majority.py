from collections.abc import Callable
from typing import Any

import pytest

from guiju.stats.columns import encode
from guiju.stats.consensus.majority import accuracy, majority

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
    result = accuracy(majority(found.columns), found.gold)
    assert result.value == pytest.approx(expected, abs=0.0006)
    assert result.n == len(found.columns.items)


def test_majority_of_dawid_and_skenes_patients(vector: Callable[[str], Any]) -> None:
    known = vector("dawid_skene_1979")
    rows = [
        (f"{patient:02}", f"o{place}", digit)
        for patient, digits in enumerate(known["data"]["patients"])
        for place, digit in enumerate(digits)
    ]
    found = majority(encode([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]))
    for one, expected in zip(found, known["expected"]["majority"], strict=True):
        assert expected in (one.tied or (one.label,))
    assert sum(one.label is None for one in found) <= 1


def test_a_tie_is_told_and_counts_its_share() -> None:
    found = majority(encode([1, 1, 2, 2, 3], ["a", "b", "a", "b", "a"], ["x", "y", "x", "x", "z"]))
    assert [(one.label, one.confidence, one.n, one.tied) for one in found] == [
        (None, 0.5, 2, ("x", "y")),
        ("x", 1.0, 2, ()),
        ("z", 1.0, 1, ()),
    ]
    assert accuracy(found, {1: "x", 2: "x", 3: "x"}).value == pytest.approx(1.5 / 3)


def test_without_gold_there_is_no_accuracy() -> None:
    assert accuracy(majority(encode([1], ["a"], ["x"])), {}).value is None


def test_nothing_answered_has_no_consensus() -> None:
    assert majority(encode([], [], [])) == ()
