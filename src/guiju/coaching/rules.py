"""Decisions of practice: when a known answer comes back, what is asked next, what sits.

The spacing is SM-2 (Wozniak P. A., Optimization of learning, 1990): the quality of a repetition, 0 to 5, is five times
the share of the answer that was right.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from math import ceil

from guiju.coaching.model import START_EASE, Card, Known, LabelState, Memory, Reference, Standing
from guiju.rulings.model import ReferenceOrigin

DAY = 24 * 60 * 60 * 1_000_000
LEAST_EASE = 1.3
LONGEST_DAYS = 365
# SM-2: below this quality a repetition begins anew; below the other it comes again in the same sitting.
PASSES = 3
IS_FIRM = 4
FRESH_A_DAY = 20
# What comes again after so many days sits.
SITS_DAYS = 6
_POLARITIES = {"boundary": 0, "negative": 1, "positive": 2, None: 3}


def quality(score: float) -> int:
    """SM-2's quality of an answer of which `score`, in [0, 1], was right.

    >>> quality(1.0), quality(0.75), quality(0.0)
    (5, 4, 0)
    """
    return min(5, max(0, round(5 * score)))


def remember(before: Memory | None, score: float, now: int, today: int) -> Memory:
    """What is remembered after an answer at `now`; `today` is the midnight that day began with, both microseconds.

    Only a first answer, or one that is due, moves the interval on. What is weak comes again in the same sitting, and
    those repetitions change nothing but that; an early repetition counts only where it was forgotten.
    """
    q = quality(score)
    again = q < IS_FIRM
    if before is not None and now < before.due_at:
        forgot = not before.again and q < PASSES
        return replace(_anew(before, today), again=True) if forgot else replace(before, again=again)
    if before is None:
        before = Memory(0, START_EASE, 0, now)
    if q < PASSES:
        return replace(_anew(before, today), again=True)
    ease = max(LEAST_EASE, before.ease + 0.1 - (5 - q) * (0.08 + (5 - q) * 0.02))
    streak = before.streak + 1
    days = min(LONGEST_DAYS, (1, 6)[streak - 1] if streak <= 2 else ceil(before.interval * ease))
    return Memory(streak, ease, days, today + days * DAY, again)


def _anew(before: Memory, today: int) -> Memory:
    return replace(before, streak=0, interval=1, due_at=today + DAY)


def is_correction(one: Reference) -> bool:
    """Whether it is what an inspector corrected in the person's own answer."""
    return one.origin is ReferenceOrigin.VERDICT


def _rank(one: Known) -> int:
    """What they got wrong themselves goes first, then what lies on a boundary."""
    return -1 if is_correction(one.reference) else _POLARITIES.get(one.reference.polarity, 3)


def order_fresh(known: Iterable[Known], met: Mapping[str, int], most: int | None = None) -> list[Known]:
    """What was never asked, in the order in which it is, the first `most`: one's own corrected answers first, then
    boundary cases, every label in turn.

    `met` counts the known answers of each label that were asked before: the label met least goes first.
    """
    left = sorted(known, key=lambda one: (_rank(one), one.key))
    counts, order = dict(met), list[Known]()
    by_label: dict[str, list[Known]] = {}
    for one in left:
        for label in one.labels or ("",):
            by_label.setdefault(label, []).append(one)
    taken = set[str]()
    while by_label and (most is None or len(order) < most):
        label = min(by_label, key=lambda each: _turn(by_label[each], taken, counts.get(each, 0), each))
        waiting = [one for one in by_label[label] if one.key not in taken]
        if not waiting:
            del by_label[label]
            continue
        order.append(waiting[0])
        taken.add(waiting[0].key)
        by_label[label] = waiting[1:]
        for each in waiting[0].labels or ("",):
            counts[each] = counts.get(each, 0) + 1
    return order


def _turn(waiting: Sequence[Known], taken: Collection[str], met: int, label: str) -> tuple[bool, int, int, str]:
    rank = next((_rank(one) for one in waiting if one.key not in taken), 9)
    return rank >= 0, met, rank, label


