"""A team moves in: rulebooks and files of others' work for the tests."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from guiju.annotations import current_annotations
from guiju.annotations.imports import Columns, Format, ImportOptions, read_refused, start_import
from guiju.annotations.imports.model import RefusedMark
from guiju.kinds import Boxes, Choice, decode_answers
from guiju.kit import PageRequest, new_id
from guiju.rulebooks import publish_rulebook, save_draft
from guiju.storage import Actor, Job, find_job, work_jobs
from guiju.web.jobs import HANDLERS
from tests.support.cast import Cast
from tests.support.needs import do_without

SHARED = Path("../shared/data")
CROWD = Columns(header=("worker", "item", "label", "gold", "seconds"), annotator="worker")
RULEBOOK = """---
title: {{zh: "规则", en: "Rules"}}
version: 1.0.0
fields:
  - {{id: answer, kind: {kind}, title: {{zh: "答案", en: "Answer"}}, labels: [{labels}]}}
labels:
{entries}
---
# Rules

## C1 {{zh: 一, en: One}}

One clause.
"""
ENTRY = "  - {{id: '{id}', name: {{zh: '{name}', en: '{name}'}}, definition: {{zh: 一, en: one}}, color: '#0072b2'}}"


def shared(path: str) -> Path:
    """A file of the shared data, or a skip."""
    found = SHARED / path
    if not found.exists():
        do_without(f"the shared data {path} is not here")
    return found


def publish_labels(cast: Cast, kind: str, labels: Sequence[str], options: str = "") -> int:
    """zhou publishes a rulebook of one field; a label `WBC` gets the id `wbc`. Returns its id."""
    ids = ", ".join(f"'{label.lower()}'" for label in labels)
    entries = "\n".join(ENTRY.format(id=label.lower(), name=label) for label in labels)
    told = f"{kind}, options: {options}" if options else kind
    document = RULEBOOK.format(kind=told, labels=ids, entries=entries)
    save_draft(cast.house, cast.zhou, cast.project, document=document, from_revision=0, request_id=new_id())
    return publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())


def bring(cast: Cast, path: Path, options: ImportOptions, actor: Actor | None = None) -> Job:
    """gao brings a file in and its jobs are worked; returns the import's own."""
    who = actor or cast.gao
    started = start_import(cast.house, who, cast.project, request_id=new_id(), path=path, options=options)
    for job_id in filter(None, (started.items_job, started.job)):
        work_jobs(cast.house, HANDLERS, only=job_id)
    with cast.house.reading() as connection:
        job = find_job(connection, started.job)
    assert job is not None
    return job


def outcome_of(job: Job) -> dict[str, Any]:
    """What a job that ended well came to."""
    assert job.outcome is not None
    assert "error" not in job.outcome, job.outcome
    return job.outcome


def bring_rows(cast: Cast, folder: Path, rows: Sequence[str], *, kind: str = "trial", name: str = "work.csv") -> Job:
    """Rows `item,annotator,label` enter as a round; items that are not there are created."""
    path = folder / name
    path.write_text("\n".join(["item,annotator,label", *rows]), encoding="utf-8")
    return bring(cast, path, ImportOptions(Format.CSV, kind, create_items=True))


def write_json(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


STEEL = """---
title: {zh: "规则", en: "Rules"}
version: 1.0.0
fields:
  - {id: defects, kind: box, title: {zh: "缺陷", en: "Defects"}, labels: [scratch], required: false}
  - {id: grade, kind: choice, title: {zh: "等级", en: "Grade"}, labels: [good, poor], required: false}
  - {id: causes, kind: choice, title: {zh: "原因", en: "Causes"}, labels: [dust, wear, oil], options: {multiple: true}, required: false}
labels:
  - {id: scratch, name: {zh: 划痕, en: Scratch}, definition: {zh: 一, en: one}, color: '#0072b2'}
  - {id: good, name: {zh: 好, en: Good}, definition: {zh: 一, en: one}, color: '#0072b2'}
  - {id: poor, name: {zh: 差, en: Poor}, definition: {zh: 一, en: one}, color: '#0072b2'}
  - {id: dust, name: {zh: 灰, en: Dust}, definition: {zh: 一, en: one}, color: '#0072b2'}
  - {id: wear, name: {zh: 磨, en: Wear}, definition: {zh: 一, en: one}, color: '#0072b2'}
  - {id: oil, name: {zh: 油, en: Oil}, definition: {zh: 一, en: one}, color: '#0072b2'}
checks:
  - id: least-side
    field: defects
    expect: 'width >= 8 && height >= 8'
    message: {zh: "短边不足 8 像素。", en: "A side is under 8 pixels."}
    clause: C1
  - id: two-causes
    field: causes
    expect: 'count <= 2'
    message: {zh: "原因最多两个。", en: "At most two causes."}
---
# Rules

## C1 {zh: 一, en: One}

One clause.
"""  # noqa: E501 - one line a label and a field


def publish_steel(cast: Cast) -> int:
    """zhou publishes a rulebook of three fields with a check on boxes and one on a choice. Returns its id."""
    save_draft(cast.house, cast.zhou, cast.project, document=STEEL, from_revision=0, request_id=new_id())
    return publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())


def stored_answers(cast: Cast, job: Job) -> list[tuple[int, str]]:
    """The item and the answers, as JSON, of all that an import stored."""
    with cast.house.reading() as connection:
        return [(row.item_id, row.answers) for row in current_annotations(connection, outcome_of(job)["round"])]


def refused_of(cast: Cast, job: Job) -> list[RefusedMark]:
    """What an import did not take, in the order of its file."""
    return list(read_refused(cast.house, cast.gao, cast.project, job.id, PageRequest(200)).rows)


def taken_of(cast: Cast, job: Job) -> list[dict[str, Any]]:
    """The answers that an import stored, by field: the labels of a choice, the number of boxes."""
    with cast.house.reading() as connection:
        rows = [decode_answers(row.answers) for row in current_annotations(connection, outcome_of(job)["round"])]
    return [
        {name: answer.labels if isinstance(answer, Choice) else _count(answer) for name, answer in row.items()}
        for row in rows
    ]


def _count(answer: object) -> int:
    assert isinstance(answer, Boxes)
    return len(answer.shapes)
