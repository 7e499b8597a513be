"""Before a rulebook is published: what its changes touch and what its checks refuse, of the answers that hold."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from guiju.annotations import find_round
from guiju.kinds import Answer, Box, Boxes, Choice
from guiju.kit import Refusal, new_id
from guiju.people import NotAllowed
from guiju.planning.impact import JOBS, ask_for_impact, look_at_impact, publish_and_recheck
from guiju.planning.impact.errors import ImpactOfEarlierText, NotMeasured
from guiju.planning.impact.model import Impact
from guiju.projects import ProjectNotFound
from guiju.rulebooks import (
    NothingToPublish,
    RulebookHasProblems,
    get_draft,
    latest_published,
    publish_rulebook,
    save_draft,
)
from guiju.samples.documents import rulebook_text
from guiju.storage import Actor, Tx, work_jobs
from guiju.work import lease_tasks, open_recheck, submit_annotation
from guiju.work.actions import Answered
from guiju.work.recheck import NobodyToRecheck
from guiju.work.recheck import actions as rechecks
from tests.planning.test_closing import open_round
from tests.support.build import import_surfaces, publish_the_rulebook, service_project, sign_the_brief
from tests.support.cast import Cast

SERVICE, STEEL = rulebook_text("service"), rulebook_text("steel")
REDEFINED = SERVICE.replace("要求退货退款、仅退款、取消订单退钱，或追问退款到哪一步。", "只要提到钱退回来。")
NEVER_TWO = SERVICE.replace("expect: 'count == 1'", "expect: 'count == 0'")


def answer_all(cast: Cast, round_id: int, said: list[Mapping[str, Answer]]) -> list[int]:
    """alice answers every item, in turn with these; the items in the order of their answers."""
    items: list[int] = []
    while tasks := cast.house.write(lease_tasks(cast.house, lambda _: cast.alice, round_id, 1)):
        answers = dict(said[len(items) % len(said)])
        given = Answered(new_id(), tasks[0].slot, tasks[0].lease, 0, answers)
        cast.house.write(submit_annotation(lambda _: cast.alice, round_id, given))
        items.append(tasks[0].item.id)
    return items


def _draft(cast: Cast, document: str) -> None:
    revision = get_draft(cast.house, cast.zhou, cast.project).revision
    save_draft(cast.house, cast.zhou, cast.project, document=document, from_revision=revision, request_id=new_id())


def _measured(cast: Cast, document: str) -> Impact:
    _draft(cast, document)
    work_jobs(cast.house, JOBS, only=ask_for_impact(cast.house, cast.zhou, cast.project, request_id=new_id()))
    looked = look_at_impact(cast.house, cast.zhou, cast.project)
    assert looked.measured is not None
    assert looked.is_of_now
    return looked.measured


@pytest.fixture
def answered(cast: Cast, tmp_path: Path) -> list[int]:
    """Six messages, in turn labelled refund and exchange."""
    service_project(cast, tmp_path, 6)
    return answer_all(cast, open_round(cast), [{"intent": Choice(("refund",))}, {"intent": Choice(("exchange",))}])


def test_a_label_defined_otherwise_touches_the_items_that_hold_it(cast: Cast, answered: list[int]) -> None:
    found = _measured(cast, REDEFINED)
    (change,) = found.changes
    assert (found.examined, found.touched, change.id, change.items) == (6, 3, "refund", 3)
    assert change.shown == found.listed == sorted(answered[::2])
    assert [(check.check, check.is_new, check.items) for check in found.refused] == [("one-intent", False, 0)]


def test_a_check_that_asks_for_more_names_the_items_it_would_refuse(cast: Cast, answered: list[int]) -> None:
    found = _measured(cast, NEVER_TWO)
    assert [(one.check, one.is_new, one.items, one.parts) for one in found.refused] == [("one-intent", True, 6, 6)]
    assert found.listed == sorted(answered)


def test_wording_touches_nothing(cast: Cast, answered: list[int]) -> None:
    found = _measured(cast, SERVICE.replace("说得再重也是换货", "怎么说都是换货"))
    assert (len(answered), found.touched, found.changes) == (6, 0, [])


@pytest.mark.parametrize(
    ("add", "touched"),
    [
        ("  - {id: tone, kind: choice, labels: [refund], title: {zh: 语气, en: Tone}}\n", 6),
        ("  - {id: tone, kind: choice, labels: [refund], required: false, title: {zh: 语气, en: Tone}}\n", 0),
    ],
)
def test_a_field_that_is_new_and_required_touches_every_item(
    cast: Cast, answered: list[int], add: str, touched: int
) -> None:
    found = _measured(cast, SERVICE.replace("labels:\n  - id: logistics", f"{add}labels:\n  - id: logistics", 1))
    assert (len(answered), found.touched) == (6, touched)


def test_each_box_is_tried_by_itself(cast: Cast, tmp_path: Path) -> None:
    sign_the_brief(cast, "steel")
    publish_the_rulebook(cast, "steel")
    import_surfaces(cast, tmp_path, 2)
    wide, tall = Box("a", "scratch", 10, 10, 200, 10), Box("b", "scratch", 10, 50, 50, 12)
    first, _ = answer_all(cast, open_round(cast), [{"defects": Boxes((wide, tall))}, {"defects": Boxes((wide,))}])
    found = _measured(cast, STEEL.replace("'width >= 3 * height'", "'width >= 5 * height'"))
    told = {one.check: (one.is_new, one.items, one.parts, one.shown) for one in found.refused}
    assert told["scratch-long"] == (True, 1, 1, [first])
    assert [told[name][1] for name in told if name != "scratch-long"] == [0] * (len(told) - 1)
    assert (found.examined, found.touched) == (2, 1)


def test_figures_of_an_earlier_save_say_so(cast: Cast, answered: list[int]) -> None:
    _measured(cast, REDEFINED)
    _draft(cast, NEVER_TWO)
    looked = look_at_impact(cast.house, cast.zhou, cast.project)
    assert (len(answered), looked.is_of_now, looked.measured is None) == (6, False, False)


def test_without_a_sound_draft_nothing_is_measured(cast: Cast, answered: list[int]) -> None:
    assert answered
    with pytest.raises(NothingToPublish):
        ask_for_impact(cast.house, cast.zhou, cast.project, request_id=new_id())
    _draft(cast, SERVICE.replace("kind: choice", "kind: cube"))
    with pytest.raises(RulebookHasProblems):
        ask_for_impact(cast.house, cast.zhou, cast.project, request_id=new_id())


def test_only_who_writes_the_rulebook_has_it_tried(cast: Cast, answered: list[int]) -> None:
    assert answered
    for name, refusal in (("alice", NotAllowed), ("mallory", ProjectNotFound)):
        actor: Any = cast.people.get(name, cast.mallory)
        with pytest.raises(refusal):
            ask_for_impact(cast.house, actor, cast.project, request_id=new_id())
        with pytest.raises(refusal):
            look_at_impact(cast.house, actor, cast.project)


def test_the_page_shows_what_was_measured_and_leads_to_the_items(client: Any, cast: Cast, tmp_path: Path) -> None:
    service_project(cast, tmp_path, 2)
    items = answer_all(cast, open_round(cast), [{"intent": Choice(("refund",))}])
    cast.sign_in(client, "zhou")
    page = f"/projects/{cast.project}/rulebook/impact?lang=en"
    assert "There is no draft" in client.get(page).text
    _measured(cast, REDEFINED)
    shown = client.get(page).text
    assert "Label “refund” is defined otherwise." in shown
    assert all(f"/items/{item}" in shown for item in items)


def test_after_publishing_the_touched_items_go_to_a_recheck_in_two_steps(
    client: Any, cast: Cast, tmp_path: Path
) -> None:
    service_project(cast, tmp_path, 2)
    items = answer_all(cast, open_round(cast), [{"intent": Choice(("refund",))}])
    headers = cast.sign_in(client, "zhou")
    api = f"/api/v1/projects/{cast.project}"
    early = client.post(f"{api}/rulebook/impact/pick", headers=headers)
    assert (early.status_code, early.json()["code"]) == (404, "impact-not-measured")
    _measured(cast, REDEFINED)
    publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())
    pick = client.post(f"{api}/rulebook/impact/pick", headers=headers).json()["pick"]
    picked = client.get(f"{api}/picks/{pick}").json()
    assert sorted(picked["items"]) == sorted(items)
    assert "规则" in picked["reason"]


def test_publishing_opens_the_recheck_of_what_it_touches_in_one_request_and_once(
    cast: Cast, client: Any, answered: list[int]
) -> None:
    _measured(cast, REDEFINED)
    headers = cast.sign_in(client, "zhou")
    here = f"/projects/{cast.project}/rulebook/impact"
    assert "rulebook/impact/publish" in client.get(here).text
    assert '<dd class="num">3</dd>' in client.get(f"{here}/recheck?annotator={cast.bob.id}").text
    asked = {"id": new_id(), "annotators": ["bob@guiju.test"]}
    made = [client.post(f"/api/v1{here}/publish", json=asked, headers=headers).json() for _ in range(2)]
    assert made[0] == made[1]
    assert made[0]["items"] == 3
    taken = cast.house.write(lease_tasks(cast.house, lambda _: cast.bob, made[0]["round"], 10))
    assert {task.item.id for task in taken} == set(answered[::2])
    with cast.house.reading() as connection:
        published = latest_published(connection, cast.project)
        opened = find_round(connection, made[0]["round"])
    assert published is not None
    assert opened is not None
    assert (published.id, opened.rulebook_id) == (made[0]["rulebook"], made[0]["rulebook"])


def test_nothing_is_published_with_a_recheck_that_could_not_be_opened(cast: Cast, answered: list[int]) -> None:
    def refused(actor: Actor = cast.zhou, people: Sequence[int] = ()) -> type[Refusal]:
        with pytest.raises(Refusal) as caught:
            publish_and_recheck(cast.house, actor, cast.project, request_id=new_id(), account_ids=people)
        return caught.type

    _draft(cast, REDEFINED)
    assert refused() is NotMeasured
    _measured(cast, REDEFINED)
    assert refused(people=[cast.mallory.id]) is NobodyToRecheck
    assert refused(cast.qian) is NotAllowed
    _draft(cast, NEVER_TWO)
    assert refused() is ImpactOfEarlierText
    with cast.house.reading() as connection:
        published = latest_published(connection, cast.project)
    assert published is not None
    assert published.version == "1.0.0"
    assert len(answered) == 6


def test_a_recheck_that_was_killed_while_it_was_filled_goes_on_where_it_was(
    cast: Cast, answered: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rechecks, "FILL_ROWS", 2)
    request_id, filled, fill = new_id(), list[int](), rechecks.insert_slots

    def dies(tx: Tx, round_id: int, rows: Any) -> None:
        if filled:
            raise KeyboardInterrupt
        filled.append(round_id)
        fill(tx, round_id, rows)

    monkeypatch.setattr(rechecks, "insert_slots", dies)
    with pytest.raises(KeyboardInterrupt):
        open_recheck(cast.house, cast.zhou, cast.project, request_id=request_id, items=answered)
    monkeypatch.undo()
    opened = open_recheck(cast.house, cast.zhou, cast.project, request_id=request_id, items=answered)
    taken = cast.house.write(lease_tasks(cast.house, lambda _: cast.bob, opened, 10))
    assert sorted(task.item.id for task in taken) == sorted(answered)
    assert opened == open_recheck(cast.house, cast.zhou, cast.project, request_id=request_id, items=answered)
