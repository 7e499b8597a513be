"""The brief's pages and routes: the form keeps what was typed, the API says the same, the stranger is refused."""

import re
from typing import Any

import pytest

from guiju.briefs import Facet, parse_brief
from guiju.briefs.trades import find_trade, list_trades
from guiju.kit import new_id
from guiju.samples.documents import brief_text
from tests.support.cast import Cast

STEEL = brief_text("steel")


def _put(client: Any, cast: Cast, headers: dict[str, str], **values: Any) -> Any:
    body = {"id": new_id(), "document": STEEL, **values}
    return client.put(f"/api/v1/projects/{cast.project}/brief", json=body, headers=headers)


def test_the_api_saves_reads_and_signs(client: Any, cast: Cast) -> None:
    saved = _put(client, cast, cast.sign_in(client, "zhou"))
    assert saved.status_code == 200, saved.text
    assert (saved.json()["version"], saved.json()["revision"]) == (1, 1)
    assert [gap["code"] for gap in saved.json()["gaps"]] == ["question-open"]
    headers = cast.sign_in(client, "lin")
    body = {"id": new_id(), "version": 1, "revision": 1}
    signed = client.post(f"/api/v1/projects/{cast.project}/brief/sign", json=body, headers=headers)
    assert signed.json()["signed_by"] == cast.lin.id
    shown = client.get(f"/api/v1/projects/{cast.project}/brief").json()
    assert shown["document"] == STEEL
    assert shown["signed_at"]


