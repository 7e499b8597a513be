"""Scenes as the rest of the house sees them."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from guiju.data import Media
from guiju.kit import N_


class View(enum.StrEnum):
    """What a map shows: whatever is written is one, since texts and dialogues are about the same things."""

    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"


VIEW_NAMES = {View.TEXT: N_("Texts"), View.IMAGE: N_("Pictures"), View.AUDIO: N_("Sounds")}
MEDIA_OF = {
    View.TEXT: (Media.TEXT, Media.DIALOGUE, Media.COMPARISON),
    View.IMAGE: (Media.IMAGE,),
    View.AUDIO: (Media.AUDIO,),
}


class SceneState(enum.StrEnum):
    """draft → proposed (by the machine) → kept (by a person); merged, dissolved or replaced are over."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    KEPT = "kept"
    MERGED = "merged"
    DISSOLVED = "dissolved"
    REPLACED = "replaced"

    @property
    def is_open(self) -> bool:
        return self in {SceneState.PROPOSED, SceneState.KEPT}


STATE_NAMES = {SceneState.PROPOSED: N_("proposed"), SceneState.KEPT: N_("kept")}


class How(enum.StrEnum):
    PLACED = "placed"
    MOVED = "moved"


class Tie(enum.StrEnum):
    """What a person knows of two items."""

    TOGETHER = "together"
    APART = "apart"


TIE_NAMES = {Tie.TOGETHER: N_("belong together"), Tie.APART: N_("do not belong together")}


@dataclass(frozen=True, slots=True)
class Map:
    """One making. `far` is the distance (1 − cosine) from which an item fits nowhere."""

    id: int
    project_id: int
    view: View
    state: str
    backend: str
    far: float
    made_by: int
    made_at: int


@dataclass(frozen=True, slots=True)
class Scene:
    id: int
    parent_id: int | None
    state: SceneState
    into_id: int | None
    name: str
    definition: str
    keywords: tuple[str, ...]
    seeds: tuple[str, ...]
    hue: int
    made_by: int | None
    made_at: int


@dataclass(frozen=True, slots=True)
class SceneLine:
    """A scene in its tree: how deep it stands, how many items stand in it and below it, and how many are unsure."""

    scene: Scene
    depth: int
    items: int
    unsure: int
    has_children: bool


@dataclass(frozen=True, slots=True)
class Tree:
    """All that is open, parents before their children; `nowhere` fit in no scene. `revision` is the last act's id."""

    lines: tuple[SceneLine, ...]
    nowhere: int
    total: int
    revision: int

    def find(self, scene_id: int) -> SceneLine | None:
        return next((line for line in self.lines if line.scene.id == scene_id), None)

    def below(self, scene_id: int) -> list[int]:
        """The scene and everything under it."""
        found = [scene_id]
        for line in self.lines:
            if line.scene.parent_id in found:
                found.append(line.scene.id)
        return found


@dataclass(frozen=True, slots=True)
class Placed:
    """An item where it stands. `far` is from 0 to 2."""

    item_id: int
    scene_id: int | None
    how: How
    sure: bool
    far: float
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Link:
    id: int
    one_id: int
    other_id: int
    tie: Tie


@dataclass(frozen=True, slots=True)
class SceneAct:
    """Something done to the tree, by a person or (`by` is `None`) the machine."""

    id: int
    act: str
    scene_id: int | None
    by: int | None
    at: int
    details: Mapping[str, object]
