"""Quality rules in the browser: where they stand, the editor with its dry run, one check, the versions."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from guiju.cleaning.profiles.actions import look_at_profile
from guiju.cleaning.quality import actions
from guiju.cleaning.quality.document import read_rules, write_rules
from guiju.cleaning.quality.model import CHANGE_NAMES, CHECKS, RUN_STATE_NAMES, Rule, Run, RunState, Trying
from guiju.cleaning.quality.rules import PROPOSED, PROPOSED_NAMES, THEN_NAMES, consequence, demand, differences
from guiju.cleaning.quality.widgets import forms_of, rearranged, rules_of
from guiju.data.actions import get_job, standing_of
from guiju.data.pages import opening_of
from guiju.kit import N_, Refusal, Words, describe
from guiju.people import Act
from guiju.site import Form, actor_of, done, field, house_of, page, request_id_of, words_of
from guiju.site.guards import AnyRequest
from guiju.storage import Actor

PUBLISHED = N_("The rules are published. They are held against every import from now on.")
CHECKING = N_("The rules are being held against the sources.")
COMING_BACK = N_("What this check set aside is being brought back.")
RELEASED = N_("The source is being released.")
SECONDS = 3.0


def _frame(request: AnyRequest, actor: Actor, project_id: int, act: Act = Act.SEE_ITEMS) -> dict[str, Any]:
    words = words_of(request)
    return {
        "project": standing_of(house_of(request), actor, project_id, act).project,
        "checks": CHECKS,
        "states": RUN_STATE_NAMES,
        "then_names": THEN_NAMES,
        "demand": partial(demand, t=words),
        "follows": partial(_followed, words),
    }


def _followed(words: Words, rule: Rule) -> str:
    return consequence(rule).spoken(words)


@get("/projects/{project_id:int}/quality", sync_to_thread=True, include_in_schema=False)
def show_quality(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    actor, house = actor_of(request), house_of(request)
    seen = actions.look_at_quality(house, actor, project_id)
    is_moving = any(line.job is not None and not line.job.state.is_over for line in seen.lines)
    by = actions.names_of(house, [seen.version.by]) if seen.version else {}
    shown = {"seen": seen, "is_moving": is_moving, "by": by}
    return page(request, "cleaning/quality.html", **shown, **_frame(request, actor, project_id))


@get("/projects/{project_id:int}/quality/rules", sync_to_thread=True, include_in_schema=False)
def show_rules(request: AnyRequest, project_id: FromPath[int], version: FromQuery[int | None] = None) -> Response[str]:
    """The editor: the rules in force, those of an earlier version, or, where there are none, a proposal."""
    actor, house, words = actor_of(request), house_of(request), words_of(request)
    found = actions.find_rules(house, actor, project_id)
    if version is not None:
        found = actions.get_version(house, actor, project_id, version)
    proposed = [_named(rule, words(PROPOSED_NAMES[rule.name])) for rule in PROPOSED]
    return _editor(request, actor, project_id, list(found.rules) if found else proposed)


def _named(rule: Rule, name: str) -> Rule:
    return Rule(name, rule.check, rule.least, rule.most, rule.values, rule.column, rule.per, rule.share, rule.then)


def _editor(request: AnyRequest, actor: Actor, project_id: int, rules: Sequence[Rule], **more: Any) -> Response[str]:
    """The page with the editor in it; `error` is what is wrong with the rules."""
    house, words = house_of(request), words_of(request)
    error, source = more.pop("error", None), more.pop("source", None)
    frame = _frame(request, actor, project_id, Act.IMPORT_DATA)
    seen: Trying | None = None
    document = ""
    if rules:
        try:
            seen = actions.try_rules(house, actor, project_id, rules, source_id=source, seconds=SECONDS)
        except Refusal as refusal:
            error = error or describe(refusal, words)
        document = write_rules(tuple(rules))
    looked = look_at_profile(house, actor, project_id)
    columns = [column.name for column in looked.kept.profile.meta] if looked.kept else []
    items = actions.items_of(house, actor, project_id, seen.examples) if seen else {}
    told = {"forms": forms_of(rules), "seen": seen, "items": items, "document": document, "columns": columns}
    shown = {"status": 200, "note": "", "focus": -1, **more}
    sources = {"sources": looked.sources, "source_id": source, "opening": opening_of, "error": error}
    return page(request, "cleaning/rules.html", **told, **shown, **sources, **frame)


def _source_of(data: dict[str, Any]) -> int | None:
    said = field(data, "source", required=False)
    return int(said) if said.isdecimal() else None


@post("/projects/{project_id:int}/quality/draft", sync_to_thread=True, status_code=200, include_in_schema=False)
def change_draft(request: AnyRequest, project_id: FromPath[int], data: Form) -> Response[str]:
    """The editor after a rule was added, removed or changed, and what the rules would do. Nothing is kept."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    act, words = field(data, "act", required=False), words_of(request)
    told = {"source": _source_of(data), "note": field(data, "note", required=False)}
    try:
        rules = read_rules(field(data, "document")) if act == "read" else rearranged(rules_of(data), act, words)
    except Refusal as refusal:
        error = describe(refusal, words)
        return _editor(request, actor, project_id, _as_far_as_read(data), error=error, **told)
    focus = len(rules) - 1 if act.startswith("add:") else -1
    return _editor(request, actor, project_id, list(rules), focus=focus, **told)


