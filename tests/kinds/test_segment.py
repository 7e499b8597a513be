"""Segments of a sound: distances, merging, the trial's report, checks of a rulebook, options of a field."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.kinds import KINDS, FieldShape, ItemShape, Segment, SegmentOptions, Segments, encode_answers
from guiju.kinds.segment.check import gaps
from guiju.rulebooks.compiled import problems_of
from guiju.work.trial.compare import NOTHING, compare_field, confused
from guiju.work.trial.model import Answered
from tests.journeys.papers import rulebook_of

SEGMENT = KINDS["segment"]
TURNS = FieldShape("turns", "segment", ("agent", "customer"))
HOUR = ItemShape("audio", duration=3_600_000)


def segments(*rows: tuple[str, int, int]) -> Segments:
    return Segments(tuple(Segment(f"s{number}", *row) for number, row in enumerate(rows)))


places = st.tuples(st.integers(0, 3_000), st.integers(1, 900)).map(lambda found: (found[0], found[0] + found[1]))
some = st.lists(st.tuples(st.sampled_from(TURNS.labels), places), max_size=6, unique=True).map(
    lambda rows: segments(*((label, *place) for label, place in rows))
)


@settings(deadline=None)  # the first comparison loads SciPy
@given(some, some)
def test_a_distance_is_symmetric_within_bounds_and_nought_for_the_same_segments(a: Segments, b: Segments) -> None:
    assert SEGMENT.distance(a, b) == SEGMENT.distance(b, a)
    assert 0 <= SEGMENT.distance(a, b) <= 1
    turned = Segments(tuple(Segment(f"x{n}", s.label, s.start, s.end) for n, s in enumerate(reversed(a.segments))))
    assert SEGMENT.distance(a, turned) == pytest.approx(0, abs=1e-9)


@given(some)
def test_equal_answers_give_equal_bytes(answer: Segments) -> None:
    turned = Segments(tuple(reversed(answer.segments)))
    assert encode_answers({"turns": answer}) == encode_answers({"turns": turned})


def test_segments_are_apart_by_the_time_that_their_matches_do_not_share() -> None:
    assert SEGMENT.distance(segments(("agent", 0, 400)), segments(("agent", 0, 500))) == pytest.approx(1 - 4 / 5)
    assert SEGMENT.distance(segments(("agent", 0, 400)), segments(("customer", 0, 400))) == 1
    assert SEGMENT.distance(segments(("agent", 0, 400)), segments(("agent", 0, 190))) == 1


@settings(deadline=None)
@given(st.lists(some, min_size=1, max_size=3))
def test_a_merged_answer_does_not_depend_on_who_answered_first(answers: list[Segments]) -> None:
    found = [SEGMENT.merge(each) for each in permutations(answers)]
    assert all(each == found[0] for each in found)


def test_three_answers_become_one_at_their_middle_ends_and_a_tied_label_goes_to_a_person() -> None:
    three = [
        segments(("agent", 0, 1000), ("customer", 1100, 2000)),
        segments(("agent", 20, 1010)),
        segments(("agent", 10, 1500), ("customer", 1120, 1980)),
    ]
    found = SEGMENT.merge(three)
    assert found is not None
    assert [(one.label, one.start, one.end) for one in found.answer.segments] == [
        ("agent", 10, 1010),
        ("customer", 1100, 2000),
    ]
    assert found.confidence == pytest.approx(5 / 6)
    assert SEGMENT.merge([segments(("agent", 0, 9)), segments(("customer", 0, 9))]) is None


def test_the_trial_s_report_has_each_label_and_what_was_taken_for_what() -> None:
    one, other = segments(("agent", 0, 900), ("customer", 1000, 2000)), segments(("agent", 0, 1800))
    report = compare_field(TURNS, [Answered(1, 1, one), Answered(1, 2, other)])
    assert {line.label: line.n for line in report.labels} == {"agent": 2, "customer": 1}
    assert confused(one, other) == [("customer", NOTHING)]
    crossed = segments(("customer", 10, 890), ("customer", 1000, 2000))
    assert confused(one, crossed) == [("agent", "customer")]


def test_what_no_segment_covers_is_named_from_the_beginning_to_the_end() -> None:
    ordered = segments(("agent", 100, 900), ("agent", 200, 300), ("customer", 900, 1500)).segments
    assert list(gaps(ordered, 2000)) == [(0, 100), (1500, 2000)]
    assert list(gaps((), 5)) == [(0, 5)]


def test_a_shortest_length_of_nothing_keeps_a_field_from_being_asked() -> None:
    field = FieldShape("turns", "segment", ("agent",), options=SegmentOptions(shortest=0))
    assert [fault.code for fault in SEGMENT.faults(field)] == ["shortest-wrong"]
    assert SEGMENT.faults(TURNS) == []


def test_checks_of_a_rulebook_ask_for_lengths_in_milliseconds() -> None:
    more = (
        "checks:\n- id: long\n  field: answer\n  expect: length >= 100 && end <= duration\n"
        "  message: {zh: 太短, en: too short}\n---\n# Rules"
    )
    document = rulebook_of("segment", ["Agent"]).replace("---\n# Rules", more)
    assert [one.code for one in problems_of(document) if one.severity == "error"] == []
    assert [one.code for one in problems_of(document.replace("duration", "width")) if one.severity == "error"]
    columns = SEGMENT.columns(segments(("agent", 0, 80), ("agent", 100, 900)), HOUR)
    assert columns["length"] == [80.0, 800.0]
    assert columns["duration"] == [3_600_000.0] * 2
    assert set(columns) == set(SEGMENT.asks)
