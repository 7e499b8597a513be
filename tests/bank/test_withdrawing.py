"""Withdrawal of consent: every copy in the house goes, the report names what lies outside, everything still adds up."""

import pytest

from guiju.bank import SUBSCRIBERS, Choice, draw_from_bank, give_consent, read_search, search_bank
from guiju.bank.withdrawing import (
    Asked,
    Extent,
    Scope,
    ask_to_withdraw,
    get_withdrawal,
    list_withdrawals,
    preview,
    running,
)
from guiju.bank.withdrawing.errors import NothingToWithdraw, WithdrawalNotFound, WithdrawalUnreasoned
from guiju.bank.withdrawing.running import JOBS as WITHDRAWING
from guiju.bank.withdrawing.scrubbing import FATES, referring, usual_fate
from guiju.data import item_ids
from guiju.delivery import DeliveryState, deliver, get_delivery
from guiju.kit import new_id
from guiju.projects.errors import NameNotTyped
from guiju.rulings import ask_question
from guiju.storage import House, metadata, pump, work_jobs
from guiju.storage.checking import verify
from guiju.web.jobs import HANDLERS
from guiju.web.keeping import REFERENCES
from tests.bank.test_consents import CONSENT, open_to_all
from tests.inspection.build import accept_a_lot, import_pictures, make_texts, publish
from tests.support.cast import Cast

SECRET = "独此一句留言：蓝色雨伞落在七号站台"


def worked(cast: Cast) -> None:
    for _ in range(2):
        pump(cast.house.database, SUBSCRIBERS)
        work_jobs(cast.house, {**HANDLERS})


def traces(house: House, *sought: str) -> list[str]:
    """Where any of `sought` still stands: rows of the database, its file's bytes, files of the home."""
    found: list[str] = []
    with house.reading() as connection:
        for table in metadata.sorted_tables:
            rows = repr(connection.execute(table.select()).all())
            found += [f"table {table.name}: {each}" for each in sought if each in rows]
    for path in house.home.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        found += [f"{path}: {each}" for each in sought if each.encode() in content]
    return found


def drawn_elsewhere(cast: Cast) -> tuple[int, int]:
    """An item given to all, drawn into another customer's project; both projects."""
    origin = open_to_all(cast, [SECRET, "一条平常的留言"])
    give_consent(cast.house, cast.lin, origin, new_id(), CONSENT)
    worked(cast)
    target = cast.another_project("另一家")
    publish(cast, target, "choice")
    draw_from_bank(cast.house, cast.zhou, target, new_id(), Choice(search=read_search("留言")))
    worked(cast)
    return origin, target


def withdraw(cast: Cast, asked: Asked, typed: str, who: str = "zhou") -> int:
    made = ask_to_withdraw(cast.house, cast.people[who], new_id(), asked, typed)
    worked(cast)
    return made


def name_of(cast: Cast, project: int) -> str:
    with cast.house.reading() as connection:
        table = metadata.tables["project"]
        return str(connection.execute(table.select().where(table.c.id == project)).one().name)


def test_after_a_withdrawal_nothing_in_the_house_says_it_any_more(cast: Cast) -> None:
    origin, _ = drawn_elsewhere(cast)
    with cast.house.reading() as connection:
        [item, _] = item_ids(connection, origin)
    ask_question(cast.house, cast.alice, origin, request_id=new_id(), text=f"“{SECRET}”算哪类？", item_id=item)
    delivered = deliver(cast.house, cast.zhou, origin, new_id(), format="jsonl").number
    worked(cast)
    assert traces(cast.house, SECRET)
    made = withdraw(cast, Asked(Scope.ITEM, Extent.ALL, "本人要求撤回", item=item), str(item))
    one, packages = get_withdrawal(cast.house, cast.zhou, made)
    assert one.state == "done"
    assert one.report is not None
    assert one.report.items == {"origin": 1, "draw": 1}
    assert [(each.project_id, each.number, each.items, each.removed) for each in packages] == [
        (origin, delivered, 1, True)
    ]
    assert packages[0].recipients == ("Lin",)
    assert get_delivery(cast.house, cast.zhou, origin, delivered).state is DeliveryState.WITHDRAWN
    assert [row.text for row in search_bank(cast.house, cast.zhou, read_search("留言")).rows] == ["一条平常的留言"]
    # a rare word of it stands in no index either
    assert traces(cast.house, SECRET, "雨伞") == []
    assert verify(cast.house, REFERENCES).is_whole


