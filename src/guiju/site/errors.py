"""Refusals and faults as answers: JSON for programs, a page for people, in one shape and the reader's language."""

from typing import Any

import structlog
from litestar import Response
from litestar.enums import MediaType
from litestar.exceptions import HTTPException, NotAuthorizedException, ValidationException
from litestar.response import Redirect

from guiju.kit import N_, Refusal, describe, new_id
from guiju.site.guards import AnyRequest, NotSignedIn, PasswordMustChange, words_of
from guiju.site.render import page

log = structlog.get_logger()


class PageNotFound(Refusal):
    code = "page-not-found"
    status = 404
    sentence = N_("There is no page at this address.")
    next_step = N_("Go to your projects or to your work for today.")


class RequestUnreadable(Refusal):
    """The request's shape is not what the route takes."""

    code = "request-unreadable"
    status = 400
    sentence = N_("The request could not be read: {reason}.")
    next_step = N_("Correct it as the API description says and send it again.")


class NumberTooLarge(Refusal):
    code = "number-too-large"
    status = 422
    sentence = N_("A number in the request is larger than any that is kept here.")
    next_step = N_("Look at its numbers: those of items, rounds and people have at most 18 digits.")


class RequestTooLarge(Refusal):
    code = "request-too-large"
    status = 413
    sentence = N_("The request is larger than this route takes.")
    next_step = N_("Send files through the upload route, which streams them.")


class ProgramFault(Refusal):
    """A fault of the program; the log has it under the same number."""

    code = "program-fault"
    status = 500
    sentence = N_("The program made a mistake (number {number}). Nothing was changed.")
    next_step = N_("Try again; if it happens again, give the number to the administrator.")


def answer_refusal(request: AnyRequest, refusal: Refusal) -> Response[Any]:
    """A refusal in the shape that the asker reads."""
    wants_page = not request.url.path.startswith(
        ("/api/", "/media/")
    ) and "application/json" not in request.headers.get("accept", "")
    if wants_page and isinstance(refusal, NotSignedIn):
        return Redirect(f"/sign-in?to={request.url.path}" if request.method == "GET" else "/sign-in", status_code=303)
    if wants_page and isinstance(refusal, PasswordMustChange):
        return Redirect("/account/password", status_code=303)
    error = describe(refusal, words_of(request))
    if wants_page:
        back = request.headers.get("referer", "/")
        return page(request, "site/refused.html", status=refusal.status, error=error, back=back)
    return Response(error, status_code=refusal.status, media_type=MediaType.JSON)


def answer_http(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """What the framework itself refuses, as a named refusal."""
    if isinstance(error, NotAuthorizedException):
        return answer_refusal(request, NotSignedIn())
    if error.status_code == 404:
        return answer_refusal(request, PageNotFound())
    if error.status_code == 413:
        return answer_refusal(request, RequestTooLarge())
    if error.status_code < 500:
        return answer_refusal(request, RequestUnreadable(reason=_reason(error)))
    return answer_fault(request, error)


def _reason(error: HTTPException) -> str:
    extra = error.extra if isinstance(error, ValidationException) else None
    if isinstance(extra, list) and extra:
        return "; ".join(f"{entry.get('key', '')} {entry.get('message', '')}".strip() for entry in extra)[:300]  # pyright: ignore[reportUnknownMemberType]
    return str(error.detail)[:300]


def answer_fault(request: AnyRequest, fault: Exception) -> Response[Any]:
    """A bug: logged with a number, told without its insides. A number that no column holds is the asker's."""
    if _is_out_of_range(fault):
        return answer_refusal(request, NumberTooLarge())
    number = new_id()[:8]
    log.error("program-fault", number=number, path=request.url.path, exc_info=fault)
    return answer_refusal(request, ProgramFault(number=number))


def _is_out_of_range(fault: Exception) -> bool:
    """As SQLite's driver and PostgreSQL say it."""
    from_postgres = type(getattr(fault, "orig", None)).__name__ == "NumericValueOutOfRange"
    return from_postgres or (isinstance(fault, OverflowError) and "SQLite INTEGER" in str(fault))


HANDLERS: dict[Any, Any] = {Refusal: answer_refusal, HTTPException: answer_http, Exception: answer_fault}
