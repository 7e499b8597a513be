"""Items kept or dropped by simple conditions, all of which must hold."""

import re
from typing import Annotated, Literal

import msgspec

from guiju.cleaning.recipes.model import Around, Piece
from guiju.cleaning.recipes.steps.model import WRITTEN, Step, length_of, texts_of
from guiju.kit import N_

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LETTER = re.compile(r"[^\W\d_]")
_HALF = 0.5
Most = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    then: Literal["keep", "drop"] = "keep"
    least: Most = 0
    most: Most = 0
    language: Literal["any", "chinese", "other"] = "any"
    contains: tuple[str, ...] = ()
    column: str = ""
    value: str = ""


def choose(piece: Piece, options: Options, _: Around) -> list[Piece]:
    return [piece] if _holds(piece, options) == (options.then == "keep") else []


def _holds(piece: Piece, options: Options) -> bool:
    length = length_of(piece)
    if length < options.least or (options.most and length > options.most):
        return False
    if options.column and str((piece.meta or {}).get(options.column, "")) != options.value:
        return False
    texts = texts_of(piece)
    if options.contains and not any(word in text for text in texts for word in options.contains):
        return False
    return options.language == "any" or _is_chinese("\n".join(texts)) == (options.language == "chinese")


def _is_chinese(text: str) -> bool:
    """Whether half of the letters are Han."""
    letters = len(_LETTER.findall(text))
    return letters > 0 and len(_HAN.findall(text)) >= _HALF * letters


STEP = Step(
    "filter",
    N_("Keep or drop by a rule"),
    N_("Items for which all conditions hold are kept (or dropped): length, language, words, another column's value."),
    WRITTEN,
    Options,
    choose,
    {
        "then": N_("Items like this"),
        "least": N_("Characters at least"),
        "most": N_("Characters at most (0: any)"),
        "language": N_("Language"),
        "contains": N_("With one of these words (one a line)"),
        "column": N_("Whose column"),
        "value": N_("says"),
    },
    {"keep": N_("keep"), "drop": N_("drop"), "any": N_("any"), "chinese": N_("Chinese"), "other": N_("another one")},
)
