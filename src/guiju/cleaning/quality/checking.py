"""Rules held against items, a batch at a time, on the columns that the profile keeps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import msgspec
import numpy as np
from ftfy.badness import is_bad
from numpy.typing import NDArray
from sqlalchemy import Connection

from guiju.cleaning.personal import PersonalKind, find_personal
from guiju.cleaning.profiles import store as profiles
from guiju.cleaning.profiles.figures.columns import NOTHING, Columns, unpack
from guiju.cleaning.profiles.figures.measuring import words_of
from guiju.cleaning.quality import store
from guiju.cleaning.quality.model import CHECKS, EXAMPLES, Reads, Rule, Tally
from guiju.cleaning.quality.rules import is_within, wanted_languages
from guiju.data import Item
from guiju.storage import House

BATCH_ITEMS = 4_000
BATCH_WEIGHT = 8_000_000
LOST = "\ufffd"


class Answer(NamedTuple):
    """Of which rows a rule asks, and which of these do not fulfil it."""

    asked: NDArray[np.bool_]
    failed: NDArray[np.bool_]


@dataclass(slots=True)
class Batch:
    """Some items of a source: their figures, and, where a rule wants it, what is written in them and their records."""

    ids: NDArray[np.int64]
    figures: Columns
    rows: NDArray[np.intp]
    waiting: NDArray[np.bool_]
    near: set[int]
    texts: list[str | None]
    records: list[Mapping[str, object]]

    @property
    def last(self) -> int:
        return int(self.ids[-1])


def wants_items(rules: Sequence[Rule]) -> tuple[bool, bool]:
    """Whether some rule wants texts, and whether some wants records."""
    reads = {CHECKS[rule.check].reads for rule in rules}
    return Reads.WORDS in reads, Reads.RECORD in reads


def batches(house: House, project_id: int, source_id: int, rules: Sequence[Rule], after: int) -> Iterator[Batch]:
    """The source's items behind `after`, in their order; each batch is read in a transaction of its own."""
    texts, records = wants_items(rules)
    while True:
        with house.reading() as connection:
            chunks = profiles.read_project_chunks(connection, project_id, source_id=source_id, behind=after)
            chunk = next(chunks, None)
        if chunk is None:
            return
        figures = unpack(chunk.columns)
        while True:
            rows = np.flatnonzero(figures.items > after)[:BATCH_ITEMS]
            if not len(rows):
                break
            batch = _batch(house, project_id, source_id, figures, rows, texts=texts, records=records)
            if batch is None:
                return
            after = batch.last
            yield batch


def _batch(
    house: House,
    project_id: int,
    source_id: int,
    figures: Columns,
    rows: NDArray[np.intp],
    *,
    texts: bool,
    records: bool,
) -> Batch | None:
    """`None` where the source was taken back meanwhile."""
    items: list[Item] = []
    with house.reading() as connection:
        if texts or records:
            first = int(figures.items[rows[0]])
            items = profiles.read_items(connection, source_id, first - 1, len(rows), BATCH_WEIGHT)
            if not items:
                return None
            rows = rows[: int(np.searchsorted(figures.items[rows], items[-1].id, side="right"))]
        ids = figures.items[rows]
        aside, near = _standing(connection, project_id, int(ids[0]), int(ids[-1]))
    waiting = ~np.isin(ids, np.fromiter(aside, np.int64, len(aside)))
    by_id = {item.id: item for item in items}
    found = [by_id.get(int(one)) for one in ids] if items else []
    said = [words_of(house, item) if item and item.media.is_written else None for item in found] if texts else []
    return Batch(ids, figures, rows, waiting, near, said, [_record(item) for item in found] if records else [])


def _standing(connection: Connection, project_id: int, first: int, last: int) -> tuple[set[int], set[int]]:
    aside = store.otherwise_aside(connection, project_id, first, last)
    return aside, store.near_duplicates(connection, project_id, first, last)


_decode = msgspec.json.Decoder(dict[str, object]).decode


