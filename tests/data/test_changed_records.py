"""A record that comes again with other content: kept beside, put in the old one's place, or refused; and taken back."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import select

from guiju.data import JOBS, Columns, Item, aside_table, find_items, item_ids, start_import, take_back_source
from guiju.data.intake.model import Changed
from guiju.kit import new_id
from guiju.storage import Job, work_jobs
from tests.data.conftest import Importer

Write = Callable[[str, bytes | str], Path]
MAY = "id,text\nk1,the price is 10\nk2,it opens at nine\n"
JUNE = "id,text\nk1,the price is 12\nk2,it opens at nine\nk3,new here\n"


def bring(importer: Importer, path: Path, changed: Changed) -> Job:
    cast = importer.cast
    said = Columns(changed=changed)
    started = start_import(importer.house, cast.zhou, cast.project, request_id=new_id(), paths=[path], columns=said)
    work_jobs(importer.house, JOBS, only=started.job)
    return importer.job(started.job)


def items(importer: Importer) -> dict[str, Item]:
    """The items that are given out, by their content."""
    with importer.house.reading() as connection:
        aside = set(connection.execute(select(aside_table.c.item_id)).scalars())
        ids = [one for one in item_ids(connection, importer.cast.project) if one not in aside]
        return {item.body or "": item for item in find_items(connection, importer.cast.project, ids).values()}


def test_a_changed_record_takes_the_old_one_s_place(importer: Importer, write: Write) -> None:
    importer.run(write("may.csv", MAY))
    job = bring(importer, write("june.csv", JUNE), Changed.REPLACE)
    assert {name: (job.outcome or {})[name] for name in ("taken", "duplicates", "refused", "changed")} == {
        "taken": 2, "duplicates": 1, "refused": 0, "changed": 1,
    }  # fmt: skip
    assert set(items(importer)) == {"the price is 12", "it opens at nine", "new here"}


def test_taking_the_import_back_brings_back_what_it_set_aside(importer: Importer, write: Write) -> None:
    importer.run(write("may.csv", MAY))
    job = bring(importer, write("june.csv", JUNE), Changed.REPLACE)
    source, cast = int((job.outcome or {})["source"]), importer.cast
    take_back_source(importer.house, cast.zhou, cast.project, source, request_id=new_id())
    work_jobs(importer.house, JOBS)
    assert set(items(importer)) == {"the price is 10", "it opens at nine"}


def test_a_changed_record_is_refused_with_both_hashes_when_that_was_chosen(importer: Importer, write: Write) -> None:
    importer.run(write("may.csv", MAY))
    job = bring(importer, write("june.csv", JUNE), Changed.REFUSE)
    assert importer.codes(job) == {"k1": "changed-since", "k2": "duplicate"}
    assert (job.outcome or {})["refused"] == 1
    assert set(items(importer)) == {"the price is 10", "it opens at nine", "new here"}


def test_unsaid_both_are_kept(importer: Importer, write: Write) -> None:
    importer.run(write("may.csv", MAY))
    importer.run(write("june.csv", JUNE))
    assert {"the price is 10", "the price is 12"} <= set(items(importer))


@pytest.mark.parametrize("other", ["id,text,channel\nk1,the price is 12,web\n", "text\nthe price is 12\n"])
def test_only_the_same_key_in_a_table_with_the_same_columns_is_the_same_record(
    importer: Importer, write: Write, other: str
) -> None:
    importer.run(write("may.csv", MAY))
    bring(importer, write("other.csv", other), Changed.REPLACE)
    assert "the price is 10" in items(importer)


def test_the_newest_of_several_versions_is_replaced(importer: Importer, write: Write) -> None:
    importer.run(write("may.csv", MAY))
    bring(importer, write("june.csv", JUNE), Changed.REPLACE)
    bring(importer, write("july.csv", JUNE.replace("12", "15")), Changed.REPLACE)
    assert [text for text in items(importer) if text.startswith("the price")] == ["the price is 15"]


def test_the_source_tells_its_files_and_what_changed(
    importer: Importer, write: Write, client: TestClient[Litestar]
) -> None:
    importer.run(write("may.csv", MAY))
    job = bring(importer, write("june.csv", JUNE), Changed.REPLACE)
    importer.cast.sign_in(client, "lin")
    client.cookies.set("guiju_locale", "en")
    source = (job.outcome or {})["source"]
    told = client.get(f"/api/v1/projects/{importer.cast.project}/sources/{source}").json()
    assert told["read_from"] == [
        {"name": "june.csv", "size": len(JUNE), "sha256": sha256(JUNE.encode()).hexdigest()},
    ]  # fmt: skip
    page = client.get(f"/projects/{importer.cast.project}/sources/{source}").text
    assert "1 records took the place of an item that had their name." in page
    for text in ("the price is 10", "the price is 12"):
        assert sha256(text.encode()).hexdigest()[:12] in page
    assert told["mapping"] == {"changed": "replace"}
