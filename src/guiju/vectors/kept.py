"""Vectors kept by the hash of their content, so that nothing is computed twice.

A folder holds what one backend in one state made: `rows.f16`, a row of half-precision numbers a vector, and `keys`,
32 bytes each, the SHA-256 of the content. Both only grow; the row stands before its key, so that a key that is there
has its row, and what a kill left behind the last whole pair is cut off by the next writer. Forgetting writes both anew.
"""

import sys
from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.vectors.model import Floats

if sys.platform == "win32":
    import msvcrt

    def _hold(file: int) -> None:
        """Until the file is closed."""
        msvcrt.locking(file, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _hold(file: int) -> None:
        """Until the file is closed."""
        fcntl.flock(file, fcntl.LOCK_EX)


KEY = 32
SLICE = 2_000
_FILES = ("rows.f16", "keys")


class Kept:
    """One folder of vectors."""

    def __init__(self, folder: Path, width: int | None = None) -> None:
        """`width` is needed where the folder may be new."""
        self._folder = folder
        self._rows, self._keys = (folder / name for name in _FILES)
        self._width = folder / "width"
        if width is not None:
            folder.mkdir(parents=True, exist_ok=True)
            with self._alone():
                if self._width.exists() and int(self._width.read_text()) != width:
                    self._empty()
                self._width.write_text(str(width))

    @property
    def width(self) -> int:
        return int(self._width.read_text()) if self._width.exists() else 0

    def __len__(self) -> int:
        if not self._keys.exists() or not self.width:
            return 0
        return min(self._keys.stat().st_size // KEY, self._rows.stat().st_size // (2 * self.width))

    def places(self) -> dict[bytes, int]:
        """Each key's row."""
        count = len(self)
        content = self._keys.read_bytes()[: count * KEY] if count else b""
        return {content[at * KEY : (at + 1) * KEY]: at for at in range(count)}

    def add(self, keys: Sequence[bytes], rows: Floats) -> None:
        """Append; durable together or not at all."""
        with self._alone():
            count = len(self)
            for path, size, content in (
                (self._rows, 2 * self.width, np.ascontiguousarray(rows, np.float16).tobytes()),
                (self._keys, KEY, b"".join(keys)),
            ):
                with path.open("r+b" if path.exists() else "w+b") as file:
                    file.truncate(count * size)
                    file.seek(count * size)
                    file.write(content)

    def read(self, places: NDArray[np.int64]) -> Floats:
        """The rows at `places`, in their order."""
        if not len(self):
            return np.zeros((0, self.width), np.float32)
        rows: Any = np.memmap(self._rows, np.float16, "r", shape=(len(self), self.width))
        return np.asarray(rows[places], np.float32)

    def keep_only(self, keys: Collection[bytes]) -> int:
        """Forget everything else; how many were forgotten."""
        with self._alone():
            held = self.places()
            staying = [(key, place) for key, place in held.items() if key in keys]
            gone = len(held) - len(staying)
            if gone:
                rows = self.read(np.array([place for _, place in staying], np.int64)).astype(np.float16)
                self._replace(rows.tobytes(), b"".join(key for key, _ in staying))
            return gone

    def _replace(self, rows: bytes, keys: bytes) -> None:
        """The keys go first: a kill in between leaves vectors to be computed again, never a wrong one."""
        self._keys.unlink()
        for path, content in ((self._rows, rows), (self._keys, keys)):
            fresh = path.with_suffix(".new")
            fresh.write_bytes(content)
            fresh.replace(path)

    def _empty(self) -> None:
        for path in (self._keys, self._rows):
            path.unlink(missing_ok=True)

    def _alone(self) -> AbstractContextManager[None]:
        return alone_in(self._folder)


@contextmanager
def alone_in(folder: Path) -> Generator[None]:
    """One writer of a folder at a time, of however many processes."""
    with (folder / "lock").open("w") as lock:
        _hold(lock.fileno())
        yield


def forget(folder: Path, held: Callable[[Sequence[bytes]], Collection[bytes]]) -> int:
    """Drop every vector below whose key `held` does not give back; how many that were."""
    gone = 0
    for each in sorted(folder.rglob("width")):
        kept = Kept(each.parent)
        keys = list(kept.places())
        staying = {key for start in range(0, len(keys), SLICE) for key in held(keys[start : start + SLICE])}
        if len(staying) < len(keys):
            gone += kept.keep_only(staying)
    return gone
