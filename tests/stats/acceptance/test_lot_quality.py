"""The quality of a lot, told with its intervals."""

import pytest

from guiju.stats.acceptance.errors import NotAProbability, PlanLargerThanLot
from guiju.stats.acceptance.lot_quality import lot_quality
from guiju.stats.errors import EmptyLot, ImpossibleCount
from guiju.stats.intervals import clopper_pearson, finite_interval, upper_bound, wilson


def test_a_share_comes_with_every_interval() -> None:
    found = lot_quality(2, 80, lot=1200)
    assert found.share.interval == list(wilson(2, 80))
    assert (found.exact, found.finite) == (clopper_pearson(2, 80), finite_interval(2, 80, 1200))
    assert found.at_most == upper_bound(2, 80, lot=1200)
    assert found.to_dict()["found"] == 2
    said = [str(sentence) for sentence in found.meaning]
    assert said[0].startswith("2 of 80 looked at are defective: between 0.417% and 8.5%")
    assert said[1] == "In this lot of 1200 that is 5 to 102 items, those found included."


def test_without_a_lot_there_is_no_finite_interval() -> None:
    found = lot_quality(0, 59)
    assert found.finite is None
    assert found.at_most == pytest.approx(0.0495, abs=1e-4)
    assert len(found.meaning) == 2


def test_nothing_looked_at_is_no_zero() -> None:
    found = lot_quality(0, 0, lot=10)
    assert (found.share.value, found.share.why) == (None, "Nothing was looked at, so nothing is known.")
    assert (found.finite, found.at_most) == ((0, 1), 1)
    assert str(found.meaning[0]) == found.share.why


def test_nonsense_is_refused_by_name() -> None:
    with pytest.raises(ImpossibleCount):
        lot_quality(3, 2)
    with pytest.raises(PlanLargerThanLot):
        lot_quality(1, 20, lot=10)
    with pytest.raises(EmptyLot):
        lot_quality(0, 0, lot=0)
    with pytest.raises(NotAProbability):
        lot_quality(1, 20, confidence=95)
