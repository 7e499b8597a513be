"""Ratings: how far two are apart, what several become, and what a trial reads from them."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.kinds import KINDS, FieldShape, Merged, Rating, Scale, encode_answers
from guiju.stats.agreement.alpha import krippendorff_alpha
from guiju.stats.columns import encode
from guiju.work.trial.compare.rules import compare_field
from guiju.work.trial.model import Answered
from tests.stats.published import shared

RATING = KINDS["rating"]
values = st.one_of(st.none(), st.integers(0, 100).map(float))
ratings = values.map(Rating)


@given(ratings, ratings, ratings)
def test_the_distance_is_a_metric_between_nought_and_one(a: Rating, b: Rating, c: Rating) -> None:
    assert RATING.distance(a, a) == 0
    assert RATING.distance(a, b) == RATING.distance(b, a)
    assert 0 <= RATING.distance(a, b) <= 1
    assert RATING.distance(a, c) <= RATING.distance(a, b) + RATING.distance(b, c) + 1e-12


def test_the_further_apart_the_larger_the_distance() -> None:
    apart = [RATING.distance(Rating(1), Rating(value)) for value in (1, 2, 4)]
    assert apart == [0, 0.5, 0.75]
    assert RATING.distance(Rating(None), Rating(1)) == 1
    assert RATING.distance(Rating(None), Rating(None)) == 0


@pytest.mark.parametrize(
    ("given_values", "merged"),
    [
        ([1, 3, 5], Merged(Rating(3), 1 / 3, 3)),
        ([4, 4, 5], Merged(Rating(4), 2 / 3, 3)),
        ([4, 4, 1, 5], Merged(Rating(4), 0.5, 4)),
        ([4, 5], None),
        ([4], Merged(Rating(4), 1, 1)),
        ([None, 4, 4], Merged(Rating(4), 2 / 3, 3)),
        ([None, None, 4], Merged(Rating(None), 2 / 3, 3)),
        ([None, 4], None),
        ([], None),
    ],
)
def test_several_ratings_become_their_median_or_nothing(
    given_values: list[float | None], merged: Merged[Rating] | None
) -> None:
    answers = [Rating(value) for value in given_values]
    assert RATING.merge(answers) == merged
    assert {RATING.merge(list(order)) for order in permutations(answers)} == {merged}


def test_values_are_kept_with_two_decimals_and_no_negative_nought() -> None:
    assert encode_answers({"q": Rating(3.14159)}) == b'{"q":{"kind":"rating","value":3.14}}'
    assert encode_answers({"q": Rating(-0.001)}) == b'{"q":{"kind":"rating","value":0.0}}'


def feelings(emotion: str) -> list[tuple[int, int, float]]:
    """(headline, worker, strength) of Snow et al. 2008: ten workers' ratings of each of 100 headlines."""
    lines = shared(f"data/snow2008/{emotion}.standardized.tsv").read_text().splitlines()[1:]
    cells = [line.split("\t") for line in lines]
    workers = {name: place for place, name in enumerate(sorted({row[1] for row in cells}))}
    return [(int(row[2]), workers[row[1]], float(row[3])) for row in cells]


@pytest.mark.parametrize("apart", ["ordinal", "interval"])
def test_a_trial_reads_real_ratings_by_their_order(apart: str) -> None:
    scale = Scale(-100, 100, apart="ordinal" if apart == "ordinal" else "interval")
    rows = feelings("valence")
    report = compare_field(
        FieldShape("valence", "rating", (), options=scale),
        [Answered(item, worker, Rating(value)) for item, worker, value in rows],
    )
    expected = krippendorff_alpha(encode(*map(list, zip(*rows, strict=True))), apart, interval=False)
    assert report.alpha.value == pytest.approx(expected.value)
    nominal = compare_field(
        FieldShape("valence", "rating", ()), [Answered(i, w, Rating(v)) for i, w, v in rows]
    ).alpha.value
    assert report.alpha.value is not None
    assert nominal is not None
    assert report.alpha.value > 0.3 > nominal


def test_items_on_which_ratings_differ_come_first_and_unrated_ones_are_left_out() -> None:
    field = FieldShape("q", "rating", (), required=False, options=Scale(1, 5))
    said = [(1, 1, 4.0), (1, 2, 4.0), (2, 1, 1.0), (2, 2, 5.0), (3, 1, None), (3, 2, 2.0)]
    report = compare_field(field, [Answered(item, who, Rating(value)) for item, who, value in said])
    assert [line.item_id for line in report.worst] == [2]
    assert [(line.a, line.b) for line in report.confusions] == [("1", "5")]
    assert {line.label for line in report.labels} == {"1", "2", "4", "5"}
