import csv
import json
import warnings
from collections import Counter
from collections.abc import Callable
from itertools import combinations
from typing import Any, Literal, cast

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize
from scipy.stats import spearmanr

from guiju.stats.columns import Floats
from guiju.stats.consensus.ability_errors import (
    BadWins,
    ComparedWithItself,
    NoFiniteStrength,
    NoFiniteTies,
    NotConnected,
    NothingCompared,
    OnlyTies,
    TooManyItems,
    UnevenComparisons,
    UnknownOutcome,
)
from guiju.stats.consensus.bradley_terry import BradleyTerry, bradley_terry
from guiju.stats.consensus.comparisons import Comparisons, encode_comparisons, from_wins
from guiju.stats.consensus.crowd_bt import crowd_bt
from guiju.stats.consensus.errors import BadSetting
from tests.stats.published import shared

TV, UNIFORM = "tv-is-better-than-books_books", "is-the-school-uniform-a-good-or-bad-idea-_bad"


def test_the_published_example(vector: Callable[[str], Any]) -> None:
    known = vector("bradley_terry")
    found = bradley_terry(from_wins(known["data"]["wins[i][j]"]))
    strength = np.array([one.strength for one in found.strengths])
    assert strength == pytest.approx(known["expected"]["geo_mean_1"], abs=6e-4)
    assert strength / strength.sum() == pytest.approx(known["expected"]["sum_1"], abs=6e-5)


def tables(most: int = 6) -> st.SearchStrategy[list[list[int]]]:
    return st.integers(2, 5).flatmap(
        lambda n: st.lists(st.lists(st.integers(1, most), min_size=n, max_size=n), min_size=n, max_size=n).map(
            lambda rows: [[0 if i == j else cell for j, cell in enumerate(row)] for i, row in enumerate(rows)]
        )
    )


@given(tables())
@settings(max_examples=80, deadline=None)
def test_it_is_where_hunters_mm_algorithm_ends(wins: list[list[int]]) -> None:
    table = np.array(wins, float)
    met, p = table + table.T, np.ones(len(table))
    for _ in range(3000):
        p = table.sum(axis=1) / (met / (p[:, None] + p)).sum(axis=1)
        p /= np.exp(np.log(p).mean())
    found = bradley_terry(from_wins(wins))
    assert [one.strength for one in found.strengths] == pytest.approx(p, rel=1e-5)


