"""Pictures without their metadata: where and when they were taken, with which device, under whose name.

Of JPEG and PNG only the segments and chunks that hold such things are left out: not a pixel is changed. The one thing
that is kept of EXIF is how the picture lies. Anything else is written anew, upright.
"""

import io
import struct

from guiju.data.intake.errors import RecordRefused
from guiju.data.readers.pictures import BROKEN, check_picture, open_picture

_ORIENTATION = 0x0112
# JPEG: JFIF, the colour profile and Adobe's colour transform are needed to show it; other APPn and comments are not.
_KEPT_APPS = frozenset({0xE0, 0xE2, 0xEE})
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_PNG_HEAD = 8
_PNG_LEFT_OUT = frozenset({b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME"})


def strip(content: bytes, media_type: str) -> bytes:
    """The picture's bytes with no metadata but its orientation."""
    turned = _orientation(content)
    if media_type == "image/jpeg":
        stripped = _stripped_jpeg(content, turned)
        return stripped if stripped is not None and _is_whole(stripped) else _written_anew(content)
    if media_type == "image/png" and turned == 1:
        return _stripped_png(content)
    return _written_anew(content)


def _is_whole(content: bytes) -> bool:
    try:
        check_picture(content)
    except RecordRefused:
        return False
    return True


def _orientation(content: bytes) -> int:
    try:
        found = open_picture(content).getexif().get(_ORIENTATION, 1)
    except BROKEN:
        return 1
    return found if found in range(1, 9) else 1


def _stripped_jpeg(content: bytes, turned: int) -> bytes | None:
    """`None` where the segments do not follow each other as they should."""
    out = io.BytesIO()
    out.write(content[:2])
    if turned != 1:
        out.write(_exif(turned))
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _ALONE:
            out.write(content[at : at + 2])
            at += 2
            continue
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        if marker == _SCAN:
            out.write(_scans(content[at:]))
            return out.getvalue()
        is_app = 0xE0 <= marker <= 0xEF
        if (not is_app or _is_needed(marker, content[at + 4 : at + 2 + length])) and marker != _COMMENT:
            out.write(content[at : at + 2 + length])
        at += 2 + length
    return None


def _scans(rest: bytes) -> bytes:
    """Up to the picture's end: a phone writes previews, depth and a short film behind it."""
    end = rest.find(b"\xff\xd9")
    return rest[: end + 2] if end >= 0 else rest


def _is_needed(marker: int, body: bytes) -> bool:
    return marker in _KEPT_APPS and (marker != 0xE2 or body.startswith(b"ICC_PROFILE\0"))


def _exif(turned: int) -> bytes:
    """An APP1 segment that says how the picture lies, and nothing else."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _stripped_png(content: bytes) -> bytes:
    out = io.BytesIO()
    out.write(content[:_PNG_HEAD])
    at = _PNG_HEAD
    while at + 12 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        name = content[at + 4 : at + 8]
        if name not in _PNG_LEFT_OUT:
            out.write(content[at : at + 12 + length])
        at += 12 + length
        if name == b"IEND":
            break
    return out.getvalue()


def _written_anew(content: bytes) -> bytes:
    from PIL import ImageOps  # noqa: PLC0415 - only what handles pictures pays for it

    image = ImageOps.exif_transpose(open_picture(content))
    out = io.BytesIO()
    if "A" in image.getbands() or image.mode == "P":
        image.convert("RGBA").save(out, "PNG")
    else:
        image.convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()
