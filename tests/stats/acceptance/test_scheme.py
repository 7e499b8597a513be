"""The long run of a scheme, held against lots that walk through the rules one by one."""

import random
from itertools import accumulate

import pytest

from guiju.stats.acceptance.chances import binomial
from guiju.stats.acceptance.curves import accepted
from guiju.stats.acceptance.errors import NotAProbability
from guiju.stats.acceptance.scheme import Scheme, scheme_curve, scheme_of, scheme_point
from guiju.stats.acceptance.staged import PlanType
from guiju.stats.acceptance.stages import Step, decide_stages
from guiju.stats.acceptance.switching import LotResult, SwitchState, resume, score_gain, switch
from guiju.stats.acceptance.tables105e import Severity

LOTS = 20_000


class _Walk:
    """Lots of one quality, inspected and switched for as long as it takes."""

    def __init__(self, scheme: Scheme, share: float, seed: int) -> None:
        plans = {Severity.NORMAL: scheme.normal, Severity.TIGHTENED: scheme.tightened, Severity.REDUCED: scheme.reduced}
        rng, state = random.Random(seed), SwitchState(reduced_wanted=scheme.reduced is not None)
        weights = dict[int, list[float]]()
        self.passed, self.on, self.looked = 0, dict.fromkeys(Severity, 0), 0
        for _ in range(LOTS):
            plan = plans[state.severity]
            assert plan is not None
            found = list[int]()
            while not found or decide_stages(plan.stages, found) is Step.GO_ON:
                n = plan.stages[len(found)].n
                if n not in weights:
                    weights[n] = list(accumulate(binomial(d, n, share) for d in range(n + 1)))
                found.append(rng.choices(range(n + 1), cum_weights=weights[n])[0])
            step = decide_stages(plan.stages, found)
            gain = score_gain(plan, sum(found), len(found)) if state.severity is Severity.NORMAL else 0
            ok = step is not Step.REJECT
            self.passed += ok
            self.on[state.severity] += 1
            self.looked += sum(stage.n for stage in plan.stages[: len(found)])
            state = switch(state, LotResult(ok, gain=gain, gap=step is Step.ACCEPT_AND_RETURN_TO_NORMAL))
            state = resume(state) if state.discontinued else state


@pytest.mark.parametrize(
    ("kind", "reduced", "share"),
    [
        (PlanType.SINGLE, True, 0.012),
        (PlanType.SINGLE, False, 0.03),
        (PlanType.DOUBLE, True, 0.015),
        (PlanType.MULTIPLE, True, 0.02),
    ],
)
def test_lots_that_walk_the_rules_fare_as_the_chain_says(kind: PlanType, reduced: bool, share: float) -> None:
    scheme = scheme_of(500, "2.5", kind=kind, reduced=reduced)
    point, walk = scheme_point(scheme, share, finite=False), _Walk(scheme, share, seed=3)
    assert walk.passed / LOTS == pytest.approx(point.accepted, abs=0.015)
    told = {Severity.NORMAL: point.normal, Severity.TIGHTENED: point.tightened, Severity.REDUCED: point.reduced}
    for severity, part in told.items():
        assert walk.on[severity] / LOTS == pytest.approx(part, abs=0.04)
    assert walk.looked / LOTS == pytest.approx(point.sample, rel=0.03)


def test_good_makers_live_on_reduced_and_poor_ones_on_tightened() -> None:
    good, poor = scheme_curve(scheme_of(1200, "1.0"), [0.0, 0.2])
    assert (good.accepted, good.reduced, good.until_stop) == (pytest.approx(1), pytest.approx(1), None)
    assert poor.tightened == pytest.approx(1, abs=1e-6)
    assert poor.accepted < 1e-3


def test_the_shares_of_the_severities_add_up_to_one() -> None:
    for point in scheme_curve(scheme_of(1200, "1.0"), [0, 0.005, 0.01, 0.02, 0.03, 0.1, 1]):
        assert point.normal + point.tightened + point.reduced == pytest.approx(1)
        assert 0 <= point.accepted <= 1


def test_without_reduced_the_scheme_lies_between_its_two_plans() -> None:
    scheme = scheme_of(1200, "1.0", reduced=False)
    for share in (0.01, 0.02, 0.04):
        low, high = (accepted(plan.stages, share, 1200) for plan in (scheme.tightened, scheme.normal))
        assert low <= scheme_point(scheme, share).accepted <= high
        assert scheme_point(scheme, share).reduced == 0


def test_at_its_worst_a_maker_is_stopped_after_two_and_five_lots() -> None:
    assert scheme_point(scheme_of(1200, "1.0"), 1.0).until_stop == pytest.approx(7)


def test_the_figure_is_told_in_words() -> None:
    point = scheme_point(scheme_of(1200, "1.0"), 0.03)
    assert "If every lot has 3% defective" in str(point.meaning[0])
    assert "nobody improves" in str(point.meaning[1])
    assert set(scheme_of(1200, "1.0").to_dict()) == {"normal", "tightened", "reduced"}
    assert point.to_dict()["share"] == 0.03


def test_nonsense_is_refused() -> None:
    with pytest.raises(NotAProbability):
        scheme_point(scheme_of(1200, "1.0"), 1.5)
