"""The steel story in a browser: a request, a signed brief, a trial that fails by its rule, one that passes, an exam."""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from guiju.rulebooks import parse_rulebook
from guiju.samples.demo.material import Material, steel_material
from guiju.samples.demo.papers import brief_for
from guiju.samples.stories import Named, Story, teach, tell_story
from guiju.samples.stories.steel import BETWEEN, steel_story
from tests.journeys.conftest import Open
from tests.journeys.offices import ServedOffice, ServedSchool, playing, truth_of
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor

PLATES = 40
AT = 1_780_000_000_000_000


@dataclass
class SeenOffice(ServedOffice):
    """The trainer writes, opens, reads and amends at a browser; the requester signs at another, in Chinese."""

    zhou: Visitor = field(kw_only=True)
    lin: Visitor = field(kw_only=True)
    told: Story = field(kw_only=True)

    @property
    def path(self) -> str:
        return f"/projects/{self.project}"

    def write_brief(self, document: str) -> Any:
        """The customer's two sentences by hand; what their answers came to as a file, as it came."""
        if self.written[0]:
            return super().write_brief(document)
        self.zhou.go(f"{self.path}/brief")
        self.zhou.page.locator('[name="trade"]').select_option("inspection")
        self.zhou.page.locator('[name="what.zh"]').fill(self.told.request["zh"])
        expect(self.zhou.page.locator("#found-what")).to_contain_text("尽量")
        self.zhou.press("Save the brief")
        self.zhou.reads("The brief is saved.")
        with self.client("zhou") as zhou:
            kept = zhou.get(f"{self.path}/brief")
        self.written = (kept["version"], kept["revision"])
        return kept["gaps"]

    def sign_brief(self) -> None:
        self.lin.go(f"{self.path}/brief")
        self.lin.press("签字确认第 1 版")
        self.lin.reads("需求单已签字，其中的数字从现在起生效。")

    def open_trial(self, size: int) -> int:
        return self.open_by_hand(f"Open the trial: {size} items for 3 people", str(size))

    def open_again(self) -> int:
        return self.open_by_hand(f"Open the trial: {len(self.drawn)} items for 3 people", "")

    def open_by_hand(self, button: str, size: str) -> int:
        self.zhou.go(f"{self.path}/rounds")
        self.zhou.press("Prepare a trial")
        if size:
            self.zhou.write(size=size)
        else:
            self.zhou.page.locator('[name="earlier"][value="same"]').check()
        self.zhou.press(button)
        self.zhou.reads("The trial is open.")
        with self.client("zhou") as zhou:
            return max(each["id"] for each in zhou.rounds(self.project))

    def keep_example(self, round_id: int, named: Named) -> tuple[str, str, Any]:
        """From the report to the clause, a new one written and kept; then an item becomes its example by one press."""
        zhou, name = self.zhou, self.items[named.items[0]]
        zhou.go(f"{self.path}/rounds/{round_id}/trial")
        zhou.reads("does not reach the gate of 0.80", "the rule leaves it open")
        zhou.press(f"Amend {named.clause}")
        zhou.reads("for one another.")
        zhou.page.locator(".cm-content").click()
        zhou.page.keyboard.press("Control+End")
        zhou.page.keyboard.insert_text(BETWEEN)
        expect(zhou.page.locator(".desk-read")).to_contain_text("C5.3")
        zhou.press("Save the draft")
        expect(zhou.page.locator(".desk-state")).to_contain_text("Saved")
        zhou.go(f"{self.path}/rounds/{round_id}/trial")
        case = zhou.page.locator("article.case", has=zhou.page.get_by_role("link", name=name, exact=True))
        case.get_by_role("button", name="Make it a boundary example").click()
        zhou.reads("The item stands in the draft as a boundary example")
        with self.client("zhou") as client:
            draft = client.get(f"{self.path}/rulebook/draft")["document"]
        [kept] = [example for example in parse_rulebook(draft).examples if example.item == name]
        assert kept.clause == "C5.3", "the example cites what was just written about its labels"
        return draft, name, self.right(name)

    def publish(self, document: str) -> str:
        if not self.document:
            return super().publish(document)
        with self.client("zhou") as client:
            draft = client.get(f"{self.path}/rulebook/draft")
            client.write("PUT", f"{self.path}/rulebook/draft", document=document, revision=draft["revision"])
        self.document, self.border = document, self.told.remedies[0].clause
        self.zhou.go(f"{self.path}/rulebook/edit")
        self.zhou.reads("Proposed: 1.1.0")
        self.zhou.press("Publish the saved draft")
        self.zhou.reads("The rulebook is published")
        return "1.1.0"

    def change(self, round_id: int) -> Any:
        self.zhou.go(f"{self.path}/rounds/{round_id}/trial")
        self.zhou.press("Did the amendment help?")
        self.zhou.reads("Agreement rose by", "40 items stand in both rounds")
        return super().change(round_id)

    def decide(self, round_id: int) -> bool:
        self.zhou.go(f"{self.path}/rounds/{round_id}/trial")
        self.zhou.reads("reaches the gate of 0.80")
        self.zhou.press("Close the trial and open production")
        self.zhou.reads("The trial is closed; production can be opened.")
        return True


@pytest.fixture
def plates() -> Material:
    return steel_material(PLATES, worn=True)


def test_two_sentences_become_rules_that_people_agree_on_and_a_newcomer_learns_them(
    town: Served, window: Open, plates: Material, tmp_path: Path
) -> None:
    zhou, lin, carol = window(town.url), window(town.url, "zh-CN"), window(town.url)
    zhou.sign_in("zhou@guiju.test", PASSWORD)
    lin.sign_in("lin@guiju.test", PASSWORD, "登录")
    story = steel_story("Worn rolls", "North Star Steel", brief_for("steel", AT), PLATES)
    file, answering, right = zipped(plates.lay_out(tmp_path)), playing(plates.truth), truth_of(plates.truth)
    office = SeenOffice(town, file, answering, right, zhou=zhou, lin=lin, told=story)
    ending = tell_story(office, story)
    assert {"why: facet-missing", "volume: volume-missing"} <= set(ending.lacked)
    [named] = ending.named
    assert ({named.a, named.b}, named.cause) == ({"scale", "rolled_in"}, "rule")
    assert ending.changes[0]["fields"][0]["moved"]["verdict"] == "better"
    assert ending.passed

    schooling = teach(ServedSchool(office), known=20, size=8, pass_mark=0.8)
    assert (schooling.papers[0]["passed"], schooling.passed) == (False, True)
    carol.sign_in("carol@guiju.test", PASSWORD)
    carol.go(f"{office.path}/exams")
    carol.reads("You hold the certificate for rules 1.1.0.", f"Attempt {len(schooling.papers)}")


def zipped(folder: Path) -> Path:
    file = folder.with_suffix(".zip")
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    return file
