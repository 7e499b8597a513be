"""The pictures in `docs/pictures`: `python -m scripts.pictures [KIND …]`, light in English, dark in Chinese.

Each is the workbench with an answer of that kind in hand, on an item made here.
"""

import io
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from scripts.scenes import SCENES, Scene
from tests.journeys.papers import ROLES, found_project
from tests.journeys.served import PASSWORD, Served, gather, served
from tests.support.chromium import launch

PLACE = Path("docs/pictures")
COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")
LOOKS: tuple[tuple[Literal["light", "dark"], str, str], ...] = (("light", "en", "en-GB"), ("dark", "zh", "zh-CN"))


def _document(scene: Scene) -> str:
    labels = "".join(
        f"\n  - {{id: {name}, name: {{zh: {zh}, en: {en}}}, definition: {{zh: {zh}, en: {en}}}, "
        f"color: '{COLORS[at % 4]}'}}"
        for at, (name, (zh, en)) in enumerate(scene.labels.items())
    )
    fields = scene.fields.replace("LABELS", f"[{', '.join(scene.labels)}]")
    head = f"---\ntitle: {{zh: 规则, en: Rules}}\nversion: 1.0.0\nfields:\n{fields}\nlabels:{labels or ' []'}\n---\n"
    clause = "## C1 看清楚再标 | Look before you mark\n\n以看见的为准。\n\n> en: Mark what is seen.\n"
    return f"{head}\n{clause}"


def _shoot(browser: Browser, town: Served, folder: Path, kind: str, scene: Scene) -> None:
    name, content = scene.item
    file = folder / name
    if name.endswith((".png", ".wav")):
        file = folder / f"{kind}.zip"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(name, content)
    else:
        file.write_bytes(content)
    project = found_project(town, f"Picture of {kind}", _document(scene), ["alice"])
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, file)["job"])
    with town.client("zhou") as zhou:
        opened = zhou.open_round(project, "production", reason="For the picture.")
    with town.client("alice") as alice:
        alice.submit(opened, alice.lease(opened, 1)[0], dict(scene.answers))
    for theme, language, locale in LOOKS:
        window = browser.new_context(viewport={"width": 1280, "height": 760}, locale=locale, color_scheme=theme)
        page = window.new_page()
        _open(page, f"{town.url}/projects/{project}/rounds/{opened}/work", language)
        for key in scene.keys:
            page.keyboard.press(key)
        page.mouse.move(5, 5)
        page.wait_for_timeout(700)
        with Image.open(io.BytesIO(page.screenshot())) as shot:
            shot.convert("RGB").save(PLACE / f"{kind}-{theme}.webp", "WEBP", quality=82, method=6)
        window.close()


def _open(page: Page, address: str, language: str) -> None:
    """Signed in, at the answer that was submitted."""
    site = "/".join(address.split("/")[:3])
    page.goto(f"{site}/sign-in?lang={language}")
    page.locator('[name="email"]').fill("alice@guiju.test")
    page.locator('[name="password"]').fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(f"{address}?lang={language}")
    expect(page.locator(".bench")).to_be_visible()
    page.wait_for_timeout(500)
    page.keyboard.press("b")
    page.locator(".mine li button").first.click()
    page.wait_for_timeout(900)


def main(kinds: list[str]) -> None:
    """Make the pictures of these kinds, of all where none is named."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as place:
        browser = launch(playwright)
        if browser is None:
            raise SystemExit("no Chromium")
        home = Path(place) / "home"
        with served(home, gather(home, *ROLES, "alice")) as town:
            for kind in kinds or SCENES:
                _shoot(browser, town, Path(place), kind, SCENES[kind])
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
