"""Cleaning in the browser: recipes and runs, the editor with its preview, one run, and where an item came from."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from guiju.cleaning.recipes import actions
from guiju.cleaning.recipes.document import write_recipe
from guiju.cleaning.recipes.model import OUTCOME_NAMES, RUN_STATE_NAMES, Preview, Run, RunState, StepSaid
from guiju.cleaning.recipes.rules import ready
from guiju.cleaning.recipes.steps import STEPS
from guiju.cleaning.recipes.widgets import KINDS, forms_of, rearranged, steps_of
from guiju.data import list_project_sources
from guiju.data.actions import get_job, list_leftovers, standing_of
from guiju.data.intake.rules import reason_of
from guiju.data.model import SourceState
from guiju.kit import N_, PageRequest, Refusal, describe
from guiju.people import Act
from guiju.site import Form, actor_of, done, field, flag, house_of, page, request_id_of, words_of
from guiju.site.guards import AnyRequest
from guiju.storage import Actor

SAVED = N_("The recipe is saved.")
UNDONE = N_("The run is being undone: its items are gone, what they came from comes back.")
PREVIEWED = 200
PREVIEW_SECONDS = 1.5
LEFTOVERS = 100


def _frame(request: AnyRequest, actor: Actor, project_id: int) -> dict[str, Any]:
    house = house_of(request)
    standing = standing_of(house, actor, project_id, Act.IMPORT_DATA)
    lines = list_project_sources(house, actor, project_id)
    landed = [line.source for line in lines if line.source.state is SourceState.LANDED]
    names = {"states": RUN_STATE_NAMES, "outcomes": OUTCOME_NAMES, "kinds": KINDS}
    return {"project": standing.project, "sources": landed, "all_steps": STEPS, **names}


@get("/projects/{project_id:int}/cleaning/recipes", sync_to_thread=True, include_in_schema=False)
def show_recipes(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    actor, house = actor_of(request), house_of(request)
    frame = _frame(request, actor, project_id)
    recipes = actions.list_recipes(house, actor, project_id)
    runs = [_line(request, actor, run) for run in actions.list_runs(house, actor, project_id)]
    return page(request, "cleaning/recipes.html", recipes=recipes, runs=runs, **frame)


def _line(request: AnyRequest, actor: Actor, run: Run) -> dict[str, Any]:
    """A run, and its job while it is not over."""
    moving = run.state in {RunState.RUNNING, RunState.UNDOING}
    job = get_job(house_of(request), actor, run.job_id) if moving and run.job_id else None
    return {"run": run, "job": job if job and not job.state.is_over else None, "is_moving": moving}


@get("/projects/{project_id:int}/cleaning/recipes/new", sync_to_thread=True, include_in_schema=False)
def new_recipe(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    actor = actor_of(request)
    return _editor(request, actor, project_id, "", actions.propose_steps(house_of(request), actor, project_id))


@get("/projects/{project_id:int}/cleaning/recipes/{recipe_id:int}", sync_to_thread=True, include_in_schema=False)
def show_recipe(
    request: AnyRequest, project_id: FromPath[int], recipe_id: FromPath[int], version: FromQuery[int | None] = None
) -> Response[str]:
    actor = actor_of(request)
    recipe = actions.get_recipe(house_of(request), actor, project_id, recipe_id, version)
    return _editor(request, actor, project_id, recipe.name, list(recipe.steps), recipe=recipe)


def _editor(
    request: AnyRequest, actor: Actor, project_id: int, name: str, steps: Sequence[StepSaid], **more: Any
) -> Response[str]:
    """The page with the editor in it; `error` is what is wrong with the steps."""
    error: dict[str, Any] | None = more.pop("error", None)
    source: int | None = more.pop("source", None)
    seen: Preview | None = None
    document = ""
    try:
        seen = actions.preview(
            house_of(request), actor, project_id, steps, from_source=source, sample=PREVIEWED, seconds=PREVIEW_SECONDS
        )
        document = write_recipe(name or "…", ready(steps))
    except Refusal as refusal:
        error = error or describe(refusal, words_of(request))
    mark = sha256(f"{source}\n{document}".encode()).hexdigest()[:16]
    confirmed = more.pop("confirmed_for", "") == mark
    shown = {
        "mark": mark,
        "confirmed": confirmed,
        "recipe": None,
        "focus": -1,
        "status": 200,
        "error": error,
        "seen": seen,
        "document": document,
    }
    frame = _frame(request, actor, project_id)
    told = {"name": name, "forms": forms_of(steps), "source_id": source, **shown, **more}
    return page(request, "cleaning/recipe.html", **told, **frame)


@post("/projects/{project_id:int}/cleaning/draft", sync_to_thread=True, status_code=200, include_in_schema=False)
def change_draft(request: AnyRequest, project_id: FromPath[int], data: Form) -> Response[str]:
    """The editor after a step was added, moved or removed, or an option changed. Nothing is kept."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    steps, focus = rearranged(steps_of(data), field(data, "act", required=False))
    name, source = field(data, "name", required=False, limit=80), field(data, "source", required=False)
    recipe = _recipe_of(request, actor, project_id, data)
    from_source = int(source) if source.isdecimal() else None
    # Ticked for what was seen: another recipe must be looked at, and confirmed, again.
    told = {"confirmed_for": field(data, "mark", required=False) if flag(data, "confirmed") else ""}
    return _editor(request, actor, project_id, name, steps, focus=focus, source=from_source, recipe=recipe, **told)


