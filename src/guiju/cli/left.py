"""What a project leaves in the bank, from the command line: consents, grades, what is held back."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from guiju.bank import Given, end_consent, give_consent, list_consents, read_left
from guiju.bank.consents.actions import attach_paper, deposit_again, read_paper
from guiju.bank.consents.api import left_answer
from guiju.bank.consents.rules import check_paper
from guiju.bank.grades import GRADES
from guiju.bank.model import HELD_NAMES, Held
from guiju.cli.common import Noun, emit, house_and_actor, words_of
from guiju.kit import new_id
from guiju.storage import Actor, House

Project = Annotated[int, typer.Argument(help="The project's number.")]


def left(ctx: typer.Context, project: Project) -> None:
    """Show what a project left in the bank: grades, rights, what is held back and why, consents."""
    with house_and_actor(ctx) as (house, actor):
        _show(ctx, house, actor, project)


def _show(ctx: typer.Context, house: House, actor: Actor, project: int) -> None:
    t = words_of(ctx)
    _, consents = list_consents(house, actor, project)
    found = read_left(house, actor, project)
    lines = [t("{count} deposits, {general} of them for all", count=found.deposits, general=found.general)]
    lines += [f"{grade}\t{t(GRADES[grade][1])}\t{n}" for grade, n in found.grades.items()]
    lines += [f"{t(HELD_NAMES[Held(why)])}\t{n}" for why, n in found.held.items()]
    lines += [f"{one.id}\t{one.purpose}\t{one.document}\t{one.given_by}" for one in consents]
    emit(ctx, msgspec.to_builtins(left_answer(found, consents)), "\n".join(lines))


def consent(
    ctx: typer.Context,
    project: Project,
    purpose: Annotated[str, typer.Option(help="What the data may be used for.")],
    words: Annotated[str, typer.Option(help="The words agreed to.")],
    document: Annotated[str, typer.Option(help="The paper that says so: a contract's number and clause.")],
    until: Annotated[str, typer.Option(help="The last day, such as 2030-12-31; none: until it is ended.")] = "",
    looked_through: Annotated[
        bool, typer.Option("--looked-through", help="Pictures and recordings were looked through for people.")
    ] = False,
    paper: Annotated[
        typer.FileBinaryRead | None, typer.Option(help="The signed paper: a PDF, PNG, JPEG or TIFF.")
    ] = None,
) -> None:
    """Put the customer's consent on record, as the requester: others' projects may use what this one leaves."""
    with house_and_actor(ctx) as (house, actor):
        content = paper.read() if paper is not None else b""
        if paper is not None:
            check_paper(Path(paper.name).name, content)
        given = Given(purpose, words, document, until, looked_through)
        made = give_consent(house, actor, project, new_id(), given)
        if paper is not None:
            attach_paper(house, actor, project, made, new_id(), Path(paper.name).name, content)
        _show(ctx, house, actor, project)


def fetch_paper(
    ctx: typer.Context,
    project: Project,
    consent: Annotated[int, typer.Argument(help="The consent's id.")],
    out: Annotated[Path | None, typer.Option(help="Where the signed paper is written; its own name here.")] = None,
    attach: Annotated[Path | None, typer.Option(help="Put this file on record as the signed paper.")] = None,
) -> None:
    """Fetch the signed paper of a consent, or put it on record."""
    with house_and_actor(ctx) as (house, actor):
        if attach is not None:
            attach_paper(house, actor, project, consent, new_id(), attach.name, attach.read_bytes())
            _show(ctx, house, actor, project)
            return
        name, content = read_paper(house, actor, project, consent)
        to = out or Path(Path(name).name)
        to.write_bytes(content)
        emit(ctx, {"file": str(to), "bytes": len(content)}, str(to))


def end(
    ctx: typer.Context, project: Project, consent: Annotated[int, typer.Argument(help="The consent's id.")]
) -> None:
    """End a consent: what is general under it is for its customer only from now on."""
    with house_and_actor(ctx) as (house, actor):
        end_consent(house, actor, project, consent)
        _show(ctx, house, actor, project)


def deposit(
    ctx: typer.Context,
    project: Project,
    general: Annotated[
        bool, typer.Option("--general", help="Refuse, and say why, when nothing could become general.")
    ] = False,
) -> None:
    """Deposit the accepted lots of a project once more: after masking, or when scenes have changed."""
    with house_and_actor(ctx) as (house, actor):
        jobs = deposit_again(house, actor, project, general=general)
        t = words_of(ctx)
        emit(ctx, {"jobs": jobs}, t("{count} lots are deposited once more", count=len(jobs)))


def add_to(app: Noun) -> None:
    app.command()(left)
    app.command()(consent)
    app.command("end-consent")(end)
    app.command("consent-paper")(fetch_paper)
    app.command()(deposit)
