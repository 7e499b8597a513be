"""A package: what is in it, and that its bytes depend on nothing but the project's state."""

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guiju.delivery import (
    JOBS,
    DeliveryNotReady,
    DeliveryState,
    FormatDoesNotFit,
    Include,
    NothingToDeliver,
    UnknownFormat,
    deliver,
    get_package,
    list_deliveries,
)
from guiju.delivery.packing import safe_names
from guiju.kit import new_id, sha256_hex
from guiju.people import NotAllowed
from guiju.projects import ProjectNotFound
from guiju.storage import House, find_job, open_house, work_jobs
from tests.inspection.build import accept_a_lot, make_pictures, make_texts, rework
from tests.support.cast import Cast, gather_cast, meet_cast
from tests.support.needs import do_without
from tests.support.postgres import Cluster


def build(cast: Cast, project: int, format_name: str, **wanted: Any) -> bytes:
    asked = deliver(cast.house, cast.zhou, project, new_id(), format=format_name, **wanted)
    work_jobs(cast.house, JOBS)
    package = get_package(cast.house, cast.lin, project, asked.number)
    assert package.blob is not None
    return cast.house.blobs.read(package.blob)


def files_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def lines_of(package: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in files_of(package)["annotations.jsonl"].splitlines()]


def test_a_package_holds_data_rulebook_report_card_and_manifest(cast: Cast) -> None:
    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    files = files_of(build(cast, made.project, "jsonl"))
    assert list(files) == sorted(files)
    assert {*files} == {
        "annotations.jsonl",
        "croissant.json",
        "data_card.md",
        "manifest.json",
        "quality_report.en.html",
        "quality_report.json",
        "quality_report.md",
        "quality_report.zh.html",
        "rulebook.md",
    }
    line = json.loads(files["annotations.jsonl"].splitlines()[0])
    assert line["text"].startswith("第0条留言")
    assert line["answers"] == {"label": {"kind": "choice", "labels": ["a"]}}
    assert (line["status"], line["rulebook"], line["sha256"]) == (
        "accepted",
        "1.0.0",
        sha256_hex(line["text"].encode()),
    )
    assert files["rulebook.md"].startswith(b"---")


def test_the_manifest_names_hash_and_size_of_every_other_file(cast: Cast) -> None:
    made = make_pictures(cast, 4)
    accept_a_lot(cast, made)
    files = files_of(build(cast, made.project, "coco", with_media=True))
    told = json.loads(files.pop("manifest.json"))["files"]
    assert told == {name: {"sha256": sha256_hex(content), "size": len(content)} for name, content in files.items()}
    assert sum(name.startswith("media/") for name in files) == 4


def test_the_same_state_gives_the_same_bytes(cast: Cast) -> None:
    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    assert build(cast, made.project, "jsonl") == build(cast, made.project, "jsonl")


def test_a_package_holds_the_state_in_which_it_was_asked_for(cast: Cast) -> None:
    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    before = build(cast, made.project, "jsonl")
    asked = deliver(cast.house, cast.zhou, made.project, new_id(), format="jsonl")
    rework(cast, made, made.items[:5], label="b")
    accept_a_lot(cast, made)
    work_jobs(cast.house, JOBS)
    blob = get_package(cast.house, cast.zhou, made.project, asked.number).blob
    assert blob == sha256_hex(before)
    after = lines_of(build(cast, made.project, "jsonl"))
    assert [line["answers"]["label"]["labels"] for line in after[:5]] == [["b"]] * 5
    assert len(after) == 20


