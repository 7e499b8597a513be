"""The pictures in `docs/tour.md`: `python -m scripts.story_pictures [PAGE …]`, light in English.

The steel story as the demo tells it, looked at by its trainer.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from guiju.samples.cast import person
from guiju.samples.demo import Crew, Journey, hire_cast, steel_material
from guiju.samples.demo.midlife import STEEL, tell_the_steel_story
from guiju.storage import opened_house
from scripts.pictures import LOOKS, PLACE
from tests.journeys.served import Served, served
from tests.support.chromium import launch

EDITOR = "rulebook/edit?clause=C5.3&trial=1&a=rolled_in&b=scale&n=42"


def _tell(home: Path) -> tuple[Crew, dict[str, str]]:
    """The story in a new home; who signs in how, and the pages by the picture's name."""
    with opened_house(home) as house:
        crew = hire_cast(house)
        journey = Journey(house, crew, steel_material(STEEL.items, worn=True), "2 号线钢板 Line 2 plates")
        ending = tell_the_steel_story(journey, STEEL.trial)
    here = f"/projects/{journey.id}"
    first, last = ending.trials[0], ending.trials[-1]
    return crew, {
        "trial": f"{here}/rounds/{first}/trial",
        "editor": f"{here}/{EDITOR}",
        "change": f"{here}/rounds/{last}/change",
        "exam": f"{here}/exams/1",
    }


def _shoot(browser: Browser, town: Served, crew: Crew, pages: dict[str, str], wanted: list[str]) -> None:
    for theme, language, locale in LOOKS[:1]:
        window = browser.new_context(viewport={"width": 1280, "height": 800}, locale=locale, color_scheme=theme)
        page = window.new_page()
        page.goto(f"{town.url}/sign-in?lang={language}")
        page.locator('[name="email"]').fill(person("zhouzheng").email)
        page.locator('[name="password"]').fill(crew.passwords["zhouzheng"])
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)
        for name, path in pages.items():
            if wanted and name not in wanted:
                continue
            page.goto(f"{town.url}{path}{'&' if '?' in path else '?'}lang={language}")
            if name == "editor":
                expect(page.locator(".cm-content")).to_be_visible()
            if name == "trial":
                page.get_by_role("heading", name="Taken for one another").scroll_into_view_if_needed()
                page.mouse.wheel(0, 500)
            page.wait_for_timeout(800)
            with Image.open(io.BytesIO(page.screenshot())) as shot:
                shot.convert("RGB").save(PLACE / f"story-{name}-{theme}.webp", "WEBP", quality=70, method=6)
        window.close()


def main(wanted: list[str]) -> None:
    """Make the pictures of these pages, of all where none is named."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as place:
        browser = launch(playwright)
        if browser is None:
            raise SystemExit("no Chromium")
        home = Path(place) / "home"
        crew, pages = _tell(home)
        with served(home) as town:
            _shoot(browser, town, crew, pages, wanted)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
