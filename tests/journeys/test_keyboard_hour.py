"""An hour's work with no hand on the mouse: corrected, repeated, asked about, under keys of one's own."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guiju.samples.documents import rulebook_text
from tests.journeys.benches import open_production, surfaces, texts
from tests.journeys.conftest import Open
from tests.journeys.papers import rulebook_of
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor

TEXTS, SURFACES = 48, 14


@pytest.fixture
def alice(town: Served, window: Open) -> Visitor:
    """Signed in; her mouse is out of the window and any use of it fails the test."""
    with town.client("alice") as client:
        client.write("PUT", "/me/workbench", settings={})  # what she chose in another test follows her into this one
    one = window(town.url)
    one.sign_in("alice@guiju.test", PASSWORD)
    one.context.add_init_script("""
      for (const name of ["pointerdown", "mousedown", "wheel", "touchstart"]) {
        addEventListener(name, () => { throw new Error(`a hand left the keyboard: ${name}`); }, true);
      }""")
    return one


def keys(page: Page, *names: str) -> None:
    for name in names:
        page.keyboard.press(name)


def is_saved(page: Page) -> None:
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()


def item(page: Page) -> str:
    return page.locator(".unseen[aria-live]").inner_text().split()[1]


def submit(page: Page, key: str = "Enter") -> None:
    """Submit, and wait for the next item as a person does: until it is to be seen."""
    before = item(page)
    keys(page, key)
    page.wait_for_function(
        """before => {
          const said = document.querySelector(".unseen[aria-live]").textContent;
          return said.startsWith("Item ") && !said.startsWith(`Item ${before} `);
        }""",
        arg=before,
    )


@dataclass
class Hour:
    """alice before her texts, what she has said of each so far, and the key that she submits with."""

    alice: Visitor
    said: dict[str, str] = field(default_factory=dict[str, str])
    submits: str = "Enter"

    @property
    def page(self) -> Page:
        return self.alice.page

    def means(self, label: str, *pressed: str) -> None:
        """Press these keys, which leave the item with this label, and submit."""
        keys(self.page, *pressed)
        self.said[item(self.page)] = label
        submit(self.page, self.submits)

    def answers(self, count: int) -> None:
        for _ in range(count):
            n = len(self.said) % 3
            self.means("abc"[n], str(n + 1))

    def asks(self, question: str) -> None:
        """A question on the item, with its clause; then on with the work."""
        keys(self.page, "c", "q")
        expect(self.page.locator("dialog textarea")).to_be_focused()
        self.page.keyboard.type(question)
        keys(self.page, "Control+Enter")
        self.alice.reads("Your question is with the trainer. You can go on.")

    def searches_the_rules(self) -> None:
        keys(self.page, "/")
        self.page.keyboard.type("clause 1")
        keys(self.page, "Escape")

    def finds(self, act: str) -> None:
        """Do an act by its name."""
        keys(self.page, "Control+k")
        expect(self.page.locator(".palette input")).to_be_focused()
        self.page.keyboard.type(act)

    def gives_undo_a_key_of_her_own(self) -> None:
        """The ask's key is refused in words; U is taken."""
        page = self.page
        self.finds("change the keys")
        keys(page, "Enter")
        page.locator(".remap input").focus()
        page.keyboard.type("undo")
        expect(page.locator(".remap li")).to_have_count(1)
        keys(page, "Tab")
        expect(page.locator(".remap .key")).to_be_focused()
        keys(page, "Enter", "q")
        expect(page.get_by_role("alert")).to_contain_text("Ask the trainer")
        keys(page, "Enter", "u")
        expect(page.locator(".remap .key kbd")).to_have_text("U")
        keys(page, "Escape")
        expect(page.locator("dialog")).to_have_count(0)

    def takes_back(self, *pressed: str) -> None:
        keys(self.page, *pressed)
        expect(self.page.locator(".gap")).to_be_visible()

    def submits_with_space(self) -> None:
        keys(self.page, "?")
        self.page.locator("dialog select").first.focus()
        keys(self.page, "ArrowDown", "Escape")
        expect(self.page.locator(".foot kbd").first).to_have_text("Space")
        self.submits = "Space"

    def corrects_the_last(self, label: str, key: str) -> None:
        last = list(self.said)[-1]
        keys(self.page, "b")
        expect(self.page.locator(".mine li button").first).to_be_focused()
        keys(self.page, "Enter")
        expect(self.page.locator(".note")).to_contain_text("Correcting")
        assert item(self.page) == last
        self.means(label, key)


