"""Tars of sounds, pictures and texts are read from front to back; what would do harm is refused by its name."""

import bz2
import gzip
import io
import lzma
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.data import find_items, item_ids
from guiju.data.intake.errors import ImportRefused
from guiju.data.intake.model import Take
from guiju.data.readers import archives
from tests.data.conftest import Importer, picture_bytes
from tests.support.sounds import sound_bytes, tone

Change = Callable[[tarfile.TarInfo], None]


def add(archive: tarfile.TarFile, name: str, content: bytes = b"", change: Change | None = None) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    if change:
        change(entry)
    archive.addfile(entry, io.BytesIO(content))


def kind(value: bytes, link: str = "") -> Change:
    def change(entry: tarfile.TarInfo) -> None:
        entry.type, entry.linkname = value, link

    return change


def names(importer: Importer) -> list[str]:
    with importer.house.reading() as connection:
        ids = item_ids(connection, importer.cast.project)
        return sorted(item.name for item in find_items(connection, importer.cast.project, ids).values())


@pytest.mark.parametrize(
    ("ending", "pack"),
    [
        ("tar", bytes),
        ("tar.gz", gzip.compress),
        ("tgz", gzip.compress),
        ("tar.bz2", bz2.compress),
        ("txz", lzma.compress),
    ],
)
def test_sounds_and_pictures_of_a_tar_are_items_by_their_paths(
    importer: Importer, tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / f"a.{ending}"
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        add(archive, "calls", change=kind(tarfile.DIRTYPE))
        add(archive, "calls/one.wav", sound_bytes(tone(1)))
        add(archive, "calls/" + "long" * 50 + ".flac", sound_bytes(tone(2), "FLAC"))
        add(archive, "钢板/one.jpg", picture_bytes(1))
        add(archive, "calls/._one.wav", b"left by a Mac")
    path.write_bytes(pack(out.getvalue()))
    job = importer.run(path)
    assert importer.codes(job) == {}
    assert names(importer) == ["calls/" + "long" * 50 + ".flac", "calls/one.wav", "钢板/one.jpg"]


def test_tables_and_texts_of_a_tar_are_read_as_if_they_stood_alone(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "texts.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        add(archive, "one.csv", "id,text\na,你好\nb,再见\n".encode())
        add(archive, "two.txt", "第三句\n".encode("gb18030"))
    assert (importer.run(path).outcome or {})["taken"] == 3


def test_entries_that_would_do_harm_are_refused_alone(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as nested:
        nested.writestr("x.jpg", b"x")
    with tarfile.open(path, "w:gz") as archive:
        add(archive, "good.jpg", picture_bytes(1))
        add(archive, "../escape.jpg", picture_bytes(2))
        add(archive, "/etc/absolute.jpg", picture_bytes(3))
        add(archive, "link.jpg", change=kind(tarfile.SYMTYPE, "/etc/passwd"))
        add(archive, "hard.jpg", change=kind(tarfile.LNKTYPE, "good.jpg"))
        add(archive, "device.jpg", change=kind(tarfile.CHRTYPE))
        add(archive, "pipe.jpg", change=kind(tarfile.FIFOTYPE))
        add(archive, "inner.zip", inner.getvalue())
        add(archive, "inner.tar.gz", b"\x1f\x8b")
        add(archive, "lie.wav", b"no sound")
        add(archive, "last.jpg", picture_bytes(4))
    assert importer.codes(importer.run(path)) == {
        "../escape.jpg": "unsafe-path",
        "/etc/absolute.jpg": "unsafe-path",
        "link.jpg": "unsafe-path",
        "hard.jpg": "unsafe-path",
        "device.jpg": "entry-special",
        "pipe.jpg": "entry-special",
        "inner.zip": "entry-nested",
        "inner.tar.gz": "entry-nested",
        "lie.wav": "not-a-sound",
    }
    assert names(importer) == ["good.jpg", "last.jpg"]
    assert not (tmp_path.parent / "escape.jpg").exists()


def test_a_zip_within_a_zip_is_refused_by_its_name_too(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.jpg", picture_bytes(1))
        archive.writestr("more.tar.gz", b"\x1f\x8b")
    assert importer.codes(importer.run(path)) == {"more.tar.gz": "entry-nested"}


def _whole(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in entries:
            add(archive, name, content)
    return out.getvalue()


def _long_header() -> bytes:
    """A header that says its attributes take eight gigabytes."""
    entry = tarfile.TarInfo("pax")
    entry.type, entry.size = tarfile.XHDTYPE, 8_000_000_000
    return entry.tobuf(tarfile.GNU_FORMAT) + bytes(1024)


def _bad() -> dict[str, tuple[bytes, str]]:
    good = _whole(("a.jpg", picture_bytes(1)), ("b.jpg", picture_bytes(2)))
    return {
        "no.tar": (b"this is no tar at all" * 60, "tar-unreadable"),
        "cut.tar": (good[: len(good) // 3], "tar-unreadable"),
        "cut.tar.gz": (gzip.compress(good)[:-500], "tar-unreadable"),
        "header.tar": (_long_header(), "tar-unreadable"),
        "bomb.tar.gz": (gzip.compress(_whole(("a.jpg", bytes(40_000_000)))), "archive-bomb"),
        "none.tar": (_whole(("notes.md", b"# nothing")), "nothing-to-import"),
    }


@pytest.mark.parametrize("name", _bad())
def test_a_tar_that_cannot_be_read_is_refused_before_anything_is_kept(
    importer: Importer, tmp_path: Path, name: str
) -> None:
    content, code = _bad()[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ImportRefused) as refused:
        importer.ask(path)
    assert refused.value.code == code
    assert names(importer) == []


def test_a_tar_of_many_files_takes_little_more_memory_than_one_of_few(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.tar"
        with tarfile.open(path, "w") as archive:
            for number in range(count):
                add(archive, f"{number}.txt", b"x" * 300)
        tracemalloc.start()
        assert archives.count(path, path.name, Take.ALL) == 3 * count
        assert list(archives.read(path, path.name, Take.ALL, lambda _path, _name: iter([]))) == []
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    few, many = peak(100), peak(1_500)
    assert many - few < 1_400 * 400
