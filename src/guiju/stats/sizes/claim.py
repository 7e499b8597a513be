"""How many items to look at to claim "at most p are wrong", and to pass a gate that reads a lower bound.

Formula: claim: the smallest n with P(X <= k) <= 1 - c, where X is the number of wrong ones among n
    without a lot   X ~ Binomial(n, p)
    in a lot of N   X ~ Hypergeometric(N, D, n) with D = floor(p N) + 1, the fewest that break the claim
    k = 0, no lot: n = ceil(ln(1 - c) / ln(1 - p)); at c = .95 about 3 / p, the "rule of three"
    gate: the smallest n from which on P(Wilson's lower bound of Binomial(n, q) / n >= gate) >= power
Assumes: items are drawn at random, before anybody looked; every wrong item is recognised as wrong.
Source: Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404; Hanley & Lippman-Hand 1983,
    doi:10.1001/jama.1983.03330370053031; Wilson 1927, doi:10.1080/01621459.1927.10502953.
"""

from math import floor

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.acceptance.chances import Lot, Process
from guiju.stats.columns import Codes, Floats
from guiju.stats.intervals import zero_defect_n
from guiju.stats.sizes.checks import MOST, demand_count, demand_share, normal_quantile, percent
from guiju.stats.sizes.errors import NoDifference, TooLarge
from guiju.stats.sizes.size import Size

_SCANNED = 2_000_000

_CLAIM = N_(
    "Draw {n} items at random and have them judged. If no more than {errors} of them are wrong you may say, "
    "with {confidence} confidence: at most {share} are wrong."
)
_CLAIM_NOT = N_(
    "It does not say that {share} are wrong; it may be far fewer. And even a good lot can fail the sample: "
    "with half as many wrong items as claimed it still passes only with probability {half}."
)
_GATE = N_("If the true share is {truth}, {n} items pass the gate of {gate} with a probability of at least {power}.")
_GATE_NOT = N_(
    "With fewer items a good team may fail the gate by bad luck. A team that is not above the gate passes it only by "
    "luck, however many items there are."
)


def size_for_claim(share: float, errors: int = 0, confidence: float = 0.95, lot: int | None = None) -> Size:
    """The sample in which `errors` wrong items or fewer show that at most `share` of all (or of `lot`) are wrong.

    `reached` is the probability of such a sample if just more than `share` were wrong: at most 1 - confidence.
    Raises `NotAShare`, `NotACount`, `TooLarge`, and `ClaimImpossible` where no sample of the lot can show it.

    >>> [size_for_claim(p).n for p in (0.05, 0.03, 0.02)], size_for_claim(0.05, errors=2).n
    ([59, 99, 149], 124)
    >>> size_for_claim(0.05, lot=200).n
    47
    """
    demand_share(share, N_("the share claimed"))
    demand_share(confidence, N_("a confidence"))
    demand_count(errors, N_("the number of errors"))
    if lot is not None:
        demand_count(lot, N_("the size of a lot"), 1)
    if 1 / share > MOST:
        raise TooLarge(limit=MOST)
    n = zero_defect_n(share, errors, confidence, lot)
    worst = Process(share) if lot is None else Lot(_broken(share, lot), lot)
    better = Process(share / 2) if lot is None else Lot(_broken(share / 2, lot) - 1, lot)
    reached, half = worst.at_most(errors, n), f"{better.at_most(errors, n):.2f}"
    places = {"n": n, "errors": errors, "confidence": percent(confidence), "share": percent(share)}
    return Size(n, reached, (Sentence(_CLAIM, places), Sentence(_CLAIM_NOT, {"share": percent(share), "half": half})))


def size_for_gate(gate: float, truth: float, power: float = 0.8, confidence: float = 0.95) -> Size:
    """The items with which a true share of `truth` passes a gate on Wilson's lower bound with probability `power`.

    `reached` is that probability at n. It rises in a zigzag; from n on it never falls below `power` again.
    Raises `NotAShare`, `NoDifference` when truth <= gate, `TooLarge`.

    >>> found = size_for_gate(0.80, 0.90)
    >>> found.n, round(found.reached, 3)
    (112, 0.851)
    """
    for value, what in ((gate, N_("a gate")), (power, N_("a power")), (confidence, N_("a confidence"))):
        demand_share(value, what)
    demand_share(truth, N_("the true share"), closed=True)
    if truth <= gate:
        raise NoDifference(a=truth, b=gate)
    z, far = normal_quantile(0.5 + confidence / 2), max(0.0, normal_quantile(power)) + 1
    longest = ((z + far) / (truth - gate)) ** 2 + 20 / (truth - gate) + 100
    if longest > _SCANNED:
        raise TooLarge(limit=_SCANNED)
    chance = _passes(np.arange(1, int(longest) + 1), gate, truth, z)
    short = np.flatnonzero(chance < power)
    n = int(short[-1]) + 2 if short.size else 1
    places = {"n": n, "truth": percent(truth), "gate": percent(gate), "power": percent(power)}
    return Size(n, float(chance[n - 1]), (Sentence(_GATE, places), Sentence(_GATE_NOT)))


def _broken(share: float, lot: int) -> int:
    """The fewest wrong items that break the claim; a share such as .07 of 100 is 7, whatever floating point thinks."""
    return floor(share * lot + 1e-9) + 1


def _passes(n: Codes, gate: float, truth: float, z: float) -> Floats:
    """For each n: P(Wilson's lower bound >= gate). The bound passes from x = n gate + z sqrt(n gate (1 - gate)) on."""
    from scipy.special import bdtrc  # noqa: PLC0415 - heavy: only exact sizes need it

    # Wilson's interval holds the shares that a score test does not reject: x / n - gate >= z sqrt(gate (1 - gate) / n).
    least = np.ceil(n * gate + z * np.sqrt(n * gate * (1 - gate)) - 1e-9)
    chance = np.where(least > n, 0.0, bdtrc(np.minimum(least, n) - 1, n, truth))
    return np.asarray(chance, np.float64)
