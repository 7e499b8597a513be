"""Pages of adjudication: the undecided items of a round, and the bench on which they are ruled on."""

from typing import Any

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Response
from sqlalchemy import Connection

from guiju.annotations import ROUND_NAMES, Round, RoundNotFound, get_round
from guiju.consensus.adjudication.actions import MOST_CASES, count_cases, list_cases
from guiju.people import Act
from guiju.projects import Standing, authorise
from guiju.rulebooks import get_published
from guiju.site import actor_of, house_of, page, words_of
from guiju.site.guards import AnyRequest
from guiju.storage import Actor
from guiju.work import begin_bench, script_json


def _place(connection: Connection, actor: Actor, project_id: int, round_id: int) -> tuple[Standing, Round]:
    standing = authorise(connection, actor, project_id, Act.RULE)
    round_ = get_round(connection, round_id)
    if round_.project_id != project_id:
        raise RoundNotFound(round=round_id)
    return standing, round_


@get("/projects/{project_id:int}/rounds/{round_id:int}/undecided", sync_to_thread=True, include_in_schema=False)
def undecided_page(
    request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int], after: FromQuery[int] = 0
) -> Response[Any]:
    """What the answers of a round leave open, each item with its answers and how far they agree."""
    house, actor = house_of(request), actor_of(request)
    with house.reading() as connection:
        standing, round_ = _place(connection, actor, project_id, round_id)
        rulebook = get_published(connection, round_.rulebook_id)
    cases = list_cases(house, actor, round_id, want=MOST_CASES, after=after)
    return page(
        request,
        "consensus/undecided.html",
        project=standing.project,
        round=round_,
        round_name=ROUND_NAMES[round_.kind],
        rulebook=rulebook,
        cases=cases,
        leans=any(case.lean for case in cases),
        count=count_cases(house, actor, round_id),
        after=cases[-1].item.id if len(cases) == MOST_CASES else None,
    )


@get("/projects/{project_id:int}/rounds/{round_id:int}/adjudicate", sync_to_thread=True, include_in_schema=False)
def adjudicate_page(
    request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int], item: FromQuery[int | None] = None
) -> Response[Any]:
    """Several annotators' answers over one item, on the workbench's own canvas, and the ruling beside them."""
    house, actor = house_of(request), actor_of(request)
    with house.reading() as connection:
        standing, round_ = _place(connection, actor, project_id, round_id)
        begun = begin_bench(request, connection, standing.project, get_published(connection, round_.rulebook_id))
    back = f"/projects/{project_id}/rounds/{round_id}/undecided"
    name = words_of(request)(ROUND_NAMES[round_.kind])
    boot = {
        **begun,
        "mode": "adjudication",
        "owner": f"{actor.id}:cases-{round_id}",
        "round": {"id": round_id, "kind": round_.kind, "kind_name": name, "number": round_.number},
        "today": {"done": 0},
        "first": item,
        "open": count_cases(house, actor, round_id),
        "urls": _urls(project_id, round_id, back),
    }
    return page(
        request,
        "work/workbench.html",
        project=standing.project,
        boot=script_json(boot),
        entry="src/review/main.tsx",
        back=back,
    )


def _urls(project_id: int, round_id: int, back: str) -> dict[str, str]:
    return {
        "cases": f"/api/v1/rounds/{round_id}/cases",
        "questions": f"/api/v1/projects/{project_id}/questions",
        "lease": "",
        "submit": "",
        "mine": "",
        "drafts": "",
        "words": "/workbench/words",
        "back": back,
    }


PAGES: list[Any] = [undecided_page, adjudicate_page]
