"""What is drawn on pictures and delivered, read back by readers that others made: boxes by globox, a converter of
turned ones and Label Studio's, masks by pypng.
"""

import json
from math import atan2, degrees, dist
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from guiju.delivery.formats.model import Source
from guiju.kinds import (
    Box,
    Boxes,
    Mask,
    Masks,
    Polygon,
    Polygons,
)
from guiju.kinds.runs import write_runs
from tests.delivery.test_others_read import HIGH, WIDE, converter, row, source, unpacked, written

PARTS = ("train", "validation", "test")


BOXES = (
    Boxes((Box("i1", "leaf", 1.25, 2, 30, 12.5), Box("i2", "stem", 40, 20, 24, 28))),
    Boxes((Box("i1", "stem", 0, 0, 64, 48),)),
    Boxes(()),
    Boxes((Box("i1", "leaf", 10, 10, 5, 5),)),
)


@pytest.fixture
def pictures() -> Source:
    """Four pictures, two for training, one for validation, one for the test."""
    parts = ("train", "train", "validation", "test")
    rows = [
        row(f"plate-{n}.png", "image", {"answer": said}, part)
        for n, (said, part) in enumerate(zip(BOXES, parts, strict=True))
    ]
    return source(rows, "box", ["leaf", "stem"], PARTS)


def seen(annotations: Any) -> dict[str, list[tuple[Any, ...]]]:
    """What globox read: label, left, top, width and height of each box, by the picture's stem."""
    return {
        Path(str(one.image_id)).stem: [
            (str(box.label), *(round(float(side), 3) for side in (box.xmin, box.ymin, box.width, box.height)))
            for box in one.boxes
        ]
        for one in annotations
    }


MEANT = {f"plate-{n}": [(box.label, box.x, box.y, box.w, box.h) for box in said.shapes] for n, said in enumerate(BOXES)}


def test_globox_reads_the_pascal_voc_that_was_written(pictures: Source, tmp_path: Path) -> None:
    globox: Any = pytest.importorskip("globox")
    folder = unpacked(written("voc", pictures), tmp_path)
    assert seen(globox.AnnotationSet.from_pascal_voc(folder / "Annotations")) == MEANT


def test_globox_reads_the_yolo_that_was_written(pictures: Source, tmp_path: Path) -> None:
    globox: Any = pytest.importorskip("globox")
    folder = unpacked(written("yolo", pictures), tmp_path)
    (folder / "images").mkdir()
    for n in range(len(BOXES)):
        Image.new("L", (WIDE, HIGH)).save(folder / f"images/plate-{n}.png")
    asked = {"image_folder": folder / "images", "image_extension": ".png"}
    found = globox.AnnotationSet.from_yolo_v5(folder / "labels", **asked)
    names = {"0": "leaf", "1": "stem"}
    by_name = {stem: [(names[label], *sides) for label, *sides in boxes] for stem, boxes in seen(found).items()}
    assert by_name == MEANT


def test_globox_reads_the_cvat_that_was_written(pictures: Source, tmp_path: Path) -> None:
    globox: Any = pytest.importorskip("globox")
    place = tmp_path / "boxes.xml"
    place.write_bytes(written("cvat", pictures))
    found = seen(globox.AnnotationSet.from_cvat(place))
    assert {name: boxes for name, boxes in found.items() if boxes} == {
        name: boxes for name, boxes in MEANT.items() if boxes
    }


def test_the_lists_of_pictures_keep_the_parts(pictures: Source, tmp_path: Path) -> None:
    voc = unpacked(written("voc", pictures), tmp_path / "voc") / "ImageSets/Main"
    assert {place.stem: place.read_text().split() for place in voc.iterdir()} == {
        "train": ["plate-0", "plate-1"],
        "val": ["plate-2"],
        "test": ["plate-3"],
        "trainval": ["plate-0", "plate-1", "plate-2"],
    }
    yolo = unpacked(written("yolo", pictures), tmp_path / "yolo")
    assert [yolo.joinpath(f"{name}.txt").read_text().split() for name in ("train", "val", "test")] == [
        ["./images/plate-0.png", "./images/plate-1.png"],
        ["./images/plate-2.png"],
        ["./images/plate-3.png"],
    ]
    described = (yolo / "data.yaml").read_text()
    assert "train: train.txt\nval: val.txt\ntest: test.txt\n" in described


