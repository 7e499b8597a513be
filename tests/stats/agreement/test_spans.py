"""F1 between annotators who mark spans, and alpha over units."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.agreement.marks import Span, encode_marks, marks_from_rows
from guiju.stats.agreement.segments import segment_agreement
from guiju.stats.agreement.spans import agreement_of_marks, span_agreement
from guiju.stats.agreement.structured_errors import BadMark, BadParameter, OverlappingUnits, UnknownLength
from guiju.stats.agreement.units_alpha import units_alpha
from guiju.stats.errors import ContradictingAnswers, UnevenColumns
from guiju.stats.figure import NO_OVERLAP, ONE_ANSWER_ONLY
from tests.stats.marked import crowd_oei, drawn_marks, three_raters

Row: TypeAlias = tuple[Any, Any, tuple[Span, ...]]

LENGTH = 15
SPAN = drawn_marks(10, 5)


def _apart(marks: Sequence[Span]) -> tuple[Span, ...]:
    """Those marks that do not lie over an earlier one."""
    kept: list[Span] = []
    for mark in marks:
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return tuple(kept)


ANSWER = st.lists(SPAN, max_size=4).map(_apart)
ROWS = st.dictionaries(st.tuples(st.integers(0, 3), st.sampled_from("abc")), ANSWER, min_size=1, max_size=10).map(
    lambda found: [(item, who, marks) for (item, who), marks in found.items()]
)


def _columns(rows: Sequence[Row]) -> tuple[list[int], list[str], list[tuple[Span, ...]]]:
    return [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]


def _credit(mark: Span, others: Sequence[Span], way: str) -> float:
    alike = [o for o in others if o.label == mark.label]
    shared = [max(0.0, min(mark.end, o.end) - max(mark.start, o.start)) for o in alike]
    if way == "exact":
        return float(mark in alike)
    return float(any(shared)) if way == "overlap" else min(1.0, sum(shared) / (mark.end - mark.start))


def _naive(rows: Sequence[Row], way: str) -> tuple[float | None, float | None]:
    """Mean over pairs of annotators, and pooled: by definition, mark by mark."""
    table = {(item, who): set(marks) for item, who, marks in rows}
    values: list[float] = []
    earned = held = 0.0
    for a, b in combinations(sorted({row[1] for row in rows}), 2):
        common = [item for item in {row[0] for row in rows} if (item, a) in table and (item, b) in table]
        left = [(m, table[i, b]) for i in common for m in table[i, a]]
        right = [(m, table[i, a]) for i in common for m in table[i, b]]
        credit = [sum(_credit(m, tuple(o), way) for m, o in side) for side in (left, right)]
        earned, held = earned + sum(credit), held + len(left) + len(right)
        if left or right:
            p, r = (c / max(1, len(side)) for c, side in zip(credit, (left, right), strict=True))
            values.append(2 * p * r / (p + r) if p + r else 0.0)
    return (sum(values) / len(values) if values else None), (earned / held if held else None)


@settings(max_examples=100, deadline=None)
@given(ROWS)
def test_every_f1_is_what_counting_mark_by_mark_gives(rows: list[Row]) -> None:
    found = span_agreement(*_columns(rows))
    for way in ("exact", "overlap", "partial"):
        measure = getattr(found, way)
        mean, pooled = _naive(rows, way)
        assert (measure.mean.value, measure.pooled.value) == (pytest.approx(mean), pytest.approx(pooled))


@settings(max_examples=50, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_names_of_annotators_do_not_matter(rows: list[Row], random: Any) -> None:
    other = [(item, {"a": "z", "b": "y", "c": "x"}[who], marks[::-1]) for item, who, marks in rows]
    random.shuffle(other)
    one, two = span_agreement(*_columns(rows)), span_agreement(*_columns(other))
    for way in ("exact", "overlap", "partial"):
        assert getattr(one, way).pooled.value == pytest.approx(getattr(two, way).pooled.value)
        assert getattr(one, way).mean.value == pytest.approx(getattr(two, way).mean.value)


@settings(max_examples=50, deadline=None)
@given(ROWS)
def test_exact_is_never_above_partial_nor_partial_above_overlap(rows: list[Row]) -> None:
    found = span_agreement(*_columns(rows))
    if found.exact.pooled.value is not None and found.partial.pooled.value and found.overlap.pooled.value:
        assert found.exact.pooled.value <= found.partial.pooled.value + 1e-12
        assert found.partial.pooled.value <= found.overlap.pooled.value + 1e-12


def test_a_crowd_of_70_finds_the_same_chinese_opinions_but_seldom_their_borders() -> None:
    columns = crowd_oei().columns
    found = span_agreement(*columns)
    assert (found.items, found.annotators, found.marks) == (803, 70, 6241)
    assert found.exact.pooled.value == pytest.approx(0.203197, abs=1e-6)
    assert found.overlap.pooled.value == pytest.approx(0.580394, abs=1e-6)
    assert found.partial.pooled.value == pytest.approx(0.499080, abs=1e-6)
    assert found.exact.mean.value == pytest.approx(0.193319, abs=1e-6)
    rows = list(zip(*columns, strict=True))
    assert _naive(rows, "partial") == (
        pytest.approx(found.partial.mean.value),
        pytest.approx(found.partial.pooled.value),
    )
    low, high = found.exact.pooled.low, found.exact.pooled.high
    assert low is not None
    assert high is not None
    assert 0.185 < low < 0.2032 < high < 0.22
    assert {one.label: one.n for one in found.exact.labels} == {"NEG": 3903, "POS": 2338}


def test_three_raters_of_one_translation_mark_the_same_error_about_once_in_nine() -> None:
    columns = three_raters()
    found = span_agreement(*columns)
    assert (found.items, found.annotators, found.marks) == (1890, 8, 9572)
    assert found.exact.pooled.value == pytest.approx(0.116903, abs=1e-6)
    assert found.overlap.pooled.value == pytest.approx(0.242374, abs=1e-6)
    assert _naive(list(zip(*columns, strict=True)), "exact")[1] == pytest.approx(found.exact.pooled.value)
    assert {pair.n for pair in found.pairs} == {400, 490, 500}


def test_what_does_not_exist_says_why() -> None:
    alone = span_agreement([1], ["a"], [[Span(0, 3)]])
    assert (alone.exact.mean.value, alone.exact.mean.why) == (None, NO_OVERLAP)
    silent = span_agreement([1, 1], "ab", [[], []])
    assert silent.exact.mean.value is None
    assert silent.exact.mean.why != NO_OVERLAP
    assert silent.pairs[0].exact is None
    nobody = span_agreement([], [], [])
    assert nobody.exact.pooled.why == NO_OVERLAP
    assert [str(one) for one in alone.meaning]


def test_one_item_has_a_value_and_no_interval() -> None:
    found = span_agreement([1, 1], "ab", [[Span(0, 3)], [Span(0, 3), Span(5, 6)]])
    assert (found.exact.mean.value, found.exact.mean.interval) == (pytest.approx(2 / 3), None)
    assert found.to_dict()["pairs"] == [
        {"a": "a", "b": "b", "n": 1, **dict.fromkeys(("exact", "overlap", "partial"), pytest.approx(2 / 3))}
    ]


def test_the_same_answer_twice_counts_once_and_a_contrary_one_is_refused() -> None:
    mark = [Span(0, 3, "X")]
    assert span_agreement([1, 1, 1], "aab", [mark, [*mark, *mark], mark]).marks == 2
    with pytest.raises(ContradictingAnswers):
        span_agreement([1, 1], "aa", [mark, []])


def test_somebody_who_did_not_answer_is_left_out() -> None:
    assert span_agreement([1, 1], "ab", [[Span(0, 3)], None]).exact.mean.why == NO_OVERLAP


@pytest.mark.parametrize(
    "bad", [Span(3, 3), Span(4, 2), Span(float("nan"), 2), Span(0, float("inf")), Span(0, 1, None)]
)
def test_marks_that_cover_nothing_are_refused(bad: Span) -> None:
    with pytest.raises(BadMark):
        span_agreement([1], ["a"], [[bad]])


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(UnevenColumns):
        span_agreement([1, 2], ["a"], [[]])


def test_rows_of_a_table_become_the_three_columns() -> None:
    rows = [(1, "a", "X", 0, 3), (1, "a", "Y", 5, 6), (1, "b", None, None, None)]
    assert marks_from_rows(rows) == ([1, 1], ["a", "b"], [(Span(0, 3, "X"), Span(5, 6, "Y")), ()])


def test_ten_thousand_labels_are_no_trouble() -> None:
    marks = [Span(i, i + 1, f"label {i}") for i in range(2_000)]
    found = agreement_of_marks(encode_marks([1, 1], "ab", [marks, marks]))
    assert found.exact.mean.value == 1.0


# Alpha over units. The example of three unitizers and its figures: Krippendorff 2019, figure 12.11.
ALEX = [(1, 0, 7), (2, 7, 13), (5, 30, 32), (6, 32, 37), (6, 37, 44), (7, 44, 60)]
PAUL = [(1, 0, 7), (3, 7, 13), (5, 13, 21), (6, 32, 44)]
SUZAN = [(1, 0, 7), (4, 7, 13), (5, 13, 21), (6, 32, 37), (6, 37, 41), (6, 41, 44)]
THREE = [[Span(a, b, label) for label, a, b in one] for one in (ALEX, PAUL, SUZAN)]


def test_marks_in_pieces_are_alike_by_their_pieces_and_not_by_their_gaps() -> None:
    two, whole = Span(0, 12, "X", ((0, 4), (8, 12))), Span(0, 12, "X")
    same = span_agreement([1, 1], "ab", [[two], [two]])
    apart = span_agreement([1, 1], "ab", [[two], [whole]])
    gap = span_agreement([1, 1], "ab", [[two], [Span(5, 7, "X")]])
    assert (same.exact.pooled.value, same.partial.pooled.value) == (1, 1)
    assert (apart.exact.pooled.value, apart.partial.pooled.value) == (0, pytest.approx((1 + 8 / 12) / 2))
    assert gap.overlap.pooled.value == 0
    with pytest.raises(BadMark):
        span_agreement([1], "a", [[Span(0, 12, "X", ((0, 9), (8, 12)))]])


def test_alpha_over_units_takes_each_piece_for_a_unit() -> None:
    two = Span(0, 12, "X", ((0, 4), (8, 12)))
    in_one = units_alpha([1, 1], "ab", [[two], [Span(0, 4, "X"), Span(8, 12, "X")]], {1: 20})
    assert in_one.alpha.value == 1
    apart = units_alpha([1, 1], "ab", [[two], [Span(5, 7, "X")]], {1: 20}).alpha.value
    assert apart is not None
    assert apart < 0


def test_alpha_over_units_of_the_published_example() -> None:
    found = units_alpha([0] * 3, "aps", THREE, {0: 60})
    assert found.alpha.value == pytest.approx(0.510, abs=5e-4)
    assert found.marked.value == pytest.approx(0.413, abs=1e-3)
    assert found.coding.value == pytest.approx(0.724, abs=5e-4)
    values = [one.alpha.value for one in found.labels]
    assert values[:6] == [pytest.approx(v, abs=1e-9) for v in (1, 0, 0, 0, 1, 1)]
    assert values[6] is None
    assert found.labels[6].alpha.why
    assert [one.coverage for one in found.labels][4:] == [pytest.approx(8 / 18), 1.0, 0.0]


def _atoms(rows: Sequence[Row], labels: str, kept: set[int]) -> tuple[float, float]:
    """Observed and expected disagreement by going over pairs of atoms: an atom pairs with none of its own unit."""
    names: list[tuple[int, str, int, int]] = []  # label, answer, unit, place; a gap's atom is a unit of its own
    observed = total = 0.0
    table: dict[tuple[int, str], list[str]] = {}
    for item, who, marks in rows:
        if item not in kept:
            continue
        line = ["-"] * LENGTH
        for mark in marks:
            line[int(mark.start) : int(mark.end)] = str(mark.label) * int(mark.end - mark.start)
        table[item, who] = line
        for place in range(LENGTH):
            unit = next((k for k, m in enumerate(marks) if m.start <= place < m.end), -1 - place)
            names.append((labels.index(line[place]), f"{item} {who}", unit, place))
    for item in kept:
        lines = [line for (one, _), line in table.items() if one == item]
        for a in range(len(lines)):
            for b in range(len(lines)):
                if a != b:
                    observed += sum(x != y for x, y in zip(lines[a], lines[b], strict=True)) / (len(lines) - 1)
        total += len(lines) * LENGTH
    kind = np.array([n[0] for n in names])
    codes = {key: code for code, key in enumerate({n[1:3] for n in names})}
    unit = np.array([codes[n[1:3]] for n in names])
    may = unit[:, None] != unit[None, :]
    apart = (kind[:, None] != kind[None, :]) & may
    return observed, total * float(apart.sum()) / float(may.sum())


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_alpha_over_units_is_what_counting_pairs_of_atoms_gives(rows: list[Row]) -> None:
    answers = {item: sum(row[0] == item for row in rows) for item, _, _ in rows}
    kept = {item for item, n in answers.items() if n >= 2}
    found = units_alpha(*_columns(rows), dict.fromkeys(range(4), LENGTH))
    if not kept:
        assert found.alpha.why == NO_OVERLAP
        return
    observed, expected = _atoms(rows, "-XY", kept)
    if expected == 0:
        assert found.alpha.why == ONE_ANSWER_ONLY
    else:
        assert found.alpha.value == pytest.approx(1 - observed / expected)


def test_the_crowd_agrees_on_the_label_and_not_on_where() -> None:
    crowd = crowd_oei()
    found = units_alpha(*crowd.columns, crowd.lengths)
    assert found.alpha.value == pytest.approx(0.380772, abs=1e-6)
    assert found.marked.value == pytest.approx(0.361102, abs=1e-6)
    assert found.coding.value == pytest.approx(0.841968, abs=1e-6)
    assert all(
        f.low is not None and f.high is not None and f.low < (f.value or 0) < f.high
        for f in (found.alpha, found.coding)
    )
    assert len(found.meaning) == 3


def test_alpha_of_one_label_only_and_of_no_common_mark_say_why() -> None:
    whole = units_alpha([1, 1], "ab", [[Span(0, 9)], [Span(0, 9)]], {1: 9})
    assert whole.alpha.why == ONE_ANSWER_ONLY
    apart = units_alpha([1, 1], "ab", [[Span(0, 4)], [Span(5, 9)]], {1: 9})
    assert apart.coding.value is None
    assert apart.alpha.value is not None
    assert apart.alpha.value < 0


def test_units_that_overlap_and_lengths_that_do_not_fit_are_refused() -> None:
    with pytest.raises(OverlappingUnits):
        units_alpha([1], "a", [[Span(0, 4), Span(3, 5)]], {1: 9})
    wrong: list[dict[Any, float]] = [{}, {1: 3}, {1: float("nan")}]
    for lengths in wrong:
        with pytest.raises(UnknownLength):
            units_alpha([1], "a", [[Span(0, 4)]], lengths)
    with pytest.raises(UnknownLength):
        units_alpha([1], "a", [[Span(-2, 4)]], {1: 9})
    with pytest.raises(BadParameter):
        units_alpha([1], "a", [[Span(0, 4)]], {1: 9}, unit=-1)


def test_alpha_on_time_does_not_depend_on_the_unit_of_time() -> None:
    seconds = units_alpha([1, 1], "ab", [[Span(0, 4)], [Span(1, 5)]], {1: 20}, unit=0)
    minutes = units_alpha([1, 1], "ab", [[Span(0, 4 / 60)], [Span(1 / 60, 5 / 60)]], {1: 20 / 60}, unit=0)
    assert seconds.alpha.value == pytest.approx(minutes.alpha.value)


# Segments.


def test_segments_match_within_the_tolerance_and_not_beyond() -> None:
    near = segment_agreement([1, 1], "ab", [[Span(0, 2.0, "s")], [Span(0.2, 2.2, "s")]])
    far = segment_agreement([1, 1], "ab", [[Span(0, 2.0, "s")], [Span(0.21, 2.0, "s")]])
    assert (near.within.mean.value, far.within.mean.value) == (1.0, 0.0)
    assert near.overlap.mean.value == 1.0
    assert near.time.value == pytest.approx(1.8 / 2.2)


def test_short_segments_side_by_side_are_within_a_wide_tolerance() -> None:
    found = segment_agreement([1, 1], "ab", [[Span(0, 0.1)], [Span(0.15, 0.25)]])
    assert (found.within.mean.value, found.overlap.mean.value) == (1.0, 0.0)


def test_where_several_segments_are_near_as_many_as_can_be_are_matched() -> None:
    ann = [Span(0, 1.0), Span(0.15, 1.15), Span(5, 6)]
    bob = [Span(-0.15, 0.85), Span(0.1, 1.1), Span(5, 6)]
    found = segment_agreement([1, 1], "ab", [ann, bob])
    assert found.within.mean.value == 1.0


def test_time_counts_a_stretch_once_however_often_it_is_marked() -> None:
    found = segment_agreement([1, 1], "ab", [[Span(0, 2), Span(1, 3)], [Span(0, 3)]])
    assert found.time.value == 1.0


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_shared_time_is_what_counting_atoms_gives(rows: list[Row]) -> None:
    found = segment_agreement(*_columns(rows), tolerance=0)
    cells = {(i, w): {(p, m.label) for m in marks for p in range(int(m.start), int(m.end))} for i, w, marks in rows}
    pairs = [(a, b) for a, b in combinations(sorted(cells), 2) if a[0] == b[0]]
    shared = sum(len(cells[a] & cells[b]) for a, b in pairs)
    either = sum(len(cells[a] | cells[b]) for a, b in pairs)
    assert found.time.value == (pytest.approx(shared / either) if either else None)
    assert found.within.pooled.value == pytest.approx(span_agreement(*_columns(rows)).exact.pooled.value)


def test_a_negative_tolerance_is_refused() -> None:
    with pytest.raises(BadParameter):
        segment_agreement([1], "a", [[]], tolerance=-1)
