"""Masks: run lengths as pycocotools writes and reads them, without NumPy where it counts, compared and merged."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from guiju.kinds import (
    KINDS,
    FieldShape,
    ItemShape,
    Mask,
    MaskOptions,
    Masks,
    check_answers,
    decode_answers,
    encode_answers,
)
from guiju.kinds.mask.shape import MOST_CHARACTERS, columns
from guiju.kinds.runs import extent_of, plain_runs, read_runs, share_pixels, write_runs

MASK = KINDS["mask"]
WIDE, HIGH = 40, 30
FIELD = FieldShape("parts", "mask", ("leaf", "stem"))
APART = FieldShape("parts", "mask", ("leaf", "stem"), options=MaskOptions(overlap=False))
IMAGE = ItemShape("image", width=WIDE, height=HIGH)
pictures = arrays(np.uint8, array_shapes(min_dims=2, max_dims=2, max_side=24), elements=st.integers(0, 1))
small = arrays(np.uint8, (6, 7), elements=st.integers(0, 1))


def theirs(pixels: Any) -> Any:
    """What pycocotools writes of a picture."""
    from pycocotools import mask

    return mask.encode(np.asfortranarray(pixels))


def counts_of(pixels: Any) -> str:
    return theirs(pixels)["counts"].decode()


def painted(*rectangles: tuple[int, int, int, int]) -> Any:
    """A picture with these rectangles (left, top, right, bottom) filled."""
    pixels = np.zeros((HIGH, WIDE), np.uint8)
    for left, top, right, bottom in rectangles:
        pixels[top:bottom, left:right] = 1
    return pixels


def mask(pixels: Any, label: str = "leaf", name: str = "m1") -> Mask:
    return Mask(name, label, pixels.shape, counts_of(pixels))


def drawn(*masks: Mask) -> Masks:
    return Masks(masks)


def codes(answer: Masks, field: FieldShape = FIELD) -> list[str]:
    return [problem.code for problem in check_answers({"parts": answer}, [field], IMAGE)]


@given(pictures)
def test_run_lengths_are_read_and_written_as_pycocotools_does(pixels: Any) -> None:
    from pycocotools import mask

    written = theirs(pixels)
    runs = read_runs(written["counts"].decode())
    assert runs is not None
    assert write_runs(runs) == written["counts"].decode()
    found = extent_of(runs, pixels.shape[0])
    assert found.area == mask.area(written)
    if found.area:
        assert list(found[:4]) == mask.toBbox(written).tolist()


@given(st.lists(st.integers(0, 3 * 10**8), min_size=1, max_size=40))
def test_lengths_of_any_size_survive_the_way_through_the_text(runs: list[int]) -> None:
    assert read_runs(write_runs(runs)) == runs


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_empty_runs_are_folded_and_the_pixels_stay(runs: list[int]) -> None:
    def unpacked(lengths: Sequence[int]) -> list[int]:
        return [place % 2 for place, length in enumerate(lengths) for _ in range(length)]

    plain = plain_runs(runs)
    assert unpacked(plain) == unpacked(runs)
    assert 0 not in plain[1:]


@given(st.lists(small, min_size=1, max_size=3))
def test_shared_pixels_are_found_as_counting_finds_them(several: list[Any]) -> None:
    read = [read_runs(counts_of(pixels)) or [] for pixels in several]
    assert share_pixels(read) is bool((np.sum(several, axis=0) > 1).any())


def test_equal_masks_are_equal_bytes_however_their_runs_were_cut() -> None:
    usual = write_runs([100, 50, WIDE * HIGH - 150])
    cut = write_runs([40, 0, 60, 20, 0, 30, WIDE * HIGH - 150, 0])
    assert usual != cut
    one, other = (encode_answers({"parts": drawn(Mask("m1", "leaf", (HIGH, WIDE), each))}) for each in (usual, cut))
    assert one == other
    assert json.loads(one)["parts"]["shapes"][0]["counts"] == usual


def test_masks_that_share_pixels_are_refused_only_where_the_field_says_so() -> None:
    both = drawn(mask(painted((2, 2, 12, 12))), mask(painted((11, 11, 20, 20)), "stem", "m2"))
    touching = drawn(mask(painted((2, 2, 12, 12))), mask(painted((12, 2, 20, 12)), "stem", "m2"))
    assert (codes(both), codes(both, APART), codes(touching, APART)) == ([], ["masks-overlap"], [])


@pytest.mark.parametrize("text", ["1" * 9_000_000, "0" * 9_000_000, "o" * 9_000_000 + "0", "P" * 900_000 + "0"])
def test_a_hostile_text_is_refused_at_once_and_costs_little_more_than_itself(text: str) -> None:
    import tracemalloc

    raw = json.dumps({"parts": {"kind": "mask", "shapes": [_wire(text)]}})
    tracemalloc.start()
    began = time.perf_counter()
    found = codes(decode_answers(raw)["parts"])  # pyright: ignore[reportArgumentType] - a mask, as it says
    took, peak = time.perf_counter() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found in (["too-detailed"], ["broken-runs"])
    assert took < 2
    assert peak < 4 * len(raw) + 4_000_000


def _wire(counts: str) -> dict[str, Any]:
    return {"id": "m1", "label": "leaf", "size": [HIGH, WIDE], "counts": counts}


def test_the_limit_holds_for_all_masks_of_an_answer_together() -> None:
    each = Mask("m1", "leaf", (HIGH, WIDE), "0" * (MOST_CHARACTERS // 4 + 1))
    found = codes(drawn(*(Mask(f"m{n}", *_parts(each)) for n in range(4))))
    assert found == ["too-detailed"]


def _parts(one: Mask) -> tuple[str, tuple[int, int], str]:
    return one.label, one.size, one.counts


def test_a_submit_of_masks_loads_no_numpy() -> None:
    said = {"parts": {"kind": "mask", "shapes": [_wire(counts_of(painted((3, 3, 20, 20))))]}}
    program = f"""
