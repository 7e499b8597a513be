"""The brief's pages: the guided form with its findings, the signature, the versions, comments, YAML in and out."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as field_of
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath

from guiju.briefs.actions import (
    answer_question,
    close_comment,
    comment_brief,
    get_brief,
    look_at_brief,
    mark_of,
    merge_with_newest,
    save_brief,
    save_written,
    sign_brief,
    starter_brief,
    today_of,
)
from guiju.briefs.api import exported
from guiju.briefs.changes import READERS, compare_briefs, moved_gates, place_named, write_entry
from guiju.briefs.checks import AQLS
from guiju.briefs.document import parse_brief
from guiju.briefs.errors import BriefConflict, NotUtf8
from guiju.briefs.forms import act_on, brief_of_form, gap_key, with_figures
from guiju.briefs.model import FACET_NAMES, FACET_QUESTIONS, MEASURES, SAMPLING_NAMES, Brief, BriefVersion, Level
from guiju.briefs.rules import blocking, describe_gap, find_gaps
from guiju.briefs.trades import find_trade, list_trades
from guiju.kit import N_, Refusal, describe
from guiju.people import Act, may
from guiju.projects import Standing
from guiju.site import (
    Form,
    FormData,
    actor_of,
    done,
    field,
    house_of,
    number,
    page,
    request_id_of,
    signed_in_of,
    words_of,
)
from guiju.site.documents import FORMATS as PAPERS
from guiju.site.guards import AnyRequest

Upload = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]

MEASURE_NAMES = {"observed": N_("observed agreement"), "alpha": N_("Krippendorff's alpha")}
RULE_NAMES = {"point": N_("the figure itself"), "lower95": N_("its lower 95% bound")}
RIGHT_NAMES = {"customer": N_("this customer only"), "general": N_("general")}
READER_NAMES = {
    "agreement": N_("Agreement"),
    "aql": N_("AQL and level"),
    "volume": N_("Volume"),
    "due": N_("Date of delivery"),
    "rights": N_("Rights"),
    "budget": N_("Budget"),
}
PLAN_PLACES = ("start", "trial", "people", "hours_a_day", "days_a_week", "seconds", "overlap", "budget")
SAVED = N_("The brief is saved.")
SIGNED = N_("The brief is signed; its figures hold from now on.")
ANSWERED = N_("The question is answered, and the answer stands in its facet.")
COMMENTED = N_("The comment is written.")
SETTLED = N_("The comment is settled.")


@get("/projects/{project_id:int}/brief", sync_to_thread=True, include_in_schema=False)
def show_brief(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    standing, current = get_brief(house_of(request), actor_of(request), project_id)
    if not may(standing.roles, Act.WRITE_BRIEF):
        return _reading_page(request, standing, current)
    document = current.document if current else starter_brief(standing.project)
    return _form_page(request, standing, current, parse_brief(document))


@get("/projects/{project_id:int}/brief/{version:int}", sync_to_thread=True, include_in_schema=False)
def show_version(request: AnyRequest, project_id: FromPath[int], version: FromPath[int]) -> Response[str]:
    standing, found = get_brief(house_of(request), actor_of(request), project_id, version)
    return _reading_page(request, standing, found)


@get("/projects/{project_id:int}/brief/{version:int}/changes", sync_to_thread=True, include_in_schema=False)
def show_changes(request: AnyRequest, project_id: FromPath[int], version: FromPath[int]) -> Response[str]:
    """What a version says otherwise than the one that `since` names, else the one before it; the first than itself."""
    house, actor = house_of(request), actor_of(request)
    since = request.query_params.get("since", "")
    before = int(since) if since.isdigit() and int(since) < 10**9 else max(1, version - 1)
    standing, new = get_brief(house, actor, project_id, version)
    _, old = get_brief(house, actor, project_id, before)
    assert new is not None
    assert old is not None
    was, now = parse_brief(old.document), parse_brief(new.document)
    return page(
        request,
        "briefs/changes.html",
        project=standing.project,
        old=old,
        new=new,
        changes=compare_briefs(was, now),
        moved=moved_gates(was, now),
    )


@get("/projects/{project_id:int}/brief/{version:int}/brief.yaml", sync_to_thread=True, include_in_schema=False)
def download_version(request: AnyRequest, project_id: FromPath[int], version: FromPath[int]) -> Response[bytes]:
    actor = actor_of(request)
    _, found = get_brief(house_of(request), actor, project_id, version)
    name = f'attachment; filename="brief-{project_id}-v{version}.yaml"'
    content = found.document.encode() if found else b""
    return Response(content, media_type="application/yaml", headers={"Content-Disposition": name})


@get("/projects/{project_id:int}/brief/{version:int}/export", sync_to_thread=True, include_in_schema=False)
def export_version(request: AnyRequest, project_id: FromPath[int], version: FromPath[int]) -> Response[bytes]:
    """The version as Word, PDF or a page."""
    return exported(request, project_id, version, request.query_params.get("format", "docx"))


@post("/projects/{project_id:int}/brief", sync_to_thread=True, include_in_schema=False)
def post_brief(request: AnyRequest, project_id: FromPath[int], data: Form) -> Response[Any]:
    """Keep the form; a refusal shows it again with everything that was typed."""
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    standing, current = get_brief(house, actor, project_id)
    brief, started = brief_of_form(data), _started_from(data)
    try:
        brief = with_figures(data, brief)
        save_written(house, actor, project_id, brief=brief, started_from=started, request_id=request_id_of(data))
    except BriefConflict as refusal:
        return _conflict_page(request, standing, brief, started, refusal)
    except Refusal as refusal:
        return _form_page(request, standing, current, brief, _Typed(refusal, started))
    return done(f"/projects/{project_id}/brief?said={SAVED}")


@post("/projects/{project_id:int}/brief/draft", sync_to_thread=True, include_in_schema=False, status_code=200)
def post_draft(request: AnyRequest, project_id: FromPath[int], data: Form) -> Response[str]:
    """The form as it would look with what is typed: its findings, its trade's questions, a question more or less."""
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    standing, current = get_brief(house, actor, project_id)
    brief, refused = brief_of_form(data), None
    try:
        brief = with_figures(data, brief)
    except Refusal as refusal:
        refused = refusal
    brief = act_on(brief, field(data, "act", required=False), today_of(house), words_of(request))
    return _form_page(request, standing, current, brief, _Typed(refused, _started_from(data), status=200))


