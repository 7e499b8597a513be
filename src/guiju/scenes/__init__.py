"""What a project's items are about: scenes found by the machine, and the tree of them that people make and keep.

A map is made by a job (`ask_to_make`); people name, define, merge, split and move, and whatever they touched stays when
the map is made again or new items come (`ask_to_place`, also by itself when a source has landed). Slices above read
`read_scenes` and `hashes_by_scene`, the items of each scene by the hash of their content.
"""

from guiju.scenes.actions import JOBS, ask_to_make, ask_to_place
from guiju.scenes.errors import NoMap, SceneNotFound
from guiju.scenes.following import SUBSCRIBERS
from guiju.scenes.model import SceneLine, Tree, View
from guiju.scenes.reading import Scenes, hashes_by_scene, list_scene_items, read_scenes
from guiju.scenes.shaping import (
    describe_scene,
    keep_scene,
    make_scene,
    merge_scenes,
    move_items,
    note_draw,
    split_scene,
)
from guiju.scenes.store import scene_names
from guiju.scenes.tables import placement as placement_table
from guiju.scenes.tables import scene as scene_table
from guiju.scenes.tables import scene_map as scene_map_table

__all__ = [
    "JOBS",
    "SUBSCRIBERS",
    "NoMap",
    "SceneLine",
    "SceneNotFound",
    "Scenes",
    "Tree",
    "View",
    "ask_to_make",
    "ask_to_place",
    "describe_scene",
    "hashes_by_scene",
    "keep_scene",
    "list_scene_items",
    "make_scene",
    "merge_scenes",
    "move_items",
    "note_draw",
    "placement_table",
    "read_scenes",
    "scene_map_table",
    "scene_names",
    "scene_table",
    "split_scene",
]
