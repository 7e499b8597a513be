"""Who works on what of a round, from the command line."""

from typing import Annotated

import typer

from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.kit import N_, Words, new_id
from guiju.people import account_ids_of
from guiju.storage import House
from guiju.work.gold import admit
from guiju.work.overlap import ONE, TwoWays, Way, read_overlap
from guiju.work.overlap.actions import ask_for_several
from guiju.work.queue import (
    PRIORITY_NAMES,
    By,
    Change,
    Demands,
    Hands,
    Part,
    Priority,
    change_batch,
    hand_over,
    put_back,
    read_queue,
    split_batch,
    withdraw_batch,
)
from guiju.work.queue.api import describe_queue
from guiju.work.queue.model import QueuePage

app = noun(help="Who works on what of a round: its batches and people.")

RoundId = Annotated[int, typer.Argument(metavar="ROUND", help="The round’s id.")]
BatchId = Annotated[int, typer.Argument(metavar="BATCH", help="The batch’s number, as `queue show` lists it.")]
Name = Annotated[str, typer.Option(help="What the batch is called.")]
Level = Annotated[int, typer.Option(help="1 later, 5 normal, 7 first, 9 urgent.")]
Due = Annotated[str | None, typer.Option(help="The day by which it is wanted, as 2026-11-30.")]
Languages = Annotated[list[str] | None, typer.Option("--language", help="Only for people with this language.")]
Skill = Annotated[list[str] | None, typer.Option("--skill", help="Only for people with this skill.")]
With = Annotated[list[str] | None, typer.Option("--with", help="Only for these people, by e-mail address.")]
Certified = Annotated[bool, typer.Option(help="Only for people who passed the exam on the rules.")]


@app.command()
def show(ctx: typer.Context, number: RoundId) -> None:
    """List the round’s batches in the order in which they are handed out, and its people."""
    with house_and_actor(ctx) as (house, actor):
        page = read_queue(house, actor, number)
        emit(ctx, describe_queue(page), _text(page, words_of(ctx)))


def _text(page: QueuePage, words: Words) -> str:
    lines: list[str] = []
    for line in page.batches:
        batch, of = line.batch, line.counts
        level = words(PRIORITY_NAMES.get(Priority(batch.priority), "")) if batch.priority in set(Priority) else ""
        state = words(N_("withdrawn")) if batch.withdrawn else level
        lines.append(f"{batch.id}\t{batch.name}\t{state}\t{of.open}\t{of.leased}\t{of.done}")
    lines += [f"{each.name}\t{each.counts.open}\t{each.counts.leased}\t{each.counts.done}" for each in page.people]
    return "\n".join(lines)


@app.command()
def split(
    ctx: typer.Context,
    number: RoundId,
    batch: BatchId,
    name: Name,
    value: Annotated[
        str, typer.Argument(help="How many items; or a source’s or scene’s number, or what a column says.")
    ],
    by: Annotated[By, typer.Option(help="By what the part is split off.")] = By.COUNT,
    column: Annotated[str, typer.Option(help="The column, of a split by column.")] = "",
    priority: Level = Priority.NORMAL.value,
    due: Due = None,
    language: Languages = None,
    skill: Skill = None,
    people: With = None,
    certified: Certified = False,
) -> None:
    """Split a part off a batch, with its own priority, day and people."""
    with house_and_actor(ctx) as (house, actor):
        kept = _demands(house, language, skill, people, certified)
        change = Change(name, priority, due, kept)
        made = split_batch(house, actor, number, batch, Part(by, value, column), change, request_id=new_id())
        emit(ctx, {"batch": made}, words_of(ctx)(N_("Split off as batch {batch}."), batch=made))


@app.command()
def change(
    ctx: typer.Context,
    number: RoundId,
    batch: BatchId,
    name: Name,
    priority: Level = Priority.NORMAL.value,
    due: Due = None,
    language: Languages = None,
    skill: Skill = None,
    people: With = None,
    certified: Certified = False,
) -> None:
    """Change what a batch is called, when it is handed out and to whom; what is left out is as in a new one."""
    with house_and_actor(ctx) as (house, actor):
        kept = _demands(house, language, skill, people, certified)
        change_batch(house, actor, number, batch, Change(name, priority, due, kept))
        emit(ctx, {"batch": batch}, words_of(ctx)(N_("Batch {batch} is changed."), batch=batch))


