"""Stories: what a report must find by itself, how rules are read, and a rulebook before and after its amendment."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from guiju.briefs import find_gaps, parse_brief
from guiju.rulebooks import errors_of, find_problems, parse_rulebook
from guiju.samples.crowd import CAREFUL, CARELESS, NEW, Skill
from guiju.samples.demo import Journey, hire_cast, steel_material
from guiju.samples.demo.office import HouseOffice
from guiju.samples.demo.papers import brief_for
from guiju.samples.demo.school import HouseSchool
from guiju.samples.documents import rulebook_text
from guiju.samples.stories import (
    Doubt,
    Ending,
    Learner,
    Schooling,
    Story,
    amended,
    borders_of,
    label_in_doubt,
    request_as_brief,
    teach,
    tell_story,
    what_to_amend,
    without,
)
from guiju.samples.stories.reading import Told
from guiju.samples.stories.steel import BETWEEN, REMEDIES, first_rulebook, steel_story
from guiju.storage import House, opened_house

PAIR = frozenset({"scale", "rolled_in"})


def worn_story(house: House, size: int = 40) -> Story:
    return steel_story("Worn rolls", "North Star", brief_for("steel", house.clock()), size)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ending, Schooling]:
    """The steel story as the demo tells it, and its newcomer's."""
    with opened_house(tmp_path_factory.mktemp("story") / "home") as house:
        journey = Journey(house, hire_cast(house), steel_material(96, worn=True), "Worn rolls")
        ending = tell_story(HouseOffice(journey), worn_story(house))
        return ending, teach(HouseSchool(journey), known=24, size=10, pass_mark=0.8)


@pytest.fixture
def ending(told: tuple[Ending, Schooling]) -> Ending:
    return told[0]


def test_two_sentences_are_no_brief_and_what_is_missing_is_asked_by_name(ending: Ending) -> None:
    assert {"why: facet-missing", "how: facet-missing", "volume: volume-missing"} <= set(ending.lacked)


def test_the_report_finds_the_confusion_and_its_cause_by_itself(ending: Ending) -> None:
    assert ending.reports[0]["gate"]["passed"] is False
    [named] = ending.named
    assert {named.a, named.b} == PAIR
    assert (named.cause, named.clause) == ("rule", "C5")
    by_label = {line["label"]: line["alpha"] for line in ending.reports[0]["fields"][0]["labels"]}
    assert set(sorted(by_label, key=by_label.__getitem__)[:2]) == PAIR


def test_the_amendment_passes_the_second_trial_and_a_test_shows_that_it_helped(ending: Ending) -> None:
    assert ending.versions == ("1.0.0", "1.1.0")
    assert ending.passed
    [field] = ending.changes[0]["fields"]
    assert (field["moved"]["verdict"], field["moved"]["paired"]) == ("better", True)
    assert field["moved"]["p"] < 0.01
    helped = {line["label"] for line in field["labels"] if line["moved"]["verdict"] == "better"}
    assert helped <= PAIR
    assert helped, "what was amended is what got better"


def test_the_newcomer_fails_practises_and_passes(told: tuple[Ending, Schooling]) -> None:
    _, schooling = told
    assert (schooling.papers[0]["passed"], schooling.passed) == (False, True)
    first, *_, second = (paper["score"] for paper in schooling.papers)
    assert first + 0.15 < second
    early, late = schooling.practised[:5], schooling.practised[-5:]
    assert sum(early) < sum(late)


def test_whoever_was_shown_nothing_knows_no_clause_and_each_mark_steadies_the_hand() -> None:
    rules, learner = parse_rulebook(rulebook_text("steel")), Learner()
    assert learner.borders(rules) == {}
    before = learner.haste
    learner.learn(0.2, "C5.3")
    assert (learner.borders(rules)[PAIR], learner.haste < before) == (Told.A_CASE, True)