def test_pictures_and_what_was_drawn_of_them_go_by_counting(cast: Cast) -> None:
    project = cast.project
    rulebook = publish(cast, project, "choice")
    items = import_pictures(cast, project, 3)
    keys = list(cast.house.blobs)
    other = cast.another_project()
    import_pictures(cast, other, 1)  # the first of them, from elsewhere
    made = withdraw(cast, Asked(Scope.PROJECT, Extent.ALL, "合同终止", project=project), name_of(cast, project))
    one, _ = get_withdrawal(cast.house, cast.zhou, made)
    assert rulebook
    assert one.report is not None
    assert (one.report.contents, one.report.kept_contents) == (2, 1)
    assert len([key for key in keys if cast.house.blobs.exists(key)]) == 1
    assert len(items) == 3
    assert verify(cast.house, REFERENCES).is_whole


def test_what_others_got_goes_and_the_own_project_keeps_it(cast: Cast) -> None:
    origin, target = drawn_elsewhere(cast)
    asked = Asked(Scope.PROJECT, Extent.GENERAL, "客户收回同意", project=origin)
    made = withdraw(cast, asked, name_of(cast, origin), who="lin")
    one, _ = get_withdrawal(cast.house, cast.lin, made)
    assert one.report is not None
    assert (one.report.items, one.report.consents) == ({"draw": 2}, 1)
    with cast.house.reading() as connection:
        bodies = {row.project_id: row.body for row in connection.execute(metadata.tables["item"].select())}
    assert bodies[target] == ""
    assert bodies[origin]
    assert search_bank(cast.house, cast.qian, read_search("留言")).rows == []


def test_a_withdrawal_that_was_killed_goes_on_and_ends_the_same(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_texts(cast, 12)
    accept_a_lot(cast, made)
    worked(cast)

    monkeypatch.setattr(running, "CHUNK", 5)
    calls: list[int] = []
    whole = running.scrub_sources

    def dies(*given: object) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise SystemExit
        whole(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "scrub_sources", dies)
    asked = Asked(Scope.PROJECT, Extent.ALL, "合同终止", project=made.project)
    number = ask_to_withdraw(cast.house, cast.zhou, new_id(), asked, name_of(cast, made.project))
    with pytest.raises(SystemExit):
        work_jobs(cast.house, WITHDRAWING)
    with cast.house.reading() as connection:
        left = [row.body for row in connection.execute(metadata.tables["item"].select())]
    assert 0 < left.count("") < 12
    cast.house.write(lambda tx: tx.execute(metadata.tables["job"].update().values(beat_at=0)))
    work_jobs(cast.house, WITHDRAWING)
    one, _ = get_withdrawal(cast.house, cast.zhou, number)
    assert one.state == "done"
    assert one.report is not None
    assert (one.report.items, one.report.deposits) == ({"origin": 12}, 12)


def test_only_who_speaks_for_all_of_it_takes_it_back_and_types_its_name(cast: Cast) -> None:
    origin, _ = drawn_elsewhere(cast)
    project = Asked(Scope.PROJECT, Extent.ALL, "合同终止", project=origin)
    for name in ("mallory", "qian"):
        with pytest.raises(NothingToWithdraw):
            ask_to_withdraw(cast.house, cast.people[name], new_id(), project, name_of(cast, origin))
    with pytest.raises(NameNotTyped):
        ask_to_withdraw(cast.house, cast.zhou, new_id(), project, "别的名字")
    with pytest.raises(WithdrawalUnreasoned):
        ask_to_withdraw(cast.house, cast.zhou, new_id(), Asked(Scope.PROJECT, Extent.ALL, "", project=origin), "…")
    with pytest.raises(NothingToWithdraw):
        preview(cast.house, cast.zhou, Asked(Scope.CUSTOMER, Extent.ALL, "", customer="没有这家"))
    foreseen = preview(cast.house, cast.zhou, Asked(Scope.CUSTOMER, Extent.ALL, "", customer="远山物流"))
    assert (foreseen.items, foreseen.drawn) == (2, 2)
    made = withdraw(cast, project, name_of(cast, origin))
    with pytest.raises(WithdrawalNotFound):
        get_withdrawal(cast.house, cast.mallory, made)
    assert [one.id for one in list_withdrawals(cast.house, cast.zhou)] == [made]
    assert list_withdrawals(cast.house, cast.mallory) == []


def test_every_table_that_says_something_of_items_tells_what_becomes_of_it() -> None:
    untold = [one for one in referring() if one not in FATES and usual_fate(metadata.tables[one[0]]) != "kept"]
    assert untold == [], "tell in bank/withdrawing/scrubbing.py what a withdrawal does to it"
