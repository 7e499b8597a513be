"""What is asked of which part and when: read, typed, refused by name, and decided as the browser decides it."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from guiju.kinds import ItemShape, decode_answers, encode_answers, find_asked
from guiju.rulebooks import RulebookVersion, Weight, differences, parse_rulebook, problems_of, render_rulebook
from guiju.rulebooks.compiled import CompiledRulebook, compile_rulebook
from tests.rulebooks.asked import STEEL, TALK

# The browser's side reads the same file (frontend/tests/asking.test.ts).
FIXTURES = Path(__file__).parent / "fixtures/conditions.json"
DOCUMENTS = {"steel": STEEL, "talk": TALK}


def compiled(name: str) -> CompiledRulebook:
    return compile_rulebook(RulebookVersion(1, 1, "1.0.0", DOCUMENTS[name], "", 1, None, 1, 0, 1, 0))


def shared() -> dict[str, Any]:
    return json.loads(FIXTURES.read_text(encoding="utf-8"))


def outcome(case: dict[str, Any]) -> dict[str, Any]:
    """What is asked, what is wrong (and where), and what is left once the rest is put away."""
    rulebook, item = compiled(case["rulebook"]), msgspec.convert(case["item"], ItemShape)
    answers = decode_answers(case["answers"])
    asking = find_asked(answers, rulebook.fields, item)
    parts = {name: [part.id for part in found] for name, found in asking.parts.items()}
    problems = rulebook.check_answers(answers, item)
    return {
        "asked": {field.id: parts.get(field.id, field.id in asking.fields) for field in rulebook.fields},
        "problems": [[each["code"], each["field"], each["shape"]] for each in problems],
        "kept": json.loads(encode_answers(rulebook.put_away(answers, item))),
    }


def errors(document: str) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in problems_of(document) if problem.severity == "error"]


@pytest.mark.parametrize("case", shared()["cases"], ids=lambda case: case["name"])
def test_both_sides_agree_on_what_is_asked_what_is_wrong_and_what_is_kept(case: dict[str, Any]) -> None:
    assert outcome(case) == {name: case[name] for name in ("asked", "problems", "kept")}


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_the_browser_gets_the_conditions_that_its_fixtures_have(name: str) -> None:
    bench = compiled(name).for_workbench()
    sent = json.loads(msgspec.json.encode({part: bench[part] for part in ("fields", "checks")}))
    assert sent == shared()["rulebooks"][name]


@pytest.mark.parametrize("document", [STEEL, TALK])
def test_targets_and_conditions_are_written_as_they_were_read(document: str) -> None:
    rulebook = parse_rulebook(document)
    assert errors(document) == []
    assert parse_rulebook(render_rulebook(rulebook)) == rulebook


@pytest.mark.parametrize(
    ("written", "instead", "code"),
    [
        ("""when: 'grade == "defect"'""", """when: 'grade == "defekt"'""", "condition-unknown-label"),
        ("""when: 'grade == "defect"'""", """when: '"roll" in causes'""", "condition-of-later-field"),
        ("""when: 'grade == "defect"'""", """when: '"crack" in defects'""", "condition-of-later-field"),
        ("""when: 'grade == "defect"'""", """when: 'rank == "defect"'""", "expression-unknown-name"),
        ("""when: 'grade == "defect"'""", """when: 'grade > 3'""", "expression-wrong-type"),
        ("""when: 'grade == "defect"'""", """when: 'grade'""", "expression-not-a-yes-or-no"),
        ("""when: '"scratch" in defects'""", """when: 'defects == "scratch"'""", "expression-wrong-type"),
        ("""when: '"scratch" in defects'""", """when: '"dent" in defects'""", "condition-unknown-label"),
        ("""when: '"scratch" in defects'""", """when: 'label == "scratch"'""", "expression-unknown-name"),
        ("""label == "scratch" &&""", """label == "dent" &&""", "condition-unknown-label"),
        ("target: defects, title: {zh: 遮挡", "target: grade, title: {zh: 遮挡", "unknown-target"),
        ("target: defects, title: {zh: 遮挡", "target: shift, title: {zh: 遮挡", "unknown-target"),
        ("id: occluded, kind: choice", "id: occluded, kind: box", "kind-not-for-parts"),
        ("id: shift, kind", "id: turn, kind", "reserved-id"),
        ("""expect: 'occluded != "partly"'""", """expect: 'occluded != "perhaps"'""", "check-unknown-label"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name_with_its_line(written: str, instead: str, code: str) -> None:
    assert written in STEEL
    found = dict(errors(STEEL.replace(written, instead)))
    assert code in found
    assert found[code] > 0


def test_another_target_or_condition_changes_the_meaning() -> None:
    old = parse_rulebook(STEEL)
    for written, instead in ((' "scratch" && occluded', ' "crack" && occluded'), ("target: defects,", "target: item,")):
        changes = differences(old, parse_rulebook(STEEL.replace(written, instead)))
        assert {change.weight for change in changes} == {Weight.MAJOR}
    (change, *_) = differences(old, parse_rulebook(STEEL.replace(""" when: 'grade == "defect"',""", "")))
    assert (change.before, change.after) == ('box · grade == "defect"', "box")


def test_an_example_answers_each_part_in_short() -> None:
    steel, talk = ItemShape("image", width=64, height=64), ItemShape("dialogue", parts=1, speakers=("客户",))
    for name, shape in (("steel", steel), ("talk", talk)):
        rulebook = compiled(name)
        (example,) = rulebook.rulebook.examples
        answers = rulebook.answers_of(example)
        assert answers is not None
        assert rulebook.check_answers(answers, shape) == []
