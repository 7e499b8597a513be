"""A story told over HTTP: everybody acts with a client of their own, and annotators answer as they are given to."""

import random
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from guiju.data import shape_of_item
from guiju.rulebooks import CompiledRulebook, compile_document
from guiju.samples.crowd import CAREFUL, CARELESS, NEW, Skill
from guiju.samples.demo.hands import play
from guiju.samples.demo.material import Known
from guiju.samples.demo.school import DAY
from guiju.samples.stories import Borders, Learner, Named, Story, borders_of
from guiju.sdk import Client
from tests.journeys.papers import ROLES
from tests.journeys.served import Served

SKILLS = {"alice": CAREFUL, "bob": CARELESS, "carol": NEW}
TURN = 10
Json = dict[str, Any]


@dataclass(frozen=True)
class Mind:
    """Somebody at work: how well they work, what of the rules they know (`None`: all), and the occasion."""

    who: str
    read: frozenset[str] | None = None
    haste: float = 0.5
    when: str = ""

    @property
    def skill(self) -> Skill:
        return SKILLS[self.who]

    def borders(self, document: str) -> Borders:
        return borders_of(compiled(document).rulebook, self.read)

    def rng(self, document: str, item: Json) -> random.Random:
        return random.Random(f"{self.who}:{self.when}:{compiled(document).version}:{item['name']}")


Answering = Callable[[Mind, str, Json], Json]
"""What somebody answers to an item under a rulebook: `(mind, document, item) -> {field: answer}`."""


@cache
def compiled(document: str) -> CompiledRulebook:
    return compile_document(document)


@dataclass
class ServedOffice:
    """The people of a served house. `right` is what is known of an item, on the wire; `border` the clause amended."""

    town: Served
    file: Path
    answering: Answering
    right: Callable[[str], Json]
    options: Mapping[str, object] = field(default_factory=dict[str, object])
    project: int = 0
    written: tuple[int, int] = (0, 0)
    document: str = ""
    border: str = ""
    items: dict[int, str] = field(default_factory=dict[int, str])
    drawn: list[int] = field(default_factory=list[int])
    rounds: list[int] = field(default_factory=list[int])

    def client(self, who: str) -> Client:
        return self.town.client(who)

    def open(self, story: Story) -> None:
        others = {**ROLES, **dict.fromkeys(SKILLS, ("annotator",))}
        with self.client("zhou") as zhou:
            self.project = int(zhou.create_project(story.name, story.customer)["id"])
            for who, roles in sorted(others.items(), key=lambda entry: entry[0] == "zhou"):
                zhou.set_member(self.project, f"{who}@guiju.test", roles)

    def write_brief(self, document: str) -> Sequence[Json]:
        with self.client("zhou") as zhou:
            saved = zhou.save_brief(self.project, document, *self.written)
        self.written = (saved["version"], saved["revision"])
        return saved["gaps"]

    def sign_brief(self) -> None:
        with self.client("lin") as lin:
            lin.sign_brief(self.project, *self.written)

    def bring_data(self) -> int:
        with self.client("gao") as gao:
            gao.wait_for_job(gao.import_file(self.project, self.file, **self.options)["job"])
            self.items = {item["id"]: item["name"] for item in gao.items(self.project)}
        return len(self.items)

    def publish(self, document: str) -> str:
        known = compiled(self.document).rulebook.clauses if self.document else ()
        self.border = next((one.id for one in compiled(document).rulebook.clauses if one not in known), "")
        self.document = document
        with self.client("zhou") as zhou:
            return zhou.publish_rulebook(self.project, document)["version"]

    def run_trial(self, size: int) -> int:
        round_id = self.open_again() if self.rounds else self.open_trial(size)
        self.rounds.append(round_id)
        self.annotate(round_id)
        return round_id

    def open_trial(self, size: int) -> int:
        with self.client("zhou") as zhou:
            people = [f"{who}@guiju.test" for who in SKILLS]
            return zhou.open_round(self.project, "trial", annotators=people, size=size)

    def open_again(self) -> int:
        """The same items to the same people."""
        wanted = [[item, f"{who}@guiju.test"] for item in self.drawn for who in SKILLS]
        with self.client("zhou") as zhou:
            return zhou.open_round(self.project, "trial", assignments=wanted)

    def annotate(self, round_id: int) -> None:
        """Everybody works their queue empty, all at once."""
        with ThreadPoolExecutor(len(SKILLS)) as pool:
            sittings = [pool.submit(self.sit, who, round_id) for who in SKILLS]
        self.drawn = sorted(set[int]().union(*(sitting.result() for sitting in sittings)))

    def sit(self, who: str, round_id: int) -> set[int]:
        """One person's sitting; the items that they answered."""
        seen: set[int] = set()
        with self.client(who) as client:
            while tasks := client.lease(round_id, TURN):
                for task in tasks:
                    seen.add(task["item"]["id"])
                    said = self.answering(Mind(who), self.document, task["item"])
                    client.submit(round_id, task, said, active_ms=4000)
        return seen

    def report(self, round_id: int) -> Json:
        with self.client("zhou") as zhou:
            return zhou.report(round_id)

    def keep_example(self, round_id: int, named: Named) -> tuple[str, str, Any]:
        item = named.items[0]
        with self.client("zhou") as zhou:
            pick = zhou.pick(self.project, "given", [item], words=f"Round {round_id}: {named.a}, {named.b}")
            zhou.add_example(self.project, pick, item)
            draft = zhou.get(f"/projects/{self.project}/rulebook/draft")["document"]
        return draft, self.items[item], self.right(self.items[item])

    def change(self, round_id: int) -> Json:
        with self.client("zhou") as zhou:
            return zhou.change(round_id)

    def decide(self, round_id: int) -> bool:
        with self.client("zhou") as zhou:
            return zhou.decide_gate(round_id)


