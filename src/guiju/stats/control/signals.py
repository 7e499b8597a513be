"""Signals on a control chart: patterns that chance alone makes seldom, each with its name.

Formula: with z the distance from the centre in standard deviations, a point signals when (1) |z| > 3; (2) two of three
in a row lie beyond 2 on the same side; (3) four of five beyond 1 on the same side; (4) eight in a row on one side; (5)
six in a row rise, or six fall. (1)-(4) are the Western Electric rules, (5) is Nelson's third.
Assumes: about normal and independent points. Alone (1) errs once in 370 points, (1)-(4) together once in about 92
(Champ and Woodall), so a signal asks to look, not to blame.
Source: Western Electric, Statistical Quality Control Handbook (1956); Nelson 1984, doi:10.1080/00224065.1984.11978921;
Champ & Woodall 1987, doi:10.1080/00401706.1987.10488266.
"""

import enum
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from guiju.kit import N_


class Rule(enum.StrEnum):
    BEYOND = "beyond-limits"
    TWO_OF_THREE = "two-of-three"
    FOUR_OF_FIVE = "four-of-five"
    ONE_SIDE = "eight-on-one-side"
    TREND = "six-in-a-row"


RULE_NAMES = {
    Rule.BEYOND: N_("beyond the limits"),
    Rule.TWO_OF_THREE: N_("two of three points near the limit"),
    Rule.FOUR_OF_FIVE: N_("four of five points away from the centre"),
    Rule.ONE_SIDE: N_("eight points in a row on one side"),
    Rule.TREND: N_("six points in a row that only rise or only fall"),
}


class Signal(NamedTuple):
    """The rule, the place (from 0) of the point that completes the pattern, and whether more defects were found."""

    rule: Rule
    at: int
    worse: bool


_RUN, _TREND = 8, 6


def find_signals(scores: Sequence[float]) -> list[Signal]:
    """Every signal, in the order of the points; a run or trend that goes on is told once, where it is complete.

    >>> find_signals([0.1, -0.4, 3.2])
    [Signal(rule=<Rule.BEYOND: 'beyond-limits'>, at=2, worse=True)]
    """
    found = list[Signal]()
    for at, z in enumerate(scores):
        side = 1.0 if z > 0 else -1.0
        turned = [score * side for score in scores[: at + 1]]
        found += [Signal(rule, at, side > 0) for rule in _completed(turned)]
        trend = _trend(scores[: at + 1])
        if trend:
            found.append(Signal(Rule.TREND, at, trend > 0))
    return found


def _completed(turned: Sequence[float]) -> list[Rule]:
    """Rules that the last point completes, scores turned so that it lies above the centre."""
    found = list[Rule]()
    if turned[-1] > 3:
        found.append(Rule.BEYOND)
    if _zone(turned, 3, 2, 2.0):
        found.append(Rule.TWO_OF_THREE)
    if _zone(turned, 5, 4, 1.0):
        found.append(Rule.FOUR_OF_FIVE)
    if _run_of(turned) == _RUN:
        found.append(Rule.ONE_SIDE)
    return found


def _zone(turned: Sequence[float], of: int, wanted: int, beyond: float) -> bool:
    """Whether the last point is beyond, completes `wanted` of the last `of`, and the pattern was not there before."""
    if len(turned) < wanted or turned[-1] <= beyond:
        return False
    before = sum(z > beyond for z in turned[-of - 1 : -1])
    return sum(z > beyond for z in turned[-of:]) >= wanted and before < wanted


def _run_of(turned: Sequence[float]) -> int:
    run = 0
    for z in reversed(turned):
        if z <= 0:
            break
        run += 1
    return run


def _trend(scores: Sequence[float]) -> int:
    """1 where the last six only rise, -1 where they only fall, and they did not begin to before."""
    for sign in (1, -1):
        run = 1
        for before, after in reversed([*pairwise(scores)]):
            if (after - before) * sign <= 0:
                break
            run += 1
        if run == _TREND:
            return sign
    return 0
