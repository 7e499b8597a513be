import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.columns import Columns, encode, from_codes
from guiju.stats.consensus import dawid_skene, one_coin
from guiju.stats.consensus.errors import BadSetting, NothingToResolve, UnknownMethod
from guiju.stats.consensus.folds import compare, deal
from guiju.stats.consensus.methods import METHODS, get_method
from guiju.stats.consensus.trust import mcnemar, recommend
from tests.stats.consensus.naive import naive_em, random_crowd


@pytest.mark.parametrize("with_gold", [True, False])
def test_plain_dawid_skene_loses_to_the_majority_where_461_workers_gave_four_labels_each(
    crowd: Callable[[str], Any], with_gold: bool
) -> None:
    found = crowd("CF")
    advice = recommend(found.columns, found.gold if with_gold else None)
    assert advice.recommended == "majority"
    assert "dawid-skene" in str(advice.because)
    assert "worse" in str(advice.because)
    (loser,) = (one for one in advice.comparisons if one.method == "dawid-skene")
    assert loser.worse


@pytest.mark.parametrize("with_gold", [True, False])
def test_dawid_skene_is_advised_on_the_bluebirds(crowd: Callable[[str], Any], with_gold: bool) -> None:
    found = crowd("bluebirds")
    advice = recommend(found.columns, found.gold if with_gold else None)
    assert advice.recommended == "dawid-skene"
    assert advice.basis == ("gold" if with_gold else "hidden-answers")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("MS", "one-coin"), ("wsd", "majority"), ("SP_amt", "majority"), ("rte", "dawid-skene"), ("SP", "dawid-skene")],
)
def test_what_is_advised_on_real_crowds_without_gold(crowd: Callable[[str], Any], name: str, expected: str) -> None:
    assert recommend(crowd(name).columns).recommended == expected


@pytest.mark.parametrize(
    "name", ["rte", "temp", "wsd", "bluebirds", "CF", "CF_amt", "MS", "SP", "SP_amt", "ZenCrowd_in"]
)
def test_what_is_advised_with_gold_is_never_clearly_worse_than_the_majority(
    crowd: Callable[[str], Any], name: str
) -> None:
    found = crowd(name)
    advice = recommend(found.columns, found.gold)
    scores = {one.method: one.score or 0.0 for one in advice.comparisons}
    assert scores[advice.recommended] >= scores["majority"]


def test_the_advice_tells_its_figures() -> None:
    columns = _crowd_with_careless()
    advice = recommend(columns)
    told: Any = advice.to_dict()
    assert told["recommended"] == advice.recommended == "one-coin"
    assert [one["method"] for one in told["comparisons"]] == ["majority", "one-coin", "dawid-skene"]
    assert "nats an answer" in told["because"]
    assert len(advice.meaning) == 2
    given: Any = one_coin.one_coin(columns).to_dict(recommendation=advice)
    assert given["because"] == told["because"]


def _crowd_with_careless() -> Columns:
    rng = np.random.default_rng(1)
    truth = np.repeat(rng.integers(0, 3, 200), 5)
    good = np.tile([1.0, 1.0, 0.1, 0.1, 0.1], 200)
    label = np.where(rng.random(1000) < good, truth, rng.integers(0, 3, 1000))
    return from_codes(np.repeat(np.arange(200), 5), np.tile(np.arange(5), 200), label)


def test_the_same_seed_gives_the_same_advice() -> None:
    columns = random_crowd(0, items=50)
    assert recommend(columns, seed=3).to_dict() == recommend(columns, seed=3).to_dict()


def test_little_gold_does_not_decide() -> None:
    columns = random_crowd(0, items=50)
    assert recommend(columns, dict.fromkeys(range(29), 0)).basis == "hidden-answers"
    assert recommend(columns, dict.fromkeys(range(30), 0)).basis == "gold"


@pytest.mark.parametrize(
    ("rows", "word"),
    [([(1, "a", "x"), (2, "a", "y")], "two annotators"), ([(1, "a", "x"), (1, "b", "x")], "Every answer")],
)
def test_where_only_the_majority_works_it_is_advised_with_the_reason(rows: list[Any], word: str) -> None:
    advice = recommend(encode([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]))
    assert advice.recommended == "majority"
    assert word in str(advice.because)


def test_a_method_that_refuses_is_left_out() -> None:
    rng = np.random.default_rng(0)
    columns = from_codes(np.repeat(np.arange(60), 3), np.tile(np.arange(3), 60), rng.integers(0, 4_000, 180))
    advice = recommend(columns)
    (refused,) = (one for one in advice.comparisons if one.method == "dawid-skene")
    assert refused.score is None
    assert "kinds of confusion" in str(refused.refused)


