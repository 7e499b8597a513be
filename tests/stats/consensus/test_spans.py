"""One set of marks from several: matched, merged, nothing lost."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.agreement.marks import Span
from guiju.stats.agreement.structured_errors import BadParameter
from guiju.stats.consensus.segments import segment_consensus, time_vote
from guiju.stats.consensus.spans import ItemSpans, Merging, span_consensus
from guiju.stats.scores.spans import SpanScores, score_spans
from tests.stats.marked import Marked, crowd_oei, drawn_marks, three_raters

MARK = drawn_marks(15, 6)
ROWS = st.dictionaries(
    st.tuples(st.integers(0, 2), st.sampled_from("abcd")), st.lists(MARK, max_size=4, unique=True), max_size=10
).map(lambda found: [(item, who, tuple(marks)) for (item, who), marks in found.items()])


def _columns(rows: list[Any]) -> tuple[list[int], list[str], list[tuple[Span, ...]]]:
    return [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]


@settings(max_examples=100, deadline=None)
@given(ROWS, st.sampled_from([0.1, 0.3, 0.7]), st.sampled_from([0.0, 0.34, 0.5]))
def test_every_mark_is_in_one_cluster_and_nobody_is_twice_in_one(rows: list[Any], overlap: float, share: float) -> None:
    found = span_consensus(*_columns(rows), Merging(overlap, share))
    given_marks = sorted((i, w, *m) for i, w, marks in rows for m in marks)
    merged = [(one.item, cluster) for one in found for cluster in (*one.kept, *one.dropped)]
    assert sorted((i, m.annotator, *m.mark) for i, c in merged for m in c.members) == given_marks
    for one in found:
        for cluster in (*one.kept, *one.dropped):
            assert len({m.annotator for m in cluster.members}) == len(cluster.members)
            assert cluster.confidence == len(cluster.members) / one.annotators
            assert cluster.start < cluster.end
            assert (cluster.label is None) == bool(cluster.tied)
        assert all(cluster.confidence > share for cluster in one.kept)
        assert all(cluster.confidence <= share for cluster in one.dropped)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_marks_changes_nothing(rows: list[Any], random: Any) -> None:
    one = span_consensus(*_columns(rows))
    other = [(i, w, marks[::-1]) for i, w, marks in rows]
    random.shuffle(other)
    assert span_consensus(*_columns(other)) == one


@settings(max_examples=40, deadline=None)
@given(st.lists(MARK, min_size=1, max_size=5, unique_by=lambda m: m.start // 7))
def test_equal_answers_come_back_as_they_were(marks: list[Span]) -> None:
    (found,) = span_consensus([1, 1, 1], "abc", [marks] * 3)
    assert sorted((m.start, m.end, m.label) for m in found.kept) == sorted(mark[:3] for mark in marks)
    assert all(m.confidence == 1.0 for m in found.kept)
    assert not found.dropped


def test_ends_are_medians_and_labels_votes() -> None:
    answers = [[Span(0, 5, "X")], [Span(1, 5, "X")], [Span(1, 6, "Y")]]
    (found,) = span_consensus([1] * 3, "abc", answers)
    assert [(m.start, m.end, m.label) for m in found.kept] == [(1, 5, "X")]
    (tie,) = span_consensus([1] * 2, "ab", [answers[0], [Span(0, 5, "Y")]])
    assert (tie.kept[0].label, tie.kept[0].tied) == (None, ("X", "Y"))
    assert tie.to_dict()["kept"][0]["tied"] == ["X", "Y"]  # type: ignore[index]


def test_somebody_who_marked_nothing_votes_against() -> None:
    (found,) = span_consensus([1] * 3, "abc", [[Span(0, 5, "X")], [], []])
    assert not found.kept
    assert found.dropped[0].confidence == pytest.approx(1 / 3)
    (empty,) = span_consensus([1, 1], "ab", [[], []])
    assert (empty.kept, empty.dropped) == ((), ())
    assert [str(one) for one in empty.meaning]
    assert span_consensus([], [], []) == ()


def test_two_marks_of_one_annotator_never_become_one() -> None:
    (found,) = span_consensus([1] * 2, "ab", [[Span(0, 3, "X"), Span(3, 6, "X")], [Span(0, 6, "X")]])
    assert [len(m.members) for m in (*found.kept, *found.dropped)] == [2, 1]


def test_settings_outside_their_range_are_refused() -> None:
    for merging in (Merging(overlap=0), Merging(overlap=1.5), Merging(share=-0.1), Merging(other_label=float("nan"))):
        with pytest.raises(BadParameter):
            span_consensus([1], "a", [[]], merging)
    with pytest.raises(BadParameter):
        time_vote([1], "a", [[]], share=1)


def _against_gold(found: tuple[ItemSpans, ...], crowd: Marked) -> SpanScores:
    kept = {one.item: [Span(m.start, m.end, m.label) for m in one.kept] for one in found}
    return score_spans([crowd.gold[item] for item in kept], list(kept.values()))


def test_a_crowds_consensus_is_better_than_its_members_where_it_may_keep_what_a_quarter_marked() -> None:
    crowd = crowd_oei()
    single = score_spans([crowd.gold[item] for item in crowd.columns.item], crowd.columns.marks)
    majority = _against_gold(span_consensus(*crowd.columns), crowd)
    quarter = _against_gold(span_consensus(*crowd.columns, Merging(share=0.25)), crowd)
    assert single.f1.value == pytest.approx(0.426069, abs=1e-6)
    assert majority.f1.value == pytest.approx(0.430147, abs=1e-6)
    assert quarter.f1.value == pytest.approx(0.541163, abs=1e-6)
    assert majority.precision is not None
    assert quarter.precision is not None
    assert majority.precision > quarter.precision
    naive = {(i, m.start, m.end, m.label) for i, marks in crowd.gold.items() for m in marks}
    found = {(o.item, m.start, m.end, m.label) for o in span_consensus(*crowd.columns) for m in o.kept}
    assert majority.f1.value == pytest.approx(2 * len(naive & found) / (len(naive) + len(found)))


def test_of_three_raters_two_find_the_same_error_for_one_mark_in_five() -> None:
    columns = three_raters()
    found = span_consensus(*columns)
    kept, dropped = sum(len(one.kept) for one in found), sum(len(one.dropped) for one in found)
    assert len(found) == 1890
    assert sum(len(m.members) for one in found for m in (*one.kept, *one.dropped)) == 9572
    assert (kept, dropped) == (1641, 5910)


def test_segments_keep_the_mean_of_the_two_middle_ends() -> None:
    (found,) = segment_consensus([1] * 2, "ab", [[Span(0.0, 2.0, "s")], [Span(0.5, 2.25, "s")]])
    assert [(m.start, m.end) for m in found.kept] == [(0.25, 2.125)]


def test_a_vote_over_time_keeps_where_most_say_so() -> None:
    answers = [[Span(0, 4, "s")], [Span(1, 5, "s"), Span(5, 9, "n")], [Span(2, 6, "s")]]
    voted = time_vote([1] * 3, "abc", answers)[1]
    assert [(v.start, v.end, v.label) for v in voted] == [(1, 5, "s")]
    assert voted[0].confidence == pytest.approx((2 * 1 + 3 * 2 + 2 * 1) / 12)
    assert time_vote([1], "a", [[]]) == {1: ()}


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_a_vote_over_time_is_a_vote_at_every_atom(rows: list[Any]) -> None:
    found = time_vote(*_columns(rows))
    for item in {row[0] for row in rows}:
        answers = [marks for i, _, marks in rows if i == item]
        for label in "XY":
            says = [sum(any(m.start <= p < m.end and m.label == label for m in a) for a in answers) for p in range(22)]
            most = {p for p in range(22) if says[p] * 2 > len(answers)}
            assert {p for v in found[item] if v.label == label for p in range(int(v.start), int(v.end))} == most
