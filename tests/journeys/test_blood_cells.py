"""Blood cells travel: 73 images with VOC boxes are inspected as a lot, sent back, put right, and delivered as COCO.

The scripted inspector's verdicts. An image is defective when it breaks one of two rules of counting cells:

- *the edge*: a cell that the image's edge cuts is not counted, so a box that reaches the edge (x = 0, y = 0,
  x + w = 640 or y + h = 480) should not be there. 58 of the 73 images have such a box, 123 boxes in all.
- *the double*: a cell is boxed once, so of two boxes of one class that overlap by more than .9 (IoU) one should not be
  there. One image has a pair: BloodImage_00020, two RBC at .93.

Of 73 images 15 keep both rules, and the plan looks at 20: whichever are drawn, at least five are defective, and the lot
is rejected. Then an annotator takes the boxes out that break the rules, and the lot is accepted under tightened
inspection.
"""

import io
import json
import zipfile
from collections import Counter
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from pycocotools.coco import COCO

from guiju.sdk import Client
from tests.journeys.papers import found_project, rulebook_of, shared
from tests.journeys.served import Served

WIDTH, HEIGHT = 640, 480
IMAGES, BREAKING = 73, 58
DRAWN = {"RBC": 827, "WBC": 76, "Platelets": 75}
KEPT = {"RBC": 717, "WBC": 65, "Platelets": 72}
SAME = 0.9


class Cell(NamedTuple):
    label: str
    x: float
    y: float
    w: float
    h: float


def reaches_the_edge(cell: Cell) -> bool:
    return cell.x <= 0 or cell.y <= 0 or cell.x + cell.w >= WIDTH or cell.y + cell.h >= HEIGHT


def overlap(a: Cell, b: Cell) -> float:
    """Intersection over union."""
    wide = min(a.x + a.w, b.x + b.w) - max(a.x, b.x)
    high = min(a.y + a.h, b.y + b.h) - max(a.y, b.y)
    shared_area = max(0.0, wide) * max(0.0, high)
    return shared_area / (a.w * a.h + b.w * b.h - shared_area)


def doubles(cells: list[Cell]) -> list[Cell]:
    """Of each cell that is boxed twice, the later box."""
    return [
        cell
        for place, cell in enumerate(cells)
        if any(other.label == cell.label and overlap(cell, other) > SAME for other in cells[:place])
    ]


def wrong_ones(cells: list[Cell]) -> list[Cell]:
    """The boxes that should not be there."""
    return [cell for cell in cells if reaches_the_edge(cell)] + doubles(cells)


@pytest.fixture(scope="module")
def cells() -> Path:
    return shared("bccd_blood_cells")


@pytest.fixture(scope="module")
def drawn(cells: Path) -> dict[str, list[Cell]]:
    """The boxes of each image, read from the XML by code of the test's own."""
    return dict(map(read_voc, sorted((cells / "Annotations").glob("*.xml"))))


def read_voc(path: Path) -> tuple[str, list[Cell]]:
    root = ET.parse(path).getroot()
    return str(root.findtext("filename")), [voc_cell(drawn) for drawn in root.iter("object")]


def voc_cell(drawn: ET.Element) -> Cell:
    left, top, right, bottom = (int(drawn.findtext(f"bndbox/{side}", "")) for side in ("xmin", "ymin", "xmax", "ymax"))
    return Cell(drawn.findtext("name", ""), left, top, right - left, bottom - top)


def count(boxes: dict[str, list[Cell]]) -> dict[str, int]:
    return dict(Counter(cell.label for found in boxes.values() for cell in found))


