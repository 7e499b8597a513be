"""Exams from the command line: set up, sat by a program, read."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.exams import (
    Feedback,
    Given,
    PassRule,
    Result,
    Settings,
    answer_paper,
    begin_sitting,
    hand_in,
    list_certificates,
    open_exam,
    read_exams,
    read_paper,
    read_result,
    read_roll,
)
from guiju.exams.api import (
    certificate_shown,
    exam_shown,
    overview_shown,
    paper_shown,
    result_shown,
    sitting_shown,
)
from guiju.exams.errors import AnswersUnreadable
from guiju.exams.model import Sitting
from guiju.kinds import decode_answers
from guiju.kit import N_, Words, new_id

app = noun(help="Exams: set them up, sit them, see who passed.")

Project = Annotated[int, typer.Argument(help="The project’s number.")]
ExamId = Annotated[int, typer.Argument(metavar="EXAM", help="The exam’s id, as “exam list” prints it.")]
SittingId = Annotated[int, typer.Argument(metavar="SITTING", help="The paper’s id, as “exam begin” prints it.")]


@app.command("list")
def list_all(ctx: typer.Context, project: Project) -> None:
    """The project's exams and one's own papers; for who sets them up, what there is to ask."""
    with house_and_actor(ctx) as (house, actor):
        found = read_exams(house, actor, project)
    t = words_of(ctx)
    lines = [
        f"{each.exam.id}\t"
        + t(N_("exam {n}: {size} questions, pass mark {mark}"), n=each.exam.number, size=s.size, mark=s.pass_mark)
        for each in found.exams
        for s in [each.exam.settings]
    ]
    if found.supply:
        lines.append(t(N_("{n} right answers are known."), n=found.supply.total))
    emit(ctx, _plain(overview_shown(found)), "\n".join(lines))


@app.command("open")
def open_(
    ctx: typer.Context,
    project: Project,
    size: Annotated[int, typer.Option(help="How many questions a paper asks.")] = 20,
    pass_mark: Annotated[float, typer.Option(help="The share that passes.")] = 0.8,
    rule: Annotated[PassRule, typer.Option(help="What must reach it: the score, or its interval’s lower end.")] = (
        PassRule.POINT
    ),
    minutes: Annotated[float | None, typer.Option(help="The time for the whole paper (default: no limit).")] = None,
    feedback: Annotated[Feedback, typer.Option(help="When right answers are told.")] = Feedback.AT_END,
    attempts: Annotated[int, typer.Option(help="How often a person may sit it.")] = 3,
) -> None:
    """Set an exam up on the examples and rulings that the project has."""
    seconds = None if minutes is None else round(minutes * 60)
    settings = Settings(size, pass_mark, rule, seconds, feedback, attempts)
    with house_and_actor(ctx) as (house, actor):
        exam = open_exam(house, actor, project, request_id=new_id(), settings=settings)
    emit(ctx, {"exam": exam}, words_of(ctx)(N_("The exam is open: {exam}."), exam=exam))


@app.command()
def begin(ctx: typer.Context, exam: ExamId) -> None:
    """Begin a paper of one's own, or go on with it, and print what it asks."""
    with house_and_actor(ctx) as (house, actor):
        sitting = begin_sitting(house, actor, exam, request_id=new_id())
        paper = read_paper(house, actor, sitting.id)
    lines = [f"{item.id}\t{item.name}\t{item.text or item.url or ''}" for item in paper.items]
    said = words_of(ctx)(N_("Paper {sitting}:"), sitting=sitting.id)
    emit(ctx, _plain(paper_shown(paper)), "\n".join([said, *lines]))


