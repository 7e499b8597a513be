"""`guiju rulebook` and `guiju brief` on files: what is wrong is said with its line, and is an exit code."""

import json
from pathlib import Path

import typer
from typer.testing import CliRunner

from guiju.cli import brief, rulebook
from guiju.samples.documents import brief_text, rulebook_text


def _run(app: typer.Typer, *arguments: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, list(arguments), env={"GUIJU_LANG": "en"})
    return answer.exit_code, answer.stdout


def _file(folder: Path, name: str, text: str) -> str:
    place = folder / name
    place.write_text(text, encoding="utf-8")
    return str(place)


def test_a_rulebook_without_problems_passes_the_check(tmp_path: Path) -> None:
    file = _file(tmp_path, "a.md", rulebook_text("steel"))
    assert _run(rulebook.app, "check", file, "--json") == (0, '{\n  "problems": [],\n  "errors": 0\n}\n')


def test_a_rulebook_with_an_error_fails_the_check_with_its_line(tmp_path: Path) -> None:
    file = _file(tmp_path, "a.md", rulebook_text("steel").replace("kind: box", "kind: cube"))
    code, said = _run(rulebook.app, "check", file)
    assert code == 1
    assert f"{file}:5: error: Field “defects”: there is no kind “cube”." in said


def test_two_rulebooks_are_compared_in_words(tmp_path: Path) -> None:
    text = rulebook_text("steel")
    files = [_file(tmp_path, "a.md", text), _file(tmp_path, "b.md", text.replace("3 * height", "4 * height"))]
    code, said = _run(rulebook.app, "diff", *files, "--json")
    assert (code, json.loads(said)["proposed"]) == (0, "2.0.0")


def test_a_rulebook_is_rendered_for_reading(tmp_path: Path) -> None:
    code, said = _run(rulebook.app, "render", _file(tmp_path, "a.md", rulebook_text("steel")))
    assert code == 0
    assert "C3.1 Scratch</h4>" in said


def test_a_rulebook_is_written_as_word_only_into_a_file(tmp_path: Path) -> None:
    file, out = _file(tmp_path, "a.md", rulebook_text("steel")), tmp_path / "a.docx"
    assert _run(rulebook.app, "render", file, "--format", "docx")[0] == 2
    assert _run(rulebook.app, "render", file, "--format", "docx", "--out", str(out))[0] == 0
    assert out.read_bytes()[:2] == b"PK"


def test_a_brief_with_gaps_that_block_fails_the_check(tmp_path: Path) -> None:
    assert _run(brief.app, "check", _file(tmp_path, "a.yaml", brief_text("steel")))[0] == 0
    code, said = _run(brief.app, "check", _file(tmp_path, "b.yaml", "title: 新项目\n"), "--json")
    assert (code, json.loads(said)["blocking"]) == (1, 8)


def test_a_brief_that_cannot_be_read_is_refused_in_the_one_shape_of_errors(tmp_path: Path) -> None:
    code, said = _run(brief.app, "check", _file(tmp_path, "a.yaml", "title: x\nfoo: 1\n"), "--json")
    assert (code, json.loads(said)["error"]["code"]) == (1, "unknown-entry")
