"""Speech is recorded to a prompt, kept when the network is away, heard by the inspector, and becomes items."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.collecting.build import PROMPTS, rulebook
from tests.journeys.conftest import Open
from tests.journeys.papers import found_project
from tests.journeys.served import PASSWORD, Served
from tests.journeys.visitors import Visitor, a_browser
from tests.support.sounds import RATE, noise, voice, write_sound

AGREES = "我同意"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose microphone plays a file: somebody speaks, a little otherwise at every moment."""
    speaks = voice(20.0)
    speaks *= 1 + np.linspace(0, 0.5, len(speaks))
    file = write_sound(tmp_path_factory.mktemp("voice") / "voice.wav", speaks + noise(20.0, 0.0005), RATE)
    with a_browser(
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={file}",
    ) as browser:
        yield browser


def open_round(town: Served, folder: Path, options: str) -> tuple[int, int]:
    project = found_project(town, "语音采集", rulebook(options), ["alice"])
    prompts = folder / "prompts.txt"
    prompts.write_text("\n".join(PROMPTS[:2]), encoding="utf-8")
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, prompts)["job"])
    with town.client("zhou") as zhou:
        return project, zhou.open_round(project, "production", reason="A recording has no right answer.")


def test_speech_goes_from_the_microphone_over_the_inspector_to_an_item(
    town: Served, window: Open, tmp_path: Path
) -> None:
    project, opened = open_round(town, tmp_path, "mode: sound, max_seconds: 6, min_seconds: 1, max_alike: 100")
    alice = window(town.url, "zh-CN")
    alice.sign_in("alice@guiju.test", PASSWORD, "登录")
    alice.go(f"/projects/{project}/rounds/{opened}/work")
    page = alice.page
    expect(page.get_by_text("录音只用于训练语音助手")).to_be_visible()
    alice.press(AGREES)
    record(page, 0.4)
    expect(page.get_by_role("alert")).to_be_visible()
    record(page, 2.0)
    expect(page.locator(".given audio")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_text(PROMPTS[1])).to_be_visible()
    alice.context.set_offline(True)
    record(page, 1.6)
    expect(page.get_by_role("alert")).to_be_visible()
    alice.context.set_offline(False)
    expect(page.locator(".given audio")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".nothing")).to_be_visible()
    alice.all_is_sent()
    hears(town, window, project)
    with town.client("zhou") as zhou:
        given = list(zhou.contributions(project))
        assert sorted(one["state"] for one in given) == ["refused", "used", "used"]
        assert zhou.harvest(project)["items"] == 2
        items = list(zhou.items(project, media="audio"))
    assert {item["meta"]["prompt"] for item in items} == set(PROMPTS[:2])
    assert all(1_000 < item["duration"] < 6_000 for item in items)


def record(page: Page, seconds: float) -> None:
    """The large key begins and ends."""
    expect(page.locator(".record")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.locator(".record.on")).to_be_visible()
    page.wait_for_timeout(seconds * 1000)
    page.keyboard.press("Space")
    expect(page.locator(".record.on")).to_have_count(0)


def hears(town: Served, window: Open, project: int) -> Visitor:
    """hu plays what was recorded beside its prompt, and accepts the lot."""
    with town.client("hu") as hu:
        lot = hu.draw_lot(project, aql=2.5)
    visitor = window(town.url)
    visitor.sign_in("hu@guiju.test", PASSWORD)
    visitor.go(f"/projects/{project}/lots/{lot}/inspect")
    heard = visitor.page.locator(".given audio")
    expect(heard).to_have_count(1)
    assert heard.evaluate("async (one) => { await one.play(); return one.duration; }") > 1
    expect(visitor.page.get_by_role("button", name="开始录音")).to_have_count(0)
    with town.client("hu") as hu:
        for place in hu.sample(project, lot):
            hu.judge(project, lot, place["item"], "pass")
        assert hu.decide(project, lot) == "accepted"
    return visitor
