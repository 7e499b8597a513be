"""JSON of exams: set up, sat by people and programs alike, marked. No route grants a certificate."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from guiju.exams.actions import Given, open_exam, set_exam_state
from guiju.exams.marking import hand_in, mark_question
from guiju.exams.model import Exam, ExamState, Explained, Feedback, Paper, PassRule, Result, Settings, Sitting, Supply
from guiju.exams.reading import Overview, explain_one, list_certificates, read_exams, read_paper, read_result, read_roll
from guiju.exams.sitting import answer_paper, begin_sitting
from guiju.kinds import Answer
from guiju.kit import iso
from guiju.people import Account, Certificate
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest
from guiju.work import TaskItem

RequestId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]


class NewExam(msgspec.Struct, frozen=True):
    """`pass_mark` is a share in [0, 1], `seconds` the time for the whole paper (absent: as long as it takes)."""

    id: RequestId
    size: int = 20
    pass_mark: float = 0.8
    rule: PassRule = PassRule.POINT
    seconds: int | None = None
    feedback: Feedback = Feedback.AT_END
    attempts: int = 3


class ExamOpened(msgspec.Struct, frozen=True):
    exam: int


class ExamShown(msgspec.Struct, frozen=True):
    id: int
    project: int
    number: int
    state: ExamState
    size: int
    pass_mark: float
    rule: PassRule
    seconds: int | None
    feedback: Feedback
    attempts: int


class SittingShown(msgspec.Struct, frozen=True):
    """Figures are there once it is over; `interval` is the 95% one of the score."""

    id: int
    exam: int
    account: int
    attempt: int
    round: int
    begun_at: str
    until: str | None
    ended_at: str | None
    overtime: bool
    answered: int | None
    score: float | None
    interval: tuple[float, float] | None
    passed: bool | None


class ExamForMe(msgspec.Struct, frozen=True):
    exam: ExamShown
    mine: list[SittingShown]
    attempts_left: int
    ready: bool


class SupplyShown(msgspec.Struct, frozen=True):
    """What there is to be asked, for those who set exams up: `labels` with the fewest first."""

    references: int
    boundary: int
    labels: list[tuple[str, int]]


class ExamList(msgspec.Struct, frozen=True):
    exams: list[ExamForMe]
    supply: SupplyShown | None


class RollLine(msgspec.Struct, frozen=True):
    sitting: SittingShown
    name: str
    version: str


class RollAnswer(msgspec.Struct, frozen=True):
    exam: ExamShown
    sittings: list[RollLine]


class StateWanted(msgspec.Struct, frozen=True):
    state: ExamState


class JustId(msgspec.Struct, frozen=True):
    id: RequestId


class QuestionAsked(msgspec.Struct, frozen=True):
    place: int
    item: TaskItem
    answered: bool


class PaperAnswer(msgspec.Struct, frozen=True):
    """A paper as it is asked: the answers are those of `rulebook`, a published version."""

    sitting: SittingShown
    project: int
    rulebook: int
    version: str
    questions: list[QuestionAsked]


class OneAnswer(msgspec.Struct, frozen=True):
    item: int
    answers: dict[str, Answer]
    clauses: list[str] = []


class PaperGiven(msgspec.Struct, frozen=True):
    """Answers to questions of the paper, all taken or none; `hand_in` hands the paper in with them."""

    id: RequestId
    answers: list[OneAnswer]
    hand_in: bool = False


class Answered(msgspec.Struct, frozen=True):
    stored: int
    handed_in: bool


class MarkedQuestion(msgspec.Struct, frozen=True):
    """`yours` and `right` are `{field: answer}`; `why` says it in the languages that it was written in."""

    place: int
    item: int
    score: float
    labels: list[tuple[str, float]]
    yours: msgspec.Raw | None
    right: msgspec.Raw
    clause: str | None
    why: dict[str, str]


class ResultAnswer(msgspec.Struct, frozen=True):
    """`superseded` names the version by which the rules changed their meaning before the paper was handed in."""

    sitting: SittingShown
    exam: ExamShown
    version: str
    certified: bool
    superseded: str | None
    questions: list[MarkedQuestion]


class ItemWanted(msgspec.Struct, frozen=True):
    item: int


class CertificateShown(msgspec.Struct, frozen=True):
    id: int
    account: int
    name: str
    version: str
    major: int
    score: float
    sitting: int
    granted_at: str
    lapsed_at: str | None
    lapsed_by: str | None


class CertificateList(msgspec.Struct, frozen=True):
    certificates: list[CertificateShown]


def exam_shown(exam: Exam) -> ExamShown:
    s = exam.settings
    told = (s.size, s.pass_mark, s.rule, s.seconds, s.feedback, s.attempts)
    return ExamShown(exam.id, exam.project_id, exam.number, exam.state, *told)


def sitting_shown(one: Sitting) -> SittingShown:
    interval = (one.low, one.high) if one.low is not None and one.high is not None else None
    times = (iso(one.begun_at), iso(one.until) if one.until else None, iso(one.ended_at) if one.ended_at else None)
    about = (one.id, one.exam_id, one.account_id, one.attempt, one.round_id)
    return SittingShown(*about, *times, one.overtime, one.answered, one.score, interval, one.passed)


def supply_shown(supply: Supply | None) -> SupplyShown | None:
    return supply and SupplyShown(supply.total, supply.boundary, list(supply.labels))


def overview_shown(found: Overview) -> ExamList:
    exams = [
        ExamForMe(exam_shown(each.exam), [sitting_shown(one) for one in each.sittings], each.left, each.ready)
        for each in found.exams
    ]
    return ExamList(exams, supply_shown(found.supply))


def paper_shown(paper: Paper) -> PaperAnswer:
    asked = [QuestionAsked(place, item, item.id in paper.answered) for place, item in enumerate(paper.items, 1)]
    sitting = paper.sitting
    return PaperAnswer(sitting_shown(sitting), sitting.project_id, sitting.rulebook_id, paper.version, asked)


def question_shown(one: Explained) -> MarkedQuestion:
    q = one.question
    yours = msgspec.Raw(one.yours.encode()) if one.yours else None
    said = (yours, msgspec.Raw(one.right.encode()), one.clause, dict(one.note))
    return MarkedQuestion(q.place, q.item_id, q.score or 0.0, list(q.labels), *said)


def result_shown(result: Result) -> ResultAnswer:
    about = (sitting_shown(result.sitting), exam_shown(result.exam), result.version)
    questions = [question_shown(each) for each in result.questions]
    return ResultAnswer(*about, result.certified, result.superseded, questions)


def certificate_shown(one: Certificate, account: Account) -> CertificateShown:
    lapsed = iso(one.lapsed_at) if one.lapsed_at else None
    about = (one.id, one.account_id, account.name, one.version, one.major, one.score, one.sitting_id)
    return CertificateShown(*about, iso(one.granted_at), lapsed, one.lapsed_by)


@get("/projects/{project_id:int}/exams", sync_to_thread=True)
def get_exams(request: AnyRequest, project_id: FromPath[int]) -> ExamList:
    """The project's exams, and one's own papers; for who sets them up also what there is to ask."""
    return overview_shown(read_exams(house_of(request), actor_of(request), project_id))


@post("/projects/{project_id:int}/exams", sync_to_thread=True, status_code=201)
def post_exam(request: AnyRequest, project_id: FromPath[int], data: JSONBody[NewExam]) -> ExamOpened:
    """Set an exam up."""
    settings = Settings(data.size, data.pass_mark, data.rule, data.seconds, data.feedback, data.attempts)
    house, actor = house_of(request), actor_of(request)
    return ExamOpened(open_exam(house, actor, project_id, request_id=data.id, settings=settings))


@get("/exams/{exam_id:int}", sync_to_thread=True)
def get_exam(request: AnyRequest, exam_id: FromPath[int]) -> RollAnswer:
    """Who sat an exam, and who passed."""
    roll = read_roll(house_of(request), actor_of(request), exam_id)
    lines = [RollLine(sitting_shown(one), name, version) for one, name, version in roll.sittings]
    return RollAnswer(exam_shown(roll.exam), lines)


@post("/exams/{exam_id:int}/state", sync_to_thread=True, status_code=204)
def post_state(request: AnyRequest, exam_id: FromPath[int], data: JSONBody[StateWanted]) -> None:
    """Let nobody begin any more, or open it again."""
    set_exam_state(house_of(request), actor_of(request), exam_id, data.state)


@post("/exams/{exam_id:int}/sittings", sync_to_thread=True, status_code=201)
def post_sitting(request: AnyRequest, exam_id: FromPath[int], data: JSONBody[JustId]) -> PaperAnswer:
    """Begin: a paper of one's own, or the one that is being sat."""
    house, actor = house_of(request), actor_of(request)
    sitting = begin_sitting(house, actor, exam_id, request_id=data.id)
    return paper_shown(read_paper(house, actor, sitting.id))


