"""Comparisons from tables and lines: a prompt and two answers to it or more."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
import xlsxwriter
from litestar import Litestar
from litestar.testing import TestClient

from guiju.data import Media, find_items, item_ids, read_text
from guiju.data.intake.comparisons import find_layout
from guiju.data.intake.model import Columns
from guiju.data.model import Item
from tests.data.conftest import Importer

Client = TestClient[Litestar]
Write = Callable[[str, bytes | str], Path]


def items(importer: Importer) -> list[Item]:
    with importer.house.reading() as connection:
        ids = item_ids(connection, importer.cast.project)
        return list(find_items(connection, importer.cast.project, ids).values())


def body(item: Item) -> Any:
    return json.loads(item.body or "")


def lines(*entries: object) -> str:
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)


def test_a_table_with_a_column_an_answer_makes_comparisons(importer: Importer, write: Write) -> None:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["id", "prompt", "answer_a", "answer_b", "model_a", "model_b", "domain"])
    rows.writerow(["q1", "怎么退款？", "点“退款”。", "**不能**退。\n\n- 因为", "m1", "m2", "shop"])
    importer.run(write("a.csv", out.getvalue()))
    (item,) = items(importer)
    assert (item.media, item.name, item.parts) == (Media.COMPARISON, "q1", 2)
    assert body(item) == {
        "prompt": "怎么退款？",
        "answers": [{"text": "点“退款”。", "name": "m1"}, {"text": "**不能**退。\n\n- 因为", "name": "m2"}],
    }
    assert item.meta == '{"domain":"shop"}'
    assert item.shape.parts == 2


def test_a_workbook_makes_the_same_comparisons(importer: Importer, tmp_path: Path) -> None:
    with cast(Any, xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))) as book:  # it types its methods in part
        sheet = book.add_worksheet()
        for at, row in enumerate(
            [["提示", "回答1", "回答2", "回答3"], ["问", "甲", "乙", "丙"], ["问二", "甲", "乙", ""]]
        ):
            sheet.write_row(at, 0, row)
    importer.run(tmp_path / "a.xlsx")
    assert [(item.parts, body(item)["prompt"]) for item in items(importer)] == [(3, "问"), (2, "问二")]


@pytest.mark.parametrize(
    "entry",
    [
        {"prompt": "p", "responses": ["x", "y"]},
        {"instruction": "p", "answers": [{"text": "x", "model": "m"}, {"content": "y"}]},
        {"question": "p", "response_1": "x", "response_2": "y"},
        {"prompt": [{"role": "user", "content": "p"}], "completions": [[{"role": "assistant", "content": "x"}], "y"]},
    ],
)
def test_lines_say_their_answers_in_many_ways(importer: Importer, write: Write, entry: dict[str, Any]) -> None:
    importer.run(write("a.jsonl", lines(entry)))
    (item,) = items(importer)
    assert body(item)["prompt"] == "p"
    assert [answer["text"] for answer in body(item)["answers"]] == ["x", "y"]


def test_preference_data_does_not_tell_by_the_order_which_was_chosen(importer: Importer, write: Write) -> None:
    pairs = [{"prompt": f"p{n}", "chosen": f"good {n}", "rejected": f"bad {n}"} for n in range(60)]
    importer.run(write("a.jsonl", lines(*pairs)))
    first = [body(item)["answers"][0]["text"].startswith("good") for item in items(importer)]
    assert 15 < sum(first) < 45
    swapped = [{"prompt": p["prompt"], "chosen": p["rejected"], "rejected": p["chosen"]} for p in pairs]
    job = importer.run(write("b.jsonl", lines(*swapped)))
    assert (job.outcome or {})["duplicates"] == 60


def test_what_two_talks_begin_with_is_the_prompt(importer: Importer, write: Write) -> None:
    start = [
        {"role": "user", "content": "hi"},
        {"role": "assistant", "content": "yes?"},
        {"role": "user", "content": "go"},
    ]
    entry = {which: [*start, {"role": "assistant", "content": which}] for which in ("chosen", "rejected")}
    importer.run(write("a.jsonl", lines(entry)))
    (item,) = items(importer)
    assert body(item)["prompt"] == "**user**\n\nhi\n\n**assistant**\n\nyes?\n\n**user**\n\ngo"
    assert {answer["text"] for answer in body(item)["answers"]} == {"chosen", "rejected"}


def test_a_long_comparison_lies_in_a_blob_and_is_read_whole(importer: Importer, write: Write) -> None:
    importer.run(write("a.jsonl", lines({"prompt": "p", "responses": ["长" * 6000, "y" * 6000]})))
    (item,) = items(importer)
    assert item.body is None
    assert json.loads(read_text(importer.house, item))["answers"][0]["text"] == "长" * 6000


def test_a_text_column_that_is_asked_for_is_a_text(importer: Importer, write: Write) -> None:
    importer.run(write("a.jsonl", lines({"prompt": "p", "responses": ["x", "y"]})), text="prompt")
    (item,) = items(importer)
    assert (item.media, item.body) == (Media.TEXT, "p")


@pytest.mark.parametrize(
    "columns",
    [
        ["question", "answer"],
        ["text", "answers"],
        ["question", "context", "answers"],
        ["answer_a", "text"],
        ["chosen", "text"],
    ],
)
def test_tables_of_texts_stay_tables_of_texts(columns: list[str]) -> None:
    assert find_layout(columns, Columns(), None) is None


def test_what_is_no_comparison_is_refused_by_name_and_the_others_are_taken(importer: Importer, write: Write) -> None:
    entries = [
        {"prompt": "p", "answers": ["x", "y"]},
        {"prompt": "p", "answers": ["x"]},
        {"prompt": "p", "answers": ["x", " "]},
        {"prompt": "p", "answers": "x"},
        {"prompt": "p", "answers": [str(n) for n in range(27)]},
        {"prompt": "p", "answers": ["x" * 600_000, "y" * 600_000]},
    ]
    job = importer.run(write("a.jsonl", lines(*entries) + "{no json\n"))
    assert (job.outcome or {})["taken"] == 1
    assert importer.codes(job) == {
        "a.jsonl:2": "answers-missing",
        "a.jsonl:3": "answer-empty",
        "a.jsonl:4": "answers-missing",
        "a.jsonl:5": "too-many-to-compare",
        "a.jsonl:6": "text-too-long",
        "a.jsonl:7": "line-broken",
    }


def test_the_pages_show_a_comparison_as_prompt_and_answers(importer: Importer, write: Write, client: Client) -> None:
    importer.run(
        write("a.jsonl", lines({"prompt": "怎么退款？", "answers": [{"text": "<b>甲</b>", "name": "m1"}, "乙"]}))
    )
    (item,) = items(importer)
    project = importer.cast.project
    importer.cast.sign_in(client, "zhou")
    listed = client.get(f"/projects/{project}/items").text
    assert "怎么退款？" in listed
    assert "{&#34;prompt" not in listed
    shown = client.get(f"/projects/{project}/items/{item.id}").text
    assert "&lt;b&gt;甲&lt;/b&gt;" in shown
    assert shown.index("怎么退款？") < shown.index("m1") < shown.index("乙")
