"""A zip whose bytes depend on its content alone: fixed times, sorted names, nothing compressed.

Nothing is compressed because two machines' compressors need not agree, and the same state must give the same bytes.
"""

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TypeAlias

from guiju.kit import sha256_hex

EPOCH = (1980, 1, 1, 0, 0, 0)
UNIX = 3
MANIFEST = "manifest.json"
CARD = "croissant.json"
GATHERED = 1 << 18
Pieces: TypeAlias = Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Known:
    """A file whose hash is known before it is read: a picture from the blobs."""

    sha256: str
    size: int
    pieces: Pieces


def pack(
    target: Path,
    streams: Mapping[str, Pieces],
    describe: Callable[[], tuple[Mapping[str, bytes], Mapping[str, Known]]],
    card: Callable[[Mapping[str, dict[str, object]]], bytes],
    manifest: Callable[[Mapping[str, dict[str, object]]], bytes],
) -> None:
    """Write a package: the streams first, then what `describe` says once they have been read, each in order of names.

    The manifest must sort before the pictures: it holds hash and size of every file. `card` is told them before.
    """
    told: dict[str, dict[str, object]] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, strict_timestamps=True) as package:
        for name, pieces in sorted(streams.items()):
            told[name] = _store(package, name, pieces())
        small, known = describe()
        told.update({name: {"sha256": sha256_hex(content), "size": len(content)} for name, content in small.items()})
        told.update({name: {"sha256": one.sha256, "size": one.size} for name, one in known.items()})
        described = card(dict(sorted(told.items())))
        told[CARD] = {"sha256": sha256_hex(described), "size": len(described)}
        contents = {**small, CARD: described, MANIFEST: manifest(dict(sorted(told.items())))}
        for name in sorted({*contents, *known}):
            _store(package, name, [contents[name]] if name in contents else known[name].pieces())


def _store(package: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> dict[str, object]:
    info = zipfile.ZipInfo(name, EPOCH)
    info.create_system, info.external_attr = UNIX, 0o644 << 16
    hashed, size = hashlib.sha256(), 0
    with package.open(info, "w", force_zip64=True) as out:
        for piece in _gathered(pieces):
            out.write(piece)
            hashed.update(piece)
            size += len(piece)
    return {"sha256": hashed.hexdigest(), "size": size}


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in fewer pieces: formats give a line at a time, and a write costs more than a line."""
    waiting = bytearray()
    for piece in pieces:
        if not waiting and len(piece) >= GATHERED:
            yield piece
            continue
        waiting += piece
        if len(waiting) >= GATHERED:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)


def named_part(name: str, part: str) -> str:
    """The file of one part.

    >>> named_part("annotations.coco.json", "train")
    'annotations.train.coco.json'
    """
    first, dot, rest = name.partition(".")
    return f"{first}.{part}{dot}{rest}"


def safe_names(names: Iterable[str]) -> Iterator[str]:
    """Each name as a path that stays inside a folder and that no other of them has."""
    taken: set[str] = set()
    for name in names:
        parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in {"/", "..", "."}]
        clean = "/".join(parts) or "unnamed"
        unique, count = clean, 1
        while unique.lower() in taken:
            count += 1
            path = PurePosixPath(clean)
            unique = str(path.with_name(f"{path.stem}~{count}{path.suffix}"))
        taken.add(unique.lower())
        yield unique


def read_pieces(source: IO[bytes], size: int = 1 << 20) -> Iterator[bytes]:
    with source:
        while piece := source.read(size):
            yield piece
