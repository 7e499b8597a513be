"""Routes for programs: recipes kept and tried, runs started, followed and undone, where an item came from."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.cleaning.recipes import actions
from guiju.cleaning.recipes.document import read_recipe, write_recipe
from guiju.cleaning.recipes.model import Descent, Preview, Recipe, Run
from guiju.cleaning.recipes.rules import ready, tidy
from guiju.kit import iso
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class RecipeAnswer(msgspec.Struct, frozen=True):
    """`document` is the recipe as YAML."""

    id: int
    name: str
    version: int
    document: str
    saved_at: str


class RecipesAnswer(msgspec.Struct, frozen=True):
    recipes: list[RecipeAnswer]


class SaveRecipe(msgspec.Struct, frozen=True):
    id: str
    document: str


class TryRecipe(msgspec.Struct, frozen=True):
    """A recipe to be tried on a sample of a source's items, or of all."""

    document: str
    source: int | None = None


class RunAnswer(msgspec.Struct, frozen=True):
    """`source` holds what came of it; `counts` are those of the items, and of each step, once it is over."""

    id: int
    recipe: int
    recipe_name: str
    version: int
    state: str
    from_source: int | None
    source: int
    job: int
    counts: dict[str, Any]
    started_at: str


class RunsAnswer(msgspec.Struct, frozen=True):
    runs: list[RunAnswer]


class StartRun(msgspec.Struct, frozen=True):
    """`confirmed`: somebody has seen that the recipe takes much away, and means it."""

    id: str
    recipe: int
    version: int | None = None
    source: int | None = None
    confirmed: bool = False


class UndoRun(msgspec.Struct, frozen=True):
    id: str


class Undone(msgspec.Struct, frozen=True):
    """The job that brings the parents back; the derived items are not seen from now on."""

    job: int


class DescentAnswer(msgspec.Struct, frozen=True):
    item: int
    withheld: bool
    run: int
    recipe: str
    version: int


class FamilyAnswer(msgspec.Struct, frozen=True):
    """What an item came out of, and what came out of it."""

    parents: list[DescentAnswer]
    children: list[DescentAnswer]


def recipe_answer(recipe: Recipe) -> RecipeAnswer:
    document = write_recipe(recipe.name, ready(recipe.steps))
    return RecipeAnswer(recipe.id, recipe.name, recipe.version, document, iso(recipe.created_at))


def run_answer(run: Run) -> RunAnswer:
    about = (run.id, run.recipe_id, run.recipe_name, run.version, run.state.value, run.from_source, run.source_id)
    counts: dict[str, Any] = msgspec.to_builtins(run.counts)
    counts.pop("after")
    return RunAnswer(*about, run.job_id, counts, iso(run.created_at))


@get("/projects/{project_id:int}/recipes", sync_to_thread=True)
def get_recipes(request: AnyRequest, project_id: FromPath[int]) -> RecipesAnswer:
    """The latest version of each recipe."""
    found = actions.list_recipes(house_of(request), actor_of(request), project_id)
    return RecipesAnswer([recipe_answer(recipe) for recipe in found])


@post("/projects/{project_id:int}/recipes", sync_to_thread=True)
def keep_recipe(request: AnyRequest, project_id: FromPath[int], data: JSONBody[SaveRecipe]) -> RecipeAnswer:
    """Keep a recipe (YAML) under its name: a new version, if it says something new."""
    house, actor = house_of(request), actor_of(request)
    return recipe_answer(actions.save_document(house, actor, project_id, data.document, request_id=data.id))


@get("/projects/{project_id:int}/recipes/{recipe_id:int}", sync_to_thread=True)
def get_one_recipe(
    request: AnyRequest, project_id: FromPath[int], recipe_id: FromPath[int], version: FromQuery[int | None] = None
) -> RecipeAnswer:
    """A recipe in its latest version, or in another one."""
    house, actor = house_of(request), actor_of(request)
    return recipe_answer(actions.get_recipe(house, actor, project_id, recipe_id, version))


@post("/projects/{project_id:int}/recipe-previews", sync_to_thread=True, status_code=200)
def try_recipe(request: AnyRequest, project_id: FromPath[int], data: JSONBody[TryRecipe]) -> Preview:
    """What a recipe would do, tried on up to 1,000 items drawn at random. Nothing is kept."""
    house, actor = house_of(request), actor_of(request)
    _, steps = read_recipe(data.document)
    return actions.preview(house, actor, project_id, tidy(steps), from_source=data.source)


@get("/projects/{project_id:int}/recipe-runs", sync_to_thread=True)
def get_runs(request: AnyRequest, project_id: FromPath[int]) -> RunsAnswer:
    """The latest runs, the newest first."""
    found = actions.list_runs(house_of(request), actor_of(request), project_id)
    return RunsAnswer([run_answer(run) for run in found])


@post("/projects/{project_id:int}/recipe-runs", sync_to_thread=True, status_code=202)
def run_one_recipe(request: AnyRequest, project_id: FromPath[int], data: JSONBody[StartRun]) -> RunAnswer:
    """Run a recipe over what its version has not seen yet. Refused where much would be lost and nobody confirmed it."""
    options: dict[str, Any] = {"version": data.version, "from_source": data.source, "confirmed": data.confirmed}
    house, actor = house_of(request), actor_of(request)
    run = actions.start_run(house, actor, project_id, data.recipe, request_id=data.id, **options)
    return run_answer(run)


@get("/projects/{project_id:int}/recipe-runs/{run_id:int}", sync_to_thread=True)
def get_one_run(request: AnyRequest, project_id: FromPath[int], run_id: FromPath[int]) -> RunAnswer:
    return run_answer(actions.get_run(house_of(request), actor_of(request), project_id, run_id))


@post("/projects/{project_id:int}/recipe-runs/{run_id:int}/undo", sync_to_thread=True, status_code=202)
def undo_one_run(
    request: AnyRequest, project_id: FromPath[int], run_id: FromPath[int], data: JSONBody[UndoRun]
) -> Undone:
    """Take a run's items back and bring its parents back. Refused when somebody works with the items."""
    house, actor = house_of(request), actor_of(request)
    return Undone(actions.undo_run(house, actor, project_id, run_id, request_id=data.id))


@get("/items/{item_id:int}/family", sync_to_thread=True)
def get_family(request: AnyRequest, item_id: FromPath[int]) -> FamilyAnswer:
    """What an item came out of, and what came out of it, by which runs."""
    parents, children = actions.get_descent(house_of(request), actor_of(request), item_id)
    return FamilyAnswer([_descent(one) for one in parents], [_descent(one) for one in children])


def _descent(one: Descent) -> DescentAnswer:
    return DescentAnswer(one.item_id, one.is_withheld, one.run_id, one.recipe_name, one.version)


API: list[Any] = [
    get_recipes,
    keep_recipe,
    get_one_recipe,
    try_recipe,
    get_runs,
    run_one_recipe,
    get_one_run,
    undo_one_run,
    get_family,
]
