"""`guiju agreement` and `guiju consensus` on JSON lines of marks: spans of a text, outlines on a picture."""

import json
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from guiju.cli import app
from tests.stats.published import shared
from tests.stats.shapes.naive import raster

SPANS = "data/crowd_oei/dev-crowd.jsonl"
GOLD = "data/crowd_oei/dev.jsonl"
OUTLINES = "data/lidc_polygons/nodules.jsonl"
RATINGS = {
    "subtlety": 0.3386,
    "calcification": 0.7630,
    "sphericity": 0.1657,
    "margin": 0.3876,
    "lobulation": 0.3249,
    "spiculation": 0.3271,
    "texture": 0.4014,
    "malignancy": 0.4503,
}


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIJU_LANG", "en")


def run(*words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, list(words))
    return answer.exit_code, answer.stdout


def told(command: str, path: Path, *words: str) -> Any:
    code, out = run(command, str(path), *words, "--json")
    assert code == 0, out
    return json.loads(out)


def refused(command: str, path: Path, *words: str) -> Any:
    code, out = run(command, str(path), *words, "--json")
    assert code == 1, out
    return json.loads(out)["error"]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def answers() -> dict[tuple[int, int], set[tuple[int, int, str]]]:
    """Item and annotator to what they marked, read by hand."""
    found: dict[tuple[int, int], set[tuple[int, int, str]]] = defaultdict(set)
    for line in lines(shared(SPANS)):
        for mark in line["annotations"]:
            seen = found[line["id"], mark["user"]]
            if mark["start_offset"] >= 0:
                seen.add((mark["start_offset"], mark["end_offset"], mark["label"]))
    return found


def f1_of_pairs(touching: bool) -> tuple[float, float]:
    """F1 by definition, mark by mark: the mean over pairs of annotators, and all pairs pooled."""
    by_pair: dict[tuple[int, int], list[float]] = defaultdict(lambda: [0.0] * 4)
    by_item: dict[int, list[tuple[int, set[tuple[int, int, str]]]]] = defaultdict(list)
    for (item, who), marks in sorted(answers().items()):
        by_item[item].append((who, marks))

    def hits(mine: set[tuple[int, int, str]], theirs: set[tuple[int, int, str]]) -> int:
        if not touching:
            return len(mine & theirs)
        return sum(any(a < d and c < b and x == y for c, d, y in theirs) for a, b, x in mine)

    for people in by_item.values():
        for (a, left), (b, right) in combinations(people, 2):
            sums = [hits(left, right), len(left), hits(right, left), len(right)]
            by_pair[a, b] = [x + y for x, y in zip(by_pair[a, b], sums, strict=True)]
    values: list[float] = []
    for good, given, found, wanted in by_pair.values():
        if given + wanted:
            p, r = good / max(given, 1), found / max(wanted, 1)
            values.append(2 * p * r / (p + r) if p + r else 0.0)
    whole = np.sum(list(by_pair.values()), axis=0)
    return float(np.mean(values)), float((whole[0] + whole[2]) / (whole[1] + whole[3]))


def test_the_spans_of_seventy_people_are_as_alike_as_counting_mark_by_mark_says() -> None:
    found = told("agreement", shared(SPANS))
    assert [found[key] for key in ("form", "items", "annotators", "annotations", "marks")] == [
        "spans", 803, 70, len(answers()), sum(map(len, answers().values())),
    ]  # fmt: skip
    for name, touching in (("exact_f1", False), ("relaxed_f1", True)):
        assert (found[name], found["pooled"][name]) == pytest.approx(f1_of_pairs(touching))
        low, high = found[f"{name}_interval"]
        assert low < found[name] < high
    assert found["exact_f1"] < found["observed"] < found["relaxed_f1"]
    assert {one["label"]: one["n"] for one in found["labels"]} == {"NEG": 3903, "POS": 2338}
    assert {"a", "b", "n", "observed", "exact_f1", "relaxed_f1"} == found["pairs"][0].keys()
    assert "0.193" in found["sentence"]


