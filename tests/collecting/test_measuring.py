"""A photograph loses what it tells of its taker and not a pixel; bombs are refused by their header."""

import io
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from guiju.collecting.errors import PictureBomb, WrongContent
from guiju.collecting.measuring import pictures, texts
from guiju.kit import Refusal

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def scene(width: int = 640, height: int = 480) -> Image.Image:
    rows = np.random.default_rng(3).integers(0, 255, (height // 8, width // 8, 3), np.uint8)
    return Image.fromarray(rows).resize((width, height), Image.Resampling.BICUBIC)


def photograph(turned: int = 6) -> bytes:
    """As a phone writes it: turned, with the place, the device, a comment, and a preview behind the picture."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = turned, "Phone of Alice"
    exif.get_ifd(GPS)[1], exif.get_ifd(GPS)[2] = "N", (31.0, 14.0, 5.0)
    out = io.BytesIO()
    scene().save(out, "JPEG", exif=exif.tobytes(), comment=b"at home", quality=90)
    return out.getvalue() + b"trailing film of Alice"


def pixels(content: bytes) -> Any:
    return np.asarray(Image.open(io.BytesIO(content)))


def test_a_photograph_is_kept_without_place_and_device_and_lies_as_it_lay() -> None:
    content = photograph()
    kept, media_type, measures = pictures.measure(content, keep_metadata=False)
    assert media_type == "image/jpeg"
    assert b"Alice" not in kept
    assert b"at home" not in kept
    exif = Image.open(io.BytesIO(kept)).getexif()
    assert dict(exif) == {ORIENTATION: 6}
    assert (pixels(kept) == pixels(content)).all()
    assert (measures["width"], measures["height"]) == (480, 640)
    whole, _, _ = pictures.measure(content, keep_metadata=True)
    assert whole == content


def test_words_in_a_png_go_and_its_pixels_stay() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "Alice")
    out = io.BytesIO()
    scene().save(out, "PNG", pnginfo=told)
    kept, media_type, _ = pictures.measure(out.getvalue(), keep_metadata=False)
    assert (media_type, b"Alice" in kept) == ("image/png", False)
    assert (pixels(kept) == pixels(out.getvalue())).all()


def test_a_blurred_picture_is_less_sharp_and_a_dark_one_less_bright() -> None:
    def of(image: Image.Image) -> dict[str, float]:
        out = io.BytesIO()
        image.save(out, "PNG")
        return pictures.measure(out.getvalue(), keep_metadata=False)[2]

    sharp, blurred = of(scene()), of(scene(80, 60).resize((640, 480), Image.Resampling.BICUBIC))
    assert blurred["sharpness"] < 20 < sharp["sharpness"]
    assert of(scene().point(lambda value: value * 0.1))["brightness"] < 25


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def test_a_bomb_is_refused_by_its_header_and_what_is_no_picture_by_its_bytes() -> None:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 15_000, 15_000, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    with pytest.raises(PictureBomb):
        pictures.measure(bomb, keep_metadata=False)
    with pytest.raises(WrongContent):
        pictures.measure(b"<svg onload='alert(1)'/>", keep_metadata=False)
    with pytest.raises(Refusal):
        pictures.measure(photograph()[:4_000], keep_metadata=False)


def test_a_text_is_kept_in_one_form() -> None:
    kept, language, measures = texts.measure("\ufeff 我的快递\r\n还没到 \x00".encode())
    assert (kept.decode(), language, measures) == (
        "我的快递\n还没到",
        "zh",
        {"characters": 8.0},
    ) or language == "zh-Hans"
    with pytest.raises(WrongContent):
        texts.measure("我的快递".encode("gbk"))
