"""Two sentences of a customer become rules that people agree on: steel, dialogues and feelings, by one code."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from guiju.samples.stories import Ending, teach, tell_story
from tests.journeys.conftest import Open
from tests.journeys.offices import ServedOffice, ServedSchool
from tests.journeys.papers import shared
from tests.journeys.real_stories import dialogue_office, dialogue_story, feelings_office, feelings_story
from tests.journeys.served import PASSWORD, Served


def test_intents_of_chinese_dialogues_are_agreed_on_turn_by_turn(town: Served, window: Open, tmp_path: Path) -> None:
    office = dialogue_office(town, shared("crosswoz_zh_dialogue/test_200.jsonl"), tmp_path)
    ending = tell_story(office, dialogue_story("旅游客服意图"))
    named_is_the_rule_of(ending, "ask", "tell")
    assert ending.versions == ("1.0.0", "1.1.0")
    helped_and_passed(ending)
    schooling = teach(ServedSchool(office), known=20, size=8, pass_mark=0.9)
    assert (schooling.papers[0]["passed"], schooling.passed) == (False, True)
    assert schooling.practised
    the_trainer_reads_it(window, office, "Asks", "Tells")


def test_feelings_of_headlines_are_shares_and_the_workers_are_real(town: Served, window: Open, tmp_path: Path) -> None:
    office = feelings_office(town, shared("snow2008"), tmp_path)
    ending = tell_story(office, feelings_story("Feelings of headlines"))
    named_is_the_rule_of(ending, "none", "surprise")
    before, after = (report["fields"][0]["observed"]["value"] for report in ending.reports)
    assert (before, after) == (pytest.approx(0.485, abs=0.002), pytest.approx(0.623, abs=0.002))
    helped_and_passed(ending)
    the_trainer_reads_it(window, office, "None", "Surprise")


def the_trainer_reads_it(window: Open, office: ServedOffice, *labels: str) -> None:
    """The report of the first trial names the two labels and the rule; the comparison says that it rose."""
    zhou = window(office.town.url)
    zhou.sign_in("zhou@guiju.test", PASSWORD)
    zhou.go(f"/projects/{office.project}/rounds/{office.rounds[0]}/trial")
    named = zhou.page.locator("tr", has_text="the rule leaves it open").first
    for label in labels:
        expect(named).to_contain_text(label)
    zhou.go(f"/projects/{office.project}/rounds/{office.rounds[1]}/change")
    zhou.reads("Agreement rose by")


def named_is_the_rule_of(ending: Ending, a: str, b: str) -> None:
    assert ending.reports[0]["gate"]["passed"] is False
    [named] = ending.named
    assert ({named.a, named.b}, named.cause) == ({a, b}, "rule")


def helped_and_passed(ending: Ending) -> None:
    moved = ending.changes[0]["fields"][0]["moved"]
    assert (moved["verdict"], moved["paired"]) == ("better", True)
    assert moved["p"] < 0.01
    assert ending.passed
