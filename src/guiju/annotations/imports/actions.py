"""Others' work is asked for; its report and its refused records are read."""

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from guiju.annotations.imports.errors import (
    ImportNotFound,
    NoFieldForWork,
    NoRulebookToImportUnder,
    UnknownRoundKind,
)
from guiju.annotations.imports.model import Format, ImportOptions, ImportPayload, Mark, Opened, RefusedMark
from guiju.annotations.imports.parts import (
    BOX,
    CHOICE,
    KEYPOINT,
    MASK,
    POLYGON,
    POLYLINE,
    RANKING,
    RATING,
    SEGMENT,
    SOFT,
    SPAN,
    TEXT,
)
from guiju.annotations.imports.rules import Answering
from guiju.annotations.imports.taking.actions import discard_round
from guiju.annotations.model import RoundKind, RoundState
from guiju.annotations.readers import open_work
from guiju.annotations.store import insert_round
from guiju.briefs import get_signed_figures
from guiju.data import Columns as DataColumns
from guiju.data import Origin
from guiju.data import start_import as start_data_import
from guiju.kit import Page, PageRequest, decode_cursor, encode_cursor
from guiju.people import Act
from guiju.projects import ProjectNotFound, Standing, authorise
from guiju.rulebooks import CompiledRulebook, latest_published
from guiju.storage import Actor, Event, House, Job, Tx, ask_for_job, find_job, list_jobs

IMPORT = "annotations.import"
KINDS = {RoundKind.IMPORT.value, RoundKind.TRIAL.value}
_KINDS_OF_FORMAT = {
    Format.COCO: (BOX, POLYGON, MASK, KEYPOINT),
    Format.VOC: (BOX,),
    Format.YOLO: (BOX, POLYGON, MASK),
    Format.MASKS: (MASK,),
    Format.CVAT: (BOX, POLYGON, POLYLINE, KEYPOINT),
    Format.LABEL_STUDIO: (),
    Format.JSONL: (),
    Format.TURNS: (),
    Format.SPACY: (SPAN,),
    Format.BRAT: (SPAN,),
    Format.RTTM: (SEGMENT,),
    Format.TEXTGRID: (SEGMENT,),
    Format.PREFERENCE: (RANKING,),
    Format.MESSAGES: (TEXT,),
    Format.PARQUET: (),
    Format.ARROW: (),
}
"""What a file of that format can be an answer to; Label Studio's and our own say it record by record."""


@dataclass(frozen=True, slots=True)
class Started:
    """The round to be filled and its job; `items_job` creates the items first, when that was asked for."""

    round: int
    job: int
    items_job: int | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """An import as its page shows it."""

    job: Job
    name: str
    round_id: int

    @property
    def refused(self) -> int:
        return int((self.job.outcome or {}).get("refused", 0))


def start_import(  # noqa: PLR0913 - an import is said in one call
    house: House,
    actor: Actor,
    project_id: int,
    *,
    request_id: str,
    path: Path,
    options: ImportOptions,
    name: str = "",
    uploaded: Path | None = None,
) -> Started:
    """Look at the file, then ask for the job that imports it as a round of its own.

    `uploaded` is the folder of the server's own copy, removed when the job is over or nothing comes of it.
    Raises `NoRulebookToImportUnder`, `NoFieldForWork`, `UnknownRoundKind`, and what the reader refuses.
    """
    name, fresh = name or path.name, list[bool]()
    try:
        rulebook, opened = _look_at(house, actor, project_id, path, name, options)
        source, items_job = _create_items(house, actor, project_id, request_id, opened, name, options)
        payload = ImportPayload(
            0, rulebook.id, str(path.resolve()), name, options, source, str(uploaded) if uploaded else None
        )

        def ask(tx: Tx) -> dict[str, int | None]:
            fresh.append(True)
            return {**_ask(tx, actor, project_id, payload), "items_job": items_job}

        def write(tx: Tx) -> dict[str, int | None]:
            authorise(tx.connection, actor, project_id, Act.IMPORT_ANNOTATIONS)
            return tx.once(request_id, actor.id, IMPORT, lambda: ask(tx))

        started = house.write(write)
        return Started(int(started["round"] or 0), int(started["job"] or 0), started["items_job"])
    finally:
        if uploaded is not None and not fresh:
            shutil.rmtree(uploaded, ignore_errors=True)


def _look_at(  # noqa: PLR0917 - what the import was told
    house: House, actor: Actor, project_id: int, path: Path, name: str, options: ImportOptions
) -> tuple[CompiledRulebook, Opened]:
    if options.round_kind not in KINDS:
        raise UnknownRoundKind(kind=options.round_kind)
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_ANNOTATIONS)
        rulebook = latest_published(connection, project_id)
    if rulebook is None:
        raise NoRulebookToImportUnder
    tidy_project(house, project_id)
    _demand_field(rulebook, options)
    return rulebook, open_work(path, name, options)


def _demand_field(rulebook: CompiledRulebook, options: ImportOptions) -> None:
    if options.format is Format.TURNS:
        Answering(rulebook, field=options.field).turn_field()
        return
    kinds = _KINDS_OF_FORMAT.get(options.format, (CHOICE, RATING, TEXT, SOFT))
    answering = Answering(rulebook, field=options.field)
    if kinds and all(answering.find_field(options.field, kind) is None for kind in kinds):
        raise NoFieldForWork(field=options.field or "–", kind=kinds[0])