def test_the_api_refuses_a_stale_save_by_name(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    _put(client, cast, headers)
    refused = _put(client, cast, headers)
    assert (refused.status_code, refused.json()["code"]) == (409, "brief-is-stale")


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_the_form_shows_seven_facets_and_saves_what_is_typed(client: Any, cast: Cast, lang: str) -> None:
    headers = cast.sign_in(client, "zhou")
    page = client.get(f"/projects/{cast.project}/brief?lang={lang}")
    assert page.status_code == 200
    assert page.text.count("<textarea") == 14
    form = {
        "csrf": headers["X-CSRF-Token"], "version": "0", "revision": "0",
        "title.zh": "钢板", "what.zh": "在图像上框出六类缺陷", "volume": "1,200", "measure": "alpha", "at_least": "0.7",
        "rule": "lower95", "aql": "2.5", "level": "I", "due": "2027-03-28", "unit_price": "", "rights": "general",
        "question.text": ["第一问？", "", "第三问？"], "question.owner": ["林", "", "周"],
        "question.due": ["2027-01-02", "", ""], "question.answer": ["", "", "答"],
    }  # fmt: skip
    answer = client.post(f"/projects/{cast.project}/brief", data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    brief = parse_brief(client.get(f"/api/v1/projects/{cast.project}/brief").json()["document"])
    assert (brief.figures.volume, brief.figures.agreement.rule, brief.figures.rights) == (1200, "lower95", "general")
    assert [(q.text, q.owner, q.answer) for q in brief.questions] == [("第一问？", "林", ""), ("第三问？", "周", "答")]
    assert brief.questions[0].due is not None


def test_a_refused_form_comes_back_with_everything_that_was_typed(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    form = {"csrf": headers["X-CSRF-Token"], "version": "4", "title.zh": "我刚写的", "what.zh": "一段很长的话"}
    figures = {
        "measure": "observed",
        "at_least": "0.8",
        "rule": "point",
        "aql": "1",
        "level": "II",
        "rights": "customer",
    }
    answer = client.post(f"/projects/{cast.project}/brief", data={**form, **figures}, follow_redirects=False)
    assert answer.status_code == 409
    assert "我刚写的" in answer.text
    assert "一段很长的话" in answer.text


def test_a_file_is_imported_and_given_back_as_it_was(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    fields = {"csrf": headers["X-CSRF-Token"], "version": "0", "revision": "0"}
    files = {"file": ("brief.yaml", ("# 一句注释\n" + STEEL).encode(), "application/yaml")}
    answer = client.post(f"/projects/{cast.project}/brief/import", data=fields, files=files, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    assert client.get(f"/projects/{cast.project}/brief/1/brief.yaml").text == "# 一句注释\n" + STEEL


def test_the_requester_signs_on_the_page(client: Any, cast: Cast) -> None:
    _put(client, cast, cast.sign_in(client, "zhou"))
    headers = cast.sign_in(client, "lin")
    assert f'action="/projects/{cast.project}/brief/sign"' in client.get(f"/projects/{cast.project}/brief").text
    form = {"csrf": headers["X-CSRF-Token"], "version": "1", "revision": "1"}
    assert client.post(f"/projects/{cast.project}/brief/sign", data=form, follow_redirects=False).status_code == 303
    page = client.get(f"/projects/{cast.project}/brief?lang=en").text
    assert re.search(r'class="tag good">signed', page)
    assert f'action="/projects/{cast.project}/brief/sign"' not in page


def test_who_may_not_write_reads_without_a_form(client: Any, cast: Cast) -> None:
    _put(client, cast, cast.sign_in(client, "zhou"))
    cast.sign_in(client, "alice")
    page = client.get(f"/projects/{cast.project}/brief")
    assert page.status_code == 200
    assert "<textarea" not in page.text
    assert "5,000" in page.text


@pytest.mark.parametrize("path", ["/projects/{}/brief", "/projects/{}/brief/1", "/projects/{}/brief/1/brief.yaml"])
def test_the_stranger_is_refused_on_every_page(client: Any, cast: Cast, path: str) -> None:
    _put(client, cast, cast.sign_in(client, "zhou"))
    headers = cast.sign_in(client, "mallory")
    assert client.get(path.format(cast.project)).status_code == 404
    assert client.get(f"/api/v1/projects/{cast.project}/brief").status_code == 404
    assert _put(client, cast, headers, version=1, revision=1).status_code == 404


FORM = {
    "measure": "observed", "at_least": "0.8", "rule": "point", "aql": "1", "level": "II", "rights": "customer",
    "version": "0", "revision": "0", "title.zh": "钢板", "trade": "inspection",
}  # fmt: skip


def _draft(client: Any, cast: Cast, headers: dict[str, str], **typed: Any) -> str:
    form = {"csrf": headers["X-CSRF-Token"], **FORM, **typed}
    answer = client.post(f"/projects/{cast.project}/brief/draft?lang=en", data=form)
    assert answer.status_code == 200, answer.text
    return answer.text


def _found(page: str, place: str) -> str:
    return page.partition(f'id="found-{place}"')[2].partition("</div>")[0]


def test_findings_stand_beside_the_facet_as_one_writes_and_nothing_is_saved(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    typed = {"what.zh": "尽量把划痕都框出来。", "volume": "5000", "unit_price": "0.45", "budget": "2000"}
    page = _draft(client, cast, headers, **typed)
    assert "尽量" in _found(page, "what")
    assert "尽量" not in _found(page, "why")
    assert "5,000 × 0.45 = 2,250 CNY" in _found(page, "budget")
    assert client.get(f"/api/v1/projects/{cast.project}/brief").status_code == 404


def test_a_trade_brings_its_questions_and_one_of_them_becomes_an_open_question(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    page = _draft(client, cast, headers)
    trade = find_trade("inspection")
    assert trade is not None
    asked = trade.questions[Facet.WHY][0]["en"]
    assert asked in page.partition('id="asks-why"')[2].partition("</div>")[0]
    page = _draft(client, cast, headers, act="ask:why:0")
    assert f'name="question.text" value="{asked}"' in page
    page = _draft(client, cast, headers, **{"what.zh": "尽量框紧一点。"}, act="gap:ambiguous-word|what|尽量")
    assert 'name="question.text" value="“尽量”: How far exactly' in page
    page = _draft(client, cast, headers, **{"question.text": ["甲？", "乙？"]}, act="drop:0")
    assert 'value="乙？"' in page
    assert 'value="甲？"' not in page


def test_a_conflict_shows_both_texts_and_loses_neither(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    _put(client, cast, headers)
    _put(client, cast, headers, version=1, revision=1, document=STEEL.replace("替代人工目检", "别人写的一句"))
    brief = parse_brief(STEEL)
    form = {
        **FORM, "csrf": headers["X-CSRF-Token"], "version": "1", "revision": "1", "title.zh": brief.title["zh"],
        "title.en": brief.title["en"], "why.zh": "我写的一句话在这里。", "volume": "5000",
    }  # fmt: skip
    for facet, text in brief.facets.items():
        form = {f"{facet}.zh": text["zh"], f"{facet}.en": text["en"], **form}
    answer = client.post(f"/projects/{cast.project}/brief", data=form, follow_redirects=False)
    assert answer.status_code == 409, answer.text
    assert "我写的一句话在这里。" in answer.text
    assert "别人写的一句" in answer.text
    assert 'name="revision" value="2"' in answer.text


def test_a_new_signature_says_which_gates_move(client: Any, cast: Cast) -> None:
    _put(client, cast, cast.sign_in(client, "zhou"))
    headers = cast.sign_in(client, "lin")
    sign = {"id": new_id(), "version": 1, "revision": 1}
    client.post(f"/api/v1/projects/{cast.project}/brief/sign", json=sign, headers=headers)
    changed = STEEL.replace("aql: 1.0", "aql: 2.5").replace("AQL 1.0", "AQL 2.5")
    _put(client, cast, headers, version=1, revision=1, document=changed)
    page = client.get(f"/projects/{cast.project}/brief?lang=en").text
    moved = page.partition('id="moved"')[2].partition("</div>")[0]
    assert "1 · II" in moved
    assert "2.5 · II" in moved
    changes = client.get(f"/projects/{cast.project}/brief/2/changes?lang=en").text
    assert "<del>1.0</del><ins>2.5</ins>" in changes
    assert "No gate moves." in client.get(f"/projects/{cast.project}/brief/1/changes?lang=en").text
    assert client.get(f"/projects/{cast.project}/brief/2/changes?since=9").status_code == 404


def test_questions_are_answered_and_comments_written_by_program(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    _put(client, cast, headers)
    question = parse_brief(STEEL).questions[1].text
    path = f"/api/v1/projects/{cast.project}/brief"
    body = {"id": new_id(), "question": question, "answer": "单独提示。", "facet": "how"}
    answered = client.post(f"{path}/answers", json=body, headers=headers)
    assert answered.status_code == 200, answered.text
    assert answered.json()["gaps"] == []
    said = {"id": new_id(), "place": "how", "text": "抽样太松"}
    written = client.post(f"{path}/comments", json=said, headers=headers)
    assert written.status_code == 200, written.text
    client.post(f"{path}/comments/{written.json()['id']}/settle", json={"id": new_id()}, headers=headers)
    (comment,) = client.get(f"{path}/comments").json()
    assert (comment["text"], comment["place"], bool(comment["settled_at"])) == ("抽样太松", "how", True)


def test_a_file_that_is_not_utf_8_is_refused_by_its_byte(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    fields = {"csrf": headers["X-CSRF-Token"], "version": "0", "revision": "0"}
    files = {"file": ("brief.yaml", "title: 钢板\n".encode("gbk"), "application/yaml")}
    answer = client.post(f"/projects/{cast.project}/brief/import", data=fields, files=files, follow_redirects=False)
    assert answer.status_code == 422


def test_every_trade_asks_in_both_languages_about_every_facet() -> None:
    for trade in list_trades():
        for facet in Facet:
            asked = trade.questions[facet]
            assert len(asked) >= 2, (trade.code, facet)
            assert all(question["zh"] and question["en"] and question["zh"] != question["en"] for question in asked)


@pytest.mark.parametrize(("format", "starts"), [("docx", b"PK"), ("html", b"<!"), ("pdf", b"%PDF"), ("yaml", b"title")])
def test_a_version_goes_out_on_paper(client: Any, cast: Cast, format: str, starts: bytes) -> None:  # noqa: A002
    _put(client, cast, cast.sign_in(client, "zhou"))
    answer = client.get(f"/api/v1/projects/{cast.project}/brief/versions/1/export?format={format}")
    assert answer.status_code == 200, answer.text
    assert answer.content.lower().startswith(starts.lower())
    assert client.get(f"/api/v1/projects/{cast.project}/brief/versions/9/export").status_code == 404


def test_the_paper_of_a_draft_says_so_and_escapes_what_strangers_wrote(client: Any, cast: Cast) -> None:
    _put(client, cast, cast.sign_in(client, "zhou"), document=STEEL.replace("替代人工目检", "<script>x</script>"))
    page = client.get(f"/projects/{cast.project}/brief/1/export?format=html&lang=en").text
    assert "Not signed: this is a draft." in page
    assert "<script>x" not in page
    assert "Mark scratches" not in page
    assert "5,000" in page
