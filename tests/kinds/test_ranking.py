"""Rankings: how far two are apart, what several become, what a trial reads from them, what was shown where."""

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.kinds import KINDS, FieldShape, ItemShape, Merged, Preference, Ranking, check_answers, encode_answers
from guiju.kinds.ranking.compare import confused
from guiju.kinds.ranking.seats import shown_order
from guiju.stats.agreement.rankings import ranking_agreement
from guiju.work.trial.compare.rules import compare_field
from guiju.work.trial.model import Answered

RANKING = KINDS["ranking"]
FIELD = FieldShape("better", "ranking", (), options=Preference(ties=True))
SEATS = json.loads((Path(__file__).parent / "shown_order.json").read_text())


def ranked(said: str) -> Ranking:
    """`B > A = C` as an answer."""
    wire: Any = RANKING.expand(said)
    return RANKING.tidy(Ranking(tuple(tuple(group) for group in wire["order"])))


@pytest.mark.parametrize(
    ("said", "merged"),
    [
        (["A > B", "A > B", "B > A"], Merged(ranked("A > B"), 2 / 3, 3)),
        (["A > B", "B > A"], None),
        (["A = B", "A = B", "A > B"], Merged(ranked("A = B"), 5 / 6, 3)),
        (["A > B > C", "A > B > C", "B > A > C"], Merged(ranked("A > B > C"), 8 / 9, 3)),
        (["A > B = C", "A > B = C", "B > A = C"], Merged(ranked("A > B = C"), 1 - 2 / 9, 3)),
        (["A > B > C", "B > C > A", "C > A > B"], None),
        (["B > A"], Merged(ranked("B > A"), 1, 1)),
        ([], None),
    ],
)
def test_several_rankings_become_the_order_nearest_to_them_or_nothing(
    said: list[str], merged: Merged[Ranking] | None
) -> None:
    answers = [ranked(one) for one in said]
    for order in permutations(answers):
        found = RANKING.merge(list(order))
        assert (found and found.answer, found and found.n) == (merged and merged.answer, merged and merged.n)
        assert (found and found.confidence) == pytest.approx(merged and merged.confidence)


def test_who_left_it_out_counts_against_a_ranking() -> None:
    one, none = ranked("A > B"), Ranking(())
    assert RANKING.merge([one, one, none]) == Merged(one, 2 / 3, 3)
    assert RANKING.merge([one, none, none]) == Merged(none, 2 / 3, 3)
    assert RANKING.merge([one, none]) is None


def test_the_merged_answer_is_one_that_the_field_allows() -> None:
    best = FieldShape("better", "ranking", (), options=Preference("best"))
    answers = [ranked(said) for said in ("A > B = C = D", "A > B = C = D", "C > A = B = D")]
    found = RANKING.merge(answers)
    assert found is not None
    assert check_answers({"better": found.answer}, [best], ItemShape("comparison", parts=4)) == []


def test_rankings_are_apart_as_their_pairs_are() -> None:
    assert RANKING.distance(ranked("A > B"), ranked("B > A")) == 1
    assert RANKING.distance(ranked("A > B"), ranked("A = B")) == 0.5
    assert RANKING.distance(ranked("A > B > C"), ranked("B > A > C")) == pytest.approx(1 / 3)
    assert RANKING.distance(Ranking(()), ranked("A > B")) == 1
    assert RANKING.distance(Ranking(()), Ranking(())) == 0


def test_equal_meaning_gives_equal_bytes() -> None:
    one = encode_answers({"better": Ranking(((2, 1), (), (0,)))})
    assert one == encode_answers({"better": Ranking(((1, 2), (0,)))})
    assert one == b'{"better":{"kind":"ranking","order":[[1,2],[0]]}}'


@pytest.mark.parametrize(
    ("short", "said"),
    [
        ("B > A = C", "B > A = C"),
        (" b ", None),
        ("C=B>A", "B = C > A"),
        ([1, [0, 2]], "B > A = C"),
        ([[1], [0]], "B > A"),
    ],
)
def test_examples_say_a_ranking_in_short(short: object, said: str | None) -> None:
    wire: Any = RANKING.expand(short)
    if said is None:
        assert wire == short
    else:
        answer = RANKING.tidy(Ranking(tuple(tuple(group) for group in wire["order"])))
        assert RANKING.summary(answer) == said


def test_a_trial_agrees_as_kendalls_tau_does() -> None:
    orders = {1: ["A > B > C", "A > C > B"], 2: ["C > B > A", "C > B > A"], 3: ["B > A > C", "C > A > B"]}
    rows = [Answered(item, who, ranked(said)) for item, both in orders.items() for who, said in enumerate(both)]
    report = compare_field(FIELD, rows)
    ranks = [[next(k for k, g in enumerate(row.answer.order) if one in g) for one in range(3)] for row in rows]  # type: ignore[union-attr]
    other = ranking_agreement([row.item_id for row in rows], [row.annotator_id for row in rows], ranks)
    assert report.observed.value == pytest.approx(other.observed.value)
    assert report.alpha.value == pytest.approx(other.alpha.value)
    assert [line.item_id for line in report.worst] == [3, 1]
    assert report.confusions[0].items == (1, 3)


def test_what_was_ordered_otherwise_is_named_pair_by_pair() -> None:
    assert confused(ranked("A > B > C"), ranked("B > A = C")) == [("A > B", "B > A"), ("A > C", "A = C")]
    assert confused(ranked("A > B"), ranked("A > B")) == []


def test_checks_may_ask_for_answers_places_and_ties() -> None:
    item = ItemShape("comparison", parts=3)
    assert RANKING.columns(ranked("B > A = C"), item) == {"answers": [3.0], "places": [2.0], "tied": [2.0]}
    assert RANKING.columns(Ranking(()), item) == {"answers": [], "places": [], "tied": []}
    assert set(RANKING.asks) == set(RANKING.columns(ranked("A > B"), item))


@pytest.mark.parametrize("row", SEATS)
def test_what_was_shown_where_can_be_said_afterwards(row: dict[str, Any]) -> None:
    assert list(shown_order(row["item"], row["person"], len(row["order"]))) == row["order"]


@given(st.integers(0, 2**53), st.integers(0, 2**53), st.integers(0, 40))
def test_everybody_is_shown_every_answer_once(item: int, person: int, answers: int) -> None:
    assert sorted(shown_order(item, person, answers)) == list(range(answers))


def test_no_answer_is_shown_first_more_often_than_another() -> None:
    firsts = [shown_order(item, person, 3)[0] for item in range(200) for person in range(10)]
    assert all(abs(firsts.count(one) - 2000 / 3) < 80 for one in range(3))
