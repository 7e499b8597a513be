"""Before anything is imported: what was recognised, what somebody says instead, and what is said the next time."""

import json
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from typer.testing import CliRunner

from guiju.cli.data import app
from guiju.data import JOBS, Columns, find_items, item_ids, start_import
from guiju.data.intake import errors
from guiju.data.intake.model import Origin, Take, Unit
from guiju.data.mapping import store
from guiju.data.mapping.actions import preview_import
from guiju.data.mapping.model import Preview
from guiju.data.model import Media
from guiju.kit import new_id
from guiju.storage import work_jobs
from tests.data.conftest import Importer, picture_bytes

Write = Callable[[str, bytes | str], Path]
Client = TestClient[Litestar]
CALLS = "编号,渠道,问,答\n1,电话,几点开门,九点\n2,网页,能退吗,能\n3,网页,,不\n"


def look(importer: Importer, path: Path, columns: Columns | None = None) -> Preview:
    return preview_import(importer.house, importer.cast.zhou, importer.cast.project, [path], columns)


def bring(importer: Importer, path: Path, columns: Columns, origin: Origin | None = None) -> int:
    cast = importer.cast
    about: dict[str, Any] = {"columns": columns, "origin": origin}
    started = start_import(importer.house, cast.zhou, cast.project, request_id=new_id(), paths=[path], **about)
    work_jobs(importer.house, JOBS, only=started.job)
    return started.source


def test_a_table_is_recognised_and_nothing_of_it_is_kept(importer: Importer, write: Write) -> None:
    seen = look(importer, write("calls.csv", CALLS.encode("gbk")), Columns(text="问"))
    assert [(part.name, part.format, part.encoding, part.records) for part in seen.parts] == [
        ("calls.csv", "csv", "gb18030", 3)
    ]
    assert (seen.header, seen.delimiter, seen.rows[0]) == (
        ["编号", "渠道", "问", "答"], ",", ["1", "电话", "几点开门", "九点"],
    )  # fmt: skip
    assert (seen.columns.media, seen.columns.name, seen.looked, seen.taken) == (Media.TEXT, "编号", 3, 2)
    assert next((one.name, one.text, one.meta) for one in seen.shown) == (
        "1",
        "几点开门",
        {"渠道": "电话", "答": "九点"},
    )
    assert [(one.name, one.refusal and one.refusal.code) for one in seen.refused] == [("3", "text-empty")]
    with importer.house.reading() as connection:
        assert item_ids(connection, importer.cast.project) == []


def test_where_the_text_column_is_unclear_the_columns_are_shown_to_choose_from(
    importer: Importer, write: Write
) -> None:
    seen = look(importer, write("calls.csv", CALLS))
    assert seen.refusal is not None
    assert (seen.refusal.code, seen.header[2]) == ("text-column-unclear", "问")


def test_what_was_said_for_such_columns_is_offered_the_next_time(importer: Importer, write: Write) -> None:
    bring(importer, write("june.csv", CALLS), Columns(text="问", name="编号"))
    seen = look(importer, write("july.csv", CALLS.replace("几点", "什么时候")))
    assert seen.remembered is not None
    assert (seen.columns.text, seen.refusal, seen.remembered.by) == ("问", None, "Zhou")
    other = look(importer, write("other.csv", "a,b\n1,2\n"))
    assert other.remembered is None


def test_columns_of_one_name_are_told_apart(importer: Importer, write: Write) -> None:
    seen = look(importer, write("a.csv", "text,note,note\nhi,1,2\n"))
    assert (seen.header, seen.shown[0].meta) == (["text", "note", "note (2)"], {"note": "1", "note (2)": "2"})


def test_ten_thousand_columns_are_refused_in_words(importer: Importer, write: Write) -> None:
    path = write("wide.csv", ",".join(f"c{n}" for n in range(10_000)) + "\n" + "1," * 9_999 + "1\n")
    with pytest.raises(errors.TooManyColumns) as refused:
        importer.ask(path)
    assert refused.value.details["columns"] == "10,000"
    assert [part.refusal.code for part in look(importer, path).parts if part.refusal] == ["too-many-columns"]


def test_rows_above_the_header_are_skipped_and_a_table_may_have_none(importer: Importer, write: Write) -> None:
    titled = look(importer, write("a.csv", "Report of June,,\n,,\nid,text,x\n1,hi,\n"), Columns(skip=2))
    assert (titled.header, titled.shown[0].position, titled.shown[0].name) == (["id", "text", "x"], 4, "1")
    bare = look(importer, write("b.csv", "1,hi\n2,ho\n"), Columns(header=False, text="B", name="A"))
    assert [(one.name, one.text) for one in bare.shown] == [("1", "hi"), ("2", "ho")]


