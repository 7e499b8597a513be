"""What a contribution is like: the fingerprints that find near-duplicates, as marks that a table can look up.

A mark is 63 bits: the mode, the place of the word (or band) in the signature, and the word. Whoever shares a mark is
compared; nobody else is looked at.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from guiju.cleaning.duplicates.alike import signatures, texts
from guiju.data import Item, Media
from guiju.storage import House

_MODES = {"sound": 1, "picture": 2, "text": 3}
_PLACE, _MODE = 48, 56
_MEDIA = {"sound": Media.AUDIO, "picture": Media.IMAGE, "text": Media.TEXT}


class Fingerprint(NamedTuple):
    """`signature` is empty of texts, which are compared by their words, and of what has no features at all."""

    marks: tuple[int, ...]
    signature: bytes


NOTHING = Fingerprint((), b"")


def fingerprint(house: House, mode: str, key: str, size: tuple[int, int]) -> Fingerprint:
    """Of the content that the store has under `key`; `size` is a picture's."""
    if mode == "text":
        bands = texts.bands_of(texts.tokens_of([house.blobs.read(key).decode()]))
        return Fingerprint(tuple(_mark(mode, place, int(band)) for place, band in enumerate(bands[0])), b"")
    item = Item(0, 0, 0, key, _MEDIA[mode], "", None, None, 0, size[0], size[1], None)
    words = (signatures.of_sound if mode == "sound" else signatures.of_picture)(house, item)
    if words is None:
        return NOTHING
    marks = tuple(_mark(mode, place, int(word)) for place, word in enumerate(words))
    return Fingerprint(marks, words.astype("<u2").tobytes())


def _mark(mode: str, place: int, word: int) -> int:
    return _MODES[mode] << _MODE | place << _PLACE | word & (1 << _PLACE) - 1


def likeness(signature: bytes, others: Sequence[bytes]) -> float:
    """The greatest share of equal bits, in [0, 1]."""
    same = [other for other in others if len(other) == len(signature) > 0]
    if not same:
        return 0.0
    words = np.stack([np.frombuffer(each, "<u2") for each in (signature, *same)])
    return float(signatures.likeness(words, np.zeros(len(same), np.int64), np.arange(1, len(words))).max())


def likeness_of_texts(text: str, others: Sequence[str]) -> float:
    """The greatest likeness of words, in [0, 1]."""
    if not others:
        return 0.0
    tokens = texts.tokens_of([text, *others])
    return float(texts.likeness(tokens, np.zeros(len(others), np.int64), np.arange(1, len(others) + 1)).max())
