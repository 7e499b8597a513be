"""Spans: places counted as Python counts them, distances, merging, checks of a rulebook; real crowds of spans."""

import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations, permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.kinds import (
    KINDS,
    Answer,
    FieldShape,
    ItemShape,
    SpanOptions,
    Spans,
    TextSpan,
    check_answers,
    encode_answers,
)
from guiju.rulebooks import render_rulebook
from guiju.rulebooks.compiled import problems_of
from guiju.rulebooks.document import parse_rulebook
from guiju.stats.agreement.marks import Span
from guiju.stats.agreement.spans import span_agreement
from guiju.work.trial.compare import NOTHING, compare_field, confused
from guiju.work.trial.model import Answered
from tests.annotations.moving import shared
from tests.journeys.papers import rulebook_of

SPAN = KINDS["span"]
NAMES = FieldShape("names", "span", ("PER", "LOC", "ORG"))
TEXT = ItemShape("text", length=40)


def spans(*rows: tuple[str, int, int]) -> Spans:
    return Spans(tuple(TextSpan(f"s{number}", *row) for number, row in enumerate(rows)))


places = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda found: (found[0], found[0] + found[1]))
some = st.lists(st.tuples(st.sampled_from(NAMES.labels), places), max_size=6, unique=True).map(
    lambda rows: spans(*((label, *place) for label, place in rows))
)


@settings(deadline=None)  # the first comparison loads SciPy
@given(some, some)
def test_a_distance_is_symmetric_within_bounds_and_nought_for_the_same_spans(a: Spans, b: Spans) -> None:
    assert SPAN.distance(a, b) == SPAN.distance(b, a)
    assert 0 <= SPAN.distance(a, b) <= 1
    turned = Spans(tuple(TextSpan(f"x{n}", s.label, s.start, s.end) for n, s in enumerate(reversed(a.spans))))
    assert SPAN.distance(a, turned) == pytest.approx(0, abs=1e-9)


def test_spans_are_apart_by_what_their_matches_do_not_share() -> None:
    assert SPAN.distance(spans(("PER", 0, 4)), spans(("PER", 0, 5))) == pytest.approx(1 - 4 / 5)
    assert SPAN.distance(spans(("PER", 0, 4)), spans(("LOC", 0, 4))) == 1
    assert SPAN.distance(spans(("PER", 0, 4)), spans(("PER", 3, 9))) == 1
    assert SPAN.distance(spans(), spans()) == 0
    assert SPAN.distance(spans(("PER", 0, 4), ("LOC", 6, 8)), spans(("PER", 0, 4))) == pytest.approx(1 / 3)


@settings(deadline=None)
@given(st.lists(some, min_size=3, max_size=3))
def test_who_came_first_does_not_change_the_merge(answers: list[Spans]) -> None:
    assert len({repr(SPAN.merge(list(order))) for order in permutations(answers)}) == 1


def test_what_most_marked_stays_at_its_middle_and_a_tied_label_goes_to_a_person() -> None:
    three = [spans(("PER", 0, 4)), spans(("PER", 0, 5), ("LOC", 20, 22)), spans(("ORG", 1, 5))]
    found = SPAN.merge(three)
    assert found is not None
    assert found.answer == Spans((TextSpan("m1", "PER", 0, 5),))
    assert found.confidence == pytest.approx((2 + 2) / 6)
    assert SPAN.merge([spans(("PER", 0, 4)), spans(("ORG", 0, 4))]) is None
    assert SPAN.merge([]) is None
    nothing = SPAN.merge([spans(), spans()])
    assert nothing is not None
    assert (nothing.answer, nothing.confidence) == (spans(), 1)


def test_the_bytes_are_the_same_in_whatever_order_spans_were_marked() -> None:
    a, b, c = TextSpan("a", "PER", 0, 3), TextSpan("b", "LOC", 0, 9), TextSpan("c", "LOC", 0, 3)
    written = {encode_answers({"names": Spans(order)}) for order in permutations((a, b, c))}
    assert len(written) == 1
    assert [one["id"] for one in json.loads(written.pop())["names"]["spans"]] == ["b", "c", "a"]


def test_the_check_names_both_spans_that_overlap_where_none_may() -> None:
    strict = FieldShape("names", "span", NAMES.labels, options=SpanOptions(nested=False))
    across = Spans((TextSpan("s1", "PER", 0, 5), TextSpan("s2", "LOC", 4, 9)))
    assert check_answers({"names": across}, [NAMES], TEXT) == []
    [found] = check_answers({"names": across}, [strict], TEXT)
    assert found.sentence.format_map(found.details) == "Spans “s1” and “s2” overlap; “names” does not allow it."


