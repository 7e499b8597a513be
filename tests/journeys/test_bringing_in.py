"""A zip of raw things becomes items through the mapping page, and goes again: several encodings, broken files, copies.

Then a log of messages, whose dialogues somebody points out by their columns; a later export of it is read the same way.
"""

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.data.conftest import picture_bytes
from tests.journeys.conftest import Open
from tests.journeys.served import PASSWORD, Served, gather, served
from tests.journeys.visitors import Visitor

LOG = "单号,谁,说,几时\nA1,客户,在吗,09:02\nB7,客户,喂,09:00\nA1,客服,您好,09:01\nB7,客服,请讲,09:03\n"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("bringing") / "home"
    with served(home, gather(home, "zhou")) as town:
        yield town


def raw_things(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("june/gbk.csv", "编号,内容\n1,我的订单为什么还没有发货？\n2,能退吗\n".encode("gb18030"))
        archive.writestr("june/utf16.txt", "第一行\n能退吗\n".encode("utf-16"))
        archive.writestr("lines.jsonl", '{"text": "broken", \n{"text": "a line of JSON"}\n')
        archive.writestr("empty.csv", b"")
        archive.writestr("book.xlsx", b"no workbook")
        archive.writestr("plate.jpg", picture_bytes(5))
        archive.writestr("cut.jpg", picture_bytes(6)[:400])
    return path


def test_raw_things_become_items_and_go_again(town: Served, window: Open, tmp_path: Path) -> None:
    with town.client("zhou") as client:
        project = int(client.create_project("Raw")["id"])
    zhou = window(town.url)
    zhou.sign_in("zhou@guiju.test", PASSWORD)
    the_zip_is_looked_at_and_taken(zhou, project, raw_things(tmp_path / "raw.zip"))
    the_log_becomes_dialogues(zhou, project, tmp_path)
    the_zip_is_taken_back(zhou, project)


def the_zip_is_looked_at_and_taken(zhou: Visitor, project: int, path: Path) -> None:
    zhou.go(f"/projects/{project}/data")
    zhou.hand_over(path)
    zhou.press("Look at what it is")
    zhou.reads("Nothing is imported yet: this is what would come of it.")
    zhou.page.locator("#b-take").select_option("all")
    becomes = zhou.page.locator("#becomes")
    expect(becomes).to_contain_text("我的订单为什么还没有发货？")
    expect(becomes).to_contain_text("a line of JSON")
    expect(becomes).to_contain_text("“empty.csv” is empty: 0 bytes.")
    expect(becomes).to_contain_text("“book.xlsx” cannot be opened")
    shoot(zhou, "zip")
    zhou.page.locator('[name="collected_on"]').fill("2026-06-30")
    zhou.page.locator("button.primary").click()
    has_landed(zhou)
    zhou.page.get_by_role("link", name="raw.zip").click()
    zhou.reads(
        "2026-06-30",
        "This line is not a JSON object.",
        "This picture cannot be read",
        "The same content is already here",
    )


def the_log_becomes_dialogues(zhou: Visitor, project: int, folder: Path) -> None:
    zhou.go(f"/projects/{project}/data")
    log = folder / "log.csv"
    log.write_text(LOG, encoding="gb18030")
    zhou.hand_over(log)
    zhou.press("Look at what it is")
    zhou.reads("It is not clear which column of “log.csv” holds the text.", "gb18030")
    zhou.page.locator("#b-media").select_option("dialogue")
    for field, column in (("session", "单号"), ("speaker", "谁"), ("text", "说"), ("time", "几时")):
        zhou.page.locator(f"#b-{field}").select_option(column)
        expect(zhou.page.locator(f"#b-{field}")).to_have_value(column)
        zhou.page.wait_for_load_state("networkidle")
    expect(zhou.page.locator("#becomes tbody tr").first).to_contain_text("客服：您好")
    shoot(zhou, "log")
    zhou.page.locator("button.primary").click()
    has_landed(zhou)
    log.write_text(LOG + "C9,客户,再见,10:00\n", encoding="gb18030")
    zhou.hand_over(log)
    zhou.press("Look at what it is")
    zhou.reads("These columns were read so before, as Zhou said", "再见")
    zhou.press("Discard these files")
    zhou.at(f"/projects/{project}/data")


def the_zip_is_taken_back(zhou: Visitor, project: int) -> None:
    zhou.page.get_by_role("link", name="raw.zip").click()
    zhou.press("Take this source back")
    zhou.reads("The source was taken back; none of its items is left.")
    zhou.go(f"/projects/{project}/items")
    expect(zhou.page.locator("main tbody tr")).to_have_count(2)


def has_landed(zhou: Visitor) -> None:
    expect(zhou.page.locator("main tbody tr").first.locator(".tag.good")).to_be_visible()


def shoot(zhou: Visitor, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        zhou.page.screenshot(path=f"{folder}/{name}.png", full_page=True)
