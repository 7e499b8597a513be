"""Dialogues turn by turn: JSON Lines with every turn's answers beside its words, and CSV with one row a turn.

docs/formats/turns.md describes both. Items that are no dialogues are listed apart.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from guiju.delivery.formats.model import Format, Source
from guiju.delivery.model import Row
from guiju.kinds import ITEM, KINDS, TURN, Answer, Choice, Each, Rating, decode_answers
from guiju.kit import N_

_encode = msgspec.json.Encoder(order="deterministic").encode
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class _Turn(msgspec.Struct, frozen=True):
    speaker: str
    text: str
    at: str | None = None


class _Body(msgspec.Struct, frozen=True):
    turns: list[_Turn]


def _turns(row: Row) -> list[_Turn]:
    return msgspec.json.decode(row.text or "", type=_Body).turns if row.media == "dialogue" else []


def _said(answers: Mapping[str, Answer], turn: str) -> dict[str, Answer]:
    """The answers about one turn, by field."""
    each = ((name, answer) for name, answer in answers.items() if isinstance(answer, Each) and answer.of == TURN)
    return {name: answer.answers[turn] for name, answer in each if turn in answer.answers}


def write_jsonl(source: Source) -> Iterator[bytes]:
    whole = {field.id for field in source.fields if field.target == ITEM}
    for row in source.rows():
        turns, answers = _turns(row), decode_answers(row.answers)
        if not turns:
            continue
        told = [_told(turn, _said(answers, str(number))) for number, turn in enumerate(turns, 1)]
        about = {"name": row.name, "sha256": row.hash, "status": _status(row), "rulebook": row.rulebook}
        yield _encode({**about, "turns": told, "answers": {k: v for k, v in answers.items() if k in whole}}) + b"\n"


def _told(turn: _Turn, said: Mapping[str, Answer]) -> dict[str, object]:
    at = {"at": turn.at} if turn.at is not None else {}
    return {"speaker": turn.speaker, "text": turn.text, **at, "answers": dict(said)}


def _status(row: Row) -> str:
    return "accepted" if row.accepted else "resolved"


def write_csv(source: Source) -> Iterator[bytes]:
    """One row a turn; a column for each field that is asked of turns."""
    fields = [field.id for field in source.fields if field.target == TURN]
    yield "\ufeff".encode() + _row(["session", "turn", "speaker", "text", "at", *fields, "status"])
    for row in source.rows():
        answers = decode_answers(row.answers)
        for number, turn in enumerate(_turns(row), 1):
            said = _said(answers, str(number))
            words = (turn.speaker, turn.text, turn.at or "")
            told = (cell_of(said.get(field)) for field in fields)
            yield _row([_safe(row.name), str(number), *map(_safe, words), *told, _status(row)])


def cell_of(answer: Answer | None) -> str:
    """`refund`, `refund|delay`, `4`; nothing where there is no answer; any other kind as its JSON.

    >>> cell_of(Choice(("refund", "delay"))), cell_of(Rating(4.0)), cell_of(None)
    ('refund|delay', '4', '')
    """
    if answer is None:
        return ""
    if isinstance(answer, Choice):
        return "|".join(answer.labels)
    if isinstance(answer, Rating):
        return "" if answer.value is None else f"{answer.value:g}"
    return msgspec.json.encode(answer, order="sorted").decode()


def _safe(text: str) -> str:
    """A cell that a spreadsheet shows and does not compute."""
    return "'" + text if text.startswith(_DANGEROUS) else text


def _row(cells: list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


def list_left_out(source: Source) -> Iterator[bytes]:
    """The items that are no dialogues, one a line."""
    for row in source.rows():
        if row.media != "dialogue":
            left: dict[str, Any] = {"name": row.name, "media": row.media}
            yield _encode(left) + b"\n"


_BESIDE = {"annotations.left_out.jsonl": list_left_out}
TURNS_JSONL = Format(
    "turns-jsonl",
    N_("Dialogues as JSON Lines, each turn with its answers"),
    "annotations.dialogues.jsonl",
    frozenset(KINDS),
    write_jsonl,
    _BESIDE,
    targets=frozenset({ITEM, TURN}),
)
TURNS_CSV = Format(
    "turns-csv",
    N_("Dialogues as CSV, one row a turn"),
    "annotations.dialogues.csv",
    frozenset(KINDS),
    write_csv,
    _BESIDE,
    targets=frozenset({TURN}),
)
