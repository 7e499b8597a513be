"""Maps, scenes, where each item stands, what people know, and what was done; written by this slice alone."""

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, SmallInteger, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from guiju.storage import BigId, Micros, metadata

# One making of a project's map for one medium. A new one is filled while nobody sees it, and takes over in one write.
scene_map = Table(
    "scene_map",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    # text (also dialogues and comparisons) | image | audio
    Column("media", String(12), nullable=False),
    # draft | current | old
    Column("state", String(12), nullable=False),
    Column("backend", String(40), nullable=False),
    # cosine distance from which an item fits nowhere
    Column("far", Float, nullable=False),
    Column("made_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("made_at", Micros, nullable=False),
    Index(None, "project_id", "media", "state"),
)

# The tree. A scene that was merged says into which; nothing is deleted.
scene = Table(
    "scene",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("media", String(12), nullable=False),
    # no foreign keys: a scene may stand below a younger one, and a backup is read row by row
    Column("parent_id", BigId, nullable=True),
    # draft | proposed | kept | merged | dissolved | replaced
    Column("state", String(12), nullable=False),
    Column("into_id", BigId, nullable=True),
    Column("name", String(120), nullable=False),
    Column("definition", Text, nullable=False, default=""),
    # JSON arrays of words: found by the machine, and told by people
    Column("keywords", Text, nullable=False, default="[]"),
    Column("seeds", Text, nullable=False, default="[]"),
    # which of the palette's colours, so that neighbours on the map differ
    Column("hue", SmallInteger, nullable=False, default=0),
    # nobody: the machine
    Column("made_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("made_at", Micros, nullable=False),
    Index(None, "project_id", "media", "state"),
)

placement = Table(
    "placement",
    metadata,
    Column("map_id", BigId, ForeignKey("scene_map.id"), primary_key=True),
    Column("item_id", BigId, ForeignKey("item.id", ondelete="CASCADE"), primary_key=True),
    # none: it fits nowhere
    Column("scene_id", BigId, ForeignKey("scene.id"), nullable=True),
    # placed: by the machine | moved: by a person, and the machine leaves it there
    Column("how", String(8), nullable=False),
    # 0: it lies between scenes, or farther out than nearly all of its scene
    Column("sure", SmallInteger, nullable=False),
    # cosine distance to the nearest centre of its scene, in ten-thousandths
    Column("far", Integer, nullable=False),
    Column("cell", Integer, nullable=False),
    Column("x", Integer, nullable=False),
    Column("y", Integer, nullable=False),
    Index("ix_placement_by_scene", "map_id", "scene_id", "far", "item_id"),
    Index("ix_placement_by_item", "item_id", "map_id"),
)

# What a person knows of two items, whatever map is made.
scene_link = Table(
    "scene_link",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False, index=True),
    Column("one_id", BigId, ForeignKey("item.id", ondelete="CASCADE"), nullable=False),
    Column("other_id", BigId, ForeignKey("item.id", ondelete="CASCADE"), nullable=False),
    # together | apart
    Column("kind", String(8), nullable=False),
    Column("made_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("made_at", Micros, nullable=False),
    Unique("one_id", "other_id"),
    # so that a page of yesterday takes back nobody else's word
    sqlite_autoincrement=True,
)

# Every act upon the tree, in order: its versions.
scene_act = Table(
    "scene_act",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("media", String(12), nullable=False),
    Column("act", String(12), nullable=False),
    Column("scene_id", BigInteger, nullable=True),
    Column("by", BigId, ForeignKey("account.id"), nullable=True),
    Column("at", Micros, nullable=False),
    # a JSON object
    Column("details", Text, nullable=False),
    Index(None, "project_id", "media", "id"),
)