def test_a_method_that_foretells_nothing_is_judged_by_gold_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(METHODS, "silent", "tests.stats.consensus.silent")
    columns = random_crowd(0, items=50)
    without = recommend(columns, methods=["majority", "silent"])
    assert "silent does not foretell" in str(without.comparisons[1].refused)
    gold = dict.fromkeys(range(50), 0)
    assert recommend(columns, gold, methods=["majority", "silent"]).comparisons[1].p is not None


def test_every_method_that_a_round_can_be_resolved_by_foretells_answers_or_says_why_not() -> None:
    columns = random_crowd(0, items=50)
    names = ["majority", "weighted", "one-coin", "dawid-skene", "mace", "glad"]
    found = recommend(columns, methods=names).comparisons
    assert [one.method for one in found] == names
    assert all(one.score is not None and one.score < 0 for one in found)


def test_nonsense_is_refused_by_name() -> None:
    columns = random_crowd(0)
    with pytest.raises(UnknownMethod, match="oracle"):
        recommend(columns, methods=["oracle"])
    with pytest.raises(BadSetting):
        recommend(columns, methods=[])
    with pytest.raises(BadSetting):
        recommend(columns, folds=1)
    with pytest.raises(NothingToResolve):
        recommend(encode([], [], []))


def test_the_registry_begins_with_the_simplest_and_knows_its_own() -> None:
    assert next(iter(METHODS)) == "majority"
    for name in ("majority", "weighted", "one-coin", "dawid-skene"):
        assert get_method(name).name == name
        assert get_method(name).fit(random_crowd(0), 0).method == name


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemar_is_statsmodels_exact_test(first: int, second: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from statsmodels.stats import contingency_tables
    theirs: Any = contingency_tables
    assert mcnemar(first, second) == pytest.approx(theirs.mcnemar([[10, first], [second, 10]], exact=True).pvalue)


def test_split_ties_never_make_a_difference_look_larger() -> None:
    assert mcnemar(9.5, 1.5) == mcnemar(9, 2)
    assert mcnemar(3, 3) == 1


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 7))
def test_each_fold_leaves_an_answer_to_every_item(seed: int, folds: int) -> None:
    columns = random_crowd(seed)
    fold = deal(columns, folds, seed)
    for item in range(len(columns.items)):
        mine = fold[columns.item == item]
        assert len(mine) > 1
        sizes = np.bincount(mine, minlength=folds)
        assert sizes.max() <= -(-len(mine) // folds) < len(mine)


def test_hidden_answers_are_foretold_by_the_formula() -> None:
    columns = random_crowd(3, items=40)
    known = naive_em(columns, 200, coin=False)
    found = dawid_skene.hidden_answers(columns, columns)
    chances = np.exp(found)
    assert known.log_likelihood <= 0
    assert ((chances > 0) & (chances <= 1)).all()
    every = np.zeros(len(columns))
    for label in range(3):
        other = Columns(
            columns.items,
            columns.annotators,
            columns.labels,
            columns.item,
            columns.annotator,
            columns.label * 0 + label,
        )
        every += np.exp(dawid_skene.hidden_answers(columns, other))
    assert every == pytest.approx(np.ones(len(columns)))


def test_the_chances_of_all_answers_add_up_with_one_coin_too() -> None:
    columns = random_crowd(3, items=40)
    every = np.zeros(len(columns))
    for label in range(3):
        codes = columns.item, columns.annotator, columns.label * 0 + label
        other = Columns(columns.items, columns.annotators, columns.labels, *codes)
        every += np.exp(one_coin.hidden_answers(columns, other))
    assert every == pytest.approx(np.ones(len(columns)))


def test_a_difference_has_the_larger_of_two_errors() -> None:
    columns = random_crowd(0, items=50)
    rng = np.random.default_rng(0)
    better, worse = rng.normal(size=(2, len(columns)))
    better[0] = np.nan
    found = compare(columns, better, worse)
    rows = np.arange(1, len(columns))
    difference = (better - worse)[rows]
    errors = [
        np.sqrt(sum(((difference - difference.mean())[group[rows] == one].sum()) ** 2 for one in set(group[rows])))
        for group in (columns.item, columns.annotator)
    ]
    assert found.value == pytest.approx(difference.mean())
    assert (found.high or 0) - (found.low or 0) == pytest.approx(2 * 1.959964 * max(errors) / len(rows))
