"""Spaces, control characters and emoji."""

import re
from typing import Literal

import msgspec

from guiju.cleaning.recipes.steps.model import WRITTEN, Step, text_step
from guiju.kit import N_

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\u200d\ufe0f\u20e3\U000e0020-\U000e007f]+"
)
_BRACKETED = re.compile(r"\[[\u4e00-\u9fff]{1,4}\]")
_RUNS = re.compile(r"[ \t\u00a0\u3000]+")
_EDGES = re.compile(r" ?\n ?")
_LINES = re.compile(r"\n{3,}")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    whitespace: bool = True
    control: bool = True
    emoji: Literal["keep", "remove", "tag"] = "keep"
    faces: bool = False


def tidy(text: str, options: Options) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n") if options.whitespace or options.control else text
    if options.control:
        text = _CONTROL.sub("", text)
    if options.emoji != "keep":
        text = _EMOJI.sub("【表情】" if options.emoji == "tag" else "", text)
    if options.faces:
        text = _BRACKETED.sub("", text)
    if options.whitespace:
        text = _LINES.sub("\n\n", _EDGES.sub("\n", _RUNS.sub(" ", text))).strip()
    return text


STEP = Step(
    "spaces",
    N_("Spaces, control characters, emoji"),
    N_("Runs of spaces become one, empty lines at most one, invisible control characters none."),
    WRITTEN,
    Options,
    text_step(tidy),
    {
        "whitespace": N_("Collapse spaces and empty lines"),
        "control": N_("Remove control characters"),
        "emoji": N_("Emoji"),
        "faces": N_("Remove typed faces such as [微笑]"),
    },
    {"keep": N_("keep"), "remove": N_("remove"), "tag": N_("put 【表情】 in their place")},
)
