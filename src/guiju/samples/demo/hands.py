"""Simulated hands: they take items from the queue and answer as their skill has it, mistakes and all.

Every answer is drawn from a generator of its own, seeded by the project, the round, the person and the item, so that it
does not depend on what was done before it. Before an answer is sent the rulebook's checks look at it, as they do in the
workbench; what they stop, the hands put right.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from guiju.data import shape_of_item
from guiju.kinds import Box, Boxes, Choice, ItemShape
from guiju.kit import new_id
from guiju.rulebooks import CompiledRulebook
from guiju.samples.crowd import Skill
from guiju.samples.demo.calendar import let_pass
from guiju.samples.demo.crew import Hand
from guiju.samples.demo.material import Known
from guiju.samples.steel import LEAST_SIDE
from guiju.samples.stories import Borders, borders_of, label_in_doubt
from guiju.storage import House
from guiju.work import Task, TaskItem, lease_tasks, submit_annotation
from guiju.work.actions import Answered

TURN = 10
"""Items that the fastest takes at a time; the others take fewer, by their speed."""
STEADY_SIDE = 40
"""Pixels: the edges of a thinner defect are set with proportionally less jitter, since one zooms in on it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where hands work: a round, its rulebook, what is true of its items, and how much care is taken.

    `haste` scales every mistake: 1 is a person's usual day, less is careful, more is hurried.
    """

    house: House
    round_id: int
    rulebook: CompiledRulebook
    truth: Mapping[str, Known]
    seed: str
    haste: float = 1.0


@dataclass(frozen=True, slots=True)
class Worked:
    """What the hands did: answers sent, and how many of them a check had stopped first."""

    answers: int = 0
    stopped: int = 0

    def __add__(self, other: "Worked") -> "Worked":
        return Worked(self.answers + other.answers, self.stopped + other.stopped)


def work_round(desk: Desk, hands: list[Hand], most: int | None = None) -> Worked:
    """The hands take turns until the queue is empty, or until `most` answers were sent."""
    total, going = Worked(), True
    while going:
        before = total.answers
        for hand in hands:
            left = TURN if most is None else most - total.answers
            total += take_turn(desk, hand, min(left, _pace(hand, hands)))
        let_pass(desk.house, seconds=TURN * min(hand.skill.seconds_choice for hand in hands))
        going = total.answers > before
    return total


def _pace(hand: Hand, hands: list[Hand]) -> int:
    fastest = min(each.skill.seconds_choice for each in hands)
    return max(1, round(TURN * fastest / hand.skill.seconds_choice))


def take_turn(desk: Desk, hand: Hand, want: int) -> Worked:
    """One person takes up to `want` items and answers them."""
    if want <= 0:
        return Worked()

    tasks = desk.house.write(lease_tasks(desk.house, lambda _: hand.actor, desk.round_id, want))
    borders = borders_of(desk.rulebook.rulebook)
    answered = [_answer(desk, borders, hand, task) for task in tasks]
    sent = [submit_annotation(lambda _: hand.actor, desk.round_id, each) for each, _ in answered]
    desk.house.write(lambda tx: [send(tx) for send in sent])
    return Worked(len(tasks), sum(stopped for _, stopped in answered))


@dataclass(frozen=True, slots=True)
class _Act:
    """One person before one item."""

    skill: Skill
    known: Known
    haste: float
    borders: Borders
    shape: ItemShape
    rng: random.Random

    def given(self, answer: Choice | Boxes) -> Choice | Boxes:
        if isinstance(answer, Choice):
            return Choice(tuple(self._label(label) for label in answer.labels))
        seen = [box for box in answer.shapes if self.rng.random() >= self.skill.miss * self.haste]
        return Boxes(tuple(map(self._drawn, seen)))

    def _label(self, true: str, mark: str = "") -> str:
        """The label that is given instead of `true`; on a boundary item whoever errs takes the other tempting one."""
        doubt = self.known.doubts.get(mark)
        if doubt is not None:
            return label_in_doubt(self.skill, true, doubt, self.borders, self.rng, self.haste)
        drawn = self.rng.random()
        for label, probability in self.skill.mistakes(true, self.known.boundary).items():
            drawn -= probability * self.haste
            if drawn < 0:
                return self.known.second or label
        return true

    def _drawn(self, box: Box) -> Box:
        label, jitter = self._label(box.label, box.id), self.skill.jitter_px * self.haste
        left, right = _edges(box.x, box.w, jitter, self.shape.width, self.rng)
        top, bottom = _edges(box.y, box.h, jitter, self.shape.height, self.rng)
        return Box(box.id, label, left, top, right - left, bottom - top)


def _answer(desk: Desk, borders: Borders, hand: Hand, task: Task) -> tuple[Answered, bool]:
    """What the person sends, and whether a check had stopped their first answer."""
    rng = random.Random(f"{desk.seed}:{hand.key}:{task.item.name}")  # noqa: S311 - repeatable play, no secret
    known = desk.truth[task.item.name]
    right, stopped = play(desk.rulebook, borders, hand.skill, known, shape_of(task.item), rng, desk.haste)
    millis = _active_ms(hand.skill, known, rng)
    return Answered(new_id(), task.slot, task.lease, task.revision, {**right}, millis, played=True), stopped


def play(  # noqa: PLR0917 - who is before what, under which rules
    rulebook: CompiledRulebook,
    borders: Borders,
    skill: Skill,
    known: Known,
    shape: ItemShape,
    rng: random.Random,
    haste: float = 1.0,
) -> tuple[Mapping[str, Choice | Boxes], bool]:
    """What somebody of this skill answers, and whether a check had stopped their first answer."""
    act = _Act(skill, known, haste, borders, shape, rng)
    answers = {name: act.given(answer) for name, answer in known.answers.items()}
    stopped = bool(rulebook.check_answers(answers, shape))
    return (known.answers if stopped else answers), stopped


def shape_of(item: TaskItem) -> ItemShape:
    """What an answer to an item can be checked against."""
    length = len(item.text or "")
    return shape_of_item(item.media, length, item.width, item.height, parts=item.parts, duration=item.duration)


def _edges(start: float, length: float, jitter: float, limit: int, rng: random.Random) -> tuple[float, float]:
    """Both edges of a side, off by a little, at least the least side apart, inside the image; whole pixels."""
    spread = jitter * min(1.0, length / STEADY_SIDE)
    low = min(max(0, round(start + rng.gauss(0, spread))), limit - LEAST_SIDE)
    high = max(low + LEAST_SIDE, round(start + length + rng.gauss(0, spread)))
    return float(low), float(min(limit, high))


def _active_ms(skill: Skill, known: Known, rng: random.Random) -> int:
    """How long it took: around the person's median, a third longer on a boundary item."""
    seconds = sum(_median_seconds(skill, answer) for answer in known.answers.values())
    return round(1000 * seconds * (4 / 3 if known.boundary else 1) * exp(rng.gauss(0, 0.35)))


def _median_seconds(skill: Skill, answer: Choice | Boxes) -> float:
    """An image without a defect still has to be looked at: half the time of a box."""
    return skill.seconds_choice if isinstance(answer, Choice) else skill.seconds_box * max(0.5, len(answer.shapes))
