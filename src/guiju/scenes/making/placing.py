"""The job that gives new items their place, in the scenes that people made; and how a scene is split."""

from collections.abc import Mapping, Sequence

import numpy as np

from guiju.scenes import store
from guiju.scenes.consent import check_consent
from guiju.scenes.errors import NoMap
from guiju.scenes.making import rules
from guiju.scenes.making.contents import content_of
from guiju.scenes.making.keywords import keywords_of
from guiju.scenes.making.model import NOWHERE
from guiju.scenes.making.store import Vectors, of_map
from guiju.scenes.model import VIEW_NAMES, Map, Scene, SceneState, Tie, View
from guiju.scenes.rules import free_name, groups_together, home_of
from guiju.storage import Event, House, JobRun, Tx
from guiju.vectors.model import Floats, Ints, State
from guiju.vectors.neighbours import nearest
from guiju.vectors.plane import place

WRITE_ROWS = 2_000
NAME_WORDS = 3
MOST_REMEMBERED = 200_000


def place_new(run: JobRun) -> Mapping[str, object]:
    """Place what is on no map yet and what fits nowhere, then propose scenes of what still fits nowhere.

    What stands in a scene stays there. Raises `NoMap`, `EmbedderChanged`, `LeavesTheHouse`, and the refusals of the
    backend.
    """
    house, view = run.house, View(run.job.payload["view"])
    project_id = int(run.job.project_id or 0)
    with house.reading() as connection:
        current = store.find_map(connection, project_id, view)
    vectors, plane = of_map(house, current, VIEW_NAMES[view])
    if current is None:
        raise NoMap(media=VIEW_NAMES[view])
    check_consent(house, current.backend, str(run.job.payload.get("send_to") or ""))
    with house.reading() as connection:
        scenes = store.list_scenes(connection, project_id, view)
        here = store.hashes_of_map(connection, current.id)
    return _Placing(run, current, plane, vectors, scenes, here).carry_out()


