import json
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from guiju.stats.agreement.report import Agreement, agreement, agreement_of
from guiju.stats.columns import from_codes
from guiju.stats.figure import NO_OVERLAP, ONE_ANSWER_ONLY
from tests.stats.agreement.tables import Rows, rows_of_answers

KEYS = {
    "items", "annotators", "annotations", "observed", "alpha", "alpha_interval",
    "fleiss_kappa", "gwet_ac1", "pairs", "labels",
}  # fmt: skip


def report_of(rows: list[Any]) -> Agreement:
    return agreement([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])


def test_the_report_has_the_keys_that_are_promised_and_is_json() -> None:
    found = agreement([1, 1, 2, 2, 3, 3], ["a", "b"] * 3, list("xxyyxy")).to_dict()
    assert found.keys() >= KEYS
    assert json.loads(json.dumps(found))["pairs"][0]["kappa"] == pytest.approx(0.4)


def test_without_overlap_there_is_no_figure_and_a_reason() -> None:
    found = agreement([1, 2, 3], ["a", "a", "b"], ["x", "y", "x"])
    assert (found.observed.value, found.alpha.value) == (None, None)
    assert found.alpha.why == found.observed.why == found.chance.fleiss.why == NO_OVERLAP
    assert found.pairs == found.confusions == ()


def test_nothing_at_all_has_no_figure() -> None:
    found = agreement([], [], []).to_dict()
    assert (found["items"], found["alpha"], found["labels"]) == (0, None, [])


def test_when_all_say_the_same_alpha_does_not_exist_but_observed_does() -> None:
    found = agreement([1, 1, 2, 2], ["a", "b"] * 2, ["x"] * 4)
    assert found.observed.value == 1
    assert (found.alpha.value, found.alpha.why) == (None, ONE_ANSWER_ONLY)
    assert found.chance.fleiss.value is None
    assert found.pairs[0].kappa is None
    assert found.labels[0].alpha is None


def test_labels_all_different_and_annotators_all_different_have_a_report() -> None:
    found = agreement(range(100), [f"w{i}" for i in range(100)], [f"l{i}" for i in range(100)])
    assert found.observed.why == NO_OVERLAP
    found = agreement([i // 2 for i in range(100)], [f"w{i}" for i in range(100)], [f"l{i}" for i in range(100)])
    assert (found.observed.value, len(found.pairs), len(found.confusions)) == (0, 50, 50)


@settings(deadline=None, max_examples=50)
@given(rows_of_answers)
def test_the_same_answers_in_any_order_give_the_same_bytes(rows: Rows) -> None:
    assert report_of(rows).to_dict() == report_of(sorted(rows, reverse=True)).to_dict()


def test_ten_thousand_annotations_take_a_moment() -> None:
    rng = np.random.default_rng(1)
    item, who = np.repeat(np.arange(2_000), 5), np.tile(np.arange(5), 2_000)
    start = time.perf_counter()
    agreement(item.tolist(), who.tolist(), rng.integers(0, 5, 10_000).tolist())
    assert time.perf_counter() - start < 2


def test_many_pairs_and_many_confusions_are_cut() -> None:
    rng = np.random.default_rng(1)
    columns = from_codes(
        np.repeat(np.arange(600), 5),
        rng.permuted(np.tile(np.arange(100), (600, 1)), axis=1)[:, :5].ravel(),
        rng.integers(0, 60, 3_000),
    )
    found = agreement_of(columns)
    assert (len(found.pairs), len(found.confusions), len(found.people)) == (1_000, 200, 100)


@pytest.mark.parametrize(
    "name", ["bluebirds", "rte", "temp", "wsd", "CF", "CF_amt", "MS", "SP", "SP_amt", "ZenCrowd_in"]
)
def test_a_real_crowd_has_a_report(crowd: Callable[[str], Any], name: str) -> None:
    found = agreement_of(crowd(name).columns)
    assert found.alpha.low is not None
    assert found.chance.fleiss.value is not None
    assert found.alpha.value == pytest.approx(found.chance.fleiss.value, abs=0.1)
    assert sum(c.count for c in found.confusions) > 0
    assert len(found.meaning) == 5
    json.dumps(found.to_dict())


def test_sets_of_labels_are_lists_in_json() -> None:
    found = agreement([1, 1, 2, 2], ["a", "b"] * 2, [{"x"}, {"y", "x"}, {"y"}, {"y"}], "masi")
    assert ["x", "y"] in [label["label"] for label in json.loads(json.dumps(found.to_dict()))["labels"]]
