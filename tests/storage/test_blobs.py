"""Content is stored once, whole or not at all, under its own hash."""

import errno
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from guiju.storage import BlobMissing, Blobs, StorageFull


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


def test_content_comes_back_as_it_was(blobs: Blobs) -> None:
    content = bytes(range(256)) * 9_000
    key = blobs.put(content)
    assert key == sha256(content).hexdigest()
    assert blobs.read(key) == content


def test_a_stream_and_the_same_bytes_have_one_key(blobs: Blobs) -> None:
    key, size = blobs.put_stream(iter([b"one", b"", b"two"]))
    assert (key, size) == (blobs.put(b"onetwo"), 6)
    assert list(blobs) == [key]


def test_the_same_content_is_stored_once(blobs: Blobs) -> None:
    first = blobs.path(blobs.put(b"same"))
    written = first.stat().st_mtime_ns
    blobs.put(b"same")
    blobs.put_stream([b"sa", b"me"])
    assert first.stat().st_mtime_ns == written
    assert not list((blobs.folder / "tmp").iterdir())


def test_a_stream_that_breaks_off_leaves_nothing(blobs: Blobs) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        blobs.put_stream(broken())
    assert not list(blobs)
    assert not list((blobs.folder / "tmp").iterdir())


def test_a_full_disk_is_named_and_leaves_nothing(blobs: Blobs) -> None:
    def until_full() -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StorageFull):
        blobs.put_stream(until_full())
    assert not list((blobs.folder / "tmp").iterdir())


def test_a_missing_blob_is_refused_by_name(blobs: Blobs) -> None:
    with pytest.raises(BlobMissing):
        blobs.read("0" * 64)


def test_damage_is_noticed(blobs: Blobs) -> None:
    key = blobs.put(b"whole")
    assert blobs.is_whole(key)
    blobs.path(key).write_bytes(b"wholf")
    assert not blobs.is_whole(key)


def test_keys_come_in_order(blobs: Blobs) -> None:
    put = {blobs.put(bytes([number])) for number in range(50)}
    assert list(blobs) == sorted(put)


def test_what_is_deleted_is_gone_and_may_be_deleted_again(blobs: Blobs) -> None:
    key = blobs.put(b"forget me")
    blobs.delete(key)
    blobs.delete(key)
    assert not blobs.exists(key)
