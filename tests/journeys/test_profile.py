"""A file with everything wrong in it: what is in it is seen, figure by figure, each leading to its items."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from guiju.data import start_import
from guiju.kit import new_id
from guiju.people import get_actor
from guiju.projects import create_project
from guiju.sdk import ApiError, Client
from guiju.storage import opened_house
from tests.journeys.conftest import Open
from tests.journeys.served import PASSWORD, Served, gather, served

ROWS = 40


def messages() -> str:
    told = [f"m{n},第{n}个包裹三天没有更新了，请帮我查一下" for n in range(ROWS)]
    odd = ["x1,嗯,", f"x2,{'很长的话' * 300},杭州"]
    return "\n".join(["id,text,city", *(f"{line},杭州" for line in told), *odd, ""])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """zhou has asked for an import; the server's own worker does it, and what follows from it."""
    folder = tmp_path_factory.mktemp("profile")
    home = folder / "home"
    tokens = gather(home, "zhou")
    file = folder / "messages.csv"
    file.write_text(messages(), encoding="utf-8")
    with opened_house(home) as opened:
        zhou = get_actor(opened, "zhou@guiju.test")
        project = create_project(opened, zhou, request_id=new_id(), name="客服消息")
        start_import(opened, zhou, project, request_id=new_id(), paths=[file])
    with served(home, tokens) as running:
        yield running


def test_what_is_in_a_source_is_seen_after_its_import_and_each_figure_leads_to_its_items(
    house: Served, window: Open
) -> None:
    zhou = window(house.url)
    zhou.sign_in("zhou@guiju.test", PASSWORD)
    zhou.page.wait_for_url("**/work")
    with house.client("zhou") as client:
        while not has_profile(client):
            zhou.page.wait_for_timeout(100)
    zhou.go("/projects/1/data")
    zhou.page.get_by_role("link", name="What is in it").first.click()
    zhou.heads("Worth a look")
    zhou.reads("Texts of one or two characters", "Characters", "Chinese, simplified")
    bars = zhou.page.locator("svg.spread a")
    expect(bars.first).to_be_attached()
    bars.last.click()
    zhou.reads("Characters: 1,000 to below 1,500")
    expect(zhou.page.locator("table.list tbody tr")).to_have_count(1)
    zhou.page.get_by_role("link", name="What is in it").click()
    zhou.page.get_by_role("row", name="Column empty or missing").get_by_role("link").click()
    zhou.heads("Items without “city”")
    zhou.reads("x1")


def has_profile(client: Client) -> bool:
    try:
        return bool(client.profile(1))
    except ApiError:
        return False


def test_near_duplicates_are_set_aside_from_the_page_and_brought_back(house: Served, window: Open) -> None:
    zhou = window(house.url)
    zhou.sign_in("zhou@guiju.test", PASSWORD)
    zhou.page.wait_for_url("**/work")
    zhou.go("/projects/1/duplicates")
    zhou.press("Search near-duplicates")
    zhou.heads(f"{ROWS} items")
    zhou.page.locator("section .acts").get_by_role("button", name="Keep one", exact=True).first.click()
    zhou.reads("No group waits", "1 decided")
    zhou.press("1 decided")
    zhou.reads("one was kept, the others are set aside")
    zhou.press("Undo")
    zhou.reads("No group is decided yet", "1 waiting")
    zhou.page.get_by_label("As like as", exact=True).fill("0.6")
    zhou.press("Decide all groups as like as that")
    zhou.reads("1 groups were decided at once.")
    zhou.press("Undo all of them")
    zhou.reads("1 waiting")
