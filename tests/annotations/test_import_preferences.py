"""Others' rankings come in: preference pairs, and a real crowd's votes on arguments as a trial."""

import csv
import json
from collections import defaultdict
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from guiju.annotations import current_annotations
from guiju.annotations.imports import Format, ImportOptions
from guiju.annotations.imports.errors import NoFieldForWork, WorkUnreadable
from guiju.annotations.readers.preference import open_preference
from guiju.data import find_items, item_ids
from guiju.kinds import Ranking, decode_answers
from guiju.kit import new_id
from guiju.rulebooks import publish_rulebook, save_draft
from guiju.work.trial import make_report
from tests.annotations.moving import bring, outcome_of, publish_labels, refused_of, shared
from tests.support.cast import Cast

RULEBOOK = """---
title: {zh: "比较", en: "Comparing"}
version: 1.0.0
fields:
  - {id: better, kind: ranking, title: {zh: "更好", en: "Better"}, options: {ties: true}}
labels: []
---

## C1 更好 | Better

哪个更好。

> en: Which is better.
"""
MARKS = ImportOptions(Format.PREFERENCE, create_items=True, annotator="a crowd")


@pytest.fixture
def ranking(cast: Cast) -> Cast:
    save_draft(cast.house, cast.zhou, cast.project, document=RULEBOOK, from_revision=0, request_id=new_id())
    publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())
    return cast


def write(path: Path, *entries: object) -> Path:
    path.write_text("".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries), encoding="utf-8")
    return path


def winners(cast: Cast, round_id: int) -> dict[str, list[list[str]]]:
    """By prompt, the answers' texts in groups from the best."""
    found: dict[str, list[list[str]]] = {}
    with cast.house.reading() as connection:
        items = find_items(connection, cast.project, item_ids(connection, cast.project))
        for row in current_annotations(connection, round_id):
            body = json.loads(items[row.item_id].body or "")
            answer = decode_answers(row.answers)["better"]
            assert isinstance(answer, Ranking)
            found[body["prompt"]] = [[body["answers"][one]["text"] for one in group] for group in answer.order]
    return found


def test_chosen_and_rejected_become_rankings_of_items_that_do_not_tell(ranking: Cast, tmp_path: Path) -> None:
    pairs = [{"prompt": f"p{n}", "chosen": f"good {n}", "rejected": f"bad {n}"} for n in range(12)]
    job = bring(ranking, write(tmp_path / "a.jsonl", *pairs), MARKS)
    found = winners(ranking, outcome_of(job)["round"])
    assert found == {f"p{n}": [[f"good {n}"], [f"bad {n}"]] for n in range(12)}
    again = bring(ranking, write(tmp_path / "b.jsonl", *pairs), ImportOptions(Format.PREFERENCE, annotator="others"))
    assert outcome_of(again)["annotations"] == 12


def test_answers_and_who_won_are_read_in_the_ways_that_people_write_them(ranking: Cast, tmp_path: Path) -> None:
    rows = [
        {"prompt": "1", "answer_a": "x", "answer_b": "y", "winner": "B"},
        {"prompt": "2", "answer_a": "x", "answer_b": "y", "winner": "answer_a"},
        {"prompt": "3", "answer_a": "x", "answer_b": "y", "winner": "tie"},
        {"prompt": "4", "answer_a": "x", "answer_b": "y", "model_a": "m1", "model_b": "m2", "winner": "m2"},
        {"prompt": "5", "answer_a": "x", "answer_b": "y", "ranking": "b > a"},
        {"prompt": "6", "answer_a": "x", "answer_b": "y", "ranking": [1, 0]},
    ]
    job = bring(ranking, write(tmp_path / "a.jsonl", *rows), MARKS)
    found = winners(ranking, outcome_of(job)["round"])
    won, lost = [["y"], ["x"]], [["x"], ["y"]]
    assert found == {"1": won, "2": lost, "3": [["x", "y"]], "4": won, "5": won, "6": won}


