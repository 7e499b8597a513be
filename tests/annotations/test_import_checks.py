"""A rulebook's own checks hold for work that was done elsewhere, too."""

from pathlib import Path
from typing import Any

import pytest

from guiju.annotations.imports import Format, ImportOptions
from guiju.rulebooks.compiled import CompiledCheck
from guiju.rulebooks.expressions import VARIABLES
from guiju.storage import JobState
from tests.annotations.moving import bring, bring_rows, outcome_of, publish_steel, refused_of, taken_of, write_json
from tests.support.build import import_surfaces
from tests.support.cast import Cast

CAUSES = ImportOptions(Format.CSV, "trial", field="causes", create_items=True)


def coco(cast: Cast, *sides: float) -> dict[str, Any]:
    """A square box of each side, each on an image of its own."""
    with cast.house.reading() as connection:
        names = connection.exec_driver_sql("SELECT name FROM item ORDER BY id").scalars().all()
    return {
        "images": [{"id": n, "file_name": names[n]} for n in range(len(sides))],
        "annotations": [
            {"id": n, "image_id": n, "category_id": 1, "bbox": [4, 4, side, side]} for n, side in enumerate(sides)
        ],
        "categories": [{"id": 1, "name": "scratch"}],
    }


def test_a_box_that_a_check_refuses_is_listed_with_the_check_s_own_words(cast: Cast, tmp_path: Path) -> None:
    publish_steel(cast)
    import_surfaces(cast, tmp_path, 2)
    job = bring(cast, write_json(tmp_path, "coco.json", coco(cast, 9, 5)), ImportOptions(Format.COCO))
    [refused] = refused_of(cast, job)
    assert (refused.position, refused.code) == (2, "check-failed")
    assert {name: refused.details[name] for name in ("check", "field", "clause")} == {
        "check": "least-side",
        "field": "defects",
        "clause": "C1",
    }
    assert refused.details["message"] == {"zh": "短边不足 8 像素。", "en": "A side is under 8 pixels."}
    assert taken_of(cast, job) == [{"defects": 1}]


def test_a_choice_that_a_check_refuses_is_refused_each_time(cast: Cast, tmp_path: Path) -> None:
    publish_steel(cast)
    path = tmp_path / "work.csv"
    rows = ["a,ann,dust|wear", "b,ann,dust|wear|oil", "c,ann,oil|dust", "d,ben,dust|wear|oil"]
    path.write_text("\n".join(["item,annotator,label", *rows]), encoding="utf-8")
    job = bring(cast, path, CAUSES)
    assert [(one.item, one.code) for one in refused_of(cast, job)] == [("b", "check-failed"), ("d", "check-failed")]
    assert taken_of(cast, job) == [{"causes": ("dust", "wear")}, {"causes": ("dust", "oil")}]


def test_a_right_answer_that_a_check_refuses_is_no_right_answer(cast: Cast, tmp_path: Path) -> None:
    publish_steel(cast)
    path = tmp_path / "work.csv"
    path.write_text("item,annotator,label,gold\na,ann,good,good\nb,ann,good,worn\n", encoding="utf-8")
    assert outcome_of(bring(cast, path, ImportOptions(Format.CSV, create_items=True)))["gold"] == 1


def test_an_import_of_which_checks_leave_nothing_says_why_in_the_reader_s_language(
    cast: Cast, client: Any, tmp_path: Path
) -> None:
    publish_steel(cast)
    import_surfaces(cast, tmp_path, 1)
    job = bring(cast, write_json(tmp_path, "coco.json", coco(cast, 5)), ImportOptions(Format.COCO))
    assert job.state is JobState.FAILED
    cast.sign_in(client, "gao")
    address = f"/projects/{cast.project}/annotations/imports/{job.id}"
    shown = client.get(address, headers={"Accept-Language": "en"}).text
    assert shown.count("A side is under 8 pixels.") == 2, "in the summary and in the list"
    assert "短边不足" not in shown
    api = f"/api/v1/projects/{cast.project}/annotation-imports/{job.id}"
    told = client.get(api, headers={"Accept-Language": "zh-CN"}).json()["refused"]
    assert [one["details"]["message"] for one in told] == ["短边不足 8 像素。"]


def test_equal_choices_are_checked_once_however_many_there_are(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_steel(cast)
    held, asked = CompiledCheck.fails, list[str]()

    def counted(check: CompiledCheck, variables: Any) -> bool:
        asked.append(check.check.id)
        return held(check, variables)

    monkeypatch.setattr(CompiledCheck, "fails", counted)
    path = tmp_path / "work.csv"
    path.write_text("\n".join(["item,annotator,label", *(f"i{n},ann,dust" for n in range(300))]), encoding="utf-8")
    assert outcome_of(bring(cast, path, CAUSES))["annotations"] == 300
    assert asked == ["two-causes"]


def test_a_refused_choice_does_not_keep_the_item_from_another_annotator(cast: Cast, tmp_path: Path) -> None:
    publish_steel(cast)
    job = bring_rows(cast, tmp_path, ["a,ann,good", "a,ben,nothing", "a,cat,poor"])
    assert taken_of(cast, job) == [{"grade": ("good",)}, {"grade": ("poor",)}]


def test_what_checks_ask_of_a_choice_does_not_depend_on_its_item() -> None:
    """An import looks at equal choices once. A check that asks more of a choice needs another look an item."""
    assert set(VARIABLES["choice"]) == {"count"}
