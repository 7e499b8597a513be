"""Links between the spans of a text: dragged, drawn by keyboard alone, and stored with what they join."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.annotations.moving import ENTRY
from tests.journeys.axe import violations
from tests.journeys.benches import open_production
from tests.journeys.conftest import Open
from tests.journeys.papers import found_project
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor

LABELS = ("drug", "illness", "treats", "causes", "same")
RULES = """---
title: {{zh: 规则, en: Rules}}
version: 1.0.0
fields:
  - {{id: things, kind: span, title: {{zh: 药与病, en: Drugs and illnesses}}, labels: [drug, illness]}}
  - id: facts
    kind: relation
    title: {{zh: 关系, en: Relations}}
    labels: [treats, causes, same]
    options: {{of: things, ends: {{treats: {{from: [drug], to: [illness]}}, same: {{symmetric: true}}}}}}
labels:
{entries}
---

## C1 看清楚 | Look closely

看清楚再标。

> en: Look before you mark.
"""
TEXTS = (
    "😀 阿司匹林缓解头痛，也退烧。Aspirin helps against headache, and so does ibuprofen.",
    "布洛芬治牙痛，但会引起胃痛。",
    "דוד לקח אספירין נגד כאב ראש.",
)


@dataclass(frozen=True)
class Bench:
    """alice before a text."""

    town: Served
    alice: Visitor
    round: int

    @property
    def page(self) -> Page:
        return self.alice.page

    @property
    def arcs(self) -> Locator:
        return self.page.locator(".arcs g.arc")

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def place_of(self, words: str, *, end: bool = False) -> tuple[float, float]:
        """The middle of the first or last character of these words on the page."""
        found = self.page.evaluate(
            """([words, end]) => {
              const node = document.querySelector(".letters > span").firstChild;
              const at = node.data.indexOf(words), range = document.createRange();
              range.setStart(node, end ? at + words.length - 1 : at);
              range.setEnd(node, end ? at + words.length : at + 1);
              const { left, right, top, height } = range.getBoundingClientRect();
              return [left + 1, right - 1, top + height / 2];
            }""",
            [words, end],
        )
        return (found[1] if end else found[0]), found[2]

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=6)
        self.page.mouse.up()

    def mark(self, words: str, key: str) -> None:
        self.drag(self.place_of(words), self.place_of(words, end=True))
        self.keys(key)

    def submit(self) -> dict[str, Any]:
        """The answers as they are stored."""
        text = self.page.locator(".letters").inner_text()
        self.keys("Enter")
        expect(self.page.get_by_text("Saved", exact=True)).to_be_visible()
        with self.town.client("alice") as alice:
            mine = alice.get(f"/rounds/{self.round}/mine")["annotations"]
        [found] = [one for one in mine if one["item"]["text"] == text]
        return found["answers"]


@pytest.fixture
def bench(town: Served, window: Open, tmp_path: Path) -> Bench:
    file = tmp_path / "texts.jsonl"
    lines = (json.dumps({"name": f"t{number}", "text": text}) for number, text in enumerate(TEXTS))
    file.write_text("\n".join(lines), encoding="utf-8")
    entries = "\n".join(ENTRY.format(id=label, name=label) for label in LABELS)
    address = open_production(town, "Drugs", RULES.format(entries=entries), file)
    alice = window(town.url)
    alice.sign_in("alice@guiju.test", PASSWORD)
    alice.go(address)
    expect(alice.page.locator(".marks")).to_be_attached()
    return Bench(town, alice, int(address.split("/")[-2]))


def joined(answers: dict[str, Any], text: str) -> list[tuple[str, ...]]:
    """The links in the words of the text, as the server resolved them."""
    facts = answers["facts"]
    assert facts["of"] == "things"
    return [(link["label"], *(text[end["start"] : end["end"]] for end in link["ends"])) for link in facts["links"]]


def test_links_are_dragged_relabelled_turned_and_go_with_their_spans(bench: Bench) -> None:
    page = bench.page
    bench.mark("阿司匹林", "1")
    bench.mark("头痛", "2")
    bench.mark("ibuprofen", "1")
    bench.mark("headache", "2")
    bench.keys("f")
    bench.drag(bench.place_of("阿司匹林"), bench.place_of("头痛", end=True))
    expect(bench.arcs).to_have_count(1)
    bench.drag(bench.place_of("headache"), bench.place_of("ibuprofen"))
    expect(bench.arcs).to_have_count(2)
    bench.keys("4", "x")
    expect(page.locator("section.parts li.on")).to_contain_text("headache → ibuprofen")
    bench.drag(bench.place_of("阿司匹林"), bench.place_of("headache"))
    expect(bench.arcs).to_have_count(3)
    # Not allowed: said, and nothing drawn.
    bench.keys("Escape")
    bench.drag(bench.place_of("阿司匹林"), bench.place_of("ibuprofen"))
    bench.keys("3")
    expect(page.get_by_role("status")).to_contain_text("may not go")
    bench.keys("z")
    expect(bench.arcs).to_have_count(3)
    # A stroke beside every span goes back to marking; a span takes its links with it, and one undo brings all back.
    bench.drag(bench.place_of("，也退"), bench.place_of("退烧", end=True))
    bench.keys("Tab", "Tab", "Shift+Tab")
    page.mouse.click(*bench.place_of("headache"))
    bench.keys("Delete")
    expect(bench.arcs).to_have_count(1)
    bench.keys("z")
    expect(bench.arcs).to_have_count(3)
    page.locator(".arcs text[data-link]").first.click()
    expect(bench.arcs.and_(page.locator(".held"))).to_have_count(1)
    found = joined(bench.submit(), TEXTS[0])
    assert sorted(found) == [
        ("causes", "headache", "ibuprofen"),
        ("causes", "阿司匹林", "headache"),
        ("treats", "阿司匹林", "头痛"),
    ]


def test_by_keyboard_alone_spans_are_marked_and_linked(bench: Bench) -> None:
    bench.keys("Enter", "Enter")
    expect(bench.page.locator(".letters")).to_contain_text("布洛芬")
    bench.keys("ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "1")
    bench.keys("ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "2")
    bench.keys("Shift+Tab", "l", "Tab", "l")
    expect(bench.arcs).to_have_count(1)
    bench.keys("Delete")
    expect(bench.arcs).to_have_count(0)
    bench.keys("l", "Tab", "Enter")
    expect(bench.arcs).to_have_count(1)
    assert joined(bench.submit(), TEXTS[1]) == [("treats", "布洛芬", "牙痛")]
    # From right to left the arrow that points on is the left one; arcs to another line leave on the right.
    expect(bench.page.locator(".letters")).to_contain_text("אספירין")
    bench.keys(*["ArrowLeft"] * 8, *["Shift+ArrowLeft"] * 7, "1", "ArrowLeft", "Control+ArrowLeft")
    bench.keys("Shift+Control+ArrowLeft", "Shift+Control+ArrowLeft", "2", "l", "Shift+Tab", "4")
    expect(bench.arcs).to_have_count(1)
    [(label, *ends)] = joined(bench.submit(), TEXTS[2])
    assert (label, all(word in TEXTS[2] for word in ends)) == ("causes", True)


def test_an_expert_sees_both_answers_links_and_rules_by_drawing(town: Served, window: Open, tmp_path: Path) -> None:
    text = TEXTS[1]
    file = tmp_path / "texts.jsonl"
    file.write_text(json.dumps({"name": "t", "text": text}), encoding="utf-8")
    entries = "\n".join(ENTRY.format(id=label, name=label) for label in LABELS)
    project = found_project(town, "Judged", RULES.format(entries=entries), ["alice", "bob"])
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, file)["job"])
    with town.client("zhou") as zhou:
        opened = zhou.open_round(project, "production", overlap=2, reason="Judging alone is looked at.")
    for who, label in (("alice", "treats"), ("bob", "causes")):
        with town.client(who) as client:
            [task] = client.lease(opened, 1)
            client.submit(opened, task, marked(text, who, label))
    xing = window(town.url)
    xing.sign_in("xing@guiju.test", PASSWORD)
    xing.go(f"/projects/{project}/rounds/{opened}/adjudicate")
    theirs = xing.page.locator(".arcs g.arc.other")
    expect(theirs).to_have_count(2)
    # Whose answer is A is drawn by lot.
    said = [one.strip().split(" · ") for one in theirs.locator("text").all_text_contents()]
    assert [sorted(column) for column in zip(*said, strict=True)] == [["causes", "treats"], ["A", "B"]]
    xing.page.keyboard.press("1")
    expect(xing.page.locator(".arcs g.arc:not(.other)")).to_have_count(1)
    for key in ("f", "ArrowRight", "Shift+L", "ArrowRight", "ArrowRight", "Shift+L"):
        xing.page.keyboard.press(key)
    expect(xing.page.locator(".arcs g.arc:not(.other)")).to_have_count(2)
    assert violations(xing.page) == []


def marked(text: str, who: str, label: str) -> dict[str, Any]:
    """Three spans with ids of one's own, the first two linked."""
    words = (("drug", "布洛芬"), ("illness", "牙痛"), ("illness", "胃痛"))
    spans = [
        {"id": f"{who}{n}", "label": kind, "start": text.index(one), "end": text.index(one) + len(one)}
        for n, (kind, one) in enumerate(words)
    ]
    link = {"id": "r1", "label": label, "from": f"{who}0", "to": f"{who}1"}
    return {"things": {"kind": "span", "spans": spans}, "facts": {"kind": "relation", "links": [link]}}
