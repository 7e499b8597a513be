"""Answers for each part: one form, one meaning, matched between annotators, merged part by part."""

import json
from collections.abc import Mapping
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from guiju.kinds import (
    KINDS,
    Answer,
    BadAnswer,
    Boxes,
    Choice,
    Each,
    FieldShape,
    ItemShape,
    Rating,
    Spans,
    TextSpan,
    decode_answers,
    encode_answers,
    find_asked,
    kind_of,
    match_parts,
    merge_annotations,
    normalise_answers,
)
from guiju.work.trial.compare import compare_parts
from guiju.work.trial.model import Given
from tests.kinds.answers import box, drawn

YES, NO, ASK, COMPLAIN = (Choice((label,)) for label in ("yes", "no", "ask", "complain"))
INTENT = FieldShape("intent", "choice", ("ask", "complain"), target="turn")
OCCLUDED = FieldShape("occluded", "choice", ("yes", "no"), target="cells")


def turns(**answers: Any) -> Each[Any]:
    return Each("turn", {name.removeprefix("t"): answer for name, answer in answers.items()})


def seen(cells: Boxes, **answers: Any) -> dict[str, Answer]:
    return {"cells": cells, "occluded": Each("cells", dict(answers))}


def merged(*annotations: Mapping[str, Answer]) -> dict[str, Answer]:
    found = merge_annotations(annotations)
    assert found is not None
    return found.answer


def test_equal_answers_are_written_with_equal_bytes_whatever_came_first() -> None:
    one, other = {"intent": turns(t10=ASK, t2=COMPLAIN)}, {"intent": turns(t2=COMPLAIN, t10=ASK)}
    assert encode_answers(one) == encode_answers(other)
    assert decode_answers(encode_answers(one)) == one
    assert json.loads(encode_answers(one))["intent"]["of"] == "turn"


WRONG: list[Any] = [
    {"kind": "each", "of": "turn", "answers": {"1": {"kind": "each", "of": "turn", "answers": {}}}},
    {"kind": "each", "of": "turn", "answers": {"": {"kind": "choice", "labels": []}}},
    {"kind": "each", "of": "turn", "answers": [{"kind": "choice", "labels": []}]},
    {"kind": "each", "answers": {}},
    {"kind": "each", "of": "turn", "answers": {}, "sure": True},
]


@pytest.mark.parametrize("wire", WRONG)
def test_what_is_no_answer_of_each_part_is_refused(wire: Any) -> None:
    with pytest.raises(BadAnswer):
        decode_answers({"intent": wire})


def test_a_field_that_nobody_answered_of_any_part_is_absent() -> None:
    assert normalise_answers({"intent": turns()}, [INTENT]) == {}
    several = FieldShape("intent", "choice", ("ask", "complain"), target="turn")
    assert normalise_answers({"intent": turns(t1=Choice(("complain", "ask")))}, [several]) == {
        "intent": turns(t1=Choice(("ask", "complain")))
    }


def test_answers_are_apart_by_the_mean_over_their_parts() -> None:
    distance = kind_of(turns()).distance
    assert distance(turns(t1=ASK, t2=ASK), turns(t1=ASK, t2=COMPLAIN)) == pytest.approx(0.5)
    assert distance(turns(t1=ASK), turns(t1=ASK, t2=ASK)) == pytest.approx(0.5)
    assert distance(turns(), turns()) == 0
    assert distance(turns(), Each("cells", {})) == 1


def test_turns_are_merged_turn_by_turn_and_a_tie_goes_to_a_person() -> None:
    three = [{"intent": turns(t1=ASK, t2=one)} for one in (ASK, COMPLAIN, COMPLAIN)]
    assert merged(*three) == {"intent": turns(t1=ASK, t2=COMPLAIN)}
    assert merge_annotations(three[:2]) is None


def test_a_part_that_most_left_out_is_left_out_and_half_of_them_decide_nothing() -> None:
    full, bare = {"intent": turns(t1=ASK, t2=ASK)}, {"intent": turns(t1=ASK)}
    assert merged(full, bare, bare) == bare
    assert merged(full, full, bare) == full
    assert merge_annotations([full, bare]) is None


