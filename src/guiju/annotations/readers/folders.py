"""Many files of others' work that come together: a folder, or a zip of one."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from guiju.annotations.imports.errors import WorkGone, WorkUnreadable

FILE_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Folder:
    """The files by their paths, in order; each is read when it is asked for."""

    path: Path
    names: tuple[str, ...]

    def read(self, name: str) -> bytes:
        """Raises `ValueError` for one that is too large or broken."""
        if self.path.is_dir():
            content = _limited((self.path / name).open("rb").read(FILE_BYTES + 1), name)
        else:
            try:
                with zipfile.ZipFile(self.path) as archive, archive.open(name) as file:
                    content = _limited(file.read(FILE_BYTES + 1), name)
            except (zipfile.BadZipFile, OSError, EOFError) as error:
                raise ValueError(f"{name} is broken") from error
        return content

    def text(self, name: str) -> str:
        """Raises `ValueError`."""
        return self.read(name).decode("utf-8-sig")


def _limited(content: bytes, name: str) -> bytes:
    if len(content) > FILE_BYTES:
        raise ValueError(f"{name} is larger than {FILE_BYTES:,} bytes")
    return content


def open_folder(path: Path, name: str, said: str) -> Folder:
    """Raises `WorkUnreadable`, `WorkGone`."""
    if not path.exists():
        raise WorkGone(name=name)
    if path.is_dir():
        found = sorted(one.relative_to(path).as_posix() for one in path.rglob("*") if one.is_file())
        return Folder(path, tuple(found))
    try:
        with zipfile.ZipFile(path) as archive:
            return Folder(path, tuple(sorted(entry for entry in archive.namelist() if not entry.endswith("/"))))
    except (zipfile.BadZipFile, OSError) as error:
        raise WorkUnreadable(name=name, format=said, reason="it is neither a folder nor a whole zip") from error
