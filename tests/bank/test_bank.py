"""The bank: deposited when a lot is accepted, found by words and label, drawn into another project."""

import pytest

from guiju import data
from guiju.bank import (
    JOBS,
    SUBSCRIBERS,
    BankClosed,
    Choice,
    Given,
    NothingFound,
    NothingToSearch,
    draw_from_bank,
    give_consent,
    provenance_of,
    read_search,
    search_bank,
)
from guiju.bank.rules import lesser_rights, may_use
from guiju.data import Rights, item_ids, list_project_sources
from guiju.data.words import query_tokens, tokens_of
from guiju.kit import PageRequest, new_id
from guiju.people import NotAllowed, Role
from guiju.projects import ProjectNotFound, create_project, set_member
from guiju.storage import find_job, list_jobs, pump, work_jobs
from tests.inspection.build import (
    Made,
    accept_a_lot,
    choice,
    held_answers,
    import_texts,
    make_pictures,
    make_texts,
    publish,
    resolve_all,
    rework,
)
from tests.support.cast import Cast

CONSENT = Given("训练与标注", "同意其他项目使用本项目验收的数据。", "合同 2026-118 第七条")


def deposit(cast: Cast, made: Made) -> None:
    """Accept all that waits, let the journal be heard and its jobs be worked."""
    accept_a_lot(cast, made)
    pump(cast.house.database, SUBSCRIBERS)
    work_jobs(cast.house, JOBS)


def messages(cast: Cast, texts: list[str], *, general: bool = False, customer: str = "星河钢铁") -> Made:
    """An accepted project of these messages, all labelled a."""
    rights = Rights.GENERAL if general else Rights.CUSTOMER
    project = create_project(
        cast.house, cast.zhou, request_id=new_id(), name=f"留言 {new_id()[:4]}", customer=customer, rights=rights
    )
    for name in ("lin", "hu", "alice"):
        role = {"lin": Role.REQUESTER, "hu": Role.INSPECTOR, "alice": Role.ANNOTATOR}[name]
        set_member(cast.house, cast.zhou, project, cast.people[name].id, role)
    if general:
        give_consent(cast.house, cast.lin, project, new_id(), CONSENT)
    rulebook = publish(cast, project, "choice")
    items = import_texts(cast, project, texts, data.Origin(rights=rights))
    said = {item: choice("a") for item in items}
    made = Made(project, rulebook, resolve_all(cast.house, cast.alice, project, rulebook, said), items)
    deposit(cast, made)
    return made


def found(cast: Cast, query: str = "", label: str = "", who: str = "zhou") -> list[str]:
    return [one.text or one.name for one in search_bank(cast.house, cast.people[who], read_search(query, label)).rows]


def test_an_accepted_lot_is_deposited_and_found_by_its_words(cast: Cast) -> None:
    messages(cast, ["申请退款，三天没有回复", "发票抬头开错了", "refund please"])
    assert found(cast, "退款") == ["申请退款，三天没有回复"]
    assert found(cast, "发票 抬头") == ["发票抬头开错了"]
    assert found(cast, "REFUND") == ["refund please"]
    assert found(cast, "退款 发票") == []


def test_quotes_and_operators_in_a_search_are_words_like_others(cast: Cast) -> None:
    messages(cast, ['it\'s a "test" OR not', "另一条"])
    for query in ("it's", '"test"', "test & or", "test\\", "test:*", "(not"):
        assert len(found(cast, query)) == 1, query


def test_a_label_is_found_by_its_id_and_by_its_names(cast: Cast) -> None:
    messages(cast, ["甲一条留言"])
    assert found(cast, label="a") == found(cast, label="甲类") == found(cast, label="Label A") == ["甲一条留言"]
    assert found(cast, label="b") == []


def test_a_picture_is_found_by_its_file_name_and_its_labels(cast: Cast) -> None:
    made = make_pictures(cast, 4)
    deposit(cast, made)
    assert found(cast, "plate 002") == ["plate-002.png"]
    assert found(cast, "乙类") == ["plate-003.png", "plate-001.png"]


def test_the_deposit_is_a_job_that_does_nothing_twice(cast: Cast) -> None:
    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    pump(cast.house.database, SUBSCRIBERS)
    pump(cast.house.database, SUBSCRIBERS)
    assert work_jobs(cast.house, JOBS) == 1
    with cast.house.reading() as connection:
        job = find_job(connection, list_jobs(connection, made.project)[0].id)
    assert job is not None
    assert job.outcome == {"lot": job.payload["lot"], "grade": "C", "deposited": 20}
    assert len(found(cast, "留言")) == 20


def test_an_item_accepted_anew_is_found_by_its_new_answer_only(cast: Cast) -> None:
    made = messages(cast, ["一条留言", "两条留言"])
    rework(cast, made, made.items[:1], label="b")
    deposit(cast, made)
    assert found(cast, label="b") == ["一条留言"]
    assert found(cast, label="a") == ["两条留言"]
    assert len(found(cast, "留言")) == 2


def test_search_pages_by_cursor_newest_first(cast: Cast) -> None:
    messages(cast, [f"第{n}条留言" for n in range(5)])
    first = search_bank(cast.house, cast.zhou, read_search("留言"), PageRequest(3))
    second = search_bank(cast.house, cast.zhou, read_search("留言"), PageRequest(3, first.cursor))
    assert [one.text for one in (*first.rows, *second.rows)] == [f"第{n}条留言" for n in (4, 3, 2, 1, 0)]
    assert second.cursor is None


