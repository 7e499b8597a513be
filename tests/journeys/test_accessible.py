"""For everyone: axe-core finds nothing on the workbench of any kind and on the pages around it, light and dark."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guiju.kinds import KINDS
from tests.journeys.axe import violations
from tests.journeys.benches import bench_of, open_production, texts
from tests.journeys.conftest import Open
from tests.journeys.papers import rulebook_of
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor

SMALL = {"width": 1280, "height": 720}
AROUND = ("", "/rulebook", "/rounds", "/data", "/members", "/lots", "/deliveries")


def signed_in(window: Open, town: Served, who: str, locale: str = "en-GB") -> Visitor:
    one = window(town.url, locale)
    one.sign_in(f"{who}@guiju.test", PASSWORD, "Sign in" if locale.startswith("en") else "登录")
    return one


def dress(page: Page, theme: str) -> None:
    page.evaluate("theme => localStorage.setItem('guiju.theme', theme)", theme)
    page.context.add_cookies([{"name": "guiju_theme", "value": theme, "url": page.url}])
    page.reload()


def ready(page: Page) -> None:
    expect(page.locator(".bench .clause").first).to_be_visible()
    # Whatever fades in has done so.
    page.wait_for_timeout(300)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_found_on_the_workbench(kind: str, town: Served, window: Open, tmp_path: Path) -> None:
    alice = signed_in(window, town, "alice")
    alice.go(bench_of(town, tmp_path, kind))
    for theme in ("light", "dark"):
        dress(alice.page, theme)
        ready(alice.page)
        assert violations(alice.page) == [], theme
        alice.page.keyboard.press("1")
        assert violations(alice.page) == [], f"{theme}, after a key"


def test_nothing_is_found_on_what_lies_over_the_workbench(town: Served, window: Open, tmp_path: Path) -> None:
    alice = signed_in(window, town, "alice", "zh-CN")
    alice.go(open_production(town, "Sheets", rulebook_of("choice", ["A", "B"]), texts(tmp_path)))
    page = alice.page
    for theme in ("light", "dark"):
        dress(page, theme)
        ready(page)
        for keys in (["Control+k"], ["?"], ["Control+k", "a", "Escape"], ["q"], ["b"]):
            for key in keys:
                page.keyboard.press(key)
            page.wait_for_timeout(150)
            assert violations(page) == [], (theme, keys)
            page.keyboard.press("Escape")
            expect(page.locator("dialog")).to_have_count(0)
        page.keyboard.press("?")
        page.locator("dialog p.acts button").click()
        expect(page.locator(".remap")).to_be_visible()
        assert violations(page) == [], (theme, "keys")


def test_nothing_is_found_on_the_pages_around_it(town: Served, window: Open, tmp_path: Path) -> None:
    address = open_production(town, "Pages", rulebook_of("choice", ["A", "B"]), texts(tmp_path))
    project = address.split("/rounds/", maxsplit=1)[0]
    zhou = signed_in(window, town, "zhou")
    for theme in ("light", "dark"):
        zhou.go("/projects")
        dress(zhou.page, theme)
        for path in ("/projects", "/account", "/work", *(project + each for each in AROUND)):
            answer = zhou.page.goto(town.url + path)
            assert answer is not None
            assert answer.status < 400, path
            assert violations(zhou.page) == [], (theme, path)


def test_at_twice_the_size_every_part_can_be_reached(town: Served, window: Open, tmp_path: Path) -> None:
    """Zooming to 200% at 1280 × 720 leaves the page 640 × 360."""
    alice = signed_in(window, town, "alice")
    alice.page.set_viewport_size({"width": SMALL["width"] // 2, "height": SMALL["height"] // 2})
    alice.go(open_production(town, "Twice", rulebook_of("choice", ["A", "B"]), texts(tmp_path)))
    page = alice.page
    ready(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing lies beyond the side"
    for place in (".text", ".labels li", ".rule .search", ".foot button >> nth=0", ".saved"):
        part = page.locator(place).first
        part.scroll_into_view_if_needed()
        expect(part).to_be_in_viewport()
    assert page.locator(".text").first.evaluate("text => text.getBoundingClientRect().width") >= 280
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    assert violations(page) == []


def test_the_focus_is_seen_wherever_tab_leads(town: Served, window: Open, tmp_path: Path) -> None:
    alice = signed_in(window, town, "alice")
    alice.go(open_production(town, "Focus", rulebook_of("choice", ["A", "B"]), texts(tmp_path)))
    page = alice.page
    ready(page)
    seen: list[str] = []
    for _ in range(14):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
              const at = document.activeElement;
              const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
              const shown = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
              return [at.outerHTML.slice(0, 90), shown || at === document.body];
            }"""
        )
        assert found[1], f"the focus is not seen on {found[0]}"
        seen.append(found[0])
    assert len(set(seen)) >= 10