@get("/sittings/{sitting_id:int}/paper", sync_to_thread=True)
def get_paper(request: AnyRequest, sitting_id: FromPath[int]) -> PaperAnswer:
    """One's own paper, without what is right."""
    return paper_shown(read_paper(house_of(request), actor_of(request), sitting_id))


@post("/sittings/{sitting_id:int}/answers", sync_to_thread=True, status_code=200)
def post_answers(request: AnyRequest, sitting_id: FromPath[int], data: JSONBody[PaperGiven]) -> Answered:
    """Answer questions of one's own paper, and hand it in with them where so said."""
    house, actor = house_of(request), actor_of(request)
    given = [Given(each.item, each.answers, tuple(each.clauses)) for each in data.answers]
    stored = answer_paper(house, actor, sitting_id, request_id=data.id, given=given)
    if data.hand_in:
        hand_in(house, actor, sitting_id, request_id=f"{data.id[:56]}-hand-in")
    return Answered(stored, data.hand_in)


@post("/sittings/{sitting_id:int}/marks", sync_to_thread=True, status_code=200)
def post_mark(request: AnyRequest, sitting_id: FromPath[int], data: JSONBody[ItemWanted]) -> MarkedQuestion:
    """Mark one answer where the exam tells at once: from then on a correction does not count."""
    house, actor = house_of(request), actor_of(request)
    question = mark_question(house, actor, sitting_id, data.item)
    return question_shown(explain_one(house, actor, sitting_id, question))


