"""The cause of a confusion: what was planted is found, and where nothing was planted nobody is blamed."""

from typing import NamedTuple

import numpy as np
import pytest

from guiju.stats.agreement.causes import Cause, CauseName, Ground, find_cause
from guiju.stats.agreement.slips import Incidence, Slips, pairs_of, slips_of
from guiju.stats.columns import Columns, encode

TRIALS = 40


class Trial(NamedTuple):
    """How large a simulated trial is; with `overlap` each item goes to so many of the people."""

    items: int
    people: int
    labels: int
    overlap: int = 0


def simulated(rng: np.random.Generator, trial: Trial, cause: str, noise: float = 0.01) -> Columns:
    """Answers of people who slip in one of a hundred, with one cause planted between labels 0 and 1."""
    truth = rng.integers(0, trial.labels, trial.items)
    said = np.repeat(truth[:, None], trial.people, 1)
    said = np.where(rng.random(said.shape) < noise, rng.integers(0, trial.labels, said.shape), said)
    if cause == "rule":  # a share of the items of two labels on which everybody tosses a coin of their own
        two = np.flatnonzero(truth < 2)
        border = rng.choice(two, max(4, int(rng.uniform(0.2, 0.5) * len(two))), replace=False)
        said[border] = rng.random((len(border), trial.people)) < rng.uniform(0.3, 0.7)
    elif cause == "person":  # one says 1 where the others say 0, often or always
        here = np.flatnonzero(truth == 0)
        said[here[rng.random(len(here)) < rng.uniform(0.4, 1)], rng.integers(trial.people)] = 1
    elif cause == "item":  # a few items of which nobody can tell what they are
        bad = rng.choice(trial.items, max(3, int(rng.uniform(0.03, 0.08) * trial.items)), replace=False)
        said[bad] = rng.integers(0, trial.labels, (len(bad), trial.people))
    asked = [rng.choice(trial.people, trial.overlap or trial.people, replace=False) for _ in range(trial.items)]
    rows = [(item, who, int(said[item, who])) for item, people in enumerate(asked) for who in people.tolist()]
    return encode(*zip(*rows, strict=True))


def cause_of(columns: Columns, *, top: bool) -> Cause:
    """Of labels 0 and 1, or of the most frequent confusion."""
    slips = slips_of(columns)
    used = Incidence(columns.item.astype(np.int64), columns.label.astype(np.int64))
    a, b = slips.ranked()[0][:2] if top else (0, 1)
    return find_cause(Ground.of(slips, pairs_of(columns)[0], used), a, b)


@pytest.mark.parametrize(
    ("cause", "trial"),
    [
        ("rule", Trial(60, 3, 4)),
        ("rule", Trial(100, 5, 3)),
        ("rule", Trial(200, 5, 2)),
        ("rule", Trial(150, 10, 6)),
        ("rule", Trial(300, 12, 3, overlap=4)),
        ("person", Trial(60, 3, 4)),
        ("person", Trial(100, 5, 3)),
        ("person", Trial(200, 5, 2)),
        ("person", Trial(300, 12, 3, overlap=4)),
        ("item", Trial(100, 5, 3)),
        ("item", Trial(150, 10, 6)),
        ("item", Trial(300, 12, 3, overlap=4)),
    ],
)
def test_the_planted_cause_is_found_in_nine_of_ten_trials(cause: str, trial: Trial) -> None:
    rng = np.random.default_rng([*cause.encode(), *trial])
    found = [cause_of(simulated(rng, trial, cause), top=cause == "item").name for _ in range(TRIALS)]
    assert found.count(CauseName(cause)) >= 0.9 * TRIALS, found


@pytest.mark.parametrize("trial", [Trial(100, 5, 3), Trial(200, 3, 2), Trial(300, 12, 3, overlap=4)])
def test_nobody_and_no_rule_is_blamed_for_single_slips(trial: Trial) -> None:
    rng = np.random.default_rng([7, *trial])
    found = [cause_of(simulated(rng, trial, "nothing", noise=0.04), top=True).name for _ in range(TRIALS)]
    assert found.count(CauseName.PERSON) + found.count(CauseName.RULE) <= 0.1 * TRIALS, found


def test_two_who_answer_everything_are_never_told_apart() -> None:
    rows = [(item, who, "y" if who and item % 2 else "x") for item in range(40) for who in (0, 1)]
    found = cause_of(encode(*zip(*rows, strict=True)), top=True)
    assert (found.name, found.people) == (CauseName.RULE, ())


def test_the_person_is_named_with_what_is_left_without_them() -> None:
    rows = [(item, who, "y" if who == 2 and item % 2 else "x") for item in range(40) for who in range(4)]
    rows += [(100 + item, who, "y") for item in range(10) for who in range(4)]
    found = cause_of(encode(*zip(*rows, strict=True)), top=True)
    assert (found.name, found.people, found.rest, found.items) == (CauseName.PERSON, (2,), 0.0, 20)
    assert "Without bo it falls from 20.0 to 0.0" in str(found.sentence("bo"))


def test_slips_are_turned_and_ranked() -> None:
    slips = Slips(*(np.array(one) for one in ([0, 1, 2], [5, 6, 7], [8, 9, 9], [0, 1, 1], [1, 0, 2])), labels=3)
    assert slips.ranked() == ((0, 1, 2), (1, 2, 1))
    turned = slips.of(0, 1)
    assert (turned.one.tolist(), turned.other.tolist()) == ([5, 9], [8, 6])
