"""Where a text says something about a real person. Pure, and linear in the text's length."""

import re
from collections.abc import Collection, Iterable

from guiju.cleaning.personal.finders import FINDERS
from guiju.cleaning.personal.model import Found, PersonalKind

# One character for one, so that places in the half-width text are places in the text itself. Of the punctuation only
# what stands within numbers and behind labels: commas and stops are most of what is full-width in a Chinese text.
_HALF = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((0x3000, 0xA0, 0x2002, 0x2003, 0x2009), 0x20),
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), 0x2D),
}
_FULL = re.compile("[０-９Ａ-Ｚａ-ｚ＠．－＿＋：（）／\u3000\u00a0\u2002\u2003\u2009\u2010-\u2014\u2212]")
_RANK = {kind: rank for rank, kind in enumerate(PersonalKind)}


def half_width(text: str) -> str:
    """The text with full-width letters, digits and what joins them as plain ones; character for character, so as long.

    >>> half_width("电话：１３８")
    '电话:138'
    """
    return text if text.isascii() else _FULL.sub(_half, text)


def _half(sign: re.Match[str]) -> str:
    return chr(_HALF[ord(sign.group())])


def find_personal(text: str, kinds: Collection[PersonalKind] | None = None) -> list[Found]:
    """Every place of `text` with personal data, of `kinds` or of all, in order and apart.

    >>> find_personal("打 13800138000 找我")
    [Found(kind=<PersonalKind.MOBILE: 'mobile'>, start=2, end=13, certain=True)]
    """
    plain = half_width(text)
    found = [hit for finder in FINDERS for hit in finder(plain)]
    if len(found) > 1:
        found = _apart(found, len(plain))
    return found if kinds is None else [hit for hit in found if hit.kind in kinds]


def _apart(found: Iterable[Found], length: int) -> list[Found]:
    """Of places that share characters the certain one, then the kind that is told more surely, then the longer."""
    taken = bytearray(length)
    kept: list[Found] = []
    for hit in sorted(found, key=lambda f: (not f.certain, _RANK[f.kind], f.start - f.end, f.start)):
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)
