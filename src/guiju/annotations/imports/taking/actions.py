"""The job of an import. It may be killed at any moment and goes on; cancelled or refused, it leaves nothing behind."""

import csv
import io
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import msgspec
from sqlalchemy import select

from guiju.annotations.imports import store
from guiju.annotations.imports.errors import (
    AnnotatorMissing,
    AnsweredTwice,
    MarkUnreadable,
    NothingTaken,
    WorkGone,
    places_in,
)
from guiju.annotations.imports.model import Batch, ImportPayload, Mark, Opened, Progress, Read, Ready, RefusedMark
from guiju.annotations.imports.rules import Answering, refuse
from guiju.annotations.imports.taking.store import Finder
from guiju.annotations.model import AnnotatorKind, RoundState
from guiju.annotations.readers import open_work
from guiju.annotations.store import get_round, set_round_state
from guiju.data import SourceState, source_table
from guiju.kit import Refusal
from guiju.rulebooks import get_published
from guiju.storage import Event, House, JobCancelled, JobRun, Tx
from guiju.storage.tables import job as job_table

BATCH = 2_000
ROWS = 2_000
NAME_CHARACTERS = 120
WAIT_SECONDS = 0.2

KeepGold: TypeAlias = Callable[[Tx, int, int, list[tuple[int, str]]], None]
"""Keeps right answers as references: `(tx, project, rulebook, [(item, answers)])`. A room above plugs it in."""


def run_import(run: JobRun, keep_gold: KeepGold | None = None) -> dict[str, object]:
    """The job `annotations.import`."""
    taking = _Taking(run, keep_gold)
    try:
        outcome = taking.take()
    except Refusal as refusal:
        if not isinstance(refusal, JobCancelled) or _was_cancelled(run):
            discard_round(run.house, taking.payload.round)
            taking.remove_upload()
        raise
    taking.remove_upload()
    return outcome


def discard_round(house: House, round_id: int) -> bool:
    """Take back a round that was never shown, with what was written into it; whether there was one."""
    while house.write(lambda tx: store.delete_some_annotations(tx, round_id, ROWS)):
        pass
    return house.write(lambda tx: store.delete_draft_round(tx, round_id))


def _was_cancelled(run: JobRun) -> bool:
    """Whether somebody asked the job to stop; if not, another worker has taken it over and goes on with it."""
    with run.house.reading() as connection:
        asked = select(job_table.c.cancel_asked).where(job_table.c.id == run.job.id)
        return bool(connection.execute(asked).scalar())


