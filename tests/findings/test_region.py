"""A part drawn on a picture finds the pictures that look like it; what cannot be compared is refused by name."""

import io
from collections.abc import Callable
from itertools import product
from pathlib import Path
from urllib.parse import parse_qsl

import numpy as np
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from PIL import Image

from guiju.data import AsideReason, set_aside
from guiju.data import model as items_model
from guiju.data.errors import ItemNotFound, ItemWithheld
from guiju.data.media.cropping import Region, crop_region
from guiju.data.media.errors import RegionNotOnPicture, RegionOutside, RegionTooSmall
from guiju.data.store import find_items
from guiju.findings.search import Result, Search, read_search, search_items
from guiju.findings.search.errors import RegionOfNothing, RegionUnreadable
from guiju.kit import PageRequest, new_id
from guiju.projects import ProjectNotFound
from guiju.scenes import JOBS as SCENE_JOBS
from guiju.scenes import NoMap, View, ask_to_make
from guiju.storage import work_jobs
from tests.inspection.build import import_files, import_texts
from tests.support.cast import Cast

GREENISH, WIDE, HIGH = (40, 160, 60), 160, 120
SHADES = {"red": (200, 40, 30), "blue": (30, 60, 200), "grey": (128, 128, 128), "yellow": (220, 210, 60)}


def picture(path: Path, shade: tuple[int, int, int], *, lean: float = 0.0, turned: bool = False) -> None:
    """Stripes of a colour; the one that lies on its side says so in its EXIF."""
    down, across = np.indices((HIGH, WIDE))
    waves = np.sin((across + lean * down) / 5) * 40
    image = Image.fromarray(np.clip(np.array(shade) + waves[..., None], 0, 255).astype(np.uint8))
    # in a corner a patch of what another picture is as a whole
    if path.stem.startswith("red"):
        image.paste(Image.fromarray(green()), (WIDE - 48, 0))
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6  # shown a quarter to the right
        image = image.transpose(Image.Transpose.ROTATE_90)
    image.save(path, "PNG", exif=exif)


def green() -> np.ndarray:
    down, across = np.indices((36, 48))
    return np.clip(np.array(GREENISH) + (np.sin((across + down) / 2) * 40)[..., None], 0, 255).astype(np.uint8)


@pytest.fixture
def pictures(cast: Cast, tmp_path: Path) -> dict[str, int]:
    """Pictures of four shades, and a green one like the patch in the red one's corner; their map is made."""
    paths = [tmp_path / f"{shade}-{n}.png" for shade, n in product(SHADES, range(3))]
    for path in paths:
        picture(path, SHADES[path.stem[:-2]], lean=int(path.stem[-1]) / 3, turned=path.stem == "red-1")
    Image.fromarray(green()).resize((WIDE, HIGH)).save(tmp_path / "green-0.png")
    ids = import_files(cast, cast.project, [*paths, tmp_path / "green-0.png"])
    ask_to_make(cast.house, cast.zhou, cast.project, View.IMAGE, request_id=new_id())
    work_jobs(cast.house, SCENE_JOBS)
    with cast.house.reading() as connection:
        return {Path(item.name).stem: item.id for item in find_items(connection, cast.project, ids).values()}


def ask(cast: Cast, item: int | str, region: str, who: str = "zhou", **more: str) -> Result:
    wanted = read_search({"like": str(item), "region": region, **more})
    return search_items(cast.house, getattr(cast, who), cast.project, wanted, PageRequest())


def stems(found: Result) -> list[str]:
    return [Path(one.item.name).stem for one in found.rows]


def test_a_part_finds_the_pictures_that_look_like_it_and_not_like_the_rest_of_its_own(
    cast: Cast, pictures: dict[str, int]
) -> None:
    corner = ask(cast, pictures["red-0"], f"{WIDE - 48},0,48,36")
    assert stems(corner)[0] == "green-0"
    assert corner.part
    with Image.open(io.BytesIO(corner.part)) as part:
        assert part.size == (48, 36)
    assert stems(ask(cast, pictures["red-0"], "0,40,110,80"))[0].startswith("red")
    # the pixels are those of the picture as it is shown
    assert stems(ask(cast, pictures["red-1"], f"{WIDE - 48},0,48,36"))[0] == "green-0"
    # other filters hold too, and the link keeps the part
    assert stems(ask(cast, pictures["red-0"], "112,0,48,36", media="text")) == []
    kept = Search(like="7", region=Region(1, 2, 30, 40))
    assert kept.link == "like=7&region=1,2,30,40"
    assert read_search(dict(parse_qsl(kept.link))) == kept


