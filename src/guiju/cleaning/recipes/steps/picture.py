"""Pictures: upright, smaller, in one mode, without what cameras write into them."""

from io import BytesIO
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec

from guiju.cleaning.recipes.model import Around, Piece
from guiju.cleaning.recipes.steps.model import Step
from guiju.data import Media
from guiju.data.intake.errors import ImageTruncated, ImageUnreadable
from guiju.data.media.tiling import eight_bits
from guiju.data.readers.pictures import BROKEN, open_picture, sounds_truncated
from guiju.kit import N_

if TYPE_CHECKING:
    from PIL.Image import Image

_MODES = {"rgb": "RGB", "grey": "L"}
_KEPT_FORMATS = frozenset({"JPEG", "PNG", "WEBP"})
_ORIENTATION = 0x0112
# Description, maker, model, software, time, artist, copyright, and the pointers to EXIF and GPS.
_TELLING = frozenset({0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x8298, 0x8769, 0x8825})
_WRITTEN = frozenset({"xmp", "XML:com.adobe.xmp", "comment", "photoshop"})
# Photographs, which as PNG would be ten times as large: several pictures in one JPEG, and what iPhones write.
_PHOTOGRAPHS = frozenset({"MPO", "HEIF"})


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    longest: Annotated[int, msgspec.Meta(ge=0, le=65_500)] = 0
    upright: bool = True
    strip: bool = True
    mode: Literal["keep", "rgb", "grey"] = "keep"
    format: Literal["keep", "jpeg", "png", "webp"] = "keep"
    quality: Annotated[int, msgspec.Meta(ge=1, le=100)] = 92


def remake(piece: Piece, options: Options, _: Around) -> list[Piece]:
    """The picture made anew; a picture that is like that already stays byte for byte."""
    image = open_picture(piece.content or b"")
    was = str(image.format)
    made = _format(was, options)
    try:
        shown = _shown(image, options)
        if shown is image and made == was and not (options.strip and written_in(image)):
            return [piece]
        out = BytesIO()
        _fit(shown, made).save(out, made, **_settings(made, options, image))
    except BROKEN as error:
        raise (ImageTruncated() if sounds_truncated(error) else ImageUnreadable()) from error
    return [msgspec.structs.replace(piece, content=out.getvalue())]


def _format(was: str, options: Options) -> str:
    if options.format != "keep":
        return options.format.upper()
    return "JPEG" if was in _PHOTOGRAPHS else was if was in _KEPT_FORMATS else "PNG"


def written_in(image: "Image") -> bool:
    """Whether the file says more than the picture: EXIF, XMP, comments, a PNG's texts.

    A TIFF's own layout is written in the same tags as what a camera says; of those only the telling ones count.
    """
    tags = set(image.getexif())
    told = tags & _TELLING if image.format == "TIFF" else tags - {_ORIENTATION}
    return bool(told) or bool(image.info.keys() & _WRITTEN) or bool(getattr(image, "text", None))


def _shown(image: "Image", options: Options) -> "Image":
    from PIL import ImageOps  # noqa: PLC0415 - only what handles pictures pays for it

    shown = image
    turned = image.getexif().get(0x0112, 1) != 1
    # What loses its EXIF must be turned first, or it would lie on its side for ever.
    if turned and (options.upright or options.strip):
        shown = ImageOps.exif_transpose(image)
    if options.mode != "keep" or options.format in {"jpeg", "webp"}:
        shown = eight_bits(shown)  # from the darkest to the brightest; cut off at 255 all would be white
    longest = max(shown.size)
    if options.longest and longest > options.longest:
        size = [max(1, round(side * options.longest / longest)) for side in shown.size]
        shown = shown.convert("RGBA" if "transparency" in shown.info else "RGB") if shown.mode == "P" else shown
        shown = shown.resize((size[0], size[1]), 1, reducing_gap=3.0)
    mode = _MODES.get(options.mode, shown.mode)
    return shown if mode == shown.mode else _flat(shown).convert(mode)


def _flat(image: "Image") -> "Image":
    """What is seen through lies on white."""
    if "A" not in image.mode and "transparency" not in image.info:
        return image
    from PIL import Image as pillow  # noqa: N813, PLC0415 - only what handles pictures pays for it

    clear = image.convert("RGBA")
    ground = pillow.new("RGBA", clear.size, "white")
    ground.alpha_composite(clear)
    return ground


def _fit(image: "Image", made: str) -> "Image":
    if made == "JPEG" and image.mode not in {"RGB", "L", "CMYK"}:
        return _flat(image).convert("RGB")
    if made == "WEBP" and image.mode not in {"RGB", "RGBA"}:
        return image.convert("RGBA" if "A" in image.mode or "transparency" in image.info else "RGB")
    return image


def _settings(made: str, options: Options, image: "Image") -> dict[str, Any]:
    """Nothing that says when or where; the colours' own profile stays, without which they would change."""
    profile = image.info.get("icc_profile") if options.mode == "keep" else None
    quality = {} if made == "PNG" else {"quality": options.quality}
    # Pillow writes a JPEG's comment and XMP again unless it is told what stands in their place.
    exif = {"comment": b"", "xmp": b""} if options.strip and made == "JPEG" else {}
    exif |= {} if options.strip else {"exif": _exif(image, options)}
    return {**quality, **exif, **({"icc_profile": profile} if profile else {})}


def _exif(image: "Image", options: Options) -> bytes:
    exif = image.getexif()
    if options.upright:
        exif.pop(0x0112, None)
    return exif.tobytes()


STEP = Step(
    "picture",
    N_("Pictures: size, mode, upright"),
    N_("Made smaller, turned upright, brought into one mode; place and camera taken out of the file."),
    frozenset({Media.IMAGE}),
    Options,
    remake,
    {
        "longest": N_("Longest side in pixels (0: as it is)"),
        "upright": N_("Turn upright as EXIF says"),
        "strip": N_("Take out EXIF (place, camera, time)"),
        "mode": N_("Colours"),
        "format": N_("Format"),
        "quality": N_("Quality (JPEG, WebP)"),
    },
    {"keep": N_("as it is"), "rgb": "RGB", "grey": N_("grey"), "jpeg": "JPEG", "png": "PNG", "webp": "WebP"},
)
