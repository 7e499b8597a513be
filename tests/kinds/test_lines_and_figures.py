"""Polylines and figures of keypoints: how far apart, what several become, and what a trial reads from them."""

from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.kinds import (
    KINDS,
    Answer,
    Figure,
    Figures,
    Joint,
    KeypointOptions,
    Merged,
    Polyline,
    Polylines,
    check_answers,
    decode_answers,
    encode_answers,
)
from guiju.kinds.model import FieldShape, ItemShape
from guiju.rulebooks import RulebookVersion, problems_of
from guiju.rulebooks.compiled import compile_rulebook
from guiju.work.trial.compare import NOTHING, compare_field, confused
from guiju.work.trial.model import Answered
from tests.journeys.papers import rulebook_of

LINES, FIGURES = KINDS["polyline"], KINDS["keypoint"]
LANES = FieldShape("lanes", "polyline", ("lane", "edge"))
MAN = KeypointOptions((Joint("head"), Joint("hip"), Joint("foot")), (("head", "hip"), ("hip", "foot")))
PEOPLE = FieldShape("people", "keypoint", ("man", "dog"), options=MAN)
IMAGE = ItemShape("image", width=400, height=400)

places = st.integers(0, 40).map(lambda tens: tens * 10.0)
points = st.tuples(places, places)
lines = st.tuples(st.sampled_from(("lane", "edge")), st.lists(points, min_size=2, max_size=5, unique=True))
many_lines = st.lists(lines, max_size=4).map(
    lambda rows: Polylines(tuple(Polyline(f"l{n}", label, tuple(row)) for n, (label, row) in enumerate(rows)))
)
puts = st.one_of(st.just((0.0, 0.0, 0)), st.tuples(places, places, st.sampled_from((1, 2))))
figures = st.tuples(st.sampled_from(("man", "dog")), st.lists(puts, min_size=3, max_size=3)).filter(
    lambda row: any(flag for _, _, flag in row[1])
)
many_figures = st.lists(figures, max_size=4).map(
    lambda rows: Figures(tuple(Figure(f"k{n}", label, tuple(row)) for n, (label, row) in enumerate(rows)))
)
pairs = st.one_of(st.tuples(many_lines, many_lines), st.tuples(many_figures, many_figures))
several = st.one_of(st.lists(many_lines, min_size=1, max_size=4), st.lists(many_figures, min_size=1, max_size=4))


def of(answer: Answer) -> str:
    return "polyline" if isinstance(answer, Polylines) else "keypoint"


def line(*row: tuple[float, float], label: str = "lane", name: str = "l1") -> Polylines:
    return Polylines((Polyline(name, label, row),))


def figure(*row: tuple[float, float, int], label: str = "man", name: str = "k1") -> Figures:
    return Figures((Figure(name, label, row),))


@settings(deadline=None)  # the first comparison loads NumPy and SciPy
@given(pairs)
def test_a_distance_is_symmetric_and_between_nought_and_one(pair: tuple[Answer, Answer]) -> None:
    a, b = pair
    distance = KINDS[of(a)].distance
    assert 0 <= distance(a, b) <= 1
    assert distance(a, b) == distance(b, a)
    assert distance(a, a) == 0


@settings(deadline=None)
@given(several)
def test_what_several_become_fits_the_rulebook_and_does_not_depend_on_who_came_first(answers: list[Answer]) -> None:
    kind = KINDS[of(answers[0])]
    found = kind.merge(answers)
    assert found == kind.merge(answers[::-1])
    if found is not None:
        field = LANES if of(answers[0]) == "polyline" else PEOPLE
        assert check_answers({field.id: found.answer}, [field], IMAGE) == []
        assert 0 <= found.confidence <= 1


@settings(deadline=None)
@given(st.one_of(many_lines, many_figures))
def test_what_is_written_is_read_again_and_one_answer_stays_as_it_is(answer: Answer) -> None:
    assert decode_answers(encode_answers({"q": answer})) == {"q": answer}
    found = KINDS[of(answer)].merge([answer])
    assert found is not None
    assert KINDS[of(answer)].distance(found.answer, answer) == pytest.approx(0, abs=1e-9)


