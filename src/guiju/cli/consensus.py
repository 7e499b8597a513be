"""`guiju consensus`: one answer from several, from a file of answers. It needs no home."""

import csv
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeAlias

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
    laid_down,
    marks_of,
    picks,
    ratings_of,
    repeated,
)
from guiju.cli.common import Noun, emit, refusals, words_of
from guiju.cli.merging import HALF, tell_outlines, tell_spans
from guiju.cli.table import between, spoken, table, three
from guiju.kit import N_, Words

if TYPE_CHECKING:  # NumPy and DuckDB, which only these commands need
    from guiju.bulk.files import AnswerFile, Picks
    from guiju.bulk.marks import OutlineLines, SpanLines
    from guiju.stats.columns import Columns
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
    gold: Annotated[
        str, typer.Option(metavar="C|FILE", help="Known right answers: a column, or a file with item and gold.")
    ] = "",
    wide: Wide = "",
    times: Times = "",
    skip: Skip = 0,
    method: Annotated[MethodName, typer.Option(help="How several answers become one.")] = MethodName.MAJORITY,
    share: Annotated[
        float, typer.Option(help="For spans: keep what more than this share of the annotators marked.")
    ] = HALF,
    seed: Annotated[int, typer.Option(help="Seed of what is drawn: restarts, hidden answers.")] = 0,
    out: Annotated[
        Path | None,
        typer.Option(help="Write item, label and confidence to this CSV file; of marks, an item a line as JSON."),
    ] = None,
    engine: By = Engine.LOCAL,
    repeats: Again = Repeats.KEEP,
    scratch: Scratch = None,
) -> None:
    """Print one answer for each item from several, who is how reliable, and which method to trust here."""
    apart = Path(gold) if gold and Path(gold).is_file() else None
    named = {"columns": columns, "item": item, "annotator": annotator, "label": label}
    told = picks(**named, gold="" if apart else gold, wide=wide, times=times, skip=skip)
    asked = Asked(method.value, seed, engine, repeats, apart, out)
    with refusals(ctx):
        if (ratings := ratings_of(file, told)) is not None:
            demand_for_marks(file.name, engine=engine is not Engine.LOCAL, share=share != HALF, gold=bool(told.gold))
            _tell(ctx, ratings, _known(None, apart), asked)
        elif (marks := marks_of(file, told)) is not None:
            demand_for_marks(
                file.name,
                **{f"method {method.value}": method is not MethodName.MAJORITY},
                engine=engine is not Engine.LOCAL,
            )
            _merge(ctx, file, marks, told, (share, gold, out))
        else:
            _of_table(ctx, file, told, asked, scratch)


class Asked(NamedTuple):
    """What was asked of a table of answers; `known` is a file of right answers apart."""

    method: str
    seed: int
    engine: Engine
    repeats: Repeats
    known: Path | None
    out: Path | None


def _merge(
    ctx: typer.Context,
    file: Path,
    marks: "SpanLines | OutlineLines",
    told: "Picks",
    asked: tuple[float, str, Path | None],
) -> None:
    from guiju.bulk.marks import SpanLines, read_known_spans  # noqa: PLC0415 - NumPy, which only these commands need

    share, gold, out = asked
    if isinstance(marks, SpanLines):
        tell_spans(ctx, marks, share, read_known_spans(Path(gold), told) if gold else {}, out)
    else:
        demand_for_marks(file.name, gold=bool(gold), share=share != HALF)
        tell_outlines(ctx, marks, out)


def _of_table(ctx: typer.Context, file: Path, told: "Picks", asked: "Asked", scratch: Path | None) -> None:
    with answers(file, told, scratch) as (found, folder):
        if fits(found, asked.engine):
            columns = in_memory(found, folder, asked.repeats)
            _tell(ctx, columns, _known(found, asked.known), asked)
        else:
            _in_shards(ctx, found, folder, asked)


def _known(file: "AnswerFile | None", apart: Path | None) -> "Mapping[Any, Any]":
    """The right answers: of the file itself, or of one apart."""
    from guiju.bulk.columns import read_gold, read_gold_apart  # noqa: PLC0415 - DuckDB, which only these commands need

    if apart is not None:
        return read_gold_apart(apart)
    return read_gold(file) if file is not None else {}


def _tell(ctx: typer.Context, columns: "Columns", gold: "Mapping[Any, Any]", asked: "Asked") -> None:
    from guiju.stats.consensus.methods import get_method  # noqa: PLC0415 - NumPy, which only these commands need

    made = get_method(asked.method).fit(columns, asked.seed)
    trust = _advice(columns, gold, asked.seed)
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
    with writer(asked.out) as write:
        if write is not None:
            write(made.rows())
    emit(ctx, told, "\n".join(_page(made, told, accuracy, said, t)))


def _advice(columns: Any, gold: Mapping[Any, Any], seed: int) -> "Trust | None":
    from guiju.stats.consensus.trust import recommend  # noqa: PLC0415 - NumPy, which only these commands need

    return recommend(columns, gold or None, seed=seed) if len(columns) <= MOST_ADVISED else None


def _in_shards(ctx: typer.Context, file: "AnswerFile", folder: Path, asked: "Asked") -> None:
    from guiju.bulk.errors import GoldNotInShards  # noqa: PLC0415 - NumPy, which only these commands need
    from guiju.bulk.figures import consensus_over  # noqa: PLC0415 - DuckDB, which only these commands need

    if asked.known is not None:
        raise GoldNotInShards
    with in_shards(file, folder, asked.repeats, asked.engine) as shards, writer(asked.out) as write:
        made = consensus_over(shards, asked.method, None if write is None else lambda part: write(part.rows()))
    t = words_of(ctx)
    told = {**made.to_dict(), "because": t(NOT_ADVISED), "sentence": t(NOT_ADVISED)}
    emit(ctx, told, "\n".join(_page(made.whole, told, made.accuracy, [t(NOT_ADVISED)], t)))


Rows: TypeAlias = Iterable[tuple[object, object, object]]


@contextmanager
def writer(out: Path | None) -> Generator[Callable[[Rows], None] | None]:
    """What writes item, label and confidence to a CSV file, if one was asked for."""
    if out is None:
        yield None
        return
    with laid_down(out) as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("item", "label", "confidence"))
        yield lambda rows: lines.writerows(("" if cell is None else cell for cell in row) for row in rows)


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
