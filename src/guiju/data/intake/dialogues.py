"""Which columns make a dialogue, and the dialogue that a record or a group of rows makes. Pure.

A dialogue is a list of turns, each with who speaks and what is said. A line of JSON has them in one list (`turns`, or
`messages` with role and content as chat models write them); a table has one row a turn, with a column for the session.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

import msgspec

from guiju.data.intake import errors
from guiju.data.intake.model import TEXT_CHARACTERS, Columns, DialogueRecord, Record, RefusedRecord

MOST_TURNS = 5_000
SPEAKER_CHARACTERS = 60
LISTS = ("turns", "messages", "dialogue", "dialog", "conversation", "conversations", "对话", "消息", "轮次")
_SPEAKERS = ("speaker", "role", "from", "sender", "说话人", "角色", "发送人", "发言人")
_TEXTS = ("text", "content", "value", "message", "utterance", "内容", "文本", "话语", "消息")
_TIMES = ("at", "time", "timestamp", "时间", "发送时间")
_ENGLISH = (
    "session",
    "session_id",
    "dialogue",
    "dialogue_id",
    "dialog_id",
    "conversation",
    "conversation_id",
    "chat_id",
)
_SESSIONS = (*_ENGLISH, "会话", "会话id", "会话编号", "对话", "对话编号")
_CLOCK = re.compile(r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T]?)?(\d{1,2}:\d{1,2}(:\d{1,2}(\.\d+)?)?Z?)?")
_NUMBER = re.compile(r"\d{1,18}(\.\d+)?")
_PIECES = re.compile(r"\d+|\D")
_SIGNS = {"/": "-", ".": "-", "T": " "}
_encode = msgspec.json.Encoder().encode


class Turn(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing said, by whom, and when if that is known (as its file writes it)."""

    speaker: str
    text: str
    at: str | None = None


class Dialogue(msgspec.Struct, frozen=True):
    """The item's content, as it is stored."""

    turns: list[Turn]


_decode = msgspec.json.Decoder(Dialogue).decode


def read_dialogue(body: str) -> list[Turn]:
    """The turns of an item's content."""
    return _decode(body).turns


class About(NamedTuple):
    """Where a dialogue stood: position, name, other columns as JSON, encoding."""

    position: int
    name: str
    meta: str | None
    encoding: str
    keyed: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """The columns of a table with one row a turn."""

    session: str
    speaker: str
    text: str
    at: str | None = None


class Row(NamedTuple):
    """A row of such a table: its number, its cells by column, and why it cannot be read, if so."""

    number: int
    cells: Mapping[str, str]
    refusal: errors.RecordRefused | None = None


def find_list(found: Sequence[str], columns: Columns, lists: Collection[str]) -> str | None:
    """The member that holds the turns, or `None`: also where a text column was asked for."""
    if columns.text is not None:
        return None
    return _first(LISTS, [column for column in found if column in lists])


class Guessed(NamedTuple):
    """The columns that are named like those of a table of turns."""

    session: str | None
    speaker: str | None
    text: str | None
    at: str | None


def guess_spoken(found: Sequence[str]) -> Guessed:
    return Guessed(*(_first(names, found) for names in (_SESSIONS, _SPEAKERS, _TEXTS, _TIMES)))


def find_spoken(found: Sequence[str], columns: Columns) -> Spoken | None:
    """The columns of a table of turns, or `None`: also where a text column was asked for."""
    if columns.text is not None:
        return None
    session, speaker, text, at = guess_spoken(found)
    if session is None or speaker is None or text is None or len({session, speaker, text}) < 3:
        return None
    return Spoken(session, speaker, text, at)


def _first(names: Iterable[str], found: Sequence[str]) -> str | None:
    known = {column.strip().casefold(): column for column in reversed(found)}
    return next((known[name] for name in names if name in known), None)


def listed_or_refused(value: object, about: About) -> Record:
    """The dialogue of a list of turns, or why it is none."""
    entries = cast("list[Any]", value) if isinstance(value, list) else []
    try:
        turns = [_turn(entry, number) for number, entry in enumerate(entries, 1)]
        return _record(turns, about)
    except errors.RecordRefused as refusal:
        return RefusedRecord(about.position, about.name, refusal)


def _turn(entry: object, number: int) -> Turn:
    if not isinstance(entry, Mapping):
        raise errors.TurnUnreadable(turn=number)
    known = {str(key).casefold(): value for key, value in cast("Mapping[Any, Any]", entry).items()}
    speaker, text, at = (_value(names, known) for names in (_SPEAKERS, _TEXTS, _TIMES))
    said = _said(text)
    if not isinstance(speaker, str) or said is None:
        raise errors.TurnUnreadable(turn=number)
    return Turn(speaker.strip(), said, None if at is None else str(at))


