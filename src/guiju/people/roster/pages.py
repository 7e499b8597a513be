"""Choosing a roster, and the list of first passwords: in the answer itself and nowhere else."""

import csv
import io
from base64 import b64encode
from collections.abc import Sequence
from typing import Annotated, Any

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Response

from guiju.kit import Refusal, describe
from guiju.people.actions import require_admin
from guiju.people.door.pages import again
from guiju.people.roster.actions import import_roster
from guiju.people.roster.errors import RosterRefused
from guiju.people.roster.model import Handout
from guiju.people.rules import plain_cell
from guiju.site import actor_of, field, house_of, page, words_of
from guiju.site.forms import FieldMissing
from guiju.site.guards import AnyRequest

Upload = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]


@get("/people/import", sync_to_thread=True)
def ask_for_roster(request: AnyRequest) -> Response[Any]:
    require_admin(actor_of(request))
    return page(request, "people/roster.html", error=None, problems=[])


@post("/people/import", sync_to_thread=True, status_code=200)
def take_roster(request: AnyRequest, data: Upload) -> Response[Any]:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    require_admin(actor)
    try:
        file = file_of(data)
        handouts = import_roster(house_of(request), actor, file=file.filename, content=file.file.read())
    except Refusal as refusal:
        return again(request, "people/roster.html", refusal, problems=_problems(request, refusal))
    return show_handouts(request, handouts)


def file_of(data: dict[str, Any]) -> UploadFile:
    """The chosen file. Raises `FieldMissing`."""
    file = data.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise FieldMissing(field="file")
    return file


def _problems(request: AnyRequest, refusal: Refusal) -> list[dict[str, object]]:
    """Each bad row with its reason in the reader's language."""
    rows = refusal.problems if isinstance(refusal, RosterRefused) else ()
    return [{"row": problem.row, **describe(problem.refusal, words_of(request))} for problem in rows]


def show_handouts(request: AnyRequest, handouts: Sequence[Handout]) -> Response[Any]:
    """The page of first passwords, to print or to save; it cannot be opened again."""
    file = b64encode(_csv(request, handouts)).decode()
    return page(request, "people/handouts.html", handouts=handouts, file=f"data:text/csv;charset=utf-8;base64,{file}")


def _csv(request: AnyRequest, handouts: Sequence[Handout]) -> bytes:
    words, out = words_of(request), io.StringIO()
    writer = csv.writer(out)
    writer.writerow([words("Name"), words("E-mail address"), words("Team"), words("First password")])
    writer.writerows([plain_cell(h.name), h.email, plain_cell(h.team), h.password] for h in handouts)
    return out.getvalue().encode("utf-8-sig")  # spreadsheets take a CSV without the mark for GBK


PAGES = [ask_for_roster, take_roster]