def _ask(tx: Tx, actor: Actor, project_id: int, payload: ImportPayload) -> dict[str, int | None]:
    figures = get_signed_figures(tx.connection, project_id)
    kind = RoundKind(payload.options.round_kind)
    gate = json.dumps(msgspec.to_builtins(figures.agreement), sort_keys=True) if figures else None
    round_id = insert_round(
        tx,
        project_id=project_id,
        kind=kind,
        rulebook_id=payload.rulebook,
        state=RoundState.DRAFT,
        created_by=actor.id,
        gate=gate if kind is RoundKind.TRIAL else None,
    )
    told = msgspec.to_builtins(msgspec.structs.replace(payload, round=round_id))
    job_id = ask_for_job(tx, IMPORT, told, project_id=project_id, actor_id=actor.id)
    facts = {"format": payload.options.format.value, "kind": kind.value}
    tx.journal(Event(actor.id, "annotations.import-asked", project_id, round_id, facts=facts))
    return {"round": round_id, "job": job_id}


def _create_items(  # noqa: PLR0917 - what the import was told
    house: House, actor: Actor, project_id: int, request_id: str, opened: Opened, name: str, options: ImportOptions
) -> tuple[int | None, int | None]:
    """Ask for the items that the file speaks of, each once: its text, or its name where it has no text."""
    if not options.create_items:
        return None, None
    folder = house.scratch / f"items-{request_id}"
    folder.mkdir(exist_ok=True)
    file = folder / "items.jsonl"
    with file.open("wb") as out:
        out.writelines(_item_lines(opened))
    started = start_data_import(
        house,
        actor,
        project_id,
        request_id=f"{request_id[:58]}-items",
        paths=[file],
        origin=Origin(name=name),
        columns=DataColumns(None if options.format is Format.PREFERENCE else "text", "name"),
        uploaded=folder,
    )
    return started.source, started.job


def _item_lines(opened: Opened) -> Iterator[bytes]:
    seen: set[str] = set()
    for mark in opened.marks():
        key = mark.item or (mark.text or "" if isinstance(mark, Mark) else "")
        if isinstance(mark, Mark) and not mark.is_drawn and mark.turns is None and key not in seen:
            seen.add(key)
            yield msgspec.json.encode(_item_of(mark)) + b"\n"


def _item_of(mark: Mark) -> dict[str, object]:
    """What data is told of the item: a comparison as one, anything else as a text."""
    if mark.order is not None and mark.text is not None:
        return {"name": mark.item, **msgspec.json.decode(mark.text, type=dict[str, object])}
    return {"name": mark.item, "text": mark.item if mark.text is None else mark.text}


def may_import(house: House, actor: Actor, project_id: int) -> Standing:
    """The actor's standing, if they may bring others' work in: asked before the first byte of a file is stored."""
    with house.reading() as connection:
        return authorise(connection, actor, project_id, Act.IMPORT_ANNOTATIONS)


def find_import(house: House, actor: Actor, project_id: int, job_id: int) -> ImportReport:
    """Raises `ImportNotFound`."""
    with house.reading() as connection:
        job = find_job(connection, job_id)
        if job is None or job.kind != IMPORT or job.project_id != project_id:
            raise ImportNotFound(job=job_id)
        try:
            authorise(connection, actor, project_id, Act.SEE_REPORTS)
        except ProjectNotFound as refusal:
            raise ImportNotFound(job=job_id) from refusal
    payload = msgspec.convert(job.payload, ImportPayload)
    return ImportReport(job, payload.name, payload.round)


def read_refused(house: House, actor: Actor, project_id: int, job_id: int, wanted: PageRequest) -> Page[RefusedMark]:
    """A page of the records that were not taken, in the file's order."""
    key = _refused_file(find_import(house, actor, project_id, job_id).job)
    if key is None or not house.blobs.exists(key):
        return Page([], None)
    start = int(decode_cursor(wanted.cursor)[0] or 0) if wanted.cursor else 0
    with house.blobs.open(key) as file, TextIOWrapper(file, "utf-8", newline="") as text:
        rows = list(islice(csv.reader(text), start, start + wanted.size + 1))
    marks = [_refused(*row) for row in rows[: wanted.size]]
    return Page(marks, encode_cursor([start + wanted.size]) if len(rows) > wanted.size else None)


def _refused(position: str, item: str, annotator: str, code: str, *told: str) -> RefusedMark:
    sentence, details = told
    return RefusedMark(int(position), item, annotator, code, sentence, msgspec.json.decode(details))


def _refused_file(job: Job) -> str | None:
    """The blob that lists what was not taken, of an import that ended well or took nothing at all."""
    outcome = job.outcome or {}
    error: dict[str, Any] = outcome.get("error") or {}
    details: dict[str, Any] = error.get("details") or {}
    key = outcome.get("refused_file") or details.get("refused_file")
    return key if isinstance(key, str) else None


def tidy_project(house: House, project_id: int) -> None:
    """Take back the rounds of imports that were cancelled before, or whose worker did not live to do it."""
    with house.reading() as connection:
        over = [job for job in list_jobs(connection, project_id, 200) if job.kind == IMPORT and job.state.is_over]
    for job in over:
        if job.outcome is None or "error" in job.outcome:
            discard_round(house, msgspec.convert(job.payload, ImportPayload).round)
