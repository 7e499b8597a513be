"""`guiju plan`, as a shell would call it."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from guiju.cli import app

TABLE = ("--lot", "1200", "--aql", "1.0")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GUIJU_LANG", "en")
    monkeypatch.chdir(tmp_path)


def run(*words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, ["plan", *words])
    return answer.exit_code, answer.stdout


def told(*words: str) -> Any:
    code, out = run(*words, "--json")
    assert code == 0, out
    return json.loads(out)


def test_the_single_plan_is_told_with_its_risks() -> None:
    plan = told(*TABLE)
    assert [plan[key] for key in ("letter", "n", "accept", "reject")] == ["J", 80, 2, 3]
    assert plan["stages"] == [{"n": 80, "accept": 2, "reject": 3}]
    assert plan["oc"][0] == [0.0, 1.0]
    assert plan["oc"][-1][1] < 0.01
    assert plan["risks"]["producer"] == pytest.approx(0.041, abs=5e-4)
    assert plan["sentence"].startswith("A lot with 1% defective is good enough")


def test_the_whole_table_is_reached() -> None:
    assert told(*TABLE, "--severity", "tightened")["accept"] == 1
    assert told(*TABLE, "--level", "III")["letter"] == "K"
    assert [told(*TABLE, "--severity", "reduced")[key] for key in ("n", "accept", "reject")] == [32, 1, 3]
    double = told(*TABLE, "--type", "double")
    assert [tuple(stage.values()) for stage in double["stages"]] == [(50, 0, 3), (50, 3, 4)]
    multiple = told(*TABLE, "--type", "multiple")
    assert (len(multiple["stages"]), multiple["stages"][0]["accept"]) == (7, None)
    assert multiple["asn"][0][1] < double["asn"][0][1] < 80


def test_a_plan_that_the_tables_lack_says_what_it_is_instead() -> None:
    plan = told("--lot", "50", "--aql", "1.0", "--type", "double")
    assert (plan["type"], plan["n"]) == ("single", 13)
    assert "simpler one" in plan["note"]


def test_an_aql_that_counts_defects_says_so() -> None:
    assert "defects per hundred items" in told("--lot", "1200", "--aql", "25")["sentence"]
    high = told("--lot", "30", "--aql", "150")
    assert high["risks"] is None
    assert "no share at which to tell the risks" in high["sentence"]


def test_two_points_make_the_smallest_plan() -> None:
    assert [told("--prp", "0.01,0.95", "--crp", "0.05,0.10")[key] for key in ("n", "accept")] == [132, 3]
    assert told("--prp", ".01,.95", "--crp", ".05,.1", "--lot", "500")["n"] == 123


def test_the_sequential_plan_is_told_by_its_lines() -> None:
    plan = told("--sequential", "--p0", "0.01", "--p1", "0.1", "--alpha", "0.05", "--beta", "0.1")
    assert [round(plan[key], 4) for key in ("h1", "h2", "s")] == [0.9389, 1.2054, 0.0397]
    assert plan["first_accept_at"] == 24
    assert plan["asn"][0][1] == 24


@pytest.mark.parametrize(
    "words",
    [
        TABLE,
        (*TABLE, "--type", "multiple"),
        ("--prp", ".01,.95", "--crp", ".05,.1"),
        ("--sequential", "--p0", ".01", "--p1", ".1"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_people_read_a_table_a_sentence_and_a_curve(
    words: tuple[str, ...], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIJU_LANG", lang)
    code, out = run(*words)
    assert code == 0
    assert "█" in out
    assert "≤" in out
    assert "{" not in out


def test_no_home_is_needed_and_none_is_made(tmp_path: Path) -> None:
    told(*TABLE)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--lot", "100", "--aql", "3"), "unknown-plan"),
        (("--lot", "100", "--aql", "1.0", "--level", "IV"), "unknown-plan"),
        (("--lot", "0", "--aql", "1.0"), "empty-lot"),
        (("--prp", ".05,.95", "--crp", ".01,.1"), "points-crossed"),
        (("--prp", "5,.95", "--crp", ".1,.1"), "not-a-probability"),
        (("--prp", ".01,.95", "--crp", ".010001,.1"), "points-too-close"),
        (("--sequential", "--p0", ".1", "--p1", ".01"), "points-crossed"),
        (("--sequential", "--p0", ".01", "--p1", ".1", "--alpha", ".6", "--beta", ".6"), "risks-too-large"),
        (("--sequential", "--p0", "0", "--p1", ".1"), "not-a-probability"),
    ],
)
def test_what_cannot_be_is_refused_by_name(words: tuple[str, ...], code: str) -> None:
    exit_code, out = run(*words, "--json")
    assert (exit_code, json.loads(out)["error"]["code"]) == (1, code)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--lot", "100"),
        ("--aql", "1.0"),
        ("--prp", ".01,.95"),
        ("--prp", "one", "--crp", ".05,.1"),
        ("--prp", ".01", "--crp", ".05,.1"),
        ("--prp", ".01,.95", "--crp", ".05,.1", "--aql", "1.0"),
        ("--sequential", "--p0", ".01"),
        ("--sequential", "--p0", ".01", "--p1", ".1", "--aql", "1.0"),
        ("--lot", "many", "--aql", "1.0"),
        ("--lot", "100", "--aql", "1.0", "--type", "triple"),
    ],
)
def test_what_was_not_understood_ends_with_two(words: tuple[str, ...]) -> None:
    assert run(*words)[0] == 2
