"""Others' outlines come in as polygons, from COCO and from Label Studio; what is no single outline is refused."""

from pathlib import Path
from typing import Any

import pytest

from guiju.annotations import current_annotations
from guiju.annotations.imports import Format, ImportOptions, read_refused
from guiju.kinds import Box, Boxes, Polygons, decode_answers
from guiju.kit import PageRequest
from tests.annotations.moving import bring, outcome_of, publish_labels, write_json
from tests.support.build import import_surfaces
from tests.support.cast import Cast

TRIANGLE = [[10.0, 10.0, 60.0, 10.0, 60.0, 50.5]]


@pytest.fixture
def surface(cast: Cast, tmp_path: Path) -> tuple[str, int, int]:
    """A surface's name, width and height, in a project that asks for outlines of scratches."""
    publish_labels(cast, "polygon", ["scratch"])
    import_surfaces(cast, tmp_path, 1)
    with cast.house.reading() as connection:
        name, width, height = connection.exec_driver_sql("SELECT name, width, height FROM item").one()
    return name, width, height


def stored(cast: Cast, round_id: int) -> list[list[tuple[str, Any]]]:
    with cast.house.reading() as connection:
        found = [decode_answers(row.answers)["answer"] for row in current_annotations(connection, round_id)]
    return [[(one.label, one.points) for one in answer.shapes] for answer in found if isinstance(answer, Polygons)]


def refused_codes(cast: Cast, job_id: int) -> list[str]:
    found = read_refused(cast.house, cast.gao, cast.project, job_id, PageRequest(200))
    return [mark.code for mark in found.rows]


def coco_of(name: str, *segmentations: Any) -> dict[str, Any]:
    return {
        "images": [{"id": 1, "file_name": f"images/{name}"}],
        "annotations": [
            {"id": n, "image_id": 1, "category_id": 3, "bbox": [10, 10, 50, 40.5], "segmentation": rings}
            for n, rings in enumerate(segmentations, 1)
        ],
        "categories": [{"id": 3, "name": "scratch"}],
    }


def test_a_coco_outline_comes_in_as_a_polygon(cast: Cast, tmp_path: Path, surface: tuple[str, int, int]) -> None:
    closed = [[*TRIANGLE[0], 10.0, 10.0]]
    path = write_json(tmp_path, "coco.json", coco_of(surface[0], TRIANGLE, closed))
    outcome = outcome_of(bring(cast, path, ImportOptions(Format.COCO)))
    points = ((10, 10), (60, 10), (60, 50.5))
    assert stored(cast, outcome["round"]) == [[("scratch", points), ("scratch", points)]]


@pytest.mark.parametrize("rings", [[*TRIANGLE, *TRIANGLE], {"size": [4, 4], "counts": [1, 15]}, []])
def test_an_outline_in_pieces_a_mask_and_a_bare_box_are_refused(
    cast: Cast, tmp_path: Path, surface: tuple[str, int, int], rings: Any
) -> None:
    path = write_json(tmp_path, "coco.json", coco_of(surface[0], TRIANGLE, rings))
    assert refused_codes(cast, bring(cast, path, ImportOptions(Format.COCO)).id) == ["not-one-outline"]


def test_an_outline_over_the_edge_is_refused_or_cut_off_when_that_is_wanted(
    cast: Cast, tmp_path: Path, surface: tuple[str, int, int]
) -> None:
    name, width, _ = surface
    over = [[width - 10.0, 5.0, width + 20.0, 5.0, width + 20.0, 40.0, width - 10.0, 40.0]]
    path = write_json(tmp_path, "coco.json", coco_of(name, over))
    assert refused_codes(cast, bring(cast, path, ImportOptions(Format.COCO)).id) == ["outside-image"]
    outcome = outcome_of(bring(cast, path, ImportOptions(Format.COCO, clip=True, annotator="house")))
    points = ((width - 10, 5), (width, 5), (width, 40), (width - 10, 40))
    assert stored(cast, outcome["round"]) == [[("scratch", points)]]


def label_studio(name: str, **more: Any) -> list[dict[str, Any]]:
    value = {"points": [[10, 20], [50, 20], [50, 60]], "polygonlabels": ["scratch"], "closed": True, **more}
    result = [{"type": "polygonlabels", "from_name": "answer", "value": value}]
    data = {"image": f"/data/upload/3/0a1b2c3d-{name}"}
    return [{"id": 1, "data": data, "annotations": [{"result": result, "completed_by": 5}]}]


def test_label_studio_s_percent_become_pixels(cast: Cast, tmp_path: Path, surface: tuple[str, int, int]) -> None:
    name, wide, high = surface
    path = write_json(tmp_path, "export.json", label_studio(name))
    outcome = outcome_of(bring(cast, path, ImportOptions(Format.LABEL_STUDIO)))
    points = ((wide * 0.1, high * 0.2), (wide * 0.5, high * 0.2), (wide * 0.5, high * 0.6))
    assert stored(cast, outcome["round"]) == [[("scratch", points)]]


def test_an_outline_that_was_never_closed_is_refused(cast: Cast, tmp_path: Path, surface: tuple[str, int, int]) -> None:
    path = write_json(tmp_path, "export.json", label_studio(surface[0], closed=False))
    assert refused_codes(cast, bring(cast, path, ImportOptions(Format.LABEL_STUDIO)).id) == ["mark-unreadable"]


def test_where_only_boxes_are_asked_for_a_coco_file_of_outlines_brings_its_boxes(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "box", ["scratch"])
    import_surfaces(cast, tmp_path, 1)
    with cast.house.reading() as connection:
        name = connection.exec_driver_sql("SELECT name FROM item").scalar_one()
    path = write_json(tmp_path, "coco.json", coco_of(name, TRIANGLE))
    outcome = outcome_of(bring(cast, path, ImportOptions(Format.COCO)))
    with cast.house.reading() as connection:
        [row] = current_annotations(connection, outcome["round"])
    assert decode_answers(row.answers)["answer"] == Boxes((Box("i1", "scratch", 10, 10, 50, 40.5),))
