"""Other labels in an answer: nothing that it says of a thing is lost, whatever becomes one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.kinds import (
    KINDS,
    Answer,
    Choice,
    Each,
    Link,
    Relations,
    Soft,
    Spans,
    TextSpan,
    encode_answers,
    kind_of,
    relabel_answers,
    same_everywhere,
)
from tests.kinds.answers import answers

NAMES = {"RBC": "cell", "WBC": "cell"}
CELLS = same_everywhere(NAMES)


def told(answer: Answer, names: dict[str, str]) -> Any:
    return relabel_answers({"f": answer}, {"f": same_everywhere(names)})["f"]


@given(answers)
def test_labels_renamed_and_renamed_back_give_the_same_bytes(answer: Answer) -> None:
    names = {"RBC": "red", "WBC": "white", "Platelets": "small"}
    back = told(told(answer, names), {new: old for old, new in names.items()})
    assert encode_answers({"f": back}) == encode_answers({"f": answer})


@given(answers)
def test_of_things_marked_only_the_label_changes(answer: Answer) -> None:
    parts = kind_of(answer).parts
    before = [(part.id, NAMES.get(part.label, part.label)) for part in parts(answer)]
    assert [(part.id, part.label) for part in parts(told(answer, NAMES))] == before


@given(st.dictionaries(st.sampled_from(["RBC", "WBC", "Platelets"]), st.integers(1, 100), min_size=1))
def test_shares_of_labels_that_become_one_are_added(weights: dict[str, int]) -> None:
    whole = sum(weights.values())
    before = KINDS["soft"].tidy(Soft({label: share / whole for label, share in weights.items()}))
    after = told(before, NAMES)
    assert sum(after.weights.values()) == pytest.approx(1)
    assert after.weights.get("cell", 0) == pytest.approx(before.weights.get("RBC", 0) + before.weights.get("WBC", 0))


def test_labels_that_become_one_are_chosen_once() -> None:
    assert told(Choice(("RBC", "Platelets", "WBC")), NAMES) == Choice(("cell", "Platelets"))


def test_spans_that_touch_stay_two() -> None:
    spans = Spans((TextSpan("a", "RBC", 0, 2), TextSpan("b", "WBC", 2, 4)))
    assert [(one.id, one.label) for one in told(spans, NAMES).spans] == [("a", "cell"), ("b", "cell")]


def test_links_tell_the_new_labels_of_the_spans_that_they_join() -> None:
    ends = (TextSpan("a", "RBC", 0, 2), TextSpan("b", "WBC", 2, 4))
    said: dict[str, Answer] = {"s": Spans(ends), "l": Relations((Link("x", "near", "a", "b", ends),), "s")}
    links = relabel_answers(said, {"s": CELLS, "l": CELLS})["l"]
    assert isinstance(links, Relations)
    assert links.links[0].ends
    assert [end.label for end in links.links[0].ends] == ["cell", "cell"]


def test_each_part_is_told_apart_by_its_id() -> None:
    said: dict[str, Answer] = {"t": Each("turn", {"1": Choice(("RBC",)), "2": Choice(("RBC",))})}
    found = relabel_answers(said, {"t": lambda label, part: f"{label}-{part}"})["t"]
    assert isinstance(found, Each)
    assert [one.labels for one in found.answers.values()] == [("RBC-1",), ("RBC-2",)]  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue, reportUnknownVariableType]


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.labelled], ids=lambda kind: kind.name)
def test_every_kind_with_labels_knows_how(kind: Any) -> None:
    assert kind.relabel is not KINDS["text"].relabel
