"""A folder as a customer sends it: pictures of three things in many formats, among what is broken, doubled or unfit."""

from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SIZE = (320, 240)
# Degrees, minutes and seconds of a place, as a camera writes them.
PLACE = {1: "N", 2: (30.0, 15.0, 24.0), 3: "E", 4: (120.0, 9.0, 18.0)}
_GPS, _ORIENTATION, _MAKER = 0x8825, 0x0112, 0x010F


def _spots(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    for _ in range(9):
        x, y, r = chance.randrange(300), chance.randrange(220), chance.randrange(10, 26)
        draw.ellipse((x - r, y - r, x + r, y + r), (chance.randrange(150, 200), 40, 30))


def _stripes(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    step, lean = chance.randrange(18, 30), chance.randrange(-60, 60)
    for x in range(-80, 420, step):
        draw.line((x, 0, x + lean, 240), (30, 60, chance.randrange(120, 190)), 7)


def _leaves(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    for _ in range(7):
        x, y, w = chance.randrange(260), chance.randrange(170), chance.randrange(40, 70)
        draw.polygon([(x, y + 20), (x + w // 2, y), (x + w, y + 20), (x + w // 2, y + 60)], (20, 90 + w, 40))


THINGS: dict[str, tuple[tuple[int, int, int], Callable[[ImageDraw.ImageDraw, Random], None]]] = {
    "spots": ((235, 225, 205), _spots),
    "stripes": ((150, 175, 205), _stripes),
    "leaves": ((120, 95, 70), _leaves),
}


def drawn(thing: str, number: int) -> Image.Image:
    """One picture of a thing, always the same for the same number."""
    ground, draw_it = THINGS[thing]
    image = Image.new("RGB", SIZE, ground)
    draw_it(ImageDraw.Draw(image), Random(f"{thing}{number}"))
    return image


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def taken_by_a_phone(image: Image.Image) -> bytes:
    """Lying on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[_ORIENTATION], exif[_MAKER] = 6, "Somebody's phone"
    exif.get_ifd(_GPS).update(PLACE)
    return saved(image.transpose(Image.Transpose.ROTATE_90), exif=exif)


def has_place(content: bytes) -> bool:
    with Image.open(BytesIO(content)) as image:
        return bool(image.getexif().get_ifd(_GPS))


def sixteen_bits(image: Image.Image) -> bytes:
    """Grey in 16 bits, as a machine camera writes it."""
    grey = np.asarray(image.convert("L"), np.uint16) * 257
    return saved(Image.fromarray(grey), "PNG")


def raw_folder(each: int = 7, start: int = 0) -> dict[str, bytes]:
    """Good pictures only: `each` of every thing, in turns JPEG, PNG and WebP."""
    kinds = (("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP"))
    return {
        f"{thing}/{number:03}.{kinds[number % 3][0]}": saved(drawn(thing, number), kinds[number % 3][1])
        for thing in THINGS
        for number in range(start, start + each)
    }


def odd_ones() -> dict[str, bytes]:
    """Beside the good ones: rare formats, a phone's, doubled, nearly doubled, broken, small and blurred ones."""
    first = drawn("spots", 0)
    return {
        "odd/scan.tif": saved(drawn("stripes", 20), "TIFF"),
        "odd/machine.png": sixteen_bits(drawn("stripes", 21)),
        "odd/print.jpg": saved(drawn("leaves", 22).convert("CMYK")),
        "odd/phone.jpg": taken_by_a_phone(drawn("leaves", 23)),
        "odd/cut.jpg": saved(drawn("spots", 24), quality=95)[:3000],
        "odd/notes.jpg": "这是一段文字，不是图片。".encode(),
        "odd/copy.jpg": saved(first),
        "odd/again.jpg": saved(first, quality=55),
        "odd/smaller.jpg": saved(first.resize((200, 150))),
        "odd/tiny.png": saved(drawn("spots", 25).resize((24, 18)), "PNG"),
        "odd/blurred.jpg": saved(drawn("leaves", 26).filter(ImageFilter.GaussianBlur(14))),
    }
