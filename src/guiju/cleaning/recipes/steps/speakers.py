"""A text with speakers' marks becomes a dialogue."""

import re

import msgspec

from guiju.cleaning.recipes.model import Around, Piece
from guiju.cleaning.recipes.steps.model import Step
from guiju.data import Media
from guiju.kit import N_

_MARK = re.compile(
    r"^[ \t]*(?:[\[【](?P<b>[^\]】\n]{1,20})[\]】][:：]?|(?P<a>[^\s:：,，。]{1,20})[ \t]?[:：])[ \t]*(?P<said>.*)$"
)
_MOST_SPEAKERS = 8


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    speakers: tuple[str, ...] = ()


def speak(piece: Piece, options: Options, _: Around) -> list[Piece]:
    turns: list[dict[str, str]] = []
    for line in (piece.text or "").split("\n"):
        mark = _MARK.match(line)
        who = (mark["a"] or mark["b"]) if mark else ""
        if mark and (not options.speakers or who in options.speakers):
            turns.append({"speaker": who, "text": mark["said"].strip()})
        elif not turns:
            if line.strip():
                return [piece]
        elif line.strip():
            turns[-1]["text"] = f"{turns[-1]['text']}\n{line.strip()}".strip()
    turns = [turn for turn in turns if turn["text"]]
    if len(turns) < 2 or len({turn["speaker"] for turn in turns}) > _MOST_SPEAKERS:
        return [piece]
    return [msgspec.structs.replace(piece, media=Media.DIALOGUE, text=None, document={"turns": turns})]


STEP = Step(
    "speakers",
    N_("Read speakers' marks"),
    N_("A text whose lines begin with who speaks (客户：…, [Agent] …) becomes a dialogue. Any other text stays."),
    frozenset({Media.TEXT}),
    Options,
    speak,
    {"speakers": N_("Speakers (one a line; empty: whoever is marked)")},
)
