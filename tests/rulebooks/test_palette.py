"""The labels' own colours stay apart in every sight of colour, and a label without a colour gets one of them."""

from itertools import combinations

import numpy as np
import pytest

from guiju.rulebooks import parse_rulebook
from guiju.rulebooks.palette import PALETTE
from guiju.samples.documents import rulebook_text

# Machado, Oliveira and Fernandes (2009), full severity, on linear RGB; doi:10.1109/TVCG.2009.113
SIGHTS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    "all colours": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
}
TO_XYZ = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
WHITE = [0.95047, 1.0, 1.08883]
APART = 15.0
"""CIE76: ten are seen at a glance; red and green of equal lightness are nine apart for a deuteranope."""


def seen(colour: str, sight: str) -> np.ndarray:
    """The colour in CIELAB as somebody with this sight sees it."""
    rgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = np.array(TO_XYZ) @ np.clip(np.array(SIGHTS[sight]) @ linear, 0, 1) / np.array(WHITE)
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def closest(colours: tuple[str, ...], sight: str) -> float:
    return min(float(np.linalg.norm(seen(a, sight) - seen(b, sight))) for a, b in combinations(colours, 2))


@pytest.mark.parametrize("sight", SIGHTS)
def test_no_two_of_the_labels_colours_are_taken_for_one_another(sight: str) -> None:
    assert closest(PALETTE, sight) >= APART


def test_the_measure_finds_red_and_green_that_a_deuteranope_cannot_tell() -> None:
    assert closest(("#ff0000", "#00aa00"), "all colours") > 100
    assert closest(("#ff0000", "#00aa00"), "deuteranopia") < APART


def test_labels_without_a_colour_get_those_that_no_other_label_has() -> None:
    text = rulebook_text("service").replace("    color: '#d55e00'\n", "").replace("    color: '#009e73'\n", "")
    labels = parse_rulebook(text).labels
    assert [label.color for label in labels] == list(PALETTE)


def test_more_labels_than_colours_begin_anew() -> None:
    text = rulebook_text("service")
    for colour in PALETTE:
        text = text.replace(f"    color: '{colour}'\n", "")
    ninth = "  - {id: extra, name: {zh: 余, en: Extra}, definition: {zh: 余, en: Rest}}\n"
    more = text.replace("\nlabels:\n", f"\nlabels:\n{ninth}", 1)
    colours = [label.color for label in parse_rulebook(more).labels]
    assert colours == [*PALETTE, PALETTE[0]]