@pytest.fixture(scope="module")
def project(town: Served, cells: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """A project into which gao has moved the images and their boxes."""
    folder = tmp_path_factory.mktemp("moving")
    project = found_project(town, "Blood cells", rulebook_of("box", [*DRAWN]), ["alice"])
    with town.client("gao") as gao:
        images = gao.import_file(project, zipped(folder / "images.zip", cells / "JPEGImages"))
        gao.wait_for_job(images["job"])
        boxes = zipped(folder / "boxes.zip", cells / "Annotations")
        moved = gao.wait_for_job(gao.import_annotations(project, boxes, format="voc")["job"])["outcome"]
    assert (moved["items"], moved["annotations"], moved["refused"]) == (IMAGES, IMAGES, 0)
    return project


def zipped(target: Path, folder: Path) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    return target


def test_the_test_s_own_rules_break_on_the_images_that_they_say(drawn: dict[str, list[Cell]]) -> None:
    assert len(drawn) == IMAGES
    assert count(drawn) == DRAWN
    cut = [sum(map(reaches_the_edge, found)) for found in drawn.values()]
    assert (sum(map(bool, cut)), sum(cut)) == (BREAKING, 123)
    assert [name for name, found in drawn.items() if doubles(found)] == ["BloodImage_00020.jpg"]
    assert count({name: kept_of(found) for name, found in drawn.items()}) == KEPT


def kept_of(cells: list[Cell]) -> list[Cell]:
    wrong = wrong_ones(cells)
    return [cell for cell in cells if cell not in wrong]


def test_a_lot_of_blood_cells_is_rejected_reworked_accepted_and_delivered(
    town: Served, project: int, drawn: dict[str, list[Cell]], tmp_path: Path
) -> None:
    with town.client("gao") as gao:
        names = {item["id"]: item["name"] for item in gao.items(project)}
    assert set(names.values()) == set(drawn)
    with town.client("zhou") as zhou, town.client("hu") as hu, town.client("alice") as alice:
        assert classes_of(deliver(zhou, project, tmp_path / "moved-in.zip", include="all")) == DRAWN

        first = hu.draw_lot(project)
        defective = inspect(hu, project, first)
        assert plan_of(hu, project, first) == ("E", 20, 1, 2, "normal")
        assert {names[item] for item in defective} == sampled(hu, project, first, names) & breaking(drawn)
        assert hu.decide(project, first) == "rejected"

        assert rework(alice, hu.lot(project, first)["lot"]["rework_round"]) == IMAGES
        second = hu.resubmit(project, first)
        assert inspect(hu, project, second) == []
        assert plan_of(hu, project, second) == ("E", 32, 1, 2, "tightened")
        assert hu.decide(project, second) == "accepted"

        coco = deliver(zhou, project, tmp_path / "accepted.zip")
        assert classes_of(coco) == KEPT
        assert boxes_of(coco) == {name: sorted(kept_of(found)) for name, found in drawn.items()}


def breaking(drawn: dict[str, list[Cell]]) -> set[str]:
    return {name for name, found in drawn.items() if wrong_ones(found)}


def sampled(hu: Client, project: int, lot: int, names: dict[int, str]) -> set[str]:
    return {names[place["item"]] for place in hu.sample(project, lot)}


def plan_of(hu: Client, project: int, lot: int) -> tuple[Any, ...]:
    plan = hu.lot(project, lot)["lot"]["plan"]
    return tuple(plan[key] for key in ("letter", "n", "accept", "reject", "severity"))


def inspect(hu: Client, project: int, lot: int) -> list[int]:
    """The scripted inspector: looks at every answer of the sample, not at the file; returns the defective items."""
    defective: list[int] = []
    for place in hu.sample(project, lot):
        item = place["item"]
        wrong = wrong_ones(cells_of(hu.look(project, lot, item)["answers"]))
        if not wrong:
            hu.judge(project, lot, item, "pass")
            continue
        note = f"{len(wrong)} boxes cut by the edge, or drawn twice"
        hu.judge(project, lot, item, "defect", type="extra", severity="major", clause="C1", note=note)
        defective.append(item)
    return defective


LABELS = {name.lower(): name for name in DRAWN}


def cells_of(answers: dict[str, Any]) -> list[Cell]:
    return [Cell(LABELS[box["label"]], box["x"], box["y"], box["w"], box["h"]) for box in answers["answer"]["shapes"]]


def rework(alice: Client, round_: int) -> int:
    """alice goes through all that came back and takes out the boxes that break the rules; returns how many items."""
    done = 0
    while tasks := alice.lease(round_, 10):
        for task in tasks:
            shapes, wrong = task["answers"]["answer"]["shapes"], wrong_ones(cells_of(task["answers"]))
            kept = [box for box, cell in zip(shapes, cells_of(task["answers"]), strict=True) if cell not in wrong]
            alice.submit(round_, task, {"answer": {"kind": "box", "shapes": kept}})
            done += 1
    return done


def deliver(zhou: Client, project: int, target: Path, **options: object) -> COCO:
    """A package in COCO, as pycocotools reads it."""
    asked = zhou.deliver(project, "coco", **options)
    zhou.wait_for_job(asked["job"])
    with zipfile.ZipFile(zhou.download(project, asked["number"], target)) as package:
        [name] = [name for name in package.namelist() if name.endswith("annotations.coco.json")]
        coco = COCO()
        coco.dataset = json.loads(package.read(name))
    with redirect_stdout(io.StringIO()):
        coco.createIndex()
    return coco


def classes_of(coco: COCO) -> dict[str, int]:
    """Boxes by class, counted by pycocotools."""
    return {LABELS[one["name"]]: len(coco.getAnnIds(catIds=[one["id"]])) for one in coco.loadCats(coco.getCatIds())}


def boxes_of(coco: COCO) -> dict[str, list[Cell]]:
    names = {one["id"]: LABELS[one["name"]] for one in coco.loadCats(coco.getCatIds())}
    return {
        image["file_name"]: sorted(
            Cell(names[one["category_id"]], *one["bbox"]) for one in coco.loadAnns(coco.getAnnIds(imgIds=[image["id"]]))
        )
        for image in coco.loadImgs(coco.getImgIds())
    }
