"""The inspector's bench: what is laid before whom, and verdicts that are given from it once."""

from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.annotations import RoundKind
from guiju.inspection import Finding, Outcome, Weight, decide_lot, draw_lot, get_lot, judge
from guiju.inspection.bench.rules import start_of
from guiju.inspection.model import DefectType, Scope
from guiju.kinds import encode_answers
from guiju.kit import new_id
from guiju.people import Role
from guiju.projects import set_member
from guiju.site.guards import FindActor
from guiju.storage import Actor
from guiju.work import Task, lease_tasks
from tests.inspection.build import Made, boxes, judge_all, make_pictures, make_texts
from tests.support.build import latest_round
from tests.support.cast import Cast

Client = TestClient[Litestar]
Headers = dict[str, str]


@pytest.fixture
def made(cast: Cast) -> Made:
    return make_pictures(cast, 20)


@pytest.fixture
def lot(cast: Cast, made: Made) -> int:
    return draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="1.0")


@pytest.fixture
def hu(cast: Cast, client: Client) -> Headers:
    return cast.sign_in(client, "hu")


def api(made: Made, lot: int) -> str:
    return f"/api/v1/projects/{made.project}/lots/{lot}"


def laid(client: Client, made: Made, lot: int, **asked: int) -> list[dict[str, Any]]:
    answer = client.get(f"{api(made, lot)}/bench", params={"rulebook": made.rulebook, **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()["tasks"]


def give(client: Client, headers: Headers, made: Made, lot: int, item: int, **said: object) -> Any:
    body = {"id": new_id(), "item": item, "outcome": "pass", **said}
    return client.post(f"{api(made, lot)}/verdicts", json=body, headers=headers)


MISSED: dict[str, object] = {"outcome": "defect", "type": "missed", "severity": "minor", "note": "右上角"}


def corrected(*found: tuple[str, float, float, float, float]) -> dict[str, Any]:
    return msgspec.json.decode(encode_answers(boxes(*found)))


def boot_of(page: str) -> dict[str, Any]:
    return msgspec.json.decode(page.split('id="boot">')[1].split("</script>", maxsplit=1)[0])


def test_the_page_begins_with_what_can_be_wrong_with_each_field_and_how_badly(
    client: Client, hu: Headers, made: Made, lot: int
) -> None:
    boot = boot_of(client.get(f"/projects/{made.project}/lots/{lot}/inspect?lang=en").text)
    told = [each["id"] for each in boot["defects"]["objects"]]
    assert told == ["missed", "extra", "wrong-label", "loose-box", "wrong-angle", "merged"]
    assert boot["severities"][0] == {"id": "critical", "name": "critical"}
    assert boot["lot"]["tally"]["left"] == boot["lot"]["tally"]["n"] > 0
    assert boot["rulebook"]["id"] == made.rulebook


def test_places_come_in_the_order_drawn_with_the_answer_that_is_judged(
    cast: Cast, client: Client, hu: Headers, made: Made, lot: int
) -> None:
    drawn = [place.item_id for place in get_lot(cast.house, cast.hu, made.project, lot).sample]
    tasks = laid(client, made, lot, want=3)
    assert [task["slot"] for task in tasks] == drawn[:3]
    assert tasks[0]["answers"] == tasks[0]["judged"]
    assert tasks[0]["judged"]["objects"]["kind"] == "box"
    assert tasks[0]["item"]["url"] == f"/media/items/{drawn[0]}"
    assert laid(client, made, lot, rulebook=made.rulebook + 1) == []


def test_what_was_judged_is_not_laid_again_unless_it_is_asked_for(
    client: Client, hu: Headers, made: Made, lot: int
) -> None:
    first, second = (task["slot"] for task in laid(client, made, lot, want=2))
    right = corrected(("a", 4, 4, 20, 10), ("b", 30, 20, 12, 8))
    answer = give(client, hu, made, lot, first, **MISSED, clause="C1", correction=right)
    assert answer.json()["tally"]["defective"] == 1
    assert [task["slot"] for task in laid(client, made, lot, want=1)] == [second]
    again, *others = laid(client, made, lot, want=2, item=first)
    assert others[0]["slot"] == second
    assert (again["revision"], again["answers"], again["answers"] == again["judged"]) == (1, right, False)
    assert again["said"] == {
        "outcome": "defect",
        "type": "missed",
        "severity": "minor",
        "clause": "C1",
        "note": "右上角",
    }


def test_a_second_inspector_begins_where_the_first_is_not(cast: Cast, client: Client, made: Made, lot: int) -> None:
    cast.sign_in(client, "xing")
    drawn = [place.item_id for place in get_lot(cast.house, cast.hu, made.project, lot).sample]
    judge(cast.house, cast.hu, made.project, lot, drawn[0], new_id(), Finding(Outcome.PASS))
    middle = len(drawn) // 2
    assert [task["slot"] for task in laid(client, made, lot, want=20)] == [*drawn[middle:], *drawn[1:middle]]
    cast.sign_in(client, "hu")
    assert [task["slot"] for task in laid(client, made, lot, want=20)] == drawn[1:]


def test_starts_lie_in_the_widest_gap() -> None:
    assert [start_of(rank) for rank in range(6)] == [0, 1 / 2, 1 / 4, 3 / 4, 1 / 8, 5 / 8]


def test_a_verdict_sent_twice_counts_once(cast: Cast, client: Client, hu: Headers, made: Made, lot: int) -> None:
    item = laid(client, made, lot, want=1)[0]["slot"]
    said = {**MISSED, "id": new_id(), "revision": 0}
    answers = [give(client, hu, made, lot, item, **said) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    [verdict] = [each.verdict for each in get_lot(cast.house, cast.hu, made.project, lot).sample if each.verdict]
    assert verdict.revision == 1
    assert give(client, hu, made, lot, item, id="x").json()["code"] == "bad-request-id"


def test_a_verdict_given_meanwhile_is_not_overwritten_unseen(
    cast: Cast, client: Client, hu: Headers, made: Made, lot: int
) -> None:
    item = laid(client, made, lot, want=1)[0]["slot"]
    judge(cast.house, cast.xing, made.project, lot, item, new_id(), Finding(Outcome.PASS))
    refused = give(client, hu, made, lot, item, **MISSED, revision=0)
    assert (refused.status_code, refused.json()["code"]) == (409, "stale-verdict")
    seen = refused.json()["details"]["revision"]
    assert give(client, hu, made, lot, item, **MISSED, revision=seen).status_code == 201


def test_once_the_lot_is_decided_nothing_is_laid_and_no_verdict_is_taken(
    cast: Cast, client: Client, hu: Headers, made: Made, lot: int
) -> None:
    item = laid(client, made, lot, want=1)[0]["slot"]
    judge_all(cast, made.project, lot)
    decide_lot(cast.house, cast.zhou, made.project, lot, new_id())
    refused = give(client, hu, made, lot, item, **MISSED)
    assert (refused.status_code, refused.json()["code"]) == (409, "lot-decided")
    late = client.get(f"{api(made, lot)}/bench", params={"rulebook": made.rulebook})
    assert (late.status_code, late.json()["code"]) == (409, "lot-decided")


def test_nothing_left_to_judge_leads_back_to_the_lot(
    cast: Cast, client: Client, hu: Headers, made: Made, lot: int
) -> None:
    judge_all(cast, made.project, lot)
    answer = client.get(f"/projects/{made.project}/lots/{lot}/inspect", follow_redirects=False)
    assert answer.headers["location"].startswith(f"/projects/{made.project}/lots/{lot}?said=")


def test_nobody_is_laid_their_own_work_and_only_inspectors_are_laid_any(
    cast: Cast, client: Client, made: Made, lot: int
) -> None:
    item = get_lot(cast.house, cast.hu, made.project, lot).sample[0].item_id
    for name, status in (("alice", 403), ("lin", 403), ("mallory", 404)):
        headers = cast.sign_in(client, name)
        assert client.get(f"{api(made, lot)}/bench", params={"rulebook": made.rulebook}).status_code == status
        assert give(client, headers, made, lot, item).status_code == status
        assert client.get(f"/projects/{made.project}/lots/{lot}/inspect").status_code == status
    set_member(cast.house, cast.zhou, made.project, cast.alice.id, Role.ANNOTATOR | Role.INSPECTOR)
    headers = cast.sign_in(client, "alice")
    assert laid(client, made, lot, want=5) == []
    assert give(client, headers, made, lot, item).json()["code"] == "own-work-inspected"
    assert client.get(f"{api(made, lot)}/bench", params={"rulebook": 1, "item": item}).status_code == 403


def test_an_item_outside_the_sample_is_refused_by_name(client: Client, hu: Headers, made: Made, lot: int) -> None:
    outside = max(made.items) + 1
    assert give(client, hu, made, lot, outside).json()["code"] == "not-in-sample"
    asked = client.get(f"{api(made, lot)}/bench", params={"rulebook": made.rulebook, "item": outside})
    assert (asked.status_code, asked.json()["code"]) == (404, "not-in-sample")


def test_rework_shows_what_was_judged_and_what_it_should_have_been(
    cast: Cast, client: Client, hu: Headers, made: Made, lot: int
) -> None:
    place = get_lot(cast.house, cast.hu, made.project, lot).sample[0]
    right = boxes(("a", 4, 4, 20, 10), ("b", 30, 20, 10.5, 8), ("b", 2, 30, 9, 9))
    finding = Finding(
        Outcome.DEFECT, DefectType.MISSED, Weight.CRITICAL, "C1", "左下角", encode_answers(right).decode()
    )
    judge(cast.house, cast.hu, made.project, lot, place.item_id, new_id(), finding)
    for other in get_lot(cast.house, cast.hu, made.project, lot).sample[1:]:
        judge(cast.house, cast.hu, made.project, lot, other.item_id, new_id(), Finding(Outcome.PASS))
    decide_lot(cast.house, cast.zhou, made.project, lot, new_id(), scope=Scope.DEFECTS)
    [task] = lease(cast, cast.alice, latest_round(cast, RoundKind.REWORK))
    found = msgspec.json.decode(task.found)
    assert (found["what"], found["severity"], found["clause"], found["note"]) == ("missed", "critical", "C1", "左下角")
    assert found["right"] == msgspec.json.decode(encode_answers(right))
    assert found["judged"] == msgspec.json.decode(task.answers)
    assert task.note in {"C1 · missed · → +b ×1 · 左下角", "C1 · missed · → +b ×2 · 左下角"}


def lease(cast: Cast, who: Actor, round_id: int) -> list[Task]:
    find: FindActor = lambda _connection: who  # noqa: E731 - who asks, as the request would tell
    return cast.house.write(lease_tasks(cast.house, find, round_id, 3))


def test_texts_come_with_their_text(cast: Cast, client: Client) -> None:
    made = make_texts(cast, 20)
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="1.0")
    cast.sign_in(client, "hu")
    [task] = laid(client, made, lot, want=1)
    assert "申请退款" in task["item"]["text"]
