"""The files of one medium by one way, and the arithmetic on them. Brings NumPy.

`bank-vectors/<medium>/<way>-<version>/current` names the folder that counts; a new one is made beside it and takes its
place when it is whole, so a kill leaves the old one standing. What a way learnt lies in its folder: when there are four
times as many deposits as it learnt from, it learns anew.
"""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from guiju.bank.likeness import store
from guiju.bank.likeness.store import Row
from guiju.scenes.making.contents import content_of
from guiju.scenes.making.store import read_arrays, write_arrays
from guiju.scenes.model import MEDIA_OF, View
from guiju.storage import House
from guiju.vectors.gathered import Gathered
from guiju.vectors.model import Backend, Floats, Ints, one_core, unit
from guiju.vectors.searching import Searcher

FOLDER = "bank-vectors"
CHUNK = 2_000
LEARNT_FROM = 20_000
ANEW_AT = 4
CENTRED_FROM, ALIKE = 30, 0.05


def mark_of(content_hash: str) -> int:
    """Eight bytes of a content's hash, as a vector is marked with them."""
    return int.from_bytes(bytes.fromhex(content_hash[:16]), "big", signed=True)


def media_of(view: View) -> list[str]:
    return [each.value for each in MEDIA_OF[view]]


class Shelf:
    """A medium's vectors by one way, as they stand now."""

    def __init__(self, house: House, view: View, backend: Backend) -> None:
        self.house, self.view, self.backend = house, view, backend
        variant = backend.variant(house.home)
        name = "-".join(filter(None, (backend.name, str(backend.version), variant)))
        self.root = house.home / FOLDER / view.value / name

    @property
    def current(self) -> Path | None:
        try:
            folder = self.root / (self.root / "current").read_text().strip()
        except OSError:
            return None
        return folder if (folder / "state.npz").is_file() else None

    def gathered(self) -> Gathered | None:
        folder = self.current
        return Gathered(folder) if folder else None

    def embed(self, contents: Sequence[Any]) -> Floats:
        """Rows at length 1 around the mean, by what was learnt."""
        folder, gathered = self.current, self.gathered()
        if folder is None or gathered is None:
            return np.zeros((0, 0), np.float32)
        return gathered.around(self._rows(folder, contents))

    def _rows(self, folder: Path, contents: Sequence[Any]) -> Floats:
        state = {key: held for key, held in (read_arrays(folder / "state.npz") or {}).items() if key != "learnt"}
        with one_core():
            return unit(self.backend.embed(contents, state, self.house.home))

    def append(self, seen: Callable[[int], None]) -> int:
        """Every deposit that has no vector yet gets one; `seen` hears how many. How many came."""
        came = self._begin(seen) if self._has_outgrown() else 0
        return came + self._fill(self.current or self.root, seen)

    def _begin(self, seen: Callable[[int], None]) -> int:
        """A new folder with what is learnt from the deposits of today, filled before it counts."""
        self._sweep()
        with self.house.reading() as connection:
            total = store.count_of(connection, media_of(self.view))
        if not total:
            return 0
        sample = self._sample(total)
        folder = self.root / str(1 + max((int(each.name) for each in self._folders()), default=0))
        with one_core():
            state = dict(self.backend.fit(sample, self.house.home))
            rows = unit(self.backend.embed(sample[:CHUNK], state, self.house.home))
        Gathered(folder, _mean(rows))
        write_arrays(folder / "state.npz", {**state, "learnt": np.array(total)})
        came = self._fill(folder, seen)
        Gathered(folder).write_index()
        self._turn_to(folder)
        return came

    def _sample(self, total: int) -> list[Any]:
        step, after, sample, at = max(1, total // LEARNT_FROM), 0, list[Any](), 0
        if not self.backend.learns:
            step = max(step, total // CHUNK)
        while rows := self._next(after):
            sample += self._contents(rows[(-at) % step :: step])
            after, at = rows[-1][0], at + len(rows)
        return sample

    def _fill(self, folder: Path, seen: Callable[[int], None]) -> int:
        gathered = Gathered(folder)
        if not gathered.width:
            return 0
        there = set(gathered.names()[:, 0].tolist())
        # ids are given in order and may be seen out of it: the last few are looked through once more
        after, came = max(0, max(there, default=0) - CHUNK), 0
        while rows := self._next(after):
            after = rows[-1][0]
            fresh = [row for row in rows if row[0] not in there]
            for start in range(0, len(fresh), self.backend.batch):
                some = fresh[start : start + self.backend.batch]
                names = np.array([(row[0], mark_of(row[1])) for row in some], np.int64)
                gathered.add(names, self._rows(folder, self._contents(some)))
                came += len(some)
                seen(len(there) + came)
        return came

    def _next(self, after: int) -> list[Row]:
        with self.house.reading() as connection:
            return store.read_contents(connection, media_of(self.view), after, CHUNK)

    def _contents(self, rows: Sequence[Row]) -> list[Any]:
        return [content_of(self.house, media, content_hash, body) for _, content_hash, media, body in rows]

    def _has_outgrown(self) -> bool:
        folder = self.current
        if folder is None:
            return True
        learnt = int((read_arrays(folder / "state.npz") or {}).get("learnt", np.array(0)))
        with self.house.reading() as connection:
            total = store.count_of(connection, media_of(self.view))
        # what learns nothing has only its mean to gain, and much to compute
        return (self.backend.learns or learnt < LEARNT_FROM) and total >= ANEW_AT * max(1, learnt)

    def compact(self) -> int:
        """A new folder without the vectors of what no longer stands; how many went."""
        folder, gathered = self.current, self.gathered()
        if folder is None or gathered is None:
            return 0
        names = gathered.names()
        staying = self._standing(names)
        if len(staying) == len(names):
            return 0
        fresh = self.root / str(1 + max(int(each.name) for each in self._folders()))
        gathered.copy_to(fresh, staying)
        shutil.copy(folder / "state.npz", fresh / "state.npz")
        self._turn_to(fresh)
        return len(names) - len(staying)

    def _standing(self, names: Ints) -> set[int]:
        marks = {int(number): int(mark) for number, mark in names}
        staying, after = set[int](), 0
        while True:
            with self.house.reading() as connection:
                rows = store.ids_standing(connection, after, 20_000)
            if not rows:
                return staying
            staying |= {number for number, held in rows if marks.get(number) == mark_of(held)}
            after = rows[-1][0]

    def _folders(self) -> list[Path]:
        return [each for each in self.root.glob("*") if each.is_dir() and each.name.isdecimal()]

    def _turn_to(self, folder: Path) -> None:
        fresh = self.root / "current.new"
        fresh.write_text(folder.name)
        fresh.replace(self.root / "current")
        self._sweep()

    def _sweep(self) -> None:
        """What a kill left half-made, and what counted before."""
        self.root.mkdir(parents=True, exist_ok=True)
        held = self.current
        for each in self._folders():
            if each != held:
                shutil.rmtree(each, ignore_errors=True)


def _mean(rows: Floats) -> Floats:
    """What the rows are compared around; nothing where few, or hardly different ones, do not tell it."""
    mean = np.asarray(rows.mean(axis=0), np.float32)
    differ = float(np.linalg.norm(rows - mean, axis=1).mean())
    return mean if len(rows) >= CENTRED_FROM and differ > ALIKE else np.zeros_like(mean)


_open: dict[Path, Searcher] = {}
_lock = Lock()


def searcher_of(shelf: Shelf) -> Searcher | None:
    """Opened once and kept while its folder counts; what came since is taken in."""
    folder = shelf.current
    if folder is None:
        return None
    with _lock:
        held = _open.get(folder)
        if held is None or held.is_outdated:
            for each in [key for key in _open if key.parent == folder.parent]:
                del _open[each]
            held = _open[folder] = Searcher(Gathered(folder))
        held.refresh()
        return held


class Point:
    """A `Nearest`: a row, and the vectors that it is compared with."""

    def __init__(self, searcher: Searcher, row: Floats) -> None:
        self._searcher, self._row = searcher, row

    def __len__(self) -> int:
        return len(self._searcher)

    def all(self, count: int) -> list[tuple[int, float]]:
        return _pairs(*self._searcher.nearest(self._row, count))

    def among(self, deposits: Sequence[int], count: int) -> list[tuple[int, float]]:
        return _pairs(*self._searcher.nearest_among(self._row, deposits, count))


def _pairs(numbers: Ints, close: Floats) -> list[tuple[int, float]]:
    return [(int(number), float(each)) for number, each in zip(numbers, close, strict=True)]
