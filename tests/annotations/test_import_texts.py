"""Others' texts come in from a CSV as they were written, and go out in one that comes in again."""

import csv
import io
import zipfile
from pathlib import Path

from guiju.annotations import current_annotations
from guiju.annotations.imports import Columns, Format, ImportOptions
from guiju.delivery import JOBS, Include, deliver, get_package
from guiju.kinds import Written, decode_answers
from guiju.kit import new_id
from guiju.rulebooks import publish_rulebook, save_draft
from guiju.storage import work_jobs
from tests.annotations.moving import bring, outcome_of, refused_of
from tests.rulebooks.test_texts import DOCUMENT
from tests.support.cast import Cast

ROWS = """item,annotator,label,text
a,ann, On its way | soon ,在路上了
b,ann,"=1+1, said “he”",他说
c,ann,,空
d,ann,STOP,停
e,ann,a very long sentence of more than forty characters,长
"""


def publish(cast: Cast) -> None:
    save_draft(cast.house, cast.zhou, cast.project, document=DOCUMENT, from_revision=0, request_id=new_id())
    publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())


def test_a_text_is_taken_whole_and_what_the_field_does_not_allow_is_refused_by_name(cast: Cast, tmp_path: Path) -> None:
    publish(cast)
    path = tmp_path / "texts.csv"
    path.write_text(ROWS, encoding="utf-8")
    job = bring(cast, path, ImportOptions(Format.CSV, columns=Columns(text="text"), create_items=True))
    assert stored(cast, outcome_of(job)["round"]) == ["=1+1, said “he”", "On its way | soon"]
    assert [(mark.item, mark.code) for mark in refused_of(cast, job)] == [
        ("c", "nothing-written"),
        ("d", "check-failed"),
        ("e", "text-too-long"),
    ]


def test_a_delivered_table_comes_in_again_as_it_went_out(cast: Cast, tmp_path: Path) -> None:
    publish(cast)
    path = tmp_path / "texts.csv"
    path.write_text(ROWS, encoding="utf-8")
    bring(cast, path, ImportOptions(Format.CSV, columns=Columns(text="text"), create_items=True))
    delivered = table_of(cast)
    rows = list(csv.DictReader(io.StringIO(delivered)))
    assert [(row["name"], row["text"], row["answer.english"]) for row in rows] == [
        ("a", "在路上了", "On its way | soon"),
        ("b", "他说", "=1+1, said “he”"),
    ]
    again = tmp_path / "again.csv"
    again.write_text(delivered, encoding="utf-8")
    columns = Columns(item="name", label="answer.english")
    job = bring(cast, again, ImportOptions(Format.CSV, columns=columns, annotator="again", field="english"))
    assert stored(cast, outcome_of(job)["round"]) == ["=1+1, said “he”", "On its way | soon"]


def table_of(cast: Cast) -> str:
    asked = deliver(cast.house, cast.zhou, cast.project, new_id(), format="csv", include=Include.ALL)
    work_jobs(cast.house, JOBS)
    package = get_package(cast.house, cast.zhou, cast.project, asked.number)
    assert package.blob is not None
    with zipfile.ZipFile(io.BytesIO(cast.house.blobs.read(package.blob))) as opened:
        return opened.read("annotations.csv").decode()


def stored(cast: Cast, round_id: int) -> list[str]:
    with cast.house.reading() as connection:
        answers = [decode_answers(row.answers)["english"] for row in current_annotations(connection, round_id)]
    return sorted(answer.text for answer in answers if isinstance(answer, Written))
