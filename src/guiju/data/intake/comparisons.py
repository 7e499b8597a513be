"""Which columns make a comparison, and the comparison that a record makes. Pure.

A comparison is a prompt and two answers to it or more. It is found by its columns: `answer_a`, `answer_b` …, one column
with a list of answers, or `chosen` and `rejected`, as preference data has them.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

import msgspec

from guiju.data.intake import errors
from guiju.data.intake.model import TEXT_CHARACTERS, Columns, ComparisonRecord, RefusedRecord

MOST = 26
PROMPTS = ("prompt", "提示", "问题", "question", "instruction", "指令", "query", "input", "context")
LISTS = ("answers", "responses", "completions", "candidates", "回答", "答案", "候选")
_WORD = "answer|response|completion|output|reply|candidate|回答|答案|回复|候选"
_WRITER = "model|name|模型|名称"
_NUMBERED = re.compile(rf"(?:{_WORD})[ _-]?([a-z]|\d{{1,2}}|[甲乙丙丁戊己庚辛])", re.IGNORECASE)
_TEXTS, _NAMES = ("text", "content", "response", "output"), ("name", "model")
_ORDERED = ("chosen", "rejected")
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a comparison. `answers` is one column where it holds them all (`listed`).

    `writers` name who wrote each answer. `preferred`: the first of the answers is known to be better.
    """

    prompt: str | None
    answers: tuple[str, ...]
    writers: tuple[str | None, ...] = ()
    name: str | None = None
    listed: bool = False
    preferred: bool = False

    @property
    def used(self) -> frozenset[str]:
        return frozenset({self.prompt, self.name, *self.answers, *self.writers} - {None})  # type: ignore[arg-type]


def find_layout(found: Sequence[str], columns: Columns, name: str | None, lists: Collection[str] = ()) -> Layout | None:
    """The comparison that these columns make, or `None`: also where a text column was asked for.

    `lists` are the columns whose cells hold lists: all answers may be in one of them.
    """
    if columns.text is not None:
        return None
    known = _by_name(found)
    prompt = find_prompt(found)
    if all(each in known for each in _ORDERED):
        return Layout(prompt, tuple(known[each] for each in _ORDERED), name=name, preferred=True)
    numbered = [(column, match[1].casefold()) for column in found if (match := _NUMBERED.fullmatch(column.strip()))]
    if len(numbered) > 1:
        answers = tuple(column for column, _ in numbered)
        return Layout(prompt, answers, writers_of(answers, found), name)
    listed = next((known[each] for each in LISTS if known.get(each) in lists), None)
    return Layout(prompt, (listed,), name=name, listed=True) if listed is not None else None


def _by_name(found: Sequence[str]) -> dict[str, str]:
    return {column.strip().casefold(): column for column in reversed(found)}


def find_prompt(found: Sequence[str]) -> str | None:
    known = _by_name(found)
    return next((known[each] for each in PROMPTS if each in known), None)


def writers_of(answers: Sequence[str], found: Sequence[str]) -> tuple[str | None, ...]:
    """The columns that say who wrote each answer."""
    known = _by_name(found)
    return tuple(_writer_of(sign_of(column), known) for column in answers)


def sign_of(column: str) -> str:
    """What numbers a column of answers: `a` of `answer_a`; nothing of another column."""
    match = _NUMBERED.fullmatch(column.strip())
    return match[1].casefold() if match else ""


def _writer_of(sign: str, known: Mapping[str, str]) -> str | None:
    ways = (f"{word}{between}{sign}" for word in _WRITER.split("|") for between in ("_", "", " ", "-"))
    return next((known[way] for way in ways if way in known), None)


