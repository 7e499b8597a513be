"""A real crowd travels: 110 people's 6,025 answers to 300 tweets, given again over HTTP, each by its own annotator."""

import csv
import json
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import krippendorff
import pytest

from guiju.sdk import ApiError
from tests.journeys.papers import ROLES, found_project, rulebook_of, shared
from tests.journeys.served import Served, gather, served

LABELS = ["0", "1", "2", "3", "4"]
ANSWERS, REPEATED, PEOPLE, ITEMS = 6025, 5, 110, 300
# What the majority of the crowd gets right of 300; a tie between k labels counts 1/k where the right one is among them.
MAJORITY = 0.853
TIES = 8
OBSERVED, ALPHA = 0.633, 0.521
HANDS = 4


@dataclass
class Crowd:
    """The file: who said what of which item, and how long it took; of an item answered twice, the first."""

    said: dict[str, dict[str, tuple[str, int]]] = field(default_factory=lambda: defaultdict(dict))
    gold: dict[str, str] = field(default_factory=dict[str, str])

    def votes(self) -> dict[str, Counter[str]]:
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for answers in self.said.values():
            for item, (label, _) in answers.items():
                found[item][label] += 1
        return found


@pytest.fixture(scope="module")
def file() -> Path:
    return shared("activecrowd/CF_amt.csv")


@pytest.fixture(scope="module")
def crowd(file: Path) -> Crowd:
    read = Crowd()
    with file.open(encoding="utf-8") as rows:
        for worker, item, label, gold, seconds in csv.reader(rows):
            read.said[worker].setdefault(item, (label, int(seconds)))
            read.gold[item] = gold
    return read


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, crowd: Crowd) -> Iterator[Served]:
    """A served house with an account for each of the crowd, and for those who lead."""
    home = tmp_path_factory.mktemp("crowd") / "home"
    tokens = gather(home, *ROLES, *crowd.said)
    with served(home, tokens) as town:
        yield town


@pytest.fixture(scope="module")
def imported(town: Served, file: Path) -> dict[str, Any]:
    """gao brings the file in as a trial; the report, with the import's outcome."""
    project = found_project(town, "Weather, moved in", rulebook_of("choice", LABELS))
    columns = {"columns": "worker,item,label,gold,seconds", "annotator_column": "worker", "create_items": "yes"}
    with town.client("gao") as gao:
        started = gao.import_annotations(project, file, format="csv", round="trial", **columns)
        outcome = gao.wait_for_job(started["job"])["outcome"]
        return {"outcome": outcome, "report": gao.report(started["round"])}


@dataclass(frozen=True)
class Replayed:
    """A project that the crowd has answered by itself."""

    project: int
    round: int
    items: dict[str, int]


@pytest.fixture(scope="module")
def replayed(town: Served, crowd: Crowd, tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    """Everybody leases and submits what they were asked for, four at a time."""
    project = found_project(town, "Weather, lived again", rulebook_of("choice", LABELS), list(crowd.said))
    items = bring_items(town, project, sorted(crowd.gold), tmp_path_factory.mktemp("items") / "tweets.csv")
    wanted = [[items[item], f"{worker}@guiju.test"] for worker, answers in crowd.said.items() for item in answers]
    with town.client("zhou") as zhou:
        trial = zhou.open_round(project, "trial", assignments=wanted)
    with ThreadPoolExecutor(HANDS) as pool:
        sittings = [pool.submit(answer_all, town, trial, worker, said) for worker, said in crowd.said.items()]
    assert sum(sitting.result() for sitting in sittings) == ANSWERS
    return Replayed(project, trial, items)


def bring_items(town: Served, project: int, names: list[str], path: Path) -> dict[str, int]:
    """gao imports the items; their ids by name."""
    path.write_text("name,text\n" + "".join(f"{name},{name}\n" for name in names), encoding="utf-8")
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, path, text="text", name_column="name")["job"])
        return {item["name"]: item["id"] for item in gao.items(project)}


def answer_all(town: Served, trial: int, worker: str, said: dict[str, tuple[str, int]]) -> int:
    """One person's sitting: the next items come with each answer, until there are none."""
    given = 0
    with town.client(worker) as client:
        tasks = client.lease(trial, 1)
        while tasks:
            label, seconds = said[tasks[0]["item"]["name"]]
            answers = {"answer": {"kind": "choice", "labels": [label]}}
            tasks = client.submit(trial, tasks[0], answers, active_ms=1000 * seconds, want=1)["tasks"]
            given += 1
    return given


def test_the_file_moves_in_as_a_trial_with_its_right_answers(imported: dict[str, Any]) -> None:
    outcome, report = imported["outcome"], imported["report"]
    counted = {key: outcome[key] for key in ("annotations", "refused", "items", "annotators", "gold")}
    assert counted == {
        "annotations": ANSWERS,
        "refused": REPEATED,
        "items": ITEMS,
        "annotators": PEOPLE,
        "gold": ITEMS,
    }
    assert round(report["majority"]["accuracy"]["value"], 3) == MAJORITY
    assert (report["majority"]["resolved"], report["majority"]["ties"]) == (ITEMS - TIES, TIES)


