"""What of real people is still in a package: every text and every column that goes out is looked through."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from guiju.cleaning.auditing.rules import masked
from guiju.cleaning.personal import find_personal
from guiju.data import Media
from guiju.delivery.model import Row

_NAMED = 5


class PersonalFound(msgspec.Struct, frozen=True):
    """One kind of personal data: in how many items, how many places, how many of them certain; the first items."""

    kind: str
    items: int
    places: int
    certain: int
    examples: tuple[str, ...]


class Personal(msgspec.Struct, frozen=True):
    """`looked` items were looked through; of `unseen` ones, pictures and sounds, only the columns were."""

    looked: int
    unseen: int
    items: int
    found: tuple[PersonalFound, ...]


def look_for_personal(rows: Iterable[Row]) -> Personal:
    """Names of items are masked: the report goes to people who need none of what it counts."""
    looked = unseen = holding = 0
    items, places, certain = Counter[str](), Counter[str](), Counter[str]()
    examples: dict[str, list[str]] = {}
    for row in rows:
        looked += 1
        unseen += not Media(row.media).is_written
        hits = [hit for text in (row.text, row.meta) if text for hit in find_personal(text)]
        if not hits:
            continue
        holding += 1
        places.update(hit.kind.value for hit in hits)
        certain.update(hit.kind.value for hit in hits if hit.certain)
        for kind in sorted({hit.kind.value for hit in hits}):
            items[kind] += 1
            if items[kind] <= _NAMED:
                examples.setdefault(kind, []).append(masked(row.name))
    found = (
        PersonalFound(kind, count, places[kind], certain[kind], tuple(examples[kind]))
        for kind, count in sorted(items.items(), key=lambda one: (-one[1], one[0]))
    )
    return Personal(looked, unseen, holding, tuple(found))