def test_alpha_over_units_is_what_pairs_of_characters_give() -> None:
    """Observed and expected disagreement of pairs of characters; a character pairs with none of its own mark."""
    texts = {line["id"]: line["text"] for line in lines(shared(SPANS))}
    people: dict[int, list[set[tuple[int, int, str]]]] = defaultdict(list)
    for (item, _), marks in answers().items():
        people[item].append(marks)
    codes = {"": 0, "NEG": 1, "POS": 2}
    lengths, squared, apart, total = np.zeros(3), np.zeros(3), 0.0, 0.0
    for item, several in people.items():
        if len(several) < 2:
            continue
        rows = np.zeros((len(several), len(texts[item])), int)
        for row, marks in zip(rows, several, strict=True):
            for start, end, label in marks:
                row[start:end] = codes[label]
                squared[codes[label]] += (end - start) ** 2
        lengths += np.bincount(rows.ravel(), minlength=3)
        total += rows.size
        apart += 2 * sum((a != b).sum() for a, b in combinations(rows, 2)) / (len(several) - 1)
    squared[0] = lengths[0]
    unlike = total**2 - (lengths**2).sum()
    expected = total * unlike / (total**2 - squared.sum())
    found = told("agreement", shared(SPANS))
    assert found["alpha"] == pytest.approx(1 - apart / expected, abs=1e-9)
    low, high = found["alpha_interval"]
    assert low < found["alpha"] < high


def test_the_merged_spans_stand_against_the_experts_as_counting_says(tmp_path: Path) -> None:
    out = tmp_path / "merged.jsonl"
    words = ("--gold", str(shared(GOLD)), "--out", str(out))
    found = told("consensus", shared(SPANS), *words)
    right = {
        (line["id"], m["start_offset"], m["end_offset"], m["label"])
        for line in lines(shared(GOLD))
        for m in line["annotations"]
        if m["start_offset"] >= 0
    }
    written = lines(out)
    kept = {
        (line["item"], m["start_offset"], m["end_offset"], m["label"]) for line in written for m in line["annotations"]
    }
    assert len(written) == found["items"] == 803
    assert found["gold"]["f1"] == pytest.approx(2 * len(kept & right) / (len(kept) + len(right)))
    assert found["kept"] == sum(len(line["annotations"]) for line in written)
    makers = [len(m["annotators"]) for line in written for m in (*line["annotations"], *line["left_out"])]
    assert sum(makers) == found["marks"] == 6241
    assert all(m["confidence"] > 0.5 for line in written for m in line["annotations"])
    people = [(item, marks) for (item, _), marks in answers().items()]
    good = sum(len({(item, *mark) for mark in marks} & right) for item, marks in people)
    wanted = sum(sum(one[0] == item for one in right) for item, _ in people)
    assert found["gold"]["alone"] == pytest.approx(2 * good / (wanted + 6241))


def test_a_lower_share_keeps_more_and_is_nearer_to_the_experts() -> None:
    found = told("consensus", shared(SPANS), "--gold", str(shared(GOLD)), "--share", "0.25")
    assert (found["share"], found["gold"]["f1"]) == (0.25, pytest.approx(0.541163, abs=1e-6))
    assert found["gold"]["f1"] > found["gold"]["alone"]


def test_what_was_merged_can_be_known_spans_again(tmp_path: Path) -> None:
    out = tmp_path / "merged.jsonl"
    told("consensus", shared(SPANS), "--out", str(out))
    again = told("consensus", shared(SPANS), "--gold", str(out))
    assert again["gold"]["precision"] == pytest.approx(1, abs=0.01)


def test_marks_in_pieces_are_compared_and_merged_by_their_pieces(tmp_path: Path) -> None:
    path, out = tmp_path / "pieces.jsonl", tmp_path / "merged.jsonl"
    place = {"label": "adr", "start": 0, "end": 12}
    held = [[[0, 4], [8, 12]], [[0, 4], [8, 12]], [[0, 4], [9, 12]]]
    marks = [{**place, "pieces": pieces, "user": who} for pieces, who in zip(held, "abc", strict=True)]
    path.write_text(json.dumps({"id": 1, "text": "x" * 20, "annotations": marks}), encoding="utf-8")
    found = told("agreement", path)
    assert found["exact_f1"] == pytest.approx(1 / 3)
    assert found["observed"] == pytest.approx((1 + 2 * (2 * 7 / 8 / (1 + 7 / 8))) / 3)
    merged = told("consensus", path, "--gold", str(path), "--out", str(out))
    [line] = lines(out)
    assert line["annotations"][0]["pieces"] == [[0, 4], [8, 12]]
    assert merged["gold"]["recall"] == pytest.approx(1 / 2)
    for wrong in ([[0, 4], [4, 12]], [[0, 4]], [[0, 4], [8, "x"]], []):
        path.write_text(
            json.dumps({"id": 1, "annotations": [{**place, "pieces": wrong, "user": "a"}]}), encoding="utf-8"
        )
        assert refused("agreement", path)["code"] == "mark-line-broken"


