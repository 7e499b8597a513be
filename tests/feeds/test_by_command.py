"""The same from the command line and by the client."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from typer.testing import CliRunner

from guiju.cli.main import app
from tests.support.cast import Cast

Run: TypeAlias = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(cast: Cast) -> Run:
    """Gives a command to the cast's home; its exit code and what it said as JSON."""
    database = [] if cast.house.database.is_sqlite else ["--database", cast.house.database.url]
    place = ["--home", str(cast.house.home), *database, "--json"]

    def given(*words: str, told: str | None = None) -> tuple[int, Any]:
        done = CliRunner().invoke(app, [*words, *place], input=told)
        return done.exit_code, json.loads(done.stdout) if done.stdout else None

    return given


def test_a_connection_is_named_granted_and_drawn_from_by_command(
    cast: Cast, desk: Path, inbox: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guiju.cli.feeds.REST", 0)
    project = str(cast.project)
    code, said = run("connection", "add", "Desk", "sqlite", str(desk))
    assert (code, said["fault"]) == (0, None)
    assert run("data", "draw", project, "Desk", "--query", "SELECT 1")[0] == 1, "not granted yet"
    assert run("connection", "grant", "Desk", project)[1]["projects"] == [cast.project]
    query = ["--query", "SELECT id, content FROM message ORDER BY id"]
    _, said = run("data", "draw", project, "Desk", *query, "--preview")
    assert said["taken"] == 3
    _, said = run("data", "draw", project, "Desk", *query, "--feed", "Calls")
    assert said["feed"]["sources"][0]["taken"] == 3
    (inbox / "a.txt").write_text("one\ntwo\n", encoding="utf-8")
    run("connection", "add", "Inbox", "folder", str(inbox))
    run("connection", "grant", "Inbox", "--all")
    _, said = run("data", "draw", project, "Inbox")
    assert said["files"] == {"taken": 1}, "it waited until the file was at rest"
    feed = str(said["feed"]["id"])
    assert run("data", "watch", project, feed, "--every", "5")[1]["feed"]["every"] == 5
    assert run("data", "again", project, feed)[1]["feed"]["fault"] is None
    assert len(run("data", "feeds", project)[1]) == 2
    assert run("connection", "remove", "Inbox")[0] == 1, "a feed draws from it"


def test_a_secret_comes_from_standard_input_and_never_as_an_argument(cast: Cast, run: Run) -> None:
    address = "postgresql://reader@127.0.0.1:9/desk"
    code, said = run("connection", "add", "Desk", "postgresql", address, "--secret", "-", told="a-secret-word\n")
    assert (code, said["secret"]) == (0, "house")
    assert "a-secret-word" not in str(said)
    assert run("connection", "check", "Desk")[0] == 1
    assert run("connection", "change", "Desk", "--secret", "a-secret-word")[0] == 1
