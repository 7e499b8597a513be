"""Pictures and sounds as words of 16 bits: what is nearly the same differs in few of them.

Of a picture: whether it grows brighter to the right and downwards, on 9 × 9 fields (dHash, both ways: 128 bits).
Of a sound: whether each of 16 bands of its spectrum gains on the next from one piece to the following one, of 33 equal
pieces between its first and its last loud moment (after Haitsma and Kalker, 2002: 512 bits); louder or later
is the same.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from guiju.cleaning.profiles.figures.pictures import read_grey
from guiju.data import Item
from guiju.data.intake.errors import ImportRefused, RecordRefused
from guiju.data.readers.pictures import BROKEN, pillow
from guiju.data.sounds import samples
from guiju.storage import BlobMissing, House

FIELDS = 9
PIECES, BANDS = 33, 17
LOW_HZ, HIGH_HZ = 150.0, 3_500.0
HOP_SECONDS = 0.02
LOUD = 1e-3
FLAT = 3.0
Words = NDArray[np.uint16]


def of_picture(house: House, item: Item) -> Words | None:
    """Eight words; `None` of what cannot be read, and of a picture in one colour, which is like any other such."""
    try:
        grey, _ = read_grey(house, item, 256)
    except (BlobMissing, FileNotFoundError, *BROKEN):
        return None
    if float(grey.std()) < FLAT:
        return None
    image = pillow()
    small = np.asarray(image.fromarray(grey).resize((FIELDS, FIELDS), image.Resampling.BOX), np.float32)
    right = small[:-1, 1:] > small[:-1, :-1]
    down = small[1:, :-1] > small[:-1, :-1]
    return _words(np.concatenate([right.ravel(), down.ravel()]))


def of_sound(house: House, item: Item) -> Words | None:
    """32 words; `None` of what cannot be read, of silence, and of what is shorter than its pieces."""
    path = house.blobs.path(item.hash)
    if not path.is_file():
        return None
    try:
        with samples.opened(path) as sound:
            energies = _energies(samples.blocks(sound), int(sound.samplerate))
    except (ImportRefused, RecordRefused):
        return None
    loud = np.flatnonzero(energies.sum(axis=1) > LOUD * max(float(energies.sum(axis=1).max(initial=0)), 1e-9))
    if len(loud) < PIECES:
        return None
    heard = energies[loud[0] : loud[-1] + 1]
    edges = np.linspace(0, len(heard), PIECES + 1).astype(int)[:-1]
    pieces = np.log(np.add.reduceat(heard, edges, axis=0) + 1e-9)
    gained = np.diff(np.diff(pieces, axis=1), axis=0) > 0
    return _words(gained.ravel())


def _energies(blocks: Iterable[samples.Block], rate: int) -> NDArray[np.float64]:
    """Energy in bands that are even on a logarithmic scale, in every 20 ms: frames × bands."""
    hop = max(64, round(rate * HOP_SECONDS))
    edges = np.geomspace(LOW_HZ, min(HIGH_HZ, rate / 2), BANDS + 1)
    bins = np.clip(np.round(edges * 2 * hop / rate).astype(int), 0, hop)
    window = np.hanning(2 * hop).astype(np.float32)
    waiting, found = np.empty(0, np.float32), [np.empty((0, BANDS))]
    for block in blocks:
        waiting = np.concatenate([waiting, samples.mono(block)])
        count = len(waiting) // hop - 1
        if count < 1:
            continue
        frames = np.lib.stride_tricks.sliding_window_view(waiting, 2 * hop)[::hop][:count]
        power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
        sums = np.concatenate([np.zeros((count, 1)), np.cumsum(power, axis=1)], axis=1)
        found.append(sums[:, np.maximum(bins[1:], bins[:-1] + 1)] - sums[:, bins[:-1]])
        waiting = waiting[count * hop :]
    return np.concatenate(found)


def _words(bits: NDArray[np.bool_]) -> Words:
    return np.packbits(bits).view(">u2").astype(np.uint16)


def bands_of(words: Words) -> NDArray[np.uint64]:
    """A row a thing, a column a word: what shares one is compared."""
    return words.astype(np.uint64)


def likeness(words: Words, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float32]:
    """The share of equal bits of each pair."""
    apart = np.bitwise_count(words[one] ^ words[other]).sum(axis=1)
    return (1 - apart / (16 * words.shape[1])).astype(np.float32)
