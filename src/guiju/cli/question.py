"""Questions from the command line: what waits, what is like it, whose it is, and the ruling."""

from typing import Annotated, Any

import typer

from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.cli.data import ProjectName, find_project_id
from guiju.findings.taking import As, take_up_ruling
from guiju.kit import N_, PageRequest, iso, new_id, now
from guiju.people import AccountNotFound, Act, find_account, find_account_by_email
from guiju.projects import authorise
from guiju.rulings import (
    Answered,
    QuestionState,
    Wanted,
    answer_question,
    ask_question,
    assign_questions,
    find_similar,
    list_questions,
    merge_questions,
    read_waiting,
    set_line,
    unmerge_question,
)

app = noun("Questions: ask them, see what waits and whose it is, merge them, rule on them.")

Number = Annotated[int, typer.Argument(metavar="QUESTION", help="The number that `question list` prints.")]
Numbers = Annotated[list[int], typer.Argument(metavar="QUESTION…", help="Numbers that `question list` prints.")]
Labels = Annotated[list[str] | None, typer.Option("--label", help="A label in doubt; may be repeated.")]
ItemNumber = Annotated[int | None, typer.Option("--item", help="The number of the item that it is about.")]


def _shown(one: Answered) -> dict[str, Any]:
    q, ruling = one.question, one.ruling
    about = {"question": q.id, "state": q.state, "text": q.text, "items": list(q.about), "labels": list(q.labels)}
    told = {"clause": q.clause, "owner": q.owner_id, "merged_into": q.merged_into, "asked_at": iso(q.at)}
    return {**about, **told, "ruling": {"id": ruling.id, "text": ruling.text} if ruling else None}


@app.command("list")
def list_all(
    ctx: typer.Context,
    project: ProjectName,
    show: Annotated[QuestionState, typer.Option(help="Which.")] = QuestionState.OPEN,
    words: Annotated[str, typer.Option(help="Only those with these words.")] = "",
    label: Annotated[str, typer.Option(help="Only those in which this label is in doubt.")] = "",
    clause: Annotated[str, typer.Option(help="Only those that name this clause.")] = "",
) -> None:
    """Questions, the open ones with the oldest first."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        wanted = Wanted(show, None, clause, label, words)
        found = list_questions(house, actor, project_id, wanted, PageRequest(200)).rows
        lines = [f"{one.question.id}\t{iso(one.question.at)[:10]}\t{one.question.text}" for one in found]
        emit(ctx, [_shown(one) for one in found], "\n".join(lines))


@app.command()
def ask(
    ctx: typer.Context,
    project: ProjectName,
    text: Annotated[str, typer.Argument(help="What is unclear.")],
    item: ItemNumber = None,
    label: Labels = None,
    clause: Annotated[str | None, typer.Option(help="The clause that it is about.")] = None,
) -> None:
    """Ask a question; print its number."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        about: dict[str, Any] = {"text": text, "item_id": item, "labels": label or [], "clause": clause}
        asked = ask_question(house, actor, project_id, request_id=new_id(), **about)
        emit(ctx, {"question": asked}, str(asked))


@app.command()
def similar(
    ctx: typer.Context,
    project: ProjectName,
    text: Annotated[str, typer.Argument(help="What would be asked.")],
    item: ItemNumber = None,
    label: Labels = None,
) -> None:
    """Questions like one that nobody has asked yet, with their rulings."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        items = [item] if item is not None else []
        found = find_similar(house, actor, project_id, text=text, items=items, labels=label or [])
        told = [
            {"question": each.id, "text": each.text, "score": round(each.score, 3), "why": list(each.why),
             "ruling": each.ruling.text if each.ruling else None}
            for each in found
        ]  # fmt: skip
        lines = [f"{each.id}\t{each.score:.2f}\t{each.text}" for each in found]
        emit(ctx, told, "\n".join(lines))


@app.command()
def waiting(
    ctx: typer.Context,
    project: ProjectName,
    overdue_after: Annotated[int | None, typer.Option(help="From now on, overdue after so many hours.")] = None,
) -> None:
    """How many questions are open, since when, whose they are, and what is overdue."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        if overdue_after is not None:
            set_line(house, actor, project_id, hours=overdue_after)
        with house.reading() as connection:
            authorise(connection, actor, project_id, Act.SEE_REPORTS)
            found = read_waiting(connection, project_id, now())
            accounts = {each.owner_id: find_account(connection, each.owner_id or 0) for each in found.owners}
        t, names = words_of(ctx), {owner: account.email if account else "–" for owner, account in accounts.items()}
        owners = [{"owner": names[each.owner_id], "open": each.open, "overdue": each.overdue} for each in found.owners]
        told = {"open": found.open, "overdue": found.overdue, "hours": found.hours}
        lines = [t(N_("{open} open, {overdue} overdue after {hours} hours"), **told)]
        lines += [f"{each['owner']}\t{each['open']}\t{each['overdue']}" for each in owners]
        emit(
            ctx,
            {**told, "owners": owners},
            "\n".join(lines),
        )


@app.command()
def assign(
    ctx: typer.Context,
    project: ProjectName,
    questions: Numbers,
    to: Annotated[str, typer.Option(help="An e-mail address; without it they are nobody’s.")] = "",
) -> None:
    """Give open questions to somebody who may answer them."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        with house.reading() as connection:
            account = find_account_by_email(connection, to) if to else None
        if to and account is None:
            raise AccountNotFound(email=to)
        owner = account.id if account else None
        changed = assign_questions(house, actor, project_id, request_id=new_id(), questions=questions, owner=owner)
        emit(ctx, {"questions": changed}, str(changed))


@app.command()
def merge(
    ctx: typer.Context,
    project: ProjectName,
    into: Annotated[int, typer.Argument(metavar="INTO", help="The question whose ruling answers all.")],
    questions: Numbers,
) -> None:
    """Make questions one."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        merged = merge_questions(house, actor, project_id, request_id=new_id(), questions=questions, into=into)
        emit(ctx, {"questions": merged}, str(merged))


@app.command()
def unmerge(ctx: typer.Context, question: Number) -> None:
    """Let a merged question stand for itself again."""
    with house_and_actor(ctx) as (house, actor):
        unmerge_question(house, actor, question, request_id=new_id())
        emit(ctx, {"question": question}, str(question))


@app.command()
def rule(
    ctx: typer.Context,
    question: Number,
    text: Annotated[str, typer.Argument(help="What is ruled, in words.")],
    clause: Annotated[str | None, typer.Option(help="The clause that it rests on.")] = None,
) -> None:
    """Rule on a question; print the ruling's number."""
    with house_and_actor(ctx) as (house, actor):
        ruling = answer_question(house, actor, question, request_id=new_id(), text=text, clause=clause)
        emit(ctx, {"ruling": ruling}, str(ruling))


@app.command("take-up")
def take_up(
    ctx: typer.Context,
    project: ProjectName,
    ruling: Annotated[int, typer.Argument(metavar="RULING", help="The number that `question rule` printed.")],
    wanted: Annotated[As, typer.Option("--as", help="What it becomes.")] = As.BOUNDARY,
    title: Annotated[str, typer.Option(help="A clause’s title; else it is the question.")] = "",
) -> None:
    """Put a ruling into the rulebook's draft; print the example's or clause's id."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        told: dict[str, Any] = {"wanted": wanted, "title": title}
        name = take_up_ruling(house, actor, project_id, ruling, request_id=new_id(), **told)
        emit(ctx, {"name": name}, name)
