"""Label Studio's regions: turned, brushed, and what is said of each of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guiju.annotations.imports.model import Format, ImportOptions
from guiju.annotations.readers.brush import BrokenBrushError, brushed
from guiju.kinds import Box, Boxes, Choice, Each, Mask, Masks, Rating, Written, decode_answers
from guiju.kinds.box.plane import corners_of
from guiju.kinds.runs import read_runs, write_runs
from guiju.kit import new_id
from guiju.rulebooks import publish_rulebook, save_draft
from tests.annotations.moving import bring, publish_labels, refused_of, stored_answers, write_json
from tests.inspection.build import import_pictures
from tests.support.cast import Cast

WIDE, HIGH = 64, 48
ENTRY = "  - {{id: '{0}', name: {{zh: '{0}', en: '{0}'}}, definition: {{zh: 一, en: one}}, color: '#0072b2'}}"
DOCUMENT = f"""---
title: {{zh: 画, en: Drawn}}
version: 1.0.0
fields:
  - {{id: things, kind: box, labels: [leaf], options: {{rotate: true}}}}
  - {{id: occluded, kind: choice, target: things, labels: ['yes', 'no'], required: false}}
  - {{id: named, kind: text, target: things, required: false}}
  - {{id: sharp, kind: choice, labels: ['yes', 'no'], required: false}}
  - {{id: remark, kind: text, required: false}}
  - {{id: stars, kind: rating, options: {{low: 1, high: 5}}, required: false}}
labels:
{chr(10).join(ENTRY.format(name) for name in ("leaf", "yes", "no"))}
---

## C1 画 | Draw

画。
"""


def result(kind: str, value: dict[str, Any], name: str = "", region: str = "") -> dict[str, Any]:
    sizes = {"original_width": WIDE, "original_height": HIGH}
    return {"type": kind, "value": value, "from_name": name, "id": region, **sizes}


def tasks(folder: Path, *results: dict[str, Any]) -> Path:
    task = {"id": 1, "data": {"image": "/data/upload/1/plate-000.png"}, "annotations": [{"result": [*results]}]}
    return write_json(folder, "tasks.json", [task])


def rectangle(**more: Any) -> dict[str, Any]:
    return {"x": 50, "y": 25, "width": 25, "height": 12.5, "rotation": 0, "rectanglelabels": ["leaf"], **more}


def packed(values: list[int]) -> list[int]:
    """Bits as another writer lays them out: runs of up to 256 values, single values in blocks of one."""
    bits = f"{len(values):032b}{7:05b}" + f"{2:04b}{7:04b}{7:04b}{7:04b}"
    for value, count in _runs(values):
        bits += f"1{3:02b}{count - 1:08b}{value:08b}" if count > 1 else f"0{0:02b}{0:03b}{value:08b}"
    bits += "0" * (-len(bits) % 8)
    return [int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)]


def _runs(values: list[int]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(values):
        end = at
        while end < len(values) and end - at < 256 and values[end] == values[at]:
            end += 1
        yield values[at], end - at
        at = end


def rgba(pixels: Any) -> list[int]:
    return np.repeat(np.asarray(pixels, np.uint8).ravel() * 255, 4).tolist()


@pytest.mark.parametrize("seed", range(4))
def test_what_was_brushed_is_unpacked_pixel_by_pixel(seed: int) -> None:
    pixels = np.random.default_rng(seed).random((HIGH, WIDE)) < (0.02, 0.5, 0.98, 0.9)[seed]
    runs = read_runs(brushed(bytes(packed(rgba(pixels))), WIDE, HIGH))
    assert runs is not None
    column = np.repeat(np.arange(len(runs)) % 2, runs)
    assert (pixels == column.reshape(WIDE, HIGH).T).all()


def test_bytes_that_end_too_early_or_are_of_another_size_are_refused() -> None:
    whole = bytes(packed(rgba(np.ones((HIGH, WIDE)))))
    for content, wide in ((whole[:-6], WIDE), (whole, WIDE + 1), (b"", WIDE)):
        with pytest.raises(BrokenBrushError):
            brushed(content, wide, HIGH)


def test_what_was_brushed_comes_in_as_a_mask(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "mask", ["leaf"])
    import_pictures(cast, cast.project, 1)
    pixels = np.zeros((HIGH, WIDE))
    pixels[:, 2:4] = 1
    brush = {"format": "rle", "rle": packed(rgba(pixels)), "brushlabels": ["leaf"]}
    job = bring(cast, tasks(tmp_path, result("brushlabels", brush)), ImportOptions(Format.LABEL_STUDIO))
    [(_, raw)] = stored_answers(cast, job)
    runs = write_runs([2 * HIGH, 2 * HIGH, 60 * HIGH])
    assert decode_answers(raw)["answer"] == Masks((Mask("i1", "leaf", (HIGH, WIDE), runs),))


def test_a_rectangle_turned_about_its_corner_and_what_is_said_of_it_come_in(cast: Cast, tmp_path: Path) -> None:
    save_draft(cast.house, cast.zhou, cast.project, document=DOCUMENT, from_revision=0, request_id=new_id())
    publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())
    import_pictures(cast, cast.project, 1)
    results = (
        result("rectanglelabels", rectangle(rotation=90), "things", "r1"),
        result("rectanglelabels", rectangle(), "things", "r2"),
        result("choices", {"choices": ["yes"]}, "occluded", "r2"),
        result("textarea", {"text": ["a", "b"]}, "named", "r1"),
        result("choices", {"choices": ["no"]}, "sharp"),
        result("textarea", {"text": ["blurred"]}, "comment"),
        result("rating", {"rating": 4}, "stars"),
    )
    [(_, raw)] = stored_answers(cast, bring(cast, tasks(tmp_path, *results), ImportOptions(Format.LABEL_STUDIO)))
    answers = decode_answers(raw)
    boxes = answers.pop("things")
    assert isinstance(boxes, Boxes)
    turned, upright = boxes.shapes
    assert corners_of(turned)[:2] == ((32, 12), (32, 28))
    assert upright == Box("i2", "leaf", 32, 12, 16, 6)
    assert answers == {
        "occluded": Each("things", {"i2": Choice(("yes",))}),
        "named": Each("things", {"i1": Written("a\nb")}),
        "sharp": Choice(("no",)),
        "remark": Written("blurred"),
        "stars": Rating(4.0),
    }


def test_one_region_that_is_told_two_things_is_refused(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "box", ["leaf"])
    import_pictures(cast, cast.project, 1)
    said = [result("choices", {"choices": [one]}, "occluded", "r1") for one in ("yes", "no")]
    path = tasks(tmp_path, result("rectanglelabels", rectangle(), "things", "r1"), *said)
    [refused] = refused_of(cast, bring(cast, path, ImportOptions(Format.LABEL_STUDIO)))
    assert refused.code == "mark-unreadable"