def plan_next(
    known: Sequence[Known],
    cards: Mapping[str, Card],
    missed: Collection[str] = (),
    *,
    now: int,
    today: int,
    fresh_a_day: int = FRESH_A_DAY,
) -> list[Known]:
    """All that can be asked at this moment, in its order: what was wrong in an exam, what is due, what is new, and
    what was weak just now.

    `missed` are keys of what was wrong in an exam since it was practised last. Of the new, so many a day. A card whose
    content is no longer the reference's counts as new.
    """
    cards = matching(known, cards)
    wrong = [one for one in known if one.key in missed]
    rest = [one for one in known if one.key not in missed]
    due = [one for one in rest if one.key in cards and cards[one.key].memory.due_at <= now]
    due.sort(key=lambda one: (_rank(one), cards[one.key].memory.due_at, one.key))
    again = [one for one in rest if one.key in cards and _comes_again(cards[one.key], now)]
    again.sort(key=lambda one: (cards[one.key].at, one.key))
    begun = sum(1 for card in cards.values() if card.begun_at >= today)
    left = max(0, fresh_a_day - begun)
    fresh = order_fresh([one for one in rest if one.key not in cards], count_met(known, cards), left)
    return [*order_fresh(wrong, {}), *due, *fresh, *again]


def find_missed(marks: Iterable[tuple[str, float, int]], cards: Mapping[str, Card]) -> set[str]:
    """What was wrong the last time an exam asked it, and was not practised since; `marks` are `(key, score, at)`."""
    last: dict[str, tuple[int, float]] = {}
    for key, score, at in marks:
        if key not in last or at >= last[key][0]:
            last[key] = (at, score)
    weak = {key: at for key, (at, score) in last.items() if quality(score) < IS_FIRM}
    return {key for key, at in weak.items() if key not in cards or cards[key].at <= at}


def _comes_again(card: Card, now: int) -> bool:
    return card.memory.again and card.memory.due_at > now


def matching(known: Iterable[Known], cards: Mapping[str, Card]) -> dict[str, Card]:
    """The cards that still speak of these references."""
    return {one.key: cards[one.key] for one in known if one.key in cards and cards[one.key].digest == one.digest}


def count_met(known: Iterable[Known], cards: Mapping[str, Card]) -> dict[str, int]:
    """How many known answers of each label were asked before."""
    counts: dict[str, int] = {}
    for one in known:
        for label in one.labels if one.key in cards else ():
            counts[label] = counts.get(label, 0) + 1
    return counts


def sits(card: Card) -> bool:
    """Whether it was right long enough ago: its interval is six days or more, and it was firm the last time."""
    return card.memory.interval >= SITS_DAYS and card.memory.streak > 0 and not card.memory.again


def take_stock(
    known: Sequence[Known],
    cards: Mapping[str, Card],
    labels: Sequence[str],
    missed: Collection[str] = (),
    *,
    now: int,
    today: int,
) -> Standing:
    """Where a person stands: what is due, what sits and what does not, by label in the rulebook's order."""
    mine = matching(known, cards)
    plan = [one for one in plan_next(known, cards, missed, now=now, today=today) if one.key not in missed]
    wrong = sum(1 for one in known if one.key in missed)
    due = sum(1 for one in plan if one.key in mine and mine[one.key].memory.due_at <= now)
    again = sum(1 for one in plan if one.key in mine) - due
    firm = {key for key, card in mine.items() if sits(card) and key not in missed}
    weak = [(one, mine[one.key]) for one in known if one.key in mine and one.key not in firm]
    weak.sort(key=lambda pair: (pair[1].score, pair[1].memory.due_at, pair[0].key))
    return Standing(
        missed=wrong,
        due=due,
        again=again,
        fresh=len(known) - len(mine),
        fresh_today=len(plan) - due - again,
        sits=len(firm),
        shaky=len(mine) - len(firm),
        next_at=min((card.memory.due_at for card in mine.values()), default=None) if not due and not wrong else None,
        labels=tuple(_label(label, known, mine, firm) for label in labels),
        weak=tuple(weak),
        by_key=mine,
    )


def _label(label: str, known: Iterable[Known], mine: Mapping[str, Card], firm: Collection[str]) -> LabelState:
    of = [one.key for one in known if label in one.labels]
    sitting = sum(1 for key in of if key in firm)
    fresh = sum(1 for key in of if key not in mine)
    return LabelState(label, sitting, len(of) - sitting - fresh, fresh)