def test_what_cannot_be_compared_is_refused_by_name(cast: Cast, pictures: dict[str, int]) -> None:
    item = pictures["red-0"]
    refused: list[tuple[type[Exception], Callable[[], object]]] = [
        (RegionOutside, lambda: ask(cast, item, "150,0,20,20")),
        (RegionTooSmall, lambda: ask(cast, item, "0,0,7,50")),
        (RegionUnreadable, lambda: ask(cast, item, "1,2,3")),
        (RegionUnreadable, lambda: ask(cast, item, "-1,0,20,20")),
        (RegionUnreadable, lambda: ask(cast, item, "a,b,c,²")),
        (RegionOfNothing, lambda: ask(cast, "a red thing", "0,0,20,20")),
        (RegionOfNothing, lambda: ask(cast, "", "0,0,20,20")),
        (ItemNotFound, lambda: ask(cast, 10**9, "0,0,20,20")),
        (ProjectNotFound, lambda: ask(cast, item, "0,0,20,20", "mallory")),
    ]
    for error, act in refused:
        with pytest.raises(error) as told:
            act()
        assert getattr(told.value, "next_step", "")
    written = import_texts(cast, cast.project, ["no picture"])[-1]
    with pytest.raises(RegionNotOnPicture):
        ask(cast, written, "0,0,20,20")
    cast.house.write(lambda tx: set_aside(tx, cast.project, [item], AsideReason.PERSONAL, cause="x", by=None))
    with pytest.raises(ItemWithheld):
        ask(cast, item, "0,0,20,20")


def test_without_scenes_of_pictures_the_way_to_them_is_said(cast: Cast, tmp_path: Path) -> None:
    picture(tmp_path / "one.png", GREENISH)
    [item] = import_files(cast, cast.project, [tmp_path / "one.png"])
    with pytest.raises(NoMap) as refused:
        ask(cast, item, "0,0,20,20")
    assert refused.value.next_step


def test_a_large_picture_is_cut_out_of_its_tiles(
    cast: Cast, pictures: dict[str, int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The same part, but for what the tiles' JPEG changes; of a very large part a coarser level."""
    wide = np.indices((1_300, 2_400)).sum(axis=0) / 15
    Image.fromarray(wide.astype(np.uint8)).convert("RGB").save(tmp_path / "wide.png")
    item_id = max(import_files(cast, cast.project, [tmp_path / "wide.png"]))
    with cast.house.reading() as connection:
        item = find_items(connection, cast.project, [item_id])[item_id]
    for region in (Region(500, 500, 600, 40), Region(3, 5, 2_391, 1_290)):
        monkeypatch.setattr(items_model, "TILED_FROM", 25_000_000)
        whole = crop_region(cast.house, item, region)
        monkeypatch.setattr(items_model, "TILED_FROM", 1_000_000)
        pieces = crop_region(cast.house, item, region).resize(whole.size)
        assert max(pieces.size) <= 1_024
        assert np.abs(np.asarray(pieces, int) - np.asarray(whole, int)).max() < 8


def test_the_page_shows_the_part_and_says_what_it_is_compared_with(
    cast: Cast, client: TestClient[Litestar], pictures: dict[str, int]
) -> None:
    cast.sign_in(client, "zhou")
    search = {"like": pictures["red-0"], "region": "112,0,48,36"}
    english = {"Accept-Language": "en"}
    shown = client.get(f"/projects/{cast.project}/search", params=search, headers=english).text
    assert "data:image/webp;base64," in shown
    assert "compared with whole pictures" in shown
    assert 'name="region" value="112,0,48,36"' in shown
    found = client.get(f"/api/v1/projects/{cast.project}/search", params=search).json()["found"]
    assert found[0]["item"] == pictures["green-0"]
    drawing = client.get(f"/projects/{cast.project}/items/{pictures['red-0']}").text
    assert f'<region-box data-width="{WIDE}" data-height="{HIGH}"' in drawing
