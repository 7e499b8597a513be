"""The page of what a person can do."""

from typing import Any

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from guiju.coaching.pages import nothing_to_learn
from guiju.coaching.skills.actions import read_skills
from guiju.coaching.skills.model import FEW, SOURCE_NAMES
from guiju.rulebooks import NoRulebook
from guiju.site import actor_of, house_of, page
from guiju.site.guards import AnyRequest


@get("/projects/{project_id:int}/skills", sync_to_thread=True, include_in_schema=False)
def skills_page(request: AnyRequest, project_id: FromPath[int], person: FromQuery[int | None] = None) -> Response[Any]:
    """By label and clause, the weakest first, and what to practise next."""
    actor = actor_of(request)
    try:
        seen = read_skills(house_of(request), actor, project_id, person)
    except NoRulebook:
        return nothing_to_learn(request, project_id)
    return page(
        request,
        "coaching/skills.html",
        project=seen.project,
        seen=seen,
        skills=seen.skills,
        is_own=seen.person.account_id == actor.id,
        rulebook=seen.rulebook,
        clauses={clause.id: clause for clause in seen.rulebook.rulebook.clauses},
        source_names=SOURCE_NAMES,
        few=FEW,
    )


PAGES: list[Any] = [skills_page]