import sys
from guiju.kinds import FieldShape, ItemShape, check_answers, decode_answers, encode_answers
answers = decode_answers({json.dumps(said)!r})
assert not check_answers(answers, [FieldShape("parts", "mask", ("leaf",))], ItemShape("image", 0, {WIDE}, {HIGH}))
assert encode_answers(answers)
assert "numpy" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_checks_may_ask_for_bounds_and_pixels() -> None:
    two = drawn(mask(painted((4, 3, 14, 9), (30, 2, 31, 3))), mask(painted((0, 0, WIDE, HIGH)), "stem", "m2"))
    found = columns(two, IMAGE)
    assert set(found) == set(MASK.asks)
    assert [found[name] for name in ("x", "y", "width", "height", "area")] == [
        [4.0, 0.0],
        [2.0, 0.0],
        [27.0, WIDE],
        [7.0, HIGH],
        [61.0, WIDE * HIGH],
    ]


def test_masks_are_apart_by_the_pixels_that_their_matches_do_not_share() -> None:
    square, half = mask(painted((0, 0, 10, 10))), mask(painted((0, 0, 10, 6)))
    other = mask(painted((20, 0, 30, 10)), name="m2")
    assert MASK.distance(drawn(square), drawn(square)) == 0
    assert MASK.distance(drawn(square), drawn(half)) == pytest.approx(0.4)
    assert MASK.distance(drawn(square, other), drawn(square)) == pytest.approx(1 - 2 / 3)
    assert MASK.distance(drawn(square), drawn(mask(painted((0, 0, 10, 4))))) == 1
    assert MASK.distance(drawn(square), drawn(mask(painted((0, 0, 10, 10)), "stem"))) == 1
    assert (MASK.distance(drawn(), drawn(square)), MASK.distance(drawn(), drawn())) == (1, 0)


def test_masks_of_two_sizes_and_of_nothing_are_nobody_s_partner() -> None:
    square = mask(painted((0, 0, 10, 10)))
    other = Mask("m1", "leaf", (WIDE, HIGH), square.counts)
    empty = Mask("m1", "leaf", (HIGH, WIDE), write_runs([WIDE * HIGH]))
    assert MASK.distance(drawn(square), drawn(other)) == 1
    assert MASK.distance(drawn(square), drawn(empty)) == 1


answers = st.lists(st.tuples(small, st.sampled_from(("leaf", "stem"))), max_size=3).map(
    lambda rows: drawn(*(mask(pixels, label, f"m{n}") for n, (pixels, label) in enumerate(rows)))
)


@settings(deadline=None)  # the first comparison loads NumPy
@given(answers, answers)
def test_the_distance_is_symmetric_and_between_nought_and_one(a: Masks, b: Masks) -> None:
    assert 0 <= MASK.distance(a, b) <= 1
    assert MASK.distance(a, b) == MASK.distance(b, a)
    assert MASK.distance(a, a) == 0


def test_what_most_painted_stays_pixel_by_pixel() -> None:
    found = _merged(
        drawn(mask(painted((0, 0, 10, 10))), mask(painted((30, 20, 35, 25)), name="m2")),
        drawn(mask(painted((1, 0, 11, 10)))),
        drawn(mask(painted((2, 1, 12, 11)), "stem")),
    )
    three = np.sum([painted((x, y, x + 10, y + 10)) for x, y in ((0, 0), (1, 0), (2, 1))], axis=0)
    assert found.answer == drawn(mask((three >= 2).astype(np.uint8), "leaf", "m1"))
    assert found.confidence == pytest.approx(2 / 3)


def test_a_tied_label_goes_to_a_person_and_nobody_s_paint_is_an_answer() -> None:
    square = painted((0, 0, 10, 10))
    assert MASK.merge([drawn(mask(square)), drawn(mask(square, "stem"))]) is None
    assert MASK.merge([]) is None
    assert _merged(drawn(), drawn()).answer == drawn()
    assert _merged(drawn(), drawn()).confidence == 1


@settings(deadline=None)
@given(st.lists(answers, min_size=3, max_size=3))
def test_who_came_first_does_not_change_the_merge(several: list[Masks]) -> None:
    assert len({repr(MASK.merge(list(order))) for order in permutations(several)}) == 1


def _merged(*several: Masks) -> Any:
    found = MASK.merge(list(several))
    assert found is not None
    return found


def test_the_report_names_which_label_was_taken_for_which() -> None:
    square, far = painted((0, 0, 10, 10)), painted((20, 0, 30, 10))
    one = drawn(mask(square), mask(far, "leaf", "m2"))
    other = drawn(mask(square, "stem"))
    assert MASK.confused(one, other) == [("leaf", "stem"), ("leaf", "")]
    assert [each.id for each in MASK.only(one, "leaf").shapes] == ["m1", "m2"]