def _as_far_as_read(data: dict[str, Any]) -> list[Rule]:
    try:
        return rules_of(data)
    except Refusal:
        return []


@post("/projects/{project_id:int}/quality/rules", sync_to_thread=True, include_in_schema=False)
def publish(request: AnyRequest, project_id: FromPath[int], data: Form) -> Response[Any] | Redirect:
    """Publish the rules, and, where that is asked for, hold them against all sources at once."""
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    note, request_id = field(data, "note", required=False, limit=500), request_id_of(data)
    rules = _as_far_as_read(data)
    try:
        rules = rules_of(data)
        actions.publish_rules(house, actor, project_id, rules, request_id=f"{request_id[:60]}-p", note=note)
        if field(data, "act", required=False) == "check":
            actions.start_checks(house, actor, project_id, request_id=request_id)
    except Refusal as refusal:
        error = describe(refusal, words_of(request))
        told = {"note": note, "source": _source_of(data), "status": refusal.status}
        return _editor(request, actor, project_id, rules, error=error, **told)
    return done(f"/projects/{project_id}/quality?said={PUBLISHED}")


@post("/projects/{project_id:int}/quality/checks", sync_to_thread=True, include_in_schema=False)
def check(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    source, request_id = _source_of(data), request_id_of(data)
    actions.start_checks(house_of(request), actor, project_id, request_id=request_id, source_id=source)
    return done(f"/projects/{project_id}/quality?said={CHECKING}")


@get("/projects/{project_id:int}/quality/checks/{check_id:int}", sync_to_thread=True, include_in_schema=False)
def show_check(request: AnyRequest, project_id: FromPath[int], check_id: FromPath[int]) -> Response[str]:
    """One check: each rule, how many did not fulfil it, and the first of these."""
    actor, house, words = actor_of(request), house_of(request), words_of(request)
    run = actions.get_run(house, actor, project_id, check_id)
    seen = actions.look_at_quality(house, actor, project_id)
    source = next((line.source for line in seen.lines if line.source.id == run.source_id), None)
    ids = [one for result in run.outcome.results for one in result.examples] if run.outcome else []
    job = get_job(house, actor, run.job_id) if run.job_id else None
    told = (job.outcome or {}).get("error") if job else None
    error = {"message": words(told["sentence"], **told["details"])} if told else None
    people = actions.names_of(house, [one for one in (run.created_by, run.released_by) if one is not None])
    items = actions.items_of(house, actor, project_id, list(dict.fromkeys(ids)))
    shown: dict[str, Any] = {
        "run": run,
        "source": source,
        "job": job,
        "error": error,
        "people": people,
        "opening": opening_of,
    }
    shown |= {"items": items, "is_moving": _is_moving(run, job)}
    return page(request, "cleaning/check.html", may_write=seen.may_write, **shown, **_frame(request, actor, project_id))


def _is_moving(run: Run, job: Any) -> bool:
    return run.state is RunState.UNDOING or (job is not None and not job.state.is_over)


@post("/projects/{project_id:int}/quality/checks/{check_id:int}/undo", sync_to_thread=True, include_in_schema=False)
def undo(request: AnyRequest, project_id: FromPath[int], check_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    actions.undo_check(house_of(request), actor, project_id, check_id, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/quality/checks/{check_id}?said={COMING_BACK}")


@post("/projects/{project_id:int}/quality/checks/{check_id:int}/release", sync_to_thread=True, include_in_schema=False)
def release(request: AnyRequest, project_id: FromPath[int], check_id: FromPath[int], data: Form) -> Redirect:
    actor, request_id = actor_of(request, csrf=field(data, "csrf", required=False)), request_id_of(data)
    reason = field(data, "reason", required=False, limit=500)
    actions.release_source(house_of(request), actor, project_id, check_id, reason, request_id=request_id)
    return done(f"/projects/{project_id}/quality/checks/{check_id}?said={RELEASED}")


@get("/projects/{project_id:int}/quality/versions", sync_to_thread=True, include_in_schema=False)
def show_versions(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    """Every version with what it changed, by whom and when."""
    actor, house = actor_of(request), house_of(request)
    versions = actions.list_versions(house, actor, project_id)
    before = [*versions, None][1:]
    lines = [
        (version, differences(earlier.rules if earlier else (), version.rules))
        for version, earlier in zip(versions, before, strict=True)
    ]
    people = actions.names_of(house, [version.by for version in versions])
    shown = {"lines": lines, "people": people, "changes": CHANGE_NAMES}
    return page(request, "cleaning/rule_versions.html", **shown, **_frame(request, actor, project_id))


PAGES: list[Any] = [
    show_quality,
    show_rules,
    change_draft,
    publish,
    check,
    show_check,
    undo,
    release,
    show_versions,
]
