"""A trial's report is handed on as Word, PDF and a page, with the annotators' names or without."""

from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from guiju.annotations import RoundKind
from guiju.site.documents import FORMATS, Paragraph, Table, render
from guiju.site.words import words_for
from guiju.work.trial import decide_gate
from guiju.work.trial.paper import write_paper
from guiju.work.trial.paper.actions import letters
from tests.annotations.moving import bring_rows, publish_labels
from tests.support.build import latest_round, sign_the_brief
from tests.support.cast import Cast

# What it asks the database is asked on both by the tests of the actions.
pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)

ROWS = [
    f"m{n},{who},{label}"
    for n in range(12)
    for who, label in (("Zhang San", "refund"), ("Li Si", "refund" if n % 3 else "complaint"), ("Wang Wu", "refund"))
]


@pytest.fixture
def trial(cast: Cast, tmp_path: Path) -> int:
    sign_the_brief(cast)
    publish_labels(cast, "choice", ["refund", "complaint"])
    bring_rows(cast, tmp_path, ROWS)
    return latest_round(cast, RoundKind.TRIAL)


def text_of(document: Any) -> str:
    told = [document.title, document.subtitle]
    for block in document.blocks:
        if isinstance(block, Table):
            told += [str(cell) for row in block.rows for cell in row]
        elif isinstance(block, Paragraph):
            told.append(str(block.text))
        else:
            told.append(repr(block))
    return "\n".join(told)


def test_it_says_the_gate_and_why_the_confusion_its_cause_and_who(cast: Cast, trial: int) -> None:
    decide_gate(cast.house, cast.zhou, trial, request_id="the-gate-1", override_reason="agreed with the customer")
    said = text_of(write_paper(cast.house, cast.zhou, trial, words_for("en")))
    for wanted in ("0.777 over 12 items does not reach the gate of 0.800", "agreed with the customer", "Zhou", "Li Si"):
        assert wanted in said
    assert "refund" in said
    assert "complaint" in said
    assert "a person: " in said
    chinese = text_of(write_paper(cast.house, cast.zhou, trial, words_for("zh-Hans")))
    assert "12 个条目上为 0.777" in chinese


def test_with_letters_no_name_is_left_and_everybody_keeps_one(cast: Cast, trial: int) -> None:
    said = text_of(write_paper(cast.house, cast.zhou, trial, words_for("en"), pseudonymous=True))
    assert not [name for name in ("Zhang", "Li Si", "Wang") if name in said]
    assert {f"Annotator {letter}" for letter in "ABC"} <= set(said.split("\n"))
    assert "Annotator D" not in said
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_every_format_is_written_and_taken_away_by_page_and_api(
    cast: Cast, client: TestClient[Any], trial: int
) -> None:
    paper = write_paper(cast.house, cast.zhou, trial, words_for("en"))
    assert render(paper, "docx")[:2] == b"PK"
    cast.sign_in(client, "zhou")
    api, page = f"/api/v1/rounds/{trial}/report/file", f"/projects/{cast.project}/rounds/{trial}/trial/file"
    for name, form in FORMATS.items():
        answer = client.get(f"{api}?format={name}&language=en")
        assert answer.headers["content-type"].startswith(form.media_type)
        assert len(answer.content) > 500
    assert "Annotator A" in client.get(f"{page}?format=html&language=en&pseudonymous=1").text
    assert client.get(f"{api}?format=odt").json()["code"] == "document-format-unknown"
    cast.sign_in(client, "alice")
    assert client.get(api).status_code == 403
    cast.sign_in(client, "mallory")
    assert client.get(api).status_code == 404