def test_the_outlines_of_four_readers_share_what_a_raster_says() -> None:
    found = told("agreement", shared(OUTLINES))
    assert [found[key] for key in ("form", "items", "annotators", "annotations", "marks")] == [
        "outlines", 240, 4, 960, 960,
    ]  # fmt: skip
    shares: list[float] = []
    objects: list[float] = []
    for line in lines(shared(OUTLINES)):
        by_slice: dict[float, list[Any]] = defaultdict(list)
        for reader in line["readers"]:
            for contour in reader["contours"]:
                by_slice[contour["z"]].append(np.array(contour["points"], float))
        for drawn in by_slice.values():
            low = np.concatenate(drawn).min(axis=0) - 1
            size = int(np.ptp(np.concatenate(drawn), axis=0).max()) + 3
            grids = [raster((one - low).tolist(), size, 3) for one in drawn]
            ious = [(a & b).sum() / (a | b).sum() for a, b in combinations(grids, 2)]
            shares.append(float(np.mean([iou if iou >= 0.5 else 0 for iou in ious])))
            objects.append(float(np.mean([iou >= 0.5 for iou in ious])))
    assert found["observed"] == pytest.approx(np.mean(shares), abs=0.005)
    assert found["objects"] == pytest.approx(np.mean(objects), abs=0.005)
    assert found["matched_iou"] == pytest.approx(found["observed"] / found["objects"], abs=0.005)
    assert 0 < found["alpha"] < found["observed"]
    assert found["worst"][0]["item"] == "n027@-172.0"


def test_the_merged_outlines_are_written_slice_by_slice(tmp_path: Path) -> None:
    out = tmp_path / "merged.jsonl"
    found = told("consensus", shared(OUTLINES), "--out", str(out))
    written = lines(out)
    assert len(written) == found["items"] == 240
    assert sum(len(line["outlines"]) for line in written) == found["kept"] == 238
    everything = [one for line in written for one in (*line["outlines"], *line["left_out"])]
    assert sum(one["found"] for one in everything) == 960
    assert {one["of"] for one in everything} == {4}
    assert found["mean_overlap"] > 0.8


@pytest.mark.parametrize("name", RATINGS)
def test_what_readers_said_of_a_nodule_is_compared_as_a_scale(name: str) -> None:
    krippendorff = pytest.importorskip("krippendorff")
    table = np.array([[r["ratings"][name] for r in line["readers"]] for line in lines(shared(OUTLINES))], float).T
    other = krippendorff.alpha(reliability_data=table, level_of_measurement="ordinal")
    found = told("agreement", shared(OUTLINES), "--label", name, "--distance", "ordinal")
    assert found["alpha"] == pytest.approx(other, abs=1e-9)
    assert found["alpha"] == pytest.approx(RATINGS[name], abs=5e-5)
    assert found["annotations"] == 320


def test_ratings_are_resolved_as_any_table_is() -> None:
    found = told("consensus", shared(OUTLINES), "--label", "calcification", "--method", "dawid-skene")
    assert (found["items"], found["annotators"], found["method"]) == (80, 4, "dawid-skene")


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_people_read_a_page(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIJU_LANG", lang)
    for path in (SPANS, OUTLINES):
        for command in ("agreement", "consensus"):
            code, out = run(command, str(shared(path)))
            assert code == 0
            assert "{" not in out


def test_where_a_text_is_missing_or_marks_lie_over_each_other_the_reason_stands_in_place_of_alpha(
    tmp_path: Path,
) -> None:
    mark = {"start": 0, "end": 4, "label": "x"}
    other = {"start": 2, "end": 6, "label": "x"}
    bare = {"id": 1, "annotations": [{**mark, "annotator": "a"}, {**mark, "annotator": "b"}]}
    over = {"id": 1, "text": "八个字在这里呢呀", "annotations": [{**m, "user": u} for m in (mark, other) for u in "ab"]}
    for line, word in ((bare, "without their text"), (over, "over each other")):
        (tmp_path / "a.jsonl").write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
        found = told("agreement", tmp_path / "a.jsonl")
        assert (found["alpha"], found["exact_f1"]) == (None, 1)
        assert word in found["sentence"]


MARK = {"start_offset": 0, "end_offset": 2, "label": "x", "user": "a"}
SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4]]


