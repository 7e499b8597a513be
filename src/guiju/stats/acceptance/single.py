"""Acceptance of a lot by a single sample: the plans of MIL-STD-105E (public domain), and what they risk.

Formula: accept when at most Ac of n inspected items are defective; P(accept) = sum_(d <= Ac) P(d; n, p), hypergeometric
for a lot and binomial for a process.
Assumes: the sample is drawn at random and looked at whole. Numbers are of *defective items*; an AQL above 10 is meant
for defects per hundred items, of which an item may have several.
Source: MIL-STD-105E (1989). Normal and tightened plans equal ISO 2859-1 and GB/T 2828.1; reduced plans are 105E's own,
with a gap between accept and reject in which the lot is accepted and inspection returns to normal.
"""

from dataclasses import asdict, dataclass
from enum import Enum
from typing import NamedTuple

from guiju.kit import N_
from guiju.stats.acceptance.chances import quality
from guiju.stats.acceptance.stages import Stage, Stages
from guiju.stats.acceptance.tables105e import AQLS, LETTERS, LEVELS, Cell, Severity, letter_index, table_cell
from guiju.stats.errors import EmptyLot, ImpossibleCount, UnknownPlan


@dataclass(frozen=True, slots=True)
class Plan:
    """Look at `n` items: accept the lot at `accept` defective ones or fewer, reject it at `reject` or more.

    `letter` is the row of the table the plan was taken from; `whole_lot` says that the sample is all of the lot.
    """

    letter: str
    n: int
    accept: int
    reject: int
    severity: Severity
    level: str
    aql: str
    lot: int

    @property
    def whole_lot(self) -> bool:
        return self.n >= self.lot

    @property
    def stages(self) -> Stages:
        return (Stage(self.n, self.accept, self.reject),)

    def to_dict(self) -> dict[str, object]:
        return {**asdict(self), "severity": self.severity.value, "whole_lot": self.whole_lot}


class Outcome(Enum):
    """What the sample says of the lot."""

    ACCEPT = "accept"
    REJECT = "reject"
    ACCEPT_AND_RETURN_TO_NORMAL = "accept-and-return-to-normal"


@dataclass(frozen=True, slots=True)
class LotDecision:
    """The outcome and its `reason` (a msgid with places for `details`)."""

    outcome: Outcome
    reason: str
    details: dict[str, int]

    @property
    def accepted(self) -> bool:
        return self.outcome is not Outcome.REJECT


_REASONS = {
    Outcome.ACCEPT: N_("{defects} defective of {n} inspected: the plan accepts up to {accept}."),
    Outcome.REJECT: N_("{defects} defective of {n} inspected: the plan rejects from {reject}."),
    Outcome.ACCEPT_AND_RETURN_TO_NORMAL: N_(
        "{defects} defective of {n} inspected: more than {accept} and fewer than {reject}. "
        "The lot is accepted and inspection returns to normal."
    ),
}


def code_letter(lot: int, level: str = "II") -> str:
    """The code letter of a lot of `lot` items at a general (I, II, III) or special (S-1 to S-4) level.

    Raises `UnknownPlan`, `EmptyLot`.

    >>> code_letter(1200), code_letter(1200, "III"), code_letter(1200, "S-1")
    ('J', 'K', 'C')
    """
    return LETTERS[letter_of(lot, level)]


def single_plan(lot: int, aql: str | float, level: str = "II", severity: Severity = Severity.NORMAL) -> Plan:
    """The single plan for a lot; a sample as large as the lot is the whole lot. Raises `UnknownPlan`, `EmptyLot`.

    >>> plan = single_plan(1200, "1.0")
    >>> plan.letter, plan.n, plan.accept, plan.reject
    ('J', 80, 2, 3)
    """
    known, row = known_aql(aql), letter_of(lot, level)
    n, accept, reject = cell_of(row, known, severity).plan
    return Plan(LETTERS[row], min(n, lot), accept, reject, severity, level, known, lot)


