"""What is drawn from the bank becomes answers, items, suggestions, gold or exam questions, and is followed back."""

import pytest
from sqlalchemy import select, update

from guiju.annotations import RoundKind, find_round
from guiju.bank import Choice, DrawAs, draw_from_bank, read_chains, read_search
from guiju.bank.drawing import NoRulebookToDrawUnder, NothingSure
from guiju.bank.drawing.api import read_as
from guiju.bank.drawing.errors import DrawUnreadable
from guiju.bank.finding.actions import read_origins
from guiju.bank.tables import deposit as deposit_table
from guiju.data import is_aside, item_ids, item_table
from guiju.kit import new_id
from guiju.people import Role
from guiju.projects import create_project, set_member
from guiju.rulings import gold_answers
from guiju.work import lease_tasks, submit_annotation
from guiju.work.actions import Answered
from guiju.work.prefill import read_policy
from guiju.work.recheck import read_recheck
from guiju.work.store import count_unresolved, find_unresolved
from tests.bank.test_bank import deposit, messages
from tests.inspection.build import Made, choice, held_answers, publish
from tests.support.cast import Cast

TEXTS = ["申请退款", "催促退款", "退款到账了"]
REFUNDS = read_search("退款")


def _target(cast: Cast, name: str = "Another", *, kind: str = "choice") -> int:
    target = cast.another_project(name)
    publish(cast, target, kind)
    return target


def grade(cast: Cast, said: str) -> None:
    cast.house.write(lambda tx: tx.execute(update(deposit_table).values(grade=said)))


def test_what_is_not_sure_waits_in_a_recheck_and_nothing_holds_until_somebody_has_answered(cast: Cast) -> None:
    messages(cast, TEXTS)
    grade(cast, "C")
    target = _target(cast)
    set_member(cast.house, cast.zhou, target, cast.alice.id, Role.ANNOTATOR)
    drawn = draw_from_bank(cast.house, cast.zhou, target, new_id(), Choice(search=REFUNDS))
    assert (drawn.items, drawn.answers, drawn.recheck) == (3, 0, 3)
    assert held_answers(cast, target) == {}
    seen = read_recheck(cast.house, cast.zhou, target, drawn.recheck_round)
    assert (seen.progress.total, seen.confirmed, seen.changed) == (3, 0, 0)
    with cast.house.reading() as connection:
        opened = find_round(connection, drawn.recheck_round)
    assert opened is not None
    assert (opened.kind, opened.shows_record) == (RoundKind.RECHECK, True)

    with cast.house.reading() as connection:
        assert find_unresolved(connection, target) == {}, "nobody else is asked for them meanwhile"
        assert count_unresolved(connection, target) == 0
    [task] = cast.house.write(lease_tasks(cast.house, lambda _: cast.alice, drawn.recheck_round, 1))
    same = Answered(new_id(), task.slot, task.lease, 0, choice("a"))
    cast.house.write(submit_annotation(lambda _: cast.alice, drawn.recheck_round, same))
    assert list(held_answers(cast, target)) == [task.item.id]
    assert read_recheck(cast.house, cast.zhou, target, drawn.recheck_round).confirmed == 1


def test_as_suggestions_nothing_holds_and_a_round_can_take_them(cast: Cast) -> None:
    messages(cast, TEXTS)
    target = _target(cast)
    drawn = draw_from_bank(cast.house, cast.zhou, target, new_id(), Choice(search=REFUNDS, as_=DrawAs.PREFILL))
    assert (drawn.items, drawn.suggested, drawn.answers) == (3, 3, 0)
    assert held_answers(cast, target) == {}
    with cast.house.reading() as connection:
        assert read_policy(connection, target, f"round-{drawn.round}").round_id == drawn.round


