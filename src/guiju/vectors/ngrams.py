"""Texts as counts of their character n-grams, words and pairs of words, hashed into buckets, all in columns.

Formula: a piece of the letters c₁ … cₙ is Σ cᵢ · B^(n−i) mod 2⁶⁴, mixed by the finaliser of MurmurHash3, and counted in
the bucket of its lowest bits. Letters are compared lower-case, blanks stand at both ends of a text, and no piece
reaches over a blank inside it. A hundred thousand short texts take seconds, where a loop over pieces takes a minute;
the same text has the same buckets in every process, so nothing but the buckets' weights is kept.
Source: Weinberger et al. 2009, Feature Hashing for Large Scale Multitask Learning, doi:10.1145/1553374.1553516.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

BUCKETS = 1 << 18
SIZES = (1, 2, 3, 4)
CHARACTERS = 2_000
_BASE = np.uint64(1_000_003)
_BLANK = 32
Hashes = NDArray[np.uint64]


def count_pieces(texts: Sequence[str]) -> Any:
    """A sparse matrix of counts, texts × `BUCKETS`; of each text the first `CHARACTERS`."""
    shown = [f" {' '.join(text[:CHARACTERS].lower().split())} " for text in texts]
    lengths = np.fromiter((len(text) for text in shown), np.int64, len(shown))
    letters = np.frombuffer("".join(shown).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(shown), dtype=np.int32), lengths)
    blank = letters == _BLANK
    pieces = [*(_runs(letters, owner, blank, size) for size in SIZES), *_words(letters, owner, blank)]
    rows = np.concatenate([rows for rows, _ in pieces])
    buckets = (np.concatenate([hashes for _, hashes in pieces]) & np.uint64(BUCKETS - 1)).astype(np.int32)
    ones = np.ones(len(rows), np.float32)
    counts = sparse.coo_matrix((ones, (rows, buckets)), shape=(len(shown), BUCKETS)).tocsr()
    counts.sum_duplicates()
    return counts


def _mixed(hashes: Hashes) -> Hashes:
    hashes = (hashes ^ (hashes >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    return hashes ^ (hashes >> np.uint64(33))


def _runs(letters: Hashes, owner: NDArray[np.int32], blank: NDArray[np.bool_], size: int) -> tuple[Any, Hashes]:
    """Every run of `size` letters inside one text that has no blank within."""
    count = max(len(letters) - size + 1, 0)
    hashes = np.full(count, size, np.uint64)
    broken = np.zeros(count, np.bool_) if size > 1 else blank[:count].copy()
    for place in range(size):
        hashes = hashes * _BASE + letters[place : place + count]
        if 0 < place < size - 1:
            broken |= blank[place : place + count]
    kept = ~broken & (owner[:count] == owner[size - 1 :][:count])
    # One letter is a word in Chinese and says nothing in an alphabet.
    if size == 1:
        kept &= letters[:count] >= 0x2E80
    return owner[:count][kept], _mixed(hashes[kept])


def _words(letters: Hashes, owner: NDArray[np.int32], blank: NDArray[np.bool_]) -> list[tuple[Any, Hashes]]:
    """Every word between blanks, and every pair of words beside each other."""
    inside = np.flatnonzero(~blank)
    if not len(inside):
        return []
    first = np.flatnonzero(np.diff(inside, prepend=-2) > 1)
    starts = inside[first]
    place = inside - np.repeat(starts, np.diff(first, append=len(inside)))
    odd = _mixed(letters[inside] * np.uint64(0x9E3779B97F4A7C15) + place.astype(np.uint64))
    words, rows = np.add.reduceat(odd, first), owner[starts]
    beside = rows[:-1] == rows[1:]
    pairs = words[:-1][beside] * np.uint64(31) + words[1:][beside]
    return [(rows, _mixed(words + np.uint64(7))), (rows[:-1][beside], _mixed(pairs))]
