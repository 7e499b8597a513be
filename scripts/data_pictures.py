"""The pictures in `docs/data.md`: `python -m scripts.data_pictures [PAGE …]`, light in English, dark in Chinese.

One project of service messages with what raw data has: copies, personal data, HTML, gaps, a few wrong labels.
"""

import csv
import io
import sys
import tempfile
from pathlib import Path
from random import Random

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from guiju.samples.documents import rulebook_text
from guiju.samples.messages import INTENTS, Message, messages
from guiju.sdk import Client
from scripts.pictures import LOOKS, PLACE
from tests.journeys.papers import ROLES, found_project
from tests.journeys.served import PASSWORD, Served, gather, served
from tests.support.chromium import launch

COUNT = 320
RECIPE = "recipe: 客服消息\nsteps:\n  - html\n  - width\n  - spaces\n  - mask\n"
ASKS = (
    "，我叫王小明，电话13800138000",
    "，寄到浙江省杭州市西湖区文三路100号",
    "，卡号6222021234567890128",
    "，邮箱 li.lei@example.com",
)
NAMES = {"退款": "退款 Refunds", "快递": "快递 Parcels", "发票": "发票 Invoices", "invoice": "Invoices in English"}


def _raw(said: list[Message]) -> list[list[str]]:
    """Rows of a table as a customer exports it."""
    chance = Random(7)  # noqa: S311 - repeatable samples, no secret
    rows: list[list[str]] = []
    for number, each in enumerate(said):
        text = each.text + (ASKS[number % 4] if number % 9 == 4 else "")
        text = f"<p>{text}</p>" if number % 13 == 5 else text
        channel = "" if number % 11 == 3 else chance.choice(["app", "web", "mini"])
        rows.append([f"M{number:05}", text, channel, f"2026-06-{1 + number % 28:02}"])
    return rows + [[f"{row[0]}-2", f"{row[1]}！", row[2], row[3]] for row in rows[:30:5]]


def _write(path: Path, head: list[str], rows: list[list[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", newline="", encoding=encoding, errors="replace") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def _project(town: Served, folder: Path) -> tuple[int, int, Path]:
    """The project with everything in it, its recipe, and the next file that would be brought."""
    said = messages(COUNT, seed=3)
    project = found_project(town, "客服消息 Service messages", rulebook_text("service"), ["alice", "bob"])
    table = _write(folder / "客服消息六月.csv", ["id", "text", "channel", "day"], _raw(said), "gb18030")
    work = [[f"M{n:05}", ("alice", "bob")[n % 2], _label(each, n)] for n, each in enumerate(said)]
    with town.client("zhou") as zhou:
        zhou.wait_for_job(zhou.import_file(project, table, owner="Northstar", collected_on="2026-06-30")["job"])
        zhou.wait_for_job(zhou.search_duplicates(project))
        recipe = int(zhou.save_recipe(project, RECIPE)["id"])
    _write(folder / "labels.csv", ["item", "annotator", "label"], work)
    later = _write(
        folder / "客服消息七月.csv", ["编号", "内容", "渠道"], [row[:3] for row in _raw(said)[:40]], "gb18030"
    )
    return project, recipe, later


def _go_on(zhou: Client, project: int, recipe: int, marks: Path) -> None:
    """What comes after the recipe is right: clean items, scenes with names, labels with an analysis."""
    zhou.wait_for_job(zhou.decide_all_duplicates(project))
    zhou.wait_for_job(zhou.run_recipe(project, recipe, confirmed=True)["job"])
    zhou.wait_for_job(zhou.find_scenes(project, count=10))
    for scene in zhou.scenes(project)["scenes"]:
        word = next((word for word in NAMES if word in scene["keywords"][:3]), None)
        if word:
            zhou.describe_scene(project, scene["id"], name=NAMES.pop(word))
    zhou.wait_for_job(zhou.import_annotations(project, marks, format="csv")["job"])
    zhou.wait_for_job(zhou.write("POST", f"/projects/{project}/findings")["job"])


def _label(each: Message, number: int) -> str:
    return INTENTS[(INTENTS.index(each.intent) + 1) % len(INTENTS)] if number % 17 == 8 else each.intent


def _bring(page: Page, site: str, project: int, later: Path) -> str:
    page.goto(f"{site}/projects/{project}/data?lang=en")
    page.locator('input[type="file"][name="file"]').set_input_files(later)
    page.get_by_role("button", name="Look at what it is").click()
    expect(page.locator("#becomes")).to_be_visible()
    return page.url.removeprefix(site).split("?")[0]


def _shoot(browser: Browser, town: Served, pages: dict[str, str], wanted: list[str]) -> None:
    for theme, language, locale in LOOKS:
        window = browser.new_context(viewport={"width": 1280, "height": 800}, locale=locale, color_scheme=theme)
        page = window.new_page()
        _sign_in(page, town.url, language)
        for name, path in pages.items():
            if wanted and name not in wanted:
                continue
            page.goto(f"{town.url}{path}{'&' if '?' in path else '?'}lang={language}")
            if name == "scenes":
                expect(page.locator("scene-map[data-ready]")).to_be_visible()
            page.wait_for_timeout(800)
            with Image.open(io.BytesIO(page.screenshot())) as shot:
                shot.convert("RGB").save(PLACE / f"data-{name}-{theme}.webp", "WEBP", quality=70, method=6)
        window.close()


def _sign_in(page: Page, site: str, language: str) -> None:
    page.goto(f"{site}/sign-in?lang={language}")
    page.locator('[name="email"]').fill("zhou@guiju.test")
    page.locator('[name="password"]').fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def main(wanted: list[str]) -> None:
    """Make the pictures of these pages, of all where none is named."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as place:
        browser = launch(playwright)
        if browser is None:
            raise SystemExit("no Chromium")
        home = Path(place) / "home"
        with served(home, gather(home, *ROLES, "alice", "bob")) as town:
            project, recipe, table = _project(town, Path(place))
            page = browser.new_page()
            _sign_in(page, town.url, "en")
            here = f"/projects/{project}"
            pages = {
                "mapping": _bring(page, town.url, project, table),
                "profile": f"{here}/profile",
                "duplicates": f"{here}/duplicates",
                "recipe": f"{here}/cleaning/recipes/{recipe}",
            }
            _shoot(browser, town, pages, wanted)
            with town.client("zhou") as zhou:
                _go_on(zhou, project, recipe, Path(place) / "labels.csv")
            later = {name: f"{here}/{name}" for name in ("scenes", "findings")}
            _shoot(browser, town, {**later, "search": f"{here}/search?q=退款"}, wanted)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
