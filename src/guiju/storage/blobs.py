"""Content by its own hash: a folder of files named by SHA-256, written once, never changed.

How many things refer to a blob is counted in the tables that refer to it, never stored beside it.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from guiju.kit import N_, NotFound
from guiju.storage.full import writing_files

CHUNK = 1 << 20


class BlobMissing(NotFound):
    """A blob that the database names and the folder does not have."""

    code = "blob-missing"
    sentence = N_("The content of this item is missing from the store.")
    next_step = N_("Ask the administrator to run “guiju verify” and restore it from a backup.")


class Blobs:
    """A folder of content-addressed files: `aa/bb/aabb…` by SHA-256 in hex."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "tmp").mkdir(parents=True, exist_ok=True)

    def path(self, key: str) -> Path:
        """Where `key` lies, whether or not it is there."""
        return self.folder / key[:2] / key[2:4] / key

    def exists(self, key: str) -> bool:
        return self.path(key).is_file()

    def put(self, content: bytes) -> str:
        """Store `content` durably; returns its key. The same content is stored once. Raises `StorageFull`."""
        key = hashlib.sha256(content).hexdigest()
        if not self.exists(key):
            self._land(self._write_temporary([content]), key)
        return key

    def put_stream(self, chunks: Iterable[bytes], look: Callable[[Path], object] | None = None) -> tuple[str, int]:
        """Store a stream durably; returns its key and its size in bytes. Raises `StorageFull`.

        `look` is shown the whole content before it is stored; when it raises, nothing is kept.
        """
        temporary = self._write_temporary(chunks)
        hashed, size = hashlib.sha256(), 0
        try:
            if look is not None:
                look(temporary)
        except BaseException:
            temporary.unlink()
            raise
        with temporary.open("rb") as written:
            while chunk := written.read(CHUNK):
                hashed.update(chunk)
                size += len(chunk)
        key = hashed.hexdigest()
        if self.exists(key):
            temporary.unlink()
        else:
            self._land(temporary, key)
        return key, size

    def open(self, key: str) -> BinaryIO:
        """The blob for reading. Raises `BlobMissing`."""
        try:
            return self.path(key).open("rb")
        except FileNotFoundError as error:
            raise BlobMissing(key=key) from error

    def read(self, key: str) -> bytes:
        """The whole blob. Raises `BlobMissing`."""
        with self.open(key) as blob:
            return blob.read()

    def delete(self, key: str) -> None:
        """Remove a blob that nothing refers to any more."""
        self.path(key).unlink(missing_ok=True)

    def __iter__(self) -> Iterator[str]:
        """Every key in the store, in order."""
        for first in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            for second in sorted(first.iterdir()):
                yield from sorted(blob.name for blob in second.iterdir())

    def is_whole(self, key: str) -> bool:
        """Whether the content still has the hash that names it."""
        hashed = hashlib.sha256()
        with self.open(key) as blob:
            while chunk := blob.read(CHUNK):
                hashed.update(chunk)
        return hashed.hexdigest() == key

    def _write_temporary(self, chunks: Iterable[bytes]) -> Path:
        handle, name = tempfile.mkstemp(dir=self.folder / "tmp")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as out, writing_files():
                for chunk in chunks:
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return temporary

    def _land(self, temporary: Path, key: str) -> None:
        place = self.path(key)
        with writing_files():
            place.parent.mkdir(parents=True, exist_ok=True)
            temporary.replace(place)
            sync_folder(place.parent)


def sync_folder(folder: Path) -> None:
    """Make durable what was renamed in `folder`."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
