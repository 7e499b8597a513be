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
from guiju.samples.crowd import CAREFUL, CARELESS, NEW
from guiju.samples.demo.hands import play
from guiju.samples.demo.material import Known
from guiju.samples.demo.office import short_answers
from guiju.samples.stories import Named, Story, borders_of
from guiju.sdk import Client
from tests.journeys.papers import ROLES
from tests.journeys.served import Served

SKILLS = {"alice": CAREFUL, "bob": CARELESS, "carol": NEW}
TURN = 10
Json = dict[str, Any]
Answering = Callable[[str, str, Json], Json]
"""What somebody answers under a rulebook to an item: `(who, document, item) -> {field: answer}`."""


@dataclass
class ServedOffice:
    """The people of a served house. `right` is what is known of an item, as an example of a rulebook writes it."""

    town: Served
    file: Path
    answering: Answering
    right: Callable[[str], Any]
    options: Mapping[str, object] = field(default_factory=dict[str, object])
    project: int = 0
    written: tuple[int, int] = (0, 0)
    document: str = ""
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
                    client.submit(round_id, task, self.answering(who, self.document, task["item"]), active_ms=4000)
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


@cache
def read(document: str) -> CompiledRulebook:
    return compile_document(document)


def playing(truth: Mapping[str, Known], seed: int, haste: float = 0.5) -> Answering:
    """People who read the rules as the demo's do, and know what is true as well as they can."""

    def answer(who: str, document: str, item: Json) -> Json:
        rules, known = read(document), truth[item["name"]]
        rng = random.Random(f"{seed}:{who}:{rules.version}:{item['name']}")
        shape = shape_of_item(item["media"], 0, item["width"], item["height"], parts=None, duration=None)
        said, _ = play(rules, borders_of(rules.rulebook), SKILLS[who], known, shape, rng, haste)
        return msgspec.to_builtins(dict(said))

    return answer


def nobody(who: str, document: str, item: Json) -> Json:
    """Who sits nothing: their answers are brought."""
    raise AssertionError((who, len(document), item))


def unknown(name: str) -> None:
    """Of what nobody knows an answer to."""
    assert name


def right_of(truth: Mapping[str, Known]) -> Callable[[str], Any]:
    return lambda name: short_answers(truth[name].answers)
