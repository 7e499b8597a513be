"""Files made to mislead or to do harm: each is told by name or taken for what it is, and none fills the memory."""

import contextlib
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from guiju.data import JOBS, Item, take_back_source
from guiju.data.intake import errors
from guiju.data.readers import pictures
from guiju.data.words import query_tokens, tokens_of
from guiju.kit import new_id
from guiju.storage import work_jobs
from tests.data.conftest import Importer, picture_bytes
from tests.data.test_changed_records import MAY, Changed, bring, items
from tests.support.sounds import sound_bytes, tone

Write = Callable[[str, bytes | str], Path]
HOUR_OF_FRAMES = 3600 * 16_000 // 576


def lying_mp3() -> bytes:
    """Two seconds whose header counts the frames of an hour."""
    whole = bytearray(sound_bytes(tone(2.0), "MP3"))
    place = whole.index(b"Xing") + 8
    assert struct.unpack_from(">I", whole, place)[0] < 100, "the header counts the frames"
    struct.pack_into(">I", whole, place, HOUR_OF_FRAMES)
    return bytes(whole)


def test_an_mp3_that_lies_about_its_length_is_as_long_as_it_sounds(importer: Importer, write: Write) -> None:
    job = importer.run(write("lie.mp3", lying_mp3()))
    assert (job.outcome or {})["taken"] == 1, importer.codes(job)
    [item] = _items(importer)
    assert item.duration == pytest.approx(2000, abs=100)


def _items(importer: Importer) -> list[Item]:
    return list(items(importer).values())


def png_of(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG that announces a size, with chunks of its own and next to no pixels."""
    head = (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    parts = [head, *chunks, (b"IDAT", zlib.compress(b"\0" * 10)), (b"IEND", b"")]
    told = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (png_of(100_000, 100_000), errors.ImageTooLarge),
        (png_of(60_000, 60_000), errors.ImageTooLarge),
        (png_of(10, 10, (b"zTXt", b"a\0\0" + zlib.compress(bytes(50_000_000)))), errors.ImageUnreadable),
        (png_of(10, 10, (b"iCCP", b"a\0\0" + zlib.compress(bytes(50_000_000)))), errors.ImageUnreadable),
    ],
    ids=["100,000 a side", "more pixels than a memory", "a text that unpacks to 50 MB", "a colour profile that does"],
)
def test_a_png_that_is_a_bomb_is_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        pictures.check_picture(content)


def test_an_archive_in_an_archive_and_one_that_unpacks_to_far_too_much_are_refused_alone(
    importer: Importer, write: Write, tmp_path: Path
) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("good.jpg", picture_bytes(1))
        archive.writestr("42.zip", b"PK\x03\x04" + bytes(100))
        archive.writestr("rows.csv", "text\n" + "a" * 30_000_000)
        archive.writestr("flat.png", bytes(30_000_000))
    job = importer.run(path)
    assert importer.codes(job) == {"42.zip": "entry-nested", "rows.csv": "entry-bomb", "flat.png": "entry-bomb"}


def laughing(path: Path) -> Path:
    """A workbook whose words are entities of entities: three gigabytes, if anybody unfolded them."""
    plain = path.with_name("plain.xlsx")
    book: Any = xlsxwriter.Workbook(str(plain))
    book.add_worksheet().write_column(0, 0, ["text", "ha"])
    book.close()
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/sharedStrings.xml":
                content = content.replace(b"?>", f'?><!DOCTYPE s [<!ENTITY l0 "ha">{laughs}]>'.encode(), 1)
                content = content.replace(b"<t>ha</t>", b"<t>&l9;</t>")
            new.writestr(entry, content)
    return path


def test_a_workbook_of_a_billion_laughs_does_not_unfold(importer: Importer, tmp_path: Path) -> None:
    path = laughing(tmp_path / "laughs.xlsx")
    with contextlib.suppress(errors.WorkbookUnreadable):
        importer.run(path)
    assert all(len(text) < 100 for text in items(importer))


def test_a_record_that_changed_and_changed_back_is_the_same_item_again(importer: Importer, write: Write) -> None:
    importer.run(write("may.csv", MAY))
    first = items(importer)["the price is 10"].id
    bring(importer, write("june.csv", MAY.replace("10", "12")), Changed.REPLACE)
    assert "the price is 10" not in items(importer)
    job = bring(importer, write("july.csv", MAY), Changed.REPLACE)
    assert importer.codes(job) == {"k1": "returned", "k2": "duplicate"}
    assert prices(importer) == {"the price is 10": first}

    source, cast = int((job.outcome or {})["source"]), importer.cast
    take_back_source(importer.house, cast.zhou, cast.project, source, request_id=new_id())
    work_jobs(importer.house, JOBS)
    assert set(prices(importer)) == {"the price is 12"}


def prices(importer: Importer) -> dict[str, int]:
    return {text: item.id for text, item in items(importer).items() if text.startswith("the price")}


@pytest.mark.parametrize(
    ("text", "asked", "other"),
    [
        ("ภาษาไทยไม่มีช่องว่าง", "ภาษา", "สวัสดีครับ"),
        ("السَّلامُ عليكم", "السلام", "مرحبا"),
        ("안녕하세요 배송 문의", "배송", "송금"),
        ("Где мой заказ", "заказ", "показ"),
        ("好的😀👍", "😀", "😡"),
    ],
    ids=["Thai", "Arabic", "Korean", "Russian", "an emoji"],
)
def test_words_of_a_language_that_no_dictionary_cuts_are_found_and_others_are_not(
    text: str, asked: str, other: str
) -> None:
    words = set(tokens_of(text))
    assert query_tokens(asked)
    assert set(query_tokens(asked)) <= words
    assert not set(query_tokens(other)) <= words
