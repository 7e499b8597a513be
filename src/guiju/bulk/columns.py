"""Answers that fit in memory: a file as columns, and its known right answers."""

from collections.abc import Hashable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from guiju.bulk.coding import distinct, keep_codes
from guiju.bulk.errors import ContradictingGold
from guiju.bulk.files import AnswerFile, engine, open_known, readable
from guiju.stats.columns import Columns, from_codes
from guiju.stats.errors import NamelessAnswer


def read_columns(file: AnswerFile, scratch: Path, *, keep_repeats: bool = False) -> Columns:
    """All answers of the file. Raises `AnswersUnreadable`, `NamelessAnswer`, `ContradictingAnswers`."""
    with engine(scratch) as connection:
        with readable(file.name):
            given = file.select("item", "annotator", "label")
            connection.execute(f"CREATE TEMP TABLE answers AS {given}", file.arguments)
        here = AnswerFile(file.name, (), "answers", "item", "annotator", "label")
        demand_named(connection, here)
        names = {column: distinct(connection, here, column) for column in ("item", "annotator", "label")}
        for column, values in names.items():
            keep_codes(connection, f"{column}_code", values)
        found = connection.execute(
            "SELECT i.code AS item, a.code AS annotator, l.code AS label FROM answers"
            " JOIN item_code i ON i.value = answers.item JOIN annotator_code a ON a.value = answers.annotator"
            " JOIN label_code l ON l.value = answers.label ORDER BY 1, 2, 3"
        ).fetchnumpy()
    named = {"items": names["item"], "annotators": names["annotator"], "labels": names["label"]}
    return from_codes(found["item"], found["annotator"], found["label"], **named, keep_repeats=keep_repeats)


def as_sets(columns: Columns, sign: str = "|") -> Columns:
    """Labels that name several at once (`a|b`) as sets: tuples in order, so that `b|a` is the same answer."""
    sets = [tuple(sorted({part.strip() for part in str(label).split(sign)} - {""})) for label in columns.labels]
    names = sorted(set(sets))
    place = {name: code for code, name in enumerate(names)}
    code = np.array([place[one] for one in sets], np.int32)[columns.label] if sets else columns.label
    return replace(columns, labels=tuple(names), label=code)


def read_gold(file: AnswerFile) -> dict[Hashable, Hashable]:
    """The known right answers: item to label; empty where the file has no such column. Raises `ContradictingGold`."""
    if file.gold is None:
        return {}
    query = f"SELECT DISTINCT item, gold FROM ({file.select('item', 'gold')}) WHERE gold IS NOT NULL"  # noqa: S608 - names of ours
    with engine() as connection, readable(file.name):
        rows: list[tuple[Any, Any]] = connection.execute(query, file.arguments).fetchall()
    gold = dict(rows)
    if len(gold) < len(rows):
        seen = set[Any]()
        twice = next(item for item, _ in rows if item in seen or seen.add(item))
        raise ContradictingGold(item=str(twice)[:80])
    return gold


def read_gold_apart(path: Path) -> dict[Hashable, Hashable]:
    """The known right answers of a file that has nothing else. Raises `AnswerColumnMissing`, `ContradictingGold`."""
    with TemporaryDirectory(prefix="guiju-") as folder:
        return read_gold(open_known(path, Path(folder)))


def demand_named(connection: Any, file: AnswerFile) -> None:
    """Raises `NamelessAnswer` when an answer has no item or no annotator."""
    query = (
        f"SELECT count(*) FROM ({file.select('item', 'annotator', 'label')}) WHERE item IS NULL OR annotator IS NULL"  # noqa: S608 - names of ours
    )
    with readable(file.name):
        nameless = int(connection.execute(query, file.arguments).fetchone()[0])
    if nameless:
        raise NamelessAnswer(rows=nameless)