def letter_of(lot: int, level: str) -> int:
    """The row of the tables for a lot, A being 0. Raises `UnknownPlan`, `EmptyLot`.

    >>> letter_of(1200, "II")
    8
    """
    return letter_index(_lot_size(lot), _known("level", level, LEVELS))


def cell_of(row: int, aql: str, severity: Severity) -> Cell:
    """The plan that a row has at an AQL, and the row in which its arrows end. Raises `UnknownPlan`.

    >>> cell_of(8, "1.0", Severity.NORMAL).plan.n
    80
    """
    return table_cell(row, AQLS.index(known_aql(aql)), severity)


def known_aql(aql: str | float) -> str:
    """An AQL as the tables write it (`1` and `1.00` are `1.0`). Raises `UnknownPlan`.

    >>> known_aql(1), known_aql("0.1")
    ('1.0', '0.10')
    """
    try:
        wanted = float(aql)
    except ValueError:
        wanted = -1.0
    found = next((known for known in AQLS if float(known) == wanted), str(aql))
    return _known("AQL", found, AQLS)


def decide_lot(plan: Plan, defects: int) -> LotDecision:
    """What `defects` defective items in the whole sample of `plan` mean for the lot. Raises `ImpossibleCount`.

    >>> decide_lot(single_plan(1200, "1.0"), 3).outcome.value
    'reject'
    """
    if not 0 <= defects <= plan.n:
        raise ImpossibleCount(count=defects, total=plan.n)
    outcome = _outcome(plan, defects)
    details = {"defects": defects, "n": plan.n, "accept": plan.accept, "reject": plan.reject}
    return LotDecision(outcome, _REASONS[outcome], details)


def _outcome(plan: Plan, defects: int) -> Outcome:
    if defects <= plan.accept:
        return Outcome.ACCEPT
    return Outcome.REJECT if defects >= plan.reject else Outcome.ACCEPT_AND_RETURN_TO_NORMAL


def acceptance_probability(n: int, accept: int, share: float, lot: int | None = None) -> float:
    """Probability that a sample of `n` shows `accept` defective items or fewer, when `share` of the lot is defective.

    With `lot`, hypergeometric, the lot having round(share * lot) defective items; without, binomial: a lot without end.
    For a reduced plan give `reject - 1`, since the gap accepts too.

    Raises `NotAProbability`, `EmptyLot`.

    >>> round(acceptance_probability(52, 3, 0.03), 3)
    0.93
    """
    return quality(share, lot).at_most(accept, n)


class OcPoint(NamedTuple):
    """A share of defective items, and the probability that such a lot is accepted."""

    share: float
    accepted: float


def oc_curve(plan: Plan, points: int = 41) -> tuple[OcPoint, ...]:
    """The operating characteristic of `plan` on its own lot, from 0 to where acceptance has become improbable.

    The shares are those a lot of this size can have, so a small lot gives few points.

    >>> [(round(point.share, 3), round(point.accepted, 2)) for point in oc_curve(single_plan(1200, "1.0"), 3)]
    [(0.0, 1.0), (0.05, 0.22), (0.099, 0.01)]
    """
    last = _improbable(plan)
    bad = sorted({round(last * step / (points - 1)) for step in range(points)})
    return tuple(OcPoint(b / plan.lot, acceptance_of(plan, b / plan.lot)) for b in bad)


def acceptance_of(plan: Plan, share: float) -> float:
    """Probability that `plan` accepts its lot when `share` of it is defective.

    >>> round(acceptance_of(single_plan(1200, "1.0"), 0.02), 3)
    0.788
    """
    return acceptance_probability(plan.n, plan.reject - 1, share, plan.lot)


def _improbable(plan: Plan) -> int:
    """The smallest number of defective items in the lot that is accepted with probability under 1%, by bisection."""
    low, high = 0, plan.lot
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if acceptance_of(plan, middle / plan.lot) < 0.01 else (middle, high)
    return high


def _lot_size(lot: int) -> int:
    if lot < 1:
        raise EmptyLot(size=lot)
    return lot


def _known(what: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise UnknownPlan(what=what, value=value, known=", ".join(known))
    return value
