"""What was changed behind the program's back is found."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import select, text

from guiju.data import item_table, source_table
from guiju.storage import House, Tx
from guiju.storage.checking import SHOWN, BlobReference, verify
from guiju.storage.journal import seal_all
from tests.storage.furnished import CONTENTS, furnish
from tests.support.cast import Cast

REFERENCES = [BlobReference("item", select(item_table.c.hash).where(item_table.c.body.is_(None)))]


@pytest.fixture
def furnished(cast: Cast) -> House:
    return furnish(cast)


def codes(house: House) -> list[str]:
    return [finding.code for finding in verify(house, REFERENCES).findings]


def test_a_house_that_nobody_touched_is_whole(furnished: House) -> None:
    verified = verify(furnished, REFERENCES)
    assert verified.is_whole
    assert verified.blobs == len(CONTENTS)
    assert verified.orphans == 0
    assert verified.unsealed > 1_200


def test_the_tail_that_is_not_sealed_is_counted(furnished: House) -> None:
    seal_all(furnished.database)
    furnished.write(lambda tx: tx.execute(text("INSERT INTO journal (at, action, digest) VALUES (1, 'late', 'x')")))
    verified = verify(furnished, REFERENCES)
    assert (verified.unsealed, verified.is_whole) == (1, True)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE journal SET digest = 'another' WHERE id = 7",
        "UPDATE journal SET actor_id = 99 WHERE id = 1100",
        "UPDATE journal SET at = at + 1 WHERE id = 7",
        "DELETE FROM journal WHERE id = 7",
        "UPDATE journal_seal SET hash = previous WHERE id = 1",
        "DELETE FROM journal_seal WHERE id = 1",
    ],
)
def test_a_journal_row_that_was_tampered_with_is_found(furnished: House, tampering: str) -> None:
    seal_all(furnished.database)
    furnished.write(lambda tx: tx.execute(text(tampering)))
    assert codes(furnished) == ["chain-broken"]


@pytest.mark.parametrize("which", range(len(CONTENTS)))
def test_a_missing_blob_is_found_and_named(furnished: House, which: int) -> None:
    key = list(furnished.blobs)[which]
    furnished.blobs.delete(key)
    [finding] = verify(furnished, REFERENCES).findings
    assert (finding.code, finding.details) == ("blob-missing", {"key": key, "named_by": "item"})


def _cut(content: bytes) -> bytes:
    return content[:-1]


def _lengthen(content: bytes) -> bytes:
    return content + b"."


def _empty(_content: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [_cut, _lengthen, _empty])
def test_a_damaged_blob_is_found(furnished: House, damage: Callable[[bytes], bytes]) -> None:
    place = furnished.blobs.path(next(iter(furnished.blobs)))
    place.write_bytes(damage(place.read_bytes()))
    assert codes(furnished) == ["blob-damaged"]


def test_an_orphan_is_reported_and_is_no_fault(furnished: House) -> None:
    furnished.blobs.put(b"of an import that was given up")
    verified = verify(furnished, REFERENCES)
    assert (verified.orphans, verified.orphan_bytes, verified.is_whole) == (1, 30, True)


def test_many_findings_are_counted_and_the_first_are_named(furnished: House) -> None:
    keys = [f"{number:064x}" for number in range(SHOWN + 50)]
    furnished.write(lambda tx: _name_missing(tx, keys))
    verified = verify(furnished, REFERENCES)
    assert (verified.count, len(verified.findings)) == (SHOWN + 50, SHOWN)


def _name_missing(tx: Tx, keys: list[str]) -> None:
    source = tx.execute(select(source_table)).one()
    row = {"project_id": source.project_id, "source_id": source.id, "media": "image", "name": "n", "size": 1}
    tx.execute(item_table.insert(), [{**row, "hash": key} for key in keys])


def test_a_blob_that_two_rows_name_is_read_once(furnished: House) -> None:
    twice = [*REFERENCES, BlobReference("again", select(item_table.c.hash).where(item_table.c.body.is_(None)))]
    assert verify(furnished, twice).blobs == len(CONTENTS)


def test_a_row_without_the_row_it_refers_to_is_found_on_sqlite(furnished: House) -> None:
    if not furnished.database.is_sqlite:
        return  # PostgreSQL does not let it happen
    with closing(sqlite3.connect(furnished.home / "guiju.db")) as outside, outside:
        outside.execute("UPDATE item SET source_id = 999 WHERE id = 1")
    assert codes(furnished) == ["reference-broken"]
