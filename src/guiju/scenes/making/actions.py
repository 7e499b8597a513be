"""The job that finds scenes: embed, group, lay out, and take over from the map before in one write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from guiju.scenes import store
from guiju.scenes.consent import check_consent
from guiju.scenes.errors import NothingToCompare, ScenesChanged
from guiju.scenes.making import rules
from guiju.scenes.making.keywords import keywords_of
from guiju.scenes.making.model import NOWHERE, Layout
from guiju.scenes.making.placing import texts_of
from guiju.scenes.making.store import Items, Vectors, contents_of, drop_map, place_of_map, read_chunks, write_arrays
from guiju.scenes.making.told import What, hear
from guiju.scenes.model import SceneState, View
from guiju.scenes.rules import COLOURS, free_name, plan_colours
from guiju.storage import Event, House, JobRun, Tx
from guiju.vectors.backends import get_backend
from guiju.vectors.model import Ints

WRITE_ROWS = 2_000
TRIES = 3
SAMPLE = 20_000
NAME_WORDS = 3


def make(run: JobRun) -> Mapping[str, object]:
    """Raises `NothingToCompare`, `ScenesChanged`, and the refusals of the backend."""
    making = Making(run)
    try:
        for _ in range(TRIES):
            if (outcome := making.attempt()) is not None:
                return outcome
    except BaseException:
        making.drop()
        raise
    making.drop()
    raise ScenesChanged


@dataclass(frozen=True, slots=True)
class _Found:
    """One attempt: what people had said, the layout, and the words of each group."""

    items: Items
    what: What
    layout: Layout
    words: dict[int, list[str]]
    parent_words: dict[int, list[str]]


class Making:
    def __init__(self, run: JobRun) -> None:
        self._run, self._house = run, run.house
        self._project = int(run.job.project_id or 0)
        self._view = View(run.job.payload["view"])
        self._count = int(run.job.payload.get("count") or 0)
        self._backend = get_backend(str(run.job.payload.get("backend") or ""), self._view.value, self._house.home)
        check_consent(self._house, self._backend.name, str(run.job.payload.get("send_to") or ""))
        self._by = int(run.job.created_by or 0)
        self._map = self._begin()
        self._vectors = Vectors(self._house, self._backend, self._map)

    def _begin(self) -> int:
        """The draft: the one that a killed worker left, or a new one."""
        if self._run.checkpoint:
            return int(self._run.checkpoint["map"])
        made: list[int] = []
        self._run.advance(
            lambda tx: made.append(store.insert_map(tx, self._project, self._view, self._backend.name, self._by)),
            done=0,
        )
        self._run.advance(done=0, checkpoint={"map": made[0]})
        return made[0]

    def attempt(self) -> Mapping[str, object] | None:
        """`None` where people changed the tree meanwhile."""
        wanted = store.items_of_view(self._project, self._view)
        with self._house.reading() as connection:
            total = store.count_of_view(connection, self._project, self._view)
            seen = store.last_act(connection, self._project, self._view)
        if not total:
            raise NothingToCompare
        self._run.advance(done=0, total=total)
        self._vectors.learn(lambda: _sample(self._house, wanted, total))
        items = self._vectors.fill(wanted, lambda done: self._run.advance(done=min(done, total), total=total))
        found = self._compute(items)
        return self._write(found, seen)

    def _compute(self, items: Items) -> _Found:
        rows, mean = rules.centred(self._vectors.read(items.keys))
        what = hear(self._house, self._project, self._view, items, rows)
        count = self._count or rules.group_count(len(items))
        layout = rules.make_layout(rows, what.told, count)
        variant = {"variant": np.array(self._vectors.variant)}
        write_arrays(place_of_map(self._house, self._map), {**layout.plane, "mean": mean, **variant})
        words, parent_words = self._words(items, layout, len(what.told.given))
        return _Found(items, what, layout, words, parent_words)

    def _words(self, items: Items, layout: Layout, given: int) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
        """The keywords of the new groups, and of the larger ones they belong to."""
        if self._view is not View.TEXT:
            return {}, {}
        chosen: dict[int, list[int]] = {
            group: [items.ids[row] for row in _typical(layout, group).tolist()] for group in range(layout.groups)
        }
        texts = texts_of(self._house, self._project, self._view, [item for some in chosen.values() for item in some])
        groups = {group: [texts[item] for item in some if item in texts] for group, some in chosen.items()}
        larger: dict[int, list[str]] = {}
        for group, parent in layout.parents.items():
            larger.setdefault(parent, []).extend(groups[group][:60])
        words = keywords_of(groups)
        return {group: words[group] for group in range(given, layout.groups)}, keywords_of(larger)

    def _write(self, found: _Found, seen: int) -> Mapping[str, object] | None:
        scenes = self._house.write(lambda tx: self._draft_scenes(tx, found))
        layout, ids = found.layout, found.items.ids
        for start in range(0, len(ids), WRITE_ROWS):
            part = range(start, min(start + WRITE_ROWS, len(ids)))
            rows = [_placement(layout, found.what, row, ids[row], scenes) for row in part]
            self._run.advance(
                lambda tx, rows=rows: store.put_placements(tx, self._map, rows), done=len(ids), total=len(ids)
            )
        taken: list[bool] = []
        self._run.advance(lambda tx: taken.append(self._take_over(tx, found, seen)), done=len(ids), total=len(ids))
        if not taken[0]:
            self._clear(self._map)
            return None
        self._clear_old()
        new = layout.groups - len(found.what.told.given)
        nowhere = int((layout.of == NOWHERE).sum())
        return {"map": self._map, "items": len(ids), "scenes": new, "kept": len(found.what.scenes), "nowhere": nowhere}

    def _draft_scenes(self, tx: Tx, found: _Found) -> list[int]:
        """The scene of each group: the kept ones, then new drafts below their parents."""
        store.drop_drafts(tx, self._project, self._view)
        given = list(found.what.scenes)
        taken = set(found.what.names)
        hues = _hues(found.layout)
        parents: dict[int, int] = {}
        for parent in sorted(set(found.layout.parents.values())):
            hue = min(hues.get(group, 0) for group, of in found.layout.parents.items() if of == parent)
            parents[parent] = self._insert(tx, found.parent_words.get(parent, []), taken, hue, None, "·")
        for group in range(len(given), found.layout.groups):
            parent = parents.get(found.layout.parents.get(group, -1))
            given.append(
                self._insert(tx, found.words.get(group, []), taken, hues.get(group, 0), parent, str(group + 1))
            )
        return given

    def _insert(  # noqa: PLR0917 - a row
        self, tx: Tx, words: Sequence[str], taken: set[str], hue: int, parent: int | None, otherwise: str
    ) -> int:
        name = free_name(" · ".join(words[:NAME_WORDS]) or f"# {otherwise}", taken)
        taken.add(name)
        told = {"name": name, "keywords": list(words), "hue": hue, "parent_id": parent}
        return store.insert_scene(tx, self._project, self._view, state=SceneState.DRAFT, **told)

    def _take_over(self, tx: Tx, found: _Found, seen: int) -> bool:
        if store.last_act(tx.connection, self._project, self._view) != seen:
            return False
        store.retire_maps(tx, self._project, self._view)
        store.set_map(tx, self._map, state="current", far=found.layout.limit)
        store.replace_proposals(tx, self._project, self._view)
        facts: dict[str, object] = {
            "items": len(found.items),
            "scenes": found.layout.groups - len(found.what.scenes),
            "nowhere": int((found.layout.of == NOWHERE).sum()),
            "backend": self._backend.name,
        }
        store.insert_act(tx, self._project, self._view, "made", None, self._by, facts)
        tx.journal(Event(self._by, "scenes.made", self._project, self._map, facts=facts))
        return True

    def _clear_old(self) -> None:
        with self._house.reading() as connection:
            gone = [m.id for m in store.maps_in(connection, self._project, "old")]
        for map_id in gone:
            self._clear(map_id)
            self._house.write(lambda tx, map_id=map_id: store.delete_map(tx, map_id))
            drop_map(self._house, map_id)

    def _clear(self, map_id: int) -> None:
        while self._house.write(lambda tx: store.delete_some_placements(tx, map_id)):
            pass

    def drop(self) -> None:
        """After a refusal or a cancellation nothing of the draft is left."""
        with self._house.reading() as connection:
            found = store.find_map_by_id(connection, self._map)
        if found is None or found.state != "draft":
            return
        self._clear(self._map)
        self._house.write(lambda tx: store.drop_drafts(tx, self._project, self._view))
        self._house.write(lambda tx: store.delete_map(tx, self._map))
        drop_map(self._house, self._map)


def _placement(layout: Layout, what: What, row: int, item: int, scenes: Sequence[int]) -> list[object]:
    group = int(layout.of[row])
    how = "moved" if item in what.moved else "placed"
    where = scenes[group] if group != NOWHERE else None
    far = int(np.clip(layout.far[row], 0, 2) * store.NEARNESS)
    return [item, where, how, int(layout.sure[row]), far, int(layout.cell[row]), int(layout.x[row]), int(layout.y[row])]


def _typical(layout: Layout, group: int) -> Ints:
    return rules.typical(layout.far, np.flatnonzero(layout.of == group), 200)


def _hues(layout: Layout) -> dict[int, int]:
    """Colours of the groups, largest first, from where they lie on the map."""
    inside = layout.of != NOWHERE
    sizes = np.bincount(layout.of[inside], minlength=layout.groups)
    across, down = (
        np.bincount(layout.of[inside], each[inside], layout.groups) / np.maximum(sizes, 1)
        for each in (layout.x, layout.y)
    )
    order = np.argsort(-sizes, kind="stable")
    return plan_colours({int(group): (float(across[group]), float(down[group])) for group in order}, COLOURS)


def _sample(house: House, wanted: Any, total: int) -> list[Any]:
    """Every so many items' contents, from all over the project."""
    step, sample, at = max(1, total // SAMPLE), list[Any](), 0
    for rows in read_chunks(house, wanted):
        sample += contents_of(house, rows[(-at) % step :: step])
        at += len(rows)
    return sample