def test_boxes_are_the_same_by_where_they_lie_and_not_by_their_ids() -> None:
    ann = seen(drawn(box(0, 0, name="b1"), box(100, 0, name="b2")), b1=YES, b2=NO)
    ben = seen(drawn(box(101, 0, name="b1"), box(1, 0, name="b2", label="WBC")), b1=NO, b2=YES)
    cy = seen(drawn(box(0, 1, name="x")), x=YES)
    found = merged(ann, ben, cy)
    assert found["cells"] == drawn(box(0, 0, name="m1"), box(100.5, 0, name="m2"))
    assert found["occluded"] == Each("cells", {"m1": YES, "m2": NO})
    assert all(merged(*order) == found for order in permutations((ann, ben, cy)))


def test_parts_of_every_marking_kind_are_matched_by_their_own_distance() -> None:
    ann = Spans((TextSpan("s1", "per", 0, 4), TextSpan("s2", "loc", 10, 12)))
    ben = Spans((TextSpan("s1", "loc", 10, 12), TextSpan("s2", "loc", 0, 3)))
    groups = [[(place.answer, place.part) for place in group] for group in match_parts([ann, None, ben])]
    assert groups == [[(0, "s1"), (2, "s2")], [(0, "s2"), (2, "s1")]]


def given(item: int, who: int, answers: Mapping[str, Answer]) -> Given:
    return Given(item, who, answers)


def test_agreement_on_turns_counts_every_turn_and_names_the_dialogues() -> None:
    same = turns(t1=ASK, t2=COMPLAIN, t3=ASK)
    other = turns(t1=ASK, t2=ASK, t3=ASK)
    said = [(7, 1, same), (7, 2, same), (8, 1, same), (8, 2, other)]
    report = compare_parts(INTENT, [given(item, who, {"intent": answer}) for item, who, answer in said])
    assert (report.observed.value, report.observed.n) == (pytest.approx(5 / 6), 6)
    assert [(line.a, line.b, line.count, line.items) for line in report.confusions] == [("ask", "complain", 1, (8,))]
    assert [(line.item_id, line.observed) for line in report.worst] == [(8, 0)]


def test_agreement_on_boxes_reads_the_boxes_that_both_drew() -> None:
    ann = seen(drawn(box(0, 0, name="b1"), box(100, 0, name="b2"), box(300, 0, name="b3")), b1=YES, b2=NO, b3=YES)
    ben = seen(drawn(box(100, 0, name="b1"), box(0, 0, name="b2")), b1=NO, b2=NO)
    report = compare_parts(OCCLUDED, [given(1, 1, ann), given(1, 2, ben)])
    assert (report.observed.value, report.observed.n) == (pytest.approx(1 / 2), 2)


def test_ratings_of_parts_are_read_by_rank() -> None:
    anger = FieldShape("anger", "rating", (), target="turn")
    told = [given(1, who, {"anger": turns(t1=Rating(1), t2=Rating(value))}) for who, value in ((1, 2), (2, 3))]
    assert compare_parts(anger, told).kind == "rating"


def marked_answers() -> list[Any]:
    """An answer of every kind that marks things, from the fixtures that both sides share."""
    found: dict[str, Any] = {}
    for path in sorted((Path(__file__).parent / "fixtures").glob("*.json")):
        for row in json.loads(path.read_text(encoding="utf-8")):
            if row["valid"] and path.stem in KINDS and KINDS[path.stem].marks:
                answer = decode_answers({"one": row["wire"]})["one"]
                if len(kind_of(answer).parts(answer)) > 0:
                    found.setdefault(path.stem, answer)
    return [pytest.param(answer, id=name) for name, answer in found.items()]


def test_there_is_an_answer_of_every_kind_that_marks_things() -> None:
    assert {param.id for param in marked_answers()} == {name for name, kind in KINDS.items() if kind.marks}


@pytest.mark.parametrize("answer", marked_answers())
def test_whatever_is_marked_is_the_same_as_itself_and_can_be_asked_about(answer: Any) -> None:
    parts = [part.id for part in kind_of(answer).parts(answer)]
    asked = FieldShape("asked", "choice", ("yes",), target="marked")
    shape = ItemShape("image", width=10_000, height=10_000)
    found = find_asked({"marked": answer}, [FieldShape("marked", "box", ()), asked], shape)
    assert [part.id for part in found.parts["asked"]] == parts
    groups = match_parts([answer, answer])
    assert sorted(tuple(place.part for place in group) for group in groups) == sorted((part, part) for part in parts)
