"""Relations: what is written beside the ids, how far answers are apart, and what several come to."""

import json
from collections.abc import Sequence
from typing import Any, cast

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.kinds import (
    KINDS,
    Allowed,
    Answer,
    FieldShape,
    ItemShape,
    Link,
    RelationOptions,
    Relations,
    Spans,
    TextSpan,
    check_answers,
    decode_answers,
    encode_answers,
    find_asked,
    match_parts,
    merge_annotations,
    normalise_answers,
    resolve_answers,
)
from guiju.work.trial.compare import compare_field
from guiju.work.trial.model import Answered
from tests.stats.published import shared

KIND = KINDS["relation"]
TEXT = ItemShape("text", length=200)
THINGS = FieldShape("things", "span", ("drug", "illness"))
RULES = {"treats": Allowed(("drug",), ("illness",)), "same": Allowed(symmetric=True)}
FACTS = FieldShape("facts", "relation", ("treats", "same", "causes"), options=RelationOptions("things", RULES))
FIELDS = (THINGS, FACTS)

Places = Sequence[tuple[int, int, str]]
Links = Sequence[tuple[str, int, int]]


def said(places: Places, links: Links, mark: str = "s") -> dict[str, Answer]:
    """An annotation as it is stored; `mark` begins the ids of its spans, which are each annotator's own."""
    spans = Spans(tuple(TextSpan(f"{mark}{n}", label, a, b) for n, (a, b, label) in enumerate(places)))
    made = tuple(Link(f"r{n}", label, f"{mark}{a}", f"{mark}{b}") for n, (label, a, b) in enumerate(links))
    return normalise_answers({"things": spans, "facts": Relations(made)}, FIELDS)


def facts(places: Places, links: Links, mark: str = "s") -> Relations:
    return cast("Relations", said(places, links, mark)["facts"])


ASPIRIN, HEADACHE, FEVER = (0, 7, "drug"), (15, 23, "illness"), (28, 33, "illness")
ALL = (ASPIRIN, HEADACHE, FEVER)


def test_the_ends_are_written_beside_the_ids() -> None:
    (link,) = facts(ALL, [("treats", 0, 1)]).links
    assert link.ends == (TextSpan("s0", "drug", 0, 7), TextSpan("s1", "illness", 15, 23))
    assert b'"ends":[{"end":7,"id":"s0","label":"drug","start":0},' in encode_answers(said(ALL, [("treats", 0, 1)]))


def test_what_a_client_says_of_the_ends_is_never_trusted() -> None:
    honest = said(ALL, [("treats", 0, 1)])
    lie = (TextSpan("s1", "drug", 100, 150), TextSpan("s0", "illness", 160, 170))
    links = tuple(msgspec.structs.replace(link, ends=lie) for link in cast("Relations", honest["facts"]).links)
    assert normalise_answers({**honest, "facts": Relations(links, "elsewhere")}, FIELDS) == honest


def test_a_link_without_direction_goes_from_front_to_back_whoever_drew_it() -> None:
    assert facts(ALL, [("same", 2, 1)]) == facts(ALL, [("same", 1, 2)])
    assert facts(ALL, [("causes", 2, 1)]) != facts(ALL, [("causes", 1, 2)])


def test_links_are_written_in_one_order() -> None:
    one, other = facts(ALL, [("treats", 0, 2), ("treats", 0, 1)]), facts(ALL, [("treats", 0, 1), ("treats", 0, 2)])
    assert [link.goal for link in one.links] == [link.goal for link in other.links] == ["s1", "s2"]


def test_a_label_without_direction_may_join_its_ends_either_way() -> None:
    field = field_with({"meets": Allowed(("drug",), ("illness",), symmetric=True)})
    spans = said(ALL, [])["things"]
    answer = Relations((Link("r1", "meets", "s1", "s0"),))
    assert check_answers({"things": spans, "facts": answer}, (THINGS, field), TEXT) == []


def field_with(rules: dict[str, Allowed]) -> FieldShape:
    return FieldShape("facts", "relation", tuple(rules), options=RelationOptions("things", rules))


def test_where_the_spans_are_not_asked_for_the_links_are_not_either() -> None:
    whether = FieldShape("whether", "choice", ("yes", "no"))
    things = FieldShape("things", "span", ("drug",), when=lambda told: told["whether"] == "yes")
    asking = find_asked(
        decode_answers({"whether": {"kind": "choice", "labels": ["no"]}}), (whether, things, FACTS), TEXT
    )
    assert asking.fields == {"whether"}


# Distance


def test_ids_of_spans_are_no_disagreement() -> None:
    assert KIND.distance(facts(ALL, [("treats", 0, 1)]), facts(ALL, [("treats", 0, 1)], mark="x")) == 0