def playing(truth: Mapping[str, Known]) -> Answering:
    """People who read the rules as the demo's do, and see what is true as well as they can."""

    def answer(mind: Mind, document: str, item: Json) -> Json:
        shape = shape_of_item(item["media"], 0, item["width"], item["height"], parts=None, duration=None)
        rules, rng, known = compiled(document), mind.rng(document, item), truth[item["name"]]
        said, _ = play(rules, mind.borders(document), mind.skill, known, shape, rng, mind.haste)
        return msgspec.to_builtins(dict(said))

    return answer


def truth_of(truth: Mapping[str, Known]) -> Callable[[str], Json]:
    return lambda name: msgspec.to_builtins(dict(truth[name].answers))


def nobody(mind: Mind, document: str, item: Json) -> Json:
    """Who sits nothing: their answers are brought."""
    raise AssertionError((mind, len(document), item))


@dataclass
class ServedSchool:
    """The newcomer of a story that was told over HTTP: carol, at her first work."""

    office: ServedOffice
    who: str = "carol"
    learner: Learner = field(default_factory=Learner)
    sat: int = 0

    def rule_on(self, count: int) -> int:
        office, chosen = self.office, self.office.drawn[:count]
        with office.client("xing") as xing:
            for item in chosen:
                case, right = xing.case(office.rounds[-1], item), office.right(office.items[item])
                xing.rule(office.rounds[-1], case, right, "As the rules say.", clause=office.border)
        return len(chosen)

    def open_exam(self, size: int, pass_mark: float) -> int:
        with self.office.client("zhou") as zhou:
            return zhou.open_exam(self.office.project, size, pass_mark)

    def sit(self, exam: int) -> Json:
        self.sat += 1
        with self.office.client(self.who) as newcomer:
            paper = newcomer.begin_exam(exam)
            asked = [question["item"] for question in paper["questions"]]
            said = {item["id"]: self.answer(item, f"paper {self.sat}") for item in asked}
            sitting = paper["sitting"]["id"]
            newcomer.answer_exam(sitting, said, hand_in=True)
            return newcomer.exam_result(sitting)["sitting"]

    def practise(self) -> Sequence[float]:
        marks: list[float] = []
        with self.office.client(self.who) as newcomer:
            while len(marks) < DAY and (tasks := newcomer.practise_next(self.office.project, want=5)):
                for task in tasks:
                    said = self.answer(task["item"], f"practice {len(marks)}")
                    mark = newcomer.practise(self.office.project, task["slot"], said)
                    self.learner.learn(mark["score"], mark["clause"])
                    marks.append(mark["score"])
        return marks

    def answer(self, item: Json, when: str) -> Json:
        mind = Mind(self.who, frozenset(self.learner.read), self.learner.haste, when)
        return self.office.answering(mind, self.office.document, item)
