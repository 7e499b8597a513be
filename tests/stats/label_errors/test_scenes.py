"""Labels against their scenes."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from guiju.stats.label_errors.errors import LevelOutside, NothingToCheck, UnevenLabels
from guiju.stats.label_errors.scenes import mixed_scenes, scene_contradictions

rows = st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("abcd")), min_size=1, max_size=80)


@settings(max_examples=60, deadline=None)
@given(rows)
def test_the_p_value_is_fishers_exact_test(drawn: list[tuple[str, str]]) -> None:
    label, scene = zip(*drawn, strict=True)
    for found in scene_contradictions(label, scene, level=0.9999):
        both = sum(one == (found.label, found.scene) for one in drawn)
        in_scene, labelled = scene.count(str(found.scene)), label.count(str(found.label))
        table = [[both, in_scene - both], [labelled - both, len(drawn) - in_scene - labelled + both]]
        exact: Any = stats.fisher_exact(np.array(table), alternative="less")
        assert found.p == pytest.approx(exact.pvalue)
        assert found.count == both
        assert all(drawn[row] == (found.label, found.scene) for row in found.rows)


@settings(max_examples=60, deadline=None)
@given(rows)
def test_the_adjusted_values_are_benjamini_and_hochbergs(drawn: list[tuple[str, str]]) -> None:
    label, scene = zip(*drawn, strict=True)
    cells = Counter(drawn)
    p = [
        stats.hypergeom.cdf(count, len(drawn), label.count(one[0]), scene.count(one[1])) for one, count in cells.items()
    ]
    theirs = dict(zip(cells, stats.false_discovery_control(p), strict=True))
    for found in scene_contradictions(label, scene, level=0.9999):
        assert found.adjusted == pytest.approx(theirs[str(found.label), str(found.scene)])


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_tells_nothing(drawn: list[tuple[str, str]], random: Any) -> None:
    shuffled = random.sample(drawn, len(drawn))

    def told(some: list[tuple[str, str]]) -> list[tuple[Any, ...]]:
        found = scene_contradictions([one[0] for one in some], [one[1] for one in some], 0.5)
        return [(one.scene, one.label, one.count, one.p) for one in found]

    assert told(shuffled) == told(drawn)


def test_a_label_rare_everywhere_contradicts_no_scene() -> None:
    label = ["common"] * 99 + ["rare"]
    scene = ["a"] * 50 + ["b"] * 50
    assert scene_contradictions(label, scene) == ()


def test_a_ship_in_the_office_is_listed_with_its_row_and_reason() -> None:
    found = scene_contradictions(["ship"] * 31 + ["desk"] * 30, ["harbour"] * 30 + ["office"] * 31)
    office = next(one for one in found if one.scene == "office")
    assert office.rows == (30,)
    assert str(office.meaning[0]).startswith("In scene “office”, 1 of 31 items are labelled “ship”")
    assert office.to_dict()["rows"] == [30]


def test_one_scene_contradicts_nothing_and_missing_values_are_left_out() -> None:
    assert scene_contradictions(["x", "y", None, float("nan")], ["a", "a", "a", "a"]) == ()
    assert mixed_scenes(["x", "x", None], ["a", "a", "a"]) == ()


def test_mixed_scenes_come_by_entropy() -> None:
    label = ["x", "y", "x", "x", "x", "y", "z", "z"]
    scene = ["a", "a", "b", "b", "b", "b", "c", "c"]
    found = mixed_scenes(label, scene)
    assert [one.scene for one in found] == ["a", "b"]
    assert found[0].entropy == pytest.approx(1.0)
    assert found[1].labels == (("x", 3), ("y", 1))
    assert found[1].purity == 0.75
    assert "75%" in str(found[1].meaning[0])
    assert found[1].to_dict()["labels"] == [["x", 3], ["y", 1]]


def test_nonsense_is_refused() -> None:
    with pytest.raises(UnevenLabels):
        scene_contradictions(["x"], [])
    with pytest.raises(NothingToCheck):
        scene_contradictions([], [])
    with pytest.raises(NothingToCheck):
        mixed_scenes([None], ["a"])
    for level in (0.0, 1.0, float("nan"), -1):
        with pytest.raises(LevelOutside):
            scene_contradictions(["x"], ["a"], level)
