"""Boxes in YOLO (upright, and by their corners) and Pascal VOC: as others read them, and back as the same boxes."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from ruamel.yaml import YAML

from guiju.annotations.imports.errors import WorkUnreadable
from guiju.annotations.imports.model import Format, ImportOptions
from guiju.annotations.readers.yolo import open_yolo
from guiju.delivery.errors import SameStem
from guiju.delivery.formats.model import Source
from guiju.delivery.formats.yolo import YOLO
from guiju.delivery.model import Label, Row
from guiju.kinds import Answer, Box, Boxes, FieldShape, Polygons, decode_answers
from guiju.storage import Job
from tests.annotations.moving import bring, publish_labels, refused_of, stored_answers
from tests.delivery.test_delivery import build, files_of
from tests.inspection.build import Made, accept_a_lot, import_pictures, resolve_all
from tests.support.cast import Cast

WIDE, HIGH = 64, 48
UPRIGHT = Boxes((Box("i1", "leaf", 1.25, 2, 30, 12.51), Box("i2", "stem", 40, 20, 24, 28)))
TURNED = Boxes(
    (
        Box("i1", "leaf", 10, 20, 30, 10, 33.33),
        Box("i2", "stem", 4, 4, 20, 8),
        Box("i3", "leaf", 30, 9, 9, 9, -170),
    )
)


def delivered(cast: Cast, name: str, said: Boxes, place: Path, options: str = "{}") -> list[int]:
    rulebook = publish_labels(cast, "box", ["leaf", "stem"], options)
    items = import_pictures(cast, cast.project, 2)
    answers: dict[int, dict[str, Answer]] = {items[0]: {"answer": said}, items[1]: {"answer": Boxes(())}}
    round_id = resolve_all(cast.house, cast.alice, cast.project, rulebook, answers)
    accept_a_lot(cast, Made(cast.project, rulebook, round_id, items))
    place.write_bytes(files_of(build(cast, cast.project, name))[f"annotations.{name}.zip"])
    return items


def zip_of(place: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(place, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return place


def came(cast: Cast, job: Job) -> dict[int, Answer]:
    return {item: decode_answers(raw)["answer"] for item, raw in stored_answers(cast, job)}


@pytest.mark.parametrize(
    ("name", "form", "said"),
    [
        ("yolo", Format.YOLO, UPRIGHT),
        ("yolo-obb", Format.YOLO, TURNED),
        ("voc", Format.VOC, UPRIGHT),
        ("voc", Format.VOC, TURNED),
    ],
)
def test_boxes_come_back_the_same_and_an_image_without_any_says_so(
    cast: Cast, tmp_path: Path, name: str, form: Format, said: Boxes
) -> None:
    items = delivered(cast, name, said, tmp_path / "boxes.zip", "{rotate: true}")
    job = bring(cast, tmp_path / "boxes.zip", ImportOptions(form))
    assert came(cast, job) == {items[0]: said, items[1]: Boxes(())}


def test_yolos_classes_images_and_shares_stand_where_its_tools_look(cast: Cast, tmp_path: Path) -> None:
    delivered(cast, "yolo", UPRIGHT, tmp_path / "yolo.zip")
    with zipfile.ZipFile(tmp_path / "yolo.zip") as archive:
        assert archive.namelist() == ["labels/plate-000.txt", "labels/plate-001.txt", "train.txt", "data.yaml"]
        told: Any = YAML(typ="safe").load(archive.read("data.yaml"))  # pyright: ignore[reportUnknownMemberType]
        assert (told["names"], told["train"]) == ({0: "leaf", 1: "stem"}, "train.txt")
        assert archive.read("train.txt").decode().split() == ["./images/plate-000.png", "./images/plate-001.png"]
        first, second = archive.read("labels/plate-000.txt").decode().splitlines()
        assert archive.read("labels/plate-001.txt") == b""
    assert [float(word) for word in second.split()] == pytest.approx([1, 52 / WIDE, 34 / HIGH, 24 / WIDE, 28 / HIGH])
    assert first.startswith("0 ")


def test_two_images_that_differ_in_their_endings_alone_are_refused_by_name() -> None:
    def rows() -> Iterator[Row]:
        for name in ("a.png", "a.jpg"):
            shape = (name, "", "image", None, None, 0, WIDE, HIGH, None, None, None, "{}", "1.0.0", True)
            yield Row(*shape)

    source = Source("p", "1.0.0", (Label("leaf", "", ""),), (FieldShape("f", "box", ("leaf",)),), rows)
    with pytest.raises(SameStem) as refusal:
        list(YOLO.write(source))
    assert refusal.value.details["file"] == "labels/a.txt"


def test_vocs_boxes_have_whole_corners_and_turned_ones_theirs_beside(cast: Cast, tmp_path: Path) -> None:
    delivered(cast, "voc", TURNED, tmp_path / "voc.zip", "{rotate: true}")
    with zipfile.ZipFile(tmp_path / "voc.zip") as archive:
        root = ET.fromstring(archive.read("Annotations/plate-000.xml"))
        assert archive.read("ImageSets/Main/trainval.txt").decode().split() == ["plate-000", "plate-001"]
    assert (root.findtext("filename"), root.findtext("size/width")) == ("plate-000.png", "64")
    turned, upright, _ = root.iterfind("object")
    assert [one.text for one in upright.find("bndbox") or ()] == ["4", "4", "24", "12"]
    assert (turned.findtext("type"), turned.findtext("robndbox/angle")) == ("robndbox", "0.581718")


def test_yolo_as_others_write_it_is_read(cast: Cast, tmp_path: Path) -> None:
    """Classes in a list, folders of splits, an image found by its name without an ending, a model's confidence."""
    publish_labels(cast, "box", ["leaf", "stem"])
    items = import_pictures(cast, cast.project, 2)
    files = {
        "set/data.yaml": "names: [stem, leaf]\nnc: 2\n",
        "set/train/labels/plate-000.txt": "1 0.5 0.5 0.25 0.5\n",
        "set/valid/labels/plate-001.txt": "0 0.5 0.5 0.25 0.5 0.875\n\n",
    }
    job = bring(cast, zip_of(tmp_path / "set.zip", files), ImportOptions(Format.YOLO))
    box = Box("i1", "leaf", 24, 12, 16, 24)
    stem = Box("i1", "stem", 24, 12, 16, 24)
    assert came(cast, job) == {items[0]: Boxes((box,)), items[1]: Boxes((stem,))}


