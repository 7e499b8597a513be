"""Recipes kept, tried on a sample, run as a job, and undone."""

import random
import time
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from guiju.cleaning.recipes import errors, store
from guiju.cleaning.recipes.document import clean_name, read_recipe
from guiju.cleaning.recipes.model import (
    Counts,
    Descent,
    Example,
    FileFacts,
    Outcome,
    Piece,
    Preview,
    Recipe,
    Run,
    RunPayload,
    RunState,
    StepSaid,
)
from guiju.cleaning.recipes.pieces import piece_of
from guiju.cleaning.recipes.rules import (
    Made,
    ReadyStep,
    add_up,
    carry_out,
    marks_of,
    media_of,
    must_confirm,
    plan_first_steps,
    ready,
    tidy,
)
from guiju.cleaning.recipes.steps.model import length_of
from guiju.data import Rights, SourceNotFound, find_items, open_source
from guiju.data import store as data_store
from guiju.data.actions import get_item
from guiju.data.deriving import drop_derived, find_uses
from guiju.data.intake.errors import RecordRefused
from guiju.people import Act, may
from guiju.projects import authorise
from guiju.storage import Actor, Event, House, Tx, ask_for_job, cancel_job, find_job

RUN = "cleaning.recipe"
UNDO = "cleaning.undo-recipe"
SAMPLE = 1_000
EXAMPLES = 8
SECONDS = 4.0
_SEED = 20
_READ = 100
_FEW, _THROWS, _AT_ONCE = 20_000, 20, 1_000


def list_recipes(house: House, actor: Actor, project_id: int) -> list[Recipe]:
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_DATA)
        return store.list_recipes(connection, project_id)


def get_recipe(house: House, actor: Actor, project_id: int, recipe_id: int, version: int | None = None) -> Recipe:
    """A version of a recipe, the latest without one. Raises `RecipeNotFound`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_DATA)
        found = store.find_recipe(connection, recipe_id, version)
    if found is None or found.project_id != project_id:
        raise errors.RecipeNotFound(recipe=recipe_id)
    return found


def propose_steps(house: House, actor: Actor, project_id: int) -> list[StepSaid]:
    """What a new recipe begins with, by what the newest items are."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_DATA)
        media = store.newest_media(connection, project_id)
    return plan_first_steps(media)


def save_recipe(
    house: House, actor: Actor, project_id: int, name: str, steps: Sequence[StepSaid], *, request_id: str
) -> Recipe:
    """Keep a recipe under its name: a new version, if it says something new. Raises as `rules.ready` does."""
    name, said = clean_name(name), tidy(ready(steps))

    def write(tx: Tx) -> dict[str, int]:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        return tx.once(request_id, actor.id, "cleaning.recipe", lambda: _save(tx, actor, project_id, name, said))

    kept = house.write(write)
    return get_recipe(house, actor, project_id, kept["recipe"], kept["version"])


def save_document(house: House, actor: Actor, project_id: int, document: str, *, request_id: str) -> Recipe:
    """Keep a recipe as its YAML says it. Raises `RecipeUnreadable` and as `save_recipe` does."""
    name, steps = read_recipe(document)
    return save_recipe(house, actor, project_id, name, tidy(steps), request_id=request_id)


def _save(tx: Tx, actor: Actor, project_id: int, name: str, said: tuple[StepSaid, ...]) -> dict[str, int]:
    store.ensure_key(tx, project_id)
    recipe_id = store.find_recipe_id(tx.connection, project_id, name)
    last = store.find_recipe(tx.connection, recipe_id) if recipe_id is not None else None
    if last is not None and last.steps == said:
        return {"recipe": last.id, "version": last.version}
    recipe_id = last.id if last is not None else store.insert_recipe(tx, project_id, name)
    version = last.version + 1 if last is not None else 1
    store.insert_version(tx, recipe_id, version, said, actor.id)
    tx.journal(Event(actor.id, "cleaning.recipe-saved", project_id, recipe_id, facts={"version": version}))
    return {"recipe": recipe_id, "version": version}


def preview(  # noqa: PLR0913 - one question, asked in several ways
    house: House,
    actor: Actor,
    project_id: int,
    steps: Sequence[StepSaid],
    *,
    from_source: int | None = None,
    recipe: Recipe | None = None,
    sample: int = SAMPLE,
    seconds: float = SECONDS,
) -> Preview:
    """What the steps would do, tried on up to `sample` items drawn at random, for no longer than `seconds`.

    The items are those that a run of `recipe` would take, or all that are not set aside. Raises as `rules.ready` does,
    and `SourceNotFound`.
    """
    said = ready(steps)
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_DATA)
        _check_source(connection, project_id, from_source)
        taken = recipe or Recipe(0, project_id, "", 0, (), 0)
        items, last = store.count_wanted(connection, taken, from_source)
        drawn = _draw(connection, taken, from_source, min(sample, items), last)
        key = store.find_key(connection, project_id) or b"preview"
    return _Trying(house, project_id, said, key, items).carry_out(drawn, time.monotonic() + seconds)


