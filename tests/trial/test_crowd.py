"""A real crowd travels: its agreement, its confusions and its majority are what the answers say."""

import csv
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from guiju.annotations.imports import Format, ImportOptions
from guiju.work.trial import make_report
from tests.annotations.moving import CROWD, bring, outcome_of, publish_labels, shared
from tests.support.cast import Cast


@dataclass
class Crowd:
    """The file, read and counted by the shortest code that can do it."""

    votes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    gold: dict[str, str] = field(default_factory=dict[str, str])
    repeats: int = 0

    def observed(self) -> float:
        shares = [
            sum(a == b for a, b in combinations(votes, 2)) / (len(votes) * (len(votes) - 1) / 2)
            for votes in self.votes.values()
            if len(votes) > 1
        ]
        return sum(shares) / len(shares)

    def alpha(self) -> float:
        """Krippendorff's, nominal, from the coincidence matrix as the book has it."""
        coincidences: Counter[tuple[str, str]] = Counter()
        for votes in (votes for votes in self.votes.values() if len(votes) > 1):
            for i, a in enumerate(votes):
                for j, b in enumerate(votes):
                    if i != j:
                        coincidences[a, b] += 1 / (len(votes) - 1)  # type: ignore[assignment]
        totals: Counter[str] = Counter()
        for (a, _), count in coincidences.items():
            totals[a] += count
        n = sum(totals.values())
        observed = sum(count for (a, b), count in coincidences.items() if a != b)
        expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b) / (n - 1)
        return 1 - observed / expected

    def accuracy(self) -> float:
        credit = 0.0
        for item, votes in self.votes.items():
            counts = Counter(votes)
            top = [label for label, count in counts.items() if count == max(counts.values())]
            credit += (self.gold[item] in top) / len(top)
        return credit / len(self.votes)


def read_crowd(path: Path) -> Crowd:
    crowd, seen = Crowd(), set[tuple[str, str]]()
    with path.open(encoding="utf-8") as file:
        for worker, item, label, gold, _ in csv.reader(file):
            if (worker, item) in seen:
                crowd.repeats += 1
                continue
            seen.add((worker, item))
            crowd.votes[item].append(label)
            crowd.gold[item] = gold
    return crowd


@pytest.fixture
def imported(cast: Cast) -> dict[str, Any]:
    publish_labels(cast, "choice", ["0", "1", "2", "3", "4"])
    options = ImportOptions(Format.CSV, "trial", CROWD, create_items=True)
    return outcome_of(bring(cast, shared("activecrowd/CF_amt.csv"), options))


def test_a_crowd_s_file_enters_as_a_trial_and_its_figures_are_those_of_the_answers(
    cast: Cast, imported: dict[str, Any]
) -> None:
    crowd = read_crowd(shared("activecrowd/CF_amt.csv"))
    assert (imported["items"], imported["annotators"]) == (300, 110)
    assert imported["annotations"] == sum(len(votes) for votes in crowd.votes.values())
    assert imported["refused"] == crowd.repeats == 5
    assert imported["gold"] == 300
    started = time.perf_counter()
    report = make_report(cast.house, cast.zhou, imported["round"])
    seconds = time.perf_counter() - started
    only = report.fields[0]
    assert only.observed.value == pytest.approx(crowd.observed())
    assert only.alpha.value == pytest.approx(crowd.alpha())
    assert only.alpha.low is not None
    assert only.alpha.low < crowd.alpha() < (only.alpha.high or 0)
    assert report.majority.accuracy.value == pytest.approx(crowd.accuracy())
    assert report.majority.accuracy.value == pytest.approx(0.853, abs=0.0005)
    assert report.majority.accuracy.n == 300
    assert not report.gate.passed
    assert seconds < 5, "a report is looked at, not waited for"


def test_the_confusions_are_ranked_and_name_their_items(cast: Cast, imported: dict[str, Any]) -> None:
    crowd = read_crowd(shared("activecrowd/CF_amt.csv"))
    pairs: Counter[tuple[str, str]] = Counter()
    for votes in crowd.votes.values():
        pairs.update((min(a, b), max(a, b)) for a, b in combinations(votes, 2) if a != b)
    found = make_report(cast.house, cast.zhou, imported["round"]).fields[0].confusions
    assert [((line.a, line.b), line.count) for line in found] == pairs.most_common()
    assert all(line.items for line in found)
