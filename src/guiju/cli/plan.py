"""`guiju plan`: how many to look at, when to accept, and what the plan risks for whom. It needs no home."""

from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from guiju.cli.common import Noun, emit, refusals, words_of
from guiju.cli.table import table
from guiju.kit import N_, Sentence, Words
from guiju.stats.acceptance.curves import CurvePoint, curve, telling_shares
from guiju.stats.acceptance.risks import percent, probability, risks
from guiju.stats.acceptance.staged import PlanType, StagedPlan, staged_plan
from guiju.stats.acceptance.stages import Stages
from guiju.stats.acceptance.tables105e import Severity

_BAR = 24
_LAST_OF_ITEMS = 10.0  # AQLs above are meant for defects per hundred items
_PER_HUNDRED = N_(
    "An AQL above 10 counts defects per hundred items, of which an item may have several; "
    "the curve counts defective items."
)
_NO_RISKS = N_("At an AQL of 100 or more every item may be defective, so there is no share at which to tell the risks.")
_WAYS = "give --lot and --aql, or --prp and --crp, or --sequential with --p0 and --p1"
_TYPE_NAMES = {PlanType.SINGLE: N_("single"), PlanType.DOUBLE: N_("double"), PlanType.MULTIPLE: N_("multiple")}
_SEVERITY_NAMES = {
    Severity.NORMAL: N_("normal"),
    Severity.TIGHTENED: N_("tightened"),
    Severity.REDUCED: N_("reduced"),
}


def add_to(app: Noun) -> None:
    """Add `plan` to the program."""
    app.command("plan")(plan)


def plan(
    ctx: typer.Context,
    lot: Annotated[int | None, typer.Option(help="How many items the lot has.")] = None,
    aql: Annotated[str | None, typer.Option(help="Acceptance quality limit in %, as the tables have it.")] = None,
    level: Annotated[str, typer.Option(help="Inspection level: I, II, III, S-1 to S-4.")] = "II",
    severity: Annotated[Severity, typer.Option(help="How strict.")] = Severity.NORMAL,
    kind: Annotated[PlanType, typer.Option("--type", help="In how many samples.")] = PlanType.SINGLE,
    prp: Annotated[str | None, typer.Option(metavar="P,PA", help="Accept the share P with probability PA.")] = None,
    crp: Annotated[str | None, typer.Option(metavar="P,PA", help="Accept the share P with PA at most.")] = None,
    sequential: Annotated[bool, typer.Option("--sequential", help="One item after the other (Wald).")] = False,
    p0: Annotated[float | None, typer.Option(help="The good share, for --sequential.")] = None,
    p1: Annotated[float | None, typer.Option(help="The poor share, for --sequential.")] = None,
    alpha: Annotated[float, typer.Option(help="The risk of rejecting the good share.")] = 0.05,
    beta: Annotated[float, typer.Option(help="The risk of accepting the poor share.")] = 0.10,
) -> None:
    """Print a sampling plan with its risks: from the tables, from two points, or sequential."""
    with refusals(ctx):
        if sequential:
            _demand(p0 is not None and p1 is not None and not (aql or prp or crp))
            _print_sequential(ctx, (p0 or 0.0, p1 or 0.0, alpha, beta), lot)
        elif prp or crp:
            _demand(prp is not None and crp is not None and not aql)
            _print_twopoint(ctx, point(prp, "--prp"), point(crp, "--crp"), lot)
        elif lot is None or aql is None:
            raise typer.BadParameter(_WAYS)
        else:
            _print_staged(ctx, staged_plan(lot, aql, level, severity, kind=kind))


def _demand(holds: bool) -> None:
    if not holds:
        raise typer.BadParameter(_WAYS)


def point(text: str | None, option: str) -> tuple[float, float]:
    """`0.01,0.95` as two numbers; exit code 2 when it is not."""
    parts = (text or "").split(",")
    try:
        share, often = (float(part) for part in parts)
    except ValueError as error:
        raise typer.BadParameter(f"{option}: give a share and a probability, as 0.01,0.95") from error
    return share, often


def _print_staged(ctx: typer.Context, made: StagedPlan) -> None:
    t = words_of(ctx)
    points = curve(made.stages, telling_shares(made.stages, made.lot), made.lot)
    share = float(made.aql) / 100
    found = risks(made.stages, share, made.lot) if share < 1 else None
    said = [made.note] if made.note else []
    said += found.meaning if found else [Sentence(_NO_RISKS)]
    if float(made.aql) > _LAST_OF_ITEMS:
        said.append(Sentence(_PER_HUNDRED))
    head = t(
        "Lot of {lot}, level {level}, AQL {aql}%, {severity}, {type}: letter {letter}",
        lot=made.lot,
        level=made.level,
        aql=made.aql,
        severity=t(_SEVERITY_NAMES[made.severity]),
        type=t(_TYPE_NAMES[made.kind]),
        letter=made.letter,
    )
    note = None if made.note is None else made.note.spoken(t)
    answer = {**made.to_dict(), "note": note, "risks": found and found.to_dict(), **_answer(points, said, t)}
    emit(ctx, answer, _page(head, _stage_table(made.stages, t), said, _picture(points, t), t))


