"""Strengths of feelings come in from a column each or from one cell, as shares; and go out in a column each."""

import csv
import io
from pathlib import Path

from guiju.annotations import current_annotations
from guiju.annotations.imports import Columns, Format, ImportOptions
from guiju.kinds import Soft, decode_answers
from guiju.kit import new_id
from guiju.rulebooks import publish_rulebook, save_draft
from tests.annotations.moving import bring, outcome_of, refused_of
from tests.annotations.test_import_texts import table_of
from tests.rulebooks.test_soft import DOCUMENT
from tests.support.cast import Cast

STRENGTHS = """headline,worker,anger,fear,joy
one,ann,0,25,75
two,ann,10,10,
three,ann,0,0,0
four,ann,-5,0,10
five,ann,much,0,1
six,ann,1,0,99
"""
CELLS = """item,annotator,label
one,ann,fear:0.25|Joy:0.75
two,ann,anger|fear
three,ann,hope:1
"""
WIDE = Columns(item="headline", annotator="worker", label="anger|fear|joy")


def publish(cast: Cast) -> None:
    save_draft(cast.house, cast.zhou, cast.project, document=DOCUMENT, from_revision=0, request_id=new_id())
    publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())


def written(folder: Path, text: str) -> Path:
    path = folder / "strengths.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_column_a_label_becomes_shares_of_their_sum(cast: Cast, tmp_path: Path) -> None:
    publish(cast)
    job = bring(cast, written(tmp_path, STRENGTHS), ImportOptions(Format.CSV, columns=WIDE, create_items=True))
    assert stored(cast, outcome_of(job)["round"]) == [{"anger": 0.5, "fear": 0.5}, {"fear": 0.25, "joy": 0.75}]
    assert [(mark.item, mark.code) for mark in refused_of(cast, job)] == [
        ("three", "no-strength"),
        ("four", "not-a-strength"),
        ("five", "mark-unreadable"),
        ("six", "check-failed"),
    ]


def test_one_cell_may_say_them_all(cast: Cast, tmp_path: Path) -> None:
    publish(cast)
    job = bring(cast, written(tmp_path, CELLS), ImportOptions(Format.CSV, create_items=True))
    assert stored(cast, outcome_of(job)["round"]) == [{"anger": 0.5, "fear": 0.5}, {"fear": 0.25, "joy": 0.75}]
    assert [(mark.item, mark.code) for mark in refused_of(cast, job)] == [("three", "label-not-in-rulebook")]


def test_a_delivered_table_comes_in_again(cast: Cast, tmp_path: Path) -> None:
    publish(cast)
    bring(cast, written(tmp_path, CELLS), ImportOptions(Format.CSV, create_items=True))
    delivered = table_of(cast)
    [first, second] = csv.DictReader(io.StringIO(delivered))
    assert [first["answer.mood.anger"], first["answer.mood.fear"], first["answer.mood.joy"]] == ["", "0.25", "0.75"]
    assert (second["answer.mood.anger"], second["answer.mood.joy"]) == ("0.5", "")
    wide = Columns(item="name", label="answer.mood.anger|answer.mood.fear|answer.mood.joy")
    options = ImportOptions(Format.CSV, columns=wide, annotator="again", field="mood")
    job = bring(cast, written(tmp_path, delivered), options)
    assert stored(cast, outcome_of(job)["round"]) == [{"anger": 0.5, "fear": 0.5}, {"fear": 0.25, "joy": 0.75}]


def stored(cast: Cast, round_id: int) -> list[dict[str, float]]:
    with cast.house.reading() as connection:
        answers = [decode_answers(row.answers)["mood"] for row in current_annotations(connection, round_id)]
    return sorted((answer.weights for answer in answers if isinstance(answer, Soft)), key=sorted)
