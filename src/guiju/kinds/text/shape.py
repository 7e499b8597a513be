"""The shape of a text: `{"kind": "text", "text": "…"}`, and the one form in which it is stored.

The form, the same in `frontend/src/kinds/text/model.ts` and held by `tests/kinds/written.json`: line ends are LF; other
control characters but the tab are gone; Unicode NFC; no blanks (space, tab, U+00A0, U+3000) at the ends of lines; no
blanks and no empty lines at the beginning and the end. Characters are counted in code points of that form.
"""

import re
from unicodedata import normalize

import msgspec

from guiju.kinds.model import Column, FieldShape, ItemShape

BLANKS = " \t\u00a0\u3000"
SHOWN = 60
_LINE_ENDS = re.compile("\r\n?")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="text"):
    """What was written; the empty text says that nothing was."""

    text: str


def tidy(answer: Written) -> Written:
    return Written(tidied(answer.text))


def tidied(text: str) -> str:
    r"""
    >>> tidied(" 你好 \r\n\r\nre\u0301sume\u0301\n")
    '你好\n\nrésumé'
    """
    plain = normalize("NFC", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))
    return "\n".join(line.rstrip(BLANKS) for line in plain.split("\n")).strip(BLANKS + "\n")


def is_finite(_answer: Written) -> bool:
    return True


def normalise(answer: Written, _field: FieldShape) -> Written:
    return tidy(answer)


def labels_of(_answer: Written) -> dict[str, int]:
    return {}


def columns(answer: Written, _item: ItemShape) -> dict[str, Column]:
    """One row with the `text`, its `length` in characters and its `lines`; none where nothing was written."""
    text = tidied(answer.text)
    if not text:
        return {"text": list[str](), "length": list[float](), "lines": list[float]()}
    return {"text": [text], "length": [float(len(text))], "lines": [float(text.count("\n") + 1)]}


def expand(value: object) -> object:
    """`"On its way"` as a text."""
    return {"kind": "text", "text": value} if isinstance(value, str) else value


def summary(answer: Written) -> str:
    line = " ".join(answer.text.split())
    return (line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…") or "–"
