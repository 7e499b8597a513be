"""What of an item is compared: its words, or the file that a backend opens."""

from typing import Any

import msgspec

from guiju.data import Media, read_comparison
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
    return words_of(media, body)


def words_of(media: str, body: str) -> str:
    """What is said in an item, without who said it."""
    if media == Media.DIALOGUE:
        turns: list[dict[str, Any]] = msgspec.json.decode(body).get("turns", [])
        return "\n".join(str(turn.get("text", "")) for turn in turns)[:CHARACTERS]
    if media == Media.COMPARISON:
        comparison = read_comparison(body)
        return "\n".join([comparison.prompt, *(reply.text for reply in comparison.answers)])[:CHARACTERS]
    return body[:CHARACTERS]
