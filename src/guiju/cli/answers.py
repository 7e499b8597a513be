"""What `agreement` and `consensus` share: a file of answers, read as its size and the engine ask."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guiju.kit import N_

if TYPE_CHECKING:  # NumPy and DuckDB, which only these two commands need
    from guiju.bulk.engines import OnCluster
    from guiju.bulk.files import AnswerFile, Picks
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


File = Annotated[Path, typer.Argument(help="CSV or Parquet, or a folder of Parquet files: one row an answer.")]
Named = Annotated[
    str, typer.Option("--columns", metavar="A,B,…", help="Names of the columns, for a file without a header.")
]
Item = Annotated[str, typer.Option("--item", metavar="C", help="The item’s column, or several as a+b (default: item).")]
Annotator = Annotated[str, typer.Option("--annotator", metavar="C", help="The annotator’s column.")]
Label = Annotated[str, typer.Option("--label", metavar="C", help="The label’s column (default: label).")]
By = Annotated[Engine, typer.Option("--engine", help="This machine alone, or a Ray cluster (RAY_ADDRESS).")]
Again = Annotated[
    Repeats, typer.Option("--repeats", help="An annotator’s further answers to an item: count each, or refuse them.")
]
Scratch = Annotated[
    Path | None,
    typer.Option(help="Where shards are written for a while; with a cluster, a folder that all its machines see."),
]


def picks(columns: str, item: str, annotator: str, label: str, gold: str = "") -> "Picks":
    """What was said of the columns."""
    from guiju.bulk.files import Picks  # noqa: PLC0415 - DuckDB, which only these commands need

    return Picks(tuple(name.strip() for name in columns.split(",") if name.strip()), item, annotator, label, gold)


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
