"""What wells give, whatever they are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.feeds.model import Found

BATCH = 2_000
CONNECT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """Rows at most, and seconds that a query may take."""

    rows: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A query's columns as the database calls them, and its rows in batches, in the order in which they come.

    Reading the batches raises `WellFailed`: what was given until then is the caller's to drop.
    """

    columns: list[str | None]
    batches: Iterator[Sequence[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Files:
    """`walk` lists files with their signs; `copy` writes one to a path, or raises `ChangedWhileRead`, `WellFailed`.

    `must_rest`: whether a file can be seen while somebody still writes it.
    """

    walk: Callable[[], Iterator[Found]]
    copy: Callable[[Found, Path], None]
    must_rest: bool
