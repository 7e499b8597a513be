"""Full width and half width, each for what is chosen."""

import re
import unicodedata

import msgspec

from guiju.cleaning.recipes.steps.model import WRITTEN, Step, text_step
from guiju.kit import N_

_LETTERS = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code not in _LETTERS} | {0x3002: 0x2E, 0x3001: 0x2C}
_SPACES = dict.fromkeys((0x3000, 0x00A0, 0x2002, 0x2003, 0x2009, 0x202F), 0x20)
_KANA = re.compile(r"[\uFF61-\uFF9F]+")
_SHAPES = re.compile(r"[\u2100-\u214F\u2150-\u218F\u2460-\u24FF\u3200-\u33FF\uFB00-\uFB06\uFE30-\uFE4F\uF900-\uFAFF]+")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    letters: bool = True
    punctuation: bool = False
    spaces: bool = True
    kana: bool = True
    shapes: bool = False


def normalise(text: str, options: Options) -> str:
    table = {**(_LETTERS if options.letters else {}), **(_SIGNS if options.punctuation else {})}
    table |= _SPACES if options.spaces else {}
    text = text.translate(table)
    if options.kana:
        text = _KANA.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    return _SHAPES.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text) if options.shapes else text


STEP = Step(
    "width",
    N_("Full width to half width"),
    N_("Letters, digits and spaces typed in full width become plain ones; each kind of sign only where it is chosen."),
    WRITTEN,
    Options,
    text_step(normalise),
    {
        "letters": N_("Letters and digits"),
        "punctuation": N_("Punctuation, too"),
        "spaces": N_("Wide and unbreakable spaces"),
        "kana": N_("Half-width katakana to full width"),
        "shapes": N_("Circled numbers, units in one sign, ligatures"),
    },
)
