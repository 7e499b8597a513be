"""Texts from tables and lines, in the encodings and shapes that people really bring."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
import xlsxwriter

from guiju.data import count_items, find_items, find_items_by_name, item_ids, read_text
from guiju.data.intake import errors
from guiju.data.readers import errors as unread
from guiju.storage import House, JobState
from tests.data.conftest import Importer

Write = Callable[[str, bytes | str], Path]
CHINESE = (
    "编号,文本,渠道\n甲1,我的订单为什么还没有发货？,网页\n"
    "甲2,这件衣服可以换大一号吗？,电话\n甲3,请问运费由谁承担？,网页\n"
)


def _bodies(importer: Importer) -> list[str | None]:
    with importer.house.reading() as connection:
        ids = item_ids(connection, importer.cast.project)
        return [item.body for item in find_items(connection, importer.cast.project, ids).values()]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_a_csv_is_read_in_the_encoding_it_is_written_in(
    importer: Importer, write: Write, encoding: str, told: str
) -> None:
    job = importer.run(write("a.csv", CHINESE.encode(encoding)))
    assert job.outcome == {
        "source": 1,
        "records": 3,
        "taken": 3,
        "duplicates": 0,
        "refused": 0,
        "encodings": {"a.csv": told},
    }
    assert "我的订单为什么还没有发货？" in _bodies(importer)


def test_traditional_chinese_in_big5_is_read(importer: Importer, write: Write) -> None:
    text = "編號,內容\n1,請問我的訂單什麼時候會出貨？\n2,這件衣服可以換大一號嗎？\n"
    job = importer.run(write("a.csv", text.encode("big5")), text="內容")
    assert (job.outcome or {})["encodings"] == {"a.csv": "big5"}
    assert "請問我的訂單什麼時候會出貨？" in _bodies(importer)


def test_columns_become_name_and_meta(importer: Importer, write: Write) -> None:
    importer.run(write("a.csv", CHINESE))
    with importer.house.reading() as connection:
        item = find_items_by_name(connection, importer.cast.project, ["甲2", "nobody"])["甲2"]
    assert item.body == "这件衣服可以换大一号吗？"
    assert item.meta == '{"渠道":"电话"}'


def test_a_column_that_is_not_there_refuses_the_import_and_names_those_that_are(
    importer: Importer, write: Write
) -> None:
    with pytest.raises(errors.ColumnMissing) as refused:
        importer.ask(write("a.csv", CHINESE), text="body")
    assert refused.value.details["found"] == "编号, 文本, 渠道"


def test_an_unclear_text_column_is_asked_for(importer: Importer, write: Write) -> None:
    with pytest.raises(errors.TextColumnUnclear):
        importer.ask(write("a.csv", "a,b\n1,2\n"))


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_separator_is_found(importer: Importer, write: Write, delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["id", "text"], ["1", 'said "a, b; c"\nand went'], ["2", "x"]])
    importer.run(write("a.csv", out.getvalue()))
    assert _bodies(importer) == ['said "a, b; c"\nand went', "x"]


def test_rows_that_cannot_be_taken_are_listed_with_line_and_reason(importer: Importer, write: Write) -> None:
    rows = [
        "id,text,channel",
        "a,good,web",
        "b,,web",
        "c,one,two,three",
        "d",
        "e,   ,web",
        "f,good,mail",
        "g,nul\0here,web",
        f"{'n' * 301},long name,web",
        f"h,{'x' * 1_000_001},web",
        "i,last,web",
    ]
    job = importer.run(write("a.csv", "\n".join(rows)))
    assert importer.codes(job) == {
        "b": "text-empty",
        "a.csv:4": "row-misshapen",
        "a.csv:5": "text-missing",
        "e": "text-empty",
        "f": "duplicate",
        "g": "text-undecodable",
        "n" * 300: "name-too-long",
        "h": "text-too-long",
    }
    assert (job.outcome or {})["taken"] == 2


def test_a_quotation_mark_never_closed_does_not_fill_the_memory(importer: Importer, write: Write) -> None:
    job = importer.run(write("a.csv", 'id,text\n1,fine\n2,"' + ("x" * 99_999 + "\n") * 45 + "3,end\n"))
    assert job.state is JobState.DONE
    assert "text-too-long" in importer.codes(job).values()


def test_bytes_that_are_no_characters_refuse_their_record_alone(importer: Importer, write: Write) -> None:
    job = importer.run(write("a.txt", "第一行\n第二行\n".encode() + b"\xff\xfe broken\n" + "第四行\n".encode()))
    assert importer.codes(job) == {"a.txt:3": "text-undecodable"}
    assert (job.outcome or {})["taken"] == 3


def test_one_broken_line_in_a_hundred_thousand_is_the_only_one_not_taken(importer: Importer, write: Write) -> None:
    lines = [f'{{"text": "message {n}", "n": {n}}}' for n in range(100_000)]
    lines[54_320] = '{"text": "message'
    job = importer.run(write("a.jsonl", "\n".join(lines) + "\n"))
    assert importer.codes(job) == {"a.jsonl:54321": "line-broken"}
    with importer.house.reading() as connection:
        assert count_items(connection, importer.cast.project) == 99_999


def test_jsonl_lines_without_a_text_are_refused(importer: Importer, write: Write) -> None:
    lines = ['{"text": "a"}', "", '{"other": 1}', '{"text": 5}', "[1]", r'{"text": "\ud800"}', r'{"text": "\u0000"}']
    job = importer.run(write("a.jsonl", "\n".join(lines)))
    codes = importer.codes(job)
    assert [codes[f"a.jsonl:{line}"] for line in (3, 4, 5, 7)] == [
        "text-missing",
        "text-missing",
        "line-broken",
        "text-undecodable",
    ]
    assert "a.jsonl:6" in codes
    assert (job.outcome or {}) | {"encodings": None} == {
        "source": 1, "records": 6, "taken": 1, "duplicates": 0, "refused": 5, "encodings": None
    }  # fmt: skip


def test_a_long_text_is_kept_whole_in_a_blob(importer: Importer, write: Write, house: House) -> None:
    text = "长" * 8_001
    importer.run(write("a.txt", text))
    with house.reading() as connection:
        item = find_items(connection, importer.cast.project, item_ids(connection, importer.cast.project)).popitem()[1]
    assert item.body is None
    assert read_text(house, item) == text


def test_excel_is_read_as_its_reader_sees_it(importer: Importer, tmp_path: Path) -> None:
    with cast(Any, xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))) as book:  # it types its methods in part
        book.add_worksheet("empty")
        sheet = book.add_worksheet("data")
        for row, cells in enumerate([["编号", "内容", "分"], [1, "你好", 2.5], ["", "", ""], [2, "", 1], [3, 42, 1]]):
            sheet.write_row(row, 0, cells)
    job = importer.run(tmp_path / "a.xlsx")
    assert importer.codes(job) == {"2": "text-empty"}
    with importer.house.reading() as connection:
        found = find_items_by_name(connection, importer.cast.project, ["1", "3"])
    assert (found["1"].body, found["1"].meta, found["3"].body) == ("你好", '{"分":"2.5"}', "42")


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.csv", b"", errors.EmptyFile),
        ("a.csv", b"\n\n", errors.NothingToImport),
        ("a.txt", b"\n \n", errors.NothingToImport),
        ("a.jsonl", b"not json\n", errors.NothingToImport),
        ("a.xlsx", b"not a workbook", errors.WorkbookUnreadable),
        ("a.zip", b"not a zip", errors.ArchiveUnreadable),
        ("a.docx", b"something", unread.WordUnreadable),
        ("a.parquet", b"PAR1 something", unread.ParquetUnreadable),
        ("a.json", b'{"a": [', unread.JsonUnreadable),
        ("a.json", b'{"a": 1}', unread.RecordsNotFound),
        ("a.xml", b"<a/>", unread.MarkupNotRead),
        ("a.pdf", b"%PDF-1.4", errors.UnknownFileType),
    ],
)
def test_a_file_that_cannot_be_imported_is_refused_before_anything_is_kept(
    importer: Importer, write: Write, name: str, content: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        importer.ask(write(name, content))
