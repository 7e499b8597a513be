"""Pages of practice: what is due, and the bench on which it is done."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from guiju.coaching.actions import open_practice
from guiju.coaching.reading import Desk, lay_desk, look_at_practice
from guiju.coaching.slips import read_slips
from guiju.kit import N_
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import POLARITY_NAMES, NoRulebook
from guiju.site import actor_of, house_of, page, words_of
from guiju.site.guards import AnyRequest
from guiju.work import begin_bench, script_json

PRACTICE = N_("Practice")
MOST_WEAK = 30


@get("/projects/{project_id:int}/practice", sync_to_thread=True, include_in_schema=False)
def practice_page(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    """What is due today, what sits, what does not."""
    try:
        desk, mine = look_at_practice(house_of(request), actor_of(request), project_id)
    except NoRulebook:
        return nothing_to_learn(request, project_id)
    return page(
        request,
        "coaching/practice.html",
        project=desk.project,
        desk=desk,
        mine=mine,
        weak=mine.weak[:MOST_WEAK],
        slips=read_slips(house_of(request), actor_of(request), project_id),
        clauses={clause.id: clause for clause in desk.rulebook.rulebook.clauses},
        practised={one.reference.clause for one in desk.known},
        labels=desk.rulebook.labels,
        polarities={each.value: name for each, name in POLARITY_NAMES.items()},
    )


def nothing_to_learn(request: AnyRequest, project_id: int) -> Response[Any]:
    """Before rules are published the project's page says what comes out of them."""
    with house_of(request).reading() as connection:
        standing = authorise(connection, actor_of(request), project_id, Act.SEE_PROJECT)
    return page(request, "coaching/waiting.html", project=standing.project)


@get("/projects/{project_id:int}/practice/work", sync_to_thread=True, include_in_schema=False)
def practice_bench(
    request: AnyRequest,
    project_id: FromPath[int],
    label: FromQuery[str | None] = None,
    clause: FromQuery[str | None] = None,
) -> Response[Any]:
    """The workbench on what is due; with a label or a clause, on what concerns it."""
    house, actor = house_of(request), actor_of(request)
    round_id, answered = open_practice(house, actor, project_id)
    with house.reading() as connection:
        desk = lay_desk(connection, actor, project_id)
        desk.demand([label] if label else [], [clause] if clause else [])
        begun = begin_bench(request, connection, desk.project, desk.rulebook)
    only: dict[str, list[str]] = {}
    if label:
        only["labels"] = [label]
    if clause:
        only["clauses"] = [clause]
    told = Bench(round_id, answered, only, f"/projects/{project_id}/practice")
    return show_bench(request, begun, desk, told)


class Bench(NamedTuple):
    """What is practised on it: all, or `only` these `labels`, `clauses`, `without` these references; `most` of them."""

    round_id: int
    answered: int
    only: Mapping[str, Sequence[str]]
    back: str
    most: int | None = None


def show_bench(request: AnyRequest, begun: dict[str, Any], desk: Desk, told: Bench) -> Response[Any]:
    """The workbench that marks at once."""
    words, api = words_of(request), f"/api/v1/projects/{desk.project.id}"
    boot: dict[str, Any] = {
        **begun,
        "mode": "practice",
        "owner": f"{begun['person']['id']}:practice-{told.round_id}",
        # what is asked is not told beside it
        "rulings": list[Any](),
        "rulebook": {**begun["rulebook"], "examples": list[Any]()},
        "round": {"id": told.round_id, "kind": "practice", "kind_name": words(PRACTICE), "number": 1},
        "today": {"done": told.answered},
        "only": told.only,
        "most": told.most,
        "urls": {
            "lease": f"{api}/practice/next",
            "submit": f"{api}/practice/answers",
            "questions": f"{api}/questions",
            "mine": "",
            "drafts": "",
            "words": "/workbench/words",
            "back": told.back,
        },
    }
    return page(
        request,
        "work/workbench.html",
        project=desk.project,
        boot=script_json(boot),
        entry="src/practice/main.tsx",
        back=told.back,
    )


PAGES: list[Any] = [practice_page, practice_bench]