def test_lines_are_apart_by_what_does_not_run_along_the_other() -> None:
    base = line((0, 0), (200, 0))
    assert LINES.distance(base, line((0, 3), (200, 3))) == 0
    assert LINES.distance(base, line((200, 0), (100, 0), (0, 0))) == 0, "a line has no direction"
    assert LINES.distance(base, line((0, 0), (100, 0))) == pytest.approx(1 - 2 / 3, abs=0.02)
    assert LINES.distance(base, line((0, 30), (200, 30))) == 1
    assert LINES.distance(base, line((0, 0), (200, 0), label="edge")) == 1
    assert LINES.distance(base, Polylines(())) == 1


def test_figures_are_apart_as_object_keypoint_similarity_says() -> None:
    base = figure((0, 0, 2), (100, 100, 2), (0, 100, 2))
    moved = figure((0, 10, 2), (100, 100, 2), (0, 100, 2))
    area = (100 * 100 + 100 * 90) / 2
    assert FIGURES.distance(base, moved) == pytest.approx(1 - (exp(-100 / (2 * area * 0.01)) + 2) / 3)
    assert FIGURES.distance(base, figure((0, 0, 1), (100, 100, 2), (0, 100, 2))) == 0, "hidden is where it is"
    assert FIGURES.distance(base, figure((0, 0, 2), (100, 100, 2), (0, 0, 0))) == pytest.approx(1 / 3)
    assert FIGURES.distance(base, figure((0, 0, 2), (100, 100, 2), (0, 100, 2), label="dog")) == 1


def test_a_group_of_lines_is_spoken_for_by_its_middle_one() -> None:
    found = LINES.merge([line((0, 0), (200, 0)), line((0, 4), (200, 4)), line((0, 8), (200, 8))])
    assert found == Merged(line((0, 4), (200, 4), name="m1"), 1.0, 3)
    assert LINES.merge([line((0, 0), (200, 0)), line((0, 0), (200, 0), label="edge")]) is None


def test_a_group_of_figures_takes_the_median_of_each_point_that_most_put() -> None:
    found = FIGURES.merge(
        [
            figure((0, 0, 2), (100, 100, 2), (0, 100, 2)),
            figure((2, 0, 2), (100, 102, 1), (0, 0, 0)),
            figure((4, 0, 2), (100, 104, 1), (0, 0, 0)),
        ]
    )
    assert found is not None
    assert found.answer == figure((2, 0, 2), (100, 102, 1), (0, 0, 0), name="m1")


def test_a_trial_says_which_label_is_taken_for_which() -> None:
    one, other = line((0, 0), (200, 0)), line((0, 0), (200, 0), label="edge")
    assert confused(one, other) == [("lane", "edge")]
    assert confused(one, Polylines(())) == [("lane", NOTHING)]
    rows = [Answered(1, 1, one), Answered(1, 2, other), Answered(2, 1, one), Answered(2, 2, one)]
    report = compare_field(LANES, rows)
    assert report.observed.value == pytest.approx(0.5)
    assert {each.label: each.n for each in report.labels} == {"lane": 3, "edge": 1}


def test_a_figure_without_names_a_point_twice_or_joined_to_nothing_is_no_rulebook() -> None:
    document = rulebook_of("keypoint", ["Man"]).replace("kind: keypoint,", "kind: keypoint, options: OPTIONS,")

    def codes(options: str) -> list[str]:
        return [found.code for found in problems_of(document.replace("OPTIONS", options)) if found.severity == "error"]

    assert codes("{points: [{id: head, zh: 头, en: Head}, {id: foot}], skeleton: [[head, foot]]}") == []
    assert codes("{points: []}") == ["no-joints"]
    assert codes("{points: [{id: a}, {id: a}]}") == ["joint-twice"]
    assert codes("{points: [{id: a}], skeleton: [[a, b]]}") == ["unknown-joint"]
    assert codes("{}") == ["bad-options"]


def test_checks_ask_for_length_and_for_points_that_are_seen() -> None:
    head, rest = rulebook_of("polyline", ["Lane"]).rsplit("---\n", 1)
    check = "checks:\n  - {id: long, field: answer, expect: 'length >= 50', message: {zh: 短, en: short}}\n"
    compiled = compile_rulebook(RulebookVersion(7, 1, "1.0.0", f"{head}{check}---\n{rest}", "d", 1, None, 1, 0, 1, 0))
    short, long = line((0, 0), (49, 0)), line((0, 0), (50, 0))
    assert [found["shape"] for found in compiled.check_answers({"answer": short}, IMAGE)] == ["l1"]
    assert compiled.check_answers({"answer": long}, IMAGE) == []
