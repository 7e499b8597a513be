"""What a record would become, in few words; the fingerprint of columns; a mapping from a form or a document. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from guiju.data.intake.comparisons import read_comparison
from guiju.data.intake.dialogues import read_dialogue
from guiju.data.intake.errors import NameTooLong, TextUndecodable
from guiju.data.intake.model import (
    NAME_CHARACTERS,
    Changed,
    Columns,
    ComparisonRecord,
    DialogueRecord,
    Record,
    RefusedRecord,
    Take,
    TextRecord,
    Unit,
)
from guiju.data.intake.rules import find_text_fault
from guiju.data.mapping.errors import MappingUnreadable
from guiju.data.mapping.model import EXCERPT, Line, SeenRecord, Told
from guiju.data.model import Media
from guiju.kit import Refusal

_LINES = 6
_META = 12


def told_of(refusal: Refusal) -> Told:
    details = {name: str(value) for name, value in refusal.details.items()}
    return Told(refusal.code, refusal.sentence, refusal.next_step, details)


def try_record(record: Record) -> SeenRecord | None:
    """What a written record would become; `None` of pictures and sounds, which must be read."""
    if isinstance(record, RefusedRecord):
        return SeenRecord(record.position, record.name[:EXCERPT], refusal=told_of(record.refusal))
    if isinstance(record, TextRecord):
        return _text(record)
    if isinstance(record, DialogueRecord):
        turns = read_dialogue(record.body)
        lines = [Line(turn.speaker, turn.text[:EXCERPT]) for turn in turns[:_LINES]]
        return _document(record, Media.DIALOGUE, "", lines, len(turns))
    if isinstance(record, ComparisonRecord):
        told = read_comparison(record.body)
        lines = [Line(answer.name or "", answer.text[:EXCERPT]) for answer in told.answers[:_LINES]]
        return _document(record, Media.COMPARISON, told.prompt, lines, len(told.answers))
    return None


def _text(record: TextRecord) -> SeenRecord:
    fault: Refusal | None = find_text_fault(record)
    if fault is None and not _is_whole(record):
        fault = TextUndecodable(encoding=record.encoding)
    if fault is not None:
        return SeenRecord(record.position, _plain(record.name[:EXCERPT]), refusal=told_of(fault))
    return SeenRecord(record.position, record.name, Media.TEXT, record.text[:EXCERPT], meta=_meta(record.meta))


def _is_whole(record: TextRecord) -> bool:
    try:
        f"{record.name}{record.text}".encode()
    except UnicodeEncodeError:
        return False
    return not (record.encoding.startswith("utf-16") and "\ufffd" in record.text)


def _document(
    record: DialogueRecord | ComparisonRecord, media: Media, prompt: str, lines: list[Line], count: int
) -> SeenRecord:
    if len(record.name) > NAME_CHARACTERS:
        return SeenRecord(record.position, record.name[:EXCERPT], refusal=told_of(NameTooLong(limit=NAME_CHARACTERS)))
    more = max(count - len(lines), 0)
    return SeenRecord(
        record.position, _plain(record.name), media, prompt[:EXCERPT], lines, more, meta=_meta(record.meta)
    )


def _plain(name: str) -> str:
    return name.encode("utf-8", errors="replace").decode()


def _meta(meta: str | None) -> dict[str, str]:
    told: dict[str, Any] = msgspec.json.decode(meta) if meta else {}
    return {key: str(value)[:80] for key, value in list(told.items())[:_META]}


def columns_of(said: Mapping[str, Any]) -> Columns:
    """A mapping from a document or a request. Raises `MappingUnreadable`."""
    try:
        return msgspec.convert(said, Columns)
    except msgspec.ValidationError as error:
        raise MappingUnreadable(reason=str(error)[:200]) from error


_NAMED = ("text", "name", "session", "speaker", "time", "prompt", "sheet", "records", "encoding")
_SIGNS = {"tab": "\t", "comma": ",", "semicolon": ";", "bar": "|"}


def columns_of_form(form: Mapping[str, str], answers: Sequence[str]) -> Columns:
    """A mapping from a page's form, whose empty fields mean: find it out. Raises `MappingUnreadable`."""
    said: dict[str, Any] = {name: form[name].strip() for name in _NAMED if form.get(name, "").strip()}
    media, unit, changed = form.get("media", ""), form.get("unit", ""), form.get("changed", "")
    if form.get("take", "") in set(Take):
        said["take"] = form["take"]
    if media in set(Media):
        said["media"] = media
    if unit in set(Unit):
        said["unit"] = unit
    if changed in set(Changed):
        said["changed"] = changed
    if form.get("delimiter") in _SIGNS:
        said["delimiter"] = _SIGNS[form["delimiter"]]
    skip = form.get("skip", "").strip()
    said["skip"] = int(skip) if skip.isdecimal() and len(skip) < 8 else 0
    said["header"] = form.get("header", "yes") != "no"
    if media == Media.COMPARISON:
        said["answers"] = [one for one in answers if one.strip()]
    return columns_of(_fitting(said))


def _fitting(said: dict[str, Any]) -> dict[str, Any]:
    """Without the columns of another medium than the one that was chosen."""
    media = said.get("media")
    gone: tuple[str, ...] = ()
    if media == Media.TEXT:
        gone = ("session", "speaker", "time", "prompt")
    elif media == Media.DIALOGUE:
        gone = ("prompt",)
    elif media == Media.COMPARISON:
        gone = ("session", "speaker", "time", "text")
    return {name: value for name, value in said.items() if name not in gone}
