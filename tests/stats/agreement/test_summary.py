import pickle
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.agreement.errors import NothingToMerge
from guiju.stats.agreement.report import Agreement, agreement_of, report_from
from guiju.stats.agreement.summary import merged, summarise
from guiju.stats.columns import from_codes
from tests.stats.agreement.tables import Rows, columns_of, rows_of_answers


def without_items(report: Agreement) -> dict[str, Any]:
    """What a summary can know: everything but the items of a confusion."""
    found: dict[str, Any] = report.to_dict()
    found["confusions"] = [(one["a"], one["b"], one["count"]) for one in found["confusions"]]
    return found


def near(found: Any, expected: Any) -> bool:
    """Equal to rounding, all the way down."""
    if isinstance(expected, dict):
        known = cast("dict[str, Any]", expected)
        return found.keys() == known.keys() and all(near(found[key], one) for key, one in known.items())
    if isinstance(expected, (list, tuple)):
        many = cast("list[Any]", expected)
        return len(found) == len(many) and all(near(a, b) for a, b in zip(found, many, strict=True))
    return found == pytest.approx(expected, abs=1e-12, rel=1e-12) if isinstance(expected, float) else found == expected


@settings(deadline=None, max_examples=60)
@given(rows_of_answers, st.integers(1, 4), st.randoms(use_true_random=False))
def test_items_dealt_out_over_parts_give_the_figures_of_the_whole(rows: Rows, parts: int, shuffle: Any) -> None:
    dealt = [summarise(columns_of([row for row in rows if row[0] % parts == part])) for part in range(parts)]
    shuffle.shuffle(dealt)
    whole = columns_of(rows)
    for distance in ("nominal", "ordinal"):
        expected = agreement_of(whole, distance)
        found = report_from(merged(dealt), distance)
        assert found.annotators == expected.annotators
        assert (found.observed, found.alpha) == (expected.observed, expected.alpha)
        mine, theirs = without_items(found), without_items(expected)
        for some in ("labels", "by_annotator"):  # equal figures may stand in another order after rounding
            key = "label" if some == "labels" else "annotator"
            mine[some], theirs[some] = (sorted(one[some], key=lambda row: row[key]) for one in (mine, theirs))
        assert near(mine, theirs)


def test_a_merge_has_no_order_and_no_brackets() -> None:
    rng = np.random.default_rng(4)
    parts = [
        summarise(columns_of([(i * 10 + j, who, int(rng.integers(4))) for j in range(9) for who in range(3)]))
        for i in range(150)
    ]
    left = merged(parts)
    right = merged(reversed(parts))
    nested = merged(parts[:70]).merge(merged(parts[70:]))
    for other in (right, nested):
        for name in ("weight", "size", "row", "label", "count"):
            assert (getattr(left.patterns, name) == getattr(other.patterns, name)).all()
        assert report_from(left).alpha == report_from(other).alpha


def test_a_summary_is_small_and_travels() -> None:
    rng = np.random.default_rng(4)
    items = 50_000
    columns = from_codes(
        np.repeat(np.arange(items, dtype=np.int32), 5),
        np.tile(np.arange(5, dtype=np.int32), items),
        rng.integers(0, 5, 5 * items).astype(np.int32),
    )
    packed = pickle.dumps(summarise(columns))
    assert len(packed) < 100_000
    assert report_from(pickle.loads(packed)).alpha == agreement_of(columns).alpha


def test_pairs_are_dropped_where_a_part_did_not_count_them() -> None:
    one, other = columns_of([(1, 1, "x"), (1, 2, "y")]), columns_of([(2, 1, "x"), (2, 2, "x")])
    both = summarise(one).merge(summarise(other))
    assert [(pair.n, pair.observed) for pair in report_from(both).pairs] == [(2, 0.5)]
    assert report_from(summarise(one).merge(summarise(other, pairs=False))).pairs == ()


def test_nothing_cannot_be_merged() -> None:
    with pytest.raises(NothingToMerge):
        merged([])


@pytest.mark.parametrize("name", ["bluebirds", "CF_amt", "SP"])
def test_real_crowds_dealt_out_over_parts(crowd: Callable[[str], Any], name: str) -> None:
    columns = crowd(name).columns
    names: dict[str, Any] = {"annotators": columns.annotators, "labels": columns.labels, "keep_repeats": True}
    parts = [columns.item % 3 == part for part in range(3)]
    dealt = [from_codes(columns.item[p], columns.annotator[p], columns.label[p], **names) for p in parts]
    assert report_from(merged(map(summarise, dealt))).alpha == agreement_of(columns).alpha
