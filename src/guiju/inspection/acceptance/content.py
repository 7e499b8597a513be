"""What is offered, answer by answer: the lines whose digest is signed, so that anybody can compute it again."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from guiju.inspection.acceptance import store
from guiju.inspection.acceptance.model import VersionUsed
from guiju.kit import sha256_hex
from guiju.rulebooks import get_published


@dataclass(frozen=True, slots=True)
class Content:
    """The digest of all lines; `held` is the resolution that is offered of each item, the newest lot's where several
    hold it. `versions` counts the answers by the rulebook's version that they were given under."""

    digest: str
    held: dict[int, int]
    versions: tuple[VersionUsed, ...]


def content_lines(connection: Connection, lot_ids: Sequence[int], last: int) -> Iterator[tuple[bytes, int, int, int]]:
    """`(line, item, resolution, rulebook)` by lot and item. A line: lot, SHA-256 of the item, rulebook version,
    SHA-256 of the answers, with tabs between and a line feed at the end."""
    versions = dict[int, str]()
    for lot, item, content, rulebook, answers, resolution in store.read_offered(connection, lot_ids, last):
        version = versions.get(rulebook)
        if version is None:
            version = versions[rulebook] = get_published(connection, rulebook).version
        yield f"{lot}\t{content}\t{version}\t{sha256_hex(answers.encode())}\n".encode(), item, resolution, rulebook


def read_content_of(connection: Connection, lot_ids: Sequence[int], last: int) -> Content:
    """Read all that is offered once."""
    found, held, counts = hashlib.sha256(), dict[int, int](), Counter[int]()
    for line, item, resolution, rulebook in content_lines(connection, lot_ids, last):
        found.update(line)
        held[item] = resolution
        counts[rulebook] += 1
    return Content(found.hexdigest(), held, _named(connection, counts))


def versions_used(connection: Connection, lot_ids: Sequence[int], last: int) -> tuple[VersionUsed, ...]:
    """The versions of the rulebook that the offered answers were given under."""
    return _named(connection, store.count_versions(connection, lot_ids, last))


def _named(connection: Connection, counts: Mapping[int, int]) -> tuple[VersionUsed, ...]:
    books = {each: get_published(connection, each) for each in counts}
    return tuple(VersionUsed(books[each].version, books[each].digest, n) for each, n in sorted(counts.items()))
