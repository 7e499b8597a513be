"""Preference pairs handed over: what each ranking says of two answers, read as tuning libraries do, and read back."""

import json
from pathlib import Path
from typing import Any

import pytest

from guiju.annotations.imports import Format, ImportOptions
from guiju.data import find_items, item_ids
from guiju.kinds import Answer, Ranking
from guiju.kit import new_id
from guiju.rulebooks import publish_rulebook, save_draft
from tests.annotations.moving import bring, outcome_of
from tests.annotations.test_import_preferences import RULEBOOK, winners
from tests.delivery.test_span_formats import files_of
from tests.inspection.build import resolve_all
from tests.support.build import import_paths
from tests.support.cast import Cast

ENTRIES = [
    {"name": "two", "prompt": "甲乙？", "answers": [{"text": "甲", "name": "m1"}, {"text": "乙", "name": "m2"}]},
    {"name": "three", "prompt": "ABC?", "answers": ["A", "B", "C"]},
    {"name": "level", "prompt": "same?", "answers": ["x", "y"]},
]
SAID = {"two": ((1,), (0,)), "three": ((2,), (0, 1)), "level": ((0, 1),)}


@pytest.fixture
def files(cast: Cast, tmp_path: Path) -> dict[str, str]:
    save_draft(cast.house, cast.zhou, cast.project, document=RULEBOOK, from_revision=0, request_id=new_id())
    rulebook = publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in ENTRIES), encoding="utf-8")
    import_paths(cast, path)
    with cast.house.reading() as connection:
        items = find_items(connection, cast.project, item_ids(connection, cast.project))
    said: dict[int, dict[str, Answer]] = {id_: {"better": Ranking(SAID[item.name])} for id_, item in items.items()}
    resolve_all(cast.house, cast.alice, cast.project, rulebook, said)
    return files_of(cast, cast.project, "preference")


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_every_two_answers_in_different_places_are_a_pair(files: dict[str, str]) -> None:
    found = lines(files["annotations.preference.jsonl"])
    assert {(one["prompt"], one["chosen"], one["rejected"]) for one in found} == {
        ("甲乙？", "乙", "甲"),
        ("ABC?", "C", "A"),
        ("ABC?", "C", "B"),
    }
    (pair,) = [one["meta"] for one in found if one["prompt"] == "甲乙？"]
    assert (pair["name"], pair["field"], pair["chosen"], pair["rejected"]) == ("two", "better", 1, 0)
    assert (pair["chosen_model"], pair["rejected_model"]) == ("m2", "m1")


def test_what_is_level_is_listed_apart(files: dict[str, str]) -> None:
    found = {one["name"]: one["answers"] for one in lines(files["annotations.level.jsonl"])}
    assert found == {"three": ["A", "B"], "level": ["x", "y"]}


def test_the_pairs_come_in_again_as_others_work(cast: Cast, files: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(files["annotations.preference.jsonl"], encoding="utf-8")
    options = ImportOptions(Format.PREFERENCE, create_items=True, annotator="others")
    job = bring(cast, path, options)
    assert winners(cast, outcome_of(job)["round"])["甲乙？"] == [["乙"], ["甲"]]
