"""What `agreement` and `consensus` share: a file of answers, read as its size and the engine ask."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from guiju.kit import N_

if TYPE_CHECKING:  # NumPy and DuckDB, which only these two commands need
    from guiju.bulk.engines import OnCluster
    from guiju.bulk.files import AnswerFile, Picks
    from guiju.bulk.marks import OutlineLines, SpanLines
    from guiju.bulk.shards import OneByOne
    from guiju.stats.columns import Columns

IN_MEMORY = 20_000_000
AGAIN = N_("{n} answers are further answers of one annotator to one item; each counts as if it were somebody else’s.")


class Engine(StrEnum):
    """What carries the work."""

    LOCAL = "local"
    RAY = "ray"


class Repeats(StrEnum):
    """What becomes of an annotator's further answers to an item."""

    KEEP = "keep"
    REFUSE = "refuse"


File = Annotated[
    Path,
    typer.Argument(
        help="CSV or Parquet, or a folder of Parquet files: one row an answer; or JSON lines of spans or outlines, one"
        " item a line."
    ),
]
Named = Annotated[
    str, typer.Option("--columns", metavar="A,B,…", help="Names of the columns, for a file without a header.")
]
Item = Annotated[str, typer.Option("--item", metavar="C", help="The item’s column, or several as a+b (default: item).")]
Annotator = Annotated[str, typer.Option("--annotator", metavar="C", help="The annotator’s column.")]
Label = Annotated[str, typer.Option("--label", metavar="C", help="The label’s column (default: label).")]
Wide = Annotated[
    str,
    typer.Option("--wide", metavar="A,B,…", help="For one item a row: the columns with an annotator’s labels each."),
]
Times = Annotated[str, typer.Option("--times", metavar="C", help="With --wide: how many items the row stands for.")]
Skip = Annotated[int, typer.Option("--skip", min=0, help="How many lines of a text file come before the table.")]
By = Annotated[Engine, typer.Option("--engine", help="This machine alone, or a Ray cluster (RAY_ADDRESS).")]
Again = Annotated[
    Repeats, typer.Option("--repeats", help="An annotator’s further answers to an item: count each, or refuse them.")
]
Scratch = Annotated[
    Path | None,
    typer.Option(help="Where shards are written for a while; with a cluster, a folder that all its machines see."),
]


def picks(
    *,
    columns: str = "",
    item: str = "",
    annotator: str = "",
    label: str = "",
    gold: str = "",
    wide: str = "",
    times: str = "",
    skip: int = 0,
) -> "Picks":
    """What was said of the columns."""
    from guiju.bulk.files import Picks  # noqa: PLC0415 - DuckDB, which only these commands need

    if times and not wide:
        raise typer.BadParameter("--times goes with --wide")
    return Picks(_listed(columns), item, annotator, label, gold, _listed(wide), times, skip)


def _listed(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())


@contextmanager
def answers(path: Path, told: "Picks", scratch: Path | None) -> Generator[tuple["AnswerFile", Path]]:
    """The file, and a folder of one's own for as long as the command runs."""
    from guiju.bulk.files import open_answers  # noqa: PLC0415 - DuckDB, which only these commands need

    with tempfile.TemporaryDirectory(prefix="guiju-", dir=scratch) as folder:
        yield open_answers(path, told, Path(folder)), Path(folder)


def fits(file: "AnswerFile", engine: Engine) -> bool:
    """Whether the answers are read into memory."""
    from guiju.bulk.shards import count_answers  # noqa: PLC0415 - DuckDB, which only these commands need

    return engine is Engine.LOCAL and count_answers(file) <= IN_MEMORY


def in_memory(file: "AnswerFile", folder: Path, repeats: Repeats) -> "Columns":
    """All of it."""
    from guiju.bulk.columns import read_columns  # noqa: PLC0415 - DuckDB, which only these commands need

    return read_columns(file, folder, keep_repeats=repeats is Repeats.KEEP)


@contextmanager
def in_shards(file: "AnswerFile", folder: Path, repeats: Repeats, engine: Engine) -> Generator["OneByOne | OnCluster"]:
    """Dealt out on disk, on the engine that was asked for."""
    from guiju.bulk.engines import cluster  # noqa: PLC0415 - DuckDB, which only these commands need
    from guiju.bulk.shards import OneByOne, deal_out  # noqa: PLC0415 - as above

    dealt = folder / "shards"
    dealt.mkdir()
    stored = deal_out(file, dealt, keep_repeats=repeats is Repeats.KEEP)
    if engine is Engine.LOCAL:
        yield OneByOne(stored)
        return
    with cluster(stored) as shards:
        yield shards


def repeated(columns: "Columns") -> int:
    """How many answers are an annotator's further ones to an item."""
    same = (columns.item[1:] == columns.item[:-1]) & (columns.annotator[1:] == columns.annotator[:-1])
    return int(same.sum())


def marks_of(file: Path, told: "Picks") -> "SpanLines | OutlineLines | None":
    """What a file of JSON lines holds, or `None` for a table of answers."""
    from guiju.bulk.marks import holds_marks, read_marks  # noqa: PLC0415 - NumPy, which only these commands need

    return read_marks(file, told) if holds_marks(file) else None


def ratings_of(file: Path, told: "Picks") -> "Columns | None":
    """What people said of the items that they outlined, where --label names it in a file of outlines."""
    from guiju.bulk.marks import holds_ratings, read_ratings  # noqa: PLC0415 - NumPy, which only these commands need

    return read_ratings(file, told) if holds_ratings(file, told) else None


def demand_for_marks(name: str, **options: bool) -> None:
    """Raises `NotForMarks` for the first option that was given and says nothing of marks."""
    from guiju.bulk.errors import NotForMarks  # noqa: PLC0415 - NumPy, which only these commands need

    for option, given in options.items():
        if given:
            raise NotForMarks(option=f"--{option}", name=name)


@contextmanager
def laid_down(out: Path) -> Generator[TextIO]:
    """A file that is there whole or not at all: written beside, then put in its place."""
    beside = out.with_name(f".{out.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            yield file
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
