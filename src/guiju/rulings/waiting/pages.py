"""What the list of questions sends back: owners, merging and parting, the project's line."""

from typing import Any
from urllib.parse import quote_plus

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect

from guiju.kit import N_
from guiju.rulings.waiting.actions import assign_questions, merge_questions, set_line, unmerge_question
from guiju.rulings.waiting.errors import NothingToMerge
from guiju.rulings.waiting.model import MOST_HOURS
from guiju.site import Form, actor_of, done, field, house_of, number
from guiju.site.forms import many, request_id_of
from guiju.site.guards import AnyRequest

ASSIGNED = N_("The questions have their owner.")
MERGED = N_("They are one question now: one ruling answers all, and everybody who asked is told.")
PARTED = N_("The question stands for itself again, and is open.")
SAVED = N_("Saved.")


def _ticked(data: dict[str, Any]) -> list[int]:
    return [int(each) for each in many(data, "question") if each.isdecimal() and len(each) < 19]


def _back(project_id: int, data: dict[str, Any], said: str) -> Redirect:
    """To the page that it was sent from: a question's own, or the list as it was filtered."""
    question, query = field(data, "from", required=False), field(data, "query", required=False)
    here = f"/projects/{project_id}/questions"
    if question.isdecimal():
        return done(f"{here}/{question}?said={quote_plus(said)}")
    return done(f"{here}?{query}{'&' if query else ''}said={quote_plus(said)}")


@post("/projects/{project_id:int}/questions/sort", sync_to_thread=True, include_in_schema=False)
def post_sorting(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """Give the ticked questions to an owner, or make them one with the oldest of them or with the one named."""
    house, actor = house_of(request), actor_of(request, csrf=field(data, "csrf", required=False))
    ticked, request_id = _ticked(data), request_id_of(data)
    if field(data, "act", required=False) == "merge":
        named = field(data, "into", required=False)
        into = int(named) if named.isdecimal() else min(ticked, default=0)
        if len(ticked) + bool(named) < 2:
            raise NothingToMerge
        merge_questions(house, actor, project_id, request_id=request_id, questions=ticked, into=into)
        return _back(project_id, data, MERGED)
    owner = field(data, "owner", required=False)
    owner_id = int(owner) if owner.isdecimal() and len(owner) < 19 and owner != "0" else None
    assign_questions(house, actor, project_id, request_id=request_id, questions=ticked, owner=owner_id)
    return _back(project_id, data, ASSIGNED)


@post("/projects/{project_id:int}/questions/{question_id:int}/unmerge", sync_to_thread=True, include_in_schema=False)
def post_parting(request: AnyRequest, project_id: FromPath[int], question_id: FromPath[int], data: Form) -> Redirect:
    """Let a merged question stand for itself again."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    unmerge_question(house_of(request), actor, question_id, request_id=request_id_of(data))
    return _back(project_id, data, PARTED)


@post("/projects/{project_id:int}/questions/line", sync_to_thread=True, include_in_schema=False)
def post_line(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """Say after how many hours an open question is overdue."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    hours = round(number(data, "days", low=0.04, high=MOST_HOURS / 24) * 24)
    set_line(house_of(request), actor, project_id, hours=hours)
    return done(f"/projects/{project_id}/questions?said={quote_plus(SAVED)}")


PAGES: list[Any] = [post_sorting, post_parting, post_line]
