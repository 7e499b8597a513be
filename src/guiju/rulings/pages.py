"""The questions of a project, each with its item, and the place to rule on it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response
from sqlalchemy import Connection

from guiju.data import Item, find_items
from guiju.kit import N_, PageRequest
from guiju.people import Act, find_account, may
from guiju.projects import authorise
from guiju.rulebooks import CompiledRulebook, latest_published
from guiju.rulings.actions import answer_question, has_annotated, list_questions
from guiju.rulings.model import Answered, QuestionState
from guiju.site import Form, actor_of, done, field, house_of, page
from guiju.site.forms import request_id_of
from guiju.site.guards import AnyRequest

RULED = N_("The ruling is given; whoever asked will see it.")
PAGE = 20
# So many items of a question that is about several are laid out.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question as the page shows it: its item, who asked, and whether the reader may rule on it."""

    asked: Answered
    item: Item | None
    by: str
    own_work: bool
    several: tuple[Item, ...] = ()


@get("/projects/{project_id:int}/questions", sync_to_thread=True, include_in_schema=False)
def questions_page(
    request: AnyRequest,
    project_id: FromPath[int],
    show: FromQuery[QuestionState] = QuestionState.OPEN,
    cursor: FromQuery[str | None] = None,
) -> Response[Any]:
    """Open questions with the oldest first, or the answered ones."""
    house, actor = house_of(request), actor_of(request)
    found = list_questions(house, actor, project_id, show, PageRequest(PAGE, cursor))
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        rulebook = latest_published(connection, project_id)
        lines = _lines(connection, actor.id, project_id, found.rows)
    return page(
        request,
        "rulings/questions.html",
        project=standing.project,
        state=show.value,
        lines=lines,
        cursor=found.cursor,
        choices=_choices(rulebook),
        rules=actor.trusted or may(standing.roles, Act.RULE),
    )


def _lines(connection: Connection, account_id: int, project_id: int, rows: list[Answered]) -> list[QuestionLine]:
    shown = [each for one in rows for each in one.question.items[:SHOWN]]
    items = find_items(connection, project_id, [*shown, *(q for one in rows if (q := one.question.item_id))])
    accounts = {one.question.asked_by: find_account(connection, one.question.asked_by) for one in rows}
    names = {account_id: account.name if account else "–" for account_id, account in accounts.items()}
    return [
        QuestionLine(
            one,
            items.get(one.question.item_id or 0),
            names[one.question.asked_by],
            one.question.item_id is not None and has_annotated(connection, account_id, one.question.item_id),
            tuple(items[each] for each in one.question.items[:SHOWN] if each in items),
        )
        for one in rows
    ]


def _choices(rulebook: CompiledRulebook | None) -> list[dict[str, Any]]:
    """The choice fields of the rulebook, with the labels to choose the right answer from."""
    if rulebook is None:
        return []
    choices = [shape for shape in rulebook.fields if shape.kind == "choice"]
    if len(choices) != len(rulebook.fields):
        return []  # shapes are drawn in the workbench, not on this page
    return [{"id": shape.id, "labels": [rulebook.labels[label] for label in shape.labels]} for shape in choices]


@post("/projects/{project_id:int}/questions/{question_id:int}", sync_to_thread=True, include_in_schema=False)
def post_ruling(request: AnyRequest, project_id: FromPath[int], question_id: FromPath[int], data: Form) -> Redirect:
    """Rule on a question."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    chosen = {key[7:]: str(value) for key, value in data.items() if key.startswith("answer-") and value}
    answer_question(
        house_of(request),
        actor,
        question_id,
        request_id=request_id_of(data),
        text=field(data, "text"),
        clause=field(data, "clause", required=False) or None,
        answers={name: {"kind": "choice", "labels": [label]} for name, label in chosen.items()} or None,
    )
    return done(f"/projects/{project_id}/questions?said={quote_plus(RULED)}")


PAGES: list[Any] = [questions_page, post_ruling]
