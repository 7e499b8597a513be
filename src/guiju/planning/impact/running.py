"""The job's reading: every answer of record once, checks column by column, changes by the labels of the answers.

Brings NumPy along, so only the job loads it. Killed, it begins anew: it reads and writes nothing before its end.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from guiju.kinds import ITEM, Answer, Each, decode_stored, find_asked, kind_of
from guiju.planning.impact import store
from guiju.planning.impact.model import Impact, Refused, Touch, Touched
from guiju.planning.impact.rules import changed_checks, touches
from guiju.rulebooks import CompiledCheck, CompiledRulebook, Rulebook
from guiju.rulebooks.compiled import rows_asked
from guiju.rulebooks.expressions.columns import column_of, evaluate_columns
from guiju.storage import JobRun

SHOWN = 24
MOST_KNOWN = 100_000  # sets of labels that are remembered
LISTED = 100_000  # as many as are picked, and rechecked, at once

Ids: TypeAlias = NDArray[np.int64]


class Gathering:
    """The variables of one field's checks, over many answers: a row for each thing marked, or for each answer."""

    def __init__(self, compiled: CompiledRulebook, field: str) -> None:
        self._shape = next(shape for shape in compiled.fields if shape.id == field)
        self._fields = compiled.fields
        self.checks = [check for check in compiled.checks if check.check.field == field]
        self._start_anew()

    def _start_anew(self) -> None:
        self._columns: dict[str, list[Any]] = defaultdict(list)
        self._items: list[int] = []

    def take(self, row: store.Answered, answers: Mapping[str, Answer]) -> None:
        answer = answers.get(self._shape.id)
        if answer is None or not self._is_of_the_kind(answer):
            return
        if isinstance(answer, Each):
            asking = find_asked(answers, self._fields, row.shape)
            for _, variables in rows_asked(answer, row.shape, self._shape, asking):
                for name, value in variables.items():
                    self._columns[name].append(value)
                self._items.append(row.item)
            return
        columns = kind_of(answer).columns(answer, row.shape)
        rows = len(next(iter(columns.values()), ()))
        for name, values in columns.items():
            self._columns["count" if name == "labels" else name] += values
        self._items += [row.item] * rows

    def _is_of_the_kind(self, answer: Answer) -> bool:
        """An answer to a field that was of another kind before is for the change to name, not for a check."""
        is_each = isinstance(answer, Each)
        if is_each != (self._shape.target != ITEM):
            return False
        parts = answer.answers.values() if is_each else [answer]  # pyright: ignore[reportUnknownVariableType, reportAttributeAccessIssue, reportUnknownMemberType]
        return all(kind_of(part).name == self._shape.kind for part in parts)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]

    def evaluate(self) -> list[tuple[CompiledCheck, Ids]]:
        """The items of the rows that each check refuses, and an empty gathering from then on."""
        items = np.array(self._items, np.int64)
        columns = {name: column_of(values) for name, values in self._columns.items()}
        self._start_anew()
        return [(check, items[_refused(check, columns, len(items))]) for check in self.checks] if len(items) else []


def _refused(check: CompiledCheck, columns: Mapping[str, NDArray[Any]], rows: int) -> NDArray[np.bool_]:
    fails = ~evaluate_columns(check.expect_ast, columns, rows)
    return fails & evaluate_columns(check.when_ast, columns, rows) if check.when_ast else fails


class _Touching:
    """The items that each change touches.

    Which changes touch an answer follows from its labels alone, and few sets of labels come up again and again: each is
    looked at once.
    """

    def __init__(self, changes: Iterable[Touch]) -> None:
        self.changes = tuple(changes)
        self.items: tuple[list[int], ...] = tuple([] for _ in self.changes)
        self._known: dict[frozenset[tuple[str, frozenset[str]]], tuple[list[int], ...]] = {}

    def take(self, item: int, answers: Mapping[str, Answer]) -> None:
        labels = frozenset((name, frozenset(kind_of(one).labels_of(one))) for name, one in answers.items())
        touched = self._known.get(labels)
        if touched is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            touched = self._known[labels] = self._lists(dict(labels))
        for items in touched:
            items.append(item)

    def _lists(self, labels: Mapping[str, frozenset[str]]) -> tuple[list[int], ...]:
        return tuple(
            items for change, items in zip(self.changes, self.items, strict=True) if _does_touch(change, labels)
        )


def _does_touch(change: Touch, labels: Mapping[str, frozenset[str]]) -> bool:
    fields = [change.field] if change.field else [*labels]
    return change.everything or any(
        field in labels and (not change.labels or bool(change.labels & labels[field])) for field in fields
    )


def measure(
    run: JobRun,
    project_id: int,
    before: Rulebook | None,
    draft: CompiledRulebook,
    *,
    digest: str,
    amended: Sequence[Touch] = (),
) -> Impact:
    """What the draft would touch; `amended` by amendments beside the changes. Raises `JobCancelled`."""
    fields = dict.fromkeys(check.check.field for check in draft.checks)
    gatherings = [Gathering(draft, field) for field in fields]
    touching = _Touching([*(touches(before, draft.rulebook) if before else ()), *amended])
    refusals: dict[str, list[Ids]] = {check.check.id: [] for check in draft.checks}
    examined = _read_all(run, project_id, gatherings, touching, refusals)
    new = changed_checks(before, draft.rulebook) if before else frozenset(refusals)
    refused = {name: _together(found) for name, found in refusals.items()}
    doubtful = [*touching.items] + [refused[name].tolist() for name in new]
    listed = sorted({item for items in doubtful for item in items})
    return Impact(
        digest=digest,
        before=before.version if before else "",
        examined=examined,
        touched=len(listed),
        lots=_lots(run, project_id, set(listed)),
        changes=[_touched(*each) for each in zip(touching.changes, touching.items, strict=True)],
        refused=[_told(check, refused[check.check.id], is_new=check.check.id in new) for check in draft.checks],
        listed=listed[:LISTED],
    )


def _read_all(
    run: JobRun,
    project_id: int,
    gatherings: Sequence[Gathering],
    touching: _Touching,
    refusals: Mapping[str, list[Ids]],
) -> int:
    with run.house.reading() as connection:
        total = store.count_answers(connection, project_id)
    done = after = 0
    while True:
        run.advance(done=done, total=total)
        with run.house.reading() as connection:
            rows = store.read_answers(connection, project_id, after)
        if not rows:
            return done
        for row in rows:
            answers = decode_stored(row.answers)
            for gathering in gatherings:
                gathering.take(row, answers)
            if touching.changes:
                touching.take(row.item, answers)
        for gathering in gatherings:
            for check, items in gathering.evaluate():
                refusals[check.check.id].append(items)
        done, after = done + len(rows), rows[-1].item


def _together(found: Sequence[Ids]) -> Ids:
    return np.concatenate(found) if found else np.array([], np.int64)


def _touched(touch: Touch, items: Sequence[int]) -> Touched:
    said = (touch.group, touch.id, touch.weight, touch.sentence, {**touch.details, "id": touch.id})
    return Touched(*said, items=len(items), shown=[*items[:SHOWN]])


def _told(check: CompiledCheck, rows: Ids, *, is_new: bool) -> Refused:
    items: Ids = np.unique(rows)
    message = dict(check.check.message)
    return Refused(check.check.id, message, is_new, len(items), len(rows), items[:SHOWN].tolist())


def _lots(run: JobRun, project_id: int, touched: set[int]) -> int:
    if not touched:
        return 0
    with run.house.reading() as connection:
        return sum(not touched.isdisjoint(items) for _, items in store.read_accepted(connection, project_id))
