"""`guiju consensus` of marks: those that several made are matched and become one; what too few made is told."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import typer

from guiju.cli.answers import laid_down
from guiju.cli.common import emit, words_of
from guiju.cli.table import between, table, three
from guiju.kit import N_, Words

if TYPE_CHECKING:  # NumPy, which only these commands need
    from guiju.bulk.marks import OutlineLines, SpanLines
    from guiju.stats.agreement.marks import Span
    from guiju.stats.consensus.shapes import MergedShape, ShapesConsensus
    from guiju.stats.consensus.spans import ItemSpans, MergedSpan

HALF = 0.5
METHOD = "merge"
KEPT = N_("{kept} marks were made by more than {share} of those who looked and stay; {dropped} were not and are told.")
TIED = N_("{tied} of those that stay have as many votes for one label as for another: a person must decide.")
MIDDLE = N_("The place of a mark is the middle of its makers' places: nobody need have drawn exactly this one.")
AGAINST = N_("Against {n} known items the merged marks have an F1 of {merged}, one annotator alone has {alone}.")
LOWER = N_("One annotator alone is nearer to what is known. A lower --share keeps more of what they found.")


def tell_spans(
    ctx: typer.Context, lines: "SpanLines", share: float, known: "Mapping[Any, Iterable[Span]]", out: Path | None
) -> None:
    """Print the consensus of spans, and write it item by item. Raises `BadParameter` for a share that is none."""
    from guiju.stats.consensus.spans import Merging, span_consensus  # noqa: PLC0415 - NumPy, only these commands

    found = span_consensus(lines.item, lines.annotator, lines.spans, Merging(share=share))
    kept = [mark for one in found for mark in one.kept]
    told: dict[str, Any] = {
        **_head("spans", len(found), len(set(lines.annotator)), len(lines.item)),
        "share": share,
        "marks": sum(len(mark.members) for one in found for mark in (*one.kept, *one.dropped)),
        "kept": len(kept),
        "dropped": sum(len(one.dropped) for one in found),
        "tied": sum(mark.label is None for mark in kept),
        "gold": _against(lines, found, known) if known else None,
    }
    if out is not None:
        with laid_down(out) as file:
            file.writelines(_line(_span_line(one)) for one in found)
    _tell(ctx, told, [(MIDDLE, {})])


def tell_outlines(ctx: typer.Context, lines: "OutlineLines", out: Path | None) -> None:
    """Print the consensus of outlines, and write it item by item. Raises what `OutlineLines.shapes` raises."""
    from guiju.stats.consensus.shapes import shape_consensus  # noqa: PLC0415 - NumPy, which only these commands need

    found = shape_consensus(lines.shapes())
    told: dict[str, Any] = {
        **_head("outlines", found.items, found.annotators, len(set(lines.looked))),
        "share": HALF,
        "marks": sum(one.found for one in found.shapes),
        "kept": len(found.kept),
        "dropped": len(found.left_out),
        "tied": sum(one.label is None for one in found.kept),
        "mean_overlap": sum(one.overlap for one in found.kept) / len(found.kept) if found.kept else None,
        "gold": None,
    }
    if out is not None:
        with laid_down(out) as file:
            file.writelines(_line(one) for one in _outline_lines(found))
    _tell(ctx, told, [(sentence.msgid, sentence.places) for sentence in found.meaning[1:]])


def _head(form: str, items: int, annotators: int, answers: int) -> dict[str, Any]:
    return {"method": METHOD, "form": form, "items": items, "annotators": annotators, "annotations": answers}


def _against(lines: "SpanLines", found: "Iterable[ItemSpans]", known: "Mapping[Any, Iterable[Span]]") -> dict[str, Any]:
    """How the merged marks stand against the known ones, and how a single annotator's do."""
    from guiju.stats.agreement.marks import Span  # noqa: PLC0415 - NumPy, which only these commands need
    from guiju.stats.scores.spans import score_spans  # noqa: PLC0415 - as above

    kept = {one.item: [Span(m.start, m.end, m.label, m.pieces) for m in one.kept] for one in found if one.item in known}
    merged = score_spans([list(known[item]) for item in kept], list(kept.values()))
    single = [(item, spans or ()) for item, spans in zip(lines.item, lines.spans, strict=True) if item in known]
    alone = score_spans([list(known[item]) for item, _ in single], [list(spans) for _, spans in single])
    return {
        "items": len(kept),
        "f1": merged.f1.value,
        "f1_interval": merged.f1.interval,
        "precision": merged.precision,
        "recall": merged.recall,
        "alone": alone.f1.value,
        "alone_interval": alone.f1.interval,
    }


def _span_line(one: "ItemSpans") -> dict[str, Any]:
    """In the form that is read: a file of these is itself a file of spans, and may be given as --gold."""
    kept, dropped = [_mark(mark) for mark in one.kept], [_mark(mark) for mark in one.dropped]
    return {"item": one.item, "annotators": one.annotators, "annotations": kept, "left_out": dropped}


def _mark(mark: "MergedSpan") -> dict[str, Any]:
    place = {"start_offset": int(mark.start), "end_offset": int(mark.end), "confidence": mark.confidence}
    pieces = {"pieces": [[int(start), int(end)] for start, end in mark.pieces]} if mark.pieces else {}
    makers = [member.annotator for member in mark.members]
    return {"label": mark.label, "tied": list(mark.tied), **place, **pieces, "annotators": makers}


def _outline_lines(found: "ShapesConsensus") -> Iterable[dict[str, Any]]:
    by_item: dict[Any, list[MergedShape]] = {}
    for one in found.shapes:
        by_item.setdefault(one.item, []).append(one)
    for item in found.empty:
        by_item.setdefault(item, [])
    for item, shapes in by_item.items():
        kept, out = [_outline(s) for s in shapes if s.kept], [_outline(s) for s in shapes if not s.kept]
        yield {"item": item, "outlines": kept, "left_out": out}


def _outline(one: "MergedShape") -> dict[str, Any]:
    votes = {"confidence": one.confidence, "found": one.found, "of": one.of}
    return {"label": one.label, "tied": list(one.tied), "points": one.shape, "overlap": one.overlap, **votes}


def _line(value: dict[str, Any]) -> str:
    return msgspec.json.encode(value).decode() + "\n"


def _tell(ctx: typer.Context, told: dict[str, Any], more: list[tuple[str, Mapping[str, Any]]]) -> None:
    t, gold = words_of(ctx), told["gold"]
    said = [t(KEPT, kept=told["kept"], dropped=told["dropped"], share=f"{told['share']:g}")]
    said += [t(TIED, tied=told["tied"])] if told["tied"] else []
    said += [t(msgid, **places) for msgid, places in more]
    if gold and gold["f1"] is not None:
        said += [t(AGAINST, n=gold["items"], merged=three(gold["f1"]), alone=three(gold["alone"]))]
        said += [t(LOWER)] if (gold["alone"] or 0) > gold["f1"] else []
    told["sentence"] = " ".join(said)
    emit(ctx, told, "\n".join([*_page(told, t), "", *said]))


def _page(told: Mapping[str, Any], t: Words) -> list[str]:
    head = t("{items} items, {annotators} annotators, {annotations} answers with {marks} marks", **told)
    gold = told["gold"]
    if not gold:
        return [head]
    rows = [
        (t(N_("merged")), three(gold["f1"]), between(gold["f1_interval"])),
        (t(N_("one annotator alone")), three(gold["alone"]), between(gold["alone_interval"])),
    ]
    return [head, "", *table((t(N_("against known marks")), "F1", t(N_("95% interval"))), rows)]
