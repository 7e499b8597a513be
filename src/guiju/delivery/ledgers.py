"""What a delivery held: which item with which resolution in which part, item by item, 17 bytes each before packing.

It is kept beside the package and never goes out: by it the next delivery finds what was added, changed and removed.
"""

import gzip
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from guiju.storage import House

_ENTRY = struct.Struct("<QQb")
_AT_ONCE = 4_096


class Entry(NamedTuple):
    """`part` is the place of the item's part, from 0; -1 where the package has none."""

    item: int
    resolution: int
    part: int


def write_ledger(target: Path, entries: Iterable[Entry]) -> None:
    with target.open("wb") as file, gzip.GzipFile("", "wb", 1, file, mtime=0) as out:
        waiting = bytearray()
        for entry in entries:
            waiting += _ENTRY.pack(*entry)
            if len(waiting) >= _ENTRY.size * _AT_ONCE:
                out.write(waiting)
                waiting.clear()
        out.write(waiting)


def read_ledger(house: House, key: str) -> Iterator[Entry]:
    """The entries by item. Raises `BlobMissing`."""
    with house.blobs.open(key) as blob, gzip.GzipFile("", "rb", fileobj=blob) as file:
        while piece := file.read(_ENTRY.size * _AT_ONCE):
            yield from (Entry(*one) for one in _ENTRY.iter_unpack(piece))
