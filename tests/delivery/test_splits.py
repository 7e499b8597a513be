"""A package in parts: nothing alike stands in two of them, labels are spread alike, and the seed is on record."""

import json
from array import array
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.data.asides import AsideReason, set_aside
from guiju.delivery import Splits, Terms, deliver, get_delivery
from guiju.delivery.splits import BadSplits, plan_parts, read_shares
from guiju.delivery.splits.errors import GroupColumnAbsent, SplitDeliveryUnknown, SplitFieldUnknown
from guiju.delivery.splits.rules import Sorted, rank_of
from guiju.kit import new_id
from tests.delivery.test_delivery import build, files_of
from tests.inspection.build import Made, accept_a_lot, choice, import_files, make_texts, publish, resolve_all
from tests.support.cast import Cast

THREE = {"train": 0.8, "validation": 0.1, "test": 0.1}


def lines(files: dict[str, bytes], name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in files[name].splitlines()]


def parts_of(files: dict[str, bytes]) -> dict[str, str]:
    return {str(line["name"]): part for part in THREE for line in lines(files, f"annotations.{part}.jsonl")}


def make_sessions(cast: Cast, count: int, per: int) -> Made:
    """Texts of which every `per` share a session, the last session being rare in its label."""
    rulebook = publish(cast, cast.project, "choice")
    path = cast.house.home.parent / "sessions.csv"
    rows = [f"m{n},消息 {n} of {n * 7919 % 997} {'x' * (n % 11)},s{n // per}" for n in range(count)]
    path.write_text("\n".join(["id,text,session", *rows]) + "\n", encoding="utf-8")
    items = import_files(cast, cast.project, [path])
    said = {item: choice("ab"[n % 4 == 0]) for n, item in enumerate(items)}
    return Made(cast.project, rulebook, resolve_all(cast.house, cast.alice, cast.project, rulebook, said), items)


def test_a_package_in_parts_has_files_for_each_and_says_the_seed(cast: Cast) -> None:
    made = make_texts(cast, 100)
    accept_a_lot(cast, made)
    terms = Terms(Splits(THREE, seed="7"))
    files = files_of(build(cast, made.project, "jsonl", terms=terms))
    assert {part: len(lines(files, f"annotations.{part}.jsonl")) for part in THREE} == {
        "train": 80,
        "validation": 10,
        "test": 10,
    }
    assert "annotations.jsonl" not in files
    told = json.loads(files["manifest.json"])
    assert told["splits"]["seed"] == "7"
    labels = {part["name"]: part["labels"] for part in told["parts"]}
    assert labels["train"] == {"a": 40, "b": 40}
    assert labels["test"] == {"a": 5, "b": 5}
    assert build(cast, made.project, "jsonl", terms=terms) == build(cast, made.project, "jsonl", terms=terms)
    other = files_of(build(cast, made.project, "jsonl", terms=Terms(Splits(THREE, seed="8"))))
    assert parts_of(other) != parts_of(files)


def test_no_session_is_in_two_parts(cast: Cast) -> None:
    made = make_sessions(cast, 120, per=6)
    accept_a_lot(cast, made)
    files = files_of(build(cast, made.project, "jsonl", terms=Terms(Splits(THREE, group=("session",)))))
    where: dict[str, set[str]] = {}
    for name, part in parts_of(files).items():
        where.setdefault(f"s{int(name[1:]) // 6}", set()).add(part)
    assert len(where) == 20
    assert all(len(parts) == 1 for parts in where.values())
    assert Counter(parts_of(files).values()) == {"train": 96, "validation": 12, "test": 12}