def test_who_has_nothing_to_write_ends_where_the_trial_failed(tmp_path: Path) -> None:
    with opened_house(tmp_path / "home") as house:
        journey = Journey(house, hire_cast(house), steel_material(40, worn=True), "Worn rolls")
        ending = tell_story(HouseOffice(journey), replace(worn_story(house), remedies=()))
    assert (ending.passed, len(ending.trials), ending.named) == (False, 1, ())


def test_the_customer_s_two_sentences_cannot_be_signed(tmp_path: Path) -> None:
    with opened_house(tmp_path / "home") as house:
        found = find_gaps(parse_brief(request_as_brief(worn_story(house))))
    words = {str(gap.details.get("word")) for gap in found if gap.place.startswith("what")}
    assert {"尽量", "等"} <= words


def test_a_rulebook_without_a_clause_is_sound_and_the_amended_one_too() -> None:
    first = first_rulebook()
    assert "C5.3" not in {clause.id for clause in parse_rulebook(first).clauses}
    assert errors_of(find_problems(parse_rulebook(first))) == []
    drawn = {"defects": [{"label": "scale", "x": 9, "y": 9, "width": 40, "height": 30}]}
    draft = without(rulebook_text("steel"), clauses=("C1.1", "C5.3"), examples=("E7",))
    again = parse_rulebook(amended(draft, REMEDIES[0], "steel-0098.jpg", drawn))
    assert [clause.id for clause in again.clauses][-2:] == ["C5.3", "C5.4"]
    shown = next(example for example in again.examples if example.item == "steel-0098.jpg")
    assert (shown.clause, shown.answer) == ("C5.3", drawn)


def test_labels_are_told_apart_by_a_clause_and_better_by_a_case() -> None:
    silent, told = first_rulebook(), amended(first_rulebook(), REMEDIES[0], "no such item", None)
    assert PAIR not in borders_of(parse_rulebook(silent))
    assert borders_of(parse_rulebook(told))[PAIR] is Told.A_CLAUSE
    assert borders_of(parse_rulebook(rulebook_text("steel")))[PAIR] is Told.A_CASE
    assert BETWEEN.splitlines()[1] in told


def test_where_rules_are_silent_everybody_has_a_habit_and_what_is_written_reaches_most() -> None:
    doubt, rng = Doubt("scale", 1.0), random.Random(3)
    habits = [_share(skill, doubt, {}, rng) for skill in (CAREFUL, NEW, CARELESS)]
    assert habits == sorted(habits, reverse=True)
    assert habits[0] - habits[1] > 0.2
    assert habits[1] - habits[2] > 0.2
    for skill in (CAREFUL, CARELESS, NEW):
        said = _share(skill, doubt, {PAIR: Told.A_CLAUSE}, rng)
        shown = _share(skill, doubt, {PAIR: Told.A_CASE}, rng)
        assert shown > 0.85
        assert shown >= said - 0.03
    assert _share(NEW, Doubt("scale", 0.0), {}, rng) == 1.0


def _share(skill: Skill, doubt: Doubt, borders: dict[frozenset[str], Told], rng: random.Random) -> float:
    """How often `rolled_in` is given for what is rolled in."""
    said = [label_in_doubt(skill, "rolled_in", doubt, borders, rng) for _ in range(600)]
    return said.count("rolled_in") / len(said)


def test_the_trainer_amends_what_is_the_rule_s_and_talks_to_people_about_the_rest() -> None:
    def line(a: str, b: str, count: int, cause: str) -> dict[str, object]:
        return {"a": a, "b": b, "count": count, "cause": {"name": cause}, "clause": None, "items": [1]}

    said = [
        line("scale", "rolled_in", 9, "person"),
        line("", "crack", 7, "rule"),
        line("inclusion", "scale", 5, "rule"),
    ]
    found = what_to_amend({"fields": [{"confusions": said}]}, REMEDIES)
    assert found is not None
    assert {found[0].a, found[0].b} == {"inclusion", "scale"}
    assert what_to_amend({"fields": [{"confusions": said[:2]}]}, REMEDIES) is None
