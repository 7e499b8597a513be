"""Pictures from folders and zips; the bad ones are generated here, byte by byte."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from guiju.data import find_items_by_name, item_ids
from guiju.data.readers import pictures
from tests.data.conftest import Importer, picture_bytes
from tests.support.needs import do_without

Write = Callable[[str, bytes | str], Path]
OCR = Path(__file__).parents[2].parent / "shared/data/ocr_documents"


def _png_header(width: int, height: int) -> bytes:
    """A PNG that announces its size and has next to nothing in it."""

    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", zlib.compress(b"\0")) + part(b"IEND", b"")


def _bad_pictures(folder: Path) -> dict[str, str]:
    whole = picture_bytes(1, (200, 200))
    made = {
        "bomb.png": (_png_header(60_000, 60_000), "image-too-large"),
        "long.png": (_png_header(65_501, 2), "image-too-large"),
        "cut.jpg": (whole[: len(whole) // 2], "image-truncated"),
        "cut.png": (picture_bytes(2, (200, 200), "PNG")[:9_000], "image-truncated"),
        "empty.jpg": (b"", "empty-picture"),
        "lie.jpg": (b"this is no picture at all", "image-unreadable"),
        "notes.docx": (b"PK something", "not-an-image"),
        "same.jpg": (picture_bytes(7, kind="PNG"), "duplicate"),
    }
    (folder / "again").mkdir(parents=True, exist_ok=True)
    for name, (content, _) in made.items():
        (folder / name).write_bytes(content)
    (folder / "good.jpg").write_bytes(whole)
    (folder / "again/first.png").write_bytes((folder / "same.jpg").read_bytes())
    (folder / ".DS_Store").write_bytes(b"x")
    return {name: code for name, (_, code) in made.items()}


def test_every_bad_picture_of_a_folder_is_listed_with_its_reason(importer: Importer, tmp_path: Path) -> None:
    expected = _bad_pictures(tmp_path / "in")
    job = importer.run(tmp_path / "in")
    codes = importer.codes(job)
    # os.walk takes a folder's own files first, so the copy below it is the duplicate
    assert codes.pop("again/first.png") == "duplicate"
    assert codes == {name: code for name, code in expected.items() if code != "duplicate"}
    assert (job.outcome or {})["taken"] == 2


def test_a_picture_of_sixty_thousand_pixels_a_side_is_never_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    def decode(_self: Image.Image) -> None:
        pytest.fail("it was decoded")

    monkeypatch.setattr(Image.Image, "load", decode)
    with pytest.raises(pictures.ImageTooLarge) as refused:
        pictures.check_picture(_png_header(60_000, 60_000))
    assert refused.value.details == {"width": 60_000, "height": 60_000}


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("WEBP", "image/webp"),
        ("TIFF", "image/tiff"),
        ("BMP", "image/bmp"),
        ("GIF", "image/gif"),
    ],
)
def test_pictures_are_known_by_their_bytes(kind: str, media_type: str) -> None:
    content = picture_bytes(kind=kind)
    assert pictures.media_type_of(content[:16]) == media_type
    assert pictures.check_picture(content) == pictures.Picture(media_type, 40, 30)


def test_a_picture_lying_on_its_side_is_measured_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert pictures.check_picture(picture_bytes(exif=exif)) == pictures.Picture("image/jpeg", 30, 40)


def test_entries_of_a_zip_that_would_do_harm_are_refused_alone(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ok/one.jpg", picture_bytes(1))
        archive.writestr("../escape.jpg", picture_bytes(2))
        archive.writestr("/etc/absolute.jpg", picture_bytes(3))
        archive.writestr("bomb.bmp", b"BM" + bytes(20_000_000))
        link = zipfile.ZipInfo("link.jpg")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("__MACOSX/._one.jpg", b"x")
    job = importer.run(path)
    assert importer.codes(job) == {
        "../escape.jpg": "unsafe-path",
        "/etc/absolute.jpg": "unsafe-path",
        "bomb.bmp": "entry-bomb",
        "link.jpg": "unsafe-path",
    }
    assert not (tmp_path.parent / "escape.jpg").exists()


def test_an_encrypted_and_a_damaged_entry_are_refused(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.jpg", picture_bytes(number + 1, (60, 60)))
    content = bytearray(path.read_bytes())
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1  # the first entry says that it is encrypted
    second = content.index(b"PK\x03\x04", 10)
    content[second + 200] ^= 0xFF  # a byte of the second one is not what its checksum says
    path.write_bytes(bytes(content))
    assert importer.codes(importer.run(path)) == {"0.jpg": "entry-encrypted", "1.jpg": "entry-damaged"}


def test_chinese_names_of_a_zip_from_windows_are_read(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xxxx.jpg", picture_bytes(1))
    path.write_bytes(path.read_bytes().replace(b"xxxx.jpg", "钢板".encode("gbk") + b".jpg"))
    importer.run(path)
    with importer.house.reading() as connection:
        assert "钢板.jpg" in find_items_by_name(connection, importer.cast.project, ["钢板.jpg"])


def test_real_documents_are_imported_with_their_upright_sizes(importer: Importer) -> None:
    if not OCR.is_dir():
        do_without("the data folder ocr_documents is not beside the project")
    job = importer.run(OCR)
    assert set(importer.codes(job).values()) <= {"not-an-image"}
    with importer.house.reading() as connection:
        assert len(item_ids(connection, importer.cast.project)) == 9
        turned = find_items_by_name(connection, importer.cast.project, ["img_exif_orientation.jpg"]).popitem()[1]
    with Image.open(OCR / "img_exif_orientation.jpg") as stored:
        orientation = stored.getexif().get(0x0112)
        assert orientation not in {None, 1}
        expected = stored.size[::-1] if orientation in {5, 6, 7, 8} else stored.size
    assert (turned.width, turned.height) == expected


def test_bytes_after_the_header_are_read_to_their_end() -> None:
    whole = picture_bytes(3, (400, 400))
    with pytest.raises(pictures.ImageTruncated):
        pictures.check_picture(whole[:-2_000])
    assert Image.open(BytesIO(whole)).size == (400, 400)