def test_a_log_of_messages_becomes_dialogues_by_the_columns_that_are_said(importer: Importer, write: Write) -> None:
    log = "单号,谁,说,几时\nA,客户,在吗,09:02\nB,客户,喂,09:00\nA,客服,您好,09:01\n"
    said = Columns(session="单号", speaker="谁", text="说", time="几时")
    seen = look(importer, write("log.csv", log), said)
    assert [(one.name, [line.text for line in one.lines]) for one in seen.shown] == [
        ("A", ["您好", "在吗"]),
        ("B", ["喂"]),
    ]
    missing = look(importer, write("log2.csv", log), Columns(media=Media.DIALOGUE))
    assert missing.refusal is not None
    assert missing.refusal.code == "dialogue-columns-unclear"


def test_answers_that_are_said_make_a_comparison(importer: Importer, write: Write) -> None:
    seen = look(importer, write("a.csv", "q,old,new\nwhy?,so,thus\n"), Columns(prompt="q", answers=("old", "new")))
    assert (seen.columns.media, seen.shown[0].text) == (Media.COMPARISON, "why?")
    assert [line.text for line in seen.shown[0].lines] == ["so", "thus"]


@pytest.mark.parametrize(
    ("unit", "texts"),
    [
        (Unit.LINE, ["one", "two", "three"]),
        (Unit.PARAGRAPH, ["one\ntwo", "three"]),
        (Unit.WHOLE, ["one\ntwo\n\nthree"]),
    ],
)
def test_a_plain_text_is_lines_paragraphs_or_one(
    importer: Importer, write: Write, unit: Unit, texts: list[str]
) -> None:
    seen = look(importer, write("a.txt", "one\ntwo\n\nthree\n"), Columns(unit=unit))
    assert [one.text for one in seen.shown] == texts


def test_of_a_mixed_folder_everything_is_taken_when_that_is_said(importer: Importer, write: Write) -> None:
    folder = write("raw/a.csv", "id,text\n1,一\n".encode("gbk")).parent
    write("raw/b.jpg", picture_bytes(3))
    write("raw/empty.csv", b"")
    write("raw/broken.xlsx", b"no workbook")
    write("raw/thesis.pdf", b"%PDF")
    assert [part.format for part in look(importer, folder).parts] == ["folder"]
    started = bring(importer, folder, Columns(take=Take.ALL))
    with importer.house.reading() as connection:
        found = find_items(connection, importer.cast.project, item_ids(connection, importer.cast.project)).values()
    assert {(item.name, item.media) for item in found} == {("1", Media.TEXT), ("b.jpg", Media.IMAGE)}
    assert importer.codes(importer.job(_job_of(importer, started))) == {
        "empty.csv": "empty-file",
        "broken.xlsx": "workbook-unreadable",
        "thesis.pdf": "not-an-image",
    }


def _job_of(importer: Importer, source: int) -> int:
    from guiju.data.actions import get_source

    line = get_source(importer.house, importer.cast.zhou, importer.cast.project, source)
    assert line.job is not None
    return line.job.id


def test_a_source_says_when_it_was_collected_and_how_it_was_read(
    importer: Importer, write: Write, client: Client
) -> None:
    bring(importer, write("a.csv", CALLS), Columns(text="问"), Origin(collected_on="2026-03-31"))
    importer.cast.sign_in(client, "gao")
    source = client.get(f"/api/v1/projects/{importer.cast.project}/sources").json()["sources"][0]
    assert (source["collected_on"], source["mapping"]) == ("2026-03-31", {"text": "问"})


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "1066-10-14", "9999-01-01"])
def test_a_day_that_cannot_be_is_refused(importer: Importer, write: Write, day: str) -> None:
    from guiju.data.errors import BadCollectionDay

    with pytest.raises(BadCollectionDay):
        bring(importer, write("a.txt", "one"), Columns(), Origin(collected_on=day))


# The page


def upload(client: Client, importer: Importer, name: str, content: bytes) -> str:
    csrf = importer.cast.sign_in(client, "zhou")["X-CSRF-Token"]
    client.cookies.set("guiju_locale", "en")
    files = {"file": (name, content, "application/octet-stream")}
    address = f"/projects/{importer.cast.project}/data"
    answer = client.post(address, data={"csrf": csrf}, files=files, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def _csrf(client: Client) -> dict[str, str]:
    return {"csrf": client.get("/api/v1/me").json()["csrf"]}


def test_the_page_shows_says_and_imports(importer: Importer, client: Client) -> None:
    address = upload(client, importer, "calls.csv", CALLS.encode())
    page = client.get(address).text
    assert "It is not clear which column of “calls.csv” holds the text." in page
    page = client.get(f"{address}?mapped=1&media=text&text=问&name=编号").text
    assert "Of the first 3 records 2 would become items." in page
    assert "几点开门" in page
    form = {
        **_csrf(client),
        "media": "text",
        "text": "问",
        "name": "编号",
        "source": "Calls",
        "collected_on": "2026-01-02",
    }
    answer = client.post(address, data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    work_jobs(importer.house, JOBS)
    assert client.get(address).status_code == 404
    sources = client.get(f"/api/v1/projects/{importer.cast.project}/sources").json()["sources"]
    assert [(one["name"], one["taken"], one["collected_on"]) for one in sources] == [("Calls", 2, "2026-01-02")]
    again = client.get(upload(client, importer, "more.csv", CALLS.encode())).text
    assert "These columns were read so before, as Zhou said" in again


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "“a.csv” is empty: 0 bytes."),
        ("a.csv", b"\n\n", "There is no record in “a.csv”."),
        ("a.csv", ("text," * 3_000 + "\n").encode(), "“a.csv” has 3,001 columns; at most 2,000 are read."),
        ("a.csv", b"text,text\na,b,c,d\n", "This row has 4 cells, and the first row names 2 columns."),
        ("a.xml", b"<a/>", "“a.xml” is XML or a web page, which is not taken as it stands."),
        ("a.docx", b"PK", "“a.docx” cannot be read as a Word document"),
        ("a.zip", b"PK", "The archive “a.zip” cannot be opened"),
        ("a.xyz", b"?", "“a.xyz” is none of the types that can be imported."),
    ],
)
def test_what_cannot_be_read_is_told_in_words_on_the_page(
    importer: Importer, client: Client, name: str, content: bytes, said: str
) -> None:
    address = upload(client, importer, name, content)
    answer = client.get(address)
    assert (answer.status_code, said in answer.text) == (200, True), answer.text
    posted = client.post(address, data=_csrf(client), follow_redirects=False)
    assert posted.status_code in {303, 422}
    if posted.status_code == 422:
        assert client.get(address).status_code == 200, "it goes on waiting for another try"
        assert client.post(f"{address}/discard", data=_csrf(client), follow_redirects=False).status_code == 303
        assert not list(importer.house.scratch.iterdir())


