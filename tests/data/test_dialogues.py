"""Dialogues from lines and tables: one form, whoever wrote them; what is no dialogue is refused by name."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from guiju.data import Item, Media, find_items, item_ids
from tests.data.conftest import Importer

Write = Callable[[str, bytes | str], Path]
SERVICE = (
    "会话,说话人,内容,时间\n"
    "s1,客户,几点开门？,09:01\ns1,客服,九点。\u202e😀,09:02\n"
    's2,客户,"两行\n话",\ns2,客服,好的。,\ns2,客户,谢谢。,\n'
)


def items(importer: Importer) -> list[Item]:
    with importer.house.reading() as connection:
        ids = item_ids(connection, importer.cast.project)
        return list(find_items(connection, importer.cast.project, ids).values())


def said(item: Item) -> list[tuple[str, str]]:
    return [(turn["speaker"], turn["text"]) for turn in json.loads(item.body or "")["turns"]]


def lines(*rows: dict[str, Any]) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def test_a_table_of_messages_makes_one_dialogue_a_session(importer: Importer, write: Write) -> None:
    job = importer.run(write("talk.csv", SERVICE))
    assert (job.outcome or {})["taken"] == 2
    first, second = items(importer)
    assert (first.name, first.media, first.parts) == ("s1", Media.DIALOGUE, 2)
    assert said(first) == [("客户", "几点开门？"), ("客服", "九点。\u202e😀")]
    assert json.loads(first.body or "")["turns"][0]["at"] == "09:01"
    assert said(second)[0] == ("客户", "两行\n话")
    assert second.shape.speakers == ("客户", "客服", "客户")


def test_a_workbook_of_messages_makes_the_same_dialogues(importer: Importer, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "talk.xlsx")) as book:
        sheet: Any = book.add_worksheet()  # pyright: ignore[reportUnknownMemberType] - the package's own types
        for number, row in enumerate([("session", "speaker", "text"), ("s1", "a", "hi"), ("s1", "b", "ho")]):
            sheet.write_row(number, 0, row)
    importer.run(tmp_path / "talk.xlsx")
    assert [said(item) for item in items(importer)] == [[("a", "hi"), ("b", "ho")]]


@pytest.mark.parametrize(
    "row",
    [
        {"turns": [{"speaker": "user", "text": "hi"}, {"speaker": "assistant", "text": "ho"}]},
        {"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}]},
        {"conversations": [{"from": "user", "value": "hi"}, {"from": "assistant", "value": "ho"}]},
        {
            "messages": [
                {"role": "user", "content": [{"type": "text", "text": "h"}, {"type": "text", "text": "i"}]},
                {"role": "assistant", "content": "ho", "tool_calls": None},
            ]
        },
    ],
)
def test_lines_are_read_as_people_and_chat_models_write_them(
    importer: Importer, write: Write, row: dict[str, Any]
) -> None:
    importer.run(write("talk.jsonl", lines({"id": "d1", "topic": "greeting", **row})))
    (item,) = items(importer)
    assert (item.name, said(item)) == ("d1", [("user", "hi"), ("assistant", "ho")])
    assert json.loads(item.meta or "") == {"topic": "greeting"}


def test_the_same_words_from_another_file_are_a_duplicate(importer: Importer, write: Write) -> None:
    importer.run(write("a.csv", "session,speaker,text\ns1,a,hi\n"))
    job = importer.run(write("b.jsonl", lines({"messages": [{"role": "a", "content": "hi"}]})))
    assert (job.outcome or {})["duplicates"] == 1


def test_a_long_dialogue_lies_in_a_blob_and_still_says_who_speaks(importer: Importer, write: Write) -> None:
    turns = [{"speaker": "ab"[n % 2], "text": f"number {n} " + "x" * 30} for n in range(500)]
    importer.run(write("long.jsonl", lines({"turns": turns})))
    (item,) = items(importer)
    assert (item.body, item.parts) == (None, 500)
    assert item.shape.speakers[:3] == ("a", "b", "a")
    assert item.spoken_by == "a, b · 500"


def test_what_is_no_dialogue_is_refused_by_name(importer: Importer, write: Write) -> None:
    turn = {"speaker": "a", "text": "hi"}
    rows: dict[str, Any] = {
        "none": [],
        "empty": [turn, {"speaker": "b", "text": " \n"}],
        "nobody": [{"text": "hi"}],
        "picture": [{"role": "a", "content": [{"type": "image_url", "image_url": {}}]}],
        "name": [{"speaker": "a" * 61, "text": "hi"}],
        "text": ["hi"],
        "many": [turn] * 5_001,
        "nul": [{"speaker": "a", "text": "a\0b"}],
        "good": [turn],
    }
    job = importer.run(write("bad.jsonl", lines(*({"id": name, "turns": turns} for name, turns in rows.items()))))
    assert importer.codes(job) == {
        "none": "no-turns",
        "empty": "turn-empty",
        "nobody": "turn-unreadable",
        "picture": "turn-unreadable",
        "name": "turn-unreadable",
        "text": "turn-unreadable",
        "many": "too-many-turns",
        "nul": "text-undecodable",
    }


def test_rows_that_make_no_dialogue_refuse_theirs_alone(importer: Importer, write: Write) -> None:
    rows = ["s1,a,hi", "s2,b,", "s3,a,x,y", ",a,lost", "s4,a,fine"]
    job = importer.run(write("bad.csv", "session,speaker,text\n" + "\n".join(rows) + "\n"))
    assert [item.name for item in items(importer)] == ["s1", "s4"]
    assert sorted(importer.codes(job).values()) == [
        "row-misshapen", "session-missing", "turn-empty",
    ]  # fmt: skip


def test_sessions_written_at_once_are_taken_apart(importer: Importer, write: Write) -> None:
    rows = ["s1,a,hi", "s2,b,", "s1,b,again", "s3,a,x,y", "s4,b,ho", "s1,a,bye", "s4,a,hey"]
    job = importer.run(write("log.csv", "session,speaker,text\n" + "\n".join(rows) + "\n"))
    found = {item.name: said(item) for item in items(importer)}
    assert found == {"s1": [("a", "hi"), ("b", "again"), ("a", "bye")], "s4": [("b", "ho"), ("a", "hey")]}
    assert importer.codes(job) == {"s2": "turn-empty", "s3": "row-misshapen"}


def test_turns_are_put_in_order_by_their_time_where_every_one_has_one(importer: Importer, write: Write) -> None:
    log = "session,speaker,text,time\n"
    log += "s1,b,second,2026/6/3 10:05\ns1,a,first,2026/6/3 9:59\n"
    log += "s2,b,as it stands,noon\ns2,a,too,09:00\n"
    importer.run(write("log.csv", log))
    assert [[text for _, text in said(item)] for item in items(importer)] == [
        ["first", "second"],
        ["as it stands", "too"],
    ]


def test_a_text_column_that_was_asked_for_is_still_a_text(importer: Importer, write: Write) -> None:
    importer.run(write("talk.csv", SERVICE), text="内容")
    assert {item.media for item in items(importer)} == {Media.TEXT}
