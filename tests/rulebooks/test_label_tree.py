"""Labels may stand under one another, and are found by how their Chinese names are typed."""

from typing import Any, cast

import pytest

from guiju.rulebooks import Rulebook, RulebookVersion, Weight, differences, parse_rulebook, problems_of, render_rulebook
from guiju.rulebooks.compiled import compile_rulebook
from guiju.rulebooks.tree import in_a_circle, sound_of
from guiju.samples.documents import rulebook_text

STEEL = rulebook_text("steel")


def planted(*pairs: tuple[str, str]) -> str:
    """The steel rulebook with each label under its parent."""
    text = STEEL
    for label, parent in pairs:
        text = text.replace(f"  - id: {label}\n    name:", f"  - id: {label}\n    parent: {parent}\n    name:", 1)
    return text


def test_a_tree_is_written_as_it_was_read() -> None:
    rulebook = parse_rulebook(planted(("crack", "scratch"), ("scratch", "pitting")))
    assert {label.id: label.parent for label in rulebook.labels if label.parent} == {
        "crack": "scratch",
        "scratch": "pitting",
    }
    assert parse_rulebook(render_rulebook(rulebook)) == rulebook
    assert not [problem for problem in problems_of(render_rulebook(rulebook)) if problem.severity == "error"]


def test_a_circle_names_the_way_around_it_at_every_label_of_it() -> None:
    problems = problems_of(planted(("crack", "scratch"), ("scratch", "pitting"), ("pitting", "crack")))
    circles = [str(problem.details["circle"]) for problem in problems if problem.code == "parent-circle"]
    assert sorted(circles) == [
        "crack → scratch → pitting → crack",
        "pitting → crack → scratch → pitting",
        "scratch → pitting → crack → scratch",
    ]


def test_a_label_below_a_circle_is_not_in_it_and_the_search_ends() -> None:
    assert in_a_circle("below", {"below": "a", "a": "b", "b": "a"}) == ()
    assert in_a_circle("alone", {"alone": "alone"}) == ("alone", "alone")


def test_a_label_that_moves_clarifies_and_does_not_change_the_meaning() -> None:
    before, after = parse_rulebook(STEEL), parse_rulebook(planted(("crack", "scratch")))
    [change] = differences(before, after)
    assert (change.group, change.id, change.weight) == ("labels", "crack", Weight.MINOR)
    assert (change.before, change.after) == ("", "scratch")


def test_the_workbench_is_told_the_parent_and_the_sound_of_each_label() -> None:
    labels = cast("list[dict[str, Any]]", bench(parse_rulebook(planted(("crack", "scratch"))))["labels"])
    shown = {each["id"]: each for each in labels}
    assert (shown["crack"]["parent"], shown["scratch"]["parent"]) == ("scratch", None)
    assert list(shown["scratch"]["sound"]) == ["hh", "huahen"]


def bench(rulebook: Rulebook) -> dict[str, list[dict[str, object]]]:
    version = RulebookVersion(7, 1, "1.0.0", render_rulebook(rulebook), "d", 1, None, 1, 0, 1, 0)
    return compile_rulebook(version).for_workbench()


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("余额查询", ("yecx", "yuechaxun")),
        ("银行卡", ("yhk", "yinhangka")),  # 行 is háng here, not xíng
        ("卡 PIN 码", ("kpm", "kapinma")),
        ("绿色（浅）", ("lsq", "lvseqian")),
        ("Refund", ()),
        ("", ()),
    ],
)
def test_a_chinese_name_is_typed_by_its_initials_or_its_full_pinyin(name: str, sound: tuple[str, ...]) -> None:
    assert sound_of(name) == sound