def _value(names: Sequence[str], entry: Mapping[str, Any]) -> Any:
    return next((entry[name] for name in names if entry.get(name) is not None), None)


def _said(content: Any) -> str | None:
    """A text, or a list of text pieces as chat models write them; pictures and calls are no text."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return None
    pieces = [
        cast("Any", piece).get("text") if isinstance(piece, dict) else None for piece in cast("list[Any]", content)
    ]
    return "".join(cast("list[str]", pieces)) if all(isinstance(piece, str) for piece in pieces) else None


def grouped(rows: Iterable[Row], spoken: Spoken, encoding: str) -> Iterator[Record]:
    """One record a session, from rows that stand together."""
    group: list[Row] = []
    for row in rows:
        if group and session_of(row, spoken) != session_of(group[0], spoken):
            yield _of_rows(group, spoken, encoding)
            group = []
        group.append(row)
    if group:
        yield _of_rows(group, spoken, encoding)


def session_of(row: Row, spoken: Spoken) -> str:
    return row.cells.get(spoken.session, "").strip()


def _of_rows(group: Sequence[Row], spoken: Spoken, encoding: str) -> Record:
    first, name = group[0], session_of(group[0], spoken)
    try:
        if not name:
            raise errors.SessionMissing(column=spoken.session)
        turns = [_turn_of(row, number, spoken) for number, row in enumerate(in_time(group, spoken), 1)]
        return _record(turns, About(first.number, name, None, encoding, keyed=True))
    except errors.RecordRefused as refusal:
        return RefusedRecord(first.number, name[:80] or str(first.number), refusal)


def in_time(group: Sequence[Row], spoken: Spoken) -> Sequence[Row]:
    """A session's rows by their time; in their order where one has none or has one that cannot be read."""
    times = [_moment(row.cells.get(spoken.at, "")) for row in group] if spoken.at else []
    if not times or any(time is None for time in times) or len({type(time) for time in times}) > 1:
        return group
    order = sorted(range(len(group)), key=lambda place: cast("Any", times[place]))
    return [group[place] for place in order]


def _moment(said: str) -> float | str | None:
    """A number of seconds, or a date and time whose text sorts as it passes.

    >>> _moment("1718000000"), _moment("2026/6/3 9:05"), _moment("morning")
    (1718000000.0, '2026-06-03 09:05', None)
    """
    text = said.strip()
    if _NUMBER.fullmatch(text):
        return float(text)
    if not text or _CLOCK.fullmatch(text) is None:
        return None
    return "".join(
        part.zfill(2) if part.isdigit() else _SIGNS.get(part, part) for part in cast("list[str]", _PIECES.findall(text))
    )


def _turn_of(row: Row, number: int, spoken: Spoken) -> Turn:
    if row.refusal is not None:
        raise row.refusal
    speaker, text = (row.cells.get(column, "") for column in (spoken.speaker, spoken.text))
    at = row.cells.get(spoken.at, "").strip() if spoken.at else ""
    if not speaker.strip():
        raise errors.TurnUnreadable(turn=number)
    return Turn(speaker.strip(), text, at or None)


def _record(turns: list[Turn], about: About) -> DialogueRecord:
    """Raises `NoTurns`, `TooManyTurns`, `TurnEmpty`, `TurnUnreadable`, `TextTooLong`, `TextUndecodable`."""
    if not turns:
        raise errors.NoTurns
    if len(turns) > MOST_TURNS:
        raise errors.TooManyTurns(turns=len(turns), limit=f"{MOST_TURNS:,}")
    for number, turn in enumerate(turns, 1):
        if not turn.text.strip():
            raise errors.TurnEmpty(turn=number)
        if not 0 < len(turn.speaker) <= SPEAKER_CHARACTERS:
            raise errors.TurnUnreadable(turn=number)
    if sum(len(turn.text) for turn in turns) > TEXT_CHARACTERS:
        raise errors.TextTooLong(limit=f"{TEXT_CHARACTERS:,}")
    try:
        body = _encode(Dialogue(turns)).decode()
    except (UnicodeEncodeError, ValueError) as error:
        raise errors.TextUndecodable(encoding=about.encoding) from error
    if "\\u0000" in body:
        raise errors.TextUndecodable(encoding=about.encoding)
    return DialogueRecord(
        about.position, about.name, body, tuple(turn.speaker for turn in turns), about.meta, about.keyed
    )


def excerpt_of(body: str) -> str:
    """What a dialogue begins with, for a line in a list: `客户：几点开门？ 客服：九点。`"""
    turns = read_dialogue(body)[:6]
    return " ".join(f"{turn.speaker}：{' '.join(turn.text.split())}" for turn in turns)