@pytest.fixture
def two_houses(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[list[House]]:
    cluster = request.getfixturevalue("postgres")
    if not isinstance(cluster, Cluster):
        do_without(cluster.reason)
    name = f"twice_{new_id()[:8]}"
    urls = [None, cluster.create_database(name, template="empty")]
    houses = [open_house(tmp_path / f"home{number}", database=url) for number, url in enumerate(urls)]
    yield houses
    for house in houses:
        house.close()


def test_both_databases_give_the_same_bytes(
    two_houses: list[House], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The seeds of samples are on record in the report: two houses have the same state only with the same seeds.
    monkeypatch.setattr("guiju.inspection.proof.actions.new_secret", lambda: "5eed" * 8)
    packages: list[bytes] = []
    for house in two_houses:
        gather_cast(house)
        cast = meet_cast(house)
        made = make_pictures(cast, 5)
        accept_a_lot(cast, made)
        packages.append(build(cast, made.project, "coco"))
    assert packages[0] == packages[1]


def test_only_what_accepted_lots_hold_is_delivered(cast: Cast) -> None:
    from guiju.inspection import draw_lot

    made = make_texts(cast, 20)
    with pytest.raises(NothingToDeliver):
        deliver(cast.house, cast.zhou, made.project, new_id(), format="jsonl")
    first = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="1.0", size=8)
    accept_a_lot(cast, made)
    assert first
    assert len(lines_of(build(cast, made.project, "jsonl"))) == 12
    everything = lines_of(build(cast, made.project, "jsonl", include=Include.ALL))
    assert [line["status"] for line in everything] == ["resolved"] * 8 + ["accepted"] * 12


def test_coco_reads_in_pycocotools_and_holds_the_boxes(cast: Cast, tmp_path: Path) -> None:
    from pycocotools.coco import COCO

    made = make_pictures(cast, 4)
    accept_a_lot(cast, made)
    place = tmp_path / "annotations.json"
    place.write_bytes(files_of(build(cast, made.project, "coco"))["annotations.coco.json"])
    coco = COCO(str(place))
    assert [image["file_name"] for image in coco.loadImgs(coco.getImgIds())] == [f"plate-{n:03}.png" for n in range(4)]
    assert [cat["name"] for cat in coco.loadCats(coco.getCatIds())] == ["a", "b"]
    second = coco.loadAnns(coco.getAnnIds(imgIds=[2]))
    assert [(each["bbox"], each["category_id"], each["area"]) for each in second] == [
        ([4, 4, 20, 10], 1, 200),
        ([30, 20, 10.5, 8], 2, 84),
    ]


def test_boxes_travel_in_jsonl_too(cast: Cast) -> None:
    made = make_pictures(cast, 2)
    accept_a_lot(cast, made)
    line = lines_of(build(cast, made.project, "jsonl"))[0]
    assert line["answers"]["objects"]["shapes"][0]["w"] == 20
    assert (line["width"], line["height"]) == (64, 48)


def test_coco_cannot_hold_choices(cast: Cast) -> None:
    made = make_texts(cast, 4)
    with pytest.raises(FormatDoesNotFit):
        deliver(cast.house, cast.zhou, made.project, new_id(), format="coco")
    with pytest.raises(UnknownFormat):
        deliver(cast.house, cast.zhou, made.project, new_id(), format="pickle")


def test_the_quality_report_says_what_was_found_with_its_interval(cast: Cast) -> None:
    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    files = files_of(build(cast, made.project, "jsonl"))
    report = json.loads(files["quality_report.json"])
    lot = report["lots"][0]
    assert (lot["number"], lot["state"], lot["judged"], lot["defective"]) == (1, "accepted", lot["plan"]["n"], 0)
    assert lot["interval"][0] == 0 < lot["interval"][1] < 0.3
    assert (report["items"], report["open_questions"], report["inspected"]["lots"]) == (20, 0, 1)
    assert b"Quality report" in files["quality_report.md"]


def test_a_delivery_sent_twice_is_asked_for_once(cast: Cast) -> None:
    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    request = new_id()
    asked = [deliver(cast.house, cast.zhou, made.project, request, format="jsonl") for _ in range(2)]
    assert asked[0] == asked[1]
    assert len(list_deliveries(cast.house, cast.zhou, made.project).rows) == 1


def test_a_package_is_not_given_before_it_is_built(cast: Cast) -> None:
    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    asked = deliver(cast.house, cast.zhou, made.project, new_id(), format="jsonl")
    with pytest.raises(DeliveryNotReady):
        get_package(cast.house, cast.zhou, made.project, asked.number)


def test_a_build_that_fails_says_so(cast: Cast) -> None:
    made = make_pictures(cast, 2)
    accept_a_lot(cast, made)
    shutil.rmtree(cast.house.blobs.folder)
    (cast.house.blobs.folder / "tmp").mkdir(parents=True)
    asked = deliver(cast.house, cast.zhou, made.project, new_id(), format="coco", with_media=True)
    work_jobs(cast.house, JOBS)
    with cast.house.reading() as connection:
        job = find_job(connection, asked.job)
    assert job is not None
    assert job.outcome is not None
    assert job.outcome["error"]["code"] == "blob-missing"
    assert list_deliveries(cast.house, cast.zhou, made.project).rows[0].state is DeliveryState.FAILED
    assert not list(cast.house.scratch.glob("delivery-*"))


def test_who_may_not_deliver_or_download_is_refused(cast: Cast) -> None:
    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    build(cast, made.project, "jsonl")
    for act, refusal in (
        (lambda: deliver(cast.house, cast.mallory, made.project, new_id(), format="jsonl"), ProjectNotFound),
        (lambda: get_package(cast.house, cast.mallory, made.project, 1), ProjectNotFound),
        (lambda: list_deliveries(cast.house, cast.mallory, made.project), ProjectNotFound),
        (lambda: deliver(cast.house, cast.hu, made.project, new_id(), format="jsonl"), NotAllowed),
        (lambda: get_package(cast.house, cast.alice, made.project, 1), NotAllowed),
    ):
        with pytest.raises(refusal):
            act()


def test_names_stay_inside_the_folder_and_are_never_twice() -> None:
    names = ["../../a.png", "/etc/b.png", "a.png", "A.png", "d\\e.png", ""]
    assert list(safe_names(names)) == ["a.png", "etc/b.png", "a~2.png", "A~3.png", "d/e.png", "unnamed"]
