"""The size of a trial: what is foretold is what simulated and real answers do."""

import csv
from collections import Counter, defaultdict
from math import sqrt

import numpy as np
import pytest

from guiju.stats.sizes.errors import NoDifference, NotACount, NotAShare
from guiju.stats.sizes.trial import likeness_of, size_for_trial
from tests.annotations.moving import shared


def spreads(votes: list[list[str]], annotators: int, seed: int = 0) -> tuple[float, float, int]:
    """The agreement of so many annotators, one item's standard deviation, and how many items have as many."""
    rng, found = np.random.default_rng(seed), list[float]()
    for said in votes:
        if len(said) >= annotators:
            places: list[int] = rng.permutation(len(said))[:annotators].tolist()
            counts = Counter(said[place] for place in places)
            found.append(sum(n * (n - 1) for n in counts.values()) / (annotators * (annotators - 1)))
    return float(np.mean(found)), float(np.std(found, ddof=1)), len(found)


@pytest.mark.parametrize(("annotators", "agreement"), [(2, 0.8), (3, 0.9), (4, 0.6), (6, 0.8)])
def test_simulated_slips_spread_as_foretold(annotators: int, agreement: float) -> None:
    rng = np.random.default_rng(5)
    right = rng.random((8_000, annotators)) < sqrt(agreement)
    votes = [["right" if ok else f"slip {n}" for n, ok in enumerate(row)] for row in right]
    mean, spread, _ = spreads(votes, annotators)
    assert mean == pytest.approx(agreement, abs=0.015)
    assert spread == pytest.approx(size_for_trial(agreement, annotators).spread(), rel=0.04)


def test_as_many_items_as_are_asked_for_tell_the_gate_from_below_it() -> None:
    size, rng = size_for_trial(0.8, 3), np.random.default_rng(7)
    n = size.items_to_tell(0.8, 0.7)
    means = np.empty(4_000)
    for trial in range(len(means)):
        right = (rng.random((n, 3)) < sqrt(0.8)).sum(axis=1)
        means[trial] = (right * (right - 1) / 6).mean()
    told = means - 1.96 * size.spread(0.7) / sqrt(n) > 0.7
    assert told.mean() == pytest.approx(0.8, abs=0.03)


def test_on_nine_real_crowds_the_half_width_is_nearly_that_of_the_answers() -> None:
    ratios: list[float] = []
    crowds = [
        *sorted(shared("activecrowd").glob("*.csv")),
        *(shared(f"snow2008/{name}.standardized.tsv") for name in ("rte", "temp", "wsd")),
    ]
    for path in crowds:
        votes: dict[str, dict[str, str]] = defaultdict(dict)
        with path.open(encoding="utf-8") as file:
            rows = csv.reader(file, delimiter="\t" if path.suffix == ".tsv" else ",")
            for row in rows:
                who, item, label = row[1:4] if path.suffix == ".tsv" else row[:3]
                votes[item][who] = label
        for annotators in (3, 4, 5):
            mean, spread, n = spreads([list(said.values()) for said in votes.values()], annotators)
            if n >= 50:
                ratios.append(size_for_trial(mean, annotators).spread() / spread)
                likeness = likeness_of(mean, 1.96 * spread / sqrt(n), n, annotators)
                assert size_for_trial(mean, annotators, likeness).spread() == pytest.approx(spread, rel=0.01)
    assert len(crowds) == 9
    assert min(ratios) > 0.87
    assert max(ratios) < 1.33


def test_what_cannot_be_is_refused() -> None:
    for wrong in ((1.2, 3), (float("nan"), 3)):
        with pytest.raises(NotAShare):
            size_for_trial(*wrong)
    with pytest.raises(NotACount):
        size_for_trial(0.8, 1)
    with pytest.raises(NotACount):
        likeness_of(0.8, 0.1, 40, 2)
    with pytest.raises(NoDifference):
        size_for_trial(0.8, 3).items_to_tell(0.8, 0.8)
