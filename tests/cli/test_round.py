"""Production opened from the command line, with a model's suggestions."""

import json
from pathlib import Path

from typer.testing import CliRunner

from guiju.annotations.imports import Format, ImportOptions
from guiju.cli import app
from guiju.storage import House
from tests.annotations.moving import bring, outcome_of
from tests.support.build import service_project
from tests.support.cast import Cast


def run(house: House, *words: str) -> tuple[int, str]:
    given = [*words, "--home", str(house.home), "--as", "zhou@guiju.test", "--json"]
    if house.database.engine.dialect.name == "postgresql":
        given += ["--database", house.database.engine.url.render_as_string(hide_password=False)]
    done = CliRunner().invoke(app, given)
    return done.exit_code, done.output


def test_a_round_is_opened_with_a_models_suggestions_and_its_pace_is_read(cast: Cast, tmp_path: Path) -> None:
    labels = service_project(cast, tmp_path, 2)
    path = tmp_path / "predicted.csv"
    path.write_text(f"item,label,confidence\nm0000,{labels[0]},0.9", encoding="utf-8")
    outcome_of(bring(cast, path, ImportOptions(Format.CSV, annotator="intent-3", predictions=True)))
    code, said = run(cast.house, "round", "open", str(cast.project), "--suggest", "nobody", "--reason", "a deadline")
    assert (code, "suggestions-unknown" in said) == (1, True)
    code, said = run(cast.house, "round", "open", str(cast.project), "--suggest", "intent-3", "--reason", "a deadline")
    assert code == 0, said
    opened = json.loads(said)["round"]
    code, said = run(cast.house, "round", "pace", str(opened))
    assert code == 0, said
    assert json.loads(said)["suggestions"]["annotator"] == "intent-3"
