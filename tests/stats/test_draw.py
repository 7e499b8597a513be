import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.stats.draw import draw_sample
from guiju.stats.errors import ImpossibleCount

IDS = [f"item-{n}" for n in range(50)]


def test_the_sample_can_be_drawn_again_by_anyone_with_a_hash() -> None:
    by_hand = sorted(IDS, key=lambda one: hashlib.sha256(b"lot 7\x00" + one.encode()).hexdigest())[:8]
    assert draw_sample(IDS, 8, "lot 7") == tuple(by_hand)


@given(st.permutations(IDS), st.integers(0, 49))
def test_order_tells_nothing_and_a_larger_sample_contains_the_smaller(ids: list[str], n: int) -> None:
    assert draw_sample(ids, n, "seed") == draw_sample(IDS, n + 1, "seed")[:n]


def test_every_item_is_equally_likely() -> None:
    drawn = Counter(one for seed in range(2_000) for one in draw_sample(IDS, 5, str(seed)))
    assert len(drawn) == 50
    assert all(145 <= count <= 260 for count in drawn.values())


def test_no_item_is_drawn_twice_and_more_than_all_is_refused() -> None:
    assert sorted(draw_sample([*IDS, *IDS], 50, "x")) == sorted(IDS)
    with pytest.raises(ImpossibleCount):
        draw_sample([*IDS, *IDS], 51, "x")
