"""A photograph: how large, how sharp, how bright; and its bytes without what they tell of place, device and time."""

import io

import numpy as np

from guiju.cleaning.profiles.figures.pictures import SIDE, laplacian_variance
from guiju.collecting.errors import PictureBomb, WrongContent
from guiju.collecting.measuring.stripping import strip
from guiju.collecting.rules import MOST_PIXELS
from guiju.data.intake.errors import ImageUnreadable
from guiju.data.readers.pictures import HEAD, check_picture, media_type_of, open_picture, read_header

_TAKEN = frozenset({"image/jpeg", "image/png", "image/webp", "image/heic"})


def measure(content: bytes, *, keep_metadata: bool) -> tuple[bytes, str, dict[str, float]]:
    """The bytes that are kept, their type, their measures.

    Raises `WrongContent`, `PictureBomb` by the header alone, and `ImageUnreadable`, `ImageTruncated`.
    """
    if media_type_of(content[:HEAD]) not in _TAKEN:
        raise WrongContent(mode="picture")
    said = read_header(content)
    if said.width * said.height > MOST_PIXELS:
        raise PictureBomb(width=said.width, height=said.height, limit=MOST_PIXELS // 1_000_000)
    picture = check_picture(content)
    if picture.media_type == "image/heic":  # which browsers do not show
        content = as_jpeg(content)
    elif not keep_metadata:
        content = strip(content, picture.media_type)
    image = open_picture(content)
    image.draft("L", (SIDE, SIDE))
    grey = image.convert("L")
    if max(grey.size) > SIDE:
        grey.thumbnail((SIDE, SIDE))
    shades = np.asarray(grey, np.float32)
    if not shades.size:
        raise ImageUnreadable
    kept = media_type_of(content[:HEAD]) or picture.media_type
    measures = {
        "width": float(picture.width),
        "height": float(picture.height),
        "sharpness": laplacian_variance(shades),
        "brightness": float(shades.mean()),
    }
    return content, kept, measures


def as_jpeg(content: bytes) -> bytes:
    """The picture upright, as a JPEG with no metadata."""
    from PIL import ImageOps  # noqa: PLC0415 - only what handles pictures pays for it

    out = io.BytesIO()
    ImageOps.exif_transpose(open_picture(content)).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()
