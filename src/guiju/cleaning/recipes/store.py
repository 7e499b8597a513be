"""SQL of recipes, runs and derivations."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, exists, func, insert, select, update

from guiju.cleaning.recipes import tables as t
from guiju.cleaning.recipes.model import Counts, Descent, Outcome, Recipe, Run, RunState, StepSaid
from guiju.data import Media, is_aside, item_table, source_table
from guiju.data.asides import find_withheld
from guiju.data.model import SourceState
from guiju.storage import Tx

_KEY_BYTES = 32


def _recipe(row: Row[*tuple[Any, ...]]) -> Recipe:
    steps = msgspec.json.decode(row.steps, type=tuple[StepSaid, ...])
    return Recipe(row.id, row.project_id, row.name, row.version, steps, row.at)


_RECIPE = (
    t.recipe.c.id,
    t.recipe.c.project_id,
    t.recipe.c.name,
    t.recipe_version.c.version,
    t.recipe_version.c.steps,
    t.recipe_version.c.at,
)


def newest_media(connection: Connection, project_id: int, among: int = 200) -> set[Media]:
    """What the newest items are that have landed."""
    items, sources = item_table, source_table
    found = select(items.c.media).join_from(items, sources, items.c.source_id == sources.c.id)
    found = found.where(items.c.project_id == project_id, sources.c.state == SourceState.LANDED)
    newest = found.order_by(items.c.id.desc()).limit(among)
    return {Media(media) for media in connection.execute(newest).scalars()}


def list_recipes(connection: Connection, project_id: int) -> list[Recipe]:
    """The latest version of each recipe, by name."""
    later = t.recipe_version.alias("later")
    newer = exists().where(later.c.recipe_id == t.recipe.c.id, later.c.version > t.recipe_version.c.version)
    found = select(*_RECIPE).join_from(t.recipe, t.recipe_version).where(t.recipe.c.project_id == project_id, ~newer)
    return [_recipe(row) for row in connection.execute(found.order_by(t.recipe.c.name))]


def find_recipe(connection: Connection, recipe_id: int, version: int | None = None) -> Recipe | None:
    found = select(*_RECIPE).join_from(t.recipe, t.recipe_version).where(t.recipe.c.id == recipe_id)
    if version is not None:
        found = found.where(t.recipe_version.c.version == version)
    row = connection.execute(found.order_by(t.recipe_version.c.version.desc()).limit(1)).first()
    return _recipe(row) if row else None


def find_recipe_id(connection: Connection, project_id: int, name: str) -> int | None:
    mine = select(t.recipe.c.id).where(t.recipe.c.project_id == project_id, t.recipe.c.name == name)
    return connection.execute(mine).scalar()


def insert_recipe(tx: Tx, project_id: int, name: str) -> int:
    return tx.insert(insert(t.recipe), {"project_id": project_id, "name": name, "created_at": tx.at})


def insert_version(tx: Tx, recipe_id: int, version: int, steps: Sequence[StepSaid], by: int) -> None:
    said = msgspec.json.encode(steps).decode()
    tx.execute(insert(t.recipe_version).values(recipe_id=recipe_id, version=version, steps=said, by=by, at=tx.at))


def find_key(connection: Connection, project_id: int) -> bytes | None:
    key = connection.execute(select(t.pseudonym_key.c.key).where(t.pseudonym_key.c.project_id == project_id)).scalar()
    return bytes.fromhex(key) if key else None


def ensure_key(tx: Tx, project_id: int) -> None:
    if find_key(tx.connection, project_id) is None:
        tx.execute(insert(t.pseudonym_key).values(project_id=project_id, key=secrets.token_hex(_KEY_BYTES)))


_RUN = (t.recipe_run, t.recipe.c.name.label("recipe_name"))


def _run(row: Row[*tuple[Any, ...]]) -> Run:
    counts = msgspec.json.decode(row.counts, type=Counts) if row.counts else Counts()
    about = (row.id, row.project_id, row.recipe_id, row.recipe_name, row.version, RunState(row.state))
    return Run(*about, row.from_source, row.source_id, row.job_id or 0, counts, row.created_by, row.created_at)


def insert_run(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t.recipe_run), {"state": RunState.RUNNING, "created_at": tx.at, **values})


def update_run(tx: Tx, run_id: int, values: Mapping[str, object], *, was: RunState | None = None) -> bool:
    """Whether the run was in that state, and so was changed."""
    mine = update(t.recipe_run).where(t.recipe_run.c.id == run_id)
    mine = mine if was is None else mine.where(t.recipe_run.c.state == was)
    return tx.execute(mine.values(values)).rowcount == 1


def find_run(connection: Connection, run_id: int) -> Run | None:
    found = select(*_RUN).join_from(t.recipe_run, t.recipe, t.recipe.c.id == t.recipe_run.c.recipe_id)
    row = connection.execute(found.where(t.recipe_run.c.id == run_id)).first()
    return _run(row) if row else None


def list_runs(connection: Connection, project_id: int, limit: int = 100) -> list[Run]:
    """The latest runs of a project, the newest first."""
    found = select(*_RUN).join_from(t.recipe_run, t.recipe, t.recipe.c.id == t.recipe_run.c.recipe_id)
    mine = found.where(t.recipe_run.c.project_id == project_id)
    return [_run(row) for row in connection.execute(mine.order_by(t.recipe_run.c.id.desc()).limit(limit))]


def find_going_on(connection: Connection, project_id: int) -> Run | None:
    """A run of the project that is not over."""
    mine = (t.recipe_run.c.project_id == project_id) & (t.recipe_run.c.state == RunState.RUNNING)
    found = connection.execute(select(t.recipe_run.c.id).where(mine).limit(1)).scalar()
    return find_run(connection, found) if found else None


def _wanted(recipe: Recipe, from_source: int | None) -> Any:
    """Landed items that nothing set aside and that this version has neither seen nor made."""
    version = (t.recipe_run.c.recipe_id == recipe.id) & (t.recipe_run.c.version == recipe.version)
    runs = select(t.recipe_run.c.id).where(version)
    made = select(t.recipe_run.c.source_id).where(version)
    seen = exists().where(
        t.cleaned.c.item_id == item_table.c.id, t.cleaned.c.run_id.in_(runs), t.cleaned.c.outcome != Outcome.FAILED
    )
    landed = (source_table.c.id == item_table.c.source_id) & (source_table.c.state == SourceState.LANDED)
    found = (item_table.c.project_id == recipe.project_id) & item_table.c.source_id.not_in(made) & ~seen & ~is_aside()
    found = found if from_source is None else found & (item_table.c.source_id == from_source)
    return landed, found


def list_wanted(
    connection: Connection, recipe: Recipe, from_source: int | None, *, after: int = 0, until: int = 0, limit: int = 0
) -> list[int]:
    """Ids of items that a run would take, in their order, of `limit` those behind `after` up to `until`."""
    landed, mine = _wanted(recipe, from_source)
    found = select(item_table.c.id).join_from(item_table, source_table, landed).where(mine, item_table.c.id > after)
    found = found.where(item_table.c.id <= until) if until else found
    return list(connection.execute(found.order_by(item_table.c.id).limit(limit or None)).scalars())


def keep_wanted(connection: Connection, recipe: Recipe, from_source: int | None, ids: Sequence[int]) -> list[int]:
    """Those of `ids` that a run would take, in the order given."""
    landed, mine = _wanted(recipe, from_source)
    found = select(item_table.c.id).join_from(item_table, source_table, landed).where(mine, item_table.c.id.in_(ids))
    kept = set(connection.execute(found).scalars())
    return [one for one in ids if one in kept]


def count_wanted(connection: Connection, recipe: Recipe, from_source: int | None, *, after: int = 0) -> tuple[int, int]:
    """How many items a run would take, and the last of them."""
    landed, mine = _wanted(recipe, from_source)
    counted = select(func.count(), func.max(item_table.c.id)).join_from(item_table, source_table, landed)
    counted = counted.where(mine, item_table.c.id > after)
    count, last = connection.execute(counted).one()
    return int(count), int(last or 0)


def insert_cleaned(tx: Tx, run_id: int, outcomes: Mapping[int, Outcome]) -> None:
    if outcomes:
        rows = [{"run_id": run_id, "item_id": one, "outcome": said.value} for one, said in outcomes.items()]
        tx.execute(insert(t.cleaned), rows)


def insert_derivations(tx: Tx, run_id: int, rows: Sequence[tuple[int, int, int]]) -> None:
    """`(parent, place, child)` each."""
    if rows:
        names = ("parent_id", "place", "child_id")
        tx.execute(insert(t.derivation), [{"run_id": run_id, **dict(zip(names, row, strict=True))} for row in rows])


def ancestors_of(connection: Connection, items: Sequence[int]) -> set[int]:
    """Everything that these items came out of, however far back."""
    found: set[int] = set()
    level = list(items)
    while level:
        up = select(t.derivation.c.parent_id).where(t.derivation.c.child_id.in_(level)).distinct()
        level = [parent for parent in connection.execute(up).scalars() if parent not in found]
        found.update(level)
    return found


def take_some_back(tx: Tx, run_id: int, limit: int) -> list[int]:
    """Forget a slice of what a run has seen; the items of it. Their derivations go, too."""
    mine = select(t.cleaned.c.item_id).where(t.cleaned.c.run_id == run_id).order_by(t.cleaned.c.item_id).limit(limit)
    items = list(tx.execute(mine).scalars())
    if items:
        for table, column in ((t.derivation, t.derivation.c.parent_id), (t.cleaned, t.cleaned.c.item_id)):
            tx.execute(delete(table).where(table.c.run_id == run_id, column.between(items[0], items[-1])))
    return items


def parents_of(connection: Connection, item_id: int) -> list[Descent]:
    return _descents(connection, t.derivation.c.parent_id, t.derivation.c.child_id == item_id)


def children_of(connection: Connection, item_id: int, limit: int = 50) -> list[Descent]:
    return _descents(connection, t.derivation.c.child_id, t.derivation.c.parent_id == item_id, limit)


def _descents(connection: Connection, shown: Any, mine: Any, limit: int = 50) -> list[Descent]:
    found = (
        select(item_table.c.id, item_table.c.name, t.recipe_run.c.id.label("run"), t.recipe_run.c.version)
        .add_columns(t.recipe.c.name.label("recipe"))
        .join_from(t.derivation, t.recipe_run, t.recipe_run.c.id == t.derivation.c.run_id)
        .join(t.recipe, t.recipe.c.id == t.recipe_run.c.recipe_id)
        .join(item_table, item_table.c.id == shown)
        .where(mine, t.recipe_run.c.state == RunState.DONE)
        .order_by(t.derivation.c.run_id, t.derivation.c.place)
    )
    rows = connection.execute(found.limit(limit)).all()
    withheld = find_withheld(connection, [row.id for row in rows])
    return [Descent(row.id, row.name, row.id in withheld, row.run, row.recipe, row.version) for row in rows]


def list_descents(connection: Connection, project_id: int) -> Iterator[tuple[int, int]]:
    """Every `(parent, child)` of the project, in order."""
    d = t.derivation.c
    wanted = select(d.parent_id, d.child_id).join(t.recipe_run, t.recipe_run.c.id == d.run_id)
    wanted = wanted.where(t.recipe_run.c.project_id == project_id).order_by(d.run_id, d.parent_id, d.place)
    for row in connection.execution_options(yield_per=10_000).execute(wanted):
        yield int(row.parent_id), int(row.child_id)
