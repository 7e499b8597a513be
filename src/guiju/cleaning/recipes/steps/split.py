"""One long text into several: at empty lines, at a line of signs, or at the ends of sentences."""

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

import msgspec

from guiju.cleaning.recipes.model import Around, Piece
from guiju.cleaning.recipes.steps.model import Step
from guiju.data import Media
from guiju.kit import N_

_EMPTY = re.compile(r"\n[ \t]*\n\s*")
_RULED = re.compile(r"^[ \t]*(?:-{3,}|={3,}|\*{3,}|#{3,}|—{2,})[ \t]*$", re.MULTILINE)
_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;\n]+[”’」』）)\"']*|$)")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    at: Literal["empty-lines", "ruled-lines", "sentences"] = "empty-lines"
    most: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 500
    turns: Annotated[int, msgspec.Meta(ge=0, le=5_000)] = 0


def split(piece: Piece, options: Options, _: Around) -> list[Piece]:
    if piece.media is Media.DIALOGUE:
        return _split_turns(piece, options.turns)
    text = piece.text or ""
    if options.at == "sentences":
        parts = list(_packed(_SENTENCE.findall(text), options.most)) if len(text) > options.most else [text]
    else:
        parts = (_EMPTY if options.at == "empty-lines" else _RULED).split(text)
    parts = [part.strip() for part in parts if part.strip()]
    if len(parts) < 2:
        return [piece]
    return [msgspec.structs.replace(piece, text=part, name=_numbered(piece.name, n)) for n, part in enumerate(parts, 1)]


def _split_turns(piece: Piece, most: int) -> list[Piece]:
    turns = (piece.document or {})["turns"]
    if not most or len(turns) <= most:
        return [piece]
    return [
        msgspec.structs.replace(piece, document={"turns": turns[at : at + most]}, name=_numbered(piece.name, n))
        for n, at in enumerate(range(0, len(turns), most), 1)
    ]


def _packed(sentences: Iterable[str], most: int) -> Iterator[str]:
    """Whole sentences together up to `most` characters; one that is longer stands alone."""
    held: list[str] = []
    size = 0
    for sentence in sentences:
        if held and size + len(sentence) > most:
            yield "".join(held)
            held, size = [], 0
        held.append(sentence)
        size += len(sentence)
    yield "".join(held)


def _numbered(name: str, number: int) -> str:
    return f"{name[:290]} #{number}"


STEP = Step(
    "split",
    N_("Split texts and dialogues"),
    N_("A text becomes several at empty or ruled lines, or whole sentences up to a length; a dialogue by its turns."),
    frozenset({Media.TEXT, Media.DIALOGUE}),
    Options,
    split,
    {
        "at": N_("Texts at"),
        "most": N_("Characters at most (sentences)"),
        "turns": N_("Turns at most of a dialogue (0: whole)"),
    },
    {
        "empty-lines": N_("empty lines"),
        "ruled-lines": N_("lines of ---, === or ***"),
        "sentences": N_("ends of sentences"),
    },
)
