"""Keys and settings of a person are the same in every browser that they work in."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.benches import open_production, texts
from tests.journeys.conftest import Open
from tests.journeys.papers import ROLES, rulebook_of
from tests.journeys.served import PASSWORD, Served, gather, served


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("settings") / "home"
    with served(home, gather(home, *ROLES, "alice")) as town:
        yield town


def test_what_was_chosen_in_one_browser_holds_in_another(town: Served, window: Open, tmp_path: Path) -> None:
    address = open_production(town, "Texts", rulebook_of("choice", ["Yes", "No"]), texts(tmp_path, 3))
    first = window(town.url)
    first.sign_in("alice@guiju.test", PASSWORD)
    first.go(address)
    expect(first.page.locator("footer")).to_contain_text("Enter")
    first.page.keyboard.press("?")
    first.page.get_by_label("Submit with").select_option("Space")
    with town.client("alice") as alice:
        for _ in range(100):
            if '"submit-key": "Space"' in json.dumps(alice.get("/me/workbench")):
                break
            first.page.wait_for_timeout(100)
    second = window(town.url)
    second.sign_in("alice@guiju.test", PASSWORD)
    second.go(address)
    expect(second.page.locator("footer")).to_contain_text("Space")
