"""What a step is, and the words and documents that steps change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from guiju.cleaning.recipes.model import Around, Piece
from guiju.data import Media

WRITTEN = frozenset({Media.TEXT, Media.DIALOGUE, Media.COMPARISON})


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step that is told nothing."""


@dataclass(frozen=True)
class Step:
    """A plug-in: one thing that is done to an item.

    `run` gives the pieces that come of one: itself when nothing changes, none to drop it, several to split it. It must
    give the same for the same piece, options and key. `words` names each option, `choices` the values it may have.
    """

    code: str
    name: str
    about: str
    media: frozenset[Media]
    options: type[msgspec.Struct]
    run: Callable[[Piece, Any, Around], list[Piece]]
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    choices: Mapping[str, str] = field(default_factory=dict[str, str])


def texts_of(piece: Piece) -> list[str]:
    """Everything that is written in a piece, in order."""
    if piece.text is not None:
        return [piece.text]
    document = piece.document or {}
    if piece.media is Media.DIALOGUE:
        return [turn["text"] for turn in document["turns"]]
    if piece.media is Media.COMPARISON:
        return [document.get("prompt") or "", *(answer["text"] for answer in document["answers"])]
    return []


def length_of(piece: Piece) -> int:
    return sum(map(len, texts_of(piece)))


def change_texts(piece: Piece, change: Callable[[str], str]) -> list[Piece]:
    """The piece with each of its texts changed. An empty turn is left out; without words it drops."""
    before = texts_of(piece)
    after = [change(text) for text in before]
    if after == before:
        return [piece]
    if piece.text is not None:
        return [msgspec.structs.replace(piece, text=after[0])] if after[0].strip() else []
    document = dict(piece.document or {})
    if piece.media is Media.DIALOGUE:
        kept = [{**turn, "text": said} for turn, said in zip(document["turns"], after, strict=True) if said.strip()]
        return [msgspec.structs.replace(piece, document={**document, "turns": kept})] if kept else []
    answers = [{**answer, "text": said} for answer, said in zip(document["answers"], after[1:], strict=True)]
    if not all(answer["text"].strip() for answer in answers):
        return []
    changed = {**document, "answers": answers, **({"prompt": after[0]} if "prompt" in document else {})}
    return [msgspec.structs.replace(piece, document=changed)]


def text_step(change: Callable[[str, Any], str]) -> Callable[[Piece, Any, Around], list[Piece]]:
    """A step that changes what is written, text by text."""
    return lambda piece, options, _: change_texts(piece, lambda text: change(text, options))
