"""From scenes upward: labels with examples in the rulebook's draft, and a trial drawn evenly over them."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from guiju.briefs import find_gaps, get_brief, parse_brief, render_brief
from guiju.findings.upward.actions import label_from_scene, open_scene_trial, share_to_brief
from guiju.findings.upward.errors import BadLabelId, LabelThere, NothingToDraw, ShareOutside
from guiju.kit import new_id
from guiju.people import NotAllowed
from guiju.rulebooks import errors_of, get_draft, parse_rulebook, save_draft
from guiju.samples.documents import rulebook_text
from guiju.scenes import View, describe_scene, hashes_by_scene
from guiju.scenes.reading import list_scene_acts
from guiju.work.errors import NobodyToAnnotate
from guiju.work.tables import slot
from tests.findings.test_analysis import analyse
from tests.scenes.conftest import Finder, texts
from tests.support.build import publish_the_rulebook, sign_the_brief


@pytest.fixture
def found(finder: Finder) -> Finder:
    finder.bring(texts(12))
    finder.make(4)
    return finder


def first_scene(found: Finder, name: str, definition: str) -> int:
    scene = found.read().tree.lines[0].scene.id
    described: dict[str, Any] = {"name": name, "definition": definition, "request_id": new_id()}
    return describe_scene(found.house, found.cast.zhou, found.project, View.TEXT, scene, **described)


def label(found: Finder, scene: int, said: str = "") -> str:
    return label_from_scene(
        found.house, found.cast.zhou, found.project, View.TEXT, scene, request_id=new_id(), label=said
    )


def test_a_scene_becomes_the_first_label_of_a_rulebook_that_nobody_wrote_yet(found: Finder) -> None:
    scene = first_scene(found, "Late refunds", "Money is to come back and did not.")
    assert label(found, scene) == "late-refunds"
    draft = parse_rulebook(get_draft(found.house, found.cast.zhou, found.project).document)
    assert [each.id for each in draft.labels] == ["late-refunds"]
    assert draft.labels[0].definition["en"] == "Money is to come back and did not."
    assert draft.fields[0].labels == ("late-refunds",)
    assert not errors_of(get_draft(found.house, found.cast.zhou, found.project).problems)
    assert draft.examples
    assert all(each.answer == {"label": ["late-refunds"]} and each.text for each in draft.examples)


def test_what_people_wrote_around_it_stays_with_its_comments(found: Finder) -> None:
    house, zhou = found.house, found.cast.zhou
    written = rulebook_text("service").replace("labels:\n  - id: logistics", "labels:\n  # ours\n  - id: logistics")
    save_draft(house, zhou, found.project, document=written, from_revision=0, request_id=new_id())
    label(found, first_scene(found, "Anything else", "All that is none of the above."))
    document = get_draft(house, zhou, found.project).document
    assert "# ours" in document
    before, after = parse_rulebook(written), parse_rulebook(document)
    assert after.labels[: len(before.labels)] == before.labels
    assert after.clauses == before.clauses
    assert after.labels[-1].id == "anything-else"


def test_a_label_is_not_added_twice_nor_under_an_id_that_is_none(found: Finder) -> None:
    scene = first_scene(found, "退款", "要求退钱。")
    assert label(found, scene) == f"scene-{scene}"
    with pytest.raises(LabelThere):
        label(found, scene)
    with pytest.raises(BadLabelId):
        label(found, scene, "Not an id")
    with pytest.raises(NotAllowed):
        label_from_scene(found.house, found.cast.xing, found.project, View.TEXT, scene, request_id=new_id())


def test_a_trial_has_as_many_items_from_each_scene_and_the_seed_is_on_record(found: Finder) -> None:
    house, cast = found.house, found.cast
    sign_the_brief(cast)
    publish_the_rulebook(cast)
    told, people = new_id(), [cast.alice.id, cast.bob.id]
    arguments = (house, cast.zhou, found.project, View.TEXT)
    with pytest.raises(NobodyToAnnotate):
        open_scene_trial(*arguments, request_id=new_id(), each=2, account_ids=people[:1])
    with pytest.raises(NothingToDraw):
        open_scene_trial(*arguments, request_id=new_id(), each=2, account_ids=people, scenes=[10**9])
    trial = open_scene_trial(*arguments, request_id=told, each=2, account_ids=people)
    assert open_scene_trial(*arguments, request_id=told, each=2, account_ids=people) == trial
    scenes = hashes_by_scene(house, cast.zhou, found.project, View.TEXT)
    with house.reading() as connection:
        items = list(connection.execute(select(slot.c.item_id).where(slot.c.round_id == trial)).scalars())
    assert len(items) == 2 * 2 * len(scenes)
    assert len(set(items)) == 2 * len(scenes)
    act = list_scene_acts(house, cast.zhou, found.project, View.TEXT)[0]
    assert (act.act, act.details["seed"], act.details["items"]) == ("draw", told, 2 * len(scenes))


def test_a_scenes_share_goes_into_the_brief_and_is_held_against_what_is_there(found: Finder) -> None:
    house, cast, scene = found.house, found.cast, first_scene(found, "Late refunds", "Money did not come back.")
    arguments = (house, cast.zhou, found.project, View.TEXT, scene)
    line = found.read().tree.find(scene)
    assert line is not None
    assert share_to_brief(*arguments, request_id=new_id()) == pytest.approx(line.items / 48, abs=1e-4)
    told = new_id()
    assert share_to_brief(*arguments, request_id=told, share=0.9) == 0.9
    assert share_to_brief(*arguments, request_id=told, share=0.9) == 0.9, "sent twice, written once"
    _, current = get_brief(house, cast.lin, found.project)
    assert current is not None
    brief = parse_brief(current.document)
    assert dict(brief.mix) == {"Late refunds": 0.9}
    assert parse_brief(render_brief(brief)) == brief
    over = replace(brief, mix={**brief.mix, "others": 0.2})
    assert [gap.code for gap in find_gaps(over) if gap.place == "mix"] == ["mix-over-whole"]
    analysis = analyse(cast)
    [wanted] = analysis.wanted
    assert (wanted.of, wanted.wanted, wanted.items, wanted.all) == ("scene", 0.9, line.items, 48)
    assert wanted.high < 0.9
    with pytest.raises(ShareOutside):
        share_to_brief(*arguments, request_id=new_id(), share=1.5)
    with pytest.raises(NotAllowed):
        share_to_brief(house, cast.xing, found.project, View.TEXT, scene, request_id=new_id())
