"""A rulebook is written in the browser: an item dragged in, a tab closed, two at once, published."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from guiju.samples.documents import rulebook_text
from tests.journeys.conftest import Open
from tests.journeys.papers import found_project
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor

ZHOU = "zhou@guiju.test"
TEXTS = ("退款还没到，快一个月了", "这个杯子能进洗碗机吗")


@pytest.fixture
def project(town: Served, tmp_path: Path) -> int:
    made = found_project(town, "Writing", rulebook_text("service"))
    table = tmp_path / "texts.csv"
    table.write_text("text\n" + "\n".join(TEXTS) + "\n", encoding="utf-8")
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(made, table)["job"])
    return made


def test_a_rulebook_is_written_with_an_item_by_two_at_once_and_published(
    town: Served, window: Open, project: int
) -> None:
    edit = f"/projects/{project}/rulebook/edit"
    zhou, other = (window(town.url) for _ in range(2))
    for one in (zhou, other):
        one.sign_in(ZHOU, PASSWORD)
        one.go(edit)
    an_item_is_dragged_onto_a_clause(zhou)
    what_is_wrong_is_marked_at_its_line(zhou)
    it_is_kept_through_a_closed_tab_and_saved(zhou, edit)
    the_other_brings_it_in_and_chooses_what_both_changed(zhou, other)
    zhou.go(edit)
    zhou.press("Publish the saved draft")
    zhou.reads("The rulebook is published; this version never changes.", "Version 1.1.0", "Both refund and invoice?")


def an_item_is_dragged_onto_a_clause(zhou: Visitor) -> None:
    page = zhou.page
    page.get_by_role("button", name="Items as examples").click()
    page.get_by_role("searchbox", name="words of the text, or of the item's name").fill("杯子")
    card = page.locator(".tray-list li")
    expect(card).to_have_count(1)
    clause = page.locator(".desk-read article").first
    clause.scroll_into_view_if_needed()
    card.drag_to(clause)
    page.get_by_role("dialog").get_by_role("radio", name="Positive example").check()
    expect(page.locator(".example-dialog [name=clause]")).to_have_value("C1")
    page.locator(".example-dialog [name=label]").select_option("product")
    zhou.press("Put it into the rulebook")
    expect(page.locator(".cm-content")).to_contain_text("polarity: positive")
    expect(page.locator(".desk-read article").first).to_contain_text("texts.csv")
    zhou.press("Close")


def what_is_wrong_is_marked_at_its_line(zhou: Visitor) -> None:
    write(zhou, "\n## C9 坏\nover: C77\n")
    expect(zhou.page.locator(".desk-problems")).to_contain_text("C77")
    expect(zhou.page.locator(".cm-lint-marker-error")).to_be_visible()
    zhou.page.keyboard.press("Control+z")
    expect(zhou.page.locator(".desk-count")).to_contain_text("0 errors")


def it_is_kept_through_a_closed_tab_and_saved(zhou: Visitor, edit: str) -> None:
    write(zhou, "\n## C8 先后 | Order\nover: C3\nif: 既像退款又像发票？ | Both refund and invoice?\n\n先看退款。\n")
    expect(zhou.page.locator(".desk-read .way")).to_contain_text("Both refund and invoice?")
    zhou.go("/projects")
    zhou.go(edit)
    zhou.reads("which was not saved yet")
    expect(zhou.page.locator(".desk-read .way")).to_contain_text("Both refund and invoice?")
    zhou.page.keyboard.press("Control+s")
    expect(zhou.page.locator(".desk-state")).to_have_text("Saved")


def the_other_brings_it_in_and_chooses_what_both_changed(zhou: Visitor, other: Visitor) -> None:
    write(other, "\n## C8 先后 | Order\n\n先看发票。\n")
    other.page.keyboard.press("Control+s")
    choice = other.page.get_by_role("group", name="Both of you changed C8.")
    expect(choice).to_contain_text("发票")
    other.page.keyboard.press("Control+s")
    other.reads("1 passages were changed by both")
    choice.get_by_role("button", name="Take theirs").click()
    expect(choice).to_have_count(0)
    other.page.keyboard.press("Control+s")
    expect(other.page.locator(".desk-state")).to_have_text("Saved")
    expect(other.page.locator(".desk-read")).to_contain_text("先看退款。")
    expect(other.page.locator(".desk-read article").first).to_contain_text("texts.csv")
    del zhou


def write(one: Visitor, text: str) -> None:
    """At the end of the document."""
    one.page.locator(".cm-content").click()
    one.page.keyboard.press("Control+End")
    one.page.keyboard.insert_text(text)
