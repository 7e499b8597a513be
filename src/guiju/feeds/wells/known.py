"""Which rows of a query came before: eight bytes of each row's hash, in a file for each source that they came with.

What was written for a source whose import failed is dropped with it; the rest is one sorted column of numbers.
The files are no more than a shortcut: where they are lost, everything is brought again and found to be duplicates.
"""

import shutil
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.storage import House

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ENDING = ".rows"
_MANY = 16


def folder_of(house: House, feed_id: int) -> Path:
    return house.home / "feeds" / str(feed_id)


def forget_rows(house: House, feed_id: int) -> None:
    """Bring every row again the next time."""
    shutil.rmtree(folder_of(house, feed_id), ignore_errors=True)


def drop_rows_of(house: House, feed_id: int, source_id: int) -> None:
    """The import of this source failed: its rows are new again."""
    (folder_of(house, feed_id) / f"{source_id}{_ENDING}").unlink(missing_ok=True)


class KnownRows:
    """The rows that came before; `pick` gives those of a batch that did not, and keeps them in mind for `keep`."""

    def __init__(self, folder: Path) -> None:
        import numpy as np  # noqa: PLC0415 - only the worker that draws rows needs it

        self._np = np
        self._folder = folder
        parts = [np.fromfile(path, dtype="<u8") for path in sorted(folder.glob(f"*{_ENDING}"))]
        self._files = len(parts)
        self._known: NDArray[np.uint64] = np.unique(np.concatenate(parts)) if parts else np.empty(0, dtype="<u8")
        self._new: list[NDArray[np.uint64]] = []

    def pick(self, lines: Sequence[bytes]) -> list[bytes]:
        np = self._np
        joined = b"".join(blake2b(line, digest_size=8).digest() for line in lines)
        hashes = np.frombuffer(joined, dtype="<u8")
        places = np.searchsorted(self._known, hashes)
        inside = places < len(self._known)
        seen = np.zeros(len(hashes), dtype=bool)
        seen[inside] = self._known[places[inside]] == hashes[inside]
        self._new.append(hashes[~seen])
        return [line for line, known in zip(lines, seen.tolist(), strict=True) if not known]

    def keep(self, source_id: int) -> None:
        """Write down what was picked. Of many files one is made, with what came before them in it."""
        np = self._np
        self._folder.mkdir(parents=True, exist_ok=True)
        if self._files >= _MANY:
            _write(self._folder / f"0{_ENDING}", self._known.tobytes())
            for path in self._folder.glob(f"*{_ENDING}"):
                if path.name != f"0{_ENDING}":
                    path.unlink()
        _write(self._folder / f"{source_id}{_ENDING}", np.concatenate(self._new).tobytes())


def _write(path: Path, content: bytes) -> None:
    temporary = path.with_suffix(".new")
    temporary.write_bytes(content)
    temporary.replace(path)
