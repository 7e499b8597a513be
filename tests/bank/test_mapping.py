"""Labels of one rulebook in another: suggested with a reason, decided by the trainer, used by draws, remembered."""

import pytest

from guiju.bank import Choice, draw_from_bank, read_search
from guiju.bank.mapping import How, Line, decide_mapping, find_mapping, forget_mapping, list_mappings, read_mapping
from guiju.bank.mapping.errors import (
    MappingIncomplete,
    MappingLosesLabels,
    MappingNotDecided,
    MappingPointsNowhere,
    NothingToMap,
)
from guiju.bank.mapping.model import Because
from guiju.bank.mapping.rules import mapping_of
from guiju.kinds import Box, Boxes
from guiju.kinds import Choice as Chosen
from guiju.kit import new_id
from guiju.people import NotAllowed, Role
from guiju.projects import set_member
from guiju.rulebooks import publish_rulebook, save_draft, starter_document
from tests.bank.test_bank import messages
from tests.inspection.build import held_answers
from tests.support.cast import Cast


def target_of(cast: Cast, document: str) -> tuple[int, int]:
    """A project with this rulebook; both numbers."""
    project = cast.another_project(f"另 {new_id()[:4]}")
    save_draft(cast.house, cast.zhou, project, document=document, from_revision=0, request_id=new_id())
    return project, publish_rulebook(cast.house, cast.zhou, project, request_id=new_id())


def renamed() -> str:
    """The starter's rulebook with other ids; the names stay."""
    document = starter_document("choice").replace("labels: a, b", "labels: first, second")
    for old, new in (("a", "first"), ("b", "second")):
        for place in ("- id: {}\n", "      - {}\n", "label: {}\n", "        - {}\n"):
            document = document.replace(place.format(old), place.format(new))
    return document


def lines(a: str | None, b: str | None) -> list[Line]:
    def line(label: str, to: str | None) -> Line:
        return Line("label", label, How.BECOMES, "label", to) if to else Line("label", label, How.NONE)

    return [line("a", a), line("b", b)]


def test_labels_are_suggested_by_name_decided_and_drawn_in_the_new_words(cast: Cast) -> None:
    made = messages(cast, ["一条留言", "两条留言"])
    target, _ = target_of(cast, renamed())
    old, new, found = read_mapping(cast.house, cast.zhou, target, made.rulebook)
    assert [(one.line.to_label, one.because, one.deposits) for one in found] == [
        ("first", Because.NAMED, 2),
        ("second", Because.NAMED, 0),
    ]
    decide_mapping(cast.house, cast.zhou, target, new_id(), old.id, [one.line for one in found])
    [known] = list_mappings(cast.house, cast.zhou, target)[1]
    assert (known.rulebook_id, known.deposits, known.is_mapped) == (made.rulebook, 2, True)
    drawn = draw_from_bank(cast.house, cast.zhou, target, new_id(), Choice(search=read_search("留言")))
    assert drawn.items == 2
    assert new.labels.keys() >= {"first", "second"}
    with cast.house.reading() as connection:
        mapping = find_mapping(connection, old.id, new.id)
    assert mapping is not None
    assert mapping.apply({"label": Chosen(("a",))}).answers == {"label": Chosen(("first",))}


def test_a_mapping_that_loses_a_label_is_refused_until_it_is_given_up_by_name(cast: Cast) -> None:
    made = messages(cast, ["一条留言"])
    target, rulebook = target_of(cast, renamed())
    losing = lines(None, "second")
    with pytest.raises(MappingLosesLabels) as refused:
        decide_mapping(cast.house, cast.zhou, target, new_id(), made.rulebook, losing)
    assert refused.value.details == {"labels": "a", "deposits": 1}
    decide_mapping(cast.house, cast.zhou, target, new_id(), made.rulebook, losing, ["a"])
    with cast.house.reading() as connection:
        mapping = find_mapping(connection, made.rulebook, rulebook)
    assert mapping is not None
    assert mapping.apply({"label": Chosen(("a",))}) == type(mapping.apply({}))(None, True, ("a",))
    draw_from_bank(cast.house, cast.zhou, target, new_id(), Choice(search=read_search("留言")))
    assert held_answers(cast, target) == {}


def test_what_was_decided_is_suggested_to_the_next_project(cast: Cast) -> None:
    made = messages(cast, ["一条留言"])
    first, _ = target_of(cast, renamed())
    decide_mapping(cast.house, cast.zhou, first, new_id(), made.rulebook, lines("second", "first"))
    second, _ = target_of(cast, renamed())
    found = read_mapping(cast.house, cast.zhou, second, made.rulebook)[2]
    assert [(one.line.to_label, one.because) for one in found] == [
        ("second", Because.REMEMBERED),
        ("first", Because.REMEMBERED),
    ]


def test_bad_mappings_are_refused_by_name(cast: Cast) -> None:
    made = messages(cast, ["一条留言"])
    target, _ = target_of(cast, renamed())
    with pytest.raises(MappingIncomplete):
        decide_mapping(cast.house, cast.zhou, target, new_id(), made.rulebook, lines("first", "second")[:1])
    with pytest.raises(MappingPointsNowhere):
        decide_mapping(cast.house, cast.zhou, target, new_id(), made.rulebook, lines("first", "third"))
    with pytest.raises(NothingToMap):
        read_mapping(cast.house, cast.zhou, target, 9_999)
    set_member(cast.house, cast.zhou, target, cast.gao.id, Role.MANAGER)
    with pytest.raises(NotAllowed):
        decide_mapping(cast.house, cast.gao, target, new_id(), made.rulebook, lines("first", "second"))


def test_boxes_of_a_lost_label_go_and_the_others_stay_to_be_looked_at() -> None:

    mapping = mapping_of([Line("objects", "a", How.BECOMES, "things", "scratch"), Line("objects", "b", How.NONE)])
    both = Boxes((Box("1", "a", 0, 0, 9, 9), Box("2", "b", 0, 0, 9, 9)))
    applied = mapping.apply({"objects": both})
    assert applied.answers == {"things": Boxes((Box("1", "scratch", 0, 0, 9, 9),))}
    assert (applied.recheck, applied.lost) == (True, ("b",))


def test_a_forgotten_mapping_brings_no_answers_any_more(cast: Cast) -> None:
    made = messages(cast, ["一条留言", "两条留言"])
    target, _ = target_of(cast, renamed())
    with pytest.raises(MappingNotDecided):
        forget_mapping(cast.house, cast.zhou, target, new_id(), made.rulebook)
    decide_mapping(cast.house, cast.zhou, target, new_id(), made.rulebook, lines("first", "second"))
    forget_mapping(cast.house, cast.zhou, target, new_id(), made.rulebook)
    [known] = list_mappings(cast.house, cast.zhou, target)[1]
    assert not known.is_mapped
    drawn = draw_from_bank(cast.house, cast.zhou, target, new_id(), Choice(search=read_search("留言")))
    assert (drawn.items, drawn.answers, drawn.recheck) == (2, 0, 0)
    set_member(cast.house, cast.zhou, target, cast.qian.id, Role.MANAGER)
    with pytest.raises(NotAllowed):
        forget_mapping(cast.house, cast.qian, target, new_id(), made.rulebook)
