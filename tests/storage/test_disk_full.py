"""A full disk is a named refusal that changes nothing, and is over once there is room again."""

import errno
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from guiju.kit import N_, Refusal
from guiju.storage import Event, House, StorageFull, Tx, opened_house
from guiju.storage.full import is_full
from guiju.storage.tables import journal, receipt


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[House]:
    """Only SQLite can be told that its disk is full."""
    with opened_house(tmp_path / "home") as house:
        yield house


def _set_limit(house: House, more_pages: int) -> None:
    """Let the database grow by `more_pages` pages of 4 kB from where it is."""

    def limit(tx: Tx) -> None:
        pages = tx.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        tx.connection.exec_driver_sql(f"PRAGMA max_page_count={pages + more_pages}")

    house.write(limit)


def _write_large(house: House, name: str) -> None:
    def write(tx: Tx) -> None:
        tx.journal(Event(None, "test.large"))
        row = {"request_id": name, "action": "test", "outcome": "x" * 200_000, "at": tx.at}
        tx.execute(insert(receipt), row)

    house.write(write)


def _count(house: House) -> tuple[int, int]:
    with house.reading() as connection:
        rows = connection.execute(select(func.count()).select_from(journal)).scalar_one()
        return rows, connection.execute(select(func.count()).select_from(receipt)).scalar_one()


def test_a_full_disk_refuses_by_name_and_changes_nothing(sqlite: House) -> None:
    _set_limit(sqlite, 5)
    with pytest.raises(StorageFull):
        _write_large(sqlite, "first")
    assert _count(sqlite) == (0, 0)


def test_writes_work_again_when_there_is_room(sqlite: House) -> None:
    _set_limit(sqlite, 5)
    for _ in range(3):
        with pytest.raises(StorageFull):
            _write_large(sqlite, "first")
    _set_limit(sqlite, 10_000)
    _write_large(sqlite, "first")
    assert _count(sqlite) == (1, 1)


def test_reading_goes_on_while_the_disk_is_full(sqlite: House) -> None:
    sqlite.write(lambda tx: tx.journal(Event(None, "test.before")))
    _set_limit(sqlite, 0)
    with pytest.raises(StorageFull):
        _write_large(sqlite, "first")
    assert _count(sqlite) == (1, 0)


def test_every_write_is_answered_while_the_disk_fills(sqlite: House) -> None:
    _set_limit(sqlite, 500)
    outcomes: list[str] = []

    def press(name: str) -> None:
        try:
            _write_large(sqlite, name)
            outcomes.append("stored")
        except StorageFull:
            outcomes.append("full")

    threads = [threading.Thread(target=press, args=(f"name-{number}",)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert set(outcomes) == {"stored", "full"}
    assert len(outcomes) == 20
    assert _count(sqlite) == (outcomes.count("stored"),) * 2


class GlassFull(Refusal):
    """Of this test."""

    code = "test-glass-full"
    sentence = N_("The glass is full; the disk I/O is readonly.")
    next_step = N_("Drink.")


def test_a_refusal_that_speaks_of_full_keeps_its_own_name(house: House) -> None:
    def pour(_tx: Tx) -> None:
        raise GlassFull(glass="full")

    with pytest.raises(GlassFull):
        house.write(pour)


def test_a_fault_about_a_value_that_says_full_keeps_its_own_name(house: House) -> None:
    row = {"request_id": "full", "action": "disk i/o", "outcome": "{}", "at": 1}
    house.write(lambda tx: tx.execute(insert(receipt), row))
    with pytest.raises(Exception, match=r"(?i)unique") as caught:
        house.write(lambda tx: tx.execute(insert(receipt), row))
    assert not isinstance(caught.value, StorageFull)


def test_what_fails_after_the_commit_does_not_end_the_writer(house: House) -> None:
    def fail() -> None:
        raise RuntimeError("a subscriber's fault")

    assert house.write(lambda tx: (tx.after_commit(fail), tx.journal(Event(None, "test.first")))[1])
    assert house.write(lambda tx: tx.journal(Event(None, "test.second")))


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_what_the_system_says_of_a_full_disk_is_understood(code: int) -> None:
    assert is_full(OSError(code, "…"))
    assert not is_full(OSError(errno.ENOENT, "full"))


def test_what_a_driver_says_of_a_full_disk_is_understood() -> None:
    class DiskFullError(Exception):
        sqlstate = "53100"

    assert is_full(DiskFullError())
    assert not is_full(sqlite3.OperationalError("full"))
