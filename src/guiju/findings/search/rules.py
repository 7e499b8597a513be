"""What is decided about a search. Pure."""

import re
from collections.abc import Mapping, Sequence

from guiju.data import Media
from guiju.data.media.cropping import Region
from guiju.findings.search.errors import RegionOfNothing, RegionUnreadable, SearchUnreadable
from guiju.findings.search.model import Search, State

QUERY_CHARACTERS = 500
PARTS = ("q", "label", "source", "media", "state", "scene", "like", "region")
# Words that no text contains: a character for private use, and what never changes about an item behind it.
_OWN = "\ue000"


def facts_of(project_id: int, source_id: int | None = None, media: Media | None = None) -> list[str]:
    """What never changes about an item, as words of the index that no text can contain.

    >>> [word[1:] for word in facts_of(7, 3, Media.TEXT)]
    ['p7', 's3', 'mtext']
    """
    words = [f"{_OWN}p{project_id}"]
    words += [] if source_id is None else [f"{_OWN}s{source_id}"]
    return words if media is None else [*words, f"{_OWN}m{media.value}"]


def read_search(said: Mapping[str, str]) -> Search:
    """A search from the parts of an address; what is missing is not asked. Raises `SearchUnreadable` with the part.

    Of a `region` raises `RegionUnreadable`, and `RegionOfNothing` where `like` names no item.
    """
    q, like = (said.get(part, "") for part in ("q", "like"))
    for part, text in (("q", q), ("like", like)):
        if len(text) > QUERY_CHARACTERS:
            raise SearchUnreadable(part=part)
    media, state = said.get("media", ""), said.get("state", "")
    if media and media not in set(Media):
        raise SearchUnreadable(part="media")
    if state not in set(State):
        raise SearchUnreadable(part="state")
    return Search(
        " ".join(q.split()),
        said.get("label", "").strip()[:60],
        _number(said, "source"),
        Media(media) if media else None,
        State(state),
        _number(said, "scene"),
        like.strip(),
        _region(said.get("region", ""), like.strip()),
    )


def _region(said: str, like: str) -> Region | None:
    if not said.strip():
        return None
    parts = [each.strip() for each in re.split("[,，]", said)]
    if len(parts) != 4 or not all(re.fullmatch(r"[0-9]{1,6}", each) for each in parts):
        raise RegionUnreadable(said=said[:60])
    if not like.isdecimal():
        raise RegionOfNothing
    x, y, w, h = map(int, parts)
    return Region(x, y, w, h)


def _number(said: Mapping[str, str], part: str) -> int | None:
    if said.get(part, "") and not re.fullmatch(r"[0-9]{1,18}", said[part]):
        raise SearchUnreadable(part=part)
    return int(said[part]) if said.get(part) else None


def stretches(text: str, words: Sequence[str], room: int = 160) -> list[tuple[str, bool]]:
    """The part of a text where its first word stands, cut into stretches with whether each is one of the words.

    >>> stretches("我要申请退款。", ["退款"])
    [('我要申请', False), ('退款', True), ('。', False)]
    """
    sought = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
    if not sought:
        return [(text[:room] + ("…" if len(text) > room else ""), False)]
    found = re.compile(f"({sought})", re.IGNORECASE)
    first = found.search(text)
    start = max(0, first.start() - room // 3) if first and first.start() > room * 2 // 3 else 0
    seen = text[start : start + room]
    parts = [(part, place % 2 == 1) for place, part in enumerate(found.split(seen)) if part]
    before = [("…", False)] if start else []
    return [*before, *parts, *([("…", False)] if start + room < len(text) else [])]
