"""Databases of others are read and never changed, and what they say wrong is told by name."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from guiju.data.intake.errors import TooManyColumns
from guiju.feeds.connections.model import ConnectionKind, Place
from guiju.feeds.errors import (
    NotASelect,
    NotReadOnly,
    TooManyRows,
    TooPowerful,
    WellDied,
    WellFailed,
    WellRefused,
    WellTooSlow,
    WellUnreachable,
)
from guiju.feeds.rules import clean_query
from guiju.feeds.wells import open_query
from guiju.feeds.wells.model import Answer, Limits
from guiju.feeds.wells.mysql import find_power, preparing
from guiju.feeds.wells.rows import write_rows
from tests.feeds.conftest import Server

LIMITS = Limits(1_000, 20)


def rows_of(place: Place, query: str, limits: Limits = LIMITS) -> list[object]:
    with open_query(place, query, limits) as answer:
        return [row for batch in answer.batches for row in batch]


@pytest.fixture
def postgresql(server: Server) -> Place:
    return Place("Service desk", ConnectionKind.POSTGRESQL, server.url, "a-secret-word")


@pytest.fixture
def sqlite(desk: Path) -> Place:
    return Place("Service desk", ConnectionKind.SQLITE, str(desk))


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM message",
        "; DROP TABLE message",
        "COPY message TO '/tmp/x'",
        "ATTACH 'x.db' AS x",
        "PRAGMA journal_mode",
        "SET transaction_read_only = off",
        "CALL wipe()",
        "/* SELECT */ -- SELECT\nUPDATE message SET id = 1",
    ],
)
def test_what_does_not_begin_as_a_select_is_refused_before_it_is_sent(query: str) -> None:
    with pytest.raises(NotASelect):
        clean_query(query)


@pytest.mark.parametrize(
    "query", ["SELECT 1;", "-- all\nWITH a AS (SELECT 1) SELECT * FROM a", "(SELECT 1)", "values (1)"]
)
def test_what_reads_is_let_through_without_its_semicolon(query: str) -> None:
    assert not clean_query(query).endswith(";")


@pytest.mark.parametrize(
    ("query", "refusal"),
    [
        ("WITH gone AS (DELETE FROM message RETURNING id) SELECT * FROM gone", WellRefused),
        ("SELECT 1; DELETE FROM message", WellRefused),
        ("SELECT pg_read_file('/etc/passwd')", WellRefused),
        ("SELECT lo_import('/etc/passwd')", WellFailed),
        ("SELECT nextval('counter')", WellFailed),
        ("SELECT * INTO other FROM message", WellRefused),
        ("SELECT * FROM message FOR UPDATE", WellFailed),
        ("SELECT * FROM nowhere", WellRefused),
        ("SELEC 1", WellRefused),
    ],
)
def test_postgresql_itself_refuses_whatever_does_more_than_read(
    postgresql: Place, server: Server, query: str, refusal: type[WellFailed]
) -> None:
    server.run("CREATE SEQUENCE IF NOT EXISTS counter")
    server.run("GRANT ALL ON message, counter TO reader")
    with pytest.raises(refusal):
        rows_of(postgresql, query)
    assert len(rows_of(postgresql, "SELECT * FROM message")) == 3


def test_a_function_that_writes_is_refused_by_the_transaction(postgresql: Place, server: Server) -> None:
    server.run("CREATE OR REPLACE FUNCTION wipe() RETURNS int LANGUAGE sql AS 'DELETE FROM message RETURNING 1'")
    server.run("GRANT ALL ON message TO reader")
    with pytest.raises(NotReadOnly):
        rows_of(postgresql, "SELECT wipe()")
    with pytest.raises(WellFailed):
        rows_of(postgresql, "SELECT set_config('transaction_read_only', 'off', false), wipe()")
    assert len(rows_of(postgresql, "SELECT * FROM message")) == 3


def test_an_account_that_reads_the_server_s_files_is_refused_as_a_whole(server: Server) -> None:
    mighty = Place("Service desk", ConnectionKind.POSTGRESQL, server.owner)
    with pytest.raises(TooPowerful):
        rows_of(mighty, "SELECT 1")


@pytest.mark.parametrize(
    "query",
    [
        "WITH a AS (SELECT 1) DELETE FROM message",
        "SELECT load_extension('x')",
        "SELECT * FROM pragma_database_list",
        "SELECT 1; DELETE FROM message",
        "SELECT * FROM nowhere",
    ],
)
def test_sqlite_itself_refuses_whatever_does_more_than_read(sqlite: Place, query: str) -> None:
    with pytest.raises((NotReadOnly, WellRefused)):
        rows_of(sqlite, query)
    assert len(rows_of(sqlite, "SELECT * FROM message")) == 3


def test_a_query_that_takes_too_long_is_stopped(postgresql: Place, sqlite: Place) -> None:
    with pytest.raises(WellTooSlow):
        rows_of(postgresql, "SELECT pg_sleep(30)", Limits(10, 1))
    forever = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    with pytest.raises(WellTooSlow):
        rows_of(sqlite, forever, Limits(10, 1))


def test_a_wrong_password_and_a_host_that_is_not_there_are_told_without_the_secret() -> None:
    nowhere = Place("Service desk", ConnectionKind.POSTGRESQL, "postgresql://reader@127.0.0.1:9/desk", "a-secret-word")
    gone = Place("Service desk", ConnectionKind.SQLITE, "/nowhere/desk.db")
    mysql = Place("Service desk", ConnectionKind.MYSQL, "mysql://reader@127.0.0.1:9/desk", "a-secret-word")
    for place in (nowhere, gone, mysql):
        with pytest.raises(WellUnreachable) as caught:
            rows_of(place, "SELECT 1")
        assert not re.search("a-secret-word|127.0.0.1|reader|/nowhere", str(caught.value))
    assert "a-secret-word" not in repr(nowhere)


def test_a_server_that_dies_in_the_middle_says_how_far_it_got(postgresql: Place, server: Server) -> None:
    query = "SELECT n, repeat('x', 200) FROM generate_series(1, 100000) n"
    with open_query(postgresql, query, Limits(200_000, 20)) as answer:
        batches = iter(answer.batches)
        assert len(next(batches)) == 2_000
        server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'")
        with pytest.raises(WellDied) as died:
            list(batches)
    assert died.value.details["rows"] == "2,000"


def test_every_kind_of_value_becomes_what_json_knows(postgresql: Place, tmp_path: Path) -> None:
    query = (
        "SELECT id, price, at AT TIME ZONE 'UTC' AS utc, photo, 2::numeric ^ 80 AS big, 'Infinity'::float8 AS far,"
        " '{1,2}'::int[] AS list, '{\"a\": 1}'::jsonb AS doc, id AS id, '10.0.0.1'::inet FROM message ORDER BY 1"
    )
    path = tmp_path / "rows.jsonl"
    with open_query(postgresql, query, LIMITS) as answer:
        rows, _ = write_rows(answer, path, LIMITS, "q", each=lambda _: None)
    first, second, third = path.read_text(encoding="utf-8").splitlines()
    assert rows == 3
    assert first == (
        '{"id":1,"price":"12.50","utc":"2026-03-31 01:05:00","photo":"/wA=",'
        '"big":"1208925819614629174706176.0000000000000000","far":"inf","list":[1,2],"doc":{"a":1},"id (2)":1,'
        '"inet":"10.0.0.1"}'
    )
    assert '"price":"NaN","utc":"infinity","photo":"text"' in second
    assert '"price":null,"utc":null,"photo":null' in third


def test_more_rows_or_columns_than_are_allowed_are_refused_and_not_cut_off(sqlite: Place, tmp_path: Path) -> None:
    with pytest.raises(TooManyRows), open_query(sqlite, "SELECT * FROM message", Limits(2, 20)) as answer:
        write_rows(answer, tmp_path / "rows.jsonl", Limits(2, 20), "q", each=lambda _: None)
    wide = "SELECT " + ", ".join(f"{n} AS c{n}" for n in range(10_000))
    with pytest.raises(WellRefused):
        rows_of(sqlite, wide)
    many = Answer([f"c{n}" for n in range(4_000)], iter(()))
    with pytest.raises(TooManyColumns):
        write_rows(many, tmp_path / "rows.jsonl", LIMITS, "q", each=lambda _: None)


def test_a_long_answer_comes_in_batches(postgresql: Place) -> None:
    with open_query(postgresql, "SELECT n AS id FROM generate_series(1, 5000) n", LIMITS) as answer:
        assert [len(batch) for batch in answer.batches] == [1_001, 1_001, 1_001, 1_001, 996]


def test_what_mysql_is_told_first_makes_it_read_only_and_short() -> None:
    for version, slow in (("10.11.6-MariaDB", "max_statement_time = 20"), ("8.4.2", "max_execution_time = 20000")):
        told = preparing(version, LIMITS)
        assert told[0] == f"SET SESSION {slow}"
        assert told[-2:] == ["SET SESSION TRANSACTION READ ONLY", "START TRANSACTION READ ONLY"]
        assert "sql_select_limit = 1001" in told[1]


@pytest.mark.parametrize(
    ("grants", "power"),
    [
        (["GRANT USAGE ON *.* TO `r`@`%`", "GRANT SELECT ON `desk`.* TO `r`@`%`"], None),
        (["GRANT SELECT, FILE ON *.* TO `r`@`%`"], "FILE"),
        (["GRANT ALL PRIVILEGES ON *.* TO `r`@`%` WITH GRANT OPTION"], "ALL PRIVILEGES"),
        (["GRANT ALL PRIVILEGES ON `desk`.* TO `r`@`%`"], None),
    ],
)
def test_a_mysql_account_that_reads_the_server_s_files_is_known_by_its_grants(
    grants: list[str], power: str | None
) -> None:
    assert find_power(iter(grants)) == power


def test_a_sqlite_file_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "no.db"
    path.write_bytes(b"nothing of a database" * 100)
    with pytest.raises((WellUnreachable, WellDied)):
        rows_of(Place("Service desk", ConnectionKind.SQLITE, str(path)), "SELECT 1")


def test_a_sqlite_file_that_another_program_writes_is_read_as_it_stands(desk: Path, sqlite: Place) -> None:
    with closing(sqlite3.connect(desk)) as writing:
        writing.execute("PRAGMA journal_mode=WAL")
        writing.execute("INSERT INTO message VALUES ('m4', 'not committed', NULL)")
        assert len(rows_of(sqlite, "SELECT * FROM message")) == 3


def test_the_reader_cannot_log_in_under_a_name_that_is_not_there(server: Server) -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.url.replace("reader@", "nobody@"))
    with pytest.raises(WellUnreachable):
        rows_of(Place("d", ConnectionKind.POSTGRESQL, server.url.replace("reader@", "nobody@")), "SELECT 1")
