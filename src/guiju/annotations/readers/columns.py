"""Parquet and Arrow as a delivery writes them: a row an item, all its answers as JSON in the column `answers`.

The other columns have the names of the members of a delivered line (`name`, `text`, `annotator`, `confidence` …).
"""

from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from guiju.annotations.imports.errors import MarkUnreadable, WorkNeedsExtra, WorkUnreadable
from guiju.annotations.imports.model import ImportOptions, Opened, Read, RefusedMark
from guiju.annotations.readers.lines import read_line
from guiju.data.intake.model import Columns
from guiju.data.readers.errors import ParquetUnreadable
from guiju.data.readers.parquet import look_at_parquet
from guiju.kit import Refusal

ANSWERS = "answers"
COLUMNS = ("name", "text", "media", "annotator", "confidence", "seconds", "at")
AS_JSON = (ANSWERS, "scores")
_ROWS = 1_000
_Values: TypeAlias = Mapping[str, Any] | Refusal


def open_parquet(path: Path, name: str, options: ImportOptions) -> Opened:
    """Look at the columns. Raises `WorkUnreadable`."""
    try:
        looked = look_at_parquet(path, name, Columns())
    except ParquetUnreadable as error:
        raise WorkUnreadable(name=name, format="parquet", reason="it is damaged, or no Parquet") from error
    _demand_answers(looked.header, name, "parquet")
    rows = looked.entries
    return _opened(looked.total, lambda: ((one.number, one.values) for one in rows()), options)


def open_arrow(path: Path, name: str, options: ImportOptions) -> Opened:
    """Look at the columns. Raises `WorkUnreadable`, and `WorkNeedsExtra` where pyarrow is not installed."""
    if find_spec("pyarrow") is None:
        raise WorkNeedsExtra(name=name, extra="arrow")
    import pyarrow as pa  # noqa: PLC0415 - an extra, 100 MB that only this format costs

    arrow: Any = pa
    try:
        with arrow.memory_map(str(path)) as file, arrow.ipc.open_file(file) as found:
            names, batches = list(found.schema.names), range(found.num_record_batches)
            total = sum(found.get_batch(number).num_rows for number in batches)
    except (arrow.ArrowException, OSError) as error:
        raise WorkUnreadable(name=name, format="arrow", reason="it is damaged, or no file of Arrow’s") from error
    _demand_answers(names, name, "arrow")
    return _opened(total, lambda: enumerate(_batched(path, names), 1), options)


def _batched(path: Path, names: list[str]) -> Iterator[_Values]:
    import pyarrow as pa  # noqa: PLC0415 - the same

    arrow: Any = pa
    wanted = [name for name in (*COLUMNS, *AS_JSON) if name in names]
    with arrow.memory_map(str(path)) as file, arrow.ipc.open_file(file) as found:
        for number in range(found.num_record_batches):
            batch = found.get_batch(number).select(wanted)
            for start in range(0, batch.num_rows, _ROWS):
                yield from batch.slice(start, _ROWS).to_pylist()


def _demand_answers(names: list[str], name: str, form: str) -> None:
    if ANSWERS not in names:
        raise WorkUnreadable(name=name, format=form, reason="it has no column “answers” with the answers as JSON")


def _opened(total: int, rows: Callable[[], Iterator[tuple[int, _Values]]], options: ImportOptions) -> Opened:
    return Opened(total, lambda: (_read(number, values, options.annotator) for number, values in rows()))


def _read(number: int, values: _Values, maker: str) -> Read:
    if isinstance(values, Refusal):
        return RefusedMark(number, "", "", values.code, values.sentence, dict(values.details))
    plain = {name: values[name] for name in COLUMNS if values.get(name) is not None}
    try:
        told = {name: _as_json(values[name]) for name in AS_JSON if values.get(name) is not None}
        line = msgspec.json.encode({**plain, **told})
    except (TypeError, ValueError) as error:
        details: dict[str, object] = {"reason": str(error).rstrip(".")[:200]}
        return RefusedMark(number, "", "", MarkUnreadable.code, MarkUnreadable.sentence, details)
    return read_line(number, line, maker)


def _as_json(cell: Any) -> Any:
    """Text that is JSON already as it stands; what another program made of it, a struct, as what it is."""
    return msgspec.Raw(cell.encode()) if isinstance(cell, str) else cell