def _record(item: Item | None) -> Mapping[str, object]:
    if item is None or not item.meta:
        return {}
    try:
        return _decode(item.meta)
    except msgspec.MsgspecError:
        return {}


def answer(rule: Rule, batch: Batch) -> Answer:
    """Which items that are not set aside by something else a rule asks of, and which of them do not fulfil it."""
    check = CHECKS[rule.check]
    match check.reads:
        case Reads.WORDS:
            asked, failed = _of_words(rule, batch)
        case Reads.RECORD:
            asked, failed = _of_records(rule, batch)
        case Reads.GROUPS:
            asked = np.ones(len(batch.ids), np.bool_)
            failed = np.fromiter((int(one) in batch.near for one in batch.ids), np.bool_, len(batch.ids))
        case _:
            asked, failed = _of_figures(rule, batch)
    asked = asked & batch.waiting
    return Answer(asked, asked & failed)


def _of_figures(rule: Rule, batch: Batch) -> Answer:
    if rule.check == "filled":
        has = batch.figures.filled.get(rule.column)
        lacks = np.ones(len(batch.rows), np.bool_) if has is None else ~has[batch.rows]
        return Answer(np.ones(len(batch.rows), np.bool_), lacks)
    if rule.check in batch.figures.choices:
        names, column = batch.figures.choices[rule.check]
        return _of_choice(rule, names, column[batch.rows])
    values = batch.figures.amounts.get(rule.check)
    if values is None:
        nobody = np.zeros(len(batch.rows), np.bool_)
        return Answer(nobody, nobody)
    return _of_amount(rule, values[batch.rows])


def _of_amount(rule: Rule, values: NDArray[np.float32]) -> Answer:
    asked = ~np.isnan(values)
    failed = np.zeros(len(values), np.bool_)
    if rule.least is not None:
        failed |= values < np.float32(rule.least)
    if rule.most is not None:
        failed |= values > np.float32(rule.most)
    return Answer(asked, failed)


def _of_choice(rule: Rule, names: Sequence[str], column: NDArray[np.uint8]) -> Answer:
    fine = wanted_languages(rule.values) if rule.check == "language" else frozenset(rule.values)
    good = np.array([*(name in fine for name in names), *[False] * (NOTHING + 1 - len(names))], np.bool_)
    asked = column != NOTHING
    if rule.check == "language" and "none" in names:
        asked &= column != names.index("none")
    return Answer(asked, ~good[column])


def _of_words(rule: Rule, batch: Batch) -> Answer:
    asked = np.fromiter((text is not None for text in batch.texts), np.bool_, len(batch.texts))
    failed = np.zeros(len(asked), np.bool_)
    wanted = frozenset(map(PersonalKind, rule.values)) or None if rule.check == "personal" else None
    for row in np.flatnonzero(asked & batch.waiting):
        text = batch.texts[int(row)] or ""
        if rule.check == "personal":
            failed[row] = len(find_personal(text, wanted)) > (rule.most or 0)
        else:
            failed[row] = LOST in text or is_bad(text)
    return Answer(asked, failed)


def _of_records(rule: Rule, batch: Batch) -> Answer:
    values = [record.get(rule.column) for record in batch.records]
    asked = np.fromiter((value is not None and value != "" for value in values), np.bool_, len(values))
    listed = frozenset(rule.values)
    failed = np.fromiter((not is_within(value, rule, listed) for value in values), np.bool_, len(values))
    return Answer(asked, failed)


def add_up(tally: Tally, said: Answer, ids: NDArray[np.int64], *, in_work: int = 0) -> None:
    """Count a batch's answer into the tally, and keep the first examples."""
    tally.asked += int(said.asked.sum())
    tally.failed += int(said.failed.sum())
    tally.in_work += in_work
    if len(tally.examples) < EXAMPLES:
        tally.examples += [int(one) for one in ids[said.failed][: EXAMPLES - len(tally.examples)]]


@cache
def reads_of_source(check: str) -> bool:
    return CHECKS[check].reads is Reads.SOURCE
