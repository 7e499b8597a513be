"""A rough box becomes an outline: who may see the item may ask, one at a time, and the machine is never all taken."""

import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from guiju.data.actions import get_item
from guiju.data.model import Item, Media
from guiju.data.outlining.errors import (
    BoxBesideImage,
    NothingStandsOut,
    NotOnAPicture,
    OutlinersBusy,
    UnknownOutliner,
)
from guiju.data.outlining.model import Deadline, Found, Outliner, Pixels, View, Wanted
from guiju.data.outlining.outliners import OUTLINERS
from guiju.data.outlining.rules import box_in_view, counts_of, outline_of, plan_view
from guiju.data.readers.pictures import open_picture
from guiju.storage import Actor, House

FOLDER = "outliners"
"""In the home: a folder for each outliner that brings files of its own."""

_AT_ONCE = max(1, (os.cpu_count() or 2) // 2)
_places = threading.BoundedSemaphore(_AT_ONCE)
_asking: set[int] = set()
_asking_lock = threading.Lock()


def find_outline(house: House, actor: Actor, item_id: int, wanted: Wanted) -> Found:
    """What stands out in the box. Takes seconds: call it in a thread.

    Raises `ItemNotFound`, `NotAllowed`, `NotOnAPicture`, `BoxBesideImage`, `UnknownOutliner`, `OutlinersBusy`,
    `NothingStandsOut`, and what the outliner raises.
    """
    item = get_item(house, actor, item_id)
    outliner = _outliner(house, wanted.outliner)
    if item.media is not Media.IMAGE:
        raise NotOnAPicture(item=item_id)
    width, height = item.width or 0, item.height or 0
    view = plan_view(wanted.box, width, height, outliner.most_pixels)
    if view is None:
        raise BoxBesideImage(width=width, height=height)
    with _place_for(actor):
        mask = _segmented(house, item, outliner, wanted, view)
        return _found(mask, view, item, outliner, wanted)


def folder_of(house: House, outliner: Outliner) -> Path:
    return house.home / FOLDER / outliner.name


def _outliner(house: House, name: str) -> Outliner:
    """The one that is named, or the first that has what it needs."""
    if not name:
        return next(each for each in OUTLINERS.values() if each.is_ready(folder_of(house, each)))
    try:
        return OUTLINERS[name]
    except KeyError:
        raise UnknownOutliner(outliner=name[:40], known=", ".join(OUTLINERS)) from None


@contextmanager
def _place_for(actor: Actor) -> Generator[None]:
    with _asking_lock:
        free = actor.id not in _asking and _places.acquire(blocking=False)
        if free:
            _asking.add(actor.id)
    if not free:
        raise OutlinersBusy
    try:
        yield
    finally:
        with _asking_lock:
            _asking.discard(actor.id)
        _places.release()


def _segmented(house: House, item: Item, outliner: Outliner, wanted: Wanted, view: View) -> Pixels:
    picture = _shown(house, item, view)
    deadline = Deadline.after(outliner.seconds)
    return outliner.segment(picture, box_in_view(wanted.box, view), deadline, folder_of(house, outliner))


def _shown(house: House, item: Item, view: View) -> Pixels:
    """The part of the upright picture that is looked at, in three colours."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only what handles pictures pays for it

    image = open_picture(house.blobs.read(item.hash))
    upright = ImageOps.exif_transpose(image)
    part = _eight_bits(upright.crop((view.left, view.top, view.right, view.bottom)))
    shown = part.resize((view.wide, view.high), Image.Resampling.BOX) if part.size != (view.wide, view.high) else part
    return np.ascontiguousarray(np.asarray(shown))


def _eight_bits(image: Any) -> Any:
    """In three colours of eight bits; of sixteen the upper eight, whatever is transparent on grey."""
    from PIL import Image  # noqa: PLC0415 - only what handles pictures pays for it

    if image.mode in {"I", "I;16", "I;16B", "I;16L", "F"}:
        values = np.asarray(image, np.float64)
        low, high = float(values.min()), float(values.max())
        grey = (values - low) / (high - low or 1) * 255
        return Image.fromarray(grey.astype(np.uint8)).convert("RGB")
    if "A" in image.mode or "transparency" in image.info:
        seen = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", seen.size, (127, 127, 127, 255)), seen).convert("RGB")
    return image.convert("RGB")


def _found(mask: Pixels, view: View, item: Item, outliner: Outliner, wanted: Wanted) -> Found:
    if not mask.any():
        raise NothingStandsOut
    width, height = item.width or 0, item.height or 0
    if wanted.form == "mask":
        counts = counts_of(_in_item_pixels(mask, view), view, height, width)
        return Found(outliner.name, size=(height, width), counts=counts)
    points = outline_of(mask, view)
    if not points:
        raise NothingStandsOut
    return Found(outliner.name, points=points)


def _in_item_pixels(mask: Pixels, view: View) -> Pixels:
    from PIL import Image  # noqa: PLC0415 - only what handles pictures pays for it

    size = (view.right - view.left, view.bottom - view.top)
    if size == (view.wide, view.high):
        return mask
    shown = Image.fromarray(mask.astype(np.uint8) * 255)
    return np.asarray(shown.resize(size, Image.Resampling.BILINEAR)) > 127