class Reply(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer of a comparison, and who wrote it."""

    text: str
    name: str | None = None


class Comparison(msgspec.Struct, frozen=True):
    """The item's content, as it is stored."""

    prompt: str
    answers: list[Reply]


_decode = msgspec.json.Decoder(Comparison).decode


def compared(
    layout: Layout, row: Mapping[str, Any], about: tuple[int, str, str | None, str], *, keyed: bool = False
) -> ComparisonRecord:
    """The record of a row; `about` is its position, name, other columns and encoding.

    Raises `AnswersMissing`, `AnswerEmpty`, `TooManyAnswers`, `TextTooLong`.
    """
    prompt, answers = _read(layout, row)
    if len(answers) < 2:
        raise errors.AnswersMissing(answers=len(answers))
    if len(answers) > MOST:
        raise errors.TooManyAnswers(answers=len(answers), limit=MOST)
    empty = next((number for number, answer in enumerate(answers, 1) if not answer.text.strip()), None)
    if empty is not None:
        raise errors.AnswerEmpty(answer=empty)
    if len(prompt) + sum(len(answer.text) for answer in answers) > TEXT_CHARACTERS:
        raise errors.TextTooLong(limit=f"{TEXT_CHARACTERS:,}")
    body = Comparison(prompt, sorted(answers, key=_by_chance) if layout.preferred else answers)
    position, name, meta, encoding = about
    return ComparisonRecord(position, name, body_of(body), len(answers), meta, encoding, keyed)


def compared_or_refused(
    layout: Layout, row: Mapping[str, Any], about: tuple[int, str, str | None, str], *, keyed: bool = False
) -> ComparisonRecord | RefusedRecord:
    """As `compared`, with a refusal in the record's place."""
    try:
        return compared(layout, row, about, keyed=keyed)
    except errors.RecordRefused as refusal:
        return RefusedRecord(about[0], about[1], refusal)


def body_of(body: Comparison) -> str:
    """The item's content as JSON; equal comparisons are equal texts. Raises `TextUndecodable` for half characters."""
    try:
        return _encode(body).decode()
    except (UnicodeEncodeError, msgspec.ValidationError, ValueError) as error:
        raise errors.TextUndecodable(encoding="UTF-8") from error


def read_comparison(text: str) -> Comparison:
    """The comparison that an item's text is."""
    return _decode(text)


def _by_chance(answer: Reply) -> bytes:
    """Preference data puts the better answer first: the order of the item must not tell it."""
    return sha256(answer.text.encode(errors="surrogatepass")).digest()


def _read(layout: Layout, row: Mapping[str, Any]) -> tuple[str, list[Reply]]:
    given = row.get(layout.prompt) if layout.prompt else None
    if layout.listed:
        entries = row.get(layout.answers[0])
        return said(given), [_answer(one) for one in cast("list[Any]", entries)] if isinstance(entries, list) else []
    values = [row.get(column) for column in layout.answers]
    if given is None and all(_is_talk(value) for value in values):
        given, values = _common(cast("list[list[Any]]", values))
    writers = layout.writers or (None,) * len(values)
    named = [said(row.get(column)) or None if column else None for column in writers]
    # a table may have columns for more answers than this row has
    pairs = [(said(value), name) for value, name in zip(values, named, strict=True)]
    while pairs and not pairs[-1][0] and len(pairs) > 2:
        pairs.pop()
    return said(given), [Reply(text, name) for text, name in pairs]


def _answer(value: Any) -> Reply:
    if not isinstance(value, Mapping):
        return Reply(said(value))
    entry = cast("Mapping[str, Any]", value)
    text = next((entry[key] for key in _TEXTS if key in entry), None)
    name = next((entry[key] for key in _NAMES if key in entry), None)
    return Reply(said(text), said(name) or None)


def _is_talk(value: Any) -> bool:
    return (
        isinstance(value, list) and bool(cast("list[Any]", value)) and all(map(_is_message, cast("list[Any]", value)))
    )


def _is_message(value: Any) -> bool:
    return isinstance(value, Mapping) and "content" in value


def _common(talks: list[list[Any]]) -> tuple[list[Any], list[Any]]:
    """What all talks begin with is the prompt; the rest of each is its answer."""
    shortest = min(len(talk) for talk in talks) - 1
    alike = next((at for at in range(shortest) if any(talk[at] != talks[0][at] for talk in talks)), shortest)
    return talks[0][:alike], [talk[alike:] for talk in talks]


def said(value: Any) -> str:
    """Text of a cell: as it is, a talk as its turns, anything else as JSON says it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip("\n") if value.strip() else ""
    if _is_talk(value):
        turns = [(str(turn.get("role", "")), str(turn["content"])) for turn in cast("list[Mapping[str, Any]]", value)]
        return turns[0][1] if len(turns) == 1 else "\n\n".join(f"**{role}**\n\n{text}" for role, text in turns)
    return "" if value == [] else _encode(value).decode()
