"""Pairs of rectangles compared at once: what the kinds themselves say of each pair, and nothing else."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.kinds import Box, Boxes, Polygon, Polygons, Segment, Segments, Soft, Spans, TextSpan, get_kind
from guiju.kinds.marked import NOTHING
from guiju.kinds.model import AnyKind
from guiju.kinds.soft.shape import tidy
from guiju.work.trial.compare.flat import Compared, Flat, Judge

PLACES = st.integers(0, 12)
LABELS = st.sampled_from("ab")
SPANS = st.lists(st.tuples(LABELS, PLACES, st.integers(1, 6)), max_size=4, unique=True).map(
    lambda rows: Spans(tuple(TextSpan(f"s{n}", label, at, at + long) for n, (label, at, long) in enumerate(rows)))
)
SEGMENTS = SPANS.map(lambda found: Segments(tuple(Segment(s.id, s.label, s.start, s.end) for s in found.spans)))
BOXES = st.lists(st.tuples(LABELS, PLACES, PLACES, st.sampled_from([0.0, 0.0, 0.0, 30.0])), max_size=4).map(
    lambda rows: Boxes(tuple(Box(f"b{n}", label, x, y, 6, 5, turn) for n, (label, x, y, turn) in enumerate(rows)))
)
OUTLINES = st.lists(st.tuples(LABELS, PLACES, PLACES), max_size=3).map(
    lambda rows: Polygons(
        tuple(
            Polygon(f"p{n}", label, ((x, y), (x + 7, y), (x + 7, y + 6), (x + 2, y + 6)))
            for n, (label, x, y) in enumerate(rows)
        )
    )
)

SHARES = st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 5)), max_size=3, unique_by=lambda row: row[0]).map(
    lambda rows: tidy(Soft({label: part / sum(each for _, each in rows) for label, part in rows}))
)


@settings(max_examples=40, deadline=None)
@given(st.lists(SHARES, min_size=2, max_size=5))
def test_shares_are_as_far_apart_as_their_kind_says_whole_by_label_and_without_it(said: list[Soft]) -> None:
    own = get_kind("soft")
    left, right = np.triu_indices(len(said), 1)
    judge = Judge.of(own, said)
    for seen, apart in ((judge, _same), (judge.only("a"), _only_a), (judge.without("a"), _without_a)):
        expected = [own.distance(apart(own, said[a]), apart(own, said[b])) for a, b in zip(left, right, strict=True)]
        assert seen.distances(left, right) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("kind", "answers"), [("span", SPANS), ("segment", SEGMENTS), ("box", BOXES), ("polygon", OUTLINES)]
)
def test_every_pair_is_as_far_apart_and_slips_as_the_kind_itself_says(
    kind: str, answers: st.SearchStrategy[Any]
) -> None:
    own = get_kind(kind)

    @settings(max_examples=40, deadline=None)
    @given(st.lists(answers, min_size=2, max_size=5))
    def holds(said: list[Any]) -> None:
        left, right = np.triu_indices(len(said), 1)
        judge = Judge.of(own, said)
        for seen, apart in ((judge, _same), (judge.only("a"), _only_a), (judge.without("a"), _without_a)):
            expected = [
                own.distance(apart(own, said[a]), apart(own, said[b])) for a, b in zip(left, right, strict=True)
            ]
            assert seen.distances(left, right) == pytest.approx(expected)
        flat = Flat.of(own, said)
        assert flat is not None
        pair, one, other, unsure = Compared.of(flat, left, right).slips()
        names = (*flat.labels, NOTHING)
        for place in np.flatnonzero(~unsure):
            rows: list[int] = np.flatnonzero(pair == place).tolist()
            found = sorted((names[int(one[at])], names[int(other[at])]) for at in rows)
            assert found == sorted(own.confused(said[left[place]], said[right[place]]))

    holds()


def _same(_own: AnyKind, answer: Any) -> Any:
    return answer


def _only_a(own: AnyKind, answer: Any) -> Any:
    return own.only(answer, "a")


def _without_a(own: AnyKind, answer: Any) -> Any:
    return own.without(answer, "a")
