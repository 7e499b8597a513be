"""Messages for tuning a model: what it should say, and of two things the better. docs/formats/chat.md has both."""

from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from guiju.data import read_comparison
from guiju.delivery.formats.model import Format, Source
from guiju.delivery.formats.preference import pairs_of, rankings_of
from guiju.delivery.model import Row
from guiju.kinds import Written, decode_answers
from guiju.kit import N_

_encode = msgspec.json.Encoder().encode
Message: TypeAlias = dict[str, str]
# Speakers that are the machine, as dialogues name them; everybody else is the user, but who says how it behaves.
ASSISTANTS = frozenset({"assistant", "bot", "agent", "model", "system_agent", "gpt", "客服", "机器人", "助手", "坐席"})
SYSTEM = "system"


class _Turn(msgspec.Struct, frozen=True):
    speaker: str
    text: str


class _Body(msgspec.Struct, frozen=True):
    turns: list[_Turn]


def write_messages(source: Source) -> Iterator[bytes]:
    """One conversation a line for every answer that says what a model should say."""
    kinds = {field.id: field.kind for field in source.fields}
    for row in source.rows():
        for field, messages in conversations_of(row):
            told = {"kind": kinds[field]} if field in kinds else {}
            yield _encode({"messages": messages, "meta": {**_meta(row, field), **told}}) + b"\n"


def write_pairs(source: Source) -> Iterator[bytes]:
    """The pairs of the format `preference`, as messages."""
    for row in source.rows():
        for pair in pairs_of(row):
            said = {"prompt": [_message("user", pair.prompt)], "meta": pair.meta}
            sides = {"chosen": [_message("assistant", pair.chosen)], "rejected": [_message("assistant", pair.rejected)]}
            yield _encode({**said, **sides}) + b"\n"


def list_left_out(source: Source) -> Iterator[bytes]:
    """Items that make no conversation: nothing written, or several answers that share the first place."""
    for row in source.rows():
        if not any(True for _ in conversations_of(row)):
            yield _encode({"name": row.name}) + b"\n"


def conversations_of(row: Row) -> Iterator[tuple[str, list[Message]]]:
    """By field: the item as it was, and what should be said to it."""
    for field, answer in sorted(decode_answers(row.answers).items()):
        if isinstance(answer, Written) and answer.text.strip() and (before := _before(row)):
            yield field, [*before, _message("assistant", answer.text)]
    for field, ranking in rankings_of(row):
        if row.media == "comparison" and row.text and ranking.order and len(ranking.order[0]) == 1:
            compared = read_comparison(row.text)
            best = compared.answers[ranking.order[0][0]].text
            yield field, [_message("user", compared.prompt), _message("assistant", best)]


def _before(row: Row) -> list[Message]:
    if not row.text:
        return []
    if row.media == "comparison":
        return [_message("user", read_comparison(row.text).prompt)]
    if row.media != "dialogue":
        return [_message("user", row.text)]
    turns = msgspec.json.decode(row.text, type=_Body).turns
    return [_message(_role(turn.speaker), turn.text) for turn in turns]


def _role(speaker: str) -> str:
    said = speaker.strip().casefold()
    return SYSTEM if said == SYSTEM else "assistant" if said in ASSISTANTS else "user"


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}


def _meta(row: Row, field: str) -> dict[str, str]:
    status = "accepted" if row.accepted else "resolved"
    return {"name": row.name, "sha256": row.hash, "field": field, "status": status, "rulebook": row.rulebook}


MESSAGES = Format(
    "messages",
    N_("Messages for tuning a chat model: what was asked, and what it should say"),
    "annotations.messages.jsonl",
    frozenset({"text", "ranking"}),
    write_messages,
    {"annotations.left_out.jsonl": list_left_out},
)
PREFERENCE_CHAT = Format(
    "preference-chat",
    N_("Preference pairs as messages: prompt, chosen, rejected"),
    "annotations.preference.jsonl",
    frozenset({"ranking"}),
    write_pairs,
)