def test_what_is_left_for_a_customer_is_found_only_by_who_leads_for_that_customer(cast: Cast) -> None:
    messages(cast, ["只给这家客户的留言"])
    messages(cast, ["大家都能用的留言"], general=True)
    messages(cast, ["另一家客户的留言"], customer="远山物流")
    assert sorted(found(cast, "留言", who="zhou")) == ["另一家客户的留言", "只给这家客户的留言", "大家都能用的留言"]
    assert sorted(found(cast, "留言", who="qian")) == ["只给这家客户的留言", "大家都能用的留言"]


def test_a_customer_without_a_name_is_not_everybodys(cast: Cast) -> None:
    messages(cast, ["没有写客户的留言"], customer="")
    other = create_project(cast.house, cast.zhou, request_id=new_id(), name="无名", customer="")
    set_member(cast.house, cast.zhou, other, cast.gao.id, Role.MANAGER)
    assert found(cast, "留言", who="gao") == []


def test_who_leads_nothing_finds_the_bank_closed(cast: Cast) -> None:
    for name in ("mallory", "alice", "lin"):
        with pytest.raises(BankClosed):
            search_bank(cast.house, cast.people[name], read_search("留言"))


def test_a_search_for_nothing_is_refused(cast: Cast) -> None:
    with pytest.raises(NothingToSearch):
        search_bank(cast.house, cast.zhou, read_search("，。"))


def test_a_draw_brings_items_answers_and_where_they_came_from(cast: Cast) -> None:
    messages(cast, ["申请退款", "催促退款", "开发票"])
    target = cast.another_project()
    publish(cast, target, "choice")
    drawn = draw_from_bank(cast.house, cast.zhou, target, new_id(), Choice(search=read_search("退款")))
    assert (drawn.items, drawn.answers, drawn.duplicates) == (2, 2, 0)
    with cast.house.reading() as connection:
        items = item_ids(connection, target)
        origins = provenance_of(connection, target, items)
    assert set(held_answers(cast, target)) == set(items) == set(origins)
    assert list_project_sources(cast.house, cast.zhou, target)[0].source.rights is Rights.CUSTOMER


def test_drawn_again_what_is_there_is_skipped_and_counted(cast: Cast) -> None:
    messages(cast, ["申请退款", "催促退款"])
    target = cast.another_project()
    publish(cast, target, "choice")
    draw_from_bank(cast.house, cast.zhou, target, new_id(), Choice(search=read_search("申请退款")))
    again = draw_from_bank(cast.house, cast.zhou, target, new_id(), Choice(search=read_search(label="a")))
    assert (again.items, again.duplicates) == (1, 1)


def test_a_draw_sent_twice_draws_once(cast: Cast) -> None:
    messages(cast, ["申请退款"])
    target, request = cast.another_project(), new_id()
    drawn = [
        draw_from_bank(cast.house, cast.zhou, target, request, Choice(search=read_search("退款"))) for _ in range(2)
    ]
    assert drawn[0] == drawn[1]
    assert len(list_project_sources(cast.house, cast.zhou, target)) == 1


def test_answers_of_another_rulebook_stay_behind(cast: Cast) -> None:
    messages(cast, ["申请退款"])
    target = cast.another_project()
    publish(cast, target, "box")
    drawn = draw_from_bank(cast.house, cast.zhou, target, new_id(), Choice(search=read_search("退款")))
    assert (drawn.items, drawn.answers) == (1, 0)


def test_what_is_left_for_one_customer_cannot_be_drawn_for_another(cast: Cast) -> None:
    messages(cast, ["申请退款"], customer="远山物流")
    target = cast.another_project()
    with pytest.raises(NothingFound):
        draw_from_bank(cast.house, cast.zhou, target, new_id(), Choice(search=read_search("退款")))


def test_only_who_leads_the_project_draws_into_it(cast: Cast) -> None:
    messages(cast, ["申请退款"])
    with pytest.raises(NotAllowed):
        draw_from_bank(cast.house, cast.alice, cast.project, new_id(), Choice(search=read_search("退款")))
    with pytest.raises(ProjectNotFound):
        draw_from_bank(cast.house, cast.mallory, cast.project, new_id(), Choice(search=read_search("退款")))


def test_the_stricter_of_source_and_project_has_the_last_word() -> None:
    assert lesser_rights("general", "general") == "general"
    assert {lesser_rights(*each) for each in (("general", "customer"), ("customer", "general"))} == {"customer"}


def test_a_deposit_may_be_used_where_it_is_general_or_of_the_same_customer() -> None:
    assert may_use("general", "甲", 1, 2, "乙")
    assert may_use("customer", "甲", 1, 2, "甲")
    assert not may_use("customer", "甲", 1, 2, "乙")
    assert not may_use("customer", "", 1, 2, "")


def test_words_of_both_languages_are_cut_as_their_readers_would() -> None:
    assert {"申请", "退款", "refund", "12"} <= set(tokens_of("申请退款！Refund-12"))
    assert query_tokens("申请退款") == ("申请", "退款")
