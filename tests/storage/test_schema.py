"""One line of migrations makes exactly the tables that the slices describe."""

from guiju.storage import House
from guiju.storage.schema import HEAD, find_version
from scripts.migration import differences


def test_the_migrations_make_what_the_slices_describe(house: House) -> None:
    with house.database.engine.connect() as connection:
        assert differences(connection) == []


def test_a_new_house_is_at_the_head(house: House) -> None:
    with house.reading() as connection:
        assert find_version(connection) == HEAD
