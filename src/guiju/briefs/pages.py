"""The brief's pages: the guided form with its gaps, the signature, the versions, YAML in and out."""

from datetime import date
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath

from guiju.briefs.actions import (
    get_brief,
    list_brief_versions,
    mark_of,
    save_brief,
    sign_brief,
    starter_brief,
    today_of,
)
from guiju.briefs.document import parse_brief, render_brief
from guiju.briefs.model import (
    FACET_NAMES,
    FACET_QUESTIONS,
    MEASURES,
    Brief,
    BriefVersion,
    Facet,
    Figures,
    Gate,
    Level,
    OpenQuestion,
)
from guiju.briefs.rules import AQLS, blocking, describe_gap, find_gaps
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
from guiju.site.forms import NotANumber, many
from guiju.site.guards import AnyRequest

Upload = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]

MEASURE_NAMES = {"observed": N_("observed agreement"), "alpha": N_("Krippendorff's alpha")}
RULE_NAMES = {"point": N_("the figure itself"), "lower95": N_("its lower 95% bound")}
RIGHT_NAMES = {"customer": N_("this customer only"), "general": N_("general")}
READERS = (
    (N_("Agreement"), N_("the trial's gate: production opens when it is reached")),
    (N_("AQL and level"), N_("the inspection plan of each lot: how many are drawn, how many defects it bears")),
    (N_("Volume"), N_("progress of production, and whether a delivery is complete")),
    (N_("Date of delivery"), N_("what is late")),
    (N_("Rights"), N_("the data bank: who may find and draw what was accepted")),
)


@get("/projects/{project_id:int}/brief", sync_to_thread=True, include_in_schema=False)
def show_brief(request: AnyRequest, project_id: FromPath[int]) -> Response[str]:
    actor = actor_of(request)
    standing, current = get_brief(house_of(request), actor, project_id)
    if not may(standing.roles, Act.WRITE_BRIEF):
        return _reading_page(request, standing, current)
    document = current.document if current else starter_brief(standing.project)
    return _form_page(request, standing, current, parse_brief(document))


@get("/projects/{project_id:int}/brief/{version:int}", sync_to_thread=True, include_in_schema=False)
def show_version(request: AnyRequest, project_id: FromPath[int], version: FromPath[int]) -> Response[str]:
    actor = actor_of(request)
    standing, found = get_brief(house_of(request), actor, project_id, version)
    return _reading_page(request, standing, found)


@get("/projects/{project_id:int}/brief/{version:int}/brief.yaml", sync_to_thread=True, include_in_schema=False)
def download_version(request: AnyRequest, project_id: FromPath[int], version: FromPath[int]) -> Response[bytes]:
    actor = actor_of(request)
    _, found = get_brief(house_of(request), actor, project_id, version)
    name = f'attachment; filename="brief-{project_id}-v{version}.yaml"'
    content = found.document.encode() if found else b""
    return Response(content, media_type="application/yaml", headers={"Content-Disposition": name})


@post("/projects/{project_id:int}/brief", sync_to_thread=True, include_in_schema=False)
def post_brief(request: AnyRequest, project_id: FromPath[int], data: Form) -> Response[Any]:
    """Keep the form; a refusal shows it again with everything that was typed."""
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    standing, current = get_brief(house, actor, project_id)
    brief = _brief_of(data)
    try:
        figures = _figures_of(data)
        brief = Brief(brief.title, brief.customer, brief.facets, figures, brief.questions)
        save_brief(
            house, actor, project_id,
            document=render_brief(brief), started_from=_started_from(data), request_id=request_id_of(data),
        )  # fmt: skip
    except Refusal as refusal:
        return _form_page(request, standing, current, brief, refusal)
    return done(f"/projects/{project_id}/brief?said=The brief is saved.")


@post("/projects/{project_id:int}/brief/import", sync_to_thread=True, include_in_schema=False)
def post_document(request: AnyRequest, project_id: FromPath[int], data: Upload) -> Response[Any]:
    actor, house = actor_of(request, csrf=field(data, "csrf", required=False)), house_of(request)
    document = document_of(data)
    save_brief(
        house, actor, project_id,
        document=document, started_from=_started_from(data), request_id=request_id_of(data),
    )  # fmt: skip
    return done(f"/projects/{project_id}/brief?said=The brief is saved.")


