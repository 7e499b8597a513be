"""Simplified and traditional characters, by opencc."""

from collections.abc import Callable
from functools import cache
from typing import Any, Literal, cast

import msgspec

from guiju.cleaning.recipes.steps.model import WRITTEN, Step, text_step
from guiju.kit import N_


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    to: Literal["t2s", "s2t", "s2twp", "s2hk"] = "t2s"


@cache
def _converter(to: str) -> Callable[[str], str]:
    from opencc import OpenCC  # noqa: PLC0415 - its dictionaries take 30 MB

    return cast(Any, OpenCC(to)).convert  # OpenCC types nothing


def convert(text: str, options: Options) -> str:
    return text if text.isascii() else _converter(options.to)(text)


STEP = Step(
    "script",
    N_("Simplified or traditional"),
    N_("Every character in one script, word by word where words differ."),
    WRITTEN,
    Options,
    text_step(convert),
    {"to": N_("Into")},
    {
        "t2s": N_("simplified"),
        "s2t": N_("traditional"),
        "s2twp": N_("traditional, with the words of Taiwan"),
        "s2hk": N_("traditional, as in Hong Kong"),
    },
)
