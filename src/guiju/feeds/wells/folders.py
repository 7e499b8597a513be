"""A folder of the server: files that are copied once they are at rest. Links lead nowhere."""

import os
import shutil
import stat
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from guiju.data.mapping.rules import told_of
from guiju.feeds.connections.model import Place
from guiju.feeds.connections.rules import read_address
from guiju.feeds.errors import ChangedWhileRead, FileIsLink, FolderGone, FolderOutside
from guiju.feeds.model import Found
from guiju.feeds.rules import find_unfit, is_meant
from guiju.feeds.wells.model import Files
from guiju.kit import Refusal


@contextmanager
def open_files(place: Place, folder: str) -> Generator[Files]:
    """Raises `FolderGone`, `FolderOutside`."""
    root = Path(read_address(place.kind, place.address).path)
    inside = find_folder(place, root, folder)
    yield Files(lambda: _walk(place, inside, folder), lambda found, to: _copy(inside, found, to), must_rest=True)


def find_folder(place: Place, root: Path, folder: str) -> Path:
    """The folder below the root that the connection grants. Raises `FolderGone`, `FolderOutside`."""
    try:
        granted = root.resolve(strict=True)
        inside = (granted / folder).resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise FolderGone(connection=place.name, folder=folder or place.name) from error
    if not inside.is_relative_to(granted):
        raise FolderOutside(connection=place.name, folder=folder)
    if not inside.is_dir():
        raise FolderGone(connection=place.name, folder=folder or place.name)
    return inside


def _walk(place: Place, inside: Path, folder: str) -> Iterator[Found]:
    """Every file in the order of its path; raises `FolderGone` where the folder itself cannot be read."""

    def fail(error: OSError) -> None:
        if Path(error.filename or "") == inside:
            raise FolderGone(connection=place.name, folder=folder or place.name) from error

    for root, inner, names in os.walk(inside, onerror=fail):
        inner.sort()
        for name in sorted(names):
            path = Path(root, name)
            called = path.relative_to(inside).as_posix()
            if is_meant(called):
                found = _found(path, called)
                if found is not None:
                    yield found


def _found(path: Path, called: str) -> Found | None:
    try:
        told = path.lstat()
    except OSError:
        return None  # gone between the two
    readable = called.encode("utf-8", errors="replace").decode()
    fault: Refusal | None = find_unfit(called, told.st_size) if readable == called else None
    if not stat.S_ISREG(told.st_mode):
        fault = FileIsLink()
    return Found(readable, _sign(told), told.st_size, told_of(fault) if fault is not None else None)


def _sign(told: os.stat_result) -> str:
    return f"{told.st_size}-{told.st_mtime_ns}-{told.st_ino}"


def _copy(inside: Path, found: Found, to: Path) -> None:
    """Copied only as it was listed: not through a link, and unchanged from first to last byte."""
    path = inside / found.name
    try:
        if not path.parent.resolve(strict=True).is_relative_to(inside):
            raise ChangedWhileRead
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as source:
            before = os.fstat(source.fileno())
            if _sign(before) != found.sign:
                raise ChangedWhileRead
            with to.open("wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
            if _sign(os.fstat(source.fileno())) != found.sign or to.stat().st_size != found.size:
                raise ChangedWhileRead
    except OSError as error:
        raise ChangedWhileRead from error
