"""Answers that do not fit in memory: dealt out by item into shards on disk, coded alike, each read when it is its turn.

All answers to one item are in one shard (by a hash of the item). Annotators and labels are coded over the whole file;
items within their shard. What a pass reads are plain arrays, mapped into memory and let go again.
"""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from guiju.bulk.coding import distinct, keep_codes
from guiju.bulk.columns import demand_named
from guiju.bulk.errors import ContradictingGold
from guiju.bulk.files import AnswerFile, engine, readable
from guiju.stats.columns import Columns, from_codes
from guiju.stats.consensus.passes import Shard
from guiju.stats.errors import ContradictingAnswers

ANSWERS_A_SHARD = 4_000_000
P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Stored:
    """Shards in a folder. `annotator_names` and `labels` are what the codes stand for, in every shard alike."""

    folder: Path
    count: int
    annotator_names: tuple[Any, ...]
    labels: tuple[Any, ...]

    @property
    def annotators(self) -> int:
        return len(self.annotator_names)

    @property
    def classes(self) -> int:
        return len(self.labels)

    def load(self, place: int) -> Shard:
        """The shard's answers; its pages come from the disk as they are touched."""
        return Shard(*(np.load(self._file(name, place), mmap_mode="r") for name in ("starts", "annotator", "label")))

    def item_names(self, place: int) -> list[Any]:
        """The names of the shard's items, by their codes."""
        return [row[0] for row in sorted(self._read("names", place, "item, code"), key=lambda row: row[1])]

    def gold(self, place: int) -> dict[Hashable, Hashable]:
        """Known right answers of the shard's items."""
        return dict(self._read("gold", place, "item, gold")) if self._file("gold", place).exists() else {}

    def _read(self, name: str, place: int, columns: str) -> list[Any]:
        with engine() as connection:
            query = f"SELECT {columns} FROM read_parquet(?)"  # noqa: S608 - names of ours
            return connection.execute(query, [str(self._file(name, place))]).fetchall()

    def _file(self, name: str, place: int) -> Path:
        ending = "parquet" if name in {"names", "gold"} else "npy"
        return self.folder / f"{name}-{place:05d}.{ending}"


@dataclass(frozen=True, slots=True)
class OneByOne:
    """This machine as engine: one shard after another, each forgotten before the next."""

    stored: Stored

    @property
    def annotators(self) -> int:
        return self.stored.annotators

    @property
    def classes(self) -> int:
        return self.stored.classes

    def map(self, kernel: Callable[[Shard, P], R], parameters: P) -> Iterator[R]:
        return (kernel(self.stored.load(place), parameters) for place in range(self.stored.count))


def deal_out(
    file: AnswerFile, folder: Path, *, keep_repeats: bool = False, answers_a_shard: int = ANSWERS_A_SHARD
) -> Stored:
    """Write the file's answers as shards into `folder`, which is to be empty.

    Raises `AnswersUnreadable`, `NamelessAnswer`, `ContradictingAnswers`, `ContradictingGold`.
    """
    with engine(folder) as connection:
        demand_named(connection, file)
        names = {column: distinct(connection, file, column) for column in ("annotator", "label")}
        for column, values in names.items():
            keep_codes(connection, f"{column}_code", values)
        count = max(1, ceil(_counted(connection, file) / answers_a_shard))
        _deal(connection, file, folder, count)
        stored = Stored(folder, count, tuple(names["annotator"]), tuple(names["label"]))
        for place in range(count):
            _store(connection, stored, place, keep_repeats=keep_repeats)
    return stored


def count_answers(file: AnswerFile) -> int:
    """How many answers the file has. Raises `AnswersUnreadable`."""
    with engine() as connection:
        return _counted(connection, file)


def _counted(connection: Any, file: AnswerFile) -> int:
    with readable(file.name):
        found = connection.execute(f"SELECT count(*) FROM ({file.select('label')})", file.arguments)  # noqa: S608 - names of ours
    return int(found.fetchone()[0])


