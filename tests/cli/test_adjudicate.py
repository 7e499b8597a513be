"""Disagreements listed, shown and ruled on from the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guiju.annotations import find_resolutions
from guiju.cli import app
from tests.annotations.moving import bring_rows, outcome_of, publish_labels
from tests.support.cast import Cast

ROWS = ["m0,ann,yes", "m0,ben,yes", "m0,cy,no", "m1,ann,yes", "m1,ben,no", "m2,ann,no", "m2,ben,no"]


def run(cast: Cast, *words: str, who: str = "xing") -> tuple[int, str]:
    given = ["adjudicate", *words, "--home", str(cast.house.home), "--as", f"{who}@guiju.test", "--json"]
    if cast.house.database.engine.dialect.name == "postgresql":
        given += ["--database", cast.house.database.engine.url.render_as_string(hide_password=False)]
    done = CliRunner().invoke(app, given)
    return done.exit_code, done.output


@pytest.fixture
def round_id(cast: Cast, tmp_path: Path) -> str:
    publish_labels(cast, "choice", ["yes", "no"])
    return str(outcome_of(bring_rows(cast, tmp_path, ROWS))["round"])


def held(cast: Cast) -> list[str]:
    with cast.house.reading() as connection:
        return [found.answers for found in find_resolutions(connection, cast.project)]


def test_disagreements_are_listed_shown_and_ruled_on(cast: Cast, round_id: str, tmp_path: Path) -> None:
    first, second = json.loads(run(cast, "list", round_id)[1])
    assert [first["item"]["name"], second["item"]["name"]] == ["m0", "m1"]
    shown = json.loads(run(cast, "show", round_id, str(first["slot"]))[1])
    letters = next(voice["letters"] for voice in shown["voices"] if voice["answers"]["answer"]["labels"] == ["no"])
    code, said = run(cast, "rule", round_id, str(first["slot"]), "--letter", letters[0].lower(), "--text", "读末句")
    assert code == 0, said
    right = tmp_path / "right.json"
    right.write_text('{"answer": {"kind": "choice", "labels": ["yes"]}}')
    code, said = run(cast, "rule", round_id, str(second["slot"]), "--answers", str(right), "--clause", "C1")
    assert code == 0, said
    assert json.loads(run(cast, "list", round_id)[1]) == []
    assert [json.loads(each)["answer"]["labels"] for each in held(cast)][-2:] == [["no"], ["yes"]]
    assert json.loads(run(cast, "show", round_id, str(first["slot"]))[1])["ruling"]["text"] == "读末句"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--text", "so"], "answer-unclear"),
        (["--letter", "Z", "--text", "so"], "letter-unknown"),
        (["--letter", "A"], "ruling-empty"),
    ],
)
def test_a_ruling_that_is_unclear_is_refused_by_name(cast: Cast, round_id: str, words: list[str], code: str) -> None:
    item = str(json.loads(run(cast, "list", round_id)[1])[0]["slot"])
    before = held(cast)
    done, said = run(cast, "rule", round_id, item, *words)
    assert (done, code in said) == (1, True), said
    assert held(cast) == before


def test_an_item_that_is_no_case_is_refused_by_name(cast: Cast, round_id: str) -> None:
    done, said = run(cast, "show", round_id, "900")
    assert (done, "case-not-found" in said) == (1, True), said
    done, said = run(cast, "list", "900")
    assert (done, "round-not-found" in said) == (1, True), said