@given(tables(), st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_it_is_the_strength_of_crowd_kit(wins: list[list[int]], seed: int) -> None:
    """Its tolerance must be negative: it compares an array with itself, and would stop at the second step."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pandas as pd
        from crowdkit.aggregation import BradleyTerry as Theirs
    rows = [(i, j, i) for i, row in enumerate(wins) for j, count in enumerate(row) for _ in range(count)]
    np.random.default_rng(seed).shuffle(rows)
    theirs = Theirs(n_iter=400, tol=-1).fit_predict(pd.DataFrame(rows, columns=["left", "right", "label"]))
    found = np.array([one.strength for one in bradley_terry(from_wins(wins)).strengths])
    assert found / found.sum() == pytest.approx(np.array(theirs.sort_index()), rel=1e-3)


def with_ties(seed: int, items: int = 4, rows: int = 60) -> Comparisons:
    rng = np.random.default_rng(seed)
    pairs = [rng.choice(items, 2, replace=False) for _ in range(rows)]
    said = rng.choice(["left", "right", "tie"], rows, p=[0.45, 0.3, 0.25])
    return encode_comparisons([int(p[0]) for p in pairs], [int(p[1]) for p in pairs], said.tolist())


def naive(pairs: Comparisons, x: Floats, ridge: float = 0.0) -> float:
    """Davidson's log likelihood by the formula: x is lambda and log v."""
    p, v, total = np.exp(x[:-1]), np.exp(x[-1]), 0.0
    for left, right, outcome in zip(pairs.left, pairs.right, pairs.outcome, strict=True):
        tie = v * np.sqrt(p[left] * p[right])
        part = {1: p[left], -1: p[right], 0: tie}[int(outcome)]
        total += np.log(part / (p[left] + p[right] + tie))
    return float(total - ridge / 2 * (x[:-1] ** 2).sum())


@pytest.mark.parametrize("ridge", [0.0, 0.5])
@given(seed=st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_with_ties_it_is_the_top_that_a_general_optimiser_finds(ridge: float, seed: int) -> None:
    pairs = with_ties(seed)
    assume(ridge > 0 or _finite(pairs))
    best = cast("Any", minimize(lambda x: -naive(pairs, x, ridge), np.zeros(5), method="BFGS"))
    found = bradley_terry(pairs, ridge=ridge)
    assert found.tie == pytest.approx(np.exp(best.x[-1]), rel=1e-3)
    assert log_strengths(found) == pytest.approx(best.x[:-1] - best.x[:-1].mean(), abs=1e-3)
    at = np.append(log_strengths(found), np.log(found.tie))
    assert found.log_likelihood == pytest.approx(naive(pairs, at), abs=1e-8)


def _finite(pairs: Comparisons) -> bool:
    try:
        bradley_terry(pairs)
    except (NoFiniteStrength, NoFiniteTies, NotConnected):
        return False
    return True


def log_strengths(found: BradleyTerry) -> Floats:
    return np.array([one.log_strength.value for one in found.strengths], float)


def test_standard_errors_are_the_inverse_curvature_of_the_likelihood() -> None:
    pairs = with_ties(3, rows=200)
    found = bradley_terry(pairs)
    at = np.append(log_strengths(found), np.log(found.tie))
    basis = np.linalg.qr(np.column_stack([np.ones(4), np.eye(4)[:, :3]]))[0][:, 1:]
    basis = np.block([[basis, np.zeros((4, 1))], [np.zeros((1, 3)), np.ones((1, 1))]])
    step, n = 1e-3, basis.shape[1]
    curve = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            corners = [naive(pairs, at + step * (s * basis[:, i] + t * basis[:, j])) for s in (1, -1) for t in (1, -1)]
            curve[i, j] = -(corners[0] - corners[1] - corners[2] + corners[3]) / (4 * step * step)
    expected = np.sqrt((basis @ np.linalg.inv(curve) @ basis.T).diagonal()[:4])
    half = [one.log_strength.high - one.log_strength.value for one in found.strengths]  # type: ignore[operator]
    assert np.array(half) / 1.959964 == pytest.approx(expected, rel=1e-3)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(1)
    truth, inside = np.array([-1.0, -0.5, 0.0, 0.3, 1.2]), list[bool]()
    for _ in range(120):
        wins = np.zeros((5, 5))
        for i, j in combinations(range(5), 2):
            wins[i, j] = rng.binomial(30, 1 / (1 + np.exp(truth[j] - truth[i])))
            wins[j, i] = 30 - wins[i, j]
        found = [one.log_strength for one in bradley_terry(from_wins(wins.tolist())).strengths]
        inside += [cast("float", one.low) <= t <= cast("float", one.high) for one, t in zip(found, truth, strict=True)]
    assert 0.92 <= np.mean(inside) <= 0.98


@given(tables(), st.randoms())
@settings(max_examples=40, deadline=None)
def test_names_and_order_do_not_matter_and_twice_as_much_narrows_the_interval(
    wins: list[list[int]], random: Any
) -> None:
    order = list(range(len(wins)))
    random.shuffle(order)
    first = log_strengths(bradley_terry(from_wins(wins)))
    moved = bradley_terry(from_wins([[wins[i][j] for j in order] for i in order]))
    assert log_strengths(moved) == pytest.approx(first[order], abs=1e-8)
    once, twice = (bradley_terry(from_wins((np.array(wins) * k).tolist())).strengths[0].log_strength for k in (1, 2))
    assert twice.value == pytest.approx(once.value)
    width = [cast("float", one.high) - cast("float", one.low) for one in (once, twice)]
    assert width[1] == pytest.approx(width[0] / np.sqrt(2))


def test_half_and_drop_treat_ties_as_they_say() -> None:
    rows = [("a", "b", "left"), ("a", "b", "right"), ("a", "b", "tie"), ("a", "b", "left")]
    pairs = encode_comparisons(*zip(*rows, strict=True))
    ways: tuple[tuple[Literal["half", "drop"], float], ...] = (("half", 2.5 / 1.5), ("drop", 2.0))
    for ties, odds in ways:
        found = bradley_terry(pairs, ties=ties)
        assert found.strengths[0].strength / found.strengths[1].strength == pytest.approx(odds)
        assert found.tie == 0
        assert found.concordance.value == pytest.approx(2 / 3)
        assert (found.comparisons, found.ties) == (4, 1)


def test_groups_that_never_met_are_refused_by_name() -> None:
    pairs = encode_comparisons(["a", "b", "x", "y"], ["b", "a", "y", "x"], ["left", "left", "left", "left"])
    for ridge in (0.0, 1.0):
        with pytest.raises(NotConnected) as refused:
            bradley_terry(pairs, ridge=ridge)
        assert refused.value.details == {"count": 2, "groups": "a, b | x, y"}
    with pytest.raises(NotConnected):
        crowd_bt(pairs)


def test_who_always_wins_is_refused_unless_a_ridge_draws_them_back() -> None:
    pairs = encode_comparisons(["a", "a", "b", "c"], ["b", "c", "c", "b"], ["left", "left", "left", "left"])
    with pytest.raises(NoFiniteStrength) as refused:
        bradley_terry(pairs)
    assert "a never lost to b, c" in str(refused.value)
    found = bradley_terry(pairs, ridge=0.5)
    assert found.ranking[0].item == "a"
    assert np.isfinite([one.strength for one in found.strengths]).all()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3), st.sampled_from([1, 0, -1])), min_size=3, max_size=8))
