"""Routes for programs: quality rules read, tried and published; checks of sources started, read and undone."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.cleaning.quality import actions
from guiju.cleaning.quality.document import read_rules, write_rules
from guiju.cleaning.quality.model import Outcome, Run, Trying, Version
from guiju.kit import iso
from guiju.site import actor_of, house_of, request_id_of
from guiju.site.guards import AnyRequest


class RulesAnswer(msgspec.Struct, frozen=True):
    """`document` is the rules as YAML."""

    version: int
    document: str
    note: str
    by: int
    published_at: str


class RulesVersionsAnswer(msgspec.Struct, frozen=True):
    versions: list[RulesAnswer]


class PublishRules(msgspec.Struct, frozen=True):
    id: str
    document: str
    note: str = ""


class TryRules(msgspec.Struct, frozen=True):
    """Without a document: the rules in force."""

    document: str = ""
    source: int | None = None


class CheckAnswer(msgspec.Struct, frozen=True):
    """`outcome` is there once it is over; `holding` says that the source's items are not given out."""

    id: int
    source: int
    version: int
    state: str
    by_import: bool
    job: int | None
    holding: bool
    reason: str | None
    outcome: Outcome | None
    started_at: str


class ChecksAnswer(msgspec.Struct, frozen=True):
    checks: list[CheckAnswer]


class ChecksAsked(msgspec.Struct, frozen=True):
    """`profiling`: jobs that take profiles of sources that have none; their checks follow by themselves."""

    checks: list[CheckAnswer]
    profiling: list[int]


class StartChecks(msgspec.Struct, frozen=True):
    """Without a source: every imported source."""

    id: str
    source: int | None = None


class UndoCheck(msgspec.Struct, frozen=True):
    id: str


class ReleaseSource(msgspec.Struct, frozen=True):
    id: str
    reason: str


class CheckJob(msgspec.Struct, frozen=True):
    """The job that brings items back."""

    job: int


def rules_answer(version: Version) -> RulesAnswer:
    return RulesAnswer(version.number, write_rules(version.rules), version.note, version.by, iso(version.at))


def check_answer(run: Run) -> CheckAnswer:
    about = (run.id, run.source_id, run.version, run.state.value, run.by_import, run.job_id)
    return CheckAnswer(*about, run.is_holding, run.reason, run.outcome, iso(run.created_at))


@get("/projects/{project_id:int}/quality-rules", sync_to_thread=True)
def get_rules(request: AnyRequest, project_id: FromPath[int], version: FromQuery[int | None] = None) -> RulesAnswer:
    """The rules in force, or those of an earlier version."""
    return rules_answer(actions.get_version(house_of(request), actor_of(request), project_id, version))


@get("/projects/{project_id:int}/quality-rules/versions", sync_to_thread=True)
def get_rules_versions(request: AnyRequest, project_id: FromPath[int]) -> RulesVersionsAnswer:
    """Every version, the newest first."""
    found = actions.list_versions(house_of(request), actor_of(request), project_id)
    return RulesVersionsAnswer([rules_answer(version) for version in found])


@post("/projects/{project_id:int}/quality-rules", sync_to_thread=True)
def publish_rules(request: AnyRequest, project_id: FromPath[int], data: JSONBody[PublishRules]) -> RulesAnswer:
    """Let these rules (YAML) be in force: a new version, if they say something new."""
    request_id = request_id_of({"request_id": data.id})
    house, actor, rules = house_of(request), actor_of(request), read_rules(data.document)
    options = {"request_id": request_id, "note": data.note}
    return rules_answer(actions.publish_rules(house, actor, project_id, rules, **options))


@post("/projects/{project_id:int}/quality-trials", sync_to_thread=True, status_code=200)
def try_rules(request: AnyRequest, project_id: FromPath[int], data: JSONBody[TryRules]) -> Trying:
    """What rules would set aside, hold and tell. Nothing is written."""
    house, actor = house_of(request), actor_of(request)
    rules = read_rules(data.document) if data.document else actions.get_version(house, actor, project_id).rules
    return actions.try_rules(house, actor, project_id, rules, source_id=data.source)


@get("/projects/{project_id:int}/quality-checks", sync_to_thread=True)
def get_checks(request: AnyRequest, project_id: FromPath[int], source: FromQuery[int | None] = None) -> ChecksAnswer:
    """The latest checks, the newest first."""
    found = actions.list_runs(house_of(request), actor_of(request), project_id, source)
    return ChecksAnswer([check_answer(run) for run in found])


@post("/projects/{project_id:int}/quality-checks", sync_to_thread=True, status_code=202)
def start_checks(request: AnyRequest, project_id: FromPath[int], data: JSONBody[StartChecks]) -> ChecksAsked:
    """Hold the rules in force against a source, or against all; a new source is checked by itself."""
    house, actor, request_id = house_of(request), actor_of(request), request_id_of({"request_id": data.id})
    found = actions.start_checks(house, actor, project_id, request_id=request_id, source_id=data.source)
    runs = [actions.get_run(house, actor, project_id, run) for run in found.runs]
    return ChecksAsked([check_answer(run) for run in runs], found.profiling)


@get("/projects/{project_id:int}/quality-checks/{check_id:int}", sync_to_thread=True)
def get_check(request: AnyRequest, project_id: FromPath[int], check_id: FromPath[int]) -> CheckAnswer:
    return check_answer(actions.get_run(house_of(request), actor_of(request), project_id, check_id))


@post("/projects/{project_id:int}/quality-checks/{check_id:int}/undo", sync_to_thread=True, status_code=202)
def undo_check(
    request: AnyRequest, project_id: FromPath[int], check_id: FromPath[int], data: JSONBody[UndoCheck]
) -> CheckJob:
    """Bring back all that a check set aside."""
    house, actor, request_id = house_of(request), actor_of(request), request_id_of({"request_id": data.id})
    return CheckJob(actions.undo_check(house, actor, project_id, check_id, request_id=request_id))


@post("/projects/{project_id:int}/quality-checks/{check_id:int}/release", sync_to_thread=True, status_code=202)
def release_source(
    request: AnyRequest, project_id: FromPath[int], check_id: FromPath[int], data: JSONBody[ReleaseSource]
) -> CheckJob:
    """Give the items of a held source out all the same; the reason stays on record."""
    house, actor, request_id = house_of(request), actor_of(request), request_id_of({"request_id": data.id})
    return CheckJob(actions.release_source(house, actor, project_id, check_id, data.reason, request_id=request_id))


API: list[Any] = [
    get_rules,
    get_rules_versions,
    publish_rules,
    try_rules,
    get_checks,
    start_checks,
    get_check,
    undo_check,
    release_source,
]
