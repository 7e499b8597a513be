"""Near-duplicates with contrary labels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from guiju.stats.label_errors.duplicates import contrary_duplicates, groups_of_pairs
from guiju.stats.label_errors.errors import NotAnItem, UnevenLabels

pairs = st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=40)


@given(pairs)
def test_groups_are_connected_components_named_by_their_first_row(linked: list[tuple[int, int]]) -> None:
    left, right = [one[0] for one in linked], [one[1] for one in linked]
    graph = coo_array((np.ones(len(linked)), (left, right)), shape=(30, 30))
    _, theirs = connected_components(graph, directed=False)
    first = {code: min(np.flatnonzero(theirs == code).tolist()) for code in set(theirs.tolist())}
    assert groups_of_pairs(30, left, right).tolist() == [first[code] for code in theirs.tolist()]


def test_a_long_chain_is_one_group() -> None:
    chain = np.random.default_rng(1).permutation(50_000)
    assert not groups_of_pairs(50_000, chain[:-1], chain[1:]).any()


def test_a_majority_names_its_minority() -> None:
    [found] = contrary_duplicates(["cat", "dog", "cat", None, "cat"], ["g"] * 5)
    assert (found.majority, found.minority, found.share) == ("cat", (1,), 0.75)
    assert found.to_dict()["minority"] == [1]


def test_a_tie_has_no_majority_and_everybody_is_to_be_looked_at() -> None:
    [found] = contrary_duplicates(["cat", "dog"], ["g", "g"])
    assert found.majority is None
    assert found.minority == (0, 1)
    assert "no label" in str(found.meaning[0])


def test_clear_groups_come_before_ties_and_agreeing_ones_not_at_all() -> None:
    label = ["a", "b", "a", "a", "b", "c", "c"]
    group = [1, 1, 2, 2, 2, 3, 3]
    assert [one.rows for one in contrary_duplicates(label, group)] == [(2, 3, 4), (0, 1)]


def test_items_without_a_group_or_label_are_left_out() -> None:
    assert contrary_duplicates(["a", "b", None], [None, None, 1]) == ()
    assert contrary_duplicates([], []) == ()


def test_nonsense_is_refused() -> None:
    with pytest.raises(UnevenLabels):
        contrary_duplicates(["a"], [])
    with pytest.raises(UnevenLabels):
        groups_of_pairs(3, [1], [])
    for outside in (-1, 3):
        with pytest.raises(NotAnItem):
            groups_of_pairs(3, [0], [outside])
