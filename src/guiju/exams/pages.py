"""Exams as their trainer sets them up, and as whoever sits them sees them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from guiju.annotations import ROUND_NAMES, RoundKind
from guiju.data import Item, find_items
from guiju.exams.actions import open_exam, set_exam_state
from guiju.exams.errors import SittingNotFound
from guiju.exams.marking import hand_in
from guiju.exams.model import (
    FEEDBACK_NAMES,
    RULE_NAMES,
    ExamState,
    Explained,
    Feedback,
    PassRule,
    Result,
    Settings,
    Sitting,
)
from guiju.exams.reading import (
    examples_hidden,
    find_own_sitting,
    find_sitting_of_round,
    read_exams,
    read_paper,
    read_result,
    read_roll,
)
from guiju.exams.rules import LEAST, MOST, MOST_ATTEMPTS
from guiju.exams.sitting import begin_sitting
from guiju.kinds import decode_answers
from guiju.kit import N_, bilingual, iso
from guiju.people import LAPSE_NAMES, Act, may
from guiju.projects import authorise
from guiju.rulebooks import CompiledRulebook, get_published, latest_published
from guiju.site import Form, actor_of, done, field, house_of, number, page, words_of
from guiju.site.forms import request_id_of
from guiju.site.guards import AnyRequest
from guiju.work import begin_bench, script_json
from guiju.work.trial.beside import Case, lay_beside

OPENED = N_("The exam is open: annotators find it on this page.")
CLOSED = N_("Nobody can begin this exam any more.")
REOPENED = N_("The exam can be sat again.")
YOURS, RIGHT = 1, 2


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A question of the result: both answers laid beside each other, the clause with its title, and why."""

    told: Explained
    case: Case | None
    clause: str | None
    why: str


