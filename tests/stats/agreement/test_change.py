"""Two rounds compared: a change that is there is shown, one that is not is not, and the test fits the items."""

import numpy as np
import pytest

from guiju.stats.agreement.change import Verdict, adjusted, compare_rounds


def agreement(rng: np.random.Generator, items: int, share: float, first: int = 0) -> dict[int, float]:
    return {first + item: float(rng.random() < share) for item in range(items)}


def test_the_same_items_are_compared_one_by_one() -> None:
    before = {item: float(item % 2) for item in range(40)}
    after = {**before, **dict.fromkeys(range(0, 20, 2), 1.0)}
    found = compare_rounds(before, after)
    assert (found.paired, found.up, found.down, found.even) == (True, 10, 0, 30)
    assert found.difference == pytest.approx(0.25)
    # ten changes, all one way: 2 of 2^10 changes of sign are as extreme, which is McNemar's exact test
    assert found.p == pytest.approx(2 / 2**10)
    assert found.verdict is Verdict.BETTER


def test_different_items_are_compared_by_their_means() -> None:
    rng = np.random.default_rng(3)
    found = compare_rounds(agreement(rng, 120, 0.6), agreement(rng, 120, 0.9, first=1_000))
    assert (found.paired, found.verdict) == (False, Verdict.BETTER)
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < (found.difference or 0) < found.high


@pytest.mark.parametrize("apart", [0, 10_000])
def test_without_a_change_one_in_twenty_trials_shows_one(apart: int) -> None:
    rng = np.random.default_rng(11)
    found = [compare_rounds(agreement(rng, 40, 0.7), agreement(rng, 40, 0.7, first=apart), seed) for seed in range(30)]
    assert sum(one.verdict is not Verdict.UNSHOWN for one in found) <= 5


def test_a_worse_round_is_said_to_be_worse() -> None:
    found = compare_rounds(dict.fromkeys(range(30), 0.9), dict.fromkeys(range(30), 0.6))
    assert found.verdict is Verdict.WORSE
    assert "fell by .300" in str(found.meaning[0])


def test_a_handful_of_items_is_too_few() -> None:
    found = compare_rounds({1: 0.5, 2: 1.0}, {3: 1.0})
    assert (found.verdict, found.p) == (Verdict.TOO_FEW, None)
    assert "Too few items for a test: 2 before, 1 after" in str(found.meaning[0])


def test_nothing_changed_is_no_change() -> None:
    found = compare_rounds(dict.fromkeys(range(30), 0.9), dict.fromkeys(range(30), 0.9))
    assert (found.verdict, found.p, found.difference) == (Verdict.UNSHOWN, 1.0, 0.0)


def test_several_tests_are_adjusted_together_and_never_beyond_one() -> None:
    assert adjusted([0.5, 0.9, 0.01]) == pytest.approx([1.0, 1.0, 0.03])