def test_near_duplicates_stay_together_though_other_items_join_them(cast: Cast) -> None:
    from guiju.cleaning import JOBS
    from guiju.cleaning.duplicates.actions import ask_for_search
    from guiju.storage import work_jobs

    rulebook = publish(cast, cast.project, "choice")
    path = cast.house.home.parent / "alike.csv"
    pairs = [
        f"p{n}{side},{chr(0x4E00 + n * 37) * 3}订单{n * 7919}一直没有发货{chr(0x5000 + n * 91) * 4}请尽快退款{end},k{n}"
        for n in range(20)
        for side, end in (("a", ""), ("b", "。"))
    ]
    path.write_text("\n".join(["id,text,key", *pairs]) + "\n", encoding="utf-8")
    items = import_files(cast, cast.project, [path])
    said = {item: choice("a") for item in items}
    made = Made(cast.project, rulebook, resolve_all(cast.house, cast.alice, cast.project, rulebook, said), items)
    ask_for_search(cast.house, cast.zhou, cast.project, request_id=new_id())
    work_jobs(cast.house, JOBS)
    accept_a_lot(cast, made)
    files = files_of(
        build(cast, made.project, "jsonl", terms=Terms(Splits({"train": 0.5, "validation": 0.25, "test": 0.25})))
    )
    where: dict[str, set[str]] = {}
    for name, part in parts_of(files).items():
        where.setdefault(name[:-1], set()).add(part)
    assert all(len(parts) == 1 for parts in where.values())
    assert json.loads(files["manifest.json"])["groups"] == 20


def test_items_stay_in_their_parts_when_more_are_accepted(cast: Cast) -> None:
    made = make_sessions(cast, 60, per=3)
    from guiju.inspection import decide_lot, draw_lot
    from tests.inspection.build import judge_all

    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="1.0", size=30)
    judge_all(cast, made.project, lot)
    decide_lot(cast.house, cast.zhou, made.project, lot, new_id())
    first = parts_of(files_of(build(cast, made.project, "jsonl", terms=Terms(Splits(THREE, group=("session",))))))
    accept_a_lot(cast, made)
    again = Terms(Splits(THREE, group=("session",), seed="other", keep=1))
    second = parts_of(files_of(build(cast, made.project, "jsonl", terms=again)))
    assert len(first) == 30
    assert len(second) == 60
    assert {name: second[name] for name in first} == first


def test_gold_examples_and_what_was_set_aside_are_left_out_and_listed(cast: Cast) -> None:
    from guiju.kinds import encode_answers
    from guiju.rulings import insert_gold

    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    gold = encode_answers(choice("a")).decode()

    def write(tx: object) -> None:
        insert_gold(tx, made.project, made.rulebook, [(made.items[0], gold)])  # type: ignore[arg-type]
        set_aside(tx, made.project, made.items[1:3], AsideReason.PERSONAL, cause="test", by=None)  # type: ignore[arg-type]

    cast.house.write(write)
    files = files_of(build(cast, made.project, "jsonl"))
    assert len(lines(files, "annotations.jsonl")) == 17
    assert [line["why"] for line in lines(files, "not_delivered.jsonl")] == ["gold", "aside", "aside"]
    assert get_delivery(cast.house, cast.lin, made.project, 1).summary.left_out == {"aside": 2, "gold": 1}
    kept = files_of(build(cast, made.project, "jsonl", terms=Terms(references=True)))
    assert len(lines(kept, "annotations.jsonl")) == 18


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_a_ruled_item_goes_out_until_an_exam_asks_about_it(cast: Cast) -> None:
    from guiju.exams import Settings
    from guiju.exams.store import insert_exam, insert_questions, insert_sitting
    from guiju.kinds import encode_answers
    from guiju.rulings import ReferenceOrigin, insert_reference
    from guiju.storage import Tx

    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    about: dict[str, Any] = {"project_id": made.project, "rulebook_id": made.rulebook}

    def rule(tx: Tx) -> int:
        known: dict[str, Any] = {"item_id": made.items[3], "answers": encode_answers(choice("a")).decode()}
        return insert_reference(tx, **about, origin=ReferenceOrigin.RULING, origin_id="1", **known)

    def examine(tx: Tx) -> None:
        exam = insert_exam(tx, made.project, Settings(size=1), cast.zhou.id)
        who = {"account_id": cast.alice.id, "attempt": 1, "round_id": made.round, "seed": "1"}
        insert_questions(tx, insert_sitting(tx, exam_id=exam, **about, **who), [(reference, made.items[3], None)])

    reference = cast.house.write(rule)
    assert len(lines(files_of(build(cast, made.project, "jsonl")), "annotations.jsonl")) == 20
    cast.house.write(examine)
    files = files_of(build(cast, made.project, "jsonl"))
    assert [line["why"] for line in lines(files, "not_delivered.jsonl")] == ["exam"]