@settings(max_examples=100, deadline=None)
def test_it_is_refused_exactly_where_a_linear_programme_finds_a_way_to_infinity(
    rows: list[tuple[int, int, int]],
) -> None:
    said = {1: "left", 0: "tie", -1: "right"}
    pairs = encode_comparisons([r[0] for r in rows], [(r[0] + r[1]) % 4 for r in rows], [said[r[2]] for r in rows])
    assume({0} < set(pairs.outcome.tolist()))
    try:
        found = bradley_terry(pairs)
    except NotConnected:
        return
    except (NoFiniteStrength, NoFiniteTies):
        assert _way_to_infinity(pairs)
    else:
        assert not _way_to_infinity(pairs)
        assert np.abs(log_strengths(found)).max() < 50


def _way_to_infinity(pairs: Comparisons) -> bool:
    """Whether strengths and log v can move for ever so that no outcome that was seen becomes less likely."""
    n = len(pairs.items)
    rows = list[Floats]()
    for left, right, outcome in zip(pairs.left.tolist(), pairs.right.tolist(), pairs.outcome.tolist(), strict=True):
        unit = np.eye(n + 1)
        logits = {1: unit[left], -1: unit[right], 0: unit[n] + (unit[left] + unit[right]) / 2}
        rows += [logits[other] - logits[outcome] for other in logits if other != outcome]
    bounds = [(0, 0)] + [(-1, 1)] * n  # the scale is fixed at the first item
    for place in range(1, n + 1):
        for sign in (1.0, -1.0):
            aim = -sign * np.eye(n + 1)[place]
            best = cast("Any", linprog(aim, A_ub=np.array(rows), b_ub=np.zeros(len(rows)), bounds=bounds))
            if best.fun < -1e-9:
                return True
    return False


def test_an_item_named_but_never_compared_is_a_group_of_its_own() -> None:
    pairs = encode_comparisons(["a", "b", "c"], ["b", "a", "a"], ["left", "left", None])
    with pytest.raises(NotConnected):
        bradley_terry(pairs)