def _demands(
    house: House, languages: list[str] | None, skills: list[str] | None, people: list[str] | None, certified: bool
) -> Demands:
    accounts = tuple(account_ids_of(house, people or []))
    return Demands(tuple(languages or ()), tuple(skills or ()), certified, accounts)


@app.command()
def withdraw(
    ctx: typer.Context,
    number: RoundId,
    batch: BatchId,
    reason: Annotated[str, typer.Option(help="Why these items are not wanted in this round any more.")],
) -> None:
    """Take what waits of a batch out of the round; what was answered or begun is kept."""
    with house_and_actor(ctx) as (house, actor):
        moved = withdraw_batch(house, actor, number, batch, reason=reason)
        emit(ctx, {"batch": batch, "moved": moved}, words_of(ctx)(N_("Withdrawn: {count} answers."), count=moved))


@app.command("put-back")
def put_back_(ctx: typer.Context, number: RoundId, batch: BatchId) -> None:
    """Let a withdrawn batch be handed out again."""
    with house_and_actor(ctx) as (house, actor):
        moved = put_back(house, actor, number, batch)
        emit(ctx, {"batch": batch, "moved": moved}, words_of(ctx)(N_("Put back: {count} answers."), count=moved))


@app.command("hand-over")
def hand_over_(
    ctx: typer.Context,
    number: RoundId,
    give: Annotated[str, typer.Argument(metavar="FROM", help="Whose work, by e-mail address.")],
    take: Annotated[str, typer.Option("--to", help="Who gets it; left out, anybody.")] = "",
) -> None:
    """Give what waits for somebody of a round, and what they have in hand, to somebody else or to anybody."""
    with house_and_actor(ctx) as (house, actor):
        to = Hands(account_id=account_ids_of(house, [take])[0]) if take else Hands()
        moved = hand_over(house, actor, number, Hands(account_id=account_ids_of(house, [give])[0]), to)
        said = words_of(ctx)(N_("Handed over: {count}; left: {left}."), count=moved.moved, left=moved.left)
        emit(ctx, {"moved": moved.moved, "left": moved.left}, said)


@app.command("admit")
def admit_(
    ctx: typer.Context,
    number: RoundId,
    person: Annotated[str, typer.Argument(help="Who was stopped, by e-mail address.")],
    reason: Annotated[str, typer.Option(help="What was talked over or learnt: your signed word.")],
) -> None:
    """Let somebody back in whom known answers stopped; what they answer counts anew."""
    with house_and_actor(ctx) as (house, actor):
        admit(house, actor, number, account_ids_of(house, [person])[0], reason=reason)
        emit(ctx, {"person": person}, words_of(ctx)(N_("They are let back in; what they answer counts anew.")))


@app.command()
def several(
    ctx: typer.Context,
    number: RoundId,
    most: Annotated[int, typer.Argument(help="How many answers an item gets; with --share or --until at most.")] = 2,
    share: Annotated[float | None, typer.Option(help="Only for this share of what waits, as .2.")] = None,
    until: Annotated[float | None, typer.Option(help="Ask again until a label is so probable, as .95.")] = None,
    least: Annotated[int, typer.Option(help="With --until: how many answers every item gets at least.")] = 2,
) -> None:
    """Ask for several answers to what waits in a rework or a recheck."""
    if share is not None and until is not None:
        raise TwoWays
    way = Way.SHARE if share is not None else Way.UNTIL if until is not None else Way.FIXED
    with house_and_actor(ctx) as (house, actor):
        wanted = read_overlap(way, least, most, share or 0.0, until or ONE.sure, ONE.alike)
        more = ask_for_several(house, actor, number, wanted, request_id=new_id())
        emit(ctx, {"moved": more}, words_of(ctx)(N_("{count} more answers are wanted now."), count=more))
