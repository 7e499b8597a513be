"""When a known answer comes back: SM-2, for every history of answers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.coaching.model import Card, Known, Memory
from guiju.coaching.rules import DAY, LEAST_EASE, LONGEST_DAYS, order_fresh, plan_next, quality, remember, take_stock
from guiju.rulings import ReferenceOrigin
from guiju.rulings.marking import Known as Reference

HOUR = DAY // 24
scores = st.floats(0, 1, allow_nan=False)
histories = st.lists(st.tuples(scores, st.integers(0, 40 * 24)), min_size=1, max_size=25)


def on_day(day: int, hour: int = 9) -> tuple[int, int]:
    """A moment and the midnight before it."""
    return day * DAY + hour * HOUR, day * DAY


def after(answers: list[tuple[float, int]]) -> tuple[Memory, int]:
    """What is remembered after answers, each so many hours after the one before; and the last moment."""
    now, memory = 1_000 * DAY, None
    for score, hours in answers:
        now += hours * HOUR
        memory = remember(memory, score, now, now // DAY * DAY)
    assert memory is not None
    return memory, now


@given(histories)
def test_whatever_was_answered_it_comes_back_and_never_in_the_past(answers: list[tuple[float, int]]) -> None:
    memory, now = after(answers)
    assert memory.due_at > now or (memory.streak > 0 and memory.due_at > now // DAY * DAY)
    assert memory.ease >= LEAST_EASE
    assert 1 <= memory.interval <= LONGEST_DAYS


@given(histories, scores, scores)
def test_a_better_answer_never_comes_back_earlier(answers: list[tuple[float, int]], one: float, other: float) -> None:
    memory, _ = after(answers)
    now, today = memory.due_at + HOUR, memory.due_at
    worse, better = (remember(memory, score, now, today) for score in sorted((one, other)))
    assert worse.due_at <= better.due_at
    assert worse.streak <= better.streak
    assert worse.again >= better.again


@given(histories)
def test_what_is_answered_before_its_day_is_never_put_off(answers: list[tuple[float, int]]) -> None:
    memory, now = after(answers)
    early = remember(memory, 1.0, now, now // DAY * DAY)
    if now < memory.due_at:
        assert (early.due_at, early.interval, early.ease) == (memory.due_at, memory.interval, memory.ease)
        assert not early.again


@given(histories)
def test_repeating_what_was_weak_ends_the_sitting_and_changes_no_day(answers: list[tuple[float, int]]) -> None:
    memory, now = after([*answers, (0.0, 24 * 400)])
    assert memory.again
    assert memory.interval == 1
    still_weak = remember(memory, 0.2, now, now // DAY * DAY)
    assert still_weak == memory, "a weak repetition comes once more"
    assert remember(still_weak, 1.0, now, now // DAY * DAY) == replace(memory, again=False)


def test_right_answers_come_back_after_one_day_six_days_and_then_ever_later() -> None:
    memory, days, day = None, list[int](), 0
    for _ in range(6):
        memory = remember(memory, 1.0, *on_day(day))
        days.append(memory.interval)
        day += memory.interval
    assert days == [1, 6, 17, 50, 151, 365]


def test_something_forgotten_begins_anew_and_keeps_its_ease() -> None:
    memory = None
    for day in (0, 1, 7):
        memory = remember(memory, 1.0, *on_day(day))
    assert memory is not None
    forgotten = remember(memory, 0.3, *on_day(24))
    assert (forgotten.streak, forgotten.interval, forgotten.due_at) == (0, 1, 25 * DAY)
    assert forgotten.ease == memory.ease
    assert forgotten.again


@pytest.mark.parametrize(
    ("score", "expected"), [(0.0, 0), (0.49, 2), (0.6, 3), (0.7, 4), (0.89, 4), (0.91, 5), (1.0, 5)]
)
def test_the_quality_is_five_times_the_share_that_was_right(score: float, expected: int) -> None:
    assert quality(score) == expected


# What is asked next


def known(name: str, *labels: str, polarity: str | None = "positive") -> Known:
    reference = Reference(
        hash(name) % 1_000_000, ReferenceOrigin.EXAMPLE, name, None, name, "{}", labels, polarity, None
    )
    return Known(reference, f"example:{name}", name, name, labels)


def card(one: Known, memory: Memory, *, at: int = 0, digest: str | None = None) -> Card:
    return Card(1, one.key, digest or one.digest, memory, 1, 1.0, at, at)


labelled = st.lists(
    st.tuples(
        st.sets(st.sampled_from("abcd"), min_size=1, max_size=2), st.sampled_from(["boundary", "positive", None])
    ),
    max_size=14,
)


@given(labelled)
def test_everything_new_is_asked_once_and_every_label_is_reached_at_once(
    drawn: list[tuple[set[str], str | None]],
) -> None:
    every = [known(f"E{n}", *sorted(labels), polarity=polarity) for n, (labels, polarity) in enumerate(drawn)]
    order = order_fresh(every, {})
    assert sorted(one.key for one in order) == sorted(one.key for one in every)
    labels = {label for one in every for label in one.labels}
    assert {label for one in order[: len(labels)] for label in one.labels} == labels


@given(labelled)
def test_of_one_label_the_boundary_cases_come_first(drawn: list[tuple[set[str], str | None]]) -> None:
    every = [known(f"E{n}", min(labels), polarity=polarity) for n, (labels, polarity) in enumerate(drawn)]
    order = order_fresh(every, {})
    for label in "abcd":
        polarities = [one.reference.polarity == "boundary" for one in order if one.labels == (label,)]
        assert polarities == sorted(polarities, reverse=True)


def test_what_is_due_comes_before_what_is_new_and_what_was_weak_just_now_at_the_end() -> None:
    now, today = on_day(10)
    due, weak, new, later = (known(name, "a") for name in ("due", "weak", "new", "later"))
    cards = {
        due.key: card(due, Memory(2, 2.5, 6, now - HOUR)),
        weak.key: card(weak, Memory(0, 2.5, 1, today + DAY, again=True), at=now),
        later.key: card(later, Memory(2, 2.5, 6, today + 3 * DAY)),
    }
    assert plan_next([later, new, weak, due], cards, now=now, today=today) == [due, new, weak]


def test_a_day_has_so_many_new_ones_and_no_more() -> None:
    now, today = on_day(10)
    every = [known(f"E{n}", "a") for n in range(5)]
    cards = {every[0].key: card(every[0], Memory(1, 2.5, 1, today + DAY), at=now)}
    assert len(plan_next(every, cards, now=now, today=today, fresh_a_day=3)) == 2
    assert len(plan_next(every, cards, now=now + DAY, today=today + DAY, fresh_a_day=3)) == 4, "three new, one due"


def test_what_the_rulebook_says_otherwise_now_is_asked_as_new() -> None:
    now, today = on_day(10)
    one = known("E1", "a")
    cards = {one.key: card(one, Memory(5, 2.5, 90, today + 80 * DAY), digest="what it said before")}
    assert plan_next([one], cards, now=now, today=today) == [one]
    assert take_stock([one], cards, ["a"], now=now, today=today).fresh == 1


def test_what_sits_is_told_by_label() -> None:
    now, today = on_day(10)
    firm, shaky, new = known("firm", "a"), known("shaky", "a", "b"), known("new", "b")
    cards = {
        firm.key: card(firm, Memory(2, 2.5, 6, today + 6 * DAY)),
        shaky.key: card(shaky, Memory(1, 2.5, 1, today + DAY)),
    }
    stock = take_stock([firm, shaky, new], cards, ["a", "b"], now=now, today=today)
    assert [(each.label, each.sits, each.shaky, each.fresh) for each in stock.labels] == [
        ("a", 1, 1, 0),
        ("b", 0, 1, 1),
    ]
    assert (stock.sits, stock.shaky, stock.fresh, stock.now, stock.next_at) == (1, 1, 1, 1, today + DAY)
    assert [one.key for one, _ in stock.weak] == [shaky.key]
