"""JSON: one object a line, or one file with an array of objects somewhere in it."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, cast

import msgspec

from guiju.data.intake import errors
from guiju.data.intake.layouts import name_columns
from guiju.data.intake.model import TEXT_CHARACTERS, Columns
from guiju.data.readers.encodings import LINE_CHARACTERS, find_encoding, text_lines
from guiju.data.readers.errors import JsonTooLarge, JsonUnreadable, RecordsNotFound
from guiju.data.readers.table import SAMPLE, Entry, Looked

MAX_JSON = 500_000_000
_decode = msgspec.json.Decoder().decode
_LOOK = 1_000


def look_at_jsonl(path: Path, name: str, columns: Columns) -> Looked:
    """Look at the first lines' keys. Raises `EncodingUnknown`, `NothingToImport`, `TooManyColumns`."""
    written = find_encoding(path, name, columns.encoding)
    return look_at_entries(name, written.lines, written.encoding, partial(_entries, path, written.encoding))


def look_at_json(path: Path, name: str, columns: Columns) -> Looked:
    """A whole file of JSON: the array of objects at `columns.records` (`data.rows`), or the first that is found.

    Raises `JsonUnreadable`, `JsonTooLarge`, `RecordsNotFound`, `NothingToImport`.
    """
    written = find_encoding(path, name, columns.encoding)
    if path.stat().st_size > MAX_JSON:
        raise JsonTooLarge(name=name, limit=f"{MAX_JSON:,}")
    whole = _whole(path, written.encoding)
    if whole is None:
        if _is_lines(path, written.encoding):
            return look_at_jsonl(path, name, columns)
        raise JsonUnreadable(name=name)
    rows = _rows(name, whole, columns.records)
    return look_at_entries(name, len(rows), written.encoding, lambda: _numbered(rows))


def _whole(path: Path, encoding: str) -> Any:
    """What the file says, or `None` where it is not one document of JSON."""
    try:
        return _decode(path.read_bytes().decode(encoding))
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def _is_lines(path: Path, encoding: str) -> bool:
    """Whether it is JSON Lines under the name of JSON."""
    first = next((line for line in text_lines(path, encoding, newline=None) if line.strip()), "")
    return _object(first) is not None


def _rows(name: str, whole: Any, wanted: str | None) -> list[Any]:
    value: Any = whole
    for step in wanted.split(".") if wanted else ():
        value = cast("dict[str, Any]", value).get(step) if isinstance(value, dict) else None
    found = value if wanted else _first_array(whole)
    if not isinstance(found, list):
        raise RecordsNotFound(name=name, place=wanted or "–")
    if not found:
        raise errors.NothingToImport(name=name)
    return cast("list[Any]", found)


def _first_array(value: Any, depth: int = 6) -> list[Any] | None:
    """The value itself, or the first array of objects under it, the nearest first."""
    if isinstance(value, list):
        return cast("list[Any]", value)
    if not isinstance(value, dict) or not depth:
        return None
    inside = list(cast("dict[str, Any]", value).values())
    lists = [cast("list[Any]", one) for one in inside if isinstance(one, list)]
    near = next((one for one in lists if one and isinstance(one[0], dict)), None)
    deeper = (_first_array(one, depth - 1) for one in inside if isinstance(one, dict))
    return near if near is not None else next((one for one in deeper if one is not None), None)


def _numbered(rows: list[Any]) -> Iterator[Entry]:
    for number, row in enumerate(rows, 1):
        yield Entry(number, dict(cast("dict[str, Any]", row)) if isinstance(row, dict) else errors.LineBroken())


def look_at_entries(name: str, total: int, encoding: str, entries: Callable[[], Iterator[Entry]]) -> Looked:
    """The columns that the first records have. Raises `NothingToImport`, `TooManyColumns`."""
    found: dict[str, None] = {}
    lists: set[str] = set()
    sample: list[dict[str, Any]] = []
    for entry in islice(entries(), _LOOK):
        values = entry.values if isinstance(entry.values, dict) else {}
        found.update(dict.fromkeys(values))
        lists.update(key for key, value in values.items() if isinstance(value, list))
        if values and len(sample) < SAMPLE:
            sample.append(values)
    if not found:
        raise errors.NothingToImport(name=name)
    name_columns(name, list(found))
    shown = [[_shown(row.get(column)) for column in found] for row in sample]
    return Looked(name, list(found), total, encoding, shown, entries, frozenset(lists))


def _shown(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return msgspec.json.encode(value, enc_hook=str).decode("utf-8", errors="replace")


def _entries(path: Path, encoding: str) -> Iterator[Entry]:
    for number, line in _lines(path, encoding):
        if line is None:
            yield Entry(number, errors.TextTooLong(limit=f"{TEXT_CHARACTERS:,}"))
        else:
            yield Entry(number, _object(line) or _fault_of(line, encoding))


def _lines(path: Path, encoding: str) -> Iterator[tuple[int, str | None]]:
    """Numbered lines that are not blank; `None` for one that is too long to be read."""
    number, inside = 0, False
    for line in text_lines(path, encoding, newline=None):
        whole = line.endswith("\n") or len(line) < LINE_CHARACTERS
        if not inside:
            number += 1
            if not line.isspace():
                yield number, line if whole else None
        inside = not whole


def _object(line: str) -> dict[str, Any] | None:
    try:
        value = _decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return cast(dict[str, Any], value) if isinstance(value, dict) else None


def _fault_of(line: str, encoding: str) -> errors.RecordRefused:
    """Broken JSON, or bytes that are no characters."""
    try:
        line.encode()
    except UnicodeEncodeError:
        return errors.TextUndecodable(encoding=encoding)
    return errors.LineBroken()