class _Taking:
    """One run of the job: the file is read from its start each time, what lies behind the checkpoint is not written."""

    def __init__(self, run: JobRun, keep_gold: KeepGold | None) -> None:
        self._run, self._house, self._keep_gold = run, run.house, keep_gold
        self.payload = msgspec.convert(run.job.payload, ImportPayload)
        self._progress = msgspec.convert(run.checkpoint or {}, Progress)
        with self._house.reading() as connection:
            self._round = get_round(connection, self.payload.round)
            rulebook = get_published(connection, self.payload.rulebook)
        options = self.payload.options
        self._answering = Answering(rulebook, field=options.field, clip=options.clip, predictions=options.predictions)
        self._finder = Finder(self._house, self._round.project_id)
        self._seen: dict[tuple[int, str], int] = {}
        self._annotators: dict[str, int] = {}
        self._refused: list[RefusedMark] = []
        self._gold: dict[int, str] = {}

    def take(self) -> dict[str, object]:
        self._wait_for_items()
        opened = self._open()
        behind = 0
        marks = opened.marks()
        while batch := list(islice(marks, BATCH)):
            behind += len(batch)
            self._take_batch(batch, behind, max(opened.total, behind))
        if not self._seen:
            raise self._nothing_taken()
        if not self._progress.closed:
            self._close(behind)
        return self._outcome(behind)

    def _open(self) -> Opened:
        if not Path(self.payload.path).exists():
            raise WorkGone(name=self.payload.name)
        return open_work(Path(self.payload.path), self.payload.name, self.payload.options)

    def _wait_for_items(self) -> None:
        """The items that are created for this work come by a job of their own."""
        while self.payload.source is not None:
            with self._house.reading() as connection:
                state = connection.execute(
                    select(source_table.c.state).where(source_table.c.id == self.payload.source)
                ).scalar()
            if state != SourceState.STAGING:
                return
            self._run.advance(done=self._progress.behind)
            time.sleep(WAIT_SECONDS)

    def _take_batch(self, marks: list[Read], behind: int, total: int) -> None:
        plan = self._plan(marks)
        self._refused += plan.refused
        self._gold |= plan.gold
        if behind <= self._progress.behind or self._progress.closed:
            return
        self._progress = Progress(behind)
        self._run.advance(
            lambda tx: self._write(tx, plan.ready),
            done=behind,
            total=total,
            checkpoint=msgspec.to_builtins(self._progress),
        )

    def _plan(self, marks: list[Read]) -> Batch:
        batch = Batch()
        self._finder.look_up([mark for mark in marks if isinstance(mark, Mark)])
        for mark in marks:
            if isinstance(mark, RefusedMark):
                batch.refused.append(mark)
                continue
            try:
                self._plan_one(batch, mark)
            except Refusal as refusal:
                batch.refused.append(refuse(mark, refusal))
        return batch

    def _plan_one(self, batch: Batch, mark: Mark) -> None:
        if not mark.annotator:
            raise AnnotatorMissing
        if "\0" in mark.annotator:
            raise MarkUnreadable(reason="it holds a NUL character")
        item = self._finder.find(mark)
        answers = self._answering.answers_of(mark, item)
        scores = self._answering.scores_of(mark)
        known = (item.id, mark.annotator[:NAME_CHARACTERS])
        if known in self._seen:
            raise AnsweredTwice(annotator=mark.annotator[:80], first=self._seen[known])
        self._seen[known] = mark.position
        batch.ready.append(Ready(mark, item.id, answers, scores))
        if (gold := self._answering.gold_of(mark, item)) is not None:
            batch.gold[item.id] = gold

    def _write(self, tx: Tx, ready: list[Ready]) -> None:
        new = sorted({one.mark.annotator[:NAME_CHARACTERS] for one in ready} - self._annotators.keys())
        kind = AnnotatorKind.MODEL if self.payload.options.predictions else AnnotatorKind.IMPORT
        self._annotators |= store.annotators_named(tx, self._round.project_id, new, kind)
        store.insert_annotations(tx, [self._row(tx, one) for one in ready])

    def _row(self, tx: Tx, one: Ready) -> dict[str, object]:
        mark = one.mark
        return {
            "project_id": self._round.project_id,
            "round_id": self._round.id,
            "item_id": one.item_id,
            "annotator_id": self._annotators[mark.annotator[:NAME_CHARACTERS]],
            "rulebook_id": self._round.rulebook_id,
            "revision": 1,
            "answers": one.answers,
            "active_ms": mark.active_ms,
            "confidence": mark.confidence,
            "scores": one.scores,
            "at": tx.at if mark.at is None else mark.at,
        }

    def _nothing_taken(self) -> NothingTaken:
        said = self._refused[0] if self._refused else None
        first = said.sentence.format_map(places_in(said.details, "en")) if said else "–"
        return NothingTaken(refused=len(self._refused), first=first, refused_file=self._keep_refused())

    def _close(self, behind: int) -> None:
        """One row's update: from now on the round is seen. What follows cannot be cancelled any more."""
        most = Counter(item for item, _ in self._seen).most_common(1)[0][1]
        facts = {"annotations": len(self._seen), "refused": len(self._refused)}

        def close(tx: Tx) -> None:
            store.set_overlap(tx, self._round.id, most)
            set_round_state(tx, self._round.id, RoundState.CLOSED)
            by, project = self._run.job.created_by, self._round.project_id
            tx.journal(Event(by, "annotations.imported", project, self._round.id, facts=facts))

        self._run.advance(close, done=behind, total=behind, checkpoint={"behind": behind, "closed": True})

    def _outcome(self, behind: int) -> dict[str, object]:
        if self._round.kind.resolves_at_once and not self.payload.options.predictions:
            self._resolve()
        if self._keep_gold is not None:
            self._write_gold(self._keep_gold)
        with self._house.reading() as connection:
            resolved = store.count_resolved(connection, self._round.id)
        return {
            "round": self._round.id,
            "records": behind,
            "annotations": len(self._seen),
            "annotators": len({annotator for _, annotator in self._seen}),
            "items": len({item for item, _ in self._seen}),
            "refused": len(self._refused),
            "refused_file": self._keep_refused(),
            "resolved": resolved,
            "gold": len(self._gold),
        }

    def _resolve(self) -> None:
        after: int | None = 0
        while after is not None:
            after = self._house.write(
                lambda tx, after=after: store.resolve_single_answers(tx, self._round.id, after, ROWS)
            )

    def _write_gold(self, keep_gold: KeepGold) -> None:
        rows = iter(sorted(self._gold.items()))
        while part := list(islice(rows, ROWS)):
            self._house.write(
                lambda tx, part=part: keep_gold(tx, self._round.project_id, self._round.rulebook_id, part)
            )

    def _keep_refused(self) -> str | None:
        """The refused records as a CSV file among the blobs; its key."""
        return self._house.blobs.put_stream(refused_rows(self._refused))[0] if self._refused else None

    def remove_upload(self) -> None:
        """The server's own copy has served its purpose."""
        if self.payload.uploaded is not None:
            shutil.rmtree(self.payload.uploaded, ignore_errors=True)


def refused_rows(refused: list[RefusedMark]) -> Iterator[bytes]:
    """CSV: position, item, annotator, code, sentence, details (JSON)."""
    for mark in refused:
        line = io.StringIO()
        details = msgspec.json.encode(mark.details, enc_hook=str).decode()
        csv.writer(line).writerow([mark.position, mark.item, mark.annotator, mark.code, mark.sentence, details])
        yield line.getvalue().encode(errors="replace")
