"""What is decided about records: which columns are meant, what is refused, what is a duplicate. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import PurePosixPath

from guiju.data.intake import errors
from guiju.data.intake.model import (
    NAME_CHARACTERS,
    TEXT_CHARACTERS,
    Candidate,
    Change,
    Changed,
    ChunkPlan,
    Columns,
    Earlier,
    Known,
    RefusedRecord,
    TextRecord,
)
from guiju.data.model import Leftover
from guiju.kit import Refusal, Words

TEXT_NAMES = (
    "text",
    "文本",
    "content",
    "内容",
    "sentence",
    "句子",
    "message",
    "消息",
    "utterance",
    "query",
    "question",
    "话术",
    "正文",
)
NAME_NAMES = ("name", "名称", "id", "编号", "item", "文件名", "key", "uuid")
DELIMITERS = ",\t;|"
MAX_RATIO = 200
RATIO_MATTERS_FROM = 10_000_000
_DRIVE = re.compile(r"^[A-Za-z]:")


def _kinds(base: type[Refusal]) -> Iterator[type[Refusal]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _kinds(kind)


@cache
def _by_code() -> dict[str, type[Refusal]]:
    return {kind.code: kind for base in (errors.ImportRefused, errors.RecordRefused) for kind in _kinds(base)}


def reason_of(leftover: Leftover, words: Words) -> tuple[str, str]:
    """Why a record was not taken, and what to do next. A code that is not known any more is told in general words."""
    kind = _by_code().get(leftover.code, errors.RecordRefused)
    return words(kind.sentence, **leftover.details), words(kind.next_step, **leftover.details)


def decide_columns(file: str, found: Sequence[str], wanted: Columns) -> tuple[str, str | None]:
    """The columns of the text and of the name. Raises `ColumnMissing`, `TextColumnUnclear`."""
    return _text_column(file, found, wanted.text), _name_column(file, found, wanted.name)


def _text_column(file: str, found: Sequence[str], wanted: str | None) -> str:
    if wanted is not None:
        return demand_column(file, found, wanted)
    guessed = _first_of(TEXT_NAMES, found)
    if guessed is None and len(found) == 1:
        return found[0]
    if guessed is None:
        raise errors.TextColumnUnclear(name=file, found=", ".join(found)[:500])
    return guessed


def find_name_column(file: str, found: Sequence[str], wanted: Columns) -> str | None:
    """The column of the name, if there is one. Raises `ColumnMissing`."""
    return _name_column(file, found, wanted.name)


def _name_column(file: str, found: Sequence[str], wanted: str | None) -> str | None:
    return _first_of(NAME_NAMES, found) if wanted is None else demand_column(file, found, wanted)


def demand_column(file: str, found: Sequence[str], wanted: str) -> str:
    """Raises `ColumnMissing`."""
    if wanted not in found:
        raise errors.ColumnMissing(name=file, column=wanted, found=", ".join(found)[:500])
    return wanted


def _first_of(names: Sequence[str], found: Sequence[str]) -> str | None:
    lowered = {column.strip().lower(): column for column in reversed(found)}
    return next((lowered[name] for name in names if name in lowered), None)


def decide_delimiter(header: str, suffix: str) -> str:
    """The separator that stands most often in the first line outside of quotes; a tab in a .tsv."""
    if suffix in {".tsv", ".tab"}:
        return "\t"
    bare = re.sub(r'"[^"]*"', "", header)
    return max(DELIMITERS, key=lambda sign: (bare.count(sign), -DELIMITERS.index(sign)))


def find_text_fault(record: TextRecord) -> errors.RecordRefused | None:
    """Why a text cannot be taken, or `None`. Bytes that are no characters are found where it is encoded."""
    text = record.text
    if not text or text.isspace():
        return errors.TextEmpty()
    if len(text) > TEXT_CHARACTERS:
        return errors.TextTooLong(limit=f"{TEXT_CHARACTERS:,}")
    if len(record.name) > NAME_CHARACTERS:
        return errors.NameTooLong(limit=NAME_CHARACTERS)
    if "\0" in text or "\0" in record.name:
        return errors.TextUndecodable(encoding=record.encoding)
    return None


def is_safe_path(name: str) -> bool:
    """Whether an archive's path stays inside: relative, without `..`, drive letter or backslash."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not (
        name.startswith("/") or "\\" in name or ".." in parts or _DRIVE.match(name) or "\0" in name
    )


def is_system_file(name: str) -> bool:
    """What operating systems leave among files, and nobody means to import."""
    path = PurePosixPath(name)
    return (
        path.parts[:1] == ("__MACOSX",)
        or path.name in {".DS_Store", "Thumbs.db", "desktop.ini"}
        or path.name.startswith("._")
    )


def is_bomb(size: int, packed: int) -> bool:
    """Whether an archive's entry unpacks to far more than pictures do."""
    return size > RATIO_MATTERS_FROM and size > MAX_RATIO * max(packed, 1)


def plan_chunk(
    candidates: Sequence[Candidate],
    refused: Sequence[RefusedRecord],
    known: Mapping[str, Known],
    earlier: Mapping[str, Earlier] | None = None,
    changed: Changed = Changed.BOTH,
) -> ChunkPlan:
    """Take the first record of each content that the project does not have; name a reason for every other one.

    `earlier` are the items that records of the same names were before; `changed` says what becomes of such a record.
    """
    first: dict[str, Candidate] = {}
    duplicates: list[RefusedRecord] = []
    kept: list[RefusedRecord] = []
    changes: list[Change] = []
    for candidate in candidates:
        content = candidate.item.hash
        before = earlier.get(candidate.item.name) if earlier and candidate.keyed else None
        if (held := known.get(content)) is not None:
            returns = held.is_past and before is not None and before.hash != content and changed is Changed.REPLACE
            duplicates.append(_duplicate(candidate, held, returns=returns))
            if returns and before is not None:
                changes.append(Change(before.id, candidate.item.name, before.hash, content))
        elif (same := first.get(content)) is not None:
            duplicates.append(_duplicate(candidate, Known(same.item.name, staging=False)))
        elif before is not None and changed is Changed.REFUSE:
            kept.append(_changed(candidate, before))
        else:
            first[content] = candidate
            if before is not None and changed is Changed.REPLACE:
                changes.append(Change(before.id, candidate.item.name, before.hash, content))
    left = [*duplicates, *kept, *refused]
    if duplicates or kept:
        left.sort(key=lambda record: record.position)
    items = [candidate.item for candidate in first.values()]
    return ChunkPlan(items, left, len(duplicates), len(refused) + len(kept), changes)


def _changed(candidate: Candidate, before: Earlier) -> RefusedRecord:
    item = candidate.item
    refusal = errors.ChangedSince(of=item.name, old=before.hash[:12], new=item.hash[:12])
    return RefusedRecord(candidate.position, item.name, refusal)


def _duplicate(candidate: Candidate, held: Known, *, returns: bool = False) -> RefusedRecord:
    if returns:
        return RefusedRecord(candidate.position, candidate.item.name, errors.RecordReturned(of=held.name))
    refusal = errors.DuplicateInImport(of=held.name) if held.staging else errors.DuplicateRecord(of=held.name)
    return RefusedRecord(candidate.position, candidate.item.name, refusal)
