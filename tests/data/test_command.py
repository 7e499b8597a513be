"""`guiju data` acts on the home itself, through the same actions."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guiju.cli.data import app
from tests.data.conftest import Importer


@pytest.fixture
def command(importer: Importer) -> list[str]:
    """What every command of the test is given: the home and its database."""
    house = importer.house
    database = [] if house.database.is_sqlite else ["--database", house.database.url]
    return ["--home", str(house.home), *database]


def test_a_file_is_imported_and_its_leftovers_are_listed(
    importer: Importer, tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1,one\n2,one\n3,\n", encoding="utf-8")
    project, run = str(importer.cast.project), CliRunner().invoke
    done = run(app, ["import", project, str(tmp_path / "a.csv"), "--rights", "general", "--json", *command])
    assert done.exit_code == 0, done.output
    source = json.loads(done.stdout)["source"]
    assert [source[name] for name in ("state", "rights", "taken", "duplicates", "refused")] == [
        "landed",
        "general",
        1,
        1,
        1,
    ]
    listed = json.loads(run(app, ["leftovers", project, str(source["id"]), "--json", *command]).stdout)["leftovers"]
    assert [row["code"] for row in listed] == ["duplicate", "text-empty"]
    assert "a.csv" in run(app, ["sources", project, *command]).stdout


def test_what_is_refused_ends_with_one_and_its_name(importer: Importer, tmp_path: Path, command: list[str]) -> None:
    project = str(importer.cast.project)
    done = CliRunner().invoke(app, ["import", project, str(tmp_path / "none.csv"), "--json", *command])
    assert (done.exit_code, json.loads(done.stdout)["error"]["code"]) == (1, "path-not-found")