def test_an_hour_of_texts_by_keyboard_alone(town: Served, alice: Visitor, tmp_path: Path) -> None:
    address = open_production(town, "Hour", rulebook_of("choice", ["A", "B", "C"]), texts(tmp_path, TEXTS))
    alice.go(address)
    expect(alice.page.locator(".text").first).to_be_visible()
    hour = Hour(alice)
    hour.answers(12)
    hour.means("b", "1", "z", "2")
    hour.means("c", "3", "z", "Shift+Z")
    hour.means("c", "r")
    hour.asks("Is this one an A?")
    hour.answers(1)
    hour.searches_the_rules()
    hour.answers(1)
    keys(alice.page, "3")
    hour.finds("submit and")
    hour.means("c")
    hour.gives_undo_a_key_of_her_own()
    hour.takes_back("1", "u")
    hour.submits_with_space()
    hour.answers(5)
    alice.page.reload()
    expect(alice.page.locator(".text").first).to_be_visible()
    hour.takes_back("1", "u")
    hour.answers(TEXTS - 1 - len(hour.said))
    is_saved(alice.page)
    hour.corrects_the_last("a", "1")
    hour.said[item(alice.page)] = "b"
    keys(alice.page, "2", "Space")
    alice.reads("Nothing left for you here")
    is_saved(alice.page)
    with town.client("zhou") as zhou:
        asked = zhou.get(f"/projects/{address.split('/')[2]}/questions")["questions"]
    assert [each["text"] for each in asked] == ["Is this one an A?"]
    assert answers_of(town, address) == hour.said


def answers_of(town: Served, address: str) -> dict[str, str]:
    """Each item's label as the server has it, by the item's name."""
    with town.client("alice") as client:
        found = client.get(f"/rounds/{address.split('/')[4]}/mine?limit=100")["annotations"]
    return {each["item"]["name"]: each["answers"]["answer"]["labels"][0] for each in found}


def test_surfaces_by_keyboard_alone(town: Served, alice: Visitor, tmp_path: Path) -> None:
    """A prepared box is copied from item to item, moved, widened, named, zoomed to and removed; no key draws."""
    address = open_production(town, "Plates", rulebook_text("steel"), surfaces(tmp_path, SURFACES))
    with town.client("alice") as client:
        round_id = int(address.split("/")[4])
        [first, *_] = client.lease(round_id, 1)
        box = {"id": "b1", "label": "pitting", "x": 100, "y": 100, "w": 80, "h": 60}
        drawn = {"defects": {"kind": "box", "shapes": [box]}}
        client.write("PUT", f"/rounds/{round_id}/drafts", slot=first["slot"], lease=first["lease"], answers=drawn)
    alice.go(address)
    page = alice.page
    parts = page.locator("section.parts li")
    expect(parts).to_have_count(1)
    keys(page, "Tab", "ArrowRight", "Shift+ArrowDown", "Alt+ArrowRight", "Shift+F", "0")
    expect(parts.first).to_contain_text("81×60")
    submit(page)
    for n in range(SURFACES - 2):
        expect(parts).to_have_count(0)
        keys(page, "r", "Tab", "ArrowRight")
        if n % 3 == 0:
            keys(page, "Shift+R")
            expect(parts).to_have_count(2)
            keys(page, "Shift+H", "Shift+H", "Tab", "Delete")
        expect(parts).to_have_count(1)
        submit(page)
    keys(page, "r", "Enter")
    alice.reads("Nothing left for you here")
    is_saved(page)
    with town.client("alice") as client:
        found = client.get(f"/rounds/{round_id}/mine?limit=100")["annotations"]
    boxes = [each["answers"]["defects"]["shapes"] for each in reversed(found)]
    assert len(boxes) == SURFACES
    assert [len(each) for each in boxes] == [1] * SURFACES
    assert boxes[0][0]["x"] == 101
    assert boxes[0][0]["y"] == 110
