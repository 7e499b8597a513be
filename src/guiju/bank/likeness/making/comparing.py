"""Something becomes a point to compare with; the jobs that make vectors and throw them away."""

import io
import re
import tempfile
from pathlib import Path

import numpy as np

from guiju.bank.likeness import store
from guiju.bank.likeness.actions import way_of, ways_inside
from guiju.bank.likeness.errors import NotCompared, PictureForgotten, PictureUnreadable
from guiju.bank.likeness.making.shelves import FOLDER, Point, Shelf, searcher_of
from guiju.bank.likeness.model import Likeness, Nearest
from guiju.kit import new_id
from guiju.scenes import View
from guiju.scenes.making.contents import content_of
from guiju.scenes.model import MEDIA_OF
from guiju.storage import House, JobRun
from guiju.vectors.backends import BACKENDS, get_backend
from guiju.vectors.model import Floats

MOST_PICTURE = 20 << 20
PICTURES = "bank-pictures"
_TOKEN = re.compile(r"picture:([0-9a-z-]{8,64})")


def index_all(run: JobRun) -> dict[str, object]:
    outcome: dict[str, object] = {}
    for view in View:
        shelf = shelf_of(run.house, view)
        outcome[view.value] = shelf.append(lambda done: run.advance(done=done))
        gathered = shelf.gathered()
        if gathered is not None and gathered.is_behind():
            gathered.write_index()
    return outcome


def compact_all(run: JobRun) -> dict[str, object]:
    for each in (run.house.scratch / PICTURES).glob("*.npy"):
        each.unlink(missing_ok=True)
    gone = sum(shelf.compact() for shelf in _all_shelves(run.house))
    run.advance(done=gone)
    return {"gone": gone}


def shelf_of(house: House, view: View) -> Shelf:
    """As the medium is compared now."""
    with house.reading() as connection:
        way = way_of(connection, view.value)
    return Shelf(house, view, get_backend(way, view.value, house.home))


def _all_shelves(house: House) -> list[Shelf]:
    """Every shelf that has files, whether its way is used, or can be used here, or not."""
    found = list[Shelf]()
    for folder in sorted((house.home / FOLDER).glob("*/*")):
        backend = next((each for name, each in BACKENDS.items() if folder.name.startswith(f"{name}-")), None)
        if backend is not None:
            shelf = Shelf(house, View(folder.parent.name), backend)
            shelf.root = folder
            found.append(shelf)
    return found


def likeness_of(house: House, view: View) -> Likeness:
    with house.reading() as connection:
        way = way_of(connection, view.value)
        deposits = store.count_of(connection, [each.value for each in MEDIA_OF[view]])
    shelf = shelf_of(house, view)
    gathered, folder = shelf.gathered(), shelf.current
    told = gathered.told() if gathered is not None else None
    return Likeness(
        medium=view.value,
        way=way,
        ways=ways_inside(view.value, house.home),
        deposits=deposits,
        compared=len(gathered) if gathered is not None else 0,
        indexed=told.rows if told else 0,
        recall=told.recall if told else None,
        bytes=sum(each.stat().st_size for each in folder.iterdir()) if folder else 0,
    )


def point_of(house: House, like: str) -> Nearest:
    if like.isdecimal():
        return _of_deposit(house, int(like))
    picture = _TOKEN.fullmatch(like)
    shelf = shelf_of(house, View.IMAGE if picture else View.TEXT)
    return _point(shelf, _kept_row(house, picture[1], shelf) if picture else _first(shelf.embed([like])))


def _first(rows: Floats) -> Floats | None:
    return rows[0] if len(rows) else None


def _point(shelf: Shelf, row: Floats | None) -> Nearest:
    searcher = searcher_of(shelf)
    if searcher is None or row is None or not len(searcher) or not row.any():
        raise NotCompared
    return Point(searcher, row)


def _of_deposit(house: House, deposit_id: int) -> Nearest:
    with house.reading() as connection:
        found = store.contents_of(connection, deposit_id)
    view = next((each for each in View if found and found[2] in MEDIA_OF[each]), None)
    if found is None or view is None:
        raise NotCompared
    shelf = shelf_of(house, view)
    searcher = searcher_of(shelf)
    row = searcher.row_of(deposit_id) if searcher is not None else None
    if row is None:
        row = _first(shelf.embed([content_of(house, found[2], found[1], found[3])]))
    return _point(shelf, row)


def keep_picture(house: House, name: str, content: bytes) -> str:
    if len(content) > MOST_PICTURE or not _is_picture(content):
        raise PictureUnreadable(name=name[:80], most=MOST_PICTURE >> 20)
    shelf = shelf_of(house, View.IMAGE)
    # Its file goes as soon as it is compared.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture"
        path.write_bytes(content)
        row = _first(shelf.embed([path]))
    if row is None:
        raise NotCompared
    token = new_id().lower()
    kept = house.scratch / PICTURES
    kept.mkdir(exist_ok=True)
    np.save(kept / f"{token}.npy", row, allow_pickle=False)
    return f"picture:{token}"


def _kept_row(house: House, token: str, shelf: Shelf) -> Floats:
    try:
        row = np.load(house.scratch / PICTURES / f"{token}.npy", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise PictureForgotten from error
    gathered = shelf.gathered()
    if gathered is None or row.shape != gathered.mean.shape:
        raise PictureForgotten
    return np.asarray(row, np.float32)


def _is_picture(content: bytes) -> bool:
    from PIL import Image  # noqa: PLC0415 - only pictures need it

    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.verify()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True
