"""What a paper asks and what passes, decided without a database."""

import hashlib
from collections import Counter
from functools import partial

import pytest

from guiju.exams import PassRule, Settings
from guiju.exams.model import Candidate
from guiju.exams.rules import decide_pass, order_paper, plan_paper, survey, weight_of
from guiju.rulings import ReferenceOrigin
from guiju.rulings.marking import Known


def candidate(
    n: int, *labels: str, boundary: bool = False, asked: int = 0, lost: float = 0.0, tries: int = 0
) -> Candidate:
    polarity = "boundary" if boundary else "positive"
    known = Known(n, ReferenceOrigin.EXAMPLE, f"E{n}", n, None, "{}", labels or ("a",), polarity, None)
    return Candidate(known, asked, lost, tries)


def rank(seed: str, name: str) -> str:
    return hashlib.sha256(f"{seed}\0{name}".encode()).hexdigest()


def drawn(candidates: list[Candidate], size: int, seed: str = "s") -> list[int]:
    return [one.known.id for one in plan_paper(candidates, size, partial(rank, seed))]


def test_labels_take_turns_however_many_references_they_have() -> None:
    many = [candidate(n, "common") for n in range(40)] + [candidate(n, "rare") for n in range(100, 105)]
    assert Counter("rare" if n >= 100 else "common" for n in drawn(many, 10)) == {"rare": 5, "common": 5}


def test_a_question_about_several_labels_stands_for_the_rarest() -> None:
    many = [candidate(n, "common") for n in range(20)] + [candidate(n, "common", "rare") for n in (100, 101)]
    assert {100, 101} <= set(drawn(many, 4))


@pytest.mark.parametrize("size", [1, 3, 8])
def test_what_was_asked_least_comes_first_and_a_longer_plan_begins_with_the_shorter(size: int) -> None:
    some = [candidate(n, "ab"[n % 2], asked=n // 4) for n in range(8)]
    assert {n // 4 for n in drawn(some, 4)} == {0}
    assert drawn(some, 8)[:size] == drawn(some, size)


def test_boundary_cases_and_what_newcomers_get_wrong_come_more_often() -> None:
    easy, boundary, hard = candidate(1), candidate(2, boundary=True), candidate(3, lost=18.0, tries=18)
    assert [weight_of(one) for one in (easy, boundary, hard)] == pytest.approx([1.0, 2.0, 2.8])
    first = Counter(drawn([easy, boundary, hard], 1, f"seed {n}")[0] for n in range(2_000))
    assert [first[n] / 2_000 for n in (1, 2, 3)] == pytest.approx([1 / 5.8, 2 / 5.8, 2.8 / 5.8], abs=0.04)


def test_the_order_is_the_seeds_alone() -> None:
    orders = {tuple(order_paper(range(6), partial(rank, f"seed {n}"))) for n in range(20)}
    assert len(orders) > 15
    assert order_paper([1, 2, 3], partial(rank, "s")) == order_paper([3, 2, 1], partial(rank, "s"))


@pytest.mark.parametrize(
    ("rule", "score", "low", "passes"),
    [
        (PassRule.POINT, 0.8, 0.58, True),
        (PassRule.POINT, 0.79, 0.57, False),
        (PassRule.LOWER, 0.95, 0.76, False),
        (PassRule.LOWER, 1.0, 0.84, True),
    ],
)
def test_the_rule_says_what_must_reach_the_pass_mark(rule: PassRule, score: float, low: float, passes: bool) -> None:
    assert decide_pass(score, low, Settings(pass_mark=0.8, rule=rule)) is passes


def test_what_there_is_to_ask_is_told_with_the_scarcest_label_first() -> None:
    supply = survey([candidate(1, "a"), candidate(2, "a", "b", boundary=True)])
    assert (supply.total, supply.boundary, supply.labels) == (2, 1, (("b", 1), ("a", 2)))