def test_label_studios_converter_makes_the_same_boxes_of_the_tasks(pictures: Source, tmp_path: Path) -> None:
    reader, tasks = converter(pictures, tmp_path)
    reader.convert_to_coco(str(tasks), str(tmp_path / "out"), is_dir=False)
    found = json.loads((tmp_path / "out/result.json").read_text())
    names = {one["id"]: Path(one["file_name"]).stem for one in found["images"]}
    labels = {one["id"]: one["name"] for one in found["categories"]}
    seen_there: dict[str, list[tuple[Any, ...]]] = {name: [] for name in names.values()}
    for one in found["annotations"]:
        sides = tuple(round(side, 3) for side in one["bbox"])
        seen_there[names[one["image_id"]]].append((labels[one["category_id"]], *sides))
    assert seen_there == MEANT


def test_label_studios_converter_makes_the_same_outlines_of_the_tasks(tmp_path: Path) -> None:
    corners = ((1.0, 1.0), (20.5, 3.0), (12.0, 30.25))
    said = Polygons((Polygon("i1", "leaf", corners),))
    given = source([row("p.png", "image", {"answer": said})], "polygon", ["leaf"])
    reader, tasks = converter(given, tmp_path)
    reader.convert_to_coco(str(tasks), str(tmp_path / "out"), is_dir=False)
    (one,) = json.loads((tmp_path / "out/result.json").read_text())["annotations"]
    assert [round(number, 3) for number in one["segmentation"][0]] == [1, 1, 20.5, 3, 12, 30.25]


PIXELS = WIDE * HIGH


STEM, LEAF = (0, 20, PIXELS - 20), (96, 30, PIXELS - 126)
"""Runs down the columns: what is not there, what is, and so on."""


def pixels_of(name: str, given: Source, folder: Path) -> tuple[list[int], dict[str, Any]]:
    """What pypng reads of the only picture, down the columns, and what it says of the file."""
    png: Any = pytest.importorskip("png")
    place = unpacked(written(name, given), folder) / "masks/p.png"
    wide, high, lines, about = png.Reader(bytes=place.read_bytes()).read()
    read = [[*line] for line in lines]
    assert (wide, high) == (WIDE, HIGH)
    return [read[y][x] for x in range(wide) for y in range(high)], about


@pytest.mark.parametrize(
    ("name", "numbers"), [("mask-png", {"stem": 2, "leaf": 1}), ("instance-png", {"stem": 1, "leaf": 2})]
)
def test_pypng_reads_the_numbers_of_the_masks_that_were_written(
    tmp_path: Path, name: str, numbers: dict[str, int]
) -> None:
    drawn = (("stem", STEM), ("leaf", LEAF))
    shapes = [Mask(f"i{n}", label, (HIGH, WIDE), write_runs(runs)) for n, (label, runs) in enumerate(drawn, 1)]
    given = source([row("p.jpg", "image", {"answer": Masks(tuple(shapes))})], "mask", ["leaf", "stem"])
    down, about = pixels_of(name, given, tmp_path)
    meant = [0] * PIXELS
    meant[0:20] = [numbers["stem"]] * 20
    meant[96:126] = [numbers["leaf"]] * 30
    assert down == meant
    assert len(about["palette"]) == 256


def test_pypng_reads_more_instances_than_a_byte_counts(tmp_path: Path) -> None:
    shapes = [Mask(f"i{n}", "leaf", (HIGH, WIDE), write_runs((4 * n, 2, PIXELS - 4 * n - 2))) for n in range(1, 301)]
    given = source([row("p.jpg", "image", {"answer": Masks(tuple(shapes))})], "mask", ["leaf"])
    down, about = pixels_of("instance-png", given, tmp_path)
    assert (about["bitdepth"], about["greyscale"]) == (16, True)
    assert [down[4 * n] for n in range(301)] == [*range(301)]


def test_a_converter_of_turned_boxes_reads_the_corners_that_were_written(tmp_path: Path) -> None:
    converters: Any = pytest.importorskip("obb_data_converter.formats.yolo_obb")
    box = Box("i1", "stem", 20, 14, 20, 10, 30)
    given = source([row("p.png", "image", {"answer": Boxes((box,))})], "box", ["leaf", "stem"])
    folder = unpacked(written("yolo-obb", given), tmp_path)
    read = converters.YoloOBBFormat().format2commonSolo(str(folder / "labels/p.txt"), WIDE, HIGH, ["leaf", "stem"])
    (found,) = read.bounding_boxes
    corners = [(x * WIDE, y * HIGH) for x, y in found.corners]
    assert found.class_name == "stem"
    # the middle stays where it was, and each side is as long as before it was turned
    assert [round(sum(side) / 4, 3) for side in zip(*corners, strict=True)] == [30, 19]
    assert [round(dist(corners[n], corners[(n + 1) % 4]), 3) for n in range(4)] == [20, 10, 20, 10]
    (left, top), (right, bottom) = corners[:2]
    assert round(degrees(atan2(bottom - top, right - left)), 3) == 30