def _deal(connection: Any, file: AnswerFile, folder: Path, count: int) -> None:
    """One walk over the file: every answer goes to its shard's own part."""
    wanted = ["item", "annotator", "label", *(["gold"] if file.gold else [])]
    gold = ", given.gold" if file.gold else ""
    query = (
        f"SELECT hash(given.item) % {count} AS shard, given.item, a.code AS annotator, l.code AS label{gold}"  # noqa: S608 - names and numbers of ours
        f" FROM ({file.select(*wanted)}) given"
        " JOIN annotator_code a ON a.value = given.annotator JOIN label_code l ON l.value = given.label"
    )
    into = str(folder / "dealt").replace("'", "''")
    with readable(file.name):
        connection.execute(f"COPY ({query}) TO '{into}' (FORMAT parquet, PARTITION_BY (shard))", file.arguments)


def _store(connection: Any, stored: Stored, place: int, *, keep_repeats: bool) -> None:
    """A shard's answers from its part, as arrays; the part is removed."""
    part = stored.folder / "dealt" / f"shard={place}"
    files = [str(each) for each in sorted(part.glob("*.parquet"))]
    _name_items(connection, stored, place, files)
    found = connection.execute(
        "SELECT n.code AS item, annotator, label FROM read_parquet(?) p JOIN item_name n ON n.item = p.item"
        " ORDER BY 1, 2, 3",
        [files],
    ).fetchnumpy()
    columns = _columns(stored, place, found, keep_repeats=keep_repeats)
    starts = np.zeros(len(columns.items) + 1, np.int64)
    np.cumsum(columns.answers_per_item, out=starts[1:])
    for name, values in (("starts", starts), ("annotator", columns.annotator), ("label", columns.label)):
        np.save(stored.folder / f"{name}-{place:05d}.npy", values.astype(np.int32 if name != "starts" else np.int64))
    for each in files:
        Path(each).unlink()


def _name_items(connection: Any, stored: Stored, place: int, files: list[str]) -> None:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE item_name AS SELECT item, CAST(row_number() OVER (ORDER BY item) - 1 AS INTEGER)"
        " AS code FROM (SELECT DISTINCT item FROM read_parquet(?))",
        [files],
    )
    into = str(stored.folder / f"names-{place:05d}.parquet").replace("'", "''")
    connection.execute(f"COPY (SELECT item, code FROM item_name) TO '{into}' (FORMAT parquet)")  # noqa: S608 - a path of ours
    described: list[Any] = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [files]).fetchall()
    if any(row[0] == "gold" for row in described):
        _store_gold(connection, stored, place, files)


def _store_gold(connection: Any, stored: Stored, place: int, files: list[str]) -> None:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE item_gold AS SELECT DISTINCT item, gold FROM read_parquet(?)"
        " WHERE gold IS NOT NULL",
        [files],
    )
    twice = connection.execute("SELECT item FROM item_gold GROUP BY item HAVING count(*) > 1 LIMIT 1").fetchone()
    if twice is not None:
        raise ContradictingGold(item=str(twice[0])[:80])
    into = str(stored.folder / f"gold-{place:05d}.parquet").replace("'", "''")
    connection.execute(f"COPY (SELECT item, gold FROM item_gold ORDER BY item) TO '{into}' (FORMAT parquet)")  # noqa: S608 - a path of ours


def _columns(stored: Stored, place: int, found: dict[str, Any], *, keep_repeats: bool) -> Columns:
    named = {"annotators": stored.annotator_names, "labels": stored.labels}
    try:
        return from_codes(found["item"], found["annotator"], found["label"], **named, keep_repeats=keep_repeats)
    except ContradictingAnswers as refusal:
        item = stored.item_names(place)[int(str(refusal.details["item"]))]
        raise ContradictingAnswers(**{**refusal.details, "item": str(item)}) from refusal
