"""The home's cache: what was made of an item's content, by the content's hash. It may be dropped and is made again."""

from collections.abc import Callable
from pathlib import Path

from guiju.kit import new_id
from guiju.storage import House
from guiju.storage.full import writing_files


def place_of(house: House, key: str, ending: str) -> Path:
    """Where the copy of `key` with this ending lies, whether or not it is there."""
    return house.home / "cache" / key[:2] / f"{key}.{ending}"


def keep(house: House, key: str, ending: str, write: Callable[[Path], object]) -> Path:
    """Let `write` make the copy, which others see only whole. Raises `StorageFull`."""
    place = place_of(house, key, ending)
    half = place.with_name(f"{place.name}.{new_id()}")
    with writing_files():
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            write(half)
            half.replace(place)
        finally:
            half.unlink(missing_ok=True)
    return place
