"""The bank by command: mappings set and forgotten, contradictions ruled on, papers kept, many drawn."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from guiju.bank.drawing import actions
from guiju.cli import app
from tests.bank.test_bank import messages
from tests.bank.test_contradicting import two
from tests.bank.test_mapping import renamed, target_of
from tests.bank.test_merging import general
from tests.support.cast import Cast

pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


def run(cast: Cast, *words: str, who: str = "zhou") -> tuple[int, Any]:
    given = ["bank", *words, "--home", str(cast.house.home), "--as", f"{who}@guiju.test", "--json"]
    done = CliRunner().invoke(app, given)
    return done.exit_code, json.loads(done.stdout or "null")


def test_a_mapping_is_listed_set_and_forgotten(cast: Cast) -> None:
    made = messages(cast, ["一条留言"])
    target, _ = target_of(cast, renamed())
    book, into = str(made.rulebook), str(target)
    assert [one["because"] for one in run(cast, "map", "list", into, "--of", book)[1]["lines"]] == ["named", "named"]
    code, told = run(cast, "map", "set", into, book, "--line", "label/b=label/first?")
    assert (code, [(one["how"], one["to_label"]) for one in told["lines"]]) == (
        0,
        [("becomes", "first"), ("recheck", "first")],
    )
    assert run(cast, "map", "set", into, book, "--line", "label/c=label/first")[0] == 1
    assert run(cast, "map", "forget", into, book)[1]["rulebooks"][0]["mapped"] is False
    assert run(cast, "map", "forget", into, book)[0] == 1


def test_a_contradiction_is_listed_asked_about_and_ruled_on(cast: Cast) -> None:
    _, _, number = two(cast)
    [case] = run(cast, "contradictions")[1]["contradictions"]
    first, second = (str(side["deposit"]) for side in case["sides"])
    assert run(cast, "ask", str(number), second, "这条算哪类？")[1]["question"]
    ruled = run(cast, "rule", str(number), "--reason", "按 C1", "--stands", first)[1]
    assert [side["fate"] for side in ruled["sides"]] == ["stands", "aside"]
    assert run(cast, "contradiction", str(number))[1]["state"] == "settled"


def test_a_signed_paper_is_kept_and_fetched(cast: Cast, tmp_path: Path) -> None:
    made, consent = general(cast, "远山物流", ["一条留言"])
    paper = tmp_path / "signed.pdf"
    paper.write_bytes(b"%PDF-1.7 signed")
    words = ("consent-paper", str(made.project), str(consent))
    assert run(cast, *words, "--attach", str(paper), who="lin")[0] == 0
    assert run(cast, *words, "--out", str(tmp_path / "back.pdf"))[0] == 0
    assert (tmp_path / "back.pdf").read_bytes() == paper.read_bytes()


def test_many_are_drawn_here_and_now_or_refused_with_the_reason(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_DRAWN", 2)
    messages(cast, [f"第{n}条留言" for n in range(4)])
    target, _ = target_of(cast, renamed())
    assert run(cast, "search", "留言")[1]["found"][0]["answers"]["label"]["labels"] == ["a"]
    code, told = run(cast, "draw", str(target), "--label", "a", "--most", "9")
    assert (code, told["items"]) == (0, 4)
    code, _ = run(cast, "draw", str(target), "--label", "nothing", "--most", "9")
    assert code == 1
