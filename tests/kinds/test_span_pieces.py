"""Spans in several pieces: one form, and comparing and merging by the characters that belong to them."""

import json
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.kinds import (
    KINDS,
    FieldShape,
    ItemShape,
    SpanOptions,
    Spans,
    TextSpan,
    check_answers,
    decode_answers,
    encode_answers,
)
from guiju.kinds.span.check import MOST_PIECES
from guiju.kinds.span.shape import iou, joined, span_of
from guiju.rulebooks.compiled import problems_of
from tests.journeys.papers import rulebook_of

SPAN = KINDS["span"]
LABELS = ("PER", "LOC")
PIECED = FieldShape("names", "span", LABELS, options=SpanOptions(pieces=True))
TEXT = ItemShape("text", length=2000)


def one(*stretches: tuple[int, int], name: str = "s1", label: str = "PER") -> Spans:
    return Spans((span_of(name, label, stretches),))


stretches = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda found: (found[0], found[0] + found[1])),
    min_size=1,
    max_size=4,
)
some = st.lists(st.tuples(st.sampled_from(LABELS), stretches), max_size=4).map(
    lambda rows: Spans(tuple(span_of(f"s{n}", label, held) for n, (label, held) in enumerate(rows)))
)


def letters(span: TextSpan) -> set[int]:
    return {place for start, end in span.stretches for place in range(start, end)}


@given(stretches)
def test_a_span_of_any_stretches_has_their_characters_in_one_form(held: list[tuple[int, int]]) -> None:
    span = span_of("s1", "PER", held)
    assert letters(span) == {place for start, end in held for place in range(start, end)}
    assert span.length == len(letters(span))
    assert all(span_of("s1", "PER", order) == span for order in permutations(held))
    assert check_answers({"names": Spans((span,))}, [PIECED], TEXT) == []
    assert decode_answers(encode_answers({"names": Spans((span,))})) == {"names": Spans((span,))}


def test_a_span_in_one_piece_has_the_bytes_that_it_always_had() -> None:
    wire = b'{"names":{"kind":"span","spans":[{"end":4,"id":"s1","label":"PER","pieces":[[0,4]],"start":0}]}}'
    plain = encode_answers({"names": one((0, 4))})
    assert encode_answers(decode_answers(wire)) == plain
    assert b"pieces" not in plain


def test_pieces_that_come_in_another_order_are_written_from_front_to_back() -> None:
    wire = {"kind": "span", "spans": [{"id": "s1", "label": "PER", "start": 0, "end": 9, "pieces": [[6, 9], [0, 2]]}]}
    answers = decode_answers(json.dumps({"names": wire}).encode())
    assert answers["names"] == one((0, 2), (6, 9))


@settings(deadline=None)  # the first comparison loads SciPy
@given(some, some)
def test_a_distance_is_symmetric_within_bounds_and_nought_for_the_same_pieces(a: Spans, b: Spans) -> None:
    assert SPAN.distance(a, b) == SPAN.distance(b, a)
    assert 0 <= SPAN.distance(a, b) <= 1
    assert SPAN.distance(a, Spans(tuple(reversed(a.spans)))) == pytest.approx(0, abs=1e-9)


@given(stretches, stretches)
def test_two_spans_share_the_characters_that_both_have_and_gaps_count_for_nobody(
    a: list[tuple[int, int]], b: list[tuple[int, int]]
) -> None:
    left, right = span_of("a", "PER", a), span_of("b", "PER", b)
    both, either = letters(left) & letters(right), letters(left) | letters(right)
    assert iou(left, right) == pytest.approx(len(both) / len(either))


def test_whoever_marks_the_gap_as_well_differs_by_the_gap() -> None:
    assert SPAN.distance(one((0, 4), (8, 12)), one((0, 12))) == pytest.approx(1 - 8 / 12)
    assert SPAN.distance(one((0, 4), (8, 12)), one((4, 8))) == 1


@settings(deadline=None)
@given(st.lists(some, min_size=3, max_size=3))
def test_who_came_first_does_not_change_the_merge_of_pieces(answers: list[Spans]) -> None:
    merged = [SPAN.merge(list(order)) for order in permutations(answers)]
    assert len({repr(found) for found in merged}) == 1
    for found in merged[:1]:
        assert found is None or check_answers({"names": found.answer}, [PIECED], TEXT) == []


def test_the_merged_span_has_what_most_of_them_hold() -> None:
    found = SPAN.merge([one((0, 4), (8, 12)), one((0, 4), (9, 12)), one((0, 12))])
    assert found is not None
    assert found.answer == one((0, 4), (8, 12), name="m1")
    assert found.confidence == 1


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(12, 17)), min_size=2, max_size=5, unique=True))
def test_what_at_least_half_hold_is_what_the_middle_ends_say_where_nobody_left_a_gap(
    ends: list[tuple[int, int]],
) -> None:
    plain = SPAN.merge([one(place) for place in ends])
    assert plain is not None
    [span] = plain.answer.spans
    half = (len(ends) + 1) // 2
    held = {n for n in range(20) if sum(start <= n < end for start, end in ends) >= half}
    assert letters(span) == held


def test_a_check_can_ask_for_pieces_and_for_the_characters_that_are_marked() -> None:
    checks = (
        "checks:\n  - {id: few, field: answer, expect: 'pieces <= 2 && length < 9', message: {zh: 一, en: one}}\n---\n"
    )
    document = rulebook_of("span", ["PER"]).replace("kind: span,", "kind: span, options: {pieces: true},")
    found = problems_of(document.replace("---\n# Rules", checks + "# Rules"))
    assert [one.code for one in found if one.severity == "error"] == []
    columns = SPAN.columns(one((0, 4), (8, 12)), TEXT)
    assert (columns["length"], columns["pieces"]) == ([8.0], [2.0])


def test_a_span_of_very_many_pieces_is_refused_by_number() -> None:
    many = one(*((n * 3, n * 3 + 1) for n in range(MOST_PIECES + 1)))
    [found] = check_answers({"names": many}, [PIECED], TEXT)
    assert (found.code, found.details["count"]) == ("too-many-pieces", MOST_PIECES + 1)


def test_joining_leaves_nothing_that_touches() -> None:
    assert joined([(6, 8), (2, 3), (0, 2), (7, 9)]) == ((0, 3), (6, 9))


def test_a_field_says_how_its_text_is_set_and_nothing_else_is_taken() -> None:
    document = rulebook_of("span", ["PER"])
    for direction in ("auto", "ltr", "rtl", "vertical"):
        told = document.replace("kind: span,", f"kind: span, options: {{direction: {direction}}},")
        assert [one.code for one in problems_of(told) if one.severity == "error"] == []
    wrong = document.replace("kind: span,", "kind: span, options: {direction: sideways},")
    assert [one.code for one in problems_of(wrong) if one.severity == "error"]
