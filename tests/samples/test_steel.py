"""The steel surfaces: reproducible, honest about their truth, and fit for the rulebook that goes with them."""

from io import BytesIO

import pytest
from PIL import Image

from guiju.samples.steel import HEIGHT, LABELS, LEAST_SIDE, WIDTH, Surface, at_least, draw_surface, item_name


@pytest.fixture(scope="module")
def surfaces() -> list[Surface]:
    return [draw_surface(seed) for seed in range(60)]


def test_the_same_seed_draws_the_same_bytes() -> None:
    assert draw_surface(7) == draw_surface(7)


def test_another_seed_draws_another_surface(surfaces: list[Surface]) -> None:
    assert len({surface.image_bytes for surface in surfaces}) == len(surfaces)


def test_the_bytes_are_an_image_of_the_stated_size(surfaces: list[Surface]) -> None:
    with Image.open(BytesIO(surfaces[0].image_bytes)) as image:
        assert (image.size, image.mode, image.format) == ((WIDTH, HEIGHT), "L", "JPEG")


def test_every_true_box_lies_inside_its_image_with_the_least_side(surfaces: list[Surface]) -> None:
    for defect in (defect for surface in surfaces for defect in surface.truth):
        assert 0 <= defect.x < defect.x + defect.w <= WIDTH
        assert 0 <= defect.y < defect.y + defect.h <= HEIGHT
        assert min(defect.w, defect.h) >= LEAST_SIDE


def test_sixty_surfaces_show_every_defect_and_from_none_to_four_at_once(surfaces: list[Surface]) -> None:
    assert {defect.label for surface in surfaces for defect in surface.truth} == set(LABELS)
    assert {len(surface.truth) for surface in surfaces} == {0, 1, 2, 3, 4}


@pytest.mark.parametrize("label", ["crack", "pitting", "scale", "inclusion"])
def test_a_dark_defect_holds_the_darkest_pixels_of_its_image(surfaces: list[Surface], label: str) -> None:
    for surface, defect in ((one, defect) for one in surfaces for defect in one.truth if defect.label == label):
        with Image.open(BytesIO(surface.image_bytes)) as image:
            inside = image.crop((defect.x, defect.y, defect.x + defect.w, defect.y + defect.h)).tobytes()
            assert _percentile(inside, 0.01) < _percentile(image.tobytes(), 0.04) - 8


def _percentile(pixels: bytes, share: float) -> int:
    return sorted(pixels)[int(len(pixels) * share)]


def test_a_thin_box_is_widened_about_its_middle_and_stays_inside() -> None:
    assert at_least((100, 50, 200, 4), WIDTH, HEIGHT) == (100, 48, 200, 8)
    assert at_least((100, 398, 200, 2), WIDTH, HEIGHT) == (100, 392, 200, 8)
    assert at_least((0, 0, 1, 1), WIDTH, HEIGHT) == (0, 0, 8, 8)


def test_item_names_sort_as_their_seeds_do() -> None:
    assert item_name(7) == "steel-0007.jpg"
    assert item_name(9) < item_name(10)
