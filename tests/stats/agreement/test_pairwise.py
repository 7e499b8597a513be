import numpy as np
import pytest

from guiju.stats.agreement.pairwise import agreement_from_distances, agreement_of_answers, chance_pairs
from guiju.stats.agreement.report import agreement
from guiju.stats.figure import NO_OVERLAP, ONE_ANSWER_ONLY


def _differ(a: object, b: object) -> float:
    return float(a != b)


def test_pairwise_agreement_equals_the_tabled_one_when_all_pairs_fit() -> None:
    rows = [(item, who, (item * 7 + who * who) % 3) for item in range(30) for who in range(3)]
    tabled = agreement([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])
    paired = agreement_of_answers([r[0] for r in rows], [r[2] for r in rows], _differ)
    assert paired.observed.value == pytest.approx(tabled.observed.value)
    assert paired.alpha.value == pytest.approx(tabled.alpha.value)
    assert paired.observed.interval == pytest.approx(tabled.observed.interval, abs=0.03)
    assert paired.by_item[0][1] <= paired.by_item[-1][1]


def test_chance_pairs_are_capped_seeded_and_never_a_row_with_itself() -> None:
    left, right = chance_pairs(5_000, seed=3)
    assert len(left) == 20_000
    assert not (left == right).any()
    assert (chance_pairs(5_000, seed=3).right == right).all()
    assert (chance_pairs(5_000, seed=4).right != right).any()


def test_pairwise_figures_that_do_not_exist_say_why() -> None:
    none = np.empty(0)
    assert agreement_from_distances(none.astype(np.int64), none, none).alpha.why == NO_OVERLAP
    same = agreement_of_answers([1, 1], ["x", "x"], _differ)
    assert (same.observed.value, same.alpha.why) == (1, ONE_ANSWER_ONLY)