def test_outlines_in_yolo_are_polygons(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "polygon", ["leaf", "stem"])
    items = import_pictures(cast, cast.project, 2)
    files = {"classes.txt": "leaf\nstem\n", "plate-000.txt": "1 0.5 0.5 0.75 0.5 0.75 1\n", "plate-001.txt": ""}
    job = bring(cast, zip_of(tmp_path / "seg.zip", files), ImportOptions(Format.YOLO))
    found = came(cast, job)
    assert found[items[1]] == Polygons(())
    assert isinstance(first := found[items[0]], Polygons)
    assert first.shapes[0].points == ((32, 24), (48, 24), (48, 48))


def test_lines_that_make_no_sense_are_refused_alone(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "box", ["leaf", "stem"], "{rotate: true}")
    import_pictures(cast, cast.project, 4)
    lines = {
        "plate-000.txt": "0 0.5 0.5 0.25 0.5",
        "plate-001.txt": "0 0.5 0.5 0.25",
        "plate-002.txt": "7 0.5 0.5 0.25 0.5",
        "plate-003.txt": "0 0.1 0.1 0.9 0.1 0.5 0.9 0.1 0.2",
        "nobody.txt": "0 0.5 0.5 0.25 0.5",
    }
    job = bring(cast, zip_of(tmp_path / "odd.zip", {"classes.txt": "leaf", **lines}), ImportOptions(Format.YOLO))
    assert {one.item: one.code for one in refused_of(cast, job)} == {
        "nobody": "item-unknown",
        "plate-001": "mark-unreadable",
        "plate-002": "label-not-in-rulebook",
        "plate-003": "not-a-rectangle",
    }
    assert len(came(cast, job)) == 1


@pytest.mark.parametrize(
    "files", [{"a.txt": "0 0 0 1 1"}, {"data.yaml": "names: [a"}, {"classes.txt": "leaf"}, {"classes.txt": ""}]
)
def test_a_zip_without_classes_or_texts_is_refused_whole(tmp_path: Path, files: dict[str, str]) -> None:
    with pytest.raises(WorkUnreadable):
        open_yolo(zip_of(tmp_path / "none.zip", files), "none.zip", ImportOptions(Format.YOLO))


def test_a_broken_zip_is_refused_whole(tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 no more")
    with pytest.raises(WorkUnreadable):
        open_yolo(tmp_path / "broken.zip", "broken.zip", ImportOptions(Format.YOLO))