def _reader(points: Any) -> dict[str, Any]:
    return {"id": 1, "readers": [{"reader": "r", "contours": [{"points": points}]}]}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{not json}", "JSON"),
        ({"id": 1, "text": "ab"}, "annotations"),
        ({"text": "ab", "annotations": [MARK]}, "item"),
        ({"id": 1, "text": "ab", "annotations": [{**MARK, "user": None}]}, "who made it"),
        ({"id": 1, "text": "ab", "annotations": [{**MARK, "start_offset": 0.5}]}, "whole characters"),
        ({"id": 1, "text": "ab", "annotations": [{**MARK, "end_offset": 0}]}, "end after"),
        ({"id": 1, "text": "ab", "annotations": [{**MARK, "end_offset": 3}]}, "beyond"),
        ({"id": 1, "text": "ab", "annotations": [{**MARK, "label": ["x"]}]}, "label"),
        (_reader(SQUARE), "another form"),
    ],
)
def test_a_broken_line_of_spans_is_refused_by_its_number(line: Any, what: str, tmp_path: Path) -> None:
    good = {"id": 0, "text": "ab", "annotations": [MARK]}
    text = line if isinstance(line, str) else json.dumps(line)
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(good)}\n\n{text}\n")
    error = refused("agreement", tmp_path / "a.jsonl")
    assert (error["code"], error["details"]["line"]) == ("mark-line-broken", 3)
    assert what in error["message"]


BROKEN: list[tuple[dict[str, Any], str]] = [
    (_reader([[0, 0], [1, 1]]), "three points"),
    (_reader([[0, 0], [1, 1], [2, 2]]), "no area"),
    (_reader(None), "three points"),
    ({"id": 1, "readers": [{"contours": []}]}, "who made it"),
    ({"id": 1, "readers": [7]}, "readers"),
    ({"id": 1, "annotations": []}, "another form"),
]


@pytest.mark.parametrize(("line", "what"), BROKEN)
def test_a_broken_line_of_outlines_is_refused_by_its_number(line: Any, what: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(_reader(SQUARE))}\n{json.dumps(line)}\n")
    for command in ("agreement", "consensus"):
        error = refused(command, tmp_path / "a.jsonl")
        assert (error["code"], error["details"]["line"]) == ("mark-line-broken", 2)
        assert what in error["message"]


@pytest.mark.parametrize(
    ("command", "path", "words", "option"),
    [
        ("consensus", SPANS, ("--method", "dawid-skene"), "--method dawid-skene"),
        ("consensus", OUTLINES, ("--method", "glad"), "--method glad"),
        ("consensus", OUTLINES, ("--gold", "x.jsonl"), "--gold"),
        ("consensus", OUTLINES, ("--share", "0.3"), "--share"),
        ("agreement", SPANS, ("--distance", "masi"), "--distance"),
        ("agreement", OUTLINES, ("--engine", "ray"), "--engine"),
        ("agreement", SPANS, ("--columns", "a,b"), "--columns"),
        ("agreement", SPANS, ("--wide", "a,b"), "--wide"),
    ],
)
def test_an_option_that_says_nothing_of_marks_is_refused(
    command: str, path: str, words: tuple[str, ...], option: str
) -> None:
    error = refused(command, shared(path), *words)
    assert error["code"] == "not-for-marks"
    assert option in error["message"]


def test_gold_without_annotators_is_refused_as_answers_and_taken_as_gold() -> None:
    assert refused("agreement", shared(GOLD))["details"]["line"] == 1
    assert refused("consensus", shared(SPANS), "--gold", "nowhere.jsonl")["code"] == "answers-absent"
    assert refused("consensus", shared(SPANS), "--share", "1.5")["code"] == "bad-parameter"


def test_a_reader_who_drew_nothing_counts_as_one_who_looked(tmp_path: Path) -> None:
    readers = [{"reader": who, "contours": [{"points": SQUARE}] if who == "a" else []} for who in "abc"]
    (tmp_path / "a.jsonl").write_text(json.dumps({"image": "p.png", "readers": readers}))
    assert told("agreement", tmp_path / "a.jsonl")["objects"] == pytest.approx(1 / 3)
    found = told("consensus", tmp_path / "a.jsonl")
    assert (found["kept"], found["dropped"]) == (0, 1)
