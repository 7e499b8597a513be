"""What of an item is compared: its words, or the file that a backend opens."""

from typing import Any

from guiju.cleaning.personal import KIND_TAGS, find_personal
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


def without_people(text: str) -> str:
    """What a service outside the house may see: in the place of personal data stands its kind, of the unsure, too.

    >>> without_people("请打 13800138000"), without_people("mail me at ann@example.com")
    ('请打 【电话】', 'mail me at [EMAIL]')
    """
    found = find_personal(text)
    if not found:
        return text
    chinese = any("\u4e00" <= sign <= "\u9fff" for sign in text)
    parts, at = list[str](), 0
    for hit in found:
        tag = KIND_TAGS[hit.kind][0 if chinese else 1]
        parts += [text[at : hit.start], f"【{tag}】" if chinese else f"[{tag}]"]
        at = hit.end
    return "".join([*parts, text[at:]])