def _draw(connection: Connection, recipe: Recipe, from_source: int | None, sample: int, last: int) -> list[int]:
    """A sample at random of the items that a run would take, the same one each time."""
    numbers = random.Random(_SEED)  # noqa: S311 - a sample, no secret
    # Every item has the same chance where ids are drawn and those that are not wanted are thrown back; only where these
    # are nearly all of them is it cheaper to list what is wanted.
    drawn = dict[int, None]()
    for _ in range(_THROWS if last > _FEW else 0):
        some = [numbers.randint(1, last) for _ in range(_AT_ONCE)]
        drawn |= dict.fromkeys(store.keep_wanted(connection, recipe, from_source, some))
        if len(drawn) >= sample:
            return list(drawn)[:sample]
    return numbers.sample(store.list_wanted(connection, recipe, from_source), sample)


def _check_source(connection: object, project_id: int, source_id: int | None) -> None:
    source = data_store.find_source(connection, source_id) if source_id is not None else None  # type: ignore[arg-type]
    if source_id is not None and (source is None or source.project_id != project_id):
        raise SourceNotFound(source=source_id)


class _Trying:
    """A preview at work."""

    def __init__(self, house: House, project_id: int, steps: list[ReadyStep], key: bytes, items: int) -> None:
        self._house, self._project, self._steps, self._key, self._items = house, project_id, steps, key, items
        self._media = media_of(steps)
        self._counts = Counts(steps=[])
        self._before = self._lost = 0
        self._examples: dict[Outcome, list[Example]] = {}

    def carry_out(self, drawn: Sequence[int], until: float) -> Preview:
        for start in range(0, len(drawn), _READ):
            with self._house.reading() as connection:
                items = find_items(connection, self._project, drawn[start : start + _READ])
            for item_id in drawn[start : start + _READ]:
                if item_id in items:
                    self._try(items[item_id])
            if time.monotonic() > until:
                break
        return self._told()

    def _try(self, item: "data_store.Item") -> None:
        try:
            piece = piece_of(self._house, item, self._media)
        except RecordRefused as refusal:
            self._counts.failed += 1
            self._keep(Example(item.id, item.name, item.media, Outcome.FAILED, [], 0, refusal.code))
            return
        made = carry_out(piece, self._steps, self._key)
        add_up(self._counts, made)
        self._before += length_of(piece)
        self._lost += made.lost
        if made.outcome is not Outcome.UNCHANGED and len(self._examples.get(made.outcome, ())) < EXAMPLES:
            marks = [] if made.fault else marks_of(piece, made.pieces)
            fault = made.fault.code if made.fault else ""
            files = (None, None) if item.media.is_written else _files(piece, made)
            self._keep(Example(item.id, item.name, item.media, made.outcome, marks, len(made.pieces), fault, *files))

    def _keep(self, example: Example) -> None:
        self._examples.setdefault(example.outcome, []).append(example)

    def _told(self) -> Preview:
        tried = self._counts.seen
        erased = self._lost / self._before if self._before else 0.0
        dropped = self._counts.dropped / tried if tried else 0.0
        examples = [one for outcome in Outcome for one in self._examples.get(outcome, [])]
        sure = must_confirm(erased, dropped)
        return Preview(self._items, tried, self._counts, erased, dropped, sure, examples[: 2 * EXAMPLES])


def _files(piece: Piece, made: Made) -> tuple[FileFacts | None, FileFacts | None]:
    from guiju.cleaning.recipes.files import facts_of  # noqa: PLC0415 - NumPy, which only files need

    return facts_of(piece), facts_of(made.pieces[0]) if made.pieces and not made.fault else None


def start_run(  # noqa: PLR0913 - a run is said in one call
    house: House,
    actor: Actor,
    project_id: int,
    recipe_id: int,
    *,
    request_id: str,
    version: int | None = None,
    from_source: int | None = None,
    confirmed: bool = False,
) -> Run:
    """Ask for the job that runs a recipe over all items that its version has not seen yet.

    Raises `RecipeErases` when much would be lost and nobody confirmed it, `NothingToClean`, `RunGoingOn`,
    `RecipeNotFound`, `SourceNotFound`.
    """
    recipe = get_recipe(house, actor, project_id, recipe_id, version)
    if not confirmed:
        _refuse_erasing(preview(house, actor, project_id, recipe.steps, from_source=from_source, recipe=recipe))

    def write(tx: Tx) -> dict[str, int]:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        return tx.once(request_id, actor.id, "cleaning.run", lambda: _start(tx, actor, recipe, from_source))

    return get_run(house, actor, project_id, house.write(write)["run"])