def _print_twopoint(ctx: typer.Context, prp: tuple[float, float], crp: tuple[float, float], lot: int | None) -> None:
    from guiju.stats.acceptance.two_point import two_point_plan  # noqa: PLC0415 - this way of asking alone

    t, made = words_of(ctx), two_point_plan(prp, crp, lot)
    points = curve(made.stages, telling_shares(made.stages, lot), lot)
    head = t(
        "The smallest plan that accepts {good} with {often} and {poor} with {seldom} at most",
        good=percent(prp[0]),
        often=probability(prp[1]),
        poor=percent(crp[0]),
        seldom=probability(crp[1]),
    )
    answer = {**made.to_dict(), **_answer(points, made.meaning, t)}
    emit(ctx, answer, _page(head, _stage_table(made.stages, t), made.meaning, _picture(points, t), t))


def _print_sequential(ctx: typer.Context, asked: tuple[float, float, float, float], lot: int | None) -> None:
    from guiju.stats.acceptance.sequential import sequential_curve, sequential_plan  # noqa: PLC0415 - this way of asking alone

    t, made = words_of(ctx), sequential_plan(*asked)
    last = min(1.0, 1.5 * made.p1)
    points = sequential_curve(made, [last * step / 20 for step in range(21)], lot=lot)
    head = t(
        "Sequential: accept at {s} n − {h1} or fewer, reject at {s} n + {h2} or more",
        s=f"{made.s:.4f}",
        h1=f"{made.h1:.3f}",
        h2=f"{made.h2:.3f}",
    )
    looked = [made.first_accept_at * times for times in range(1, 6)]
    rows = [(str(n), f"≤ {made.accept_at(n)}", f"≥ {made.reject_at(n)}") for n in looked]
    looks = table((t(N_("looked at")), t(N_("accept at")), t(N_("reject at"))), rows, left=0)
    answer = {
        **made.to_dict(),
        "oc": [[point.share, point.accepted] for point in points],
        "asn": [[point.share, point.sample] for point in points],
        "sentence": _spoken(made.meaning, t),
    }
    picture = _bars([(point.share, point.accepted, point.sample) for point in points], t)
    emit(ctx, answer, _page(head, looks, made.meaning, picture, t))


def _answer(points: Sequence[CurvePoint], said: Iterable[Sentence], t: Words) -> dict[str, object]:
    return {
        "oc": [[point.share, point.accepted] for point in points],
        "asn": [[point.share, point.sample] for point in points],
        "sentence": _spoken(said, t),
    }


def _spoken(said: Iterable[Sentence], t: Words) -> str:
    return " ".join(sentence.spoken(t) for sentence in said)


def _page(head: str, lines: list[str], said: Iterable[Sentence], picture: list[str], t: Words) -> str:
    spoken = [sentence.spoken(t) for sentence in said]
    return "\n".join([head, "", *lines, "", *spoken, "", *picture])


def _stage_table(stages: Stages, t: Words) -> list[str]:
    head = (t(N_("sample")), t(N_("look at")), t(N_("in all")), t(N_("accept at")), t(N_("reject at")))
    rows, seen = list[tuple[str, ...]](), 0
    for number, stage in enumerate(stages, 1):
        seen += stage.n
        accept = "–" if stage.accept is None else f"≤ {stage.accept}"
        rows.append((str(number), str(stage.n), str(seen), accept, f"≥ {stage.reject}"))
    return table(head, rows, left=0)


def _picture(points: Sequence[CurvePoint], t: Words) -> list[str]:
    return _bars([(point.share, point.accepted, point.sample) for point in points], t)


def _bars(points: Sequence[tuple[float, float, float]], t: Words) -> list[str]:
    """The OC curve as text: every second point, with the items looked at on average beside it."""
    head = (t(N_("share defective")), t(N_("P(accept)")), "", t(N_("items looked at")))
    shown = points if len(points) <= 11 else points[::2]
    rows = [(percent(share), probability(a), _bar(a), f"{sample:.0f}") for share, a, sample in shown]
    return table(head, rows, left=0)


def _bar(value: float) -> str:
    return ("█" * round(_BAR * value)).ljust(_BAR, "·")
