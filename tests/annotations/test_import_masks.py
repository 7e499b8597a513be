"""Others' masks come in from COCO: run lengths short and long, and outlines as the pixels that they enclose."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guiju.annotations import current_annotations
from guiju.annotations.imports import Format, ImportOptions, read_refused
from guiju.kinds import Masks, decode_answers
from guiju.kinds.runs import fill_rings, read_runs
from guiju.kit import PageRequest
from tests.annotations.moving import bring, outcome_of, publish_labels, write_json
from tests.annotations.test_import_outlines import coco_of
from tests.support.build import import_surfaces
from tests.support.cast import Cast

SQUARE = [10.0, 10.0, 60.0, 10.0, 60.0, 50.0, 10.0, 50.0]


@pytest.fixture
def surface(cast: Cast, tmp_path: Path) -> tuple[str, int, int]:
    """A surface's name, width and height, in a project that asks for masks of scratches."""
    publish_labels(cast, "mask", ["scratch"])
    import_surfaces(cast, tmp_path, 1)
    with cast.house.reading() as connection:
        name, width, height = connection.exec_driver_sql("SELECT name, width, height FROM item").one()
    return name, width, height


def stored(cast: Cast, round_id: int) -> Masks:
    with cast.house.reading() as connection:
        (answer,) = (decode_answers(row.answers)["answer"] for row in current_annotations(connection, round_id))
    assert isinstance(answer, Masks)
    return answer


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # pycocotools' own
def test_run_lengths_short_and_long_and_outlines_come_in_as_pixels(
    cast: Cast, tmp_path: Path, surface: tuple[str, int, int]
) -> None:
    from pycocotools import mask

    name, wide, high = surface
    pixels = np.zeros((high, wide), np.uint8)
    pixels[3:20, 7:40] = 1
    encoded: Any = mask.encode(np.asfortranarray(pixels))
    short = str(encoded["counts"], "ascii")
    long = read_runs(short)
    size = [high, wide]
    path = write_json(
        tmp_path,
        "coco.json",
        coco_of(name, {"size": size, "counts": short}, {"size": size, "counts": long}, [SQUARE]),
    )
    outcome = outcome_of(bring(cast, path, ImportOptions(Format.COCO)))
    first, second, third = stored(cast, outcome["round"]).shapes
    assert first.counts == second.counts == short
    assert first.size == (high, wide)
    drawn: Any = mask.decode({"size": size, "counts": third.counts.encode()})
    assert drawn.sum() == 50 * 40
    assert drawn[10:50, 10:60].all()


@pytest.mark.parametrize(
    ("segmentation", "code"),
    [
        ({"size": [4, 4], "counts": [1, 15]}, "other-size"),
        ({"size": [4, 4], "counts": [1, -15]}, "no-pixels"),
        ({"counts": "zzz"}, "no-pixels"),
        ([], "no-pixels"),
    ],
)
def test_what_is_no_mask_of_this_picture_is_refused_by_name(
    cast: Cast, tmp_path: Path, surface: tuple[str, int, int], segmentation: Any, code: str
) -> None:
    path = write_json(tmp_path, "coco.json", coco_of(surface[0], [SQUARE], segmentation))
    job = bring(cast, path, ImportOptions(Format.COCO)).id
    found = read_refused(cast.house, cast.gao, cast.project, job, PageRequest(200))
    assert [mark.code for mark in found.rows] == [code]


def test_rings_fill_the_pixels_whose_middles_they_enclose() -> None:
    ring = [(1.0, 1.0), (4.0, 1.0), (4.0, 3.0), (1.0, 3.0)]
    filled = np.repeat(np.arange(99) % 2, np.pad(fill_rings([ring], 6, 5), (0, 99))[:99]).reshape(6, 5).T
    assert np.argwhere(filled).tolist() == [[y, x] for y in (1, 2) for x in (1, 2, 3)]
    outside = [(-9.0, -9.0), (99.0, -9.0), (99.0, 99.0), (-9.0, 99.0)]
    assert fill_rings([outside], 6, 5) == [0, 30]
    assert fill_rings([ring, ring], 6, 5) == fill_rings([ring], 6, 5), "pieces that overlap are one"
    assert fill_rings([], 6, 5) == [30]
