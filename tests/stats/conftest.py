"""Published vectors and real crowds, read where they lie beside the project."""

import csv
import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from guiju.stats.columns import Columns, encode
from tests.stats.published import shared


@pytest.fixture(scope="session")
def vector() -> Callable[[str], Any]:
    """The published example of that id."""
    known = {one["id"]: one for one in json.loads(shared("vectors/vectors.json").read_text())}
    return lambda name: known[name]


class Crowd(NamedTuple):
    columns: Columns
    gold: dict[Any, Any]


Row = tuple[str, str, str, str]


def _rows(name: str) -> list[Row]:
    """(annotator, item, label, gold) of a real crowd."""
    if name == "bluebirds":
        truth = {row[0]: row[1] for row in _read("data/bluebirds/truth.csv", ",")[1:]}
        return [(a, i, label, truth[i]) for a, i, label in _read("data/bluebirds/answers.csv", ",")[1:]]
    if name in ("rte", "temp", "wsd"):
        return [(r[1], r[2], r[3], r[4]) for r in _read(f"data/snow2008/{name}.standardized.tsv", "\t")[1:]]
    return [(r[0], r[1], r[2], r[3]) for r in _read(f"data/activecrowd/{name}.csv", ",")]


def _read(path: str, delimiter: str) -> list[list[str]]:
    with shared(path).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


@pytest.fixture(scope="session")
def crowd() -> Callable[[str], Crowd]:
    def read(name: str) -> Crowd:
        rows = _rows(name)
        columns = encode([r[1] for r in rows], [r[0] for r in rows], [r[2] for r in rows], keep_repeats=True)
        return Crowd(columns, {r[1]: r[3] for r in rows})

    return read
