"""What is nearly the same, found by numbers. Brings NumPy; imported where the job runs.

Texts share a band of their MinHash and are then compared exactly; pictures and sounds are compared by the bits of their
signatures (`guiju.cleaning.duplicates.alike`). The bank is stricter than cleaning: nobody looks at what it joins.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from guiju.bank.clusters import store
from guiju.bank.contradicting import close_emptied, review
from guiju.cleaning.duplicates.alike import signatures, texts
from guiju.data import Item, Media
from guiju.scenes.making.contents import content_of
from guiju.scenes.model import MEDIA_OF, View
from guiju.storage import Event, House, JobRun, Tx

CHUNK = 1_000
LEAST_TEXT, LEAST_TOKENS = 0.9, 6
LEAST_BITS = {View.IMAGE: 0.95, View.AUDIO: 0.85}
MOST_CANDIDATES, LOOKED_AT = 4, 64
LEAST_SHARED = 5
"""Of 16 bands; of texts as like as .9, 1 in 500 shares fewer. A copy of one template shares a few with all others."""
FRESH = 50_000


class Near(NamedTuple):
    """A deposit that is nearly the same as an older one."""

    cluster: int
    into: int
    likeness: float


def compare_all(run: JobRun) -> dict[str, object]:
    """Compare whatever was not compared yet; then look where answers contradict. Killed, it goes on behind the rows
    that say what was compared."""
    state = run.checkpoint or {}
    counts = {name: int(state.get(name, 0)) for name in ("compared", "near", "opened")}
    shelves = {view: Shelf(run.house, view) for view in View}
    with run.house.reading() as connection:
        total = counts["compared"] + store.count_uncompared(connection)
    run.advance(close_emptied, done=counts["compared"], total=total)
    _mapped(run, counts)
    after = 0
    while True:
        with run.house.reading() as connection:
            rows = store.uncompared(connection, after, CHUNK)
        if not rows:
            break
        after = rows[-1].id
        told, near = _look(shelves, rows)
        counts["compared"] += len(rows)
        counts["near"] += len(near)
        clusters = sorted({row.cluster for row in rows})

        def write(tx: Tx, told: Any = told, near: Any = near, clusters: Any = clusters) -> None:
            store.put_near(tx, told)
            joined = store.join_near(tx, near)
            store.regroup(tx, joined)
            counts["opened"] += review(tx, sorted({*clusters, *joined}))

        run.advance(write, done=counts["compared"], total=total, checkpoint=dict(counts))
    if counts["opened"]:
        found = Event(run.job.created_by, "bank.contradictions-found", None, facts={"opened": counts["opened"]})
        run.advance(lambda tx: _tell(tx, found), done=counts["compared"])
    return dict(counts)


def _mapped(run: JobRun, counts: dict[str, int]) -> None:
    """Where the job was asked for since labels were mapped: contents that lie under both rulebooks."""
    if not run.job.payload.get("map"):
        return
    with run.house.reading() as connection:
        clusters = store.clusters_under_both(connection, int(run.job.payload["map"]))
    for some in store.slices(clusters):

        def write(tx: Tx, some: Sequence[int] = some) -> None:
            counts["opened"] += review(tx, some)

        run.advance(write, done=counts["compared"])


def _tell(tx: Tx, found: Event) -> None:
    tx.journal(found)


def _look(shelves: dict[View, "Shelf"], rows: Sequence[Any]) -> tuple[list[dict[str, object]], list[Near]]:
    told: list[dict[str, object]] = []
    near: list[Near] = []
    for view, shelf in shelves.items():
        mine = [row for row in rows if Media(row.media) in MEDIA_OF[view]]
        if mine:
            made, found = shelf.take(mine)
            for row, bands in zip(mine, made, strict=True):
                told.append({"deposit_id": row.id, "medium": view.value, "bands": bands})
            near += found
    return told, near


class Shelf:
    """The first contents of a medium as numbers, and those that came in this run."""

    def __init__(self, house: House, view: View) -> None:
        self._house, self._view = house, view
        self._ids = np.empty(0, np.int64)
        self._bands: NDArray[Any] | None = None
        self._order = list[NDArray[np.int64]]()
        self._fresh: list[dict[int, list[int]]] = []
        self._came = list[tuple[int, NDArray[Any]]]()
        self._is_read = False

    def take(self, rows: Sequence[Any]) -> tuple[list[bytes], list[Near]]:
        """The signature of each row, and those of them that are nearly the same as something older."""
        if not self._is_read:
            self._read()
        firsts = [n for n, row in enumerate(rows) if row.cluster == row.id]
        made = [b""] * len(rows)
        if self._view is View.TEXT:
            contents = [str(content_of(self._house, rows[n].media, rows[n].hash, rows[n].body)) for n in firsts]
            return self._take_texts(rows, firsts, contents, made)
        return self._take_files(rows, firsts, made)

    def _read(self) -> None:
        """Those that were compared before."""
        self._is_read = True
        kind = np.uint64 if self._view is View.TEXT else np.uint16
        ids, bands = list[int](), list[NDArray[Any]]()
        with self._house.reading() as connection:
            for part in store.founders(connection, self._view.value):
                ids += [row[0] for row in part]
                bands += [np.frombuffer(row[1], kind) for row in part]
        if ids:
            self._ids, self._bands = np.array(ids, np.int64), np.stack(bands)
            self._sort()

    def _sort(self) -> None:
        if self._view is View.TEXT and self._bands is not None:
            self._order = [np.argsort(self._bands[:, n], kind="stable") for n in range(self._bands.shape[1])]

    # Texts

    def _take_texts(
        self, rows: Sequence[Any], firsts: list[int], contents: list[str], made: list[bytes]
    ) -> tuple[list[bytes], list[Near]]:
        tokens = texts.tokens_of(contents)
        lengths = np.diff(tokens.starts)
        kept = [n for n in range(len(firsts)) if lengths[n] >= LEAST_TOKENS]
        if not kept:
            return made, []
        bands = texts.bands_of(tokens)
        pairs = list[tuple[int, int]]()
        for n in kept:
            row = rows[firsts[n]]
            made[firsts[n]] = bands[n].tobytes()
            pairs += [(n, other) for other in self._sharing(bands[n]) if other < row.id]
            self._add(row.id, bands[n])
        return made, self._compared(rows, firsts, contents, pairs)

    def _sharing(self, bands: NDArray[Any]) -> set[int]:
        found = dict[int, int]()
        for n, value in enumerate(bands.tolist()):
            near = self._fresh[n].get(value, ())[-LOOKED_AT:] if self._fresh else ()
            for each in (*self._older(n, value), *near):
                found[each] = found.get(each, 0) + 1
        alike = [(-shared, each) for each, shared in found.items() if shared >= LEAST_SHARED]
        return {each for _, each in sorted(alike)[:MOST_CANDIDATES]}

    def _older(self, n: int, value: int) -> list[int]:
        """Those that were compared before and have this value in band `n`."""
        if self._bands is None:
            return []
        column, order = self._bands[:, n], self._order[n]
        at = int(np.searchsorted(column, np.uint64(value), sorter=order))
        places = order[at : at + LOOKED_AT]
        return self._ids[places[column[places] == np.uint64(value)]].tolist()

    def _add(self, deposit: int, bands: NDArray[Any]) -> None:
        if not self._fresh:
            self._fresh = [{} for _ in range(len(bands))]
        for n, value in enumerate(bands.tolist()):
            self._fresh[n].setdefault(value, []).append(deposit)
        self._came.append((deposit, bands))
        if len(self._came) >= FRESH:
            self._fold()

    def _fold(self) -> None:
        """Those that came are sorted in with the others."""
        ids, bands = np.array([one for one, _ in self._came], np.int64), np.stack([each for _, each in self._came])
        self._ids = np.concatenate([self._ids, ids])
        self._bands = bands if self._bands is None else np.concatenate([self._bands, bands])
        self._came, self._fresh = [], []
        self._sort()

    def _compared(
        self, rows: Sequence[Any], firsts: list[int], contents: list[str], pairs: list[tuple[int, int]]
    ) -> list[Near]:
        if not pairs:
            return []
        here = {rows[firsts[n]].id: contents[n] for n in range(len(firsts))}
        wanted = sorted({other for _, other in pairs} - here.keys())
        with self._house.reading() as connection:
            held = store.bodies_of(connection, wanted)
        said = here | {each[0]: str(content_of(self._house, each[2], each[1], each[3])) for each in held}
        pairs = [(n, other) for n, other in pairs if other in said]
        place = {number: at for at, number in enumerate(said)}
        tokens = texts.tokens_of(list(said.values()))
        one = np.array([place[rows[firsts[n]].id] for n, _ in pairs], np.int64)
        two = np.array([place[other] for _, other in pairs], np.int64)
        like = texts.likeness(tokens, one, two)
        return _best([(rows[firsts[n]].id, other) for n, other in pairs], like, LEAST_TEXT)

    # Pictures and sounds

    def _take_files(self, rows: Sequence[Any], firsts: list[int], made: list[bytes]) -> tuple[list[bytes], list[Near]]:
        near = list[Near]()
        for n in firsts:
            row = rows[n]
            words = self._signature(row)
            if words is None:
                continue
            made[n] = words.tobytes()
            like = np.empty(0, np.float32) if self._bands is None else self._likeness(words)
            older = np.flatnonzero((like >= LEAST_BITS[self._view]) & (self._ids < row.id))
            if len(older):
                best = older[np.argmax(like[older])]
                near.append(Near(row.id, int(self._ids[best]), round(float(like[best]), 4)))
            else:
                self._ids = np.append(self._ids, row.id)
                self._bands = words[None] if self._bands is None else np.concatenate([self._bands, words[None]])
        return made, near

    def _likeness(self, words: NDArray[Any]) -> NDArray[np.float32]:
        held = self._bands
        assert held is not None
        apart = np.bitwise_count(held ^ words).sum(axis=1)
        return (1 - apart / (16 * held.shape[1])).astype(np.float32)

    def _signature(self, row: Any) -> NDArray[Any] | None:
        media = Media(row.media)
        item = Item(0, 0, 0, row.hash, media, "", None, None, row.size, row.width, row.height, None)
        look = signatures.of_picture if self._view is View.IMAGE else signatures.of_sound
        return look(self._house, item)


def _best(pairs: Sequence[tuple[int, int]], like: NDArray[np.float32], least: float) -> list[Near]:
    """Each joins what it is most like, and of what is as like the oldest; what joined another takes nobody in."""
    best = dict[int, tuple[float, int]]()
    for (one, other), each in zip(pairs, like.tolist(), strict=True):
        if each >= least and (one not in best or (-each, other) < (-best[one][0], best[one][1])):
            best[one] = (each, other)
    found = list[Near]()
    for one in sorted(best):
        each, into = best[one]
        while into in best:
            into = best[into][1]
        found.append(Near(one, into, round(each, 4)))
    return found