def test_what_cannot_be_ranked_is_refused() -> None:
    with pytest.raises(NothingCompared):
        bradley_terry(encode_comparisons([], [], []))
    with pytest.raises(NothingCompared):
        bradley_terry(encode_comparisons(["a"], ["b"], [float("nan")]))
    with pytest.raises(OnlyTies):
        bradley_terry(encode_comparisons(["a", "b"], ["b", "a"], ["tie", "tie"]))
    with pytest.raises(NothingCompared):
        crowd_bt(encode_comparisons(["a"], ["b"], ["tie"]))
    with pytest.raises(UnknownOutcome):
        encode_comparisons(["a"], ["b"], ["a"])
    with pytest.raises(ComparedWithItself):
        encode_comparisons(["a"], ["a"], ["left"])
    with pytest.raises(UnevenComparisons):
        encode_comparisons(["a"], ["b", "c"], ["left"])
    ring = [(i, (i + 1) % 3001) for i in range(3001)]
    with pytest.raises(TooManyItems):
        bradley_terry(encode_comparisons([i for i, _ in ring], [j for _, j in ring], ["left"] * 3001))


@pytest.mark.parametrize(
    "wins", [[[0, 1]], [[0, -1], [1, 0]], [[0, float("nan")], [1, 0]], [[1, 2], [3, 0]], [[0, 1], [1, 0], [1, 1]]]
)
def test_a_table_that_is_none_is_refused(wins: list[list[float]]) -> None:
    with pytest.raises(BadWins):
        from_wins(wins)


@pytest.mark.parametrize("wrong", [{"ridge": -1.0}, {"ridge": float("nan")}, {"ties": "both"}])
def test_settings_without_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadSetting):
        bradley_terry(from_wins([[0, 1], [1, 0]]), **wrong)


@pytest.mark.parametrize("wrong", [{"ridge": 0.0}, {"prior": (2.0, 4.0)}, {"prior": (2.0, 1.0)}, {"iterations": 0}])
def test_settings_of_crowd_bt_without_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadSetting):
        crowd_bt(from_wins([[0, 1], [1, 0]]), **wrong)