def test_what_says_nothing_is_refused_by_name(ranking: Cast, tmp_path: Path) -> None:
    two = {"prompt": "p", "answer_a": "x", "answer_b": "y"}
    rows: list[Any] = [
        {**two, "winner": "a"},
        {**two, "winner": "c"},
        {**two, "winner": ""},
        {**two, "ranking": "A > B > C"},
        {**two, "ranking": "A is better"},
        {**two, "ranking": "A"},
        {"prompt": "p", "answer_a": "x", "answer_b": "", "winner": "a"},
        {**two, "winner": "a", "seconds": "soon"},
    ]
    job = bring(ranking, write(tmp_path / "a.jsonl", *rows), MARKS)
    codes = {mark.position: mark.code for mark in refused_of(ranking, job)}
    unclear = dict.fromkeys((2, 3, 5, 8), "mark-unreadable")
    assert codes == {**unclear, 4: "unknown-answer", 6: "not-all-ranked", 7: "answer-empty"}


@pytest.mark.parametrize("entry", [{"prompt": "p", "text": "x"}, {"prompt": "p", "answer_a": "x", "answer_b": "y"}])
def test_a_file_without_comparisons_or_winners_is_refused_as_a_whole(entry: object, tmp_path: Path) -> None:
    with pytest.raises(WorkUnreadable):
        open_preference(write(tmp_path / "a.jsonl", entry), "a.jsonl", MARKS)


def test_a_rulebook_without_a_ranking_has_nothing_for_them(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "choice", ["A"])
    with pytest.raises(NoFieldForWork):
        bring(cast, write(tmp_path / "a.jsonl", {"prompt": "p", "chosen": "x", "rejected": "y"}), MARKS)


Votes = dict[str, dict[str, str]]


def votes(most: int) -> tuple[Votes, dict[str, str]]:
    """A real crowd on which of two arguments convinces more: pair to annotator to a, b or tie; and the texts."""
    folder = "ukp_convarg1_preference/tv-is-better-than-books_books"
    with shared(f"{folder}.texts.csv").open(encoding="utf-8", newline="") as file:
        texts = {row["id"]: row["text"] for row in csv.DictReader(file)}
    found: Votes = defaultdict(dict)
    with shared(f"{folder}.votes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            said = {"a1": "a", "a2": "b", "equal": "tie"}[row["value"]]
            found[f"{row['arg1']} {row['arg2']}"][row["annotator"]] = said
    return dict(list(found.items())[:most]), texts


def test_a_real_crowds_votes_are_a_trial_whose_agreement_is_that_of_their_pairs(ranking: Cast, tmp_path: Path) -> None:
    crowd, texts = votes(60)
    with (tmp_path / "votes.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["prompt", "answer_a", "answer_b", "annotator", "winner"])
        for pair, said in crowd.items():
            first, second = (texts[one] for one in pair.split())
            rows.writerows(["TV or books?", first, second, who, what] for who, what in said.items())
    options = ImportOptions(Format.PREFERENCE, round_kind="trial", create_items=True)
    job = bring(ranking, tmp_path / "votes.csv", options)
    outcome = outcome_of(job)
    assert outcome["annotations"] == sum(map(len, crowd.values()))
    report = make_report(ranking.house, ranking.zhou, outcome["round"])
    apart: Callable[[str, str], float] = lambda a, b: 0 if a == b else 0.5 if "tie" in {a, b} else 1  # noqa: E731
    shares = [
        sum(1 - apart(a, b) for a, b in combinations(said.values(), 2)) / len(list(combinations(said, 2)))
        for said in crowd.values()
        if len(said) > 1
    ]
    (field,) = report.fields
    assert field.observed.value == pytest.approx(sum(shares) / len(shares))
    assert field.observed.low is not None
    assert field.alpha.value is not None
    assert 0.2 < field.alpha.value < 0.6
    assert {field.confusions[0].a, field.confusions[0].b} <= {"A > B", "B > A", "A = B"}