@post("/projects/{project_id:int}/brief/sign", sync_to_thread=True, include_in_schema=False)
def post_signature(request: AnyRequest, project_id: FromPath[int], data: Form) -> Response[Any]:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    version, revision = _started_from(data) or (0, 0)
    sign_brief(house_of(request), actor, project_id, version=version, revision=revision, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/brief?said=The brief is signed; its figures hold from now on.")


SAID = (N_("The brief is saved."), N_("The brief is signed; its figures hold from now on."))


def document_of(data: FormData) -> str:
    """The uploaded file's text, as far as a document may be long; UTF-8, with what is not readable shown as such."""
    upload = data.get("file")
    content = upload.file.read(1_000_001 * 4) if isinstance(upload, UploadFile) else b""
    return content.decode("utf-8-sig", errors="replace")


def _started_from(data: FormData) -> tuple[int, int] | None:
    version = int(number(data, "version", default=0))
    return (version, int(number(data, "revision", default=0))) if version else None


def _both(data: FormData, name: str) -> dict[str, str]:
    return {language: field(data, f"{name}.{language}", required=False) for language in ("zh", "en")}


def _brief_of(data: FormData) -> Brief:
    facets = {facet: _both(data, facet) for facet in Facet}
    return Brief(
        title=_both(data, "title"),
        customer=field(data, "customer", required=False, limit=120),
        facets={facet: text for facet, text in facets.items() if any(text.values())},
        questions=tuple(_questions_of(data)),
    )


def _questions_of(data: FormData) -> list[OpenQuestion]:
    columns = [many(data, f"question.{name}") for name in ("text", "owner", "due", "answer")]
    length = max(map(len, columns), default=0)
    rows = zip(*([*column, *[""] * (length - len(column))] for column in columns), strict=True)
    return [
        OpenQuestion(text.strip(), owner.strip(), _date(due), answer.strip())
        for text, owner, due, answer in rows
        if text.strip()
    ]


def _figures_of(data: FormData) -> Figures:
    """Raises `NotANumber`."""
    volume = field(data, "volume", required=False)
    price = field(data, "unit_price", required=False)
    gate = Gate(field(data, "measure"), number(data, "at_least", high=1), field(data, "rule"))
    return Figures(
        volume=int(number(data, "volume", high=1e9)) if volume else None,
        agreement=gate,
        aql=number(data, "aql", low=0.01, high=1000),
        level=field(data, "level"),
        due=_date(field(data, "due", required=False)),
        unit_price=number(data, "unit_price") if price else None,
        currency=field(data, "currency", required=False, limit=3) or "CNY",
        rights=field(data, "rights"),
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise NotANumber(field="due", value=text[:20], low="2000-01-01", high="2999-12-31") from error


def _form_page(
    request: AnyRequest, standing: Standing, current: BriefVersion | None, brief: Brief, refusal: Refusal | None = None
) -> Response[str]:
    words = words_of(request)
    return page(
        request,
        "briefs/form.html",
        status=refusal.status if refusal else 200,
        error=describe(refusal, words) if refusal else None,
        started=mark_of(current) or (0, 0),
        levels=tuple(Level),
        aqls=AQLS,
        measures=MEASURES,
        measure_names=MEASURE_NAMES,
        rule_names=RULE_NAMES,
        facet_questions=FACET_QUESTIONS,
        **_shared(request, standing, current, brief),
    )


def _reading_page(request: AnyRequest, standing: Standing, current: BriefVersion | None) -> Response[str]:
    brief = parse_brief(current.document) if current else None
    return page(request, "briefs/read.html", **_shared(request, standing, current, brief))


def _shared(
    request: AnyRequest, standing: Standing, current: BriefVersion | None, brief: Brief | None
) -> dict[str, Any]:
    """What both pages show: the brief, its gaps, the signature, the versions."""
    house, words = house_of(request), words_of(request)
    gaps = find_gaps(brief, today_of(house)) if brief else []
    return {
        "project": standing.project,
        "brief": brief,
        "current": current,
        "gaps": [describe_gap(gap, words) for gap in gaps],
        "blocked": len(blocking(gaps)),
        "may_sign": may(standing.roles, Act.SIGN_BRIEF),
        "versions": list_brief_versions(house, signed_in_of(request).actor, standing.project.id),
        "facet_names": FACET_NAMES,
        "right_names": RIGHT_NAMES,
        "readers": READERS,
    }


PAGES: list[Any] = [show_brief, show_version, download_version, post_brief, post_document, post_signature]
