"""From our own inspection to the next project in a browser: acceptance, delivery, pay, look back, bank, second brief.

The first half was done some days ago by the cast of the demo; the customer and who pays read Chinese.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import expect

from guiju.annotations import RoundState
from guiju.inspection import draw_lot
from guiju.kit import new_id
from guiju.samples.cast import person
from guiju.samples.demo import Crew, Journey, Sizes, hire_cast, service_material
from guiju.samples.demo.calendar import Calendar, let_pass
from guiju.samples.demo.ending import write_rates
from guiju.samples.demo.inspecting import Inspection
from guiju.storage import House, opened_house
from guiju.work import open_production, set_round_running
from tests.journeys.conftest import Open
from tests.journeys.served import Served, served
from tests.journeys.visitors import Visitor

SIZES, SAMPLE, OWN, WANTED = Sizes(18, 6), 3, 12, 30
CHINESE = ("linlan", "qianjin")


@dataclass
class Story:
    """A served house, whose people come in as they are needed."""

    town: Served
    crew: Crew
    window: Open
    first: int
    second: int
    windows: dict[str, Visitor] = field(default_factory=dict[str, Visitor])

    def __getitem__(self, key: str) -> Visitor:
        if key not in self.windows:
            somebody = self.windows[key] = self.window(self.town.url, "zh-CN" if key in CHINESE else "en-GB")
            words = "登录" if key in CHINESE else "Sign in"
            somebody.sign_in(person(key).email, self.crew.passwords[key], words)
            somebody.at("/work")
        return self.windows[key]


def the_first_half(house: House, crew: Crew) -> tuple[int, int]:
    """A project that our own inspection has accepted, looked at whole; and a second that has its brief and its data."""
    first = Journey(house, crew, service_material(SIZES.items), "First messages", wanted=SIZES.items)
    first.go_on_to_the_gate(SIZES)
    write_rates(first)
    first.production = open_production(house, crew["zhouzheng"], first.id, request_id=new_id())
    first.work(first.production, haste=0.0)
    set_round_running(house, crew["zhouzheng"], first.production, RoundState.CLOSED)
    inspection = Inspection(house, crew["shenyan"], first.id, first.rulebook, first.material.truth)
    lot = draw_lot(house, crew["shenyan"], first.id, new_id(), aql="0.065")
    inspection.judge_sample(lot)
    if not inspection.decide(lot):  # what the trial left wrong is put right
        first.work(inspection.rework_of(lot), 0.0)
        lot = inspection.draw_again(lot)
        inspection.judge_sample(lot)
        assert inspection.decide(lot)
    let_pass(house, days=2)
    second = Journey(house, crew, service_material(OWN, first=SIZES.items), "Second messages", wanted=WANTED)
    second.set_out()
    return first.id, second.id


@pytest.fixture
def story(tmp_path: Path, window: Open) -> Iterator[Story]:
    home = tmp_path / "home"
    with opened_house(home, clock=Calendar(8)) as house:
        crew = hire_cast(house)
        projects = the_first_half(house, crew)
    with served(home) as town:
        yield Story(town, crew, window, *projects)


def test_what_was_accepted_is_signed_delivered_paid_looked_back_at_and_starts_the_next(
    story: Story, tmp_path: Path
) -> None:
    the_customer_draws_judges_and_signs(story)
    the_customer_allows_others_to_use_it(story)
    the_manager_builds_and_the_engineer_downloads(story, tmp_path)
    who_pays_closes_the_period(story)
    the_trainer_finishes_the_retrospective(story)
    the_second_brief_is_told_and_draws(story)
    its_production_asks_for_fewer_new_annotations(story)


def the_customer_draws_judges_and_signs(story: Story) -> None:
    lin = story["linlan"]
    lin.go(f"/projects/{story.first}")
    lin.reads(f"{SIZES.items} 条已接收的内容等待客户签字")
    lin.press("查看验收")
    lin.at(f"/projects/{story.first}/acceptances")
    lin.write(n=str(SAMPLE))
    lin.press("看看能说明什么")
    lin.press(f"抽 {SAMPLE} 条并查看")
    lin.press("查看下一条")
    for place in range(1, SAMPLE + 1):
        lin.reads(f"第 {place} 件，共 {SAMPLE} 件")
        lin.page.keyboard.press("p")
    lin.heads("样本中已没有需要您判定的条目。")
    lin.press("回到验收")
    lin.reads("请看过数字后签字")
    lin.write(name="林岚")
    lin.press("签字")
    lin.reads("已接收并签字。", "签字人：林岚")


def the_customer_allows_others_to_use_it(story: Story) -> None:
    lin = story["linlan"]
    lin.go(f"/projects/{story.first}/left")
    lin.write(purpose="训练", words="同意", document="NW-017")
    lin.press("记录同意")
    lin.press("返回")
    # what was refused stands in the form as it was left
    expect(lin.page.locator('[name="purpose"]')).to_have_value("训练")
    lin.write(words="同意其他项目使用这些消息。")
    lin.press("记录同意")
    lin.reads("NW-017")


def the_manager_builds_and_the_engineer_downloads(story: Story, folder: Path) -> None:
    hean, engineer = story["hean"], story["gongcheng"]
    hean.go(f"/projects/{story.first}/deliveries")
    hean.press("Build the package")
    expect(hean.page.get_by_text("ready", exact=True)).to_be_visible()
    engineer.go(f"/projects/{story.first}/deliveries")
    with engineer.page.expect_download() as waiting:
        engineer.press("Download")
    package = folder / "package.zip"
    waiting.value.save_as(package)
    with zipfile.ZipFile(package) as files:
        assert len(files.read("annotations.jsonl").splitlines()) == SIZES.items


def who_pays_closes_the_period(story: Story) -> None:
    paying = story["qianjin"]
    paying.go(f"/projects/{story.first}/pay")
    paying.page.locator("main a.button.primary").click()
    paying.page.get_by_role("button", name=re.compile("^结算 20")).click()
    paying.reads("已结算；各人可看自己的结算单。", "结算单 1")


def the_trainer_finishes_the_retrospective(story: Story) -> None:
    zhou = story["zhouzheng"]
    zhou.go(f"/projects/{story.first}/retrospective")
    zhou.press("Write the retrospective")
    zhou.reads("The actual cost is what pay paid")
    zhou.page.locator('textarea[name="next"]').fill("Say what a refund is.")
    zhou.press("Sign version 1")
    zhou.reads("signed", "Say what a refund is.")
    zhou.page.locator("#time tbody a").first.click()
    zhou.page.wait_for_url(re.compile(rf"/projects/{story.first}/rounds/[0-9]+/pace$"))


def the_second_brief_is_told_and_draws(story: Story) -> None:
    zhou = story["zhouzheng"]
    zhou.go(f"/projects/{story.second}/brief")
    zhou.reads(f"Of {WANTED} wanted:")
    offer = zhou.page.locator("#offer")
    here = offer.locator("dd", has=zhou.page.get_by_role("link")).first.get_by_role("link")
    expect(here).to_have_text(str(SIZES.items))
    here.click()
    zhou.reads(f"{SIZES.items} deposits")
    zhou.press("Draw the chosen, or all that were found")
    zhou.heads("Drawn from the data bank")
    told = zhou.page.locator("main dl.facts dd").all_inner_texts()
    assert told == [str(SIZES.items), str(SIZES.items), "0", "0"], "all of it holds as it is"


def its_production_asks_for_fewer_new_annotations(story: Story) -> None:
    """Of thirty wanted eighteen are drawn: production asks for the twelve that are new, and for none of the drawn."""
    zhou = story["zhouzheng"]
    zhou.go(f"/projects/{story.second}/estimate")
    zhou.reads("Rework and what comes beside from 1 finished project")
    zhou.go(f"/projects/{story.second}/rounds")
    zhou.page.locator('[name="reason"]').first.fill("The rules are those of the project before.")
    zhou.press(f"Open production of {OWN} items")
    zhou.reads("Production is open.")
    zhou.go(f"/projects/{story.second}")
    zhou.reads(f"Production: 0 of {OWN} answers")
