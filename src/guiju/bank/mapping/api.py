"""JSON routes of mappings."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.bank.mapping.actions import decide_mapping, list_mappings, read_mapping
from guiju.bank.mapping.model import Because, How, Line, Suggestion
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class KnownAnswer(msgspec.Struct):
    """A rulebook under which the bank has something; `project` is empty to strangers."""

    rulebook: int
    project: str
    version: str
    deposits: int
    mapped: bool


class LineAnswer(msgspec.Struct):
    field: str
    label: str
    how: How
    to_field: str | None
    to_label: str | None
    because: Because
    deposits: int
    together: int


class MapsAnswer(msgspec.Struct):
    rulebooks: list[KnownAnswer]
    lines: list[LineAnswer] = []


class LineRequest(msgspec.Struct):
    field: str
    label: str
    how: How
    to_field: str | None = None
    to_label: str | None = None


class MapRequest(msgspec.Struct):
    """`given_up` names each label that deposits carry and that has no counterpart."""

    id: str
    of: int
    lines: list[LineRequest]
    given_up: list[str] = []


class MapAnswer(msgspec.Struct):
    map: int


def line_answer(one: Suggestion) -> LineAnswer:
    said = one.line
    what = (said.field, said.label, said.how, said.to_field, said.to_label)
    return LineAnswer(*what, one.because, one.deposits, one.together)


@get("/projects/{project_id:int}/label-maps", sync_to_thread=True)
def show_maps(request: AnyRequest, project_id: FromPath[int], of: FromQuery[int] = 0) -> MapsAnswer:
    """The bank's rulebooks as a project sees them; `of` one of them, what each of its labels is here, and why."""
    house, actor = house_of(request), actor_of(request)
    _, known = list_mappings(house, actor, project_id)
    lines = read_mapping(house, actor, project_id, of)[2] if of else []
    told = [line_answer(one) for one in lines]
    return MapsAnswer(
        [KnownAnswer(one.rulebook_id, one.project, one.version, one.deposits, one.is_mapped) for one in known], told
    )


@post("/projects/{project_id:int}/label-maps", sync_to_thread=True)
def decide_map(request: AnyRequest, project_id: FromPath[int], data: JSONBody[MapRequest]) -> MapAnswer:
    """Decide what the labels of a rulebook of the bank are in this project's."""
    lines = [Line(one.field, one.label, one.how, one.to_field, one.to_label) for one in data.lines]
    house, actor = house_of(request), actor_of(request)
    return MapAnswer(decide_mapping(house, actor, project_id, data.id, data.of, lines, data.given_up))


API: list[Any] = [show_maps, decide_map]