def test_a_rulebook_forbids_overlaps_and_writes_it_back() -> None:
    document = rulebook_of("span", ["PER"]).replace("kind: span,", "kind: span, options: {nested: false},")
    rulebook = parse_rulebook(document)
    assert rulebook.fields[0].options == {"nested": False}
    assert parse_rulebook(render_rulebook(rulebook)) == rulebook
    assert "nested" not in render_rulebook(parse_rulebook(rulebook_of("span", ["PER"])))


def test_checks_ask_about_spans_and_examples_write_them_in_short() -> None:
    more = (
        "checks:\n"
        "  - {id: short, field: answer, expect: 'length <= text_length && start >= 0', message: {zh: 一, en: one}}\n"
        "examples:\n"
        "  - {id: e1, polarity: positive, text: 李雷来了, answer: {answer: [{label: per, start: 0, end: 2}]}}\n"
        "---\n# Rules"
    )
    document = rulebook_of("span", ["PER"]).replace("---\n# Rules", more)
    assert [one.code for one in problems_of(document) if one.severity == "error"] == []
    wrong = document.replace("end: 2", "end: two")
    assert "bad-example" in [one.code for one in problems_of(wrong)]


def test_code_points_are_counted_as_in_the_file_that_the_browser_is_held_to() -> None:
    rows = json.loads((Path(__file__).parent / "code_points.json").read_text(encoding="utf-8"))
    assert any(row["length"] != len(row["text"].encode("utf-16-le")) // 2 for row in rows)
    for row in rows:
        assert row["length"] == len(row["text"])
        for one in row["pieces"]:
            assert row["text"][one["start"] : one["end"]] == one["piece"]
            assert len(row["text"][: one["start"]].encode("utf-16-le")) == 2 * one["utf16"]


def test_confusions_are_of_the_same_place_whatever_its_exact_ends() -> None:
    one, other = spans(("PER", 0, 4), ("LOC", 10, 12)), spans(("ORG", 0, 5), ("PER", 20, 22))
    assert confused(one, other) == [("PER", "ORG"), ("LOC", NOTHING), (NOTHING, "PER")]


# A real crowd


def crowd() -> list[tuple[int, int, Spans]]:
    """Chinese sentences whose opinions several people marked: item, annotator, answer."""
    rows: list[tuple[int, int, Spans]] = []
    for line in shared("crowd_oei/dev-crowd.jsonl").read_text(encoding="utf-8").splitlines()[:200]:
        record = json.loads(line)
        said: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
        for one in record["annotations"]:
            # a place of -1 says that this person found nothing
            found = [(one["label"], one["start_offset"], one["end_offset"])] if one["start_offset"] >= 0 else []
            said[one["user"]] += found
        rows += [(record["id"], who, spans(*sorted(set(marks)))) for who, marks in sorted(said.items())]
    return rows


def test_the_report_on_a_real_crowd_agrees_with_the_statistics() -> None:
    rows = crowd()
    field = FieldShape("opinion", "span", ("POS", "NEG"))
    report = compare_field(field, [Answered(*row) for row in rows])
    assert report.observed.value is not None
    assert {line.label for line in report.labels} == {"POS", "NEG"}
    assert any({line.a, line.b} == {"POS", "NEG"} for line in report.confusions)
    by_item: dict[int, list[Spans]] = defaultdict(list)
    for item, _, answer in rows:
        by_item[item].append(answer)
    shares = [1 - SPAN.distance(a, b) for group in by_item.values() for a, b in combinations(group, 2)]
    assert 0.3 < sum(shares) / len(shares) < 0.9
    found = span_agreement([row[0] for row in rows], [row[1] for row in rows], [marks(row[2]) for row in rows])
    exact, partial = found.exact.pooled.value, found.partial.pooled.value
    assert exact is not None
    assert partial is not None
    assert exact < partial


def marks(answer: Spans) -> Sequence[Span]:
    return [Span(one.start, one.end, one.label) for one in answer.spans]


def test_the_merged_crowd_comes_closer_to_the_experts_than_its_members() -> None:
    gold: dict[int, Spans] = {}
    for line in shared("crowd_oei/dev.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        gold[record["id"]] = spans(
            *((one["label"], one["start_offset"], one["end_offset"]) for one in record["annotations"])
        )
    by_item: dict[int, list[Answer]] = defaultdict(list)
    for item, _, answer in crowd():
        by_item[item].append(answer)
    merged, single = list[float](), list[float]()
    for item, answers in by_item.items():
        found = SPAN.merge(answers)
        if found is not None:
            merged.append(SPAN.distance(found.answer, gold[item]))
            single += [SPAN.distance(answer, gold[item]) for answer in answers]
    assert sum(merged) / len(merged) < sum(single) / len(single)
