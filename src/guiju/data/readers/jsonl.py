"""JSONL: one JSON object a line."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, cast

import msgspec

from guiju.data.intake import errors
from guiju.data.intake.comparisons import Layout, compared_or_refused, find_layout
from guiju.data.intake.dialogues import About, find_list, listed_or_refused
from guiju.data.intake.model import TEXT_CHARACTERS, Columns, Record, RefusedRecord, TextRecord
from guiju.data.intake.rules import decide_columns, find_name_column
from guiju.data.readers.encodings import LINE_CHARACTERS, find_encoding, text_lines
from guiju.data.readers.table import TextTable, meta_of

_decode = msgspec.json.Decoder().decode
_LOOK = 1_000


def open_jsonl(path: Path, name: str, columns: Columns) -> TextTable:
    """Look at the first lines' keys. Raises `NothingToImport`, `ColumnMissing`, `TextColumnUnclear`."""
    written = find_encoding(path, name)
    found: dict[str, None] = {}
    lists = set[str]()
    for _, line in islice(_lines(path, written.encoding), _LOOK):
        entry = _object(line) or {}
        found.update(dict.fromkeys(entry))
        lists.update(key for key, value in entry.items() if isinstance(value, list))
    if not found:
        raise errors.NothingToImport(name=name)
    file = Path(name).name
    layout = find_layout(list(found), columns, find_name_column(name, list(found), columns), lists)
    if layout is not None:
        return TextTable(written.lines, written.encoding, lambda: _comparisons(path, written.encoding, file, layout))
    talk = find_list(list(found), columns, lists)
    if talk is not None:
        called = find_name_column(name, list(found), columns)
        return TextTable(
            written.lines, written.encoding, lambda: _dialogues(path, written.encoding, file, talk, called)
        )
    text, named = decide_columns(name, list(found), columns)
    return TextTable(written.lines, written.encoding, lambda: _records(path, written.encoding, file, text, named))


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


def _object(line: str | None) -> dict[str, Any] | None:
    try:
        value = _decode(line) if line is not None else None
    except (msgspec.DecodeError, UnicodeError):
        return None
    return cast(dict[str, Any], value) if isinstance(value, dict) else None


def _records(path: Path, encoding: str, file: str, text: str, named: str | None) -> Iterator[Record]:
    for number, line in _lines(path, encoding):
        called = f"{file}:{number}"
        if line is None:
            yield RefusedRecord(number, called, errors.TextTooLong(limit=f"{TEXT_CHARACTERS:,}"))
            continue
        value = _object(line)
        if value is None:
            yield RefusedRecord(number, called, _fault_of(line, encoding))
            continue
        said = value.pop(text, None)
        if not isinstance(said, str):
            yield RefusedRecord(number, called, errors.TextMissing(column=text))
            continue
        name = value.pop(named, None) if named is not None else None
        yield TextRecord(number, str(name) if name not in {None, ""} else called, said, meta_of(value), encoding)


def _comparisons(path: Path, encoding: str, file: str, layout: Layout) -> Iterator[Record]:
    for number, line in _lines(path, encoding):
        called = f"{file}:{number}"
        value = _object(line)
        if line is None or value is None:
            too_long = errors.TextTooLong(limit=f"{TEXT_CHARACTERS:,}")
            yield RefusedRecord(number, called, too_long if line is None else _fault_of(line, encoding))
            continue
        name = value.get(layout.name) if layout.name is not None else None
        meta = meta_of({key: cell for key, cell in value.items() if key not in layout.used})
        about = (number, str(name) if name not in {None, ""} else called, meta, encoding)
        yield compared_or_refused(layout, value, about)


def _dialogues(path: Path, encoding: str, file: str, talk: str, named: str | None) -> Iterator[Record]:
    for number, line in _lines(path, encoding):
        called = f"{file}:{number}"
        value = _object(line)
        if line is None or value is None:
            too_long = errors.TextTooLong(limit=f"{TEXT_CHARACTERS:,}")
            yield RefusedRecord(number, called, too_long if line is None else _fault_of(line, encoding))
            continue
        turns = value.pop(talk, None)
        name = value.pop(named, None) if named is not None else None
        about = About(number, str(name) if name not in {None, ""} else called, meta_of(value), encoding)
        yield listed_or_refused(turns, about)


def _fault_of(line: str, encoding: str) -> errors.RecordRefused:
    """Broken JSON, or bytes that are no characters."""
    try:
        line.encode()
    except UnicodeEncodeError:
        return errors.TextUndecodable(encoding=encoding)
    return errors.LineBroken()
