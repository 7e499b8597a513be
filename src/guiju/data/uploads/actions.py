"""Receive files: written to scratch as they come, in steps of a megabyte, so that memory does not grow."""

import asyncio
import os
import shutil
from collections.abc import AsyncGenerator, AsyncIterable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from multipart import MultipartError, MultipartSegment, PushMultipartParser

from guiju.data.uploads.errors import UploadMissing, UploadUnreadable
from guiju.kit import new_id
from guiju.storage import House

BUFFER = 1 << 20
FIELD_BYTES = 100_000
FIELDS = 10_000


@dataclass(slots=True)
class Upload:
    """What came: the fields of the form, and the files in a folder of their own below scratch."""

    folder: Path
    fields: dict[str, str] = field(default_factory=dict[str, str])
    files: list[Path] = field(default_factory=list[Path])

    @property
    def paths(self) -> list[Path]:
        """What to import: the one file, or the folder that several stand in."""
        return self.files if len(self.files) == 1 else [self.folder / "files"]

    @property
    def name(self) -> str:
        """What people would call it."""
        if not self.files:
            return ""
        first = self.files[0].relative_to(self.folder / "files")
        return first.parts[0] if len(self.files) == 1 or len(first.parts) > 1 else f"{first.name} … ({len(self.files)})"


@asynccontextmanager
async def receiving(house: House) -> AsyncGenerator[Upload]:
    """A place for one upload; emptied when anything fails before the import has taken charge of it."""
    upload = Upload(house.scratch / f"upload-{new_id()}")
    (upload.folder / "files").mkdir(parents=True)
    try:
        yield upload
    except BaseException:
        shutil.rmtree(upload.folder, ignore_errors=True)
        raise


async def receive_body(upload: Upload, name: str, stream: AsyncIterable[bytes]) -> None:
    """A request whose body is one file."""
    writer = _Writer(_place(upload, name))
    try:
        async for chunk in stream:
            await writer.write(chunk)
    finally:
        await writer.close()
    upload.files.append(writer.path)


async def receive_form(
    upload: Upload, boundary: str, stream: AsyncIterable[bytes], check: Callable[[str], None]
) -> None:
    """A form with files. `check(csrf)` is called before the first file is written, so the fields stand before it.

    Raises `UploadUnreadable`, `UploadMissing`, and what `check` raises.
    """
    receiver = _FormReceiver(upload, check)
    try:
        with PushMultipartParser(boundary, max_segment_count=FIELDS) as parser:
            async for chunk in stream:
                if chunk and not parser.closed:
                    for event in parser.parse(chunk):
                        await receiver.take(event)
    except MultipartError as error:
        raise UploadUnreadable from error
    finally:
        await receiver.close()
    await asyncio.to_thread(check, upload.fields.get("csrf", ""))
    if not upload.files:
        raise UploadMissing


class _FormReceiver:
    """Takes a parser's events: a segment, its bytes, `None` at its end."""

    def __init__(self, upload: Upload, check: Callable[[str], None]) -> None:
        self._upload, self._check = upload, check
        self._segment: MultipartSegment | None = None
        self._writer: _Writer | None = None
        self._value = bytearray()

    async def take(self, event: MultipartSegment | bytearray | bytes | None) -> None:
        if isinstance(event, MultipartSegment):
            await self._begin(event)
        elif event is None:
            await self._end()
        elif self._writer is not None:
            await self._writer.write(bytes(event))
        elif len(self._value) < FIELD_BYTES:
            self._value += event

    async def _begin(self, segment: MultipartSegment) -> None:
        self._segment, self._value = segment, bytearray()
        if segment.filename:
            await asyncio.to_thread(self._check, self._upload.fields.get("csrf", ""))
            self._writer = _Writer(_place(self._upload, segment.filename))

    async def _end(self) -> None:
        if self._writer is not None:
            self._upload.files.append(self._writer.path)
        elif self._segment is not None and self._segment.filename is None:
            self._upload.fields[self._segment.name or ""] = self._value.decode("utf-8", errors="replace")
        await self.close()

    async def close(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            await writer.close()


def _place(upload: Upload, name: str) -> Path:
    """Where a file is written: its path without whatever would lead out of the upload's folder."""
    parts = [
        part
        for part in PurePosixPath(name.replace("\\", "/")).parts
        if part not in {"/", "..", "."} and "\0" not in part
    ]
    path = upload.folder.joinpath("files", *(part[-150:] for part in parts[-20:] or ["upload"]))
    while path.exists():
        path = path.with_name(f"_{path.name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


class _Writer:
    """A file being written in large steps, in a thread, durable when it is closed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: BinaryIO = path.open("xb")
        self._waiting = bytearray()

    async def write(self, chunk: bytes) -> None:
        self._waiting += chunk
        if len(self._waiting) >= BUFFER:
            await self._flush()

    async def _flush(self) -> None:
        waiting, self._waiting = self._waiting, bytearray()
        await asyncio.to_thread(self._file.write, waiting)

    async def close(self) -> None:
        await self._flush()
        await asyncio.to_thread(self._make_durable)

    def _make_durable(self) -> None:
        with self._file:
            self._file.flush()
            os.fsync(self._file.fileno())