def test_the_crowd_s_own_answers_agree_as_much_as_another_program_says(
    town: Served, crowd: Crowd, replayed: Replayed
) -> None:
    with town.client("zhou") as zhou:
        report = zhou.report(replayed.round)
    [answer] = report["fields"]
    assert (report["annotations"], report["items"], report["annotators"]) == (ANSWERS, ITEMS, PEOPLE)
    assert round(answer["observed"]["value"], 3) == OBSERVED
    assert round(answer["alpha"]["value"], 3) == ALPHA
    assert answer["alpha"]["value"] == pytest.approx(oracle_alpha(crowd))
    assert answer["alpha"]["low"] < ALPHA < answer["alpha"]["high"]
    assert not report["gate"]["passed"]


def oracle_alpha(crowd: Crowd) -> float:
    """Krippendorff's alpha by the package of that name, from items × labels counts."""
    counts = [[votes[label] for label in LABELS] for votes in crowd.votes().values()]
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def test_what_was_lived_and_what_was_moved_in_read_the_same(
    town: Served, imported: dict[str, Any], replayed: Replayed
) -> None:
    with town.client("zhou") as zhou:
        [lived] = zhou.report(replayed.round)["fields"]
    [moved] = imported["report"]["fields"]
    assert lived["observed"]["value"] == pytest.approx(moved["observed"]["value"])
    assert lived["alpha"]["value"] == pytest.approx(moved["alpha"]["value"])
    assert pairs_of(lived) == pairs_of(moved)
    assert counts_of(lived) == counts_of(moved)


def pairs_of(report: dict[str, Any]) -> list[Any]:
    """The pairs of annotators, whatever case their names are written in, as far as both reports show them.

    Of the pairs with the fewest common items that are shown others may be cut off: which, who came first decides.
    """
    least = min(pair["n"] for pair in report["pairs"])
    shown = [pair for pair in report["pairs"] if pair["n"] > least]
    assert len(shown) > len(report["pairs"]) / 2
    return sorted((*sorted((pair["a"].lower(), pair["b"].lower())), pair["n"]) for pair in shown)


def counts_of(report: dict[str, Any]) -> list[Any]:
    return [(line["a"], line["b"], line["count"]) for line in report["confusions"]]


def test_the_majority_is_delivered_and_the_expert_rules_where_there_is_none(
    town: Served, crowd: Crowd, replayed: Replayed, tmp_path: Path
) -> None:
    with town.client("zhou") as zhou, town.client("xing") as xing:
        with pytest.raises(ApiError) as refused:
            zhou.decide_gate(replayed.round)
        assert refused.value.code == "gate-not-reached"
        assert zhou.decide_gate(replayed.round, reason="A crowd is heard for its majority.") is False
        outcome = zhou.resolve(replayed.round)
        assert (outcome["resolved"], len(outcome["ties"])) == (ITEMS - TIES, TIES)
        assert deliver(zhou, replayed.project, tmp_path / "majority.zip") == majorities(crowd)

        names = {item: name for name, item in replayed.items.items()}
        for item in outcome["ties"]:
            rule(zhou, xing, replayed.project, item, crowd.gold[names[item]])
        delivered = deliver(zhou, replayed.project, tmp_path / "ruled.zip")
    assert len(delivered) == ITEMS
    ruled = {names[item] for item in outcome["ties"]}
    right = sum(delivered[name] == crowd.gold[name] for name in delivered if name not in ruled)
    split = sum(tie_share(crowd, name) for name in ruled)
    assert round((right + split) / ITEMS, 3) == MAJORITY


def deliver(zhou: Any, project: int, target: Path) -> dict[str, str]:
    """Everything resolved, as JSON Lines; label by item."""
    asked = zhou.deliver(project, "jsonl", include="all")
    zhou.wait_for_job(asked["job"])
    with zipfile.ZipFile(zhou.download(project, asked["number"], target)) as package:
        [name] = [name for name in package.namelist() if name.endswith("annotations.jsonl")]
        lines = [json.loads(line) for line in package.read(name).splitlines()]
    return {line["name"]: line["answers"]["answer"]["labels"][0] for line in lines}


def majorities(crowd: Crowd) -> dict[str, str]:
    """The label that most gave, where there is one."""
    ranked = {item: votes.most_common(2) for item, votes in crowd.votes().items()}
    return {item: first[0][0] for item, first in ranked.items() if len(first) == 1 or first[0][1] > first[1][1]}


def tie_share(crowd: Crowd, item: str) -> float:
    votes = crowd.votes()[item]
    top = [label for label, count in votes.items() if count == max(votes.values())]
    return (crowd.gold[item] in top) / len(top)


def rule(zhou: Any, xing: Any, project: int, item: int, label: str) -> None:
    """zhou asks what an item is, and the expert says it."""
    asked = zhou.write("POST", f"/projects/{project}/questions", text="The crowd is divided.", item=item)["question"]
    answers = {"answer": {"kind": "choice", "labels": [label]}}
    xing.write("POST", f"/questions/{asked}/ruling", text="By the gold.", answers=answers)