def votes(topic: str) -> tuple[Comparisons, dict[str, float]]:
    """The comparisons of a topic, and the competence that its makers give each worker over all topics."""
    with shared(f"data/ukp_convarg1_preference/{topic}.votes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said = {"a1": "left", "a2": "right", "equal": "tie"}
    columns = ([r["arg1"] for r in rows], [r["arg2"] for r in rows], [said[r["value"]] for r in rows])
    return encode_comparisons(*columns, [r["annotator"] for r in rows]), {
        r["annotator"]: float(r["mace_competence"]) for r in rows
    }


@pytest.mark.parametrize(("topic", "items", "share", "tie"), [(UNIFORM, 35, 0.8139, 0.766), (TV, 27, 0.8352, 0.732)])
def test_one_strength_explains_most_judgements_of_real_workers(
    topic: str, items: int, share: float, tie: float
) -> None:
    pairs, _ = votes(topic)
    found = bradley_terry(pairs)
    assert len(found.strengths) == items
    assert found.concordance.value == pytest.approx(share, abs=1e-4)
    assert found.tie == pytest.approx(tie, abs=1e-3)
    assert type(found.log_likelihood) is type(found.tie) is type(found.strengths[0].strength) is float
    json.dumps(found.to_dict())
    assert "it would win with probability > 0.99" in str(found.meaning[0])


@pytest.mark.parametrize(("topic", "share"), [(UNIFORM, 0.8824), (TV, 0.9071)])
def test_crowd_bt_explains_the_majority_of_most_pairs(topic: str, share: float) -> None:
    pairs, _ = votes(topic)
    found = crowd_bt(pairs)
    assert found.converged
    assert type(found.log_likelihood) is type(found.objective) is type(found.ties) is float
    net = Counter[tuple[int, int]]()
    for left, right, outcome in zip(pairs.left.tolist(), pairs.right.tolist(), pairs.outcome.tolist(), strict=True):
        net[min(left, right), max(left, right)] += outcome if left < right else -outcome
    decided = [(found.strength[i] - found.strength[j]) * votes > 0 for (i, j), votes in net.items() if votes]
    assert np.mean(decided) == pytest.approx(share, abs=2e-3)


def test_crowd_bt_trusts_least_whom_the_makers_trusted_least() -> None:
    pairs, competence = votes(UNIFORM)
    found = crowd_bt(pairs)
    trust = dict(zip(map(str, found.annotators), found.reliability, strict=True))
    busy = [who for who, one in trust.items() if one.n >= 10]
    assert len(busy) == 33
    order = cast("Any", spearmanr([trust[who].value or 0.0 for who in busy], [competence[who] for who in busy]))
    assert order.statistic == pytest.approx(0.623, abs=0.01)


def test_crowd_bt_puts_a_guesser_at_a_half_and_a_contrary_worker_at_the_bottom() -> None:
    pairs, _ = votes(UNIFORM)
    strength = crowd_bt(pairs).strength
    rng = np.random.default_rng(1)
    more = np.array([rng.choice(len(strength), 2, replace=False) for _ in range(200)])
    guessed = np.where(rng.random(200) < 0.5, 1, -1)
    turned = np.where(strength[more[:, 0]] > strength[more[:, 1]], -1, 1)
    n = len(pairs.annotators)
    found = crowd_bt(
        Comparisons(
            pairs.items,
            (*pairs.annotators, "guesser", "contrary"),
            np.concatenate([pairs.left, more[:, 0], more[:, 0]]),
            np.concatenate([pairs.right, more[:, 1], more[:, 1]]),
            np.concatenate([pairs.outcome, guessed, turned]),
            np.concatenate([pairs.annotator, np.full(200, n), np.full(200, n + 1)]),
            np.concatenate([pairs.times, np.ones(400)]),
        )
    )
    trust = {who: one for who, one in zip(found.annotators, found.reliability, strict=True) if one.n >= 10}
    order = sorted(trust, key=lambda who: trust[who].value or 0)
    assert order[:2] == ["contrary", "guesser"]
    assert cast("float", trust["guesser"].low) < 0.5 < cast("float", trust["guesser"].high)
    assert cast("float", trust["contrary"].high) < 0.2
    assert "Least trusted is contrary" in str(found.meaning[0])
    json.dumps(found.to_dict())


def crowd_objective(pairs: Comparisons, log_strength: Floats, eta: Floats, ridge: float) -> float:
    rows = pairs.outcome != 0
    ahead = (log_strength[pairs.left] - log_strength[pairs.right]) * pairs.outcome
    says, trust = (1 / (1 + np.exp(-ahead)))[rows], eta[pairs.annotator][rows]
    chance = trust * says + (1 - trust) * (1 - says)
    return float(np.log(chance).sum() + (3 * np.log(eta) + np.log(1 - eta)).sum() - ridge / 2 * (log_strength**2).sum())


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_crowd_bt_is_a_top_of_its_likelihood(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pairs = [(int(i), int(j)) for i, j in (rng.choice(5, 2, replace=False) for _ in range(80))]
    who = rng.integers(0, 4, 80).tolist()
    said = [
        "left" if (i > j) == (rng.random() < (0.9 if a else 0.4)) else "right"
        for (i, j), a in zip(pairs, who, strict=True)
    ]
    table = encode_comparisons([i for i, _ in pairs], [j for _, j in pairs], said, who)
    found = crowd_bt(table, tolerance=1e-13, iterations=20_000)
    eta = np.array([one.value for one in found.reliability], float)
    at = crowd_objective(table, np.log(found.strength), eta, 0.1)
    assert found.objective == pytest.approx(at, abs=1e-8)
    for place in range(9):
        for step in (-1e-2, 1e-2):
            moved, trust = np.log(found.strength), eta.copy()
            if place < 5:
                moved[place] += step
            else:
                trust[place - 5] += step
            assert crowd_objective(table, moved, trust, 0.1) < at + 1e-6
