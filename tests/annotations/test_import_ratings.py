"""Others' ratings come in from a CSV: numbers on the rulebook's scale, each refused by name where it is none."""

from pathlib import Path

from guiju.annotations import current_annotations
from guiju.annotations.imports import Format, ImportOptions
from guiju.kinds import Rating, decode_answers
from guiju.kit import new_id
from guiju.rulebooks import publish_rulebook, save_draft
from tests.annotations.moving import bring, outcome_of, refused_of
from tests.rulebooks.test_scales import DOCUMENT
from tests.support.cast import Cast

ROWS = """item,annotator,label,text
a,ann,4,the first of them
b,ann,2.0,the second of them
c,ann,6,the third of them
d,ann,good,the fourth of them
e,ann,5,no
"""


def test_ratings_of_a_csv_are_stored_and_what_is_none_is_refused_by_name(cast: Cast, tmp_path: Path) -> None:
    save_draft(cast.house, cast.zhou, cast.project, document=DOCUMENT, from_revision=0, request_id=new_id())
    publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())
    path = tmp_path / "ratings.csv"
    path.write_text(ROWS, encoding="utf-8")
    job = bring(cast, path, ImportOptions(Format.CSV, create_items=True))
    assert stored(cast, outcome_of(job)["round"]) == [2.0, 4.0]
    assert [(mark.item, mark.code) for mark in refused_of(cast, job)] == [
        ("c", "off-scale"),
        ("d", "not-a-rating"),
        ("e", "check-failed"),
    ]


def stored(cast: Cast, round_id: int) -> list[float]:
    with cast.house.reading() as connection:
        answers = [decode_answers(row.answers)["fluency"] for row in current_annotations(connection, round_id)]
    return sorted(answer.value for answer in answers if isinstance(answer, Rating) and answer.value is not None)
