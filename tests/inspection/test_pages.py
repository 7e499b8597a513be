"""Lots in the browser's and the program's hands: pages, routes, commands."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from typer.testing import CliRunner

from guiju.cli.bank import app as bank_cli
from guiju.cli.lot import app as lot_cli
from guiju.cli.verdicts import read_findings
from guiju.inspection import BadVerdictFile, draw_lot, get_lot
from guiju.kit import new_id
from tests.inspection.build import accept_a_lot, judge_all, make_texts, sign_a_brief
from tests.support.cast import Cast

Client = TestClient[Litestar]


def _form(headers: dict[str, str], **fields: object) -> dict[str, Any]:
    return {"csrf": headers["X-CSRF-Token"], "request_id": new_id(), **fields}


def test_a_lot_goes_through_its_pages_to_its_decision(cast: Cast, client: Client) -> None:
    made = make_texts(cast, 20)
    sign_a_brief(cast, made.project)
    headers, home = cast.sign_in(client, "hu"), f"/projects/{made.project}/lots"
    assert f"{home}/draw" in client.get(home).text
    assert "13" in client.get(f"{home}/draw").text
    drawn = client.post(home, data=_form(headers, aql="", level="", size="", round=""), follow_redirects=False)
    lot = drawn.headers["location"]
    judge_all(cast, made.project, int(lot.rsplit("/", 1)[1]))
    assert client.post(f"{lot}/decide", data=_form(headers)).status_code == 200
    assert get_lot(cast.house, cast.hu, made.project, int(lot.rsplit("/", 1)[1])).lot.state == "accepted"


def test_the_api_draws_judges_decides_and_resubmits(cast: Cast, client: Client) -> None:
    made = make_texts(cast, 20)
    headers, home = cast.sign_in(client, "hu"), f"/api/v1/projects/{made.project}/lots"
    lot = client.post(home, json={"id": new_id(), "aql": 1.0}, headers=headers).json()["lot"]
    sample = client.get(f"{home}/{lot}/sample").json()["sample"]
    for place in sample:
        said = {"id": new_id(), "item": place["item"], "outcome": "defect", "type": "wrong-label", "severity": "major"}
        answer = client.post(f"{home}/{lot}/verdicts", json=said, headers=headers)
        assert answer.status_code == 201, answer.text
    decided = client.post(f"{home}/{lot}/decide", json={"id": new_id()}, headers=headers)
    assert decided.json() == {"state": "rejected"}
    report = client.get(f"{home}/{lot}").json()
    assert report["lot"]["tally"]["defective"] == len(sample)
    assert report["in_rework"] == 20
    early = client.post(f"{home}/{lot}/resubmit", json={"id": new_id()}, headers=headers)
    assert (early.status_code, early.json()["code"]) == (409, "rework-not-done")
    assert client.get(home).json()["lots"][0]["number"] == 1
    assert client.get(f"{home}/{lot}/items").json()["items"] == made.items


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
@pytest.mark.parametrize("day", ["2026-99-99", "gestern", "9999-12-31"])
def test_a_day_that_is_none_is_told_on_the_page_and_by_api(cast: Cast, client: Client, day: str) -> None:
    made = make_texts(cast, 3)
    sign_a_brief(cast, made.project)
    cast.sign_in(client, "hu")
    shown = client.get(f"/projects/{made.project}/lots/draw?whose=d-{day}")
    assert shown.status_code == 200
    assert f"“{day}”" in shown.text
    refused = client.get(f"/api/v1/projects/{made.project}/lots/preview?day={day}")
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown-day")


def test_pages_and_routes_refuse_the_stranger(cast: Cast, client: Client) -> None:
    made = make_texts(cast, 20)
    lot = accept_a_lot(cast, made)
    cast.sign_in(client, "mallory")
    for prefix in ("/projects", "/api/v1/projects"):
        home = f"{prefix}/{made.project}"
        for path in ("lots", f"lots/{lot}", "deliveries", "deliveries/1/package"):
            assert client.get(f"{home}/{path}").status_code == 404, path
    assert client.get(f"/projects/{made.project}/lots/{lot}/inspect").status_code == 404
    assert client.get("/bank?q=留言").status_code == 403
    assert client.get("/api/v1/bank?q=留言").status_code == 403
    assert client.get("/bank/1/thumb").status_code == 403


def test_deliveries_and_bank_have_their_pages(cast: Cast, client: Client) -> None:
    from guiju.bank import SUBSCRIBERS
    from guiju.storage import pump, work_jobs
    from guiju.web.jobs import HANDLERS

    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    headers, home = cast.sign_in(client, "zhou"), f"/projects/{made.project}/deliveries"
    assert client.post(home, data=_form(headers, format="jsonl", include="accepted")).status_code == 200
    pump(cast.house.database, SUBSCRIBERS)
    work_jobs(cast.house, HANDLERS)
    assert f"{home}/1/package" in client.get(home).text
    package = client.get(f"{home}/1/package")
    assert (package.status_code, package.content[:2]) == (200, b"PK")
    assert client.get(f"/api/v1/projects/{made.project}/deliveries").json()["deliveries"][0]["items"] == 20
    assert "第0条留言" in client.get("/bank?label=a").text
    target = cast.another_project()
    drawn = client.post("/bank/draws", data=_form(headers, project=target, q="", label="a"))
    assert drawn.status_code == 200, drawn.text
    drawn = client.post("/api/v1/bank/draws", json={"id": new_id(), "project": target, "label": "b"}, headers=headers)
    assert drawn.json()["items"] == 10


def test_the_command_line_judges_from_a_file_and_decides(cast: Cast, tmp_path: Path) -> None:
    made = make_texts(cast, 20)
    home = ["--home", str(cast.house.home), "--database", cast.house.database.url, "--json"]
    run = CliRunner().invoke(lot_cli, ["draw", str(made.project), "--aql", "1.0", *home])
    assert run.exit_code == 0, run.output
    drawn = msgspec.json.decode(run.output)
    verdicts = tmp_path / "verdicts.csv"
    rows = [f"{place['item']},pass,,,," for place in drawn["sample"]]
    verdicts.write_text("item,outcome,type,severity,clause,note\n" + "\n".join(rows) + "\n")
    lot = str(drawn["lot"]["id"])
    judged = CliRunner().invoke(lot_cli, ["judge", str(made.project), lot, str(verdicts), *home])
    assert judged.exit_code == 0, judged.output
    decided = CliRunner().invoke(lot_cli, ["decide", str(made.project), lot, *home])
    assert msgspec.json.decode(decided.output)["lot"]["state"] == "accepted"
    nothing = CliRunner().invoke(bank_cli, ["search", "留言", *home])
    assert msgspec.json.decode(nothing.output) == {"found": [], "more": False}


def test_a_bad_line_of_a_verdict_file_is_named(tmp_path: Path) -> None:
    place = tmp_path / "verdicts.csv"
    place.write_text("item,outcome,type,severity,clause,note\n1,pass,,,,\n2,perhaps,,,,\n")
    with pytest.raises(BadVerdictFile) as refused:
        list(read_findings(place))
    assert refused.value.details["line"] == 3


def test_a_lots_page_tells_the_risk_and_how_to_draw_again(cast: Cast, client: Client) -> None:
    made = make_texts(cast, 60)
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="1.0")
    judge_all(cast, made.project, lot, defects=1)
    cast.sign_in(client, "lin")
    shown = client.get(f"/projects/{made.project}/lots/{lot}?lang=en").text
    assert get_lot(cast.house, cast.lin, made.project, lot).lot.seed in shown
    assert "With 1.0% of the lot defective" in shown
    assert "Ready to be rejected" in shown
