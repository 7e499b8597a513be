"""A zip of small files as one file of a package: the same files, the same bytes."""

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from guiju.delivery.packing import EPOCH, UNIX

PIECE = 1 << 20


Content: TypeAlias = bytes | str | Iterator[bytes]
"""Of a file: all of it, or piece by piece."""


def zipped(files: Iterable[tuple[str, Content]]) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name, content in files:
                entry = zipfile.ZipInfo(name, EPOCH)
                entry.create_system = UNIX
                if isinstance(content, bytes | str):
                    archive.writestr(entry, content)
                    continue
                with archive.open(entry, "w", force_zip64=True) as out:
                    out.writelines(content)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def list_of(part: str) -> str:
    """What others call the list of a part's images.

    >>> list_of("validation")
    'val'
    """
    return "val" if part in {"validation", "valid", "dev"} else part
