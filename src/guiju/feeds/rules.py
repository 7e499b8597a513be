"""What is decided about feeds: which files are brought now, when to look again, what may be asked. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

import msgspec

from guiju.data.intake.rules import is_safe_path, is_system_file
from guiju.feeds.connections.model import ConnectionKind
from guiju.feeds.errors import BadAsked, BadInterval, FileNameUnfit, FileTooBig, FolderOutside, NotASelect, QueryMissing
from guiju.feeds.model import LEAST_MINUTES, MOST_MINUTES, Asked, FileState, Found, LookPlan, Seen
from guiju.kit import Refusal

MINUTE = 60_000_000
REST = 10_000_000
"""Microseconds until a file that is seen for the first time is looked at again."""
MOST_FAILURES = 5
LARGEST_FILE = 4_000_000_000
_PART = 200
_COMMENT = re.compile(r"\A(?:\s|--[^\n]*(?:\n|\Z)|#[^\n]*(?:\n|\Z)|/\*.*?\*/|\()*", re.DOTALL)
_WORD = re.compile(r"[A-Za-z_]+")
_READS = frozenset({"select", "with", "values", "table"})


def clean_query(query: str) -> str:
    """A query without the semicolon at its end. Raises `QueryMissing`, `NotASelect`.

    What it does is held by the database, in a transaction that only reads; this says early what is meant.
    """
    text = query.strip().rstrip(";").strip()
    if not text or "\0" in text:
        raise QueryMissing
    begun = _COMMENT.match(text)
    word = _WORD.match(text, begun.end() if begun else 0)
    said = word.group(0) if word else text[:12]
    if said.lower() not in _READS:
        raise NotASelect(word=said[:20].upper())
    return text


def clean_folder(folder: str) -> str:
    """A relative folder below what a connection grants; empty for all of it. Raises `FolderOutside`."""
    text = folder.strip().strip("/")
    if text in {"", "."}:
        return ""
    if not is_safe_path(text):
        raise FolderOutside(folder=folder[:200])
    return PurePosixPath(text).as_posix()


def check_asked(kind: ConnectionKind, asked: Asked) -> Asked:
    """What a connection of this kind can be asked. Raises `QueryMissing`, `NotASelect`, `FolderOutside`."""
    if kind.is_database:
        return msgspec.structs.replace(asked, query=clean_query(asked.query), folder="")
    return msgspec.structs.replace(asked, query="", folder=clean_folder(asked.folder))


def asked_of(said: Mapping[str, object]) -> Asked:
    """What is asked, from a form or a request. Raises `BadAsked`."""
    try:
        return msgspec.convert(said, Asked, strict=False)
    except msgspec.ValidationError as error:
        raise BadAsked(reason=str(error)[:200]) from error


def check_every(said: object) -> int | None:
    """Minutes between two looks; `None` for by hand. Raises `BadInterval`."""
    text = str(said if said is not None else "").strip()
    if not text or text == "0":
        return None
    if not (text.isdecimal() and len(text) < 8 and LEAST_MINUTES <= int(text) <= MOST_MINUTES):
        raise BadInterval(minutes=text[:20], low=LEAST_MINUTES, high=MOST_MINUTES)
    return int(text)


def find_unfit(name: str, size: int) -> Refusal | None:
    """Why a file cannot be brought under its own name, or at all."""
    parts = PurePosixPath(name).parts
    if not is_safe_path(name) or len(name) > 1_000 or any(len(part.encode()) > _PART for part in parts):
        return FileNameUnfit()
    return FileTooBig(size=f"{size:,}", limit=f"{LARGEST_FILE:,}") if size > LARGEST_FILE else None


def is_meant(name: str) -> bool:
    """Not what systems leave behind, nor what stands hidden or half-written."""
    return not (
        is_system_file(name)
        or name.endswith((".part", ".tmp", ".crdownload", "~"))
        or any(part.startswith(".") for part in PurePosixPath(name).parts)
    )


def plan_look(found: Iterable[Found], seen: Mapping[str, Seen], *, must_rest: bool) -> LookPlan:
    """Which files are brought now.

    One that was brought, or was refused, is left alone until its sign changes. With `must_rest` a file waits until two
    looks found it alike: what is still being written is not read.
    """
    take: list[Seen] = []
    rest: list[Seen] = []
    for one in found:
        before = seen.get(one.name)
        same = before is not None and before.sign == one.sign
        if same and before is not None and before.state is not FileState.WAITING:
            continue
        changed = before is not None and (before.changed or (before.state is not FileState.WAITING and not same))
        now = Seen(one.name, one.sign, one.size, FileState.WAITING, changed, fault=one.fault)
        if one.fault is not None:
            rest.append(msgspec.structs.replace(now, state=FileState.FAILED))
        elif must_rest and not same:
            rest.append(now)
        else:
            take.append(now)
    waiting = sum(one.state is FileState.WAITING for one in rest)
    return LookPlan(take, rest, waiting, sum(one.size for one in take))


def next_look(now: int, every: int | None, *, waiting: bool, failures: int) -> int | None:
    """When to look again: soon where files come to rest, later and later where it fails, at last not at all."""
    if failures >= MOST_FAILURES:
        return None
    if failures:
        return now + (every * MINUTE << failures) if every else None
    if waiting:
        return now + min(every * MINUTE if every else REST, REST)
    return now + every * MINUTE if every else None


def columns_named(names: Sequence[str | None]) -> list[str]:
    """A query's columns, each with a name: one that has none is called by its place."""
    return [name.strip() if name and name.strip() else f"column {place}" for place, name in enumerate(names, 1)]
