"""Tags out of a text, its lines as they were seen."""

import html
import re

from guiju.cleaning.recipes.steps.model import WRITTEN, Nothing, Step, text_step
from guiju.kit import N_

_LIKELY = re.compile(r"</?[a-zA-Z!][^<>]{0,2000}>|&#?[A-Za-z0-9]{2,30};")
_BREAKS = re.compile(
    r"(</?(?:p|div|br|hr|li|ul|ol|tr|table|h[1-6]|blockquote|section|article|header|footer|pre)\b[^<>]{0,2000}>)",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"[ \t]+\n")
_GAPS = re.compile(r"\n{3,}")


def strip(text: str, _: Nothing) -> str:
    """No script and no style is left, nor what stands in them; entities become their signs."""
    if _LIKELY.search(text) is None:
        return text
    import nh3  # noqa: PLC0415 - only what strips pays for it

    bare = html.unescape(nh3.clean(_BREAKS.sub(r"\n\1", text), tags=set()))
    return _GAPS.sub("\n\n", _TRAILING.sub("\n", bare)).strip("\n")


STEP = Step(
    "html",
    N_("Strip HTML"),
    N_("Tags, scripts and styles go; paragraphs, lines and table rows stay on lines of their own."),
    WRITTEN,
    Nothing,
    text_step(strip),
)
