"""The jobs: search a project for near-duplicates, and decide many groups at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from numpy.typing import NDArray

from guiju.cleaning.duplicates import store
from guiju.cleaning.duplicates.alike import signatures, texts
from guiju.cleaning.duplicates.alike.joining import Joined, join
from guiju.cleaning.duplicates.model import AT_LEAST, METHOD_BITS
from guiju.cleaning.duplicates.rules import place
from guiju.cleaning.profiles.figures.measuring import words_of
from guiju.cleaning.profiles.store import count_source_items, read_items
from guiju.data import Item, Media, SourceState, list_sources
from guiju.storage import Event, JobRun, Tx

CHUNK_ITEMS = 20_000
CHUNK_WEIGHT = 16_000_000
GROUPS_AT_ONCE = 200
JOINS_AT_ONCE = 1_000
WORKERS = 2
Found = list[tuple[Media, list[tuple[int, float]]]]


def run_search(run: JobRun) -> dict[str, object]:
    """Look at all items of the project, join those that are alike, and put them into groups.

    Groups that were decided stay; what is like one of their members joins them. Killed, it begins anew.
    """
    project_id, at_least = int(run.job.project_id or 0), float(run.job.payload.get("at_least", AT_LEAST))
    search = _Search(run, project_id)
    found = search.carry_out(at_least)
    with run.house.reading() as connection:
        decided = store.decided_items(connection, project_id)
    placing = place(([item for item, _ in members] for _, members in found), decided)
    like = {item: near for _, members in found for item, near in members}
    media = {members[0][0]: media for media, members in found}
    while run.house.write(lambda tx: store.delete_some_undecided(tx, project_id, GROUPS_AT_ONCE)):
        pass
    for part in store.slices(placing.fresh, GROUPS_AT_ONCE):
        groups = [(media[items[0]], [(item, like[item]) for item in items]) for items in part]
        run.advance(lambda tx, groups=groups: store.insert_groups(tx, project_id, groups), done=search.items)
    for part in store.slices(placing.joining.items(), JOINS_AT_ONCE):
        joining = [(item, group, like[item]) for item, group in part]
        run.advance(lambda tx, joining=joining: store.join_groups(tx, project_id, joining), done=search.items)

    def tell(tx: Tx) -> None:
        store.put_run(tx, project_id, at_least, search.items, len(found))
        tx.journal(Event(run.job.created_by, "cleaning.near-found", project_id, facts={"groups": len(found)}))

    run.advance(tell, done=search.items)
    return {"items": search.items, "groups": len(found)}


class _Search:
    """All items of a project, medium by medium, as numbers."""

    def __init__(self, run: JobRun, project_id: int) -> None:
        self._run, self._house, self.items = run, run.house, 0
        with run.house.reading() as connection:
            landed = [s.id for s in list_sources(connection, project_id) if s.state is SourceState.LANDED]
            total = sum(count_source_items(connection, source) for source in landed)
            self._left_out = set(store.otherwise_aside(connection, project_id))
        self._sources, self._total = sorted(landed), total
        self._hashes: list[NDArray[np.uint32]] = []
        self._counts: list[NDArray[np.int64]] = []
        self._bands: list[NDArray[np.uint64]] = []
        self._written: list[NDArray[np.int64]] = []
        self._media: list[NDArray[np.uint8]] = []
        self._words: dict[Media, list[NDArray[np.uint16]]] = {Media.IMAGE: [], Media.AUDIO: []}
        self._ids: dict[Media, list[int]] = {Media.IMAGE: [], Media.AUDIO: []}

    def carry_out(self, at_least: float) -> Found:
        for items in self._chunks():
            self._take([item for item in items if item.id not in self._left_out])
            self.items += len(items)
            self._run.advance(done=self.items, total=self._total)
        return [*self._join_texts(at_least), *self._join_files(Media.IMAGE), *self._join_files(Media.AUDIO)]

    def _chunks(self) -> Iterator[list[Item]]:
        for source in self._sources:
            after = 0
            while True:
                with self._house.reading() as connection:
                    items = read_items(connection, source, after, CHUNK_ITEMS, CHUNK_WEIGHT)
                if not items:
                    break
                after = items[-1].id
                yield items

    def _take(self, items: list[Item]) -> None:
        read = [(item, words_of(self._house, item)) for item in items if item.media.is_written]
        said = [(item, text) for item, text in read if text]
        if said:
            tokens = texts.tokens_of([text for _, text in said])
            self._hashes.append(tokens.hashes)
            self._counts.append(np.diff(tokens.starts))
            self._bands.append(texts.bands_of(tokens))
            self._written.append(np.fromiter((item.id for item, _ in said), np.int64, len(said)))
            codes = [_WRITTEN.index(item.media) for item, _ in said]
            self._media.append(np.array(codes, np.uint8))
        for media, look in ((Media.IMAGE, signatures.of_picture), (Media.AUDIO, signatures.of_sound)):
            mine = [item for item in items if item.media is media]
            with ThreadPoolExecutor(WORKERS, thread_name_prefix="guiju-near") as pool:
                for item, words in zip(mine, pool.map(partial(look, self._house), mine), strict=True):
                    if words is not None:
                        self._ids[media].append(item.id)
                        self._words[media].append(words)

    def _join_texts(self, at_least: float) -> Found:
        if not self._written:
            return []
        starts = np.concatenate([[0], np.cumsum(np.concatenate(self._counts))])
        tokens = texts.Tokens(np.concatenate(self._hashes), starts)
        self._hashes.clear()
        bands, ids = np.concatenate(self._bands), np.concatenate(self._written)
        self._bands.clear()
        media = np.concatenate(self._media)
        joined = join(bands, partial(texts.likeness, tokens), at_least)
        return [(_WRITTEN[media[rows[0]]], _told(ids, rows, joined)) for rows in _rows(joined)]

    def _join_files(self, media: Media) -> Found:
        if len(self._ids[media]) < 2:
            return []
        words, ids = np.stack(self._words[media]), np.array(self._ids[media])
        joined = join(signatures.bands_of(words), partial(signatures.likeness, words), METHOD_BITS[media])
        return [(media, _told(ids, rows, joined)) for rows in _rows(joined)]


_WRITTEN = [Media.TEXT, Media.DIALOGUE, Media.COMPARISON]


def _rows(joined: Joined) -> Iterator[NDArray[np.int64]]:
    """The rows of each group of two and more."""
    order = np.argsort(joined.groups, kind="stable")
    edges = np.flatnonzero(np.diff(joined.groups[order])) + 1
    for rows in np.split(order, edges):
        if len(rows) > 1:
            yield rows


def _told(ids: NDArray[np.int64], rows: NDArray[np.int64], joined: Joined) -> list[tuple[int, float]]:
    return sorted((int(ids[row]), round(float(joined.likeness[row]), 4)) for row in rows)