@post("/projects/{project_id:int}/brief/answers", sync_to_thread=True, include_in_schema=False)
def post_answer(request: AnyRequest, project_id: FromPath[int], data: Form) -> Response[Any]:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    answer_question(
        house_of(request), actor, project_id,
        question=field(data, "question"), answer=field(data, "answer", limit=4000),
        facet=field(data, "facet", required=False), request_id=request_id_of(data),
    )  # fmt: skip
    return done(f"/projects/{project_id}/brief?said={ANSWERED}")


@post("/projects/{project_id:int}/brief/comments", sync_to_thread=True, include_in_schema=False)
def post_comment(request: AnyRequest, project_id: FromPath[int], data: Form) -> Response[Any]:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    place = field(data, "place", required=False, limit=24)
    text = field(data, "text", limit=4000)
    comment_brief(house_of(request), actor, project_id, place=place, text=text, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/brief?said={COMMENTED}")


@post("/projects/{project_id:int}/brief/comments/{comment_id:int}", sync_to_thread=True, include_in_schema=False)
def post_settled(
    request: AnyRequest, project_id: FromPath[int], comment_id: FromPath[int], data: Form
) -> Response[Any]:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    close_comment(house_of(request), actor, project_id, comment_id, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/brief?said={SETTLED}")


@post("/projects/{project_id:int}/brief/import", sync_to_thread=True, include_in_schema=False)
def post_document(request: AnyRequest, project_id: FromPath[int], data: Upload) -> Response[Any]:
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    document = document_of(data, strict=True)
    save_brief(
        house, actor, project_id,
        document=document, started_from=_started_from(data), request_id=request_id_of(data),
    )  # fmt: skip
    return done(f"/projects/{project_id}/brief?said={SAVED}")


@post("/projects/{project_id:int}/brief/sign", sync_to_thread=True, include_in_schema=False)
def post_signature(request: AnyRequest, project_id: FromPath[int], data: Form) -> Response[Any]:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    version, revision = _started_from(data) or (0, 0)
    sign_brief(house_of(request), actor, project_id, version=version, revision=revision, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/brief?said={SIGNED}")


def document_of(data: FormData, *, strict: bool = False) -> str:
    """The uploaded file's text, as far as a document may be long. What is not UTF-8 is shown as such, or refused where
    the document must come back as it was: raises `NotUtf8`."""
    upload = data.get("file")
    content = upload.file.read(1_000_001 * 4) if isinstance(upload, UploadFile) else b""
    try:
        return content.decode("utf-8-sig", errors="strict" if strict else "replace")
    except UnicodeDecodeError as error:
        raise NotUtf8(at=error.start) from error


def _started_from(data: FormData) -> tuple[int, int] | None:
    version = int(number(data, "version", default=0))
    return (version, int(number(data, "revision", default=0))) if version else None


def _conflict_page(
    request: AnyRequest, standing: Standing, brief: Brief, started: tuple[int, int] | None, refusal: Refusal
) -> Response[str]:
    """The form with both people's changes in it; where they conflict mine stands in the field, theirs beside it."""
    current, merged = merge_with_newest(
        house_of(request), signed_in_of(request).actor, standing.project.id, brief, started
    )
    words = words_of(request)
    theirs: dict[str, list[dict[str, str]]] = {}
    for each in merged.conflicts:
        parts = each.place.split(".")
        place = parts[1] if parts[0] in ("facets", "figures", "plan") else parts[0]
        told = {
            "name": words(place_named(each.place)),
            "mine": write_entry(each.mine),
            "theirs": write_entry(each.theirs),
        }
        theirs.setdefault(place, []).append(told)
    return _form_page(request, standing, current, merged.brief, _Typed(refusal, mark_of(current), theirs=theirs))


@dataclass(frozen=True, slots=True)
class _Typed:
    """A form that comes back: what it started from, why, and what others wrote meanwhile, by place."""

    refusal: Refusal | None = None
    started: tuple[int, int] | None = None
    status: int = 0
    theirs: Mapping[str, list[dict[str, str]]] = field_of(default_factory=dict[str, list[dict[str, str]]])


_FRESH = _Typed()


def _form_page(
    request: AnyRequest, standing: Standing, current: BriefVersion | None, brief: Brief, typed: _Typed = _FRESH
) -> Response[str]:
    words = words_of(request)
    return page(
        request,
        "briefs/form.html",
        status=typed.status or (typed.refusal.status if typed.refusal else 200),
        error=describe(typed.refusal, words) if typed.refusal else None,
        started=typed.started or mark_of(current) or (0, 0),
        levels=tuple(Level),
        aqls=AQLS,
        measures=MEASURES,
        facet_questions=FACET_QUESTIONS,
        plan_places=PLAN_PLACES,
        trades=list_trades(),
        chosen=find_trade(brief.trade),
        theirs=typed.theirs,
        **_shared(request, standing, current, brief),
    )


def _reading_page(request: AnyRequest, standing: Standing, current: BriefVersion | None) -> Response[str]:
    brief = parse_brief(current.document) if current else None
    return page(request, "briefs/read.html", **_shared(request, standing, current, brief))


def _shared(
    request: AnyRequest, standing: Standing, current: BriefVersion | None, brief: Brief | None
) -> dict[str, Any]:
    """What both pages show: the brief, its findings by place, the signature, the versions, what was said."""
    house, words = house_of(request), words_of(request)
    seen = look_at_brief(house, signed_in_of(request).actor, standing.project.id)
    gaps = find_gaps(brief, today_of(house)) if brief else []
    told = [{**describe_gap(gap, words), "key": gap_key(gap)} for gap in gaps]
    signed = parse_brief(seen.signed.document) if seen.signed else None
    return {
        "project": standing.project,
        "brief": brief,
        "current": current,
        "gaps": told,
        "found": {place: [gap for gap in told if gap["place"] == place] for place in {gap["place"] for gap in told}},
        "blocked": len(blocking(gaps)),
        "may_sign": may(standing.roles, Act.SIGN_BRIEF),
        "may_comment": may(standing.roles, Act.COMMENT_BRIEF),
        "moved": moved_gates(signed, brief) if signed and brief and current != seen.signed else [],
        "signed": seen.signed,
        "versions": seen.versions,
        "saves": seen.saves,
        "comments": seen.comments,
        "names": seen.names,
        "facet_names": FACET_NAMES,
        "place_named": place_named,
        "right_names": RIGHT_NAMES,
        "sampling_names": SAMPLING_NAMES,
        "measure_names": MEASURE_NAMES,
        "rule_names": RULE_NAMES,
        "readers": [(READER_NAMES[code], reader) for code, reader in READERS.items()],
        "papers": {code: each.name for code, each in PAPERS.items()},
    }


PAGES: list[Any] = [
    show_brief,
    show_version,
    show_changes,
    download_version,
    export_version,
    post_brief,
    post_draft,
    post_answer,
    post_comment,
    post_settled,
    post_document,
    post_signature,
]
