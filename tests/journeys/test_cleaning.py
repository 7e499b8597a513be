"""A trainer cleans raw messages: seen before it runs, run, traced back to the originals, and undone.

What was masked is the trainer's alone to see.
"""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from guiju.samples.documents import rulebook_text
from guiju.sdk import ApiError
from tests.journeys.conftest import Open
from tests.journeys.papers import found_project
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor

RAW = (
    "您好，我叫王小明，电话１３８００１３８０００，想退货",
    "鐢ㄦ埛",
    "<p>请问<b>什么时候</b>发货？</p><p>谢谢</p>",
    "没有什么要改的一条消息",
    "寄到浙江省杭州市西湖区文三路100号，收件人：李雷",
)


@pytest.fixture
def project(town: Served, tmp_path: Path) -> int:
    project = found_project(town, "Messages", rulebook_text("service"), ["alice"])
    path = tmp_path / "raw.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "text"])
        rows.writerows((f"m{n}", text) for n, text in enumerate(RAW))
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, path)["job"])
    return project


def test_raw_messages_become_clean_ones_and_come_back(town: Served, project: int, window: Open) -> None:
    zhou = window(town.url)
    zhou.sign_in("zhou@guiju.test", PASSWORD)
    judge_by_rules(zhou, town, project)
    run = clean(zhou, project)
    original = look_back(zhou, town, project)
    refuse_the_original(town, window, project, original)
    zhou.go(f"/projects/{project}/cleaning/runs/{run}")
    zhou.press("Undo this run")
    expect(zhou.page.locator("h1 .tag")).to_have_text("undone")
    with town.client("gao") as gao:
        assert sorted(item["text"] for item in gao.items(project)) == sorted(RAW)


def judge_by_rules(zhou: Visitor, town: Served, project: int) -> None:
    """The proposed rules, one made stricter, are tried, published, held against the source, undone, and reported."""
    with town.client("zhou") as client:
        for job in client.take_profile(project):
            client.wait_for_job(job)
    zhou.go(f"/projects/{project}/data")
    zhou.press("Quality rules")
    zhou.press("Write the rules")
    page = zhou.page
    preview = page.locator("#preview")
    expect(preview).to_contain_text("0 of 5 items would be set aside.")
    length = page.locator(".recipe-steps > li", has_text="Characters")
    length.locator('input[name$=".least"]').fill("5")
    length.locator("select").select_option("item.set-aside")
    expect(preview).to_contain_text("1 of 5 items would be set aside.")
    expect(preview).to_contain_text("鐢ㄦ埛")
    zhou.press("Publish, and check all sources now")
    expect(page.locator("#checks tbody tr").first).to_contain_text("checked")
    page.locator('#checks td a[href*="/quality/checks/"]').first.click()
    expect(page.locator("main")).to_contain_text("Says something")
    zhou.press("Undo this check")
    expect(page.locator("h1 .tag")).to_have_text("undone")
    zhou.press("Audit report")
    expect(page.frame_locator("iframe").locator("h1")).to_contain_text("Audit of data")


def clean(zhou: Visitor, project: int) -> int:
    """The proposed recipe with a step more, put where it belongs by the keyboard, tried, and run; the run's id."""
    zhou.go(f"/projects/{project}/data")
    zhou.press("Recipes")
    zhou.press("Write a recipe")
    page = zhou.page
    page.locator("main details.add summary").click()
    zhou.press("+ Strip HTML")
    expect(page.locator(".recipe-steps > li")).to_have_count(5)
    for place in (4, 3, 2):
        up = page.locator(".recipe-steps > li").nth(place).get_by_role("button", name="Move up")
        up.press("Enter")
        moved = page.locator(".recipe-steps > li").nth(place - 1)
        expect(moved).to_contain_text("Strip HTML")
        expect(moved.get_by_role("button", name="Move up")).to_be_focused()
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Tried on 5 of 5 items")
    expect(preview.locator("ins", has_text="【电话】")).to_be_visible()
    page.locator('select[name$=".how"]').select_option("remove")
    expect(preview.locator("ins", has_text="【电话】")).to_have_count(0)
    page.locator('select[name$=".how"]').select_option("tag")
    expect(preview.locator("ins", has_text="【电话】")).to_be_visible()
    zhou.write(name="Service texts")
    zhou.press("Save, and clean up to 5 items")
    zhou.reads("Tried on 5 items drawn at random, the recipe takes away")
    page.get_by_label("I have looked at the examples, and this is what I mean.").check()
    zhou.press("Save, and clean up to 5 items")
    expect(page.locator("h1 .tag")).to_have_text("done")
    return int(page.url.rpartition("/")[2])


def look_back(zhou: Visitor, town: Served, project: int) -> int:
    """From a masked item to its original, which is marked; the original's id."""
    with town.client("zhou") as client:
        items = {item["text"]: item["id"] for item in client.items(project)}
    masked = "您好，我叫【姓名】，电话【电话】，想退货"
    assert {masked, "用户", "请问什么时候发货？\n\n谢谢", "没有什么要改的一条消息"} <= set(items)
    zhou.go(f"/projects/{project}/items/{items[masked]}")
    zhou.reads("Came out of", "holds personal data")
    zhou.press("m0")
    zhou.reads("１３８００１３８０００", "Stands in its place")
    return items[RAW[0]]


def refuse_the_original(town: Served, window: Open, project: int, original: int) -> None:
    """Neither the annotator nor the requester sees what was masked, on whatever way."""
    alice = window(town.url)
    alice.sign_in("alice@guiju.test", PASSWORD)
    for path in (f"/media/items/{original}", f"/projects/{project}/items/{original}"):
        answer = alice.page.request.get(town.url + path)
        assert answer.status == 403
        assert "138" not in answer.text()
    for name in ("alice", "lin"):
        with town.client(name) as client, pytest.raises(ApiError, match="masked item"):
            client.get(f"/items/{original}")
    with town.client("lin") as lin:
        assert original not in {item["id"] for item in lin.items(project)}