@app.command()
def answer(
    ctx: typer.Context,
    sitting: SittingId,
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="JSON Lines: {item, answers: {field: answer}}.", exists=True)
    ],
    finish: Annotated[bool, typer.Option("--hand-in", help="Hand the paper in with them.")] = False,
) -> None:
    """Answer questions of one's own paper: all of the file or nothing."""
    given = [_given(line, n) for n, line in enumerate(path.read_bytes().splitlines(), 1) if line.strip()]
    with house_and_actor(ctx) as (house, actor):
        stored = answer_paper(house, actor, sitting, request_id=new_id(), given=given)
        if finish:
            hand_in(house, actor, sitting, request_id=new_id())
            result = read_result(house, actor, sitting)
            return emit(ctx, _plain(result_shown(result)), _result(result, words_of(ctx)))
    return emit(ctx, {"stored": stored}, words_of(ctx)(N_("{n} answers are stored."), n=stored))


class _Line(msgspec.Struct):
    item: int
    answers: dict[str, Any]
    clauses: list[str] = []


def _given(line: bytes, number: int) -> Given:
    try:
        said = msgspec.json.decode(line, type=_Line)
    except msgspec.MsgspecError as error:
        raise AnswersUnreadable(line=number, reason=str(error)) from error
    return Given(said.item, decode_answers(said.answers), tuple(said.clauses))


@app.command("hand-in")
def hand_in_(ctx: typer.Context, sitting: SittingId) -> None:
    """Hand one's own paper in, and print what it came to."""
    with house_and_actor(ctx) as (house, actor):
        hand_in(house, actor, sitting, request_id=new_id())
        result = read_result(house, actor, sitting)
    emit(ctx, _plain(result_shown(result)), _result(result, words_of(ctx)))


@app.command()
def result(ctx: typer.Context, sitting: SittingId) -> None:
    """What a paper came to, question by question once it is handed in."""
    with house_and_actor(ctx) as (house, actor):
        found = read_result(house, actor, sitting)
    emit(ctx, _plain(result_shown(found)), _result(found, words_of(ctx)))


@app.command()
def show(ctx: typer.Context, exam: ExamId) -> None:
    """Who sat an exam, and who passed."""
    with house_and_actor(ctx) as (house, actor):
        roll = read_roll(house, actor, exam)
    t = words_of(ctx)
    lines = [f"{name}\t{version}\t{_figures(one, t)}" for one, name, version in roll.sittings]
    sat = [{"name": name, "version": version, **_built(one)} for one, name, version in roll.sittings]
    told = {"exam": _plain(exam_shown(roll.exam)), "sittings": sat}
    emit(ctx, told, "\n".join(lines) or t(N_("Nobody has sat it yet.")))


@app.command()
def certificates(ctx: typer.Context, project: Project) -> None:
    """Who holds a certificate for the project's rulebook, and which have lapsed."""
    with house_and_actor(ctx) as (house, actor):
        found = list_certificates(house, actor, project)
    t = words_of(ctx)
    lines = [
        f"{account.name}\t{one.version}\t{one.score:.2f}"
        + (f"\t{t(N_('lapsed with {version}'), version=one.lapsed_by)}" if one.lapsed_at else "")
        for one, account in found
    ]
    told = [_plain(certificate_shown(*each)) for each in found]
    emit(ctx, told, "\n".join(lines) or t(N_("Nobody holds one yet.")))


def _plain(value: object) -> Any:
    """As JSON has it; an answer in it is JSON already."""
    return msgspec.json.decode(msgspec.json.encode(value))


def _built(one: Sitting) -> dict[str, Any]:
    return _plain(sitting_shown(one))


def _result(found: Result, t: Words) -> str:
    lines = [_figures(found.sitting, t)]
    lines += [
        f"{each.question.place}\t{each.item.name}\t{each.question.score or 0:.2f}\t{each.clause or '–'}"
        for each in found.questions
    ]
    return "\n".join(lines)


def _figures(one: Sitting, t: Words) -> str:
    if one.score is None or one.low is None or one.high is None:
        return t(N_("being sat"))
    verdict = t(N_("passed")) if one.passed else t(N_("not passed"))
    return f"{verdict}\t{one.score:.2f} [{one.low:.2f}, {one.high:.2f}]"
