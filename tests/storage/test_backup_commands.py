"""Keeping the house from the command line: exit codes, and one JSON shape."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from guiju.cli import app
from guiju.storage import opened_house
from tests.storage.furnished import CONTENTS, furnish
from tests.support.cast import gather_cast, meet_cast


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands") / "home"
    with opened_house(folder) as house:
        gather_cast(house)
        furnish(meet_cast(house))
    return folder


def run(*words: object, code: int = 0) -> dict[str, Any]:
    answer = CliRunner().invoke(app, [*map(str, words), "--json"])
    assert answer.exit_code == code, answer.output
    return json.loads(answer.stdout)


def test_a_home_is_backed_up_restored_and_whole(home: Path, tmp_path: Path) -> None:
    made = run("backup", tmp_path / "b.tar", "--home", home)
    assert (made["blobs"], made["damaged"], made["size"]) == (len(CONTENTS), [], (tmp_path / "b.tar").stat().st_size)
    restored = run("restore", tmp_path / "b.tar", "--home", tmp_path / "new")
    assert (restored["rows"], restored["blobs"]) == (made["rows"], made["blobs"])
    verified = run("verify", "--home", tmp_path / "new")
    assert (verified["whole"], verified["unsealed"], verified["blobs"]) == (True, 0, len(CONTENTS))


def test_a_used_home_is_refused_with_exit_code_1(home: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "b.tar", "--home", home)
    assert run("restore", tmp_path / "b.tar", "--home", home, code=1)["error"]["code"] == "home-not-empty"


def test_findings_end_in_exit_code_1_and_are_said_in_words(home: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "b.tar", "--home", home)
    run("restore", tmp_path / "b.tar", "--home", tmp_path / "new")
    with opened_house(tmp_path / "new") as house:
        key = next(iter(house.blobs))
        house.blobs.delete(key)
    verified = run("verify", "--home", tmp_path / "new", code=1)
    assert [finding["code"] for finding in verified["findings"]] == ["blob-missing"]
    answer = CliRunner().invoke(app, ["verify", "--home", str(tmp_path / "new")], env={"GUIJU_LANG": "en"})
    assert answer.exit_code == 1
    assert key in answer.stdout


def test_a_home_moves_and_serves_from_the_other_database(home: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'moved.db'}"
    moved = run("migrate", "--home", home, "--to", url)
    assert moved["tables"]["item"] == len(CONTENTS) + 1
    assert run("verify", "--home", home, "--database", url)["blobs"] == len(CONTENTS)
    assert run("migrate", "--home", home, "--to", url, code=1)["error"]["code"] == "database-not-empty"
