"""Exams over HTTP: a model sits as a person does, a round asks for the certificate, and nobody can make one."""

import json
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import func, select
from typer.testing import CliRunner

from guiju.cli import app as app_of_commands
from guiju.exams.errors import AnswersUnreadable
from guiju.kinds import encode_answers
from guiju.kit import new_id
from guiju.people import create_team, create_token, set_team_member
from guiju.people.tables import qualification
from guiju.work import CertificateWanted, demand_certificate, lease_tasks, open_production
from tests.support.cast import Cast
from tests.support.exams import begin, examined_project, right_answers, sit

Client = TestClient[Litestar]
# What is served is the same on each database; the writes themselves are tried on both next door.
pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


def as_model(cast: Cast) -> dict[str, str]:
    """A program that annotates: an account with a token."""
    token = create_token(cast.house, cast.bob, request_id=new_id(), name="model")
    return {"Authorization": f"Bearer {token.secret}"}


def test_a_model_fetches_its_paper_hands_in_answers_and_is_marked_as_anybody(
    cast: Cast, tmp_path: Path, client: Client
) -> None:
    exam, model = examined_project(cast, tmp_path), as_model(cast)
    paper = client.post(f"/api/v1/exams/{exam}/sittings", json={"id": new_id()}, headers=model).json()
    assert [question["place"] for question in paper["questions"]] == [1, 2, 3, 4, 5]
    assert "'right':" not in str(paper)
    known = right_answers(cast)
    answers = [
        {"item": one["item"]["id"], "answers": _wire(known[one["item"]["id"]])} for one in paper["questions"][1:]
    ]
    at = f"/api/v1/sittings/{paper['sitting']['id']}"
    assert client.get(at, headers=model).json()["questions"] == []
    stored = client.post(f"{at}/answers", json={"id": new_id(), "answers": answers, "hand_in": True}, headers=model)
    assert stored.json() == {"stored": 4, "handed_in": True}
    result = client.get(at, headers=model).json()
    assert (result["sitting"]["score"], result["sitting"]["passed"], result["certified"]) == (0.8, True, True)
    assert [one["yours"] is None for one in result["questions"]] == [True, False, False, False, False]


def _wire(answers: Any) -> Any:
    return json.loads(encode_answers(answers))


def test_a_round_that_asks_for_the_certificate_gives_items_to_nobody_else_and_says_where_the_exam_is(
    cast: Cast, tmp_path: Path, client: Client
) -> None:
    exam = examined_project(cast, tmp_path)
    production = open_production(
        cast.house, cast.zhou, cast.project, request_id=new_id(), reason="the date", certified=True
    )
    with pytest.raises(CertificateWanted) as refused:
        cast.house.write(lease_tasks(cast.house, lambda _: cast.carol, production, 1))
    assert refused.value.details["where"] == f"/projects/{cast.project}/exams"
    headers = cast.sign_in(client, "carol")
    shown = client.get(f"/projects/{cast.project}/rounds/{production}/work")
    assert (shown.status_code, f'href="/projects/{cast.project}/exams"' in shown.text) == (403, True)
    assert client.post(f"/api/v1/rounds/{production}/lease", json={}, headers=headers).status_code == 403
    sit(cast, cast.carol, exam)
    assert len(cast.house.write(lease_tasks(cast.house, lambda _: cast.carol, production, 1))) == 1
    with pytest.raises(CertificateWanted):
        cast.house.write(lease_tasks(cast.house, lambda _: cast.bob, production, 1))
    demand_certificate(cast.house, cast.zhou, production, certified=False)
    assert len(cast.house.write(lease_tasks(cast.house, lambda _: cast.bob, production, 1))) == 1


def test_no_route_makes_a_certificate(cast: Cast, tmp_path: Path, app: Litestar, client: Client) -> None:
    sitting = begin(cast, cast.carol, examined_project(cast, tmp_path))
    headers = cast.sign_in(client, "carol")
    forged: dict[str, Any] = {
        "id": new_id(), "account": cast.carol.id, "version": "1.0.0", "major": 1, "score": 1.0, "passed": True,
        "sitting": sitting.id, "certified": True, "answers": [], "state": "open",
    }  # fmt: skip
    writing = {"POST", "PUT", "PATCH", "DELETE"}
    tried = 0
    for path, route in ((route.path, route) for route in app.routes):
        for method in writing & set(getattr(route, "methods", ())):
            if not any(word in path for word in ("exam", "sitting", "certificate", "people", "account")):
                continue
            filled = path.replace("{project_id:int}", str(cast.project)).replace("{sitting_id:int}", str(sitting.id))
            filled = filled.replace("{exam_id:int}", str(sitting.exam_id)).replace(
                "{account_id:int}", str(cast.carol.id)
            )
            if "hand-in" in filled:
                continue
            client.request(method, filled, json=forged, headers=headers)
            tried += 1
    for name in ("certificates", "qualifications"):
        at = f"/api/v1/projects/{cast.project}/{name}"
        assert client.post(at, json=forged, headers=headers).status_code >= 400
    assert tried > 8
    assert client.post(
        f"/api/v1/sittings/{sitting.id}/hand-in", json={**forged, "id": new_id()}, headers=headers
    ).is_success
    with cast.house.reading() as connection:
        assert connection.execute(select(func.count()).select_from(qualification)).scalar() == 0