@pytest.mark.parametrize("as_", [DrawAs.GOLD, DrawAs.EXAM])
def test_gold_and_exam_questions_are_references_of_sure_answers_alone(cast: Cast, as_: DrawAs) -> None:
    messages(cast, TEXTS)
    first = select(deposit_table.c.id).order_by(deposit_table.c.id).limit(1).scalar_subquery()
    cast.house.write(lambda tx: tx.execute(update(deposit_table).where(deposit_table.c.id == first).values(grade="D")))
    target = _target(cast)
    drawn = draw_from_bank(cast.house, cast.zhou, target, new_id(), Choice(search=REFUNDS, as_=as_))
    assert (drawn.items, drawn.known, drawn.answers) == (2, 2, 0)
    with cast.house.reading() as connection:
        items = item_ids(connection, target)
        assert gold_answers(connection, target, items).keys() == set(items)
        out = set(
            connection.execute(select(item_table.c.id).where(item_table.c.project_id == target, is_aside())).scalars()
        )
    assert out == (set(items) if as_ is DrawAs.EXAM else set())


def test_without_a_sure_answer_or_a_rulebook_nothing_becomes_gold(cast: Cast) -> None:
    messages(cast, TEXTS)
    bare = cast.another_project("Bare")
    with pytest.raises(NoRulebookToDrawUnder):
        draw_from_bank(cast.house, cast.zhou, bare, new_id(), Choice(search=REFUNDS, as_=DrawAs.PREFILL))
    grade(cast, "D")
    with pytest.raises(NothingSure):
        draw_from_bank(cast.house, cast.zhou, _target(cast), new_id(), Choice(search=REFUNDS, as_=DrawAs.GOLD))
    with pytest.raises(DrawUnreadable):
        read_as("truth")


def test_items_alone_come_without_answers_and_at_most_so_many(cast: Cast) -> None:
    messages(cast, TEXTS)
    target = _target(cast)
    drawn = draw_from_bank(cast.house, cast.zhou, target, new_id(), Choice(search=REFUNDS, as_=DrawAs.ITEMS, most=2))
    assert (drawn.items, drawn.answers, drawn.recheck) == (2, 0, 0)
    assert held_answers(cast, target) == {}


def test_what_was_drawn_and_deposited_again_is_followed_to_the_first_deposit(cast: Cast) -> None:
    messages(cast, TEXTS[:1])
    middle = messages_drawn(cast, "中间的项目")
    target = _target(cast, "最后的项目")
    with cast.house.reading() as connection:
        rows = connection.execute(
            select(deposit_table.c.id, deposit_table.c.project_id).order_by(deposit_table.c.id)
        ).all()
    assert [row.project_id == middle for row in rows] == [False, True]
    first, second = rows[0].id, rows[1].id
    stands = {"same_as": None}
    cast.house.write(lambda tx: tx.execute(update(deposit_table).values(**stands)))
    drawn = draw_from_bank(cast.house, cast.zhou, target, new_id(), Choice(deposits=(second,)))
    assert drawn.items == 1
    with cast.house.reading() as connection:
        [item] = item_ids(connection, target)
        assert read_chains(connection, target, [item]) == {item: (second, first)}
    assert [one.id for one in read_origins(cast.house, cast.zhou, second)] == [first]


def messages_drawn(cast: Cast, name: str) -> int:
    """A project that draws everything, has it accepted, and deposits it again."""
    project = create_project(cast.house, cast.zhou, request_id=new_id(), name=name, customer="星河钢铁")
    for who, role in (("lin", Role.REQUESTER), ("hu", Role.INSPECTOR), ("alice", Role.ANNOTATOR)):
        set_member(cast.house, cast.zhou, project, cast.people[who].id, role)
    rulebook = publish(cast, project, "choice")
    drawn = draw_from_bank(cast.house, cast.zhou, project, new_id(), Choice(search=REFUNDS))
    with cast.house.reading() as connection:
        items = item_ids(connection, project)
    deposit(cast, Made(project, rulebook, drawn.round, items))
    return project