def _recipe_of(request: AnyRequest, actor: Actor, project_id: int, data: dict[str, Any]) -> Any:
    said = field(data, "recipe", required=False)
    return actions.get_recipe(house_of(request), actor, project_id, int(said)) if said.isdecimal() else None


@post("/projects/{project_id:int}/cleaning/recipes", sync_to_thread=True, include_in_schema=False)
def keep_recipe(request: AnyRequest, project_id: FromPath[int], data: Form) -> Response[Any] | Redirect:
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    steps, name = steps_of(data), field(data, "name", required=False, limit=80)
    try:
        kept = actions.save_recipe(house, actor, project_id, name, steps, request_id=request_id_of(data))
    except Refusal as refusal:
        error = describe(refusal, words_of(request))
        return _editor(request, actor, project_id, name, steps, error=error, status=refusal.status)
    return done(f"/projects/{project_id}/cleaning/recipes/{kept.id}?said={SAVED}")


@post("/projects/{project_id:int}/cleaning/runs", sync_to_thread=True, include_in_schema=False)
def run_recipe(request: AnyRequest, project_id: FromPath[int], data: Form) -> Response[Any] | Redirect:
    """Keep what the editor says and run it."""
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    steps, name = steps_of(data), field(data, "name", required=False, limit=80)
    said = field(data, "source", required=False)
    source, request_id = int(said) if said.isdecimal() else None, request_id_of(data)
    try:
        kept = actions.save_recipe(house, actor, project_id, name, steps, request_id=f"{request_id[:60]}-r")
        options: dict[str, Any] = {"version": kept.version, "from_source": source, "confirmed": flag(data, "confirmed")}
        run = actions.start_run(house, actor, project_id, kept.id, request_id=request_id, **options)
    except Refusal as refusal:
        error = describe(refusal, words_of(request))
        return _editor(request, actor, project_id, name, steps, error=error, source=source, status=refusal.status)
    return done(f"/projects/{project_id}/cleaning/runs/{run.id}")


@get("/projects/{project_id:int}/cleaning/runs/{run_id:int}", sync_to_thread=True, include_in_schema=False)
def show_run(request: AnyRequest, project_id: FromPath[int], run_id: FromPath[int]) -> Response[str]:
    return _run_page(request, actor_of(request), project_id, run_id)


def _run_page(
    request: AnyRequest, actor: Actor, project_id: int, run_id: int, *, error: Any = None, status: int = 200
) -> Response[str]:
    house, words = house_of(request), words_of(request)
    run = actions.get_run(house, actor, project_id, run_id)
    recipe = actions.get_recipe(house, actor, project_id, run.recipe_id, run.version)
    job = get_job(house, actor, run.job_id)
    told = (job.outcome or {}).get("error")
    if error is None and told:
        details = told["details"]
        error = {"message": words(told["sentence"], **details), "next": words(told["next"], **details)}
    rows = list_leftovers(house, actor, project_id, run.source_id, PageRequest(LEFTOVERS)).rows
    reasons = [(row, *reason_of(row, words)) for row in rows]
    steps = list(zip(ready(recipe.steps), run.counts.steps, strict=False))
    shown = {"recipe": recipe, "steps": steps, "reasons": reasons, "error": error, **_line(request, actor, run)}
    return page(request, "cleaning/run.html", status=status, **shown, **_frame(request, actor, project_id))


@post("/projects/{project_id:int}/cleaning/runs/{run_id:int}/undo", sync_to_thread=True, include_in_schema=False)
def undo_run(
    request: AnyRequest, project_id: FromPath[int], run_id: FromPath[int], data: Form
) -> Response[Any] | Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    try:
        actions.undo_run(house_of(request), actor, project_id, run_id, request_id=request_id_of(data))
    except Refusal as refusal:
        error = describe(refusal, words_of(request))
        return _run_page(request, actor, project_id, run_id, error=error, status=refusal.status)
    return done(f"/projects/{project_id}/cleaning/runs/{run_id}?said={UNDONE}")


@get("/projects/{project_id:int}/items/{item_id:int}/family", sync_to_thread=True, include_in_schema=False)
def show_family(request: AnyRequest, project_id: FromPath[int], item_id: FromPath[int]) -> Response[str]:
    """What an item came out of and what came out of it: a part of the item's page."""
    actor, house = actor_of(request), house_of(request)
    parents, children = actions.get_descent(house, actor, item_id, project_id)
    standing = standing_of(house, actor, project_id)
    may_see = actions.may_see_originals(house, actor, project_id)
    shown: dict[str, Any] = {"parents": parents, "children": children, "project": standing.project, "may_see": may_see}
    return page(request, "cleaning/family.html", **shown)


PAGES: list[Any] = [
    show_recipes,
    new_recipe,
    show_recipe,
    change_draft,
    keep_recipe,
    run_recipe,
    show_run,
    undo_run,
    show_family,
]
