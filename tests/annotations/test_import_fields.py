"""One task of Label Studio that answers several fields of the rulebook becomes one annotation."""

from pathlib import Path
from typing import Any

import pytest

from guiju.annotations.imports import Format, ImportOptions
from guiju.storage import Job
from tests.annotations.moving import bring, outcome_of, publish_steel, refused_of, taken_of, write_json
from tests.support.build import import_surfaces
from tests.support.cast import Cast


def said(name: str, *choices: str) -> dict[str, Any]:
    return {"type": "choices", "from_name": name, "value": {"choices": list(choices)}}


def drawn(name: str, side: float = 50) -> dict[str, Any]:
    value = {"x": 10, "y": 10, "width": side, "height": side, "rotation": 0, "rectanglelabels": ["scratch"]}
    return {"type": "rectanglelabels", "from_name": name, "value": value}


@pytest.fixture
def studio(cast: Cast, tmp_path: Path) -> Any:
    """Brings in one task on one image with these results, or several annotations of one person."""
    publish_steel(cast)
    import_surfaces(cast, tmp_path, 1)
    with cast.house.reading() as connection:
        name = connection.exec_driver_sql("SELECT name FROM item").scalar()

    def bring_in(*answers: list[dict[str, Any]], field: str = "") -> Job:
        tasks = [{"data": {"image": name}, "annotations": [{"result": each, "completed_by": 5} for each in answers]}]
        path = write_json(tmp_path, "export.json", tasks)
        return bring(cast, path, ImportOptions(Format.LABEL_STUDIO, field=field))

    return bring_in


def test_each_control_of_a_task_answers_its_own_field(cast: Cast, studio: Any) -> None:
    job = studio([said("causes", "dust", "wear"), drawn("defects"), said("grade", "poor"), drawn("defects", 20)])
    assert taken_of(cast, job) == [{"defects": 2, "grade": ("poor",), "causes": ("dust", "wear")}]
    assert (outcome_of(job)["annotations"], outcome_of(job)["refused"], outcome_of(job)["resolved"]) == (1, 0, 1)


def test_a_control_with_a_name_of_its_own_answers_the_field_that_is_left(cast: Cast, studio: Any) -> None:
    job = studio([said("quality", "poor"), said("causes", "oil"), drawn("boxes")])
    assert taken_of(cast, job) == [{"defects": 1, "grade": ("poor",), "causes": ("oil",)}]


def test_two_controls_that_mean_one_field_are_refused_by_name(cast: Cast, studio: Any) -> None:
    job = studio([said("quality", "poor"), said("class", "good"), drawn("defects")])
    [refused] = refused_of(cast, job)
    assert refused.code == "field-answered-twice"
    assert refused.details == {"first": "quality", "second": "class", "field": "grade"}


def test_the_field_that_is_told_is_taken_alone(cast: Cast, studio: Any) -> None:
    job = studio([said("grade", "poor"), said("causes", "oil"), drawn("defects")], field="causes")
    assert taken_of(cast, job) == [{"causes": ("oil",)}]


def test_one_wrong_part_refuses_the_whole_record(cast: Cast, studio: Any) -> None:
    job = studio([said("grade", "poor"), said("causes", "rust")], [said("grade", "good")])
    assert [one.code for one in refused_of(cast, job)] == ["label-not-in-rulebook"]
    assert taken_of(cast, job) == [{"grade": ("good",)}]


def test_a_check_sees_every_field_of_the_annotation(cast: Cast, studio: Any) -> None:
    job = studio([said("grade", "poor"), drawn("defects", 0.5)])
    assert [(one.code, one.details["check"]) for one in refused_of(cast, job)] == [("check-failed", "least-side")]


def test_a_control_that_says_two_things_is_refused(cast: Cast, studio: Any) -> None:
    job = studio([said("grade", "poor"), said("grade", "good")])
    [refused] = refused_of(cast, job)
    assert refused.code == "mark-unreadable"
    assert "grade" in str(refused.details["reason"])


def test_a_second_annotation_of_the_same_person_on_a_task_is_refused(cast: Cast, studio: Any) -> None:
    job = studio([said("grade", "poor")], [said("grade", "good")])
    assert [one.code for one in refused_of(cast, job)] == ["answered-twice"]
    assert taken_of(cast, job) == [{"grade": ("poor",)}]
