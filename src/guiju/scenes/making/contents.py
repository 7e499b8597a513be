"""What of an item is compared: its words, or the file that a backend opens."""

from typing import Any

from guiju.data import Media
from guiju.data.words import said_in
from guiju.storage import BlobMissing, House

CHARACTERS = 4_000


def content_of(house: House, media: str, content_hash: str, body: str | None) -> Any:
    """A string of what is written, a path of everything else. What is lost is empty."""
    if not Media(media).is_written:
        return house.blobs.path(content_hash)
    if body is None:
        try:
            with house.blobs.open(content_hash) as file:
                body = file.read(CHARACTERS * 4 if media == Media.TEXT else -1).decode(errors="ignore")
        except BlobMissing:
            return ""
    return said_in(Media(media), body)[:CHARACTERS]
