"""One line of migrations makes exactly the tables that the slices describe."""

import pytest
from sqlalchemy import Boolean, literal, select

from guiju.storage import House, metadata
from guiju.storage.schema import HEAD, find_version
from scripts.migration import differences


def test_the_migrations_make_what_the_slices_describe(house: House) -> None:
    with house.database.engine.connect() as connection:
        assert differences(connection) == []


def test_a_new_house_is_at_the_head(house: House) -> None:
    with house.reading() as connection:
        assert find_version(connection) == HEAD


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_what_holds_is_found_by_its_index_in_sqlite_too(house: House) -> None:
    """SQLite takes an index with a condition only where the query says the same words: `holds = 1`, not `holds`."""
    truths = [
        (index, column)
        for table in metadata.tables.values()
        for index in table.indexes
        for column in table.c
        if isinstance(column.type, Boolean) and column.name in str(index.dialect_options["sqlite"]["where"]).split()
    ]
    assert {index.name for index, _ in truths} >= {"uq_resolution_item_holds", "ix_suggested_holds"}
    with house.reading() as connection:
        for index, column in truths:
            wanted = select(column).where(index.columns[0] == literal(1), column)
            plan = connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {wanted.compile(connection, compile_kwargs=_LITERAL)}"
            )
            assert str(index.name) in str(plan.all())


_LITERAL = {"literal_binds": True}
