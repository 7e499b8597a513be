"""Recipes, their versions and runs, and which item came out of which; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Table, Text, UniqueConstraint

from guiju.storage import BigId, Micros, metadata

recipe = Table(
    "recipe",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("created_at", Micros, nullable=False),
    UniqueConstraint("project_id", "name"),
)

# A version never changes.
recipe_version = Table(
    "recipe_version",
    metadata,
    Column("recipe_id", BigId, ForeignKey("recipe.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    # the steps as JSON, every option with its value
    Column("steps", Text, nullable=False),
    Column("by", BigId, ForeignKey("account.id"), nullable=False),
    Column("at", Micros, nullable=False),
)

# What pseudonyms are made with: another one for every project, so that no two projects' can be brought together.
pseudonym_key = Table(
    "pseudonym_key",
    metadata,
    Column("project_id", BigId, ForeignKey("project.id"), primary_key=True, autoincrement=False),
    Column("key", String(64), nullable=False),
)

recipe_run = Table(
    "recipe_run",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("recipe_id", BigId, nullable=False),
    Column("version", Integer, nullable=False),
    # guiju.cleaning.recipes.model.RunState
    Column("state", String(12), nullable=False),
    # whose items it takes (all of the project's without one), and the source that its items are in
    Column("from_source", BigId, ForeignKey("source.id"), nullable=True),
    Column("source_id", BigId, ForeignKey("source.id"), nullable=False),
    Column("job_id", BigId, nullable=True),
    # guiju.cleaning.recipes.model.Counts as JSON, once it is over
    Column("counts", Text, nullable=True),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    ForeignKeyConstraint(["recipe_id", "version"], ["recipe_version.recipe_id", "recipe_version.version"]),
    Index(None, "project_id", "id"),
    Index(None, "source_id"),
)

# What a run has seen, and what became of it.
cleaned = Table(
    "cleaned",
    metadata,
    Column("run_id", BigId, ForeignKey("recipe_run.id"), primary_key=True),
    Column("item_id", BigId, ForeignKey("item.id", ondelete="CASCADE"), primary_key=True),
    # guiju.cleaning.recipes.model.Outcome
    Column("outcome", String(12), nullable=False),
    Index(None, "item_id"),
)

# Which item came out of which. A parent stays as long as it has children; children go when their run is undone.
derivation = Table(
    "derivation",
    metadata,
    Column("run_id", BigId, ForeignKey("recipe_run.id"), primary_key=True),
    Column("parent_id", BigId, ForeignKey("item.id"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("child_id", BigId, ForeignKey("item.id", ondelete="CASCADE"), nullable=False),
    Index(None, "parent_id"),
    Index(None, "child_id"),
)
