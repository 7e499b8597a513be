"""Pictures: what they are by their first bytes, how large by their header, and whether they are whole.

The header is read before anything is decoded, so a picture made to fill the memory never does.
"""

import io
import struct
import zlib
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

from guiju.data.intake.errors import FileTooLarge, HeicExtraMissing, ImageTooLarge, ImageTruncated, ImageUnreadable
from guiju.data.intake.model import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

HEAD = 16
SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".heic", ".heif"})
MAX_PIXELS = 400_000_000
MAX_SIDE = 65_500
MAX_BYTES = 300_000_000
MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
    "GIF": "image/gif",
    "HEIF": "image/heic",
}
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis"})
_FORMATS = tuple(
    name for name in MEDIA_TYPES if name not in {"MPO", "HEIF"}
)  # a JPEG with several pictures opens as JPEG first
_ORIENTATION = 0x0112
# What Pillow raises on damaged input beside OSError.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, OverflowError, struct.error, zlib.error)


def media_type_of(head: bytes) -> str | None:
    """The picture format that the first `HEAD` bytes announce, or `None`."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith((b"II*\0", b"MM\0*")):
        return "image/tiff"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return "image/heic"
    return "image/bmp" if head.startswith(b"BM") and len(head) >= 16 else None


@cache
def pillow() -> ModuleType:
    """Pillow's Image module, with its own size limit off: ours is checked first, and refuses with the size named."""
    from PIL import Image  # noqa: PLC0415 - only what handles pictures pays for it

    Image.MAX_IMAGE_PIXELS = None
    return Image


def _formats(content: bytes) -> tuple[str, ...]:
    """HEIF is asked for by name alone: Pillow refuses a list with a format that it was not taught."""
    if media_type_of(content[:HEAD]) != "image/heic":
        return _FORMATS
    _demand_heic()
    return ("HEIF",)


@cache
def _demand_heic() -> None:
    """Teach Pillow HEIC, where a package that can do so is installed. Raises `HeicExtraMissing`."""
    for package in ("pi_heif", "pillow_heif"):
        if find_spec(package) is not None:
            import_module(package).register_heif_opener()
            return
    raise HeicExtraMissing


def open_picture(content: bytes) -> "Image":
    """The picture with its header read and nothing decoded. Raises `ImageUnreadable`, `ImageTooLarge`."""
    if len(content) > MAX_BYTES:
        raise FileTooLarge(limit=f"{MAX_BYTES:,}")
    formats = _formats(content)
    try:
        image: Image = pillow().open(io.BytesIO(content), formats=formats)
    except BROKEN as error:
        raise ImageUnreadable from error
    if max(image.size) > MAX_SIDE or image.size[0] * image.size[1] > MAX_PIXELS:
        raise ImageTooLarge(width=image.size[0], height=image.size[1])
    if min(image.size) < 1:
        raise ImageUnreadable
    return image


def read_header(content: bytes) -> Picture:
    """What the picture's header says of it, upright. Raises `ImageUnreadable`, `ImageTooLarge`."""
    image = open_picture(content)
    width, height = reversed(image.size) if is_turned(image) else image.size
    return Picture(MEDIA_TYPES[str(image.format)], width, height)


def check_picture(content: bytes) -> Picture:
    """Decode the picture to its end. Raises `ImageUnreadable`, `ImageTruncated`, `ImageTooLarge`."""
    image = open_picture(content)
    size, media_type, turned = image.size, MEDIA_TYPES[str(image.format)], is_turned(image)
    try:
        image.draft(None, (max(1, size[0] // 8), max(1, size[1] // 8)))  # a JPEG is decoded at an eighth, all the same
        image.load()
    except BROKEN as error:
        raise (ImageTruncated() if sounds_truncated(error) else ImageUnreadable()) from error
    width, height = reversed(size) if turned else size
    return Picture(media_type, width, height)


def is_turned(image: "Image") -> bool:
    """Whether the EXIF orientation lays the picture on its side."""
    try:
        return image.getexif().get(_ORIENTATION, 1) in {5, 6, 7, 8}
    except BROKEN:
        return False


def sounds_truncated(error: Exception) -> bool:
    said = str(error).lower()
    return isinstance(error, EOFError) or any(
        word in said for word in ("truncat", "not enough", "end of", "unexpected end")
    )