def test_links_agree_where_both_ends_overlap_by_half() -> None:
    mine = facts(ALL, [("treats", 0, 1)])
    near = facts(((0, 5, "drug"), (15, 20, "illness")), [("treats", 0, 1)])
    far = facts(((0, 3, "drug"), (15, 23, "illness")), [("treats", 0, 1)])
    assert KIND.distance(mine, near) == 0
    assert KIND.distance(mine, far) == 1


def test_the_stricter_measure_wants_equal_ends() -> None:
    assert KIND.exactly is not None
    mine = facts(ALL, [("treats", 0, 1)])
    assert KIND.exactly(mine, facts(ALL, [("treats", 0, 1)], mark="x")) == 0
    assert KIND.exactly(mine, facts(((0, 6, "drug"), HEADACHE), [("treats", 0, 1)])) == 1
    assert KIND.exactly(mine, facts(((0, 7, "illness"), HEADACHE), [("treats", 0, 1)])) == 1


def test_another_label_and_another_direction_are_other_links() -> None:
    mine = facts(ALL, [("causes", 0, 1)])
    assert KIND.distance(mine, facts(ALL, [("treats", 0, 1)])) == 1
    assert KIND.distance(mine, facts(ALL, [("causes", 1, 0)])) == 1


def test_the_distance_is_what_f1_lacks() -> None:
    mine = facts(ALL, [("treats", 0, 1), ("treats", 0, 2)])
    assert KIND.distance(mine, facts(ALL, [("treats", 0, 1)])) == pytest.approx(1 - 2 / 3)
    assert KIND.distance(mine, facts(ALL, [])) == 1
    assert KIND.distance(facts(ALL, []), facts(ALL, [])) == 0


ends = st.tuples(st.integers(0, 40), st.integers(1, 9), st.sampled_from(("drug", "illness")))
places = st.lists(ends.map(lambda one: (one[0], one[0] + one[1], one[2])), min_size=2, max_size=5)
drawn = st.tuples(
    places, st.lists(st.tuples(st.sampled_from(("causes", "same")), st.integers(0, 1), st.integers(0, 1)), max_size=4)
).map(lambda one: facts(*one))


@settings(deadline=None)
@given(drawn, drawn)
def test_a_distance_is_symmetric_and_between_nought_and_one(a: Relations, b: Relations) -> None:
    assert 0 <= KIND.distance(a, b) <= 1
    assert KIND.distance(a, b) == KIND.distance(b, a)
    assert KIND.distance(a, a) == 0


def test_a_label_taken_for_another_and_what_only_one_saw() -> None:
    mine = facts(ALL, [("treats", 0, 1), ("causes", 1, 2)])
    theirs = facts(ALL, [("causes", 0, 1)], mark="x")
    assert sorted(KIND.confused(mine, theirs)) == [("causes", ""), ("treats", "causes")]


def test_ends_in_pieces_are_compared_by_their_pieces() -> None:
    def links(*pieces: tuple[int, int]) -> Relations:
        spans = Spans((TextSpan("s0", "drug", 0, 30, pieces), TextSpan("s1", "illness", 40, 50)))
        answer = Relations((Link("r1", "treats", "s0", "s1"),))
        return cast("Relations", normalise_answers({"things": spans, "facts": answer}, FIELDS)["facts"])

    assert KIND.distance(links((0, 5), (25, 30)), links((0, 5), (24, 30))) == 0
    assert KIND.distance(links((0, 5), (25, 30)), links((0, 1), (10, 30))) == 1


# Merging


def merged(*annotations: dict[str, Answer]) -> dict[str, Answer] | None:
    found = merge_annotations(annotations)
    return found and found.answer


def test_what_most_drew_stays_and_joins_the_merged_spans() -> None:
    a = said(ALL, [("treats", 0, 1), ("treats", 0, 2)])
    b = said(((0, 6, "drug"), HEADACHE, FEVER), [("treats", 0, 1)], mark="b")
    c = said(ALL, [("treats", 0, 1)], mark="c")
    found = merged(a, b, c)
    assert found is not None
    assert check_answers(found, FIELDS, TEXT) == []
    assert normalise_answers(found, FIELDS) == found
    (link,) = cast("Relations", found["facts"]).links
    assert link.ends == (TextSpan("m1", "drug", 0, 7), TextSpan("m2", "illness", 15, 23))


def test_merging_does_not_depend_on_who_came_first() -> None:
    a, b = said(ALL, [("treats", 0, 1), ("treats", 0, 2)]), said(ALL, [("treats", 0, 1)], mark="b")
    c = said((ASPIRIN, (16, 23, "illness")), [("treats", 0, 1)], mark="c")
    assert merged(a, b, c) == merged(c, a, b) == merged(b, c, a)


