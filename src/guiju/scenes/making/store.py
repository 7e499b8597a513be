"""The vectors of items and what maps learnt, in the home's folder `vectors`: computed, and computed again when lost."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Select

from guiju.scenes.errors import NoMap
from guiju.scenes.making.contents import content_of, without_people
from guiju.scenes.model import Map
from guiju.storage import House
from guiju.vectors.backends import get_backend
from guiju.vectors.errors import BackendUnreadable, EmbedderChanged
from guiju.vectors.kept import Kept
from guiju.vectors.model import Backend, Floats, Ints, State

FOLDER = "vectors"
CHUNK = 5_000


@dataclass(slots=True)
class Items:
    """Items in columns, by id; `texts` only where they were asked for."""

    ids: list[int] = field(default_factory=list[int])
    keys: list[bytes] = field(default_factory=list[bytes])

    def __len__(self) -> int:
        return len(self.ids)


Row = tuple[int, str, str, str | None]


def read_chunks(house: House, wanted: Select[*tuple[Any, ...]]) -> Iterator[list[Row]]:
    """(id, hash, media, body), a chunk at a time, each read on its own so that nothing is held open meanwhile."""
    after = 0
    while True:
        with house.reading() as connection:
            column = wanted.selected_columns["id"]
            rows = [tuple(row) for row in connection.execute(wanted.where(column > after).limit(CHUNK))]
        if not rows:
            return
        yield rows
        after = int(rows[-1][0])


def contents_of(house: House, rows: Sequence[Row]) -> list[Any]:
    return [content_of(house, media, key, body) for _, key, media, body in rows]


def folder_of(house: House) -> Path:
    return house.home / FOLDER


def place_of_map(house: House, map_id: int) -> Path:
    return folder_of(house) / "maps" / f"{map_id}.npz"


def write_arrays(path: Path, arrays: State) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        np.savez(file, allow_pickle=False, **dict(arrays))
    Path(file.name).replace(path)


def read_arrays(path: Path) -> State | None:
    """`None` where there are none, or not whole ones."""
    try:
        with np.load(path, allow_pickle=False) as found:
            return {name: found[name] for name in found.files}
    except (OSError, ValueError, KeyError, EOFError):
        return None


def drop_map(house: House, map_id: int) -> None:
    """What a map of the past learnt, and the vectors that were computed by it alone."""
    place_of_map(house, map_id).unlink(missing_ok=True)
    for each in folder_of(house).glob(f"*/map-{map_id}"):
        shutil.rmtree(each, ignore_errors=True)


class Vectors:
    """A map's vectors: by a backend, in the state that it has for this map."""

    def __init__(self, house: House, backend: Backend, map_id: int) -> None:
        self._house, self._backend = house, backend
        self.variant = backend.variant(house.home)
        root = folder_of(house) / "-".join(filter(None, (backend.name, str(backend.version), self.variant)))
        self._folder = root / f"map-{map_id}" if backend.learns else root
        self._state_file = self._folder / "state.npz"
        self._state: State | None = None if backend.learns else {}

    def learn(self, sample: Callable[[], Sequence[Any]]) -> None:
        """Learn from a sample, unless that was done before."""
        if self._state is None:
            self._state = read_arrays(self._state_file)
        if self._state is None:
            self._state = self._backend.fit(sample(), self._house.home)
            write_arrays(self._state_file, self._state)

    @property
    def has_learnt(self) -> bool:
        if self._state is None:
            self._state = read_arrays(self._state_file)
        return self._state is not None

    def fill(self, wanted: Select[*tuple[Any, ...]], seen: Callable[[int], None]) -> Items:
        """See to it that every item has its vector; `seen` hears after each batch how many there are."""
        items, kept, known = Items(), self._kept(), self.known()
        for rows in read_chunks(self._house, wanted):
            keys = [bytes.fromhex(key) for _, key, _, _ in rows]
            fresh = {key: row for key, row in zip(keys, rows, strict=True) if key not in known}
            todo = list(fresh.items())
            for start in range(0, len(todo), self._backend.batch):
                batch = todo[start : start + self._backend.batch]
                made = self.embed(contents_of(self._house, [row for _, row in batch]))
                kept = kept or Kept(self._folder, made.shape[1])
                if made.shape[1] != kept.width:
                    reason = f"it answers {made.shape[1]} numbers now, {kept.width} before"
                    raise BackendUnreadable(reason=reason, folder=str(self._folder))
                kept.add([key for key, _ in batch], made)
                known.update(key for key, _ in batch)
                seen(len(items) + min(start + len(batch), len(rows)))
            items.ids += [row[0] for row in rows]
            items.keys += keys
            seen(len(items))
        return items

    def embed(self, contents: Sequence[Any]) -> Floats:
        """Rows of contents; of what goes out of the house, personal data is masked before."""
        if self._backend.leaves:
            contents = [without_people(str(each)) for each in contents]
        return self._backend.embed(contents, self._state or {}, self._house.home)

    def read(self, keys: Sequence[bytes]) -> Floats:
        """The rows of contents that `fill` has seen."""
        places = Kept(self._folder).places()
        return Kept(self._folder).read(np.array([places[key] for key in keys], np.int64))

    def read_known(self, keys: Sequence[bytes]) -> tuple[Ints, Floats]:
        """Which of `keys` have a vector, and these."""
        places = Kept(self._folder).places()
        there = np.array([at for at, key in enumerate(keys) if key in places], np.int64)
        return there, Kept(self._folder).read(np.array([places[keys[at]] for at in there], np.int64))

    def closeness(self, point: Floats, mean: Floats) -> tuple[list[bytes], Floats]:
        """Every content that has a vector, and its cosine with `point`, a row of unit length around `mean`."""
        kept = Kept(self._folder)
        places = kept.places()
        close = np.zeros(len(places), np.float32)
        for start in range(0, len(places), CHUNK):
            rows = kept.read(np.arange(start, min(start + CHUNK, len(places)), dtype=np.int64)) - mean
            lengths = np.maximum(np.linalg.norm(rows, axis=1), 1e-6)
            close[start : start + CHUNK] = rows @ point / lengths
        return list(places), close

    def known(self) -> set[bytes]:
        """The contents that have a vector."""
        return set(Kept(self._folder).places())

    def _kept(self) -> Kept | None:
        kept = Kept(self._folder)
        return kept if kept.width else None


def of_map(house: House, current: Map | None, what: object) -> tuple[Vectors, State]:
    """How a map's items became vectors, and what it learnt; `what` is the view's name.

    Raises `NoMap` where that is lost, `EmbedderChanged` where another model stands in its place.
    """
    plane = read_arrays(place_of_map(house, current.id)) if current else None
    if current is None or plane is None:
        raise NoMap(media=what)
    vectors = Vectors(house, get_backend(current.backend, current.view.value, house.home), current.id)
    if str(plane.get("variant", vectors.variant)) != vectors.variant:
        raise EmbedderChanged
    if not vectors.has_learnt:
        raise NoMap(media=what)
    return vectors, plane
