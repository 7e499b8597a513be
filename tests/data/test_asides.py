"""Items set aside stay, are given out no more, and come back when what set them aside is undone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.data import (
    AsideReason,
    SourceInUse,
    bring_back,
    bring_items_back,
    count_asides,
    count_items,
    item_ids,
    set_aside,
    take_back_source,
)
from guiju.kit import new_id
from guiju.work.store import count_unresolved, unresolved_items
from tests.data.conftest import Importer

Write = Callable[[str, bytes | str], Path]


def given_out(importer: Importer) -> list[int]:
    with importer.house.reading() as connection:
        found = list(connection.execute(unresolved_items(importer.cast.project)).scalars())
        assert count_unresolved(connection, importer.cast.project) == len(found)
    return found


@pytest.fixture
def four(importer: Importer, write: Write) -> list[int]:
    importer.run(write("four.txt", "一号\n二号\n三号\n四号\n"))
    with importer.house.reading() as connection:
        return item_ids(connection, importer.cast.project)


def test_what_is_set_aside_stays_and_is_given_out_no_more(importer: Importer, four: list[int]) -> None:
    house, project = importer.house, importer.cast.project
    told = [*four[:2], 10**12]
    assert house.write(lambda tx: set_aside(tx, project, told, AsideReason.PERSON, cause="hand", by=None)) == 2
    assert house.write(lambda tx: set_aside(tx, project, told, AsideReason.PERSON, cause="hand", by=None)) == 0
    assert given_out(importer) == four[2:]
    with house.reading() as connection:
        assert count_items(connection, project) == 4
        assert count_asides(connection, project) == 2


def test_bringing_back_undoes_one_cause_and_leaves_the_other(importer: Importer, four: list[int]) -> None:
    house, project = importer.house, importer.cast.project
    house.write(lambda tx: set_aside(tx, project, four[:3], AsideReason.CLEANED, cause="run:1", by=None))
    house.write(lambda tx: set_aside(tx, project, four[2:], AsideReason.RULE, cause="run:2", by=None))
    assert house.write(lambda tx: bring_back(tx, project, "run:1")) == 3
    assert given_out(importer) == four[:2]
    assert house.write(lambda tx: bring_items_back(tx, project, four, "run:2")) == 2
    assert given_out(importer) == four


def test_a_source_whose_items_were_only_set_aside_can_be_taken_back(importer: Importer, four: list[int]) -> None:
    house, cast = importer.house, importer.cast
    house.write(lambda tx: set_aside(tx, cast.project, four, AsideReason.RULE, cause="run:1", by=None))
    try:
        take_back_source(house, cast.zhou, cast.project, 1, request_id=new_id())
    except SourceInUse:
        pytest.fail("an item set aside is not in use")
    with house.reading() as connection:
        assert count_items(connection, cast.project) == 0
