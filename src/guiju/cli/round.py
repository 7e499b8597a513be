"""Rounds from the command line: production is opened, with suggestions or blind; how long its answers took."""

from typing import Annotated, Any

import typer

from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.consensus import choose_and_resolve
from guiju.consensus.wanting import ask_no_more, describe_overlap, read_overlap_of
from guiju.kit import N_, Words, new_id
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, House
from guiju.work import GoldWish, open_production
from guiju.work.gold import Returns
from guiju.work.overlap import ONE, Overlap, TwoWays, Way, read_overlap
from guiju.work.pace import PaceReport, describe_pace, make_pace
from guiju.work.prefill import Policy, policy_of

app = noun(help="Rounds: production opened, and the pace of its answers.")


@app.command("open")
def open_(
    ctx: typer.Context,
    project: Annotated[int, typer.Argument(help="The project’s number.")],
    overlap: Annotated[
        int, typer.Option(help="How many annotators answer each item; with --share or --until at most.")
    ] = 1,
    share: Annotated[
        float | None, typer.Option(help="Only this share of the items gets several answers, as .2.")
    ] = None,
    until: Annotated[
        float | None, typer.Option(help="Ask again, up to --overlap answers, until a label is so probable, as .95.")
    ] = None,
    alike: Annotated[
        float | None, typer.Option(help="The same for answers without one label: how far they agree.")
    ] = None,
    least: Annotated[int, typer.Option(help="With --until: how many answers every item gets at least.")] = 2,
    reason: Annotated[str | None, typer.Option(help="Sign a reason for going on without a passed trial.")] = None,
    suggest: Annotated[
        str | None, typer.Option(help="Suggest this model’s, or imported annotator’s, answers (default: blind).")
    ] = None,
    suggest_round: Annotated[int | None, typer.Option(help="Suggest the answers of this round, by its id.")] = None,
    certified: Annotated[bool, typer.Option(help="Only for people who passed the exam on the rules.")] = False,
    gold: Annotated[float, typer.Option(help="Mix known answers in unseen: their share, as 0.05.")] = 0.0,
    line: Annotated[float, typer.Option(help="Of them so many are to be right; who is surely below stops.")] = 0.8,
    returns: Annotated[Returns, typer.Option(help="What brings them back, beside your word.")] = Returns.PRACTICE,
) -> None:
    """Open production over every item that has no answer yet."""
    with house_and_actor(ctx) as (house, actor):
        policy = _policy(house, actor, project, suggest, suggest_round)
        wanted = _wanted(overlap, share, until, alike, least)
        options: dict[str, Any] = {"overlap": wanted, "reason": reason, "policy": policy, "certified": certified}
        if gold:
            options["gold"] = GoldWish(gold, line, returns=returns)
        opened = open_production(house, actor, project, request_id=new_id(), **options)
        emit(ctx, {"round": opened}, words_of(ctx)(N_("Production is open: round {round}."), round=opened))


def _wanted(most: int, share: float | None, until: float | None, alike: float | None, least: int) -> int | Overlap:
    if share is not None and (until is not None or alike is not None):
        raise TwoWays
    if share is not None:
        return read_overlap(Way.SHARE, 1, most, share, ONE.sure, ONE.alike)
    if until is None and alike is None:
        return most
    sure, same = (ONE.sure if until is None else until), (ONE.alike if alike is None else alike)
    return read_overlap(Way.UNTIL, least, most, 0.0, sure, same)


@app.command()
def overlap(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ROUND", help="The round’s id.")],
    end: Annotated[bool, typer.Option("--end", help="Ask for no further answers.")] = False,
) -> None:
    """Print how many answers the items of a round have, what is settled, and who is how reliable."""
    with house_and_actor(ctx) as (house, actor):
        if end:
            ask_no_more(house, actor, number, request_id=new_id())
        told = describe_overlap(read_overlap_of(house, actor, number)[0])
        emit(ctx, told, _overlap_text(told, words_of(ctx)))


@app.command()
def resolve(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ROUND", help="The round’s id.")],
    method: Annotated[str, typer.Option(help="How: recommended, or a method by name.")] = "recommended",
    at_least: Annotated[float, typer.Option(help="Leave to a person what is less sure than this, as .8.")] = 0.0,
    merge: Annotated[
        str, typer.Option(help="How what is no single label comes together: recommended, merge, closest or trusted.")
    ] = "recommended",
) -> None:
    """Make one answer of the several that the items of a closed round have."""
    with house_and_actor(ctx) as (house, actor):
        asked: dict[str, Any] = {"method": method, "at_least": at_least, "merge": merge}
        found = choose_and_resolve(house, actor, number, request_id=new_id(), **asked)
        said = N_("{resolved} items resolved by {method}; {ties} tied and {unsure} unsure ones are left to a person.")
        counts = {"resolved": found.resolved, "ties": len(found.ties), "unsure": len(found.unsure)}
        emit(ctx, {"method": found.method, **counts}, words_of(ctx)(said, method=found.method, **counts))


def _overlap_text(told: dict[str, Any], words: Words) -> str:
    said = N_("{items} items, {answers} answers given, {open} still wanted.")
    lines = [words(said, **{name: told[name] for name in ("items", "answers", "open")})]
    if told["policy"]["way"] == Way.UNTIL:
        said = N_("Settled {settled}, unsure and asked again {wanted}, unsure for a person to decide {unsure}.")
        lines.append(words(said, **told["states"]))
    if told["saved"]:
        lines.append(words(N_("{share} fewer answers than as many for every item."), share=f"{told['saved']:.0%}"))
    return "\n".join(
        lines + [f"{one['name']}: {one['accuracy']:.0%} ({one['answers']:.0f})" for one in told["annotators"]]
    )


def _policy(house: House, actor: Actor, project: int, suggest: str | None, suggest_round: int | None) -> Policy:
    with house.reading() as connection:
        authorise(connection, actor, project, Act.OPEN_ROUND)
        return policy_of(connection, project, round_id=suggest_round, annotator=suggest)


@app.command()
def pace(ctx: typer.Context, number: Annotated[int, typer.Argument(metavar="ROUND", help="The round’s id.")]) -> None:
    """Print how long the answers took, by annotator, and what became of suggestions."""
    with house_and_actor(ctx) as (house, actor):
        report = make_pace(house, actor, number)
        emit(ctx, describe_pace(report), _text(report, words_of(ctx)))


def _text(report: PaceReport, words: Words) -> str:
    lines = [f"{each.annotator}: {each.answers}, {_seconds(each.median_ms)} s" for each in report.people]
    if report.suggested:
        told = N_("Suggestions: {accepted} accepted, {corrected} corrected, {rejected} rejected.")
        counts = {"accepted": report.accepted, "corrected": report.corrected, "rejected": report.rejected}
        lines.append(words(told, **counts))
    if report.biased:
        lines.append(words(N_("Accepted faster than one can look: {names}."), names=", ".join(report.biased)))
    return "\n".join(lines) or words(N_("Nobody has answered yet."))


def _seconds(ms: float | None) -> str:
    return "–" if ms is None else f"{ms / 1000:.1f}"