def _refuse_erasing(seen: Preview) -> None:
    if seen.needs_confirmation:
        figures = {"erased": round(100 * seen.erased), "dropped": round(100 * seen.dropped)}
        raise errors.RecipeErases(tried=seen.tried, **figures)


def _start(tx: Tx, actor: Actor, recipe: Recipe, from_source: int | None) -> dict[str, int]:
    _check_source(tx.connection, recipe.project_id, from_source)
    _refuse_going_on(tx, recipe.project_id, actor.id)
    count, until = store.count_wanted(tx.connection, recipe, from_source)
    if not count:
        raise errors.NothingToClean
    parent = data_store.find_source(tx.connection, from_source) if from_source is not None else None
    name = f"{recipe.name} v{recipe.version}" + (f" ← {parent.name}" if parent else "")
    about = {"owner": parent.owner, "licence": parent.licence} if parent else {}
    rights = parent.rights if parent else Rights.CUSTOMER
    source_id = open_source(tx, recipe.project_id, name, created_by=actor.id, rights=rights, **about)
    told = {"recipe_id": recipe.id, "version": recipe.version, "from_source": from_source, "source_id": source_id}
    run_id = store.insert_run(tx, project_id=recipe.project_id, created_by=actor.id, **told)
    payload = msgspec.to_builtins(RunPayload(run_id, until))
    job_id = ask_for_job(tx, RUN, payload, project_id=recipe.project_id, actor_id=actor.id)
    store.update_run(tx, run_id, {"job_id": job_id})
    tx.journal(Event(actor.id, "cleaning.run-asked", recipe.project_id, run_id, facts={"items": count, **told}))
    return {"run": run_id}


def _refuse_going_on(tx: Tx, project_id: int, actor_id: int) -> None:
    """One run at a time in a project. One whose job is over without it is undone."""
    going_on = store.find_going_on(tx.connection, project_id)
    if going_on is None:
        return
    job = find_job(tx.connection, going_on.job_id)
    if job is not None and not job.state.is_over:
        raise errors.RunGoingOn(recipe=going_on.recipe_name, run=going_on.id)
    begin_undoing(tx, going_on, actor_id)


def list_runs(house: House, actor: Actor, project_id: int) -> list[Run]:
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_DATA)
        return store.list_runs(connection, project_id)


def get_run(house: House, actor: Actor, project_id: int, run_id: int) -> Run:
    """Raises `RunNotFound`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_DATA)
        found = store.find_run(connection, run_id)
    if found is None or found.project_id != project_id:
        raise errors.RunNotFound(run=run_id)
    return found


def undo_run(house: House, actor: Actor, project_id: int, run_id: int, *, request_id: str) -> int:
    """Take a run's items back at once and bring its parents back by a job, whose id is returned.

    A run that is still going on is cancelled first. Raises `RunNotDone`, and `DerivedInUse` with what refers to the
    derived items.
    """

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        return tx.once(request_id, actor.id, "cleaning.undo", lambda: _undo(tx, actor, project_id, run_id))

    return house.write(write)


def _undo(tx: Tx, actor: Actor, project_id: int, run_id: int) -> int:
    run = store.find_run(tx.connection, run_id)
    if run is None or run.project_id != project_id:
        raise errors.RunNotFound(run=run_id)
    if run.state is RunState.UNDONE:
        raise errors.RunNotDone(run=run_id)
    uses = find_uses(tx.connection, run.source_id)
    if uses:
        rounds = dict.fromkeys(name for use in uses for name in use.rounds)
        raise errors.DerivedInUse(run=run_id, uses=", ".join(rounds or dict.fromkeys(use.table for use in uses)))
    if run.state is RunState.RUNNING and run.job_id:
        cancel_job(tx, run.job_id)
    tx.journal(Event(actor.id, "cleaning.run-undone", project_id, run_id, facts={"made": run.counts.made}))
    return begin_undoing(tx, run, actor.id)


def begin_undoing(tx: Tx, run: Run, actor_id: int) -> int:
    """Let nobody see the run's items any more; the id of the job that does the rest."""
    drop_derived(tx, run.source_id)
    store.update_run(tx, run.id, {"state": RunState.UNDOING})
    return ask_for_job(tx, UNDO, {"run": run.id}, project_id=run.project_id, actor_id=actor_id)


def get_descent(
    house: House, actor: Actor, item_id: int, project_id: int | None = None
) -> tuple[list[Descent], list[Descent]]:
    """What an item came out of, and what came out of it; names of withheld items for those who may see them."""
    item = get_item(house, actor, item_id, project_id)
    with house.reading() as connection:
        authorise(connection, actor, item.project_id, Act.SEE_ITEMS)
        return store.parents_of(connection, item_id), store.children_of(connection, item_id)


def may_see_originals(house: House, actor: Actor, project_id: int) -> bool:
    """Whether the reader may see what was masked."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_ITEMS)
    return actor.trusted or may(standing.roles, Act.SEE_ORIGINALS)
