"""Parquet, Word, JSON, workbooks of several sheets, zips of tables, as their reader sees them; bombs are refused."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter
from docx import Document

from guiju.data import Columns, Item, Media, find_items, item_ids
from guiju.data.intake import errors
from guiju.data.intake.model import Unit
from guiju.data.mapping.actions import preview_import
from guiju.data.mapping.model import Preview
from guiju.data.readers import errors as unread
from guiju.data.readers import word
from tests.data.conftest import Importer, picture_bytes

Write = Callable[[str, bytes | str], Path]


def look(importer: Importer, path: Path, columns: Columns | None = None) -> Preview:
    return preview_import(importer.house, importer.cast.zhou, importer.cast.project, [path], columns)


def items(importer: Importer) -> list[Item]:
    with importer.house.reading() as connection:
        ids = item_ids(connection, importer.cast.project)
        return list(find_items(connection, importer.cast.project, ids).values())


def test_parquet_is_read_by_its_columns(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    row = "SELECT 'k' || n AS id, '第' || n || '条' AS text, n AS number, DATE '2026-03-31' AS day, ['x', 'y'] AS tags"
    duckdb.sql(f"COPY ({row} FROM range(5000) t(n)) TO '{path}' (FORMAT parquet)")
    job = importer.run(path)
    assert (job.outcome or {})["taken"] == 5_000
    first = items(importer)[0]
    assert (first.name, first.body) == ("k0", "第0条")
    assert json.loads(first.meta or "") == {"number": 0, "day": "2026-03-31", "tags": ["x", "y"]}


def test_dialogues_come_out_of_parquet_too(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "chat.parquet"
    turns = "[{'role': 'user', 'content': 'hi'}, {'role': 'assistant', 'content': 'ho'}] AS messages"
    duckdb.sql(f"COPY (SELECT 'd1' AS id, {turns}) TO '{path}' (FORMAT parquet)")
    importer.run(path)
    assert [(item.name, item.media, item.parts) for item in items(importer)] == [("d1", Media.DIALOGUE, 2)]


def test_a_parquet_file_that_is_cut_off_is_refused(importer: Importer, tmp_path: Path, write: Write) -> None:
    path = tmp_path / "a.parquet"
    duckdb.sql(f"COPY (SELECT 'one' AS text) TO '{path}' (FORMAT parquet)")
    with pytest.raises(unread.ParquetUnreadable):
        importer.ask(write("cut.parquet", path.read_bytes()[:-20]))


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    document: Any = Document()
    document.add_paragraph("第一段")
    document.add_paragraph("")
    document.add_paragraph("Second paragraph")
    table: Any = document.add_table(rows=2, cols=2)
    for place, cell in enumerate(("id", "text", "7", "in a table")):
        table.cell(place // 2, place % 2).text = cell
    document.save(str(tmp_path / "letter.docx"))
    return tmp_path / "letter.docx"


@pytest.mark.parametrize(
    ("unit", "texts"),
    [
        (None, ["第一段", "Second paragraph", "id\ttext", "7\tin a table"]),
        (Unit.WHOLE, ["第一段\nSecond paragraph\nid\ttext\n7\tin a table"]),
        (Unit.ROW, ["in a table"]),
    ],
)
def test_a_word_document_is_paragraphs_one_text_or_its_tables(
    importer: Importer, letter: Path, unit: Unit | None, texts: list[str]
) -> None:
    seen = look(importer, letter, Columns(unit=unit))
    assert [one.text for one in seen.shown] == texts


def test_a_word_document_that_is_a_bomb_is_refused(importer: Importer, letter: Path, tmp_path: Path) -> None:
    entities = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
    for name, content in (
        ("entities.docx", f'<?xml version="1.0"?>{entities}<w:document>&c;</w:document>'.encode()),
        ("large.docx", b" " * (word.MAX_UNPACKED + 1)),
    ):
        with zipfile.ZipFile(letter) as old, zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                new.writestr(entry, content if entry.filename == "word/document.xml" else old.read(entry))
        with pytest.raises(unread.WordUnreadable):
            importer.ask(tmp_path / name)


@pytest.mark.parametrize(
    ("document", "records"),
    [
        ([{"text": "a"}, {"text": "b"}], None),
        ({"code": 0, "data": {"rows": [{"text": "a"}, {"text": "b"}]}}, "data.rows"),
    ],
)
def test_json_is_a_list_wherever_it_stands(
    importer: Importer, write: Write, document: object, records: str | None
) -> None:
    path = write("a.json", json.dumps(document))
    for said in {None, records}:
        assert [one.text for one in look(importer, path, Columns(records=said)).shown] == ["a", "b"]
    lost = look(importer, path, Columns(records="data.lines"))
    assert [part.refusal.code for part in lost.parts if part.refusal] == ["records-not-found"]


def test_lines_of_json_under_the_name_of_json_are_read(importer: Importer, write: Write) -> None:
    seen = look(importer, write("a.json", '{"text": "a"}\n{"text": "b"}\n'))
    assert [one.text for one in seen.shown] == ["a", "b"]


def test_a_workbook_s_other_sheet_merged_cells_and_dates(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        first: Any = book.add_worksheet("cover")  # pyright: ignore[reportUnknownMemberType] - the package's own types
        first.write(0, 0, "a cover")
        sheet: Any = book.add_worksheet("六月")  # pyright: ignore[reportUnknownMemberType]
        sheet.merge_range(0, 0, 0, 3, "Report of June")
        sheet.write_row(1, 0, ["单号", "内容", "日期", "内容"])
        sheet.merge_range(2, 0, 3, 0, "A1")
        sheet.write_row(2, 1, ["第一句"])
        sheet.write_row(3, 1, ["第二句"])
        shown: Any = book.add_format({"num_format": "yyyy-mm-dd"})  # pyright: ignore[reportUnknownMemberType]
        sheet.write_datetime(2, 2, datetime(2026, 3, 31, tzinfo=UTC).replace(tzinfo=None), shown)
    seen = look(importer, path, Columns(sheet="六月", skip=1, text="内容", name="单号"))
    assert (seen.sheets, seen.header) == (["cover", "六月"], ["单号", "内容", "日期", "内容 (2)"])
    assert [(one.name, one.text, one.meta) for one in seen.shown] == [
        ("A1", "第一句", {"日期": "2026-03-31"}), ("A1", "第二句", {}),
    ]  # fmt: skip
    with pytest.raises(errors.SheetMissing):
        preview_of_missing_sheet(importer, path)


def preview_of_missing_sheet(importer: Importer, path: Path) -> None:
    from guiju.data.readers import find_parts, open_part

    open_part(find_parts([path])[0], Columns(sheet="七月"))


def test_a_zip_of_tables_is_read_table_by_table(importer: Importer, write: Write) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/gbk.csv", "编号,内容\n1,我的订单为什么还没有发货？\n".encode("gb18030"))
        archive.writestr("../evil.csv", "text\nx\n")
        archive.writestr("bomb.csv", b"text\n" + b"a" * 30_000_000)
        archive.writestr("empty.csv", b"")
    job = importer.run(write("tables.zip", out.getvalue()))
    assert [(item.name, item.body) for item in items(importer)] == [("1", "我的订单为什么还没有发货？")]
    assert importer.codes(job) == {"../evil.csv": "unsafe-path", "bomb.csv": "entry-bomb", "empty.csv": "empty-file"}
    assert (job.outcome or {})["encodings"] == {"a/gbk.csv": "gb18030"}


def test_shift_jis_and_lines_in_two_encodings(importer: Importer, write: Write) -> None:
    japanese = "番号,text\n1,ご注文の商品はまだ発送されていませんか。\n2,返品できますか。ありがとうございます。\n"
    assert look(importer, write("a.csv", japanese.encode("shift_jis")), Columns(encoding="shift_jis")).taken == 2
    mixed = b"text\n" + "第一行是 UTF-8\n第二行也是\n".encode() + "第三行不是\n".encode("gbk")
    seen = look(importer, write("b.csv", mixed))
    assert (seen.parts[0].encoding, seen.taken) == ("utf-8", 2)
    assert [one.refusal and one.refusal.code for one in seen.refused] == ["text-undecodable"]


def test_heic_says_what_is_missing(importer: Importer, write: Write) -> None:
    folder = write("p/a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100).parent
    write("p/b.png", picture_bytes(1, kind="PNG"))
    assert set(importer.codes(importer.run(folder)).values()) <= {"heic-not-read", "image-unreadable"}
    assert [item.name for item in items(importer)] == ["b.png"]