def test_a_tied_label_of_a_link_goes_to_a_person() -> None:
    assert merged(said(ALL, [("treats", 0, 1)]), said(ALL, [("causes", 0, 1)], mark="b")) is None


def test_one_annotation_stands_by_itself() -> None:
    found = merged(said(ALL, [("treats", 0, 1), ("same", 1, 2)]))
    assert found is not None
    assert [link.label for link in cast("Relations", found["facts"]).links] == ["treats", "same"]


def test_links_of_several_people_are_one_thing_where_their_ends_are() -> None:
    one, other = facts(ALL, [("treats", 0, 1)]), facts(ALL, [("causes", 0, 1), ("same", 1, 2)], mark="x")
    assert [[(place.answer, place.part) for place in group] for group in match_parts([one, other])] == [
        [(0, "r0"), (1, "r0")],
        [(1, "r1")],
    ]


# What a trial says of them


def test_the_report_tells_agreement_with_overlapping_and_with_exact_ends() -> None:
    mine = facts(ALL, [("treats", 0, 1), ("treats", 0, 2)])
    theirs = facts(((0, 6, "drug"), HEADACHE, FEVER), [("treats", 0, 1), ("causes", 0, 2)], mark="x")
    report = compare_field(FACTS, [Answered(1, 1, mine), Answered(1, 2, theirs)])
    assert report.exact is not None
    assert (report.observed.value, report.exact.value) == (pytest.approx(0.5), 0)
    assert [(line.a, line.b, line.count) for line in report.confusions] == [("causes", "treats", 1)]
    assert {line.label for line in report.labels} == {"treats", "causes"}


def crowd(items: int) -> list[list[dict[str, Answer]]]:
    """Spans that people really marked, each linked with the next: several annotations an item, with their own ids."""
    path = shared("data/crowd_oei/dev-crowd.jsonl")
    found: list[list[dict[str, Answer]]] = []
    for line in path.read_text(encoding="utf-8").splitlines()[:items]:
        by: dict[str, list[tuple[int, int, str]]] = {}
        for mark in json.loads(line)["annotations"]:
            place = (mark["start_offset"], mark["end_offset"], mark["label"])
            if 0 <= place[0] < place[1] and place not in by.setdefault(str(mark["user"]), []):
                by[str(mark["user"])].append(place)
        found.append(
            [said(each, [("causes", n, n + 1) for n in range(len(each) - 1)], who) for who, each in by.items()]
        )
    return found


def test_links_between_the_spans_of_a_real_crowd_are_compared_and_merged() -> None:
    matched = 0
    for annotations in crowd(60):
        given = [cast("Relations", one["facts"]) for one in annotations]
        for one in given:
            for other in given:
                relaxed, exact = KIND.distance(one, other), cast("Any", KIND.exactly)(one, other)
                assert 0 <= relaxed <= exact <= 1
                matched += one is not other and relaxed < 1
        found = merged(*annotations)
        if found is not None:
            spans = {span.id for span in cast("Spans", found["things"]).spans}
            links = cast("Relations", found["facts"]).links
            assert all({link.origin, link.goal} <= spans and link.origin != link.goal for link in links)
            assert normalise_answers(found, FIELDS) == found
    assert matched > 0


# What checks and lists read


def test_checks_read_labels_distance_and_how_many() -> None:
    columns = KIND.columns(facts(ALL, [("treats", 0, 1), ("treats", 0, 2), ("same", 1, 2)]), TEXT)
    assert columns == {
        "label": ["treats", "treats", "same"],
        "from_label": ["drug", "drug", "illness"],
        "to_label": ["illness", "illness", "illness"],
        "distance": [8.0, 21.0, 5.0],
        "links": [3.0, 3.0, 3.0],
        "same_label": [2.0, 2.0, 1.0],
        "from_same": [2.0, 2.0, 1.0],
        "to_same": [1.0, 1.0, 1.0],
    }


def test_lists_count_labels() -> None:
    assert KIND.summary(facts(ALL, [("treats", 0, 1), ("same", 1, 2), ("treats", 0, 2)])) == "treats ×2 · same ×1"
    assert KIND.summary(Relations(())) == "–"
    only = KIND.only(facts(ALL, [("treats", 0, 1), ("same", 1, 2)]), "same")
    assert [link.label for link in only.links] == ["same"]


def test_examples_number_their_spans() -> None:
    short: Any = [{"label": "treats", "from": 1, "to": 2}]
    assert KIND.expand(short) == {
        "kind": "relation",
        "links": [{"id": "e1", "label": "treats", "from": "e1", "to": "e2"}],
    }


def test_an_answer_that_leans_on_nothing_here_has_no_ends() -> None:
    found = resolve_answers({"facts": facts(ALL, [("treats", 0, 1)])}, FIELDS)
    assert [link.ends for link in cast("Relations", found["facts"]).links] == [None]
