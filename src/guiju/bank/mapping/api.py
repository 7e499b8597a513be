"""JSON routes of mappings."""

from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.bank.mapping.actions import decide_mapping, forget_mapping, list_mappings, read_mapping
from guiju.bank.mapping.model import Because, How, Known, Line, Suggestion
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


class ForgetRequest(msgspec.Struct):
    id: str
    of: int


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
    return maps_answer(known, lines)


def maps_answer(known: Sequence[Known], lines: Sequence[Suggestion]) -> MapsAnswer:
    books = [KnownAnswer(one.rulebook_id, one.project, one.version, one.deposits, one.is_mapped) for one in known]
    return MapsAnswer(books, [line_answer(one) for one in lines])


@post("/projects/{project_id:int}/label-maps", sync_to_thread=True)
def decide_map(request: AnyRequest, project_id: FromPath[int], data: JSONBody[MapRequest]) -> MapAnswer:
    """Decide what the labels of a rulebook of the bank are in this project's."""
    lines = [Line(one.field, one.label, one.how, one.to_field, one.to_label) for one in data.lines]
    house, actor = house_of(request), actor_of(request)
    return MapAnswer(decide_mapping(house, actor, project_id, data.id, data.of, lines, data.given_up))


@post("/projects/{project_id:int}/label-maps/forget", sync_to_thread=True)
def forget_map(request: AnyRequest, project_id: FromPath[int], data: JSONBody[ForgetRequest]) -> MapsAnswer:
    """Forget what was decided for the rulebook `of`; the list as it stands then."""
    house, actor = house_of(request), actor_of(request)
    forget_mapping(house, actor, project_id, data.id, data.of)
    return maps_answer(list_mappings(house, actor, project_id)[1], [])


API: list[Any] = [show_maps, decide_map, forget_map]
