"""Every word of the command line is loaded by its name."""

from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

import guiju.cli
from guiju.cli import app
from guiju.cli.main import WORDS

BESIDE = {"__init__", "main", "common"}


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_a_command_or_a_noun_of_commands(word: str) -> None:
    program: Any = get_command(app)
    found = program.get_command(None, word)
    assert found is not None
    assert found.name == word
    assert found.help


def test_no_file_with_commands_is_left_out() -> None:
    files = {path.stem for path in Path(guiju.cli.__file__).parent.glob("*.py")} - BESIDE
    with_commands = {name for name in files if "def add_to(" in _text(name) or "= noun(" in _text(name)}
    assert with_commands == {name for names in WORDS.values() for name in names}


def _text(name: str) -> str:
    return (Path(guiju.cli.__file__).parent / f"{name}.py").read_text(encoding="utf-8")


def test_the_help_names_them_all() -> None:
    shown = CliRunner().invoke(app, ["--help"]).output
    assert [word for word in WORDS if word not in shown] == []


def test_an_unknown_word_is_not_understood() -> None:
    assert CliRunner().invoke(app, ["nonsense"]).exit_code == 2
