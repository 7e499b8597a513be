"""Texts as sets of tokens: pairs of neighbouring characters where words are not divided, words elsewhere.

Normalised first: NFKC, no case, no punctuation. A set is kept as 32-bit hashes; of a text with more than `MOST` tokens
the least hashes stand for all of them, which gives its likeness to ±3%.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

MOST = 256
PERMUTATIONS = 64
ROWS = 4
SEED = 1
_LAST = 0x32400
_BREAK, _PART, _WORD = 0, 1, 2
_UNDIVIDED = ((0x2E80, 0x2FFF), (0x3005, 0x3007), (0x3041, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF),
              (0x0E01, 0x0E7F), (0x20000, _LAST - 1))  # fmt: skip
_MIX = np.uint64(0x9E3779B97F4A7C15)
_END = "\x1e"


class Tokens(NamedTuple):
    """The tokens of texts one behind the other; text n has those from `starts[n]` to `starts[n + 1]`, in order."""

    hashes: NDArray[np.uint32]
    starts: NDArray[np.int64]


@cache
def _classes() -> NDArray[np.uint8]:
    """Whether a character divides, is a word's letter, or is a token's part by itself."""
    letters = (chr(code).isalnum() if not 0xD800 <= code < 0xE000 else False for code in range(_LAST))
    table = np.fromiter(letters, np.uint8, _LAST) * _WORD
    for first, last in _UNDIVIDED:
        table[first : last + 1] = np.minimum(table[first : last + 1], _PART)
    return table


def tokens_of(texts: Sequence[str]) -> Tokens:
    """The tokens of each text, as hashes, each once."""
    joined = unicodedata.normalize("NFKC", _END.join(text.replace(_END, " ") for text in texts)).casefold() + _END
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    owner = np.cumsum(codes == ord(_END)) - (codes == ord(_END))
    codes = np.minimum(codes, _LAST - 1)
    kinds = _classes()[codes]
    units, kind, text = _units(codes, kinds, owner)
    hashes, text = _pairs(units, kind, text)
    keys = text.astype(np.uint64) << np.uint64(32) | hashes
    keys.sort()
    keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])] if len(keys) else keys
    owners = (keys >> np.uint64(32)).astype(np.int64)
    starts = np.searchsorted(owners, np.arange(len(texts) + 1))
    return _bounded(Tokens((keys & np.uint64(0xFFFFFFFF)).astype(np.uint32), starts))


def _units(codes: NDArray[np.int64], kinds: NDArray[np.uint8], owner: NDArray[np.int64]) -> tuple[Any, Any, Any]:
    """Undivided characters and words: a hash, the kind, and the text that each stands in."""
    before = np.concatenate([[_BREAK], kinds[:-1]])
    begins = (kinds != _BREAK) & ((kinds == _PART) | (before != _WORD))
    places = np.flatnonzero(begins)
    if not len(places):
        return np.empty(0, np.uint64), np.empty(0, np.uint8), np.empty(0, np.int64)
    place = np.arange(len(codes)) - places[np.maximum(np.cumsum(begins) - 1, 0)]
    with np.errstate(over="ignore"):
        weights = (place.astype(np.uint64) * np.uint64(2) + np.uint64(1)) * _MIX
        weighed = np.where(kinds != _BREAK, _mixed(codes.astype(np.uint64) * weights), np.uint64(0))
        hashes = np.add.reduceat(weighed, places)
    return hashes, kinds[places], owner[places]


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    values = values ^ (values >> np.uint64(29))
    values = values * np.uint64(0xBF58476D1CE4E5B9)
    return values ^ (values >> np.uint64(32))


def _pairs(
    units: NDArray[np.uint64], kind: NDArray[np.uint8], text: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """A pair for two undivided neighbours, the unit itself for a word or a character that has none."""
    if not len(units):
        return units, text
    joined = (text[:-1] == text[1:]) & (kind[:-1] == _PART) & (kind[1:] == _PART)
    has_next, has_one_before = np.append(joined, values=False), np.concatenate([[False], joined])
    with np.errstate(over="ignore"):
        following = np.append(units[1:], np.uint64(0))
        hashes = np.where(has_next, units * np.uint64(31) + following, units)
        told = has_next | ~has_one_before
        return _mixed(hashes[told] * _MIX) >> np.uint64(32), text[told]


def _bounded(tokens: Tokens) -> Tokens:
    """No more than `MOST` hashes a text, the least."""
    counts = np.diff(tokens.starts)
    if not len(counts) or counts.max() <= MOST:
        return tokens
    rank = np.arange(len(tokens.hashes)) - np.repeat(tokens.starts[:-1], counts)
    kept = rank < MOST
    return Tokens(tokens.hashes[kept], np.concatenate([[0], np.cumsum(np.minimum(counts, MOST))]))


def bands_of(tokens: Tokens) -> NDArray[np.uint64]:
    """A row a text: hashes of its MinHash, `ROWS` values at a time. Of texts as like as .8, 1 in 5,000 share none."""
    import rensa  # noqa: PLC0415 - only the job needs it

    matrix = cast(Any, rensa).RMinHash.digest_matrix_from_flat_token_hashes(
        tokens.hashes.astype(np.uint64), tokens.starts.astype(np.uint64), num_perm=PERMUTATIONS, seed=SEED
    )
    rows = np.array(matrix.to_rows(), np.uint64).reshape(-1, PERMUTATIONS // ROWS, ROWS)
    found = np.zeros(rows.shape[:2], np.uint64)
    with np.errstate(over="ignore"):
        for n in range(ROWS):
            found = _mixed((found + rows[:, :, n]) * _MIX)
    return found


def likeness(tokens: Tokens, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float32]:
    """Jaccard's index of the tokens of each pair of texts."""
    pairs = np.arange(len(one), dtype=np.uint64)
    keys = np.concatenate([_keys(tokens, one, pairs), _keys(tokens, other, pairs)])
    keys.sort()
    shared = keys[1:][keys[1:] == keys[:-1]] >> np.uint64(32)
    both = np.bincount(shared.astype(np.int64), minlength=len(one))
    counts = np.diff(tokens.starts)
    together = counts[one] + counts[other] - both
    return (both / np.maximum(together, 1)).astype(np.float32)


def _keys(tokens: Tokens, texts: NDArray[np.int64], pairs: NDArray[np.uint64]) -> NDArray[np.uint64]:
    counts = tokens.starts[texts + 1] - tokens.starts[texts]
    within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    places = np.repeat(tokens.starts[texts], counts) + within
    return np.repeat(pairs, counts) << np.uint64(32) | tokens.hashes[places].astype(np.uint64)
