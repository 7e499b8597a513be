"""`guiju agreement`: how alike annotators answer, from a file of answers. It needs no home."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from guiju.cli.answers import (
    AGAIN,
    Again,
    Annotator,
    By,
    Engine,
    File,
    Item,
    Label,
    Named,
    Repeats,
    Scratch,
    Skip,
    Times,
    Wide,
    answers,
    demand_for_marks,
    fits,
    in_memory,
    in_shards,
    marks_of,
    picks,
    ratings_of,
    repeated,
)
from guiju.cli.common import Noun, emit, refusals, words_of
from guiju.cli.marks import tell_agreement
from guiju.cli.table import between, spoken, table, three
from guiju.kit import N_, Words

if TYPE_CHECKING:  # NumPy, which only these commands need
    from guiju.bulk.files import Picks
    from guiju.stats.agreement.drivers import Drivers
    from guiju.stats.agreement.report import Agreement

SHOWN = 10
MOST_DRIVEN = 2_000_000
_SETS = frozenset({"jaccard", "masi"})


def add_to(app: Noun) -> None:
    """Add `agreement` to the program."""
    app.command("agreement")(agreement)


def agreement(
    ctx: typer.Context,
    file: File,
    columns: Named = "",
    item: Item = "",
    annotator: Annotator = "",
    label: Label = "",
    wide: Wide = "",
    times: Times = "",
    skip: Skip = 0,
    distance: Annotated[
        str, typer.Option(help="nominal, ordinal, interval, ratio, jaccard, masi (labels of a set: a|b).")
    ] = "nominal",
    engine: By = Engine.LOCAL,
    repeats: Again = Repeats.KEEP,
    scratch: Scratch = None,
    seed: Annotated[int, typer.Option(help="Seed of the resamples behind the intervals.")] = 0,
) -> None:
    """Print agreement: observed and beyond chance, by label, pair and person, and what drives it down."""
    told = picks(columns=columns, item=item, annotator=annotator, label=label, wide=wide, times=times, skip=skip)
    with refusals(ctx):
        if (ratings := ratings_of(file, told)) is not None:
            demand_for_marks(file.name, engine=engine is not Engine.LOCAL)
            _tell(ctx, *_of_columns(ratings, distance, seed), distance, 0)
        elif (marks := marks_of(file, told)) is not None:
            demand_for_marks(file.name, engine=engine is not Engine.LOCAL, distance=distance != "nominal")
            tell_agreement(ctx, marks, seed)
        else:
            _of_table(ctx, file, told, (distance, engine, repeats, scratch, seed))


def _of_table(
    ctx: typer.Context, file: Path, told: "Picks", asked: tuple[str, Engine, Repeats, Path | None, int]
) -> None:
    distance, engine, repeats, scratch, seed = asked
    with answers(file, told, scratch) as (found, folder):
        if fits(found, engine):
            columns = in_memory(found, folder, repeats)
            _tell(ctx, *_of_columns(columns, distance, seed), distance, repeated(columns))
            return
        from guiju.bulk.figures import agreement_over  # noqa: PLC0415 - DuckDB, which only these commands need

        with in_shards(found, folder, repeats, engine) as shards:
            _tell(ctx, agreement_over(shards, distance, seed), None, distance, 0)


def _tell(ctx: typer.Context, made: "Agreement", driven: "Drivers | None", distance: str, again: int) -> None:
    t = words_of(ctx)
    said = spoken(made.meaning, t) + ([t(AGAIN, n=again)] if again else [])
    beside = {"repeats": again, "drivers": driven and driven.to_dict(), "distance": distance}
    told = {**made.to_dict(), **beside, "sentence": " ".join(said)}
    emit(ctx, told, "\n".join(_page(made, driven, said, t)))


def _of_columns(columns: Any, distance: str, seed: int) -> tuple["Agreement", "Drivers | None"]:
    from guiju.bulk.columns import as_sets  # noqa: PLC0415 - NumPy, which only these commands need
    from guiju.stats.agreement.drivers import drivers  # noqa: PLC0415 - NumPy, which only these commands need
    from guiju.stats.agreement.report import agreement_of  # noqa: PLC0415 - as above

    columns = as_sets(columns) if distance in _SETS else columns
    made = agreement_of(columns, distance, seed)
    told = len(columns) <= MOST_DRIVEN and not columns.repeats
    return made, drivers(columns, distance, SHOWN) if told else None


def _page(made: "Agreement", driven: "Drivers | None", said: list[str], t: Words) -> list[str]:
    head = t(
        "{items} items, {annotators} annotators, {annotations} answers; {compared} items have two answers or more",
        items=made.items,
        annotators=made.annotators,
        annotations=made.annotations,
        compared=made.observed.n,
    )
    chance = made.chance
    figures = [
        (N_("observed agreement"), made.observed),
        (N_("Krippendorff’s α"), made.alpha),
        (N_("Fleiss’ κ"), chance.fleiss),
        (N_("Gwet’s AC1"), chance.gwet),
        (N_("Brennan–Prediger"), chance.brennan_prediger),
    ]
    rows = [(t(name), three(figure.value), between(figure.interval)) for name, figure in figures]
    lines = [head, "", *table(("", "", t(N_("95% interval"))), rows), "", *said]
    labels = [(_name(one.label), str(one.n), three(one.alpha)) for one in made.labels[:SHOWN]]
    lines += ["", *table((t(N_("label")), t(N_("answers")), "α"), labels)] if labels else []
    confused = [(f"{_name(one.a)} / {_name(one.b)}", str(one.count)) for one in made.confusions[:SHOWN]]
    lines += ["", *table((t(N_("confused")), t(N_("pairs of answers"))), confused)] if confused else []
    return lines + (_driven(driven, t) if driven is not None else [])


def _driven(driven: "Drivers", t: Words) -> list[str]:
    """Whom and what α would be higher without."""
    lines: list[str] = []
    for title, found in (
        (N_("without the label"), driven.labels),
        (N_("without the annotator"), driven.annotators),
        (N_("without the item"), driven.items),
    ):
        worst = [
            (_name(one.name)[:40], str(one.answers), three(one.without)) for one in found[:3] if (one.gain or 0) > 0
        ]
        lines += ["", *table((t(title), t(N_("answers")), t(N_("α would be"))), worst)] if worst else []
    return lines


def _name(value: object) -> str:
    return "|".join(map(str, cast("tuple[object, ...]", value))) if isinstance(value, tuple) else str(value)
