"""What changed inside a text, to be shown: words of Latin letters and numbers as a whole, all else sign by sign."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Literal

import msgspec

MOST_WORDS = 4_000

_WORDS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)


class Mark(msgspec.Struct, frozen=True):
    """A run of text that stayed, is gone, or is new."""

    kind: Literal["same", "gone", "new"]
    text: str


def compare_texts(before: str, after: str) -> list[Mark]:
    """The two texts as one. One of very many words is not compared but replaced as a whole.

    >>> [(mark.kind, mark.text) for mark in compare_texts("at least 3 pixels", "at least 14 pixels")]
    [('same', 'at least '), ('gone', '3'), ('new', '14'), ('same', ' pixels')]
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if not (old and new) or max(len(old), len(new)) > MOST_WORDS:
        return [*_told("gone", before), *_told("new", after)]
    return list(_merged([*_compared(old, new)]))


def _compared(old: list[str], new: list[str]) -> Iterator[Mark]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from _told("same", "".join(old[a:b]))
        else:
            yield from _told("gone", "".join(old[a:b]))
            yield from _told("new", "".join(new[c:d]))


def _merged(held: list[Mark]) -> Iterator[Mark]:
    """A single sign that two changes leave between them is read as part of the change."""
    gone = new = ""
    for place, mark in enumerate(held):
        inner = mark.kind == "same" and len(mark.text) < 2 and 0 < place < len(held) - 1
        if mark.kind == "same" and not inner:
            yield from (*_told("gone", gone), *_told("new", new), mark)
            gone = new = ""
        else:
            gone += mark.text if mark.kind != "new" else ""
            new += mark.text if mark.kind != "gone" else ""
    yield from (*_told("gone", gone), *_told("new", new))


def _told(kind: Literal["same", "gone", "new"], text: str) -> Iterable[Mark]:
    return (Mark(kind, text),) if text else ()