def test_what_cannot_be_split_is_refused_by_name(cast: Cast) -> None:
    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    for splits, refusal in (
        (Splits({"train": 1.0}), BadSplits),
        (Splits({"train": 0.8, "test": 0.3}), BadSplits),
        (Splits({"train": 0.8, "../test": 0.2}), BadSplits),
        (Splits({"train": 0.8, "test": 0.2}, by="colour"), SplitFieldUnknown),
    ):
        with pytest.raises(refusal):
            deliver(cast.house, cast.zhou, made.project, new_id(), format="jsonl", terms=Terms(splits))
    build(cast, made.project, "jsonl")
    with pytest.raises(SplitDeliveryUnknown):
        deliver(cast.house, cast.zhou, made.project, new_id(), format="jsonl", terms=Terms(Splits(THREE, keep=1)))


def test_a_column_that_no_item_has_is_refused_before_anything_is_built(cast: Cast) -> None:
    from guiju.delivery import JOBS, DeliveryState
    from guiju.storage import find_job, work_jobs

    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    terms = Terms(Splits(THREE, group=("session",)))
    asked = deliver(cast.house, cast.zhou, made.project, new_id(), format="jsonl", terms=terms)
    work_jobs(cast.house, JOBS)
    with cast.house.reading() as connection:
        job = find_job(connection, asked.job)
    assert job is not None
    assert job.outcome is not None
    assert job.outcome["error"]["code"] == GroupColumnAbsent.code
    assert get_delivery(cast.house, cast.lin, made.project, 1).state is DeliveryState.FAILED


@pytest.mark.parametrize("text", ["train", "train=0.8,train=0.2", "train=x", "train=-1, test=2"])
def test_shares_that_nobody_can_read_are_refused(text: str) -> None:
    with pytest.raises(BadSplits):
        read_shares(text)


@settings(max_examples=60, deadline=None)
@given(
    groups=st.lists(st.tuples(st.integers(1, 6), st.integers(0, 3)), min_size=1, max_size=60),
    shares=st.sampled_from([(0.8, 0.1, 0.1), (0.5, 0.5), (0.9, 0.1)]),
)
def test_no_group_is_ever_cut_and_no_item_is_ever_lost(
    groups: list[tuple[int, int]], shares: tuple[float, ...]
) -> None:
    items = Sorted()
    for number, (size, stratum) in enumerate(groups):
        for one in range(size):
            items.add(rank_of("1", f"{number}:{one}"), stratum, number if size > 1 else -1)
    parts = plan_parts(items, shares)
    assert len(parts) == len(items.rank)
    where: dict[int, set[int]] = {}
    for group, part in zip(items.group, parts, strict=True):
        where.setdefault(group, set()).add(part)
    assert all(len(found) == 1 for group, found in where.items() if group >= 0)


def test_single_items_come_out_to_the_item_in_every_stratum() -> None:
    items = Sorted()
    for number in range(1_000):
        items.add(rank_of("1", str(number)), 0 if number % 10 else 1)
    parts = plan_parts(items, (0.8, 0.1, 0.1))
    assert Counter(parts) == {0: 800, 1: 100, 2: 100}
    rare = Counter(part for part, stratum in zip(parts, items.stratum, strict=True) if stratum == 1)
    assert rare == {0: 80, 1: 10, 2: 10}
    assert isinstance(parts, array)


def test_the_order_of_ids_decides_nothing(cast: Cast) -> None:
    shuffled, straight = Sorted(), Sorted()
    names = [str(n) for n in range(50)]
    for target, order in ((straight, names), (shuffled, names[::-1])):
        for name in order:
            target.add(rank_of("1", name), 0)
    one = dict(zip(names, plan_parts(straight, (0.5, 0.5)), strict=True))
    other = dict(zip(names[::-1], plan_parts(shuffled, (0.5, 0.5)), strict=True))
    assert one == other
