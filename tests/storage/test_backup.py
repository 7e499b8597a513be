"""A backup holds everything, is whole or refused, and becomes a home on either database."""

import io
import itertools
import shutil
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Column, Float, LargeBinary, MetaData, Table, text

from guiju.kit import sha256_hex
from guiju.storage import Event, House, Tx, open_house, opened_house, pump
from guiju.storage.archive import BackupDamaged, check_archive, read_members
from guiju.storage.backup import back_up
from guiju.storage.journal import Subscriber, seal_all, verify_chain
from guiju.storage.restore import (
    BackupOfAnotherSchema,
    DatabaseNotEmpty,
    HomeNotEmpty,
    StillInUse,
    move_database,
    restore,
)
from guiju.storage.rows import RowsRefused, decode_rows, encode_rows
from tests.storage.furnished import CONTENTS, everything, furnish, whole_folder
from tests.support.cast import Cast, gather_cast, meet_cast
from tests.support.needs import do_without
from tests.support.postgres import Cluster, Missing

_numbers = itertools.count(1)


@pytest.fixture
def furnished(cast: Cast) -> House:
    return furnish(cast)


@pytest.fixture(scope="module")
def a_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One backup for all who only read it."""
    folder = tmp_path_factory.mktemp("kept")
    with opened_house(folder / "home") as house:
        gather_cast(house)
        back_up(furnish(meet_cast(house)), folder / "backup.tar")
    return folder / "backup.tar"


@pytest.fixture
def file(a_file: Path, tmp_path: Path) -> Path:
    """A copy of that backup, to be altered."""
    return Path(shutil.copy(a_file, tmp_path / "backup.tar"))


@pytest.fixture(params=["to sqlite", "to postgresql"])
def target(request: pytest.FixtureRequest) -> str | None:
    """Where a restore goes: the address of an empty PostgreSQL database, or `None` for SQLite in the home."""
    return empty_postgres(request) if request.param == "to postgresql" else None


def empty_postgres(request: pytest.FixtureRequest) -> str:
    cluster: Cluster | Missing = request.getfixturevalue("postgres")
    if isinstance(cluster, Missing):
        do_without(cluster.reason)
    return cluster.create_database(f"restored_{next(_numbers)}")


def test_a_restored_home_has_every_row_and_every_blob(furnished: House, target: str | None, tmp_path: Path) -> None:
    made = back_up(furnished, tmp_path / "backup.tar")
    restore(tmp_path / "backup.tar", tmp_path / "new", database=target)
    again = open_house(tmp_path / "new", database=target)
    try:
        assert everything(again) == everything(furnished)
        assert [again.blobs.read(key) for key in again.blobs] == [furnished.blobs.read(key) for key in furnished.blobs]
        assert made.blobs == len(CONTENTS)
        assert made.rows == sum(map(len, everything(again).values()))
    finally:
        again.close()
    assert whole_folder(tmp_path / "new") >= {"blobs"}
    assert ".restoring" not in whole_folder(tmp_path / "new")


def test_a_restored_home_goes_on_where_it_was(furnished: House, target: str | None, tmp_path: Path) -> None:
    back_up(furnished, tmp_path / "backup.tar")
    restore(tmp_path / "backup.tar", tmp_path / "new", database=target)
    again = open_house(tmp_path / "new", database=target)
    heard: list[int] = []
    try:
        with again.reading() as connection:
            before = verify_chain(connection)
        row = again.write(lambda tx: tx.journal(Event(None, "test.again")))
        assert row == before.sealed + 1, "ids go on after the last one"
        pump(again.database, [Subscriber("test", frozenset({"test.rare"}), lambda _, row: heard.append(row.id))])
        assert len(heard) == 12, "rows of another server are heard too"
        assert seal_all(again.database) == 1
        with again.reading() as connection:
            assert verify_chain(connection).broken_at is None
        assert again.write(lambda tx: tx.once("request-of-a-client", _zhou(tx), "test", lambda: {"n": 2})) == {"n": 1}
    finally:
        again.close()


def _zhou(tx: Tx) -> int:
    return int(tx.scalar(text("SELECT id FROM account WHERE email = 'zhou@guiju.test'")))


def test_a_backup_is_one_moment_while_others_write(furnished: House, tmp_path: Path) -> None:
    over = threading.Event()

    def press() -> None:
        while not over.is_set():
            furnished.write(_write_pair)

    writers = [threading.Thread(target=press) for _ in range(3)]
    for writer in writers:
        writer.start()
    try:
        back_up(furnished, tmp_path / "backup.tar")
    finally:
        over.set()
        for writer in writers:
            writer.join()
    restore(tmp_path / "backup.tar", tmp_path / "new")
    again = open_house(tmp_path / "new")
    try:
        rows = everything(again)
        pressed = sum(row[3] == "test.pressed" for row in rows["journal"])
        assert pressed == sum(row[2] == "test.press" for row in rows["receipt"])
        with again.reading() as connection:
            assert verify_chain(connection).broken_at is None
    finally:
        again.close()


def _write_pair(tx: Tx) -> None:
    row = tx.journal(Event(None, "test.pressed"))
    tx.once(f"request-{row}", None, "test.press", lambda: row)


def test_a_backup_seals_the_tail_of_the_journal(furnished: House, tmp_path: Path) -> None:
    assert back_up(furnished, tmp_path / "backup.tar").sealed > 1_200
    with furnished.reading() as connection:
        assert verify_chain(connection).unsealed == 0


def test_a_backup_is_readable_by_its_owner_alone(a_file: Path) -> None:
    assert a_file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in a_file.parent.iterdir() if path.name.startswith(".")] == []


def test_every_member_is_in_the_manifest(file: Path) -> None:
    manifest = check_archive(file)
    names = [name for name, _, _ in read_members(file)]
    assert manifest.members == len(names) - 3
    assert names[-3:] == ["members.jsonl", "manifest.json", "manifest.sha256"]
    assert manifest.tables["item"].rows == len(CONTENTS) + 1


def test_a_backup_that_fails_leaves_the_old_one(furnished: House, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar"
    file.write_bytes(b"the old one")

    def fail(_what: str, done: int, _total: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(furnished, file, fail)
    assert file.read_bytes() == b"the old one"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.6, 0.9])
def test_a_truncated_backup_is_refused_with_nothing_left(
    file: Path, target: str | None, kept: float, tmp_path: Path
) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: int(content.rstrip(b"\0").__len__() * kept)])
    with pytest.raises(BackupDamaged):
        restore(file, tmp_path / "new", database=target)
    assert not (tmp_path / "new").exists()
    if target is not None:
        assert _tables_in(target) == []


def _tables_in(url: str) -> list[str]:
    import psycopg

    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return [name for (name,) in found]


def test_an_altered_member_is_named_wherever_it_lies(file: Path, tmp_path: Path) -> None:
    for name, offset in _members(file):
        content = bytearray(file.read_bytes())
        content[offset] ^= 1
        altered = tmp_path / "altered.tar"
        altered.write_bytes(content)
        with pytest.raises(BackupDamaged) as caught:
            restore(altered, tmp_path / "new")
        part = str(caught.value.details["part"])
        assert part == name or name.startswith(("m", part)), f"{name} was altered, {part} was named"
        assert not (tmp_path / "new").exists()


def _members(file: Path) -> list[tuple[str, int]]:
    with tarfile.open(file) as tar:
        return [(info.name, info.offset_data + info.size // 2) for info in tar.getmembers()]


def test_a_file_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.tar").write_text("Dear sir, ")
    with pytest.raises(BackupDamaged):
        restore(tmp_path / "letter.tar", tmp_path / "new")


def test_a_member_that_would_lie_outside_is_not_unpacked(file: Path, tmp_path: Path) -> None:
    _rewrite(file, tmp_path / "evil.tar", lambda name: name.replace("blobs/", "../blobs/"))
    with pytest.raises(BackupDamaged):
        restore(tmp_path / "evil.tar", tmp_path / "new")
    assert not (tmp_path / "blobs").exists()
    assert not (tmp_path / "new").exists()


def _rewrite(file: Path, to: Path, rename: Callable[[str], str], schema: str | None = None) -> None:
    """The backup with other names or another schema, and every hash made right again."""
    with tarfile.open(file) as tar:
        parts = {info.name: tar.extractfile(info).read() for info in tar.getmembers()}  # type: ignore[union-attr]
    listing = rename(parts["members.jsonl"].decode()).encode()
    manifest = parts["manifest.json"].decode().replace(sha256_hex(parts["members.jsonl"]), sha256_hex(listing))
    if schema:
        manifest = manifest.replace('"schema": "0001"', f'"schema": "{schema}"')
    parts |= {"members.jsonl": listing, "manifest.json": manifest.encode()}
    parts["manifest.sha256"] = sha256_hex(manifest.encode()).encode()
    with tarfile.open(to, "w") as tar:
        for name, content in parts.items():
            info = tarfile.TarInfo(rename(name))
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


def test_a_backup_of_another_schema_is_refused_by_name(file: Path, tmp_path: Path) -> None:
    _rewrite(file, tmp_path / "later.tar", str, schema="9999")
    with pytest.raises(BackupOfAnotherSchema) as caught:
        restore(tmp_path / "later.tar", tmp_path / "new")
    assert caught.value.details["found"] == "9999"


def test_a_home_in_use_is_not_restored_into(file: Path, furnished: House) -> None:
    before = whole_folder(furnished.home)
    with pytest.raises(HomeNotEmpty):
        restore(file, furnished.home)
    assert whole_folder(furnished.home) >= before


def test_a_database_in_use_is_not_restored_into(file: Path, furnished: House, tmp_path: Path) -> None:
    before = everything(furnished)
    with pytest.raises(DatabaseNotEmpty):
        restore(file, tmp_path / "new", database=furnished.database.url)
    assert everything(furnished) == before
    assert not (tmp_path / "new").exists()


def test_an_empty_folder_may_become_the_home(file: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    restore(file, tmp_path / "new")
    assert {"blobs", "guiju.db"} <= whole_folder(tmp_path / "new")


def test_a_restore_that_was_killed_can_be_done_again(file: Path, tmp_path: Path) -> None:
    (tmp_path / "new/.restoring/blobs/tmp").mkdir(parents=True)
    (tmp_path / "new/.restoring/guiju.db").write_bytes(b"half")
    restore(file, tmp_path / "new")
    assert ".restoring" not in whole_folder(tmp_path / "new")


def test_what_is_rebuilt_belongs_to_the_same_transaction(file: Path, target: str | None, tmp_path: Path) -> None:
    def fail(tx: Tx) -> None:
        assert tx.scalar(text("SELECT count(*) FROM item")) == len(CONTENTS) + 1
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(file, tmp_path / "new", database=target, rebuild=[fail])
    assert not (tmp_path / "new").exists()
    if target is not None:
        assert _tables_in(target) == []


def test_a_database_moves_to_the_other_kind_with_every_row(
    furnished: House, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = empty_postgres(request) if furnished.database.is_sqlite else f"sqlite:///{tmp_path / 'moved.db'}"
    move_database(furnished, url)
    moved = open_house(furnished.home, database=url)
    try:
        assert everything(moved) == everything(furnished)
        assert moved.write(lambda tx: tx.journal(Event(None, "test.again"))) > 1_200
    finally:
        moved.close()


def test_a_database_in_use_is_not_moved(furnished: House, request: pytest.FixtureRequest) -> None:
    url = empty_postgres(request)

    def somebody_writes(_tx: Tx) -> None:
        furnished.write(lambda tx: tx.journal(Event(None, "test.meanwhile")))

    with pytest.raises(StillInUse):
        move_database(furnished, url, rebuild=[somebody_writes])
    assert _tables_in(url) == []


def test_rows_that_the_other_database_does_not_take_are_named(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    url = empty_postgres(request)
    with opened_house(tmp_path / "home") as house:
        house.write(lambda tx: tx.journal(Event(None, "a" * 200)))  # SQLite does not mind
        with pytest.raises(RowsRefused) as caught:
            move_database(house, url)
    assert caught.value.details["table"] == "journal"
    assert _tables_in(url) == []


def test_bytes_and_odd_floats_come_back_as_they_were() -> None:
    table = Table("odd", MetaData(), Column("raw", LargeBinary), Column("figure", Float))
    rows = [(bytes(range(256)), 0.1 + 0.2), (None, None), (b"", float("inf")), (b"\xff", float("-inf"))]
    [(lines, count)] = encode_rows(table, [rows])
    assert (decode_rows(table, lines), count) == (rows, 4)


def test_heavy_rows_are_written_in_several_parts() -> None:
    table = Table("heavy", MetaData(), Column("raw", LargeBinary))
    chunks = list(encode_rows(table, [[(bytes(3 << 20),)] * 5]))
    assert [count for _, count in chunks] == [1] * 5