def test_a_wide_table_is_typed_into_and_not_scrolled(importer: Importer, client: Client) -> None:
    address = upload(
        client, importer, "wide.csv", (",".join(f"c{n}" for n in range(1_500)) + "\n" + "x," * 1_499).encode()
    )
    page = client.get(f"{address}?mapped=1&text=c3").text
    assert len(re.findall("<option", page)) < 1_700
    assert "<datalist" in page
    assert len(page) < 200_000


def test_an_upload_is_its_owner_s_alone_and_kept_for_a_day(importer: Importer, client: Client) -> None:
    address = upload(client, importer, "a.txt", b"one")
    for name, code in (("gao", 404), ("alice", 403), ("mallory", 404)):
        importer.cast.sign_in(client, name)
        assert client.get(address).status_code == code
        assert client.post(f"{address}/discard", data=_csrf(client)).status_code == code
    assert client.get(f"/projects/{importer.cast.project}/bring/..%2F..%2Fetc").status_code == 404
    about = next(importer.house.scratch.glob("upload-*/upload.json"))
    old = (datetime.now(UTC) - timedelta(hours=25)).timestamp()
    os.utime(about, (old, old))
    store.sweep(importer.house)
    assert not list(importer.house.scratch.iterdir())


# Programs and the command line


def test_a_program_previews_and_imports_with_a_mapping(importer: Importer, client: Client) -> None:
    headers = importer.cast.sign_in(client, "gao")
    base = f"/api/v1/projects/{importer.cast.project}"
    mapping = json.dumps({"text": "问", "name": "编号"})
    seen = client.post(
        f"{base}/previews", params={"filename": "a.csv", "mapping": mapping}, content=CALLS, headers=headers
    )
    assert (seen.status_code, seen.json()["taken"], seen.json()["refused"][0]["refusal"]["code"]) == (
        200,
        2,
        "text-empty",
    )
    assert not list(importer.house.scratch.iterdir())
    wrong = client.post(
        f"{base}/previews", params={"filename": "a.csv", "mapping": '{"txt": 1}'}, content=CALLS, headers=headers
    )
    assert (wrong.status_code, wrong.json()["code"]) == (422, "mapping-unreadable")
    query = {"filename": "a.csv", "mapping": mapping, "id": new_id(), "collected_on": "2026-01-02"}
    assert client.post(f"{base}/sources", params=query, content=CALLS, headers=headers).status_code == 202


def test_the_command_reads_a_mapping_and_does_as_before(importer: Importer, write: Write) -> None:
    house, project = importer.house, str(importer.cast.project)
    home = ["--home", str(house.home), *([] if house.database.is_sqlite else ["--database", house.database.url])]
    mapping = str(write("calls.yaml", "text: 问\nname: 编号\n"))
    run = CliRunner().invoke
    told = run(app, ["preview", project, str(write("a.csv", CALLS)), "--mapping", mapping, *home])
    assert "+ 2\t1\t几点开门" in told.stdout, told.output
    done = run(app, ["import", project, str(write("a.csv", CALLS)), "--mapping", mapping, "--json", *home])
    assert json.loads(done.stdout)["source"]["taken"] == 2
    later = str(write("b.csv", CALLS.replace("几点", "何时")))
    done = run(app, ["import", project, later, "--as-before", "--json", *home])
    assert json.loads(done.stdout)["source"]["mapping"]["text"] == "问"
    bad = run(app, ["import", project, later, "--mapping", str(write("bad.yaml", "text: [")), "--json", *home])
    assert (bad.exit_code, json.loads(bad.stdout)["error"]["code"]) == (1, "mapping-unreadable")
