"""`guiju consensus`: one answer from several, from a file of answers. It needs no home."""

import csv
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    answers,
    fits,
    in_memory,
    in_shards,
    picks,
    repeated,
)
from guiju.cli.common import Noun, emit, refusals, words_of
from guiju.cli.table import between, spoken, table, three
from guiju.kit import N_, Words

if TYPE_CHECKING:  # NumPy and DuckDB, which only these commands need
    from guiju.bulk.files import AnswerFile
    from guiju.stats.consensus.advice import Trust
    from guiju.stats.consensus.result import CategoricalConsensus
    from guiju.stats.figure import Figure

SHOWN = 10
MOST_ADVISED = 5_000_000
NOT_ADVISED = N_("With so many answers no advice is given: ask again with a part of them.")


class MethodName(StrEnum):
    """How several answers become one."""

    MAJORITY = "majority"
    WEIGHTED = "weighted"
    DAWID_SKENE = "dawid-skene"
    ONE_COIN = "one-coin"
    GLAD = "glad"
    MACE = "mace"
    IRT = "irt"


def add_to(app: Noun) -> None:
    """Add `consensus` to the program."""
    app.command("consensus")(consensus)


def consensus(
    ctx: typer.Context,
    file: File,
    columns: Named = "",
    item: Item = "",
    annotator: Annotator = "",
    label: Label = "",
    gold: Annotated[str, typer.Option(metavar="C", help="The column of known right answers.")] = "",
    method: Annotated[MethodName, typer.Option(help="How several answers become one.")] = MethodName.MAJORITY,
    seed: Annotated[int, typer.Option(help="Seed of what is drawn: restarts, hidden answers.")] = 0,
    out: Annotated[Path | None, typer.Option(help="Write item, label and confidence to this CSV file.")] = None,
    engine: By = Engine.LOCAL,
    repeats: Again = Repeats.KEEP,
    scratch: Scratch = None,
) -> None:
    """Print one answer for each item from several, who is how reliable, and which method to trust here."""
    told = picks(columns, item, annotator, label, gold)
    with refusals(ctx), answers(file, told, scratch) as (found, folder):
        if fits(found, engine):
            _in_memory(ctx, found, folder, (method.value, seed, repeats), out)
        else:
            _in_shards(ctx, found, folder, (method.value, engine, repeats), out)


def _in_memory(
    ctx: typer.Context, file: "AnswerFile", folder: Path, asked: tuple[str, int, Repeats], out: Path | None
) -> None:
    from guiju.bulk.columns import read_gold  # noqa: PLC0415 - DuckDB, which only these commands need
    from guiju.stats.consensus.methods import get_method  # noqa: PLC0415 - NumPy, which only these commands need

    method, seed, repeats = asked
    columns, gold = in_memory(file, folder, repeats), read_gold(file)
    made = get_method(method).fit(columns, seed)
    trust = _advice(columns, gold, seed)
    accuracy = made.accuracy(gold) if gold else None
    t = words_of(ctx)
    because = t(NOT_ADVISED) if trust is None else trust.because.spoken(t)
    again = repeated(columns)
    said = [
        *spoken(made.meaning, t),
        *([t(AGAIN, n=again)] if again else []),
        because,
        *(spoken(trust.meaning[1:], t) if trust else []),
    ]
    told = {
        **made.to_dict(accuracy=accuracy, recommendation=trust),
        "because": because,
        "repeats": again,
        "sentence": " ".join(said),
    }
    if out is not None:
        write_rows(out, made.rows())
    emit(ctx, told, "\n".join(_page(made, told, accuracy, said, t)))


def _advice(columns: Any, gold: Mapping[Any, Any], seed: int) -> "Trust | None":
    from guiju.stats.consensus.trust import recommend  # noqa: PLC0415 - NumPy, which only these commands need

    return recommend(columns, gold or None, seed=seed) if len(columns) <= MOST_ADVISED else None


def _in_shards(
    ctx: typer.Context, file: "AnswerFile", folder: Path, asked: tuple[str, Engine, Repeats], out: Path | None
) -> None:
    from guiju.bulk.figures import consensus_over  # noqa: PLC0415 - DuckDB, which only these commands need

    method, engine, repeats = asked
    with in_shards(file, folder, repeats, engine) as shards:
        made = consensus_over(shards, method)
        accuracy = made.accuracy() if file.gold else None
        t = words_of(ctx)
        told = {**made.to_dict(accuracy), "because": t(NOT_ADVISED), "sentence": t(NOT_ADVISED)}
        if out is not None:
            write_rows(out, (row for part in made.parts() for row in part.rows()))
        emit(ctx, told, "\n".join(_page(made.whole, told, accuracy, [t(NOT_ADVISED)], t)))


def write_rows(out: Path, rows: Iterable[tuple[object, object, object]]) -> None:
    """CSV: item, label, confidence. Whole or not at all: it is written beside, then put in its place."""
    beside = out.with_name(f".{out.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file, lineterminator="\n")
            lines.writerow(("item", "label", "confidence"))
            lines.writerows(("" if cell is None else cell for cell in row) for row in rows)
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)


def _page(
    made: "CategoricalConsensus", told: Mapping[str, Any], accuracy: "Figure | None", said: list[str], t: Words
) -> list[str]:
    head = t(
        "{method}: {items} items, {annotators} annotators, {classes} labels; {tied} items are tied",
        method=told["method"],
        items=told["items"],
        annotators=told["annotators"],
        classes=told["classes"],
        tied=told["tied"],
    )
    lines = [head, "", *said]
    if accuracy is not None and accuracy.value is not None:
        row = (t(N_("against {n} known answers"), n=accuracy.n), three(accuracy.value), between(accuracy.interval))
        lines += ["", *table(("", t(N_("accuracy")), t(N_("95% interval"))), [row])]
    if told["iterations"] is not None:
        end = N_("{n} steps, at rest") if told["converged"] else N_("{n} steps, not at rest yet")
        likelihood = t("log-likelihood {value}", value=f"{told['log_likelihood']:.3f}")
        lines += ["", f"{t(end, n=told['iterations'])}; {likelihood}"]
    known = [one for one in zip(made.annotators, made.reliability, strict=True) if one[1].value is not None]
    known.sort(key=lambda one: one[1].value or 0.0)
    rows = [(str(name), str(figure.n), three(figure.value), between(figure.interval)) for name, figure in known[:SHOWN]]
    header = (t(N_("least reliable")), t(N_("answers")), t(N_("right")), t(N_("95% interval")))
    return [*lines, "", *table(header, rows)] if rows else lines
