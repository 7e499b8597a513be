"""A project ends in accepted lots and deposits; a second brief starts from it with measurably fewer new annotations."""

from dataclasses import replace

from guiju.bank import Choice, draw_from_bank, read_search, search_bank
from guiju.bank.mapping import decide_mapping
from guiju.bank.offering import read_offer
from guiju.briefs import Plan, get_brief, parse_brief, render_brief, save_brief
from guiju.kit import new_id
from guiju.people import Role
from guiju.planning.estimate import WhatIf, estimate_project
from guiju.projects import set_member
from guiju.work import open_production
from guiju.work.store import progress_of
from tests.bank.test_bank import messages
from tests.bank.test_mapping import lines, renamed, target_of
from tests.inspection.build import held_answers, import_texts, publish, sign_a_brief
from tests.support.cast import Cast

HERE, WANTED, OWN, DOUBLE = 12, 24, 16, 4


def test_a_second_brief_starts_from_the_bank_with_fewer_new_annotations(cast: Cast) -> None:
    first = messages(cast, [f"第{n}条退款留言" for n in range(HERE)])
    second = _second(cast)
    own = [f"第{n}条开票留言" for n in range(OWN - DOUBLE)] + [f"第{n}条退款留言" for n in range(DOUBLE)]
    import_texts(cast, second, own)

    offer = read_offer(cast.house, cast.zhou, second)
    assert (offer.wanted, offer.sure.count, offer.recheck.count, offer.own) == (WANTED, HERE, 0, DOUBLE)
    assert offer.saved == HERE
    assert len(search_bank(cast.house, cast.zhou, offer.sure.search).rows) == HERE

    alone = estimate_project(cast.house, cast.zhou, second).found
    with_bank = estimate_project(cast.house, cast.zhou, second, WhatIf(reused=offer.saved)).found
    drawn = draw_from_bank(cast.house, cast.zhou, second, new_id(), Choice(search=offer.sure.search))
    assert (drawn.items, drawn.answers, drawn.duplicates) == (HERE - DOUBLE, HERE - DOUBLE, DOUBLE)
    assert len(held_answers(cast, second)) == HERE - DOUBLE

    after = read_offer(cast.house, cast.zhou, second)
    assert len(search_bank(cast.house, cast.zhou, after.sure.search).rows) == after.sure.count
    assert (after.drawn, after.sure.count) == (HERE - DOUBLE, DOUBLE)
    now = estimate_project(cast.house, cast.zhou, second).found
    assert alone is not None
    assert with_bank is not None
    assert now is not None
    assert with_bank.hours.point < now.hours.point < alone.hours.point

    why = "the rules are those of the project before"
    opened = open_production(cast.house, cast.zhou, second, request_id=new_id(), reason=why)
    with cast.house.reading() as connection:
        asked = progress_of(connection, opened).total
    assert asked == OWN
    assert WANTED - (HERE - DOUBLE) - asked <= DOUBLE
    assert first.project != second


def _second(cast: Cast) -> int:
    """The same customer's next project: a signed brief of forty items, and the same rules."""
    second = cast.another_project("第二份需求")
    for who, role in (("lin", Role.REQUESTER), ("alice", Role.ANNOTATOR)):
        set_member(cast.house, cast.zhou, second, cast.people[who].id, role)
    sign_a_brief(cast, second)
    _, current = get_brief(cast.house, cast.zhou, second)
    assert current is not None
    brief = parse_brief(current.document)
    wanted = replace(brief, figures=replace(brief.figures, volume=WANTED), plan=Plan(people=1, seconds=30.0))
    mark = (current.version, current.revision)
    save_brief(cast.house, cast.zhou, second, document=render_brief(wanted), started_from=mark, request_id=new_id())
    publish(cast, second, "choice")
    return second


def test_under_a_rulebook_that_means_something_else_all_of_it_needs_a_recheck(cast: Cast) -> None:
    messages(cast, ["一条退款留言", "两条退款留言"])
    other = cast.another_project("另一种规则")
    publish(cast, other, "box")
    offer = read_offer(cast.house, cast.zhou, other)
    assert (offer.sure.count, offer.recheck.count) == (0, 0)
    bare = cast.another_project("没有规则")
    offer = read_offer(cast.house, cast.zhou, bare)
    assert (offer.sure.count, offer.recheck.count, offer.has_rulebook) == (0, 2, False)


def test_what_another_customer_keeps_is_not_offered(cast: Cast) -> None:
    messages(cast, ["一条退款留言"], customer="远山物流")
    mine = cast.another_project()
    publish(cast, mine, "choice")
    offer = read_offer(cast.house, cast.zhou, mine)
    assert (offer.sure.count, offer.recheck.count) == (0, 0)
    assert len(search_bank(cast.house, cast.zhou, read_search("退款")).rows) == 1


def test_a_mapping_makes_sure_what_needed_a_recheck(cast: Cast) -> None:
    made = messages(cast, ["一条退款留言", "两条退款留言"])
    other, _ = target_of(cast, renamed())
    before = read_offer(cast.house, cast.zhou, other)
    assert before.sure.count == 0
    decide_mapping(cast.house, cast.zhou, other, new_id(), made.rulebook, lines("first", "second"))
    after = read_offer(cast.house, cast.zhou, other)
    assert (after.sure.count, after.recheck.count) == (2, 0)
    drawn = draw_from_bank(cast.house, cast.zhou, other, new_id(), Choice(search=after.sure.search))
    assert (drawn.answers, drawn.recheck) == (2, 0)
