"""Dialogues handed over turn by turn, and others' labels of turns brought in."""

import csv
import io
import json
from pathlib import Path

from guiju.annotations import current_annotations
from guiju.annotations.imports import Format, ImportOptions
from guiju.delivery.formats.model import Source
from guiju.delivery.formats.turns import list_left_out, write_csv, write_jsonl
from guiju.delivery.model import Row
from guiju.kinds import Answer, Choice, Each, FieldShape, Rating, decode_answers, encode_answers
from guiju.kit import new_id
from guiju.rulebooks import publish_rulebook, save_draft
from tests.annotations.moving import bring, outcome_of, refused_of
from tests.rulebooks.asked import TALK
from tests.support.build import import_paths
from tests.support.cast import Cast

FIELDS = (
    FieldShape("intent", "choice", ("ask", "complain"), target="turn"),
    FieldShape("anger", "rating", (), target="turn", required=False),
    FieldShape("solved", "choice", ("yes", "no")),
)
TURNS = [{"speaker": "客户", "text": "=1+1\n还没到", "at": "9:00"}, {"speaker": "客服", "text": "马上"}]
BODY = json.dumps({"turns": TURNS})
SAID: dict[str, Answer] = {
    "intent": Each("turn", {"1": Choice(("ask", "complain"))}),
    "anger": Each("turn", {"1": Rating(3)}),
    "solved": Choice(("yes",)),
}
ANSWERS = encode_answers(SAID).decode()


def source() -> Source:
    def rows() -> list[Row]:
        size = (9, None, None, None)
        talk = Row("d1", "aa", "dialogue", "application/json", BODY, *size, 2, None, ANSWERS, "1.0.0", accepted=True)
        text = Row("t1", "bb", "text", "text/plain", "hi", *size, None, None, "{}", "1.0.0", accepted=True)
        return [talk, text]

    return Source("Talk", "1.0.0", (), FIELDS, lambda: iter(rows()))


def test_a_row_of_the_table_is_a_turn_with_its_answers() -> None:
    written = b"".join(write_csv(source())).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written))) == [
        ["session", "turn", "speaker", "text", "at", "intent", "anger", "status"],
        ["d1", "1", "客户", "'=1+1\n还没到", "9:00", "ask|complain", "3", "accepted"],
        ["d1", "2", "客服", "马上", "", "", "", "accepted"],
    ]


def test_a_line_is_a_dialogue_with_the_answers_of_each_turn_and_of_the_whole() -> None:
    (line,) = b"".join(write_jsonl(source())).splitlines()
    told = json.loads(line)
    assert [turn["text"] for turn in told["turns"]] == ["=1+1\n还没到", "马上"]
    assert told["turns"][0]["answers"]["intent"] == {"kind": "choice", "labels": ["ask", "complain"]}
    assert (told["turns"][1]["answers"], list(told["answers"])) == ({}, ["solved"])


def test_what_is_no_dialogue_is_listed_apart() -> None:
    assert json.loads(b"".join(list_left_out(source()))) == {"name": "t1", "media": "text"}


def test_labels_of_turns_come_in_from_a_table(cast: Cast, tmp_path: Path) -> None:
    save_draft(cast.house, cast.zhou, cast.project, document=TALK, from_revision=0, request_id=new_id())
    publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())
    talk = tmp_path / "talk.csv"
    sessions = "".join(f"s{n},客户,几点{n}？\ns{n},客服,九点。\ns{n},客户,好。\n" for n in range(4))
    talk.write_text(f"session,speaker,text\n{sessions}", encoding="utf-8")
    import_paths(cast, talk)
    work = tmp_path / "work.csv"
    rows = ["s0,1,询问", "s0,2,", "s0,3,ask", "s1,1,ask", "s2,1,ask", "s2,2,ask", "s2,3,ask", "s3,one,ask"]
    lines = (f"{row},ann" for row in rows)
    work.write_text("session,turn,label,annotator\n" + "\n".join(lines) + "\n", encoding="utf-8")
    job = bring(cast, work, ImportOptions(Format.TURNS, "trial"))
    with cast.house.reading() as connection:
        (held,) = current_annotations(connection, outcome_of(job)["round"])
    ask = Choice(("ask",))
    assert decode_answers(held.answers) == {"intent": Each("turn", {"1": ask, "3": ask})}
    assert [(mark.item, mark.code) for mark in refused_of(cast, job)] == [
        ("s1", "parts-missing"),
        ("s2", "part-not-asked"),
        ("s3", "mark-unreadable"),
    ]
