"""What GLAD, MACE and the 2PL answer to input that cannot be answered, or only just."""

import json
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pytest

from guiju.stats.columns import Columns, encode, from_codes
from guiju.stats.consensus.errors import NobodyToCompare, NothingToResolve, OneClassOnly
from guiju.stats.consensus.glad import glad
from guiju.stats.consensus.irt import irt
from guiju.stats.consensus.mace import mace
from guiju.stats.consensus.methods import METHODS, get_method
from guiju.stats.consensus.result import CategoricalConsensus
from guiju.stats.errors import ContradictingAnswers
from tests.stats.consensus.naive import random_crowd

Model: TypeAlias = Callable[[Columns], CategoricalConsensus]
MODELS: tuple[Model, ...] = (glad, mace, irt)
every_model = pytest.mark.parametrize("model", MODELS)


def sound(found: CategoricalConsensus) -> None:
    """Every figure is a number where it should be one."""
    assert np.isfinite(found.log_likelihood or 0)
    answered = found.label >= 0
    assert ((found.confidence[answered] > 0) & (found.confidence[answered] <= 1 + 1e-12)).all()
    for one in found.reliability:
        assert one.value is not None or one.why
        if one.value is not None and one.interval is not None:
            assert 0 <= one.interval[0] <= one.interval[1] <= 1
            assert 0 <= one.value <= 1


@every_model
def test_no_answer_is_refused(model: Model) -> None:
    with pytest.raises(NothingToResolve):
        model(encode([], [], []))
    with pytest.raises(NothingToResolve):
        model(encode([1, 2], ["a", "b"], [None, float("nan")]))


@every_model
def test_one_category_only_is_refused(model: Model) -> None:
    with pytest.raises(OneClassOnly):
        model(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x"] * 4))


@every_model
def test_one_annotator_and_no_overlap_are_refused(model: Model) -> None:
    with pytest.raises(NobodyToCompare):
        model(encode([1, 2, 3], ["a"] * 3, ["x", "y", "x"]))
    with pytest.raises(NobodyToCompare):
        model(encode([1, 2, 3], ["a", "b", "c"], ["x", "y", "x"]))


@pytest.mark.parametrize("model", [glad, irt])
def test_one_item_with_two_opinions_is_a_tie(model: Model) -> None:
    found = model(encode([1, 1], ["a", "b"], ["x", "y"]))
    assert found.label.tolist() == [-1]
    assert found.ties.of(0) == (0, 1)
    sound(found)


def test_for_mace_one_of_two_must_be_spamming_and_it_says_how_unsure_it_is() -> None:
    found = mace(encode([1, 1], ["a", "b"], ["x", "y"]))
    sound(found)
    for one in found.reliability:
        assert one.interval is not None
        assert one.interval[1] - one.interval[0] > 0.5


@every_model
def test_all_who_guess_leave_figures_that_are_defined(model: Model) -> None:
    rng = np.random.default_rng(1)
    item, annotator = np.repeat(np.arange(60), 4), np.tile(np.arange(4), 60)
    sound(model(from_codes(item, annotator, rng.integers(0, 3, 240))))


@every_model
def test_all_who_agree_everywhere_are_right_everywhere(model: Model) -> None:
    item, annotator = np.repeat(np.arange(30), 3), np.tile(np.arange(3), 30)
    found = model(from_codes(item, annotator, np.repeat(np.arange(30) % 3, 3)))
    assert found.label.tolist() == [i % 3 for i in range(30)]
    assert min(one.value or 0 for one in found.reliability) > 0.9
    sound(found)


@every_model
def test_a_label_seen_once_and_an_annotator_who_always_says_the_same(model: Model) -> None:
    rows = [(i, a, "x" if a == "lazy" else "xy"[i % 2]) for i in range(20) for a in ("al", "bo", "cy", "lazy")]
    rows.append((20, "al", "once"))
    found = model(encode(*zip(*rows, strict=True)))
    sound(found)
    assert [row.label for row in found.rows()][:20] == ["xy"[i % 2] for i in range(20)]
    values = [one.value for one in found.reliability]
    assert min(values, key=lambda value: value or 0) == values[3]


@every_model
def test_a_million_categories_cost_no_more_than_the_answers(model: Model) -> None:
    rng = np.random.default_rng(2)
    truth = rng.integers(0, 10**6, 300)
    item, annotator = np.repeat(np.arange(300), 3), np.tile(np.arange(3), 300)
    label = np.where(rng.random(900) < 0.8, truth[item], rng.integers(0, 10**6, 900))
    found = model(from_codes(item, annotator, label, labels=range(10**6)))
    sound(found)
    assert found.posterior is None
    assert (found.label == truth).mean() > 0.85


@every_model
def test_an_annotator_without_answers_and_an_item_without_answers_are_told(model: Model) -> None:
    columns = encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "y", "x"])
    wider = from_codes(
        columns.item, columns.annotator, columns.label, items=[1, 2, 3], annotators="abc", labels=["x", "y"]
    )
    found = model(wider)
    assert found.reliability[2].value is None
    assert found.reliability[2].why
    last = list(found.rows())[2]
    assert (last.label, last.confidence) == (None, None)


@every_model
def test_many_answers_to_one_item_do_not_overflow(model: Model) -> None:
    rng = np.random.default_rng(5)
    item = np.concatenate([np.zeros(2000, int), np.repeat(np.arange(1, 40), 3)])
    annotator = np.concatenate([np.arange(2000), rng.integers(0, 2000, 117)])
    label = np.concatenate([np.repeat([0, 1], [1600, 400]), np.repeat(np.arange(39) % 2, 3)])
    found = model(from_codes(item, annotator, label, keep_repeats=True))
    sound(found)
    assert found.label[0] == 0


def test_contrary_answers_of_one_annotator_are_refused_before() -> None:
    with pytest.raises(ContradictingAnswers):
        encode([1, 1], ["a", "a"], ["x", "y"])


@pytest.mark.parametrize("name", ["glad", "mace", "irt"])
def test_each_is_found_by_its_name(name: str) -> None:
    assert name in METHODS
    method = get_method(name)
    columns = encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "y", "x"])
    found = method.fit(columns, 0)
    assert (method.name, found.method) == (name, name)
    assert set(found.to_dict()) >= {"method", "reliability", "priors", "log_likelihood", "iterations", "converged"}
    assert method.held_out is not None
    assert np.isfinite(method.held_out(columns, columns, 0)).all()


@every_model
def test_figures_are_plain_floats(model: Model) -> None:
    """NumPy's would be written as text by some encoders."""
    found = model(random_crowd(3))
    assert type(found.log_likelihood) is float
    assert type(found.iterations) is int
    assert {type(one.value) for one in found.reliability} == {float}
    for one in found.reliability:
        assert one.interval is not None
        assert {type(end) for end in one.interval} == {float}
    assert json.loads(json.dumps(found.to_dict())) == found.to_dict()
