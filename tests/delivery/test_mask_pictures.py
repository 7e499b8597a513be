"""Masks as PNGs: what another program sees in the pixels, and back as the same masks."""

import csv
import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from guiju.annotations.imports.errors import WorkUnreadable
from guiju.annotations.imports.model import Format, ImportOptions
from guiju.annotations.readers.masks import open_masks
from guiju.kinds import Answer, Mask, Masks, decode_answers
from guiju.kinds.runs import write_runs
from tests.annotations.moving import bring, publish_labels, refused_of, stored_answers
from tests.delivery.test_delivery import build, files_of
from tests.inspection.build import Made, accept_a_lot, import_pictures, resolve_all
from tests.support.cast import Cast

WIDE, HIGH = 64, 48
PIXELS = WIDE * HIGH


def mask(name: str, label: str, *runs: int) -> Mask:
    return Mask(name, label, (HIGH, WIDE), write_runs(runs))


# A stem, two leaves apart, and one that holds the last pixel; runs go down the columns.
STEM, FIRST = mask("i1", "stem", 0, 20, PIXELS - 20), mask("i2", "leaf", 96, 30, PIXELS - 126)
SAID = Masks((STEM, FIRST, mask("i3", "leaf", PIXELS - 5, 5)))
AS_LABELS = Masks((mask("i1", "leaf", 96, 30, PIXELS - 131, 5), mask("i2", "stem", 0, 20, PIXELS - 20)))


def delivered(cast: Cast, name: str, file: str, place: Path) -> list[int]:
    rulebook = publish_labels(cast, "mask", ["leaf", "stem"])
    items = import_pictures(cast, cast.project, 2)
    said: dict[int, dict[str, Answer]] = {items[0]: {"answer": SAID}, items[1]: {"answer": Masks(())}}
    round_id = resolve_all(cast.house, cast.alice, cast.project, rulebook, said)
    accept_a_lot(cast, Made(cast.project, rulebook, round_id, items))
    place.write_bytes(files_of(build(cast, cast.project, name))[file])
    return items


@pytest.mark.parametrize(
    ("name", "file", "back"),
    [("instance-png", "annotations.instances.zip", SAID), ("mask-png", "annotations.masks.zip", AS_LABELS)],
)
def test_shapes_come_back_one_by_one_and_labels_one_mask_each(
    cast: Cast, tmp_path: Path, name: str, file: str, back: Masks
) -> None:
    items = delivered(cast, name, file, tmp_path / "masks.zip")
    job = bring(cast, tmp_path / "masks.zip", ImportOptions(Format.MASKS))
    came = {item: decode_answers(raw)["answer"] for item, raw in stored_answers(cast, job)}
    assert came == {items[0]: back, items[1]: Masks(())}


def test_pillow_sees_the_labels_numbers_and_the_table_says_what_they_are(cast: Cast, tmp_path: Path) -> None:
    delivered(cast, "mask-png", "annotations.masks.zip", tmp_path / "masks.zip")
    with zipfile.ZipFile(tmp_path / "masks.zip") as archive:
        assert archive.namelist() == ["masks/plate-000.png", "masks/plate-001.png", "labels.csv"]
        picture = Image.open(io.BytesIO(archive.read("masks/plate-000.png")))
        rows = list(csv.reader(io.StringIO(archive.read("labels.csv").decode())))
    assert [row[:2] for row in rows] == [["value", "label"], ["0", ""], ["1", "leaf"], ["2", "stem"]]
    pixels = np.asarray(picture)
    assert (picture.mode, picture.size) == ("P", (WIDE, HIGH))
    assert [int((pixels == number).sum()) for number in (1, 2)] == [35, 20]
    assert (pixels[:20, 0] == 2).all()
    assert pixels[HIGH - 1, WIDE - 1] == 1


def png(pixels: object, mode: str) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.asarray(pixels, np.uint16 if mode == "I;16" else np.uint8)).convert(mode).save(out, "PNG")
    return out.getvalue()


def test_pictures_that_make_no_sense_are_refused_alone(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "mask", ["leaf", "stem"])
    items = import_pictures(cast, cast.project, 5)
    right = np.zeros((HIGH, WIDE), np.uint8)
    right[:3, :3] = 7
    right[5:, 5:] = 255
    files = {
        "labels.csv": b"value,label\n7,leaf\n300,stem\n",
        "plate-000.png": png(right, "L"),
        "plate-001.png": png(right, "RGB"),
        "plate-002.png": png(np.full((HIGH, WIDE), 9), "L"),
        "plate-003.png": png(right[:9], "L"),
        "plate-004.png": b"no picture",
    }
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    job = bring(cast, tmp_path / "odd.zip", ImportOptions(Format.MASKS))
    assert [item for item, _ in stored_answers(cast, job)] == [items[0]]
    told = {one.item: one.code for one in refused_of(cast, job)}
    assert set(told) == {f"plate-{n:03}" for n in (1, 2, 3, 4)}
    assert [told[f"plate-{n:03}"] for n in (1, 2, 4)] == ["mark-unreadable"] * 3


@pytest.mark.parametrize(
    "files", [{"a.png": b""}, {"labels.csv": b"number,name\n1,leaf\n", "a.png": b""}, {"labels.csv": b"value,label\n"}]
)
def test_without_a_table_or_a_picture_nothing_is_read(tmp_path: Path, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(tmp_path / "none.zip", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    with pytest.raises(WorkUnreadable):
        open_masks(tmp_path / "none.zip", "none.zip", ImportOptions(Format.MASKS))
