"""What a plan and its switching rules do together, in the long run: the composite OC of a sampling scheme.

Formula: the lots walk through the states of `switching.switch` as a Markov chain T(p), each step with the probabilities
of the plan in force; with the stationary pi = pi T, scheme OC(p) = sum_s pi_s P(accept | plan of s), and the shares of
lots on each severity are sums of pi. Lots until a stop from the start: (I - T_go)^-1 1, T_go without the stops.
Assumes: every lot has the same quality p, independently; when inspection stops, it resumes as tightened with the
quality unchanged. Real makers improve, so lots of poor quality are rarer than this says.
Source: Stephens K., Larson K., An evaluation of the MIL-STD-105D system of sampling plans, Industrial Quality Control
23 (1967); ISO 2859-1:1999 for the rules.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.acceptance.chances import Quality, quality
from guiju.stats.acceptance.curves import curve_point
from guiju.stats.acceptance.risks import percent, probability
from guiju.stats.acceptance.staged import PlanType, StagedPlan, staged_plan
from guiju.stats.acceptance.stages import accepted_of, stage_chances
from guiju.stats.acceptance.switching import LotResult, SwitchState, resume, switch, tighter_accept
from guiju.stats.acceptance.tables105e import Severity
from guiju.stats.columns import Floats

_LONG = 1e12


@dataclass(frozen=True, slots=True)
class Scheme:
    """The three plans for lots of one size; `reduced` is None where reduced inspection is not wanted."""

    normal: StagedPlan
    tightened: StagedPlan
    reduced: StagedPlan | None

    @property
    def lot(self) -> int:
        return self.normal.lot

    def to_dict(self) -> dict[str, object]:
        return {
            "normal": self.normal.to_dict(),
            "tightened": self.tightened.to_dict(),
            "reduced": None if self.reduced is None else self.reduced.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class SchemePoint:
    """In the long run at `share` defective: accepted lots, lots on each severity, items looked at in a lot.

    `until_stop` is how many lots come on average until inspection is first stopped; None where that is next to never.
    """

    share: float
    accepted: float
    normal: float
    tightened: float
    reduced: float
    sample: float
    until_stop: float | None

    def to_dict(self) -> dict[str, float | None]:
        return asdict(self)

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        """What happens to a maker of this quality, and what the figure leaves out."""
        filled = {
            "share": percent(self.share),
            "accepted": probability(self.accepted),
            "tight": percent(self.tightened),
        }
        return (Sentence(_MEANS, filled), Sentence(_MEANS_NOT))


_MEANS = N_(
    "If every lot has {share} defective, {accepted} of the lots are accepted, and {tight} are inspected tightened."
)
_MEANS_NOT = N_("It does not say what happens to the next lot, and supposes that nobody improves when lots come back.")


def scheme_of(
    lot: int, aql: str | float, level: str = "II", *, kind: PlanType = PlanType.SINGLE, reduced: bool = True
) -> Scheme:
    """The plans of MIL-STD-105E between which lots of this size switch. Raises `UnknownPlan`, `EmptyLot`.

    >>> scheme = scheme_of(1200, "1.0")
    >>> [(plan.n, plan.accept) for plan in (scheme.normal, scheme.tightened, scheme.reduced)]
    [(80, 2), (80, 1), (32, 1)]
    """
    plans = {severity: staged_plan(lot, aql, level, severity, kind=kind) for severity in Severity}
    return Scheme(plans[Severity.NORMAL], plans[Severity.TIGHTENED], plans[Severity.REDUCED] if reduced else None)


def scheme_point(scheme: Scheme, share: float, *, finite: bool = True) -> SchemePoint:
    """The scheme in the long run when every lot has `share` defective; without `finite` binomial.

    Raises `NotAProbability`.

    >>> point = scheme_point(scheme_of(1200, "1.0", reduced=False), 0.03)
    >>> round(point.accepted, 3), round(point.tightened, 3), round(point.until_stop, 1)
    (0.295, 0.993, 12.0)
    """
    lot = scheme.lot if finite else None
    source = quality(share, lot)
    walk = _walk(_gain(scheme.normal), scheme.reduced is not None)
    chance = {name: _outcomes(plan, source) for name, plan in _plans(scheme).items()}
    steps, going = _matrices(walk, chance)
    long_run = _stationary(steps)
    on = {name: float(long_run[[s is name for s in walk.severities]].sum()) for name in Severity}
    looked = {name: curve_point(plan.stages, share, lot).sample for name, plan in _plans(scheme).items()}
    return SchemePoint(
        source.share,
        min(1.0, sum(on[name] * (1 - chance[name]["reject"]) for name in chance)),
        on[Severity.NORMAL],
        on[Severity.TIGHTENED],
        on[Severity.REDUCED],
        sum(on[name] * looked[name] for name in looked),
        _until_stop(going),
    )


def scheme_curve(scheme: Scheme, shares: Sequence[float], *, finite: bool = True) -> tuple[SchemePoint, ...]:
    """The scheme in the long run at each of `shares`. Raises `NotAProbability`.

    >>> [round(point.accepted, 2) for point in scheme_curve(scheme_of(1200, "1.0"), [0.01, 0.02, 0.05])]
    [0.97, 0.57, 0.08]
    """
    return tuple(scheme_point(scheme, share, finite=finite) for share in shares)


class _Move(NamedTuple):
    source: int
    target: int
    severity: Severity
    outcome: str
    stops: bool


class _Walk(NamedTuple):
    severities: tuple[Severity, ...]
    moves: tuple[_Move, ...]


_RESULTS: Mapping[Severity, Mapping[str, LotResult]] = {
    Severity.NORMAL: {"accept": LotResult(accepted=True), "reject": LotResult(accepted=False)},
    Severity.TIGHTENED: {"accept": LotResult(accepted=True), "reject": LotResult(accepted=False)},
    Severity.REDUCED: {
        "accept": LotResult(accepted=True),
        "gap": LotResult(accepted=True, gap=True),
        "reject": LotResult(accepted=False),
    },
}


@lru_cache(maxsize=8)
def _walk(gain: int, reduced: bool) -> _Walk:
    """Every state that lots can lead to, found by the switching rules themselves."""
    begin = SwitchState(reduced_wanted=reduced)
    place, waiting, moves = {begin: 0}, [begin], list[_Move]()
    for state in waiting:
        results = dict(_RESULTS[state.severity])
        if state.severity is Severity.NORMAL and reduced:
            results["earns"] = LotResult(accepted=True, gain=gain)
        for outcome, result in results.items():
            after = switch(state, result)
            stops = after.discontinued
            target = resume(after) if stops else after
            if target not in place:
                place[target] = len(place)
                waiting.append(target)
            moves.append(_Move(place[state], place[target], state.severity, outcome, stops))
    return _Walk(tuple(state.severity for state in place), tuple(moves))


def _plans(scheme: Scheme) -> dict[Severity, StagedPlan]:
    plans = {Severity.NORMAL: scheme.normal, Severity.TIGHTENED: scheme.tightened}
    return plans if scheme.reduced is None else {**plans, Severity.REDUCED: scheme.reduced}


def _gain(plan: StagedPlan) -> int:
    """What a lot earns towards reduced inspection, if it earns at all."""
    return 2 if plan.kind is PlanType.SINGLE and plan.accept <= 1 else 3


def _outcomes(plan: StagedPlan, source: Quality) -> dict[str, float]:
    """The probabilities of what can come of a lot under `plan`."""
    accepted = accepted_of(plan.stages, source)
    clear, last = accepted, plan.stages[-1]
    if last.reject > plan.accept + 1:
        ungapped = (*plan.stages[:-1], last._replace(reject=plan.accept + 1))
        clear = min(accepted, accepted_of(ungapped, source))
    earned = min(clear, _earning(plan, source)) if plan.severity is Severity.NORMAL else 0.0
    return {"accept": clear - earned, "earns": earned, "gap": accepted - clear, "reject": 1 - accepted}


def _earning(plan: StagedPlan, source: Quality) -> float:
    if plan.kind is PlanType.SINGLE:
        best = plan.accept if plan.accept <= 1 else tighter_accept(plan.accept)
        return source.at_most(best, plan.n)
    early = 1 if plan.kind is PlanType.DOUBLE else 3
    return sum(stage.accepted for stage in stage_chances(plan.stages, source)[:early])


def _matrices(walk: _Walk, chance: Mapping[Severity, Mapping[str, float]]) -> tuple[Floats, Floats]:
    """The steps of the chain, and those of them that do not stop inspection."""
    size = len(walk.severities)
    steps, going = np.zeros((size, size)), np.zeros((size, size))
    earns_apart = {(move.source) for move in walk.moves if move.outcome == "earns"}
    for move in walk.moves:
        p = chance[move.severity][move.outcome]
        if move.outcome == "accept" and move.source not in earns_apart:
            p += chance[move.severity]["earns"]
        steps[move.source, move.target] += p
        if not move.stops:
            going[move.source, move.target] += p
    return steps, going


def _stationary(steps: Floats) -> Floats:
    """The one distribution that the steps leave as it is: pi (I - T + 1) = 1, 1 the matrix of ones."""
    size = len(steps)
    found = np.linalg.solve((np.eye(size) - steps + 1).T, np.ones(size))
    kept = np.maximum(found, 0)
    return kept / kept.sum()


def _until_stop(going: Floats) -> float | None:
    try:
        lots = float(np.linalg.solve(np.eye(len(going)) - going, np.ones(len(going)))[0])
    except np.linalg.LinAlgError:
        return None
    return lots if 0 < lots < _LONG else None
