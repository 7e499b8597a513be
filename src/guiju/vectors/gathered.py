"""Many vectors in a folder, each with a number and a mark, and an index of them that can be thrown away.

`rows.f16` holds a row of half-precision numbers a vector; they are compared around the mean in `mean.f32`. `names.i64`
has two numbers a vector: what it is called, and a mark of its content by which a mistaken number is seen. Both only
grow, the row before its name; what a kill left behind the last whole pair is cut off by the next writer. `index.faiss`
covers the first of them and counts only while `index.json` names its size and its checksum: it is written aside and
takes its place when it is whole.
"""

import zlib
from collections.abc import Collection
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from guiju.vectors.kept import alone_in
from guiju.vectors.model import Floats, Ints, unit
from guiju.vectors.tuning import Tuned, tune

INDEX_FROM = 20_000
"""So few are compared one by one, which is exact and takes 5 ms."""
TRAINED_ON = 40
MOST_LISTS = 4_096
CHUNK = 50_000
NAME = 16


class Told(msgspec.Struct, frozen=True):
    """What stands beside an index: how many of the rows it covers, how it is asked, and how its file is known."""

    rows: int
    probes: int
    recall: float
    size: int
    crc: int


class Gathered:
    """One folder of vectors."""

    def __init__(self, folder: Path, mean: Floats | None = None) -> None:
        """`mean` is needed where the folder may be new: zeros leave the rows as they are."""
        self.folder = folder
        self._rows, self._names, self._mean = (folder / name for name in ("rows.f16", "names.i64", "mean.f32"))
        if mean is not None and not self._mean.exists():
            folder.mkdir(parents=True, exist_ok=True)
            _replace(self._mean, np.ascontiguousarray(mean, np.float32).tobytes())
        self.mean: Floats = np.fromfile(self._mean, np.float32) if self._mean.exists() else np.zeros(0, np.float32)

    @property
    def width(self) -> int:
        return len(self.mean)

    def __len__(self) -> int:
        if not (self._names.exists() and self._rows.exists() and self.width):
            return 0
        return min(self._names.stat().st_size // NAME, self._rows.stat().st_size // (2 * self.width))

    def names(self) -> Ints:
        """Two columns: numbers and marks."""
        count = len(self)
        held = np.fromfile(self._names, np.int64, 2 * count) if count else np.zeros(0, np.int64)
        return held.reshape(count, 2)

    def add(self, names: Ints, rows: Floats) -> None:
        """Append; durable together or not at all."""
        with alone_in(self.folder):
            count = len(self)
            for path, size, content in (
                (self._rows, 2 * self.width, np.ascontiguousarray(rows, np.float16)),
                (self._names, NAME, np.ascontiguousarray(names, np.int64)),
            ):
                with path.open("r+b" if path.exists() else "w+b") as file:
                    file.truncate(count * size)
                    file.seek(count * size)
                    file.write(content.tobytes())

    def read(self, places: Ints | slice) -> Floats:
        """The rows at `places`, in their order, around the mean and at length 1; zeros stay zeros."""
        return self.around(self.raw(places))

    def raw(self, places: Ints | slice) -> Floats:
        """The rows as they came."""
        count = len(self)
        if not count:
            return np.zeros((0, self.width), np.float32)
        rows: Any = np.memmap(self._rows, np.float16, "r", shape=(count, self.width))
        return np.asarray(rows[places], np.float32)

    def around(self, rows: Floats) -> Floats:
        return unit((rows - self.mean) * rows.any(axis=1, keepdims=True))

    def told(self) -> Told | None:
        """What is said of the index, `None` where there is none that could be read."""
        try:
            return msgspec.json.decode((self.folder / "index.json").read_bytes(), type=Told)
        except (OSError, msgspec.DecodeError):
            return None

    def read_index(self) -> tuple[Any, Told] | None:
        """The index with what is told of it; `None` where it is absent, damaged, or cannot be read here."""
        told, path = self.told(), self.folder / "index.faiss"
        if told is None or find_spec("faiss") is None or told.rows > len(self) or not path.is_file():
            return None
        if path.stat().st_size != told.size or _checksum(path) != told.crc:
            return None
        return import_module("faiss").read_index(str(path)), told

    def is_behind(self) -> bool:
        """Whether an index is wanted that covers more, or any."""
        count, told = len(self), self.told()
        if count < INDEX_FROM or find_spec("faiss") is None:
            return False
        return told is None or count - told.rows > max(INDEX_FROM, told.rows // 10)

    def write_index(self, at_least: int = INDEX_FROM) -> Told | None:
        """An index of all rows, grown from the one before unless there are thrice as many; `None` without faiss."""
        count = len(self)
        if count < at_least or find_spec("faiss") is None:
            return None
        faiss = import_module("faiss")
        index, start = self._begun(faiss, count)
        numbers = self.names()[:, 0]
        for at in range(start, count, CHUNK):
            part = slice(at, min(at + CHUNK, count))
            index.add_with_ids(self.read(part), np.ascontiguousarray(numbers[part]))
        return self._keep(faiss, index, count, tune(self.read, numbers, index))

    def _begun(self, faiss: Any, count: int) -> tuple[Any, int]:
        """An index to be filled up, and from which row on."""
        held = self.read_index()
        if held is not None and held[1].rows * 3 >= count:
            return held[0], held[1].rows
        return self._trained(faiss, count), 0

    def _trained(self, faiss: Any, count: int) -> Any:
        lists = int(min(MOST_LISTS, max(64, np.sqrt(count))))
        index = faiss.index_factory(self.width, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
        some = np.random.default_rng(7).permutation(count)[: lists * TRAINED_ON]
        index.train(self.read(np.sort(some)))
        return index

    def _keep(self, faiss: Any, index: Any, rows: int, tuned: Tuned) -> Told:
        """Its file, then what tells of it: between both the checksum is another's, and nobody reads the index."""
        path, fresh = self.folder / "index.faiss", self.folder / "index.faiss.new"
        faiss.write_index(index, str(fresh))
        told = Told(rows, tuned.probes, tuned.recall, fresh.stat().st_size, _checksum(fresh))
        fresh.replace(path)
        _replace(self.folder / "index.json", msgspec.json.encode(told))
        return told

    def copy_to(self, folder: Path, staying: Collection[int], at_least: int = INDEX_FROM) -> "Gathered":
        """What stays, in a new folder, with the index from which the rest was taken out."""
        fresh, names = Gathered(folder, self.mean), self.names()
        stays = np.isin(names[:, 0], np.fromiter(staying, np.int64, len(staying)))
        places = np.flatnonzero(stays)
        for at in range(0, len(places), CHUNK):
            some = places[at : at + CHUNK]
            fresh.add(names[some], self.raw(some))
        held = self.read_index()
        if held is not None and len(fresh) >= at_least:
            index, told = held
            index.remove_ids(np.ascontiguousarray(names[~stays, 0]))
            covered = int(stays[: told.rows].sum())
            fresh._keep(import_module("faiss"), index, covered, Tuned(told.probes, told.recall))
        return fresh


def _checksum(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while content := file.read(1 << 22):
            crc = zlib.crc32(content, crc)
    return crc


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(content)
    fresh.replace(path)
