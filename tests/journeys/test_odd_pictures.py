"""Pictures as cameras, scanners and printers leave them, and one of 100 million pixels: upright and right at the bench.

Each shows the same: a bright square in the upper left of a dark ground.
"""

import io
import zipfile
from array import array
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.papers import found_project, rulebook_of
from tests.journeys.served import PASSWORD, Served

RED, BLUE = (230, 40, 40), (30, 50, 190)
MARGIN = 28
SQUARE = (0.2, 0.2, 0.4, 0.4)


def scene(width: int, height: int, mode: str = "RGB") -> Image.Image:
    left, top, right, low = (round(share * (width, height)[at % 2]) for at, share in enumerate(SQUARE))
    solid = 255 if mode == "RGBA" else 0
    image = Image.new(mode, (width, height), (*BLUE, solid)[: len(mode)])
    image.paste((*RED, solid)[: len(mode)], (left, top, right, low))
    return image


def deep(width: int, height: int) -> Image.Image:
    """Sixteen bits of grey."""
    left, top, right, low = (round(share * (width, height)[at % 2]) for at, share in enumerate(SQUARE))
    dark, bright = array("H", [4_000]) * width, array("H", [4_000]) * width
    bright[left:right] = array("H", [60_000]) * (right - left)
    rows = ((bright if top <= y < low else dark).tobytes() for y in range(height))
    return Image.frombytes("I;16", (width, height), b"".join(rows))


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def turned() -> bytes:
    """Lying on its side, as a phone stores it, and said so."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(scene(600, 400).transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif)


def moving() -> bytes:
    other = Image.new("RGB", (300, 200), (250, 250, 250))
    return saved(scene(300, 200), "GIF", save_all=True, append_images=[other], duration=60_000, loop=0)


PICTURES: dict[str, tuple[Callable[[], bytes], tuple[int, int]]] = {
    "alpha.png": (lambda: saved(scene(300, 200, "RGBA"), "PNG"), (300, 200)),
    "deep.png": (lambda: saved(deep(300, 200), "PNG"), (300, 200)),
    "deep.tiff": (lambda: saved(deep(300, 200), "TIFF"), (300, 200)),
    "flat.png": (lambda: saved(scene(120, 11), "PNG"), (120, 11)),
    "large.jpg": (lambda: saved(scene(10_000, 10_000), "JPEG", quality=70), (10_000, 10_000)),
    "moving.gif": (moving, (300, 200)),
    "print.jpg": (lambda: saved(scene(300, 200).convert("CMYK"), "JPEG"), (300, 200)),
    "print.tiff": (lambda: saved(scene(300, 200).convert("CMYK"), "TIFF"), (300, 200)),
    "turned.jpg": (turned, (600, 400)),
}


@pytest.fixture(scope="module")
def work(town: Served, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a round on all of them, in the order of their names."""
    path = tmp_path_factory.mktemp("pictures") / "odd.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, (make, _) in PICTURES.items():
            archive.writestr(name, make())
    project = found_project(town, "Odd", rulebook_of("box", ["Mark"]), ["alice"])
    with town.client("gao") as gao:
        outcome = gao.wait_for_job(gao.import_file(project, path)["job"])["outcome"]
        assert outcome["taken"] == len(PICTURES), outcome
    with town.client("zhou") as zhou:
        opened = zhou.open_round(project, "production", reason="The pictures alone are looked at.")
    return f"/projects/{project}/rounds/{opened}/work"


def color_at(page: Page, size: tuple[int, int], across: float, down: float) -> tuple[int, int, int]:
    """What is painted at that share of the picture, while it is shown whole."""
    frame = page.locator(".frame").bounding_box()
    assert frame is not None
    width, height = size
    scale = min((frame["width"] - 2 * MARGIN) / width, (frame["height"] - 2 * MARGIN) / height, 4)
    x = frame["x"] + (frame["width"] - width * scale) / 2 + across * width * scale
    y = frame["y"] + (frame["height"] - height * scale) / 2 + down * height * scale
    with Image.open(io.BytesIO(page.screenshot())) as shot:
        found = shot.convert("RGB").getpixel((round(x), round(y)))
    assert isinstance(found, tuple)
    return found[0], found[1], found[2]


def is_bright(color: tuple[int, int, int]) -> bool:
    """Red, or light grey in a picture without colours, rather than blue or dark grey."""
    return color[0] > 150


def shows_the_scene(page: Page, size: tuple[int, int]) -> bool:
    spots = {(0.3, 0.3): True, (0.7, 0.3): False, (0.3, 0.8): False, (0.8, 0.8): False}
    return all(is_bright(color_at(page, size, *spot)) is bright for spot, bright in spots.items())


def test_every_odd_picture_is_seen_upright_and_whole(town: Served, window: Open, work: str) -> None:
    alice = window(town.url)
    alice.sign_in("alice@guiju.test", PASSWORD)
    alice.go(work)
    page = alice.page
    for name, (_, size) in PICTURES.items():
        expect(page.get_by_role("application")).to_have_accessible_name(f"Image {name}: Answer")
        for _ in range(50):
            page.mouse.move(3, 3)
            if shows_the_scene(page, size):
                break
            page.wait_for_timeout(100)
        assert shows_the_scene(page, size), name
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
    alice.reads(f"{len(PICTURES)} done today")


def test_a_hundred_million_pixels_are_looked_at_pixel_by_pixel(town: Served, window: Open, work: str) -> None:
    alice = window(town.url)
    alice.sign_in("alice@guiju.test", PASSWORD)
    alice.go(work)
    page = alice.page
    page.keyboard.press("b")
    page.locator(".mine li button").filter(has_text="large.jpg").click()
    expect(page.get_by_role("application")).to_have_accessible_name("Image large.jpg: Answer")
    tiles: list[str] = []
    page.on("response", lambda answer: tiles.append(answer.url) if "/tiles/0/" in answer.url else None)
    frame = page.locator(".frame").bounding_box()
    assert frame is not None
    side = min(frame["width"], frame["height"]) - 2 * MARGIN
    left, top = frame["x"] + (frame["width"] - side) / 2, frame["y"] + (frame["height"] - side) / 2
    # Onto the square's lower right corner, until a pixel of the picture is more than one of the screen.
    page.mouse.move(left + 0.4 * side, top + 0.4 * side)
    for _ in range(17):
        page.mouse.wheel(0, -120)
    page.wait_for_timeout(500)
    for _ in range(50):
        if tiles:
            break
        page.wait_for_timeout(100)
    assert len(set(tiles)) < 60, "of 400 only what was in view is fetched"
    page.mouse.move(3, 3)
    with Image.open(io.BytesIO(page.screenshot())) as shot:
        picture = shot.convert("RGB")
    x, y = left + 0.4 * side, top + 0.4 * side
    inside, outside = (picture.getpixel((round(x + by), round(y + by))) for by in (-30, 30))
    assert isinstance(inside, tuple)
    assert isinstance(outside, tuple)
    assert (inside[0] > 150, outside[0] > 150) == (True, False)
