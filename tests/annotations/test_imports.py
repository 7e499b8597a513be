"""A team moves in: what others annotated enters as a round, all of it or nothing, with a reason for what does not."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from guiju.annotations import (
    Origin,
    RoundKind,
    RoundState,
    annotation_table,
    current_annotations,
    find_resolutions,
    find_round,
    list_annotators,
    list_rounds,
)
from guiju.annotations.imports import Columns, Format, ImportOptions, read_refused, start_import
from guiju.annotations.imports.actions import tidy_project
from guiju.annotations.imports.errors import (
    ImportNotFound,
    NoFieldForWork,
    NoRulebookToImportUnder,
    UnknownRoundKind,
    WorkColumnMissing,
    WorkUnreadable,
)
from guiju.kinds import Boxes, Choice, decode_answers
from guiju.kit import PageRequest, new_id
from guiju.people import NotAllowed
from guiju.projects import ProjectNotFound
from guiju.storage import JobState, cancel_job, find_job, work_jobs
from guiju.web.jobs import HANDLERS
from tests.annotations.moving import bring, bring_rows, outcome_of, publish_labels, shared, write_json
from tests.support.build import import_messages, import_paths, import_surfaces
from tests.support.cast import Cast

ROWS = ["m0,ann,yes", "m1,ann,no", "m1,ben,yes"]


@pytest.fixture
def choices(cast: Cast) -> int:
    return publish_labels(cast, "choice", ["yes", "no"])


def refused_codes(cast: Cast, job_id: int) -> list[str]:
    found = read_refused(cast.house, cast.gao, cast.project, job_id, PageRequest(200))
    return [mark.code for mark in found.rows]


def stored_boxes(cast: Cast, round_id: int) -> list[list[tuple[str, float, float, float, float]]]:
    with cast.house.reading() as connection:
        found = [decode_answers(row.answers)["answer"] for row in current_annotations(connection, round_id)]
    return [
        [(box.label, box.x, box.y, box.w, box.h) for box in answer.shapes]
        for answer in found
        if isinstance(answer, Boxes)
    ]


def test_an_item_s_only_answer_holds_and_two_answers_wait_for_consensus(
    cast: Cast, choices: int, tmp_path: Path
) -> None:
    outcome = outcome_of(bring_rows(cast, tmp_path, ROWS, kind="import"))
    assert (outcome["annotations"], outcome["items"], outcome["annotators"], outcome["resolved"]) == (3, 2, 2, 1)
    with cast.house.reading() as connection:
        held = find_resolutions(connection, cast.project)
        round_ = find_round(connection, outcome["round"])
        people = list_annotators(connection, [held[0].annotator_id or 0])
    assert [(one.origin, decode_answers(one.answers)) for one in held] == [
        (Origin.ANNOTATION, {"answer": Choice(("yes",))})
    ]
    assert [person.name for person in people.values()] == ["ann"]
    assert round_ is not None
    assert (round_.state, round_.kind, round_.overlap) == (RoundState.CLOSED, RoundKind.IMPORT, 2)


def test_a_trial_resolves_nothing_by_itself(cast: Cast, choices: int, tmp_path: Path) -> None:
    assert outcome_of(bring_rows(cast, tmp_path, ROWS, kind="trial"))["resolved"] == 0


def test_who_and_when_are_kept(cast: Cast, choices: int, tmp_path: Path) -> None:
    path = tmp_path / "timed.csv"
    path.write_text("item,annotator,label,seconds,at\nm0,ann,yes,2.5,2026-03-02T10:00:00Z\n", encoding="utf-8")
    outcome = outcome_of(bring(cast, path, ImportOptions(Format.CSV, create_items=True)))
    with cast.house.reading() as connection:
        stored = next(current_annotations(connection, outcome["round"]))
    assert (stored.active_ms, stored.at) == (2500, 1_772_445_600_000_000)


def test_every_record_that_is_not_taken_is_listed_with_its_reason(cast: Cast, choices: int, tmp_path: Path) -> None:
    bring_rows(cast, tmp_path, ["m0,ann,yes"], kind="import", name="first.csv")
    path = tmp_path / "second.csv"
    rows = ["m0,ann,maybe", "nowhere,ann,yes", "m0,,yes", "m0,ben,yes", "m0,ben,no", "m0"]
    path.write_text("\n".join(["item,annotator,label", *rows]), encoding="utf-8")
    job = bring(cast, path, ImportOptions(Format.CSV))
    outcome = outcome_of(job)
    assert (outcome["annotations"], outcome["refused"], outcome["records"]) == (1, 5, 6)
    codes = ["label-not-in-rulebook", "item-unknown", "annotator-missing", "answered-twice", "mark-unreadable"]
    assert refused_codes(cast, job.id) == codes
    first = read_refused(cast.house, cast.gao, cast.project, job.id, PageRequest(2))
    rest = read_refused(cast.house, cast.gao, cast.project, job.id, PageRequest(200, first.cursor))
    assert [mark.code for mark in [*first.rows, *rest.rows]] == codes


def test_a_file_of_which_nothing_can_be_taken_leaves_no_round(cast: Cast, choices: int, tmp_path: Path) -> None:
    job = bring_rows(cast, tmp_path, ["m0,ann,maybe", "m1,ann,perhaps"])
    assert job.state is JobState.FAILED
    assert (job.outcome or {})["error"]["code"] == "nothing-taken"
    assert refused_codes(cast, job.id) == ["label-not-in-rulebook"] * 2
    with cast.house.reading() as connection:
        assert list_rounds(connection, cast.project) == []


def test_labels_are_known_by_their_name_too(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "choice", ["YES", "No"])
    outcome = outcome_of(bring_rows(cast, tmp_path, ["m0,ann,YES", "m1,ann,nO"]))
    assert outcome["annotations"] == 2


def test_texts_come_with_their_annotations_at_once(cast: Cast, choices: int, tmp_path: Path) -> None:
    path = tmp_path / "both.csv"
    path.write_text("id,words,user,answer\n1,你好,ann,yes\n1,你好,ben,no\n2,再见,ann,no\n", encoding="gb18030")
    columns = Columns(item="id", annotator="user", label="answer", text="words")
    outcome = outcome_of(bring(cast, path, ImportOptions(Format.CSV, columns=columns, create_items=True)))
    assert (outcome["items"], outcome["annotations"]) == (2, 3)


def test_a_text_is_found_by_its_content_where_the_name_is_another(
    cast: Cast, choices: int, client: Any, tmp_path: Path
) -> None:
    import_messages(cast, tmp_path, 3)
    with cast.house.reading() as connection:
        text = connection.exec_driver_sql("SELECT body FROM item ORDER BY id LIMIT 1").scalar()
    answer = {"result": [{"type": "choices", "from_name": "answer", "value": {"choices": ["yes"]}}]}
    who = {"completed_by": {"email": "ann@x.test"}, "created_at": "2026-03-02T10:00:00Z", "lead_time": 4.0}
    tasks = [{"id": 77, "data": {"text": text}, "annotations": [{**answer, **who}]}]
    path = write_json(tmp_path, "export.json", tasks)
    outcome = outcome_of(bring(cast, path, ImportOptions(Format.LABEL_STUDIO)))
    with cast.house.reading() as connection:
        stored = next(current_annotations(connection, outcome["round"]))
        person = list_annotators(connection, [stored.annotator_id])[stored.annotator_id]
    assert (person.name, stored.active_ms) == ("ann@x.test", 4000)


def test_label_studio_s_percent_become_pixels(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "box", ["scratch"])
    import_surfaces(cast, tmp_path, 1)
    with cast.house.reading() as connection:
        name, width, height = connection.exec_driver_sql("SELECT name, width, height FROM item").one()
    value = {"x": 10, "y": 20, "width": 50, "height": 25, "rotation": 0, "rectanglelabels": ["scratch"]}
    result = [{"type": "rectanglelabels", "from_name": "answer", "value": value}]
    data = {"image": f"/data/upload/3/0a1b2c3d-{name}"}
    tasks = [{"id": 1, "data": data, "annotations": [{"result": result, "completed_by": 5}]}]
    path = write_json(tmp_path, "export.json", tasks)
    outcome = outcome_of(bring(cast, path, ImportOptions(Format.LABEL_STUDIO)))
    boxes = stored_boxes(cast, outcome["round"])
    assert boxes == [[("scratch", width * 0.1, height * 0.2, width * 0.5, height * 0.25)]]


def coco_of(name: str, bbox: list[float]) -> dict[str, Any]:
    return {
        "images": [{"id": 1, "file_name": f"images/{name}"}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 3, "bbox": bbox}],
        "categories": [{"id": 3, "name": "scratch"}],
    }


def test_a_box_outside_of_the_image_is_refused_or_cut_off_when_that_is_wanted(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "box", ["scratch"])
    import_surfaces(cast, tmp_path, 1)
    with cast.house.reading() as connection:
        name, width = connection.exec_driver_sql("SELECT name, width FROM item").one()
    path = write_json(tmp_path, "coco.json", coco_of(name, [width - 10, 5, 30, 20]))
    job = bring(cast, path, ImportOptions(Format.COCO))
    assert refused_codes(cast, job.id) == ["outside-image"]
    outcome = outcome_of(bring(cast, path, ImportOptions(Format.COCO, clip=True, annotator="house")))
    assert stored_boxes(cast, outcome["round"]) == [[("scratch", width - 10, 5, 10, 20)]]


def test_the_boxes_of_real_blood_cells_come_in_with_their_images(cast: Cast) -> None:
    publish_labels(cast, "box", ["RBC", "WBC", "Platelets"])
    import_paths(cast, shared("bccd_blood_cells/JPEGImages"))
    job = bring(cast, shared("bccd_blood_cells/Annotations"), ImportOptions(Format.VOC))
    outcome = outcome_of(job)
    assert (outcome["items"], outcome["resolved"]) == (73, 73 - outcome["refused"])
    assert refused_codes(cast, job.id) == []
    labels = [box[0] for boxes in stored_boxes(cast, outcome["round"]) for box in boxes]
    assert {label: labels.count(label) for label in set(labels)} == {"rbc": 827, "wbc": 76, "platelets": 75}


def test_a_broken_xml_and_an_entity_bomb_are_refused_by_themselves(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "box", ["scratch"])
    import_surfaces(cast, tmp_path, 1)
    with cast.house.reading() as connection:
        name = connection.exec_driver_sql("SELECT name FROM item").scalar()
    folder = tmp_path / "voc"
    folder.mkdir()
    (folder / "a.xml").write_text("<annotation><filename>")
    (folder / "b.xml").write_text('<!DOCTYPE x [<!ENTITY a "aa">]><annotation>&a;</annotation>')
    (folder / "c.xml").write_text(f"<annotation><filename>{name}</filename></annotation>")
    job = bring(cast, folder, ImportOptions(Format.VOC))
    assert outcome_of(job)["annotations"] == 1, "an image with nothing on it is an answer"
    assert refused_codes(cast, job.id) == ["mark-unreadable"] * 2


def start(cast: Cast, path: Path, **options: Any) -> Any:
    return start_import(
        cast.house, cast.gao, cast.project, request_id=new_id(), path=path, options=ImportOptions(Format.CSV, **options)
    )


def test_a_cancelled_import_leaves_nothing_behind(cast: Cast, choices: int, tmp_path: Path) -> None:
    path = tmp_path / "work.csv"
    path.write_text("\n".join(["item,annotator,label", *ROWS]), encoding="utf-8")
    started = start(cast, path, create_items=True)
    work_jobs(cast.house, HANDLERS, only=started.items_job)
    cast.house.write(lambda tx: cancel_job(tx, started.job))
    work_jobs(cast.house, HANDLERS, only=started.job)
    tidy_project(cast.house, cast.project)
    with cast.house.reading() as connection:
        job = find_job(connection, started.job)
        rounds = list_rounds(connection, cast.project)
    assert job is not None
    assert job.state is JobState.CANCELLED
    assert rounds == []


def test_a_killed_import_goes_on_where_it_was_and_stores_nothing_twice(
    cast: Cast, choices: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guiju.annotations.imports.taking.actions.BATCH", 10)
    path = tmp_path / "work.csv"
    path.write_text("\n".join(["item,annotator,label", *(f"m{n},ann,yes" for n in range(95))]), encoding="utf-8")
    started = start(cast, path, create_items=True)
    work_jobs(cast.house, HANDLERS, only=started.items_job)
    kill_after(cast, started.job, 4)
    with cast.house.reading() as connection:
        round_ = find_round(connection, started.round)
        half = connection.execute(select(func.count()).select_from(annotation_table)).scalar_one()
    assert round_ is not None
    assert (half, round_.state) == (40, RoundState.DRAFT), "what is half in is not seen"
    monkeypatch.setattr("guiju.storage.jobs.LOST_AFTER", -60_000_000)
    work_jobs(cast.house, HANDLERS, only=started.job)
    with cast.house.reading() as connection:
        stored = list(current_annotations(connection, started.round))
        job = find_job(connection, started.job)
    assert job is not None
    assert (len(stored), outcome_of(job)["annotations"], outcome_of(job)["resolved"]) == (95, 95, 95)


class Killed(BaseException):
    """Stands for SIGKILL: nobody catches it."""


def kill_after(cast: Cast, job_id: int, chunks: int) -> None:
    """Work the job until it has written so many chunks, then end it as a kill would."""

    def dying(run: Any) -> Any:
        advance, count = run.advance, 0

        def counted(work: Any = None, **more: Any) -> None:
            nonlocal count
            if work is not None and count == chunks:
                raise Killed
            count += work is not None
            advance(work, **more)

        run.advance = counted
        return HANDLERS["annotations.import"](run)

    with pytest.raises(Killed):
        work_jobs(cast.house, {"annotations.import": dying}, only=job_id)


def test_the_same_request_twice_starts_one_import(cast: Cast, choices: int, tmp_path: Path) -> None:
    path = tmp_path / "work.csv"
    path.write_text("\n".join(["item,annotator,label", *ROWS]), encoding="utf-8")
    options, request = ImportOptions(Format.CSV), new_id()
    once, again = (
        start_import(cast.house, cast.gao, cast.project, request_id=request, path=path, options=options)
        for _ in range(2)
    )
    assert once == again


def test_what_cannot_be_read_is_refused_before_anything_is_asked_for(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "work.csv"
    path.write_text("item,who,label\nm0,ann,yes\n", encoding="utf-8")
    with pytest.raises(NoRulebookToImportUnder):
        start(cast, path)
    publish_labels(cast, "choice", ["yes"])
    with pytest.raises(WorkColumnMissing):
        start(cast, path)
    with pytest.raises(UnknownRoundKind):
        start(cast, path, round_kind="exam")
    with pytest.raises(NoFieldForWork):
        start(cast, path, field="other")
    for format_ in (Format.LABEL_STUDIO, Format.COCO, Format.VOC):
        options = ImportOptions(format_)
        with pytest.raises((WorkUnreadable, NoFieldForWork)):
            start_import(cast.house, cast.gao, cast.project, request_id=new_id(), path=path, options=options)


def test_only_trainer_and_engineer_bring_work_in_and_a_stranger_knows_nothing_of_it(
    cast: Cast, choices: int, tmp_path: Path
) -> None:
    path = tmp_path / "work.csv"
    path.write_text("\n".join(["item,annotator,label", *ROWS]), encoding="utf-8")
    job = bring_rows(cast, tmp_path, ROWS, name="other.csv")
    told: dict[str, Any] = {"request_id": new_id(), "path": path, "options": ImportOptions(Format.CSV)}
    with pytest.raises(NotAllowed):
        start_import(cast.house, cast.alice, cast.project, **told)
    with pytest.raises(ProjectNotFound):
        start_import(cast.house, cast.mallory, cast.project, **told)
    with pytest.raises(ImportNotFound):
        read_refused(cast.house, cast.mallory, cast.project, job.id, PageRequest())


def test_a_file_comes_in_by_the_page_and_by_the_api(cast: Cast, choices: int, client: Any, tmp_path: Path) -> None:
    content = "\n".join(["item,annotator,label", *ROWS]).encode()
    csrf = cast.sign_in(client, "gao")["X-CSRF-Token"]
    form = {"csrf": csrf, "request_id": new_id(), "format": "csv", "round": "trial", "create_items": "1"}
    address = f"/projects/{cast.project}/annotations/import"
    assert client.get(address).status_code == 200
    answer = client.post(address, data=form, files={"file": ("work.csv", content)}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    work_jobs(cast.house, HANDLERS)
    shown = client.get(answer.headers["location"])
    assert shown.status_code == 200
    assert "/trial" in shown.text
    query = {"filename": "work.csv", "id": new_id()}
    api = f"/api/v1/projects/{cast.project}/annotation-imports"
    started = client.post(api, params=query, content=content, headers={"X-CSRF-Token": csrf})
    assert started.status_code == 202, started.text
    work_jobs(cast.house, HANDLERS)
    told = client.get(f"{api}/{started.json()['job']}").json()
    assert (told["state"], told["outcome"]["annotations"]) == ("done", 3)
    assert not list(cast.house.scratch.iterdir()), "the server's own copies are gone"
    headers = cast.sign_in(client, "mallory")
    assert client.get(f"{api}/{started.json()['job']}").status_code == 404
    assert client.post(api, params={**query, "id": new_id()}, content=content, headers=headers).status_code == 404
    assert client.get(address).status_code == 404
