"""The two routes pressed all day: what they refuse is named in the one shape."""

from pathlib import Path

from litestar import Litestar
from litestar.testing import TestClient

from guiju.annotations import RoundKind
from guiju.kit import new_id
from guiju.people import create_team, set_team_member
from guiju.work import open_production
from tests.support.build import latest_round, service_project
from tests.support.cast import Cast


def _round(cast: Cast, folder: Path) -> str:
    service_project(cast, folder, 4)
    opened = open_production(cast.house, cast.zhou, cast.project, request_id=new_id(), reason="a deadline")
    return f"/api/v1/rounds/{opened}"


def test_an_answer_travels_over_the_wire(cast: Cast, client: TestClient[Litestar], tmp_path: Path) -> None:
    round_ = _round(cast, tmp_path)
    headers = cast.sign_in(client, "alice")
    [task] = client.post(f"{round_}/lease", json={"want": 1}, headers=headers).json()["tasks"]
    answers = {"intent": {"kind": "choice", "labels": ["refund"]}}
    sent = {"id": new_id(), "slot": task["slot"], "lease": task["lease"], "answers": answers, "want": 1}
    stored = [client.post(f"{round_}/annotations", json=sent, headers=headers).json() for _ in range(2)]
    assert stored[0]["annotation"] == stored[1]["annotation"]
    assert stored[0]["annotation"]["revision"] == 1
    assert stored[0]["tasks"][0]["item"]["id"] != task["item"]["id"]


def test_a_body_that_is_no_json_is_refused_by_name(cast: Cast, client: TestClient[Litestar], tmp_path: Path) -> None:
    round_ = _round(cast, tmp_path)
    headers = cast.sign_in(client, "alice")
    for body in (b"", b"{", b'{"id": 5}', b'{"id":"x","slot":1,"answers":{"intent":{"kind":"nothing"}}}', b"\xff\xfe"):
        refused = client.post(f"{round_}/annotations", content=body, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (400, "request-unreadable")


def test_a_label_unknown_to_the_rulebook_is_told_in_the_readers_language(
    cast: Cast, client: TestClient[Litestar], tmp_path: Path
) -> None:
    round_ = _round(cast, tmp_path)
    headers = {**cast.sign_in(client, "alice"), "Accept-Language": "zh-CN"}
    [task] = client.post(f"{round_}/lease", json={"want": 1}, headers=headers).json()["tasks"]
    answers = {"intent": {"kind": "choice", "labels": ["nonsense"]}}
    sent = {"id": new_id(), "slot": task["slot"], "lease": task["lease"], "answers": answers}
    refused = client.post(f"{round_}/annotations", json=sent, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "answers-refused")
    assert refused.json()["message"] == "规则不允许这条标注。"
    assert refused.json()["details"]["problems"][0]["field"] == "intent"


def test_without_the_sessions_own_token_nothing_is_taken(
    cast: Cast, client: TestClient[Litestar], tmp_path: Path
) -> None:
    round_ = _round(cast, tmp_path)
    cast.sign_in(client, "alice")
    refused = client.post(f"{round_}/lease", json={"want": 1})
    assert (refused.status_code, refused.json()["code"]) == (403, "forged-request")


def test_a_stranger_hears_that_there_is_no_such_round(cast: Cast, client: TestClient[Litestar], tmp_path: Path) -> None:
    round_ = _round(cast, tmp_path)
    headers = cast.sign_in(client, "mallory")
    refused = client.post(f"{round_}/lease", json={"want": 1}, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (404, "round-not-found")


def test_production_can_be_kept_for_a_team_on_the_page(
    cast: Cast, client: TestClient[Litestar], tmp_path: Path
) -> None:
    service_project(cast, tmp_path, 4)
    team = create_team(cast.house, cast.admin, request_id=new_id(), name="夜班")
    set_team_member(cast.house, cast.admin, team, cast.carol.id, belongs=True)
    csrf = cast.sign_in(client, "zhou")["X-CSRF-Token"]
    page = f"/projects/{cast.project}/rounds"
    assert "夜班" in client.get(page).text
    form = {"csrf": csrf, "overlap": "1", "for": f"team-{team}", "reason": "a deadline"}
    assert client.post(f"{page}/production", data=form, follow_redirects=False).status_code == 303
    round_ = f"/api/v1/rounds/{latest_round(cast, RoundKind.PRODUCTION)}/lease"
    handed: dict[str, int] = {}
    for name in ("alice", "carol"):
        headers = cast.sign_in(client, name)
        handed[name] = len(client.post(round_, json={"want": 4}, headers=headers).json()["tasks"])
    assert handed == {"alice": 0, "carol": 4}