@post("/sittings/{sitting_id:int}/hand-in", sync_to_thread=True, status_code=200)
def post_hand_in(request: AnyRequest, sitting_id: FromPath[int], data: JSONBody[JustId]) -> ResultAnswer:
    """Hand one's own paper in; what it came to."""
    house, actor = house_of(request), actor_of(request)
    hand_in(house, actor, sitting_id, request_id=data.id)
    return result_shown(read_result(house, actor, sitting_id))


@get("/sittings/{sitting_id:int}", sync_to_thread=True)
def get_result(request: AnyRequest, sitting_id: FromPath[int]) -> ResultAnswer:
    """What a sitting came to: one's own, or anybody's for those who may read reports."""
    return result_shown(read_result(house_of(request), actor_of(request), sitting_id))


@get("/projects/{project_id:int}/certificates", sync_to_thread=True)
def get_certificates(request: AnyRequest, project_id: FromPath[int]) -> CertificateList:
    """Certificates for the project's rulebook: everybody's for those who may read reports, else one's own."""
    found = list_certificates(house_of(request), actor_of(request), project_id)
    return CertificateList([certificate_shown(*each) for each in found])


API: list[Any] = [
    get_exams,
    post_exam,
    get_exam,
    post_state,
    post_sitting,
    get_paper,
    post_answers,
    post_mark,
    post_hand_in,
    get_result,
    get_certificates,
]