def test_the_workbench_of_a_paper_shows_no_ruling_and_no_example_that_tells_what_is_asked(
    cast: Cast, tmp_path: Path, client: Client
) -> None:
    sitting = begin(cast, cast.carol, examined_project(cast, tmp_path, size=17))
    cast.sign_in(client, "carol")
    shown = client.get(f"/projects/{cast.project}/rounds/{sitting.round_id}/work", follow_redirects=True)
    assert shown.url.path == f"/projects/{cast.project}/sittings/{sitting.id}/work"
    boot = _boot(shown.text)
    assert boot["rulings"] == []
    assert len(boot["rulebook"]["examples"]) == 1


def _boot(text: str) -> dict[str, Any]:
    return json.loads(text.partition('id="boot">')[2].partition("</script>")[0])


def test_the_pages_lead_from_setting_up_to_the_result(cast: Cast, tmp_path: Path, client: Client) -> None:
    first = examined_project(cast, tmp_path)
    headers = cast.sign_in(client, "zhou")
    at = f"/projects/{cast.project}/exams"
    assert "18" in client.get(at).text
    form = {"csrf": headers["X-CSRF-Token"], "size": "4", "pass_mark": "75", "minutes": "10", "feedback": "at-end"}
    assert client.post(at, data=form).status_code == 200
    cast.sign_in(client, "carol")
    listed = client.get(at)
    assert listed.text.count("/sittings") == 2
    result = sit(cast, cast.carol, first, lambda place: place > 2)
    shown = client.get(f"/projects/{cast.project}/sittings/{result.sitting.id}")
    assert shown.status_code == 200
    assert "C" in shown.text
    cast.sign_in(client, "zhou")
    roll = client.get(f"{at}/{first}")
    assert "Carol" in roll.text
    assert client.get("/people/1").status_code in {200, 403}
    cast.sign_in(client, "mallory")
    for path in (at, f"{at}/{first}", f"/projects/{cast.project}/sittings/{result.sitting.id}"):
        assert client.get(path).status_code == 404


def test_certificates_stand_with_the_account_the_team_and_the_members(
    cast: Cast, tmp_path: Path, client: Client
) -> None:
    exam = examined_project(cast, tmp_path)
    sit(cast, cast.carol, exam)
    begin(cast, cast.bob, exam)
    cast.sign_in(client, "carol")
    assert f"/projects/{cast.project}/sittings/1" in client.get("/account").text
    cast.sign_in(client, "bob")
    assert f"/projects/{cast.project}/sittings/2" in client.get("/work").text
    assert "1.0.0" in client.get(f"/projects/{cast.project}/members").text
    team = create_team(cast.house, cast.admin, request_id=new_id(), name="One")
    set_team_member(cast.house, cast.admin, team, cast.carol.id, belongs=True)
    cast.sign_in(client, "admin")
    assert "1.0.0" in client.get(f"/people/{cast.carol.id}").text
    assert '<td class="r num">1</td>' in client.get(f"/people/teams/{team}").text


def test_a_program_sits_by_command(cast: Cast, tmp_path: Path) -> None:
    exam = examined_project(cast, tmp_path, size=3)
    [listed] = run(cast, "zhou", "list", str(cast.project))["exams"]
    assert (listed["exam"]["id"], listed["exam"]["size"]) == (exam, 3)
    paper = run(cast, "carol", "begin", str(exam))
    known = right_answers(cast)
    items = [question["item"]["id"] for question in paper["questions"]]
    lines = [json.dumps({"item": item, "answers": _wire(known[item])}) for item in items]
    path = tmp_path / "answers.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    result = run(cast, "carol", "answer", str(paper["sitting"]["id"]), str(path), "--hand-in")
    assert (result["sitting"]["score"], result["certified"]) == (1.0, True)
    assert [line["name"] for line in run(cast, "zhou", "show", str(exam))["sittings"]] == ["Carol"]
    assert run(cast, "zhou", "certificates", str(cast.project))[0]["version"] == "1.0.0"
    path.write_text('{"item": "x"}', encoding="utf-8")
    assert isinstance(run(cast, "carol", "answer", "1", str(path), fails=True), AnswersUnreadable)


def run(cast: Cast, name: str, *words: str, fails: bool = False) -> Any:
    """A command on the test's home, as somebody; what it printed as JSON, or why it was refused."""
    asked = ["exam", *words, "--home", str(cast.house.home), "--as", f"{name}@guiju.test", "--json"]
    done = CliRunner().invoke(app_of_commands, asked)
    assert done.exit_code == int(fails), done.output
    return done.exception if fails else json.loads(done.output)