@get("/projects/{project_id:int}/exams", sync_to_thread=True, include_in_schema=False)
def exams_page(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    """The exams of a project: to sit, to set up, and who holds certificates."""
    found = read_exams(house_of(request), actor_of(request), project_id)
    return page(
        request,
        "exams/exams.html",
        project=found.project,
        found=found,
        feedbacks=FEEDBACK_NAMES,
        rules=RULE_NAMES,
        lapses=LAPSE_NAMES,
        bounds={"least": LEAST, "most": MOST, "attempts": MOST_ATTEMPTS},
        label_name=_namer(request, project_id),
    )


def _namer(request: AnyRequest, project_id: int) -> Callable[[str], str]:
    """What a label is called, by the rulebook that the project works by now."""
    with house_of(request).reading() as connection:
        rulebook = latest_published(connection, project_id)
    known = dict(rulebook.labels) if rulebook else {}
    locale = words_of(request).locale

    def name_of(label: str) -> str:
        return bilingual(known[label].name, locale) if label in known else label

    return name_of


@post("/projects/{project_id:int}/exams", sync_to_thread=True, include_in_schema=False)
def post_exam(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """Set an exam up as the form says."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    minutes = number(data, "minutes", low=0, high=480, default=0)
    settings = Settings(
        size=int(number(data, "size", low=LEAST, high=MOST, default=20)),
        pass_mark=number(data, "pass_mark", low=1, high=100, default=80) / 100,
        rule=PassRule.LOWER if field(data, "rule", required=False) == PassRule.LOWER else PassRule.POINT,
        seconds=round(minutes * 60) or None,
        feedback=Feedback.AT_ONCE if field(data, "feedback", required=False) == Feedback.AT_ONCE else Feedback.AT_END,
        attempts=int(number(data, "attempts", low=1, high=MOST_ATTEMPTS, default=3)),
    )
    open_exam(house_of(request), actor, project_id, request_id=request_id_of(data), settings=settings)
    return done(f"/projects/{project_id}/exams?said={quote_plus(OPENED)}")


@get("/projects/{project_id:int}/exams/{exam_id:int}", sync_to_thread=True, include_in_schema=False)
def exam_page(request: AnyRequest, project_id: FromPath[int], exam_id: FromPath[int]) -> Response[Any]:
    """Who sat an exam, and what it came to."""
    actor = actor_of(request)
    roll = read_roll(house_of(request), actor, exam_id)
    with house_of(request).reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
    leads = actor.trusted or may(standing.roles, Act.OPEN_ROUND)
    return page(
        request,
        "exams/exam.html",
        project=roll.project,
        roll=roll,
        leads=leads,
        feedbacks=FEEDBACK_NAMES,
        rules=RULE_NAMES,
    )


@post("/projects/{project_id:int}/exams/{exam_id:int}/state", sync_to_thread=True, include_in_schema=False)
def post_exam_state(request: AnyRequest, project_id: FromPath[int], exam_id: FromPath[int], data: Form) -> Redirect:
    """Close an exam, or open it again."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    state = ExamState.CLOSED if field(data, "state") == ExamState.CLOSED else ExamState.OPEN
    set_exam_state(house_of(request), actor, exam_id, state)
    said = CLOSED if state is ExamState.CLOSED else REOPENED
    return done(f"/projects/{project_id}/exams/{exam_id}?said={quote_plus(said)}")


@post("/projects/{project_id:int}/exams/{exam_id:int}/sittings", sync_to_thread=True, include_in_schema=False)
def post_sitting(request: AnyRequest, project_id: FromPath[int], exam_id: FromPath[int], data: Form) -> Redirect:
    """Begin, or go on."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    sitting = begin_sitting(house_of(request), actor, exam_id, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/sittings/{sitting.id}/work")


@get("/projects/{project_id:int}/exams/rounds/{exam_round:int}", sync_to_thread=True, include_in_schema=False)
def go_on(request: AnyRequest, project_id: FromPath[int], exam_round: FromPath[int]) -> Redirect:
    """From the round in one's work to the paper that is answered in it."""
    sitting = find_sitting_of_round(house_of(request), actor_of(request), exam_round)
    return done(f"/projects/{project_id}/sittings/{sitting.id}/work")


@get("/projects/{project_id:int}/sittings/{sitting_id:int}/work", sync_to_thread=True, include_in_schema=False)
def sitting_bench(request: AnyRequest, project_id: FromPath[int], sitting_id: FromPath[int]) -> Any:
    """The workbench on a paper: nothing that was ruled, and no example that tells what is asked."""
    house, actor = house_of(request), actor_of(request)
    sitting, own = find_own_sitting(house, actor, sitting_id)
    here = f"/projects/{project_id}/sittings/{sitting_id}"
    if not own or sitting.project_id != project_id:
        raise SittingNotFound(sitting=sitting_id)
    if sitting.is_over:
        return done(here)
    paper = read_paper(house, actor, sitting_id)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.ANNOTATE)
        begun = begin_bench(request, connection, standing.project, get_published(connection, sitting.rulebook_id))
        hidden = examples_hidden(connection, sitting_id)
    examples: list[dict[str, Any]] = begun["rulebook"]["examples"]
    api = f"/api/v1/rounds/{sitting.round_id}"
    boot: dict[str, Any] = {
        **begun,
        "mode": "exam",
        "only": {},
        "most": None,
        "rulebook": {**begun["rulebook"], "examples": [each for each in examples if each["id"] not in hidden]},
        "rulings": [],
        "round": {
            "id": sitting.round_id,
            "kind": RoundKind.EXAM,
            "kind_name": words_of(request)(ROUND_NAMES[RoundKind.EXAM]),
            "number": paper.exam.number,
            "suggests": False,
        },
        "exam": {
            "until": iso(sitting.until) if sitting.until else None,
            "size": len(paper.items),
            "marks": f"/api/v1/sittings/{sitting_id}/marks"
            if paper.exam.settings.feedback is Feedback.AT_ONCE
            else None,
        },
        "today": {"done": len(paper.answered)},
        "urls": {
            "lease": f"{api}/lease",
            "submit": f"{api}/annotations",
            "mine": f"{api}/mine",
            "questions": f"{api}/questions",
            "drafts": f"{api}/drafts",
            "words": "/workbench/words",
            "back": here,
        },
    }
    return page(
        request,
        "work/workbench.html",
        project=standing.project,
        boot=script_json(boot),
        entry="src/exam/main.tsx",
        back=here,
    )


@get("/projects/{project_id:int}/sittings/{sitting_id:int}", sync_to_thread=True, include_in_schema=False)
def sitting_page(request: AnyRequest, project_id: FromPath[int], sitting_id: FromPath[int]) -> Response[Any]:
    """A paper that is being sat, or what it came to."""
    house, actor = house_of(request), actor_of(request)
    sitting, own = find_own_sitting(house, actor, sitting_id)
    if sitting.project_id != project_id:
        raise SittingNotFound(sitting=sitting_id)
    with house.reading() as connection:
        project = authorise(connection, actor, project_id, Act.SEE_PROJECT).project
    if not sitting.is_over:
        paper = read_paper(house, actor, sitting_id) if own else None
        return page(request, "exams/paper.html", project=project, paper=paper, sitting=sitting, now=house.clock())
    result = read_result(house, actor, sitting_id)
    rulebook, lines = _lines(request, sitting, result)
    return page(
        request,
        "exams/result.html",
        project=project,
        result=result,
        own_result=own,
        lines=lines,
        rulebook=rulebook,
        rules=RULE_NAMES,
        names={YOURS: words_of(request)(N_("the answer given")), RIGHT: words_of(request)(N_("the right answer"))},
        titles={one.id: one.title for one in rulebook.rulebook.fields},
    )


def _lines(request: AnyRequest, sitting: Sitting, result: Result) -> tuple[CompiledRulebook, list[ResultLine]]:
    locale = words_of(request).locale
    with house_of(request).reading() as connection:
        rulebook = get_published(connection, sitting.rulebook_id)
        items = find_items(connection, sitting.project_id, [each.item.id for each in result.questions])
    titles = {clause.id: bilingual(clause.title, locale) for clause in rulebook.rulebook.clauses}
    return rulebook, [_line(each, items.get(each.item.id), rulebook, titles, locale) for each in result.questions]


def _line(
    told: Explained, item: Item | None, rulebook: CompiledRulebook, titles: dict[str, str], locale: str
) -> ResultLine:
    given = [(YOURS, decode_answers(told.yours))] if told.yours else []
    both = [*given, (RIGHT, decode_answers(told.right))]
    case = lay_beside(item, told.question.score or 0.0, both, rulebook) if item else None
    title = f"{told.clause} {titles.get(told.clause, '')}".strip() if told.clause else None
    return ResultLine(told, case, title, bilingual(dict(told.note), locale) if told.note else "")


@post("/projects/{project_id:int}/sittings/{sitting_id:int}/hand-in", sync_to_thread=True, include_in_schema=False)
def post_hand_in(request: AnyRequest, project_id: FromPath[int], sitting_id: FromPath[int], data: Form) -> Redirect:
    """Hand the paper in."""
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    hand_in(house_of(request), actor, sitting_id, request_id=request_id_of(data))
    return done(f"/projects/{project_id}/sittings/{sitting_id}")


PAGES: list[Any] = [
    exams_page,
    post_exam,
    exam_page,
    post_exam_state,
    post_sitting,
    go_on,
    sitting_bench,
    sitting_page,
    post_hand_in,
]
