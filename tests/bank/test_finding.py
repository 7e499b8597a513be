"""Searching the bank: facets that count what one may use and nothing else, and what is like something."""

import io
from pathlib import Path

import pytest
from PIL import Image

from guiju.bank import JOBS, SUBSCRIBERS, Facet, count_bank, get_deposit, read_search, search_bank
from guiju.bank.finding import DepositNotFound, FacetUnknown, SearchTooLong
from guiju.bank.likeness import (
    NotCompared,
    PictureForgotten,
    PictureUnreadable,
    choose_way,
    keep_picture,
    read_likeness,
)
from guiju.bank.likeness.errors import WayUnknown, WouldGoOut
from guiju.bank.likeness.making import shelves
from guiju.bank.tables import deposit as deposit_table
from guiju.data import item_table
from guiju.kit import new_id
from guiju.people import NotAllowed
from guiju.storage import Event, pump, work_jobs
from tests.bank.test_bank import deposit, messages
from tests.inspection.build import make_pictures
from tests.support.cast import Cast

TEXTS = ["申请退款，三天没有回复", "我要退款", "发票抬头开错了", "I want a refund of my order"]


def indexed(cast: Cast) -> None:
    """Let the journal be heard and its jobs be worked until nothing is asked for any more."""
    for _ in range(3):
        pump(cast.house.database, SUBSCRIBERS)
        work_jobs(cast.house, JOBS)


def counts(cast: Cast, *facets: str, who: str = "zhou", q: str = "") -> dict[Facet, dict[str, int]]:
    found = count_bank(cast.house, cast.people[who], read_search(q, facets=facets))
    return {each.facet: {value: n for value, n, _ in each.values} for each in found.facets}


def like(cast: Cast, said: str, *facets: str, who: str = "zhou") -> list[str]:
    search = read_search(like=said, facets=facets)
    return [one.text or one.name for one in search_bank(cast.house, cast.people[who], search).rows]


def test_facets_are_counted_beside_each_value_and_several_may_be_chosen(cast: Cast) -> None:
    messages(cast, TEXTS)
    languages = counts(cast)[Facet.LANGUAGE]
    assert languages.keys() > {"en"}
    assert sum(languages.values()) == 4
    assert counts(cast, "language:en")[Facet.LANGUAGE] == languages
    every = read_search(facets=[f"language:{each}" for each in languages])
    assert len(search_bank(cast.house, cast.zhou, every).rows) == 4
    [one] = search_bank(cast.house, cast.zhou, read_search("refund", facets=["language:en", "kind:choice"])).rows
    assert one.text == TEXTS[3]
    assert search_bank(cast.house, cast.zhou, read_search(facets=["language:en", "kind:box"])).rows == []


def test_nobody_finds_or_counts_what_they_may_not_use(cast: Cast) -> None:
    messages(cast, TEXTS[:2], customer="远山物流")
    messages(cast, TEXTS[2:])
    found = count_bank(cast.house, cast.qian, read_search())
    assert found.total == 2
    assert sorted(counts(cast, who="qian")[Facet.LANGUAGE].values()) == [1, 1]
    indexed(cast)
    assert like(cast, "我要退款", who="qian")[0] != "我要退款"
    assert len(like(cast, "我要退款", who="qian")) == 2
    with cast.house.reading() as connection:
        hidden = min(connection.execute(deposit_table.select()).scalars())
    for refused in (lambda: like(cast, str(hidden), who="qian"), lambda: get_deposit(cast.house, cast.qian, hidden)):
        with pytest.raises(DepositNotFound):
            refused()


def test_what_is_like_a_text_comes_nearest_first_and_narrowed(cast: Cast) -> None:
    messages(cast, [*TEXTS, *(f"包裹{n}还在路上没有更新" for n in range(30))])
    with pytest.raises(NotCompared):
        like(cast, "退款")
    indexed(cast)
    assert set(like(cast, "退款申请没有人回复")[:2]) == set(TEXTS[:2])
    assert like(cast, "退款申请没有人回复", "language:en") == [TEXTS[3]]
    [first] = [one for one in search_bank(cast.house, cast.zhou, read_search("申请")).rows if one.text == TEXTS[0]]
    assert TEXTS[0] not in like(cast, str(first.id))
    assert like(cast, str(first.id))[0] == TEXTS[1]


def test_what_is_gone_is_not_returned_at_once_and_its_vector_is_thrown_away(cast: Cast) -> None:
    messages(cast, [*TEXTS, *(f"包裹{n}还在路上" for n in range(5))])
    indexed(cast)
    with cast.house.reading() as connection:
        gone = min(connection.execute(deposit_table.select()).scalars())
    assert TEXTS[0] in like(cast, "申请退款")
    cast.house.write(
        lambda tx: tx.execute(deposit_table.update().where(deposit_table.c.id == gone).values(same_as=gone + 1))
    )
    assert TEXTS[0] not in like(cast, "申请退款")

    emptied = item_table.update().where(item_table.c.body == TEXTS[1]).values(hash="00" * 32, body="")
    cast.house.write(lambda tx: tx.execute(emptied))
    cast.house.write(lambda tx: tx.journal(Event(cast.admin.id, "bank.withdrawn", None, 1)))
    indexed(cast)
    [texts] = [each for each in read_likeness(cast.house, cast.admin) if each.medium == "text"]
    assert (texts.compared, texts.deposits) == (8, 9)
    assert TEXTS[1] not in like(cast, "我要退款")


def test_lost_files_are_made_again(cast: Cast) -> None:
    messages(cast, TEXTS)
    indexed(cast)
    [current] = (cast.house.home / shelves.FOLDER / "text").glob("*/current")
    current.write_text("99")
    with pytest.raises(NotCompared):
        like(cast, "退款")
    cast.house.write(lambda tx: tx.journal(Event(cast.admin.id, "bank.deposited", cast.project, 1)))
    indexed(cast)
    assert sorted(like(cast, "我要退款")) == sorted(TEXTS)


def test_a_picture_of_ones_own_finds_those_like_it_and_is_not_kept(cast: Cast, tmp_path: Path) -> None:
    deposit(cast, make_pictures(cast, 6))
    indexed(cast)
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), (21, 40, 90)).save(picture, "PNG")
    said = keep_picture(cast.house, cast.zhou, "mine.png", picture.getvalue())
    assert len(like(cast, said)) == 6
    assert not list(cast.house.scratch.rglob("*.png"))
    for broken in (b"", b"no picture", picture.getvalue()[:40]):
        with pytest.raises(PictureUnreadable):
            keep_picture(cast.house, cast.zhou, "mine.png", broken)
    with pytest.raises(PictureForgotten):
        like(cast, "picture:00000000-0000")


def test_an_admin_chooses_how_deposits_are_compared_and_nothing_leaves_the_house(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        choose_way(cast.house, cast.zhou, "text", "letters", new_id())
    with pytest.raises(WouldGoOut):
        choose_way(cast.house, cast.admin, "text", "endpoint", new_id())
    for medium, way in (("text", "colours"), ("smell", "letters")):
        with pytest.raises(WayUnknown):
            choose_way(cast.house, cast.admin, medium, way, new_id())
    choose_way(cast.house, cast.admin, "text", "letters", new_id())
    assert {each.medium: each.way for each in read_likeness(cast.house, cast.admin)}["text"] == "letters"


def test_a_facet_that_is_none_and_a_search_without_end_are_refused_by_name() -> None:
    for said in ("colour:red", "grade", "grade:", ":A"):
        with pytest.raises(FacetUnknown):
            read_search(facets=[said])
    with pytest.raises(SearchTooLong):
        read_search(like="长" * 5_000)