class _Placing:
    def __init__(  # noqa: PLR0917 - what the job has read
        self,
        run: JobRun,
        current: Map,
        plane: State,
        vectors: Vectors,
        scenes: Sequence[Scene],
        here: Sequence[tuple[int, str, int | None, int]],
    ) -> None:
        self._run, self._house, self._map, self._plane = run, run.house, current, plane
        self._vectors, self._scenes = vectors, {scene.id: scene for scene in scenes}
        self._here = [(item, key, home_of(self._scenes, scene), cell) for item, key, scene, cell in here]

    def carry_out(self) -> Mapping[str, object]:
        wanted = store.unplaced(self._map.project_id, self._map.view, self._map.id)
        with self._house.reading() as connection:
            total = connection.execute(store.count_rows(wanted)).scalar_one()
        self._run.advance(done=0, total=total)
        items = self._vectors.fill(wanted, lambda done: self._run.advance(done=min(done, total), total=total))
        homeless = [(item, bytes.fromhex(key)) for item, key, home, _ in self._here if home is None]
        ids = [*items.ids, *(item for item, _ in homeless)]
        keys = [*items.keys, *(key for _, key in homeless)]
        if not ids:
            return {"placed": 0, "nowhere": 0, "proposed": 0}
        rows = self._centred(self._vectors.read(keys))
        landed = rules.land(rows, self._known(), self._map.far)
        self._hold_ties(ids, landed.scenes)
        proposed = self._write(ids, rows, landed, len(items))
        nowhere = int((landed.scenes == NOWHERE).sum())
        return {"placed": len(items), "nowhere": nowhere - sum(map(len, proposed)), "proposed": len(proposed)}

    def _centred(self, rows: Floats) -> Floats:
        return rules.centred(rows, self._plane["mean"])[0] if len(rows) else rows

    def _known(self) -> rules.Prototypes:
        """What stands in the scenes by now; of very many items every so many."""
        settled = [each for each in self._here if each[2] is not None]
        settled = settled[:: max(1, len(settled) // MOST_REMEMBERED)]
        there, rows = self._vectors.read_known([bytes.fromhex(key) for _, key, _, _ in settled])
        scenes = np.array([settled[at][2] for at in there], np.int64)
        cells = np.array([settled[at][3] for at in there], np.int64)
        return rules.prototypes_of(self._centred(rows), scenes, cells) if len(rows) else _nothing(rows)

    def _hold_ties(self, ids: Sequence[int], scenes: Ints) -> None:
        """What was said to belong to an item that stands in a scene goes there."""
        with self._house.reading() as connection:
            links = [each for each in store.list_links(connection, self._map.project_id) if each.tie is Tie.TOGETHER]
        if not links:
            return
        homes = {item: home for item, _, home, _ in self._here if home is not None}
        at = {item: row for row, item in enumerate(ids)}
        for group in groups_together(links):
            home = next((homes[item] for item in sorted(group) if item in homes), None)
            for item in group:
                if home is not None and item in at:
                    scenes[at[item]] = home

    def _write(self, ids: Sequence[int], rows: Floats, landed: rules.Landed, fresh: int) -> list[Ints]:
        x, y = place(rows, self._plane)
        cell = nearest(rows, self._plane["centres"], 1)[0][:, 0]
        far = (np.clip(landed.far, 0, 2) * store.NEARNESS).astype(np.int64)
        columns = (landed.sure.tolist(), far.tolist(), cell.tolist(), x.tolist(), y.tolist())
        where = [scene if scene != NOWHERE else None for scene in landed.scenes.tolist()]
        told = [[item, scene, "placed", *rest] for item, scene, *rest in zip(ids, where, *columns, strict=True)]
        for start in range(0, len(told), WRITE_ROWS):
            part = told[start : start + WRITE_ROWS]
            self._run.advance(
                lambda tx, part=part: store.put_placements(tx, self._map.id, part), done=min(start, fresh), total=fresh
            )
        nowhere = np.flatnonzero(landed.scenes == NOWHERE)
        groups = [nowhere[group] for group in rules.new_groups(rows[nowhere], self._map.far)]
        found: list[list[int]] = [[ids[row] for row in group.tolist()] for group in groups]
        words = self._words(found)
        self._run.advance(lambda tx: self._end(tx, found, words, fresh), done=fresh)
        return groups

    def _words(self, groups: Sequence[Sequence[int]]) -> dict[int, list[str]]:
        texts = texts_of(self._house, self._map.project_id, self._map.view, [item for some in groups for item in some])
        said = {at: [texts[item] for item in group if item in texts] for at, group in enumerate(groups)}
        return keywords_of(said) if self._map.view is View.TEXT else {}

    def _end(self, tx: Tx, groups: Sequence[Sequence[int]], words: Mapping[int, list[str]], fresh: int) -> None:
        project_id, view = self._map.project_id, self._map.view
        taken = {scene.name for scene in store.list_scenes(tx.connection, project_id, view)}
        for at, group in enumerate(groups):
            found = words.get(at, [])
            name = free_name(" · ".join(found[:NAME_WORDS]) or "# 1", taken)
            taken.add(name)
            told = {"name": name, "keywords": found, "hue": at % 8, "state": SceneState.PROPOSED}
            scene_id = store.insert_scene(tx, project_id, view, **told)
            store.assign_items(tx, self._map.id, {scene_id: group})
        facts: dict[str, object] = {"placed": fresh, "proposed": len(groups)}
        by = self._run.job.created_by
        store.insert_act(tx, project_id, view, "placed", None, None, facts)
        tx.journal(Event(by, "scenes.placed", project_id, self._map.id, facts=facts))


def _nothing(rows: Floats) -> rules.Prototypes:
    return rules.Prototypes(rows, np.zeros(0, np.int64), {})


def texts_of(house: House, project_id: int, view: View, ids: Sequence[int]) -> dict[int, str]:
    """What these items say."""
    wanted = store.items_of_view(project_id, view)
    found: dict[int, str] = {}
    for start in range(0, len(ids), store.SLICE):
        some = wanted.where(wanted.selected_columns["id"].in_(ids[start : start + store.SLICE]))
        with house.reading() as connection:
            rows = connection.execute(some).all()
        found.update((row.id, str(content_of(house, row.media, row.hash, row.body))) for row in rows)
    return found


def split_scene_items(
    house: House, current: Map, members: Sequence[tuple[int, str]], parts: int
) -> list[tuple[list[int], list[str]]]:
    """The items of a scene in groups, each with its words. Raises `NoMap` when what the map learnt is lost."""
    vectors, plane = of_map(house, current, VIEW_NAMES[current.view])
    there, rows = vectors.read_known([bytes.fromhex(key) for _, key in members])
    if not len(there):
        return []
    groups = rules.split(rules.centred(rows, plane["mean"])[0], parts)
    places: list[int] = there.tolist()
    items: list[list[int]] = [[members[places[row]][0] for row in group.tolist()] for group in groups]
    texts = texts_of(house, current.project_id, current.view, [item for some in items for item in some[:300]])
    said = {at: [texts[item] for item in some if item in texts] for at, some in enumerate(items)}
    words = keywords_of(said) if current.view is View.TEXT else {}
    return [(some, words.get(at, [])) for at, some in enumerate(items)]
