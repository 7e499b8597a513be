"""The newcomer of a story in the house itself: rulings, papers and practice, all by the product's actions."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from guiju.annotations import current_annotations
from guiju.coaching import NothingToPractise, Said, Wanted, ask_next, practise
from guiju.consensus.adjudication import RulingSaid, get_case, rule_on_case
from guiju.data import find_items
from guiju.exams import Settings, answer_paper, begin_sitting, hand_in, open_exam, read_paper, read_result
from guiju.exams.actions import Given
from guiju.kinds import Answer, Boxes, ItemShape, encode_answers
from guiju.kit import new_id
from guiju.samples.crowd import Skill
from guiju.samples.demo.hands import play, shape_of
from guiju.samples.demo.journey import Journey
from guiju.samples.demo.material import Known
from guiju.samples.stories import Learner, clause_between

RULING = "按规则，以此为准。 | By the rules, as given here."
DAY = 20
"""So many known answers are practised in a day."""


def label_of(known: Known, mark: str) -> str:
    """The true label of a mark."""
    shapes = (shape for answer in known.answers.values() if isinstance(answer, Boxes) for shape in answer.shapes)
    return next(shape.label for shape in shapes if shape.id == mark)


@dataclass
class HouseSchool:
    """The journey's newcomer, at their first work."""

    journey: Journey
    newcomer: str = "xiaoxin"
    learner: Learner = field(default_factory=Learner)
    sat: int = 0

    @property
    def skill(self) -> Skill:
        return next(hand.skill for hand in self.journey.crew.hands if hand.key == self.newcomer)

    def rule_on(self, count: int) -> int:
        """Of the trial's items those with the most marks first: they show most."""
        journey, house = self.journey, self.journey.house
        with house.reading() as connection:
            ids = sorted({row.item_id for row in current_annotations(connection, journey.trial)})
            names = {item.name: item.id for item in find_items(connection, journey.id, ids).values()}
        chosen = sorted(names, key=lambda name: (-len(journey.material.truth[name].doubts), name))[:count]
        for name in chosen:
            right, expert, item = (
                encode_answers(journey.material.truth[name].answers),
                journey.by("xinghe"),
                names[name],
            )
            last = get_case(house, expert, journey.trial, item).last
            said = RulingSaid(right.decode(), RULING, self._clause(name), last, 0)
            rule_on_case(house, expert, journey.trial, item, request_id=new_id(), said=said)
        return len(chosen)

    def _clause(self, name: str) -> str | None:
        """The clause that decides what is in doubt on the item."""
        rules, known = self.journey.rulebook.rulebook, self.journey.material.truth[name]
        pairs = ((label_of(known, mark), doubt.second) for mark, doubt in known.doubts.items())
        return next((clause_between(rules, *pair) for pair in pairs), None)

    def open_exam(self, size: int, pass_mark: float) -> int:
        settings = Settings(size=size, pass_mark=pass_mark)
        journey = self.journey
        return open_exam(journey.house, journey.by("zhouzheng"), journey.id, request_id=new_id(), settings=settings)

    def sit(self, exam: int) -> dict[str, Any]:
        journey, house, actor = self.journey, self.journey.house, self.journey.by(self.newcomer)
        sitting = begin_sitting(house, actor, exam, request_id=new_id())
        paper = read_paper(house, actor, sitting.id)
        self.sat += 1
        given = [Given(item.id, self._answer(item.name, shape_of(item), f"paper-{self.sat}")) for item in paper.items]
        answer_paper(house, actor, sitting.id, request_id=new_id(), given=given)
        hand_in(house, actor, sitting.id, request_id=new_id())
        over = read_result(house, actor, sitting.id).sitting
        told = {"score": over.score, "interval": [over.low, over.high], "passed": over.passed}
        journey.said("exam", score=round(over.score or 0, 3), passed=bool(over.passed))
        return told

    def practise(self) -> Sequence[float]:
        """What there is today, with the mark and the clause of each answer taken to heart."""
        journey, house, actor = self.journey, self.journey.house, self.journey.by(self.newcomer)
        marks: list[float] = []
        while len(marks) < DAY:
            try:
                desk, found = ask_next(house, actor, journey.id, Wanted(want=5))
            except NothingToPractise:
                break
            if not found:
                break
            for one in found:
                known = one.reference
                said = self._answer(one.name, desk.shape(one), f"practice-{len(marks)}")
                marked = practise(house, actor, journey.id, Said(new_id(), known.id, said))
                self.learner.learn(marked.marked.score, known.clause)
                marks.append(marked.marked.score)
        journey.said("practice", answers=len(marks), score=round(sum(marks) / max(1, len(marks)), 3))
        return marks

    def _answer(self, name: str, shape: ItemShape, when: str) -> dict[str, Answer]:
        journey, rules = self.journey, self.journey.rulebook
        rng = random.Random(f"{journey.seed}:{when}:{name}")  # noqa: S311 - repeatable play, no secret
        known, borders = journey.material.truth[name], self.learner.borders(rules.rulebook)
        said, _ = play(rules, borders, self.skill, known, shape, rng, self.learner.haste)
        return {**said}
