"""Pages and routes of consents, mappings and withdrawals, as a person and as a program meet them."""

from typing import Any

from litestar.testing import TestClient

from guiju.storage import pump, work_jobs
from guiju.web.jobs import HANDLERS
from guiju.web.subscribers import SUBSCRIBERS
from tests.bank.test_bank import messages
from tests.bank.test_consents import open_to_all
from tests.bank.test_mapping import renamed, target_of
from tests.support.cast import Cast

SAID = {"purpose": "训练", "words": "同意其他项目使用本项目的数据。", "document": "合同 7", "until": "2999-12-31"}


def worked(cast: Cast) -> None:
    for _ in range(2):
        pump(cast.house.database, SUBSCRIBERS)
        work_jobs(cast.house, HANDLERS)


def test_a_consent_is_given_a_project_withdrawn_and_the_report_read(cast: Cast, client: TestClient[Any]) -> None:
    project = open_to_all(cast, ["一条留言", "两条留言，电话 13800138000"])
    headers = cast.sign_in(client, "lin")
    here = f"/projects/{project}/left"
    assert "没有客户的同意记录" in client.get(here).text or "no consent" in client.get(here).text
    client.post(here, data={"act": "give", "csrf": headers["X-CSRF-Token"], **SAID}, follow_redirects=False)
    worked(cast)
    left = client.get(f"/api/v1{here}").json()
    assert (left["general"], left["held"], left["consents"][0]["document"]) == (1, {"personal-data": 1}, "合同 7")
    assert "mobile:1" in client.get(here).text
    page = client.get(f"/bank/withdrawals?project={project}").text
    assert 'name="typed"' in page
    name = client.get(f"/api/v1/projects/{project}").json()["name"]
    form = {"scope": "project", "project": project, "extent": "all", "reason": "合同终止", "typed": name}
    asked = client.post("/bank/withdrawals", data={**form, "csrf": headers["X-CSRF-Token"]}, follow_redirects=False)
    assert asked.status_code == 303, asked.text
    worked(cast)
    report = client.get(asked.headers["location"])
    assert report.status_code == 200
    assert "annotation" in report.text
    told = client.get("/api/v1" + asked.headers["location"]).json()
    assert (told["state"], told["report"]["items"]) == ("done", {"origin": 2})
    cast.sign_in(client, "mallory")
    assert client.get(asked.headers["location"]).status_code == 404
    assert client.get(here).status_code == 404


def test_labels_are_mapped_on_a_page(cast: Cast, client: TestClient[Any]) -> None:
    made = messages(cast, ["一条留言"])
    target, _ = target_of(cast, renamed())
    headers = cast.sign_in(client, "zhou")
    here = f"/projects/{target}/label-maps"
    shown = client.get(f"{here}?of={made.rulebook}").text
    assert 'value="label/first" selected' in shown
    form = {"of": made.rulebook, "line": ["label/a", "label/b"], "to label/a": "", "to label/b": "label/second"}
    refused = client.post(here, data={**form, "csrf": headers["X-CSRF-Token"]})
    assert refused.status_code == 409
    kept = client.post(here, data={**form, "given_up": "a", "csrf": headers["X-CSRF-Token"]}, follow_redirects=False)
    assert kept.status_code == 303, kept.text
    maps = client.get(f"/api/v1{here}", params={"of": made.rulebook}).json()
    assert [(one["how"], one["because"]) for one in maps["lines"]] == [("none", "decided"), ("becomes", "decided")]
