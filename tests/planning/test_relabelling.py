"""Labels renamed, merged and split over the answers of record: one act, read first, undone by one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.annotations import find_resolutions
from guiju.kinds import Answer, Choice
from guiju.kit import new_id
from guiju.planning import relabelling
from guiju.planning.relabelling import Asked, Kind, Relabelling, Split, State, Target
from guiju.rulebooks import latest_published
from guiju.storage import work_jobs
from guiju.web.jobs import HANDLERS
from tests.planning.test_closing import open_round
from tests.planning.test_impact import answer_all
from tests.support.build import service_project
from tests.support.cast import Cast

MERGE = Asked(["refund", "exchange"], [Target("return", "退换", "Return")], "Nobody tells them apart.")


@pytest.fixture
def answered(cast: Cast, tmp_path: Path) -> list[int]:
    """Six messages, in turn labelled refund, exchange and logistics."""
    service_project(cast, tmp_path, 6)
    said: list[Mapping[str, Answer]] = [{"intent": Choice((name,))} for name in ("refund", "exchange", "logistics")]
    return answer_all(cast, open_round(cast), said)


def asked_for(cast: Cast, asked: Asked) -> int:
    made = relabelling.propose(cast.house, cast.zhou, cast.project, asked, request_id=new_id())
    work_jobs(cast.house, HANDLERS)
    return made


def done(cast: Cast, asked: Asked) -> Relabelling:
    made = asked_for(cast, asked)
    relabelling.act_on(cast.house, cast.zhou, cast.project, made, request_id=new_id())
    work_jobs(cast.house, HANDLERS)
    return looked(cast, made)


def undone(cast: Cast, made: int) -> Relabelling:
    back = relabelling.undo(cast.house, cast.zhou, cast.project, made, reason="It was wrong.", request_id=new_id())
    work_jobs(cast.house, HANDLERS)
    return looked(cast, back)


def looked(cast: Cast, made: int) -> Relabelling:
    return relabelling.look_at(cast.house, cast.zhou, cast.project, made).mine


def holding(cast: Cast) -> dict[int, tuple[Any, ...]]:
    """What holds, but for the ids and times of the rows themselves."""
    with cast.house.reading() as connection:
        found = find_resolutions(connection, cast.project)
    return {
        one.item_id: (one.answers, one.rulebook_id, one.round_id, one.origin, one.annotation_id, one.annotator_id)
        for one in found
    }


def intents(cast: Cast) -> list[str]:
    return [answers.split('"labels":["')[1].split('"')[0] for answers, *_ in holding(cast).values()]


def document(cast: Cast) -> str:
    with cast.house.reading() as connection:
        found = latest_published(connection, cast.project)
        assert found
        return found.version


def test_what_would_change_is_read_and_nothing_changes(cast: Cast, answered: list[int]) -> None:
    before = holding(cast)
    found = looked(cast, asked_for(cast, MERGE))
    assert found.state is State.READY
    assert found.found
    assert (found.found.answers, found.found.annotations, found.found.by_label) == (
        4,
        4,
        {"refund": 2, "exchange": 2},
    )
    assert {(one.before, one.after) for one in found.found.shown} == {("refund", "return"), ("exchange", "return")}
    assert holding(cast) == before
    assert document(cast) == "1.0.0"


def test_labels_merged_are_one_label_from_one_moment_on(cast: Cast, answered: list[int]) -> None:
    made = done(cast, MERGE)
    assert made.state is State.DONE
    assert intents(cast) == ["return", "return", "logistics"] * 2
    assert document(cast) == "2.0.0"
    assert made.came_of
    assert (made.came_of.answers, made.came_of.kept) == (4, 0)


def test_undoing_puts_back_what_held_and_undoing_that_does_it_again(cast: Cast, answered: list[int]) -> None:
    before = holding(cast)
    made = done(cast, MERGE)
    after = {item: answers for item, (answers, *_) in holding(cast).items()}
    back = undone(cast, made.id)
    assert (back.state, back.act) == (State.DONE, Kind.UNDO)
    assert holding(cast) == before
    again = undone(cast, back.id)
    assert again.state is State.DONE
    assert {item: answers for item, (answers, *_) in holding(cast).items()} == after


SPLIT = [Target("refund_money", "退款", "Money back"), Target("refund_goods", "退货", "Goods back")]


def split(rule: relabelling.Rule, **told: Any) -> Asked:
    return Asked(["refund"], SPLIT, "They are two things.", split=Split(rule, **told))


def test_a_split_by_a_list_leaves_the_rest_to_a_recheck(cast: Cast, answered: list[int]) -> None:
    first, second = answered[0], answered[3]
    made = done(cast, split(relabelling.Rule.ITEMS, by={"refund_money": [str(first)]}))
    assert made.came_of
    assert holding(cast)[first][0] == '{"intent":{"kind":"choice","labels":["refund_money"]}}'
    assert holding(cast)[second][0] == '{"intent":{"kind":"choice","labels":["refund"]}}'
    assert (made.came_of.answers, made.came_of.rechecked, len(made.came_of.rechecks)) == (1, 1, 1)
    assert undone(cast, made.id).state is State.DONE
    assert intents(cast) == ["refund", "exchange", "logistics"] * 2


def test_a_split_by_a_condition_decides_every_answer(cast: Cast, answered: list[int]) -> None:
    done(cast, split(relabelling.Rule.CHECK, condition="count == 1"))
    assert intents(cast) == ["refund_money", "exchange", "logistics"] * 2


def test_the_pages_lead_from_the_labels_to_the_act_and_back(
    cast: Cast, client: TestClient[Litestar], answered: list[int]
) -> None:
    here = f"/projects/{cast.project}/rulebook"
    csrf = cast.sign_in(client, "zhou")["X-CSRF-Token"]
    client.headers["Accept-Language"] = "en"
    assert "Rename" in client.get(f"{here}/labels").text
    assert "refund" in client.get(f"{here}/relabel?act=split&source=refund&rule=scene&parts=3").text
    form = {"csrf": csrf, "source": ["refund", "exchange"], "act": "merge", "id1": "return", "parts": "1"}
    refused = client.post(f"{here}/relabel", data=form)
    assert (refused.status_code, "needs a reason" in refused.text) == (422, True)
    asked = client.post(f"{here}/relabel", data={**form, "reason": "One thing."}, follow_redirects=False)
    one = asked.headers["location"]
    work_jobs(cast.house, HANDLERS)
    assert "Change 4 answers and publish 2.0.0" in client.get(one).text
    client.post(f"{one}/act", data={"csrf": csrf})
    work_jobs(cast.house, HANDLERS)
    assert "4 answers of record say it in the new labels." in client.get(one).text
    assert client.get(f"{one}/progress").headers["HX-Refresh"] == "true"
    back = client.post(f"{one}/undo", data={"csrf": csrf, "reason": "Two."}, follow_redirects=False).headers["location"]
    work_jobs(cast.house, HANDLERS)
    assert "4 answers are as they were before." in client.get(back).text
    assert "It was undone." in client.get(one).text


def test_a_program_does_it_by_the_api(cast: Cast, client: TestClient[Litestar], answered: list[int]) -> None:
    here, headers = f"/api/v1/projects/{cast.project}/rulebook", cast.sign_in(client, "zhou")

    def sent(path: str, **told: object) -> Any:
        answer = client.post(f"{here}/{path}", json={"id": new_id(), **told}, headers=headers)
        work_jobs(cast.house, HANDLERS)
        return answer.json()

    target = {"id": "money_back", "zh": "退钱", "en": "Money back"}
    made = sent("relabellings", sources=["refund"], targets=[target], reason="The id was wrong.")["relabelling"]
    assert client.get(f"{here}/relabellings/{made}").json()["version"] == "2.0.0"
    sent(f"relabellings/{made}/act")
    assert {one["id"]: one["aliases"] for one in client.get(f"{here}/labels").json()}["money_back"] == ["refund"]
    sent(f"relabellings/{made}/undo", reason="It was right.")
    assert [one["act"] for one in client.get(f"{here}/relabellings").json()] == ["undo", "rename"]
    again = sent("relabellings", sources=["refund"], targets=[target], reason="Once more.")["relabelling"]
    sent_away = client.post(f"{here}/relabellings/{again}/discard", json={"id": new_id()}, headers=headers)
    assert sent_away.status_code == 204
