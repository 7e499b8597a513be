"""Pictures that no browser should hold whole: cut into tiles by a process of their own, looked at piece by piece.

Here a tenth of the pixels counts as large already, so that many tests may cut one.
"""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from PIL import Image

from guiju.data import find_items_by_name, model
from guiju.data.intake.errors import ImageTruncated
from guiju.data.media.tiling import OVERVIEW, SIDE, cut, eight_bits, place_of, read_index, read_piece
from tests.data.conftest import Importer

Client = TestClient[Litestar]
WIDE, HIGH = 3_000, 2_250
RED, BLUE = (220, 30, 40), (30, 60, 200)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Blue, with a red square near the lower right corner."""
    image = Image.new("RGB", (WIDE, HIGH), BLUE)
    image.paste(RED, (2_900, 2_150, 2_960, 2_200))
    path = tmp_path_factory.mktemp("large") / "large.jpg"
    image.save(path, quality=90)
    return path


def near(color: tuple[int, ...] | float | None, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(color, tuple)
    return all(abs(one - other) < 12 for one, other in zip(color, wanted, strict=False))


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.fixture(autouse=True)
def soon_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "TILED_FROM", WIDE * HIGH)


@pytest.fixture
def item(importer: Importer, large: Path) -> int:
    assert (importer.run(large).outcome or {})["taken"] == 1
    with importer.house.reading() as connection:
        [(_, found)] = find_items_by_name(connection, importer.cast.project, ["large.jpg"]).items()
    assert (found.width, found.height, found.is_tiled) == (WIDE, HIGH, True)
    return found.id


def test_a_large_picture_is_seen_whole_and_by_tiles(importer: Importer, client: Client, item: int) -> None:
    importer.cast.sign_in(client, "alice")
    overview = opened(client.get(f"/media/items/{item}/overview").content)
    assert overview.size == (1_500, 1_125)
    assert max(overview.size) <= OVERVIEW
    assert near(overview.getpixel((1_465, 1_087)), RED)
    assert near(overview.getpixel((700, 500)), BLUE)
    across, down = 2_930 // SIDE, 2_175 // SIDE
    tile = opened(client.get(f"/media/items/{item}/tiles/0/{across}/{down}").content)
    assert near(tile.getpixel((2_930 - across * SIDE, 2_175 - down * SIDE)), RED)
    last = opened(client.get(f"/media/items/{item}/tiles/0/5/4").content)
    assert last.size == (WIDE - 5 * SIDE, HIGH - 4 * SIDE)
    small = opened(client.get(f"/media/items/{item}/thumb").content)
    assert small.size == (320, 240)


@pytest.mark.parametrize("tile", ["0/6/0", "0/0/5", "9/0/0", "3/1/0"])
def test_a_tile_that_is_not_there_is_told_by_name(importer: Importer, client: Client, item: int, tile: str) -> None:
    importer.cast.sign_in(client, "alice")
    answer = client.get(f"/media/items/{item}/tiles/{tile}", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (404, "no-such-tile")


def test_a_stranger_gets_no_piece_of_it(importer: Importer, client: Client, item: int) -> None:
    importer.cast.sign_in(client, "mallory")
    for part in ("overview", "tiles/0/0/0"):
        assert client.get(f"/media/items/{item}/{part}").status_code == 404


def test_tiles_that_were_dropped_are_cut_again(importer: Importer, client: Client, item: int) -> None:
    shutil.rmtree(importer.house.home / "cache")
    importer.cast.sign_in(client, "alice")
    assert near(opened(client.get(f"/media/items/{item}/tiles/0/0/0").content).getpixel((5, 5)), BLUE)


def test_a_large_picture_that_breaks_off_is_refused_and_leaves_nothing(
    importer: Importer, large: Path, write: Callable[[str, bytes | str], Path]
) -> None:
    broken = write("broken.jpg", large.read_bytes()[:-2_000])
    job = importer.run(broken.parent)
    assert importer.codes(job) == {"broken.jpg": "image-truncated"}
    assert not [path for path in (importer.house.home / "cache").rglob("*") if path.is_file()]


def test_a_picture_lying_on_its_side_is_cut_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = Image.new("RGB", (3_000, 1_200), BLUE)
    lying.paste(RED, (0, 0, 100, 100))
    lying.save(tmp_path / "lying.jpg", exif=exif)
    cut(tmp_path / "lying.jpg", tmp_path / "tiles")
    index = read_index(tmp_path / "tiles")
    assert [(level.width, level.height) for level in index.levels] == [
        (1_200, 3_000), (600, 1_500), (300, 750), (150, 375),
    ]  # fmt: skip
    place = place_of(index, 0, 1_150 // SIDE, 0)
    assert place is not None
    corner = opened(read_piece(tmp_path / "tiles", index, place).content)
    assert near(corner.getpixel((1_150 % SIDE, 50)), RED)


def test_what_shows_through_stays_so_and_what_is_cut_short_is_told(tmp_path: Path) -> None:
    Image.new("RGBA", (1_000, 700), (10, 200, 30, 128)).save(tmp_path / "glass.png")
    cut(tmp_path / "glass.png", tmp_path / "tiles")
    index = read_index(tmp_path / "tiles")
    assert index.media_type == "image/webp"
    place = place_of(index, 0, 1, 1)
    assert place is not None
    assert opened(read_piece(tmp_path / "tiles", index, place).content).mode == "RGBA"
    (tmp_path / "short.png").write_bytes((tmp_path / "glass.png").read_bytes()[:-40])
    with pytest.raises(ImageTruncated):
        cut(tmp_path / "short.png", tmp_path / "none")


def test_sixteen_bits_are_seen_from_their_darkest_to_their_brightest() -> None:
    deep = Image.new("I;16", (4, 1))
    for x, value in enumerate((1_000, 2_000, 3_000, 5_000)):
        deep.putpixel((x, 0), value)
    assert [eight_bits(deep).getpixel((x, 0)) for x in range(4)] == [0, 63, 127, 255]
