"""What `agreement` and `consensus` say of marks: spans of a text, outlines on an image."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer

from guiju.cli.common import emit, words_of
from guiju.cli.table import between, spoken, table, three
from guiju.kit import N_, Words

if TYPE_CHECKING:  # NumPy, which only these commands need
    from guiju.bulk.marks import OutlineLines, SpanLines
    from guiju.stats.agreement.shapes import ShapeAgreement
    from guiju.stats.agreement.spans import SpanAgreement
    from guiju.stats.agreement.units_alpha import UnitsAlpha
    from guiju.stats.figure import Figure

SHOWN = 10
LAID_OVER = N_("Somebody’s marks lie over each other, so there is no alpha over units here; gamma allows such marks.")
NO_TEXT = N_("Some items came without their text, so how long they are is not known and alpha over units neither.")


def tell_agreement(ctx: typer.Context, marks: "SpanLines | OutlineLines", seed: int) -> None:
    """Print how alike the marks are."""
    from guiju.bulk.marks import SpanLines  # noqa: PLC0415 - NumPy, which only these commands need

    if isinstance(marks, SpanLines):
        _tell_spans(ctx, marks, seed)
    else:
        _tell_outlines(ctx, marks, seed)


def _tell_spans(ctx: typer.Context, lines: "SpanLines", seed: int) -> None:
    from guiju.stats.agreement.spans import span_agreement  # noqa: PLC0415 - NumPy, which only these commands need

    found = span_agreement(lines.item, lines.annotator, lines.spans, seed)
    units, why = _units(lines, seed)
    t = words_of(ctx)
    said = spoken([*found.meaning, *(units.meaning if units else ())], t) + ([t(why)] if why else [])
    told = {**_of_spans(found, units, len(lines.item)), "sentence": " ".join(said)}
    emit(ctx, told, "\n".join(_span_page(told, said, t)))


def _units(lines: "SpanLines", seed: int) -> "tuple[UnitsAlpha | None, str]":
    """Alpha over units, or why it does not exist."""
    from guiju.stats.agreement.structured_errors import OverlappingUnits  # noqa: PLC0415 - NumPy
    from guiju.stats.agreement.units_alpha import units_alpha  # noqa: PLC0415 - NumPy

    if not lines.measured:
        return None, NO_TEXT
    try:
        return units_alpha(lines.item, lines.annotator, lines.spans, lines.lengths, seed=seed), ""
    except OverlappingUnits:
        return None, LAID_OVER


def _of_spans(found: "SpanAgreement", units: "UnitsAlpha | None", answers: int) -> dict[str, Any]:
    """The keys that `--json` prints; `observed` is F1 with partial credit, which is also what a pair has."""
    ways = {"exact_f1": found.exact, "relaxed_f1": found.overlap, "partial_f1": found.partial}
    of_label = {one.label: one for one in units.labels} if units else {}
    return {
        "form": "spans",
        "items": found.items,
        "annotators": found.annotators,
        "annotations": answers,
        "marks": found.marks,
        **_told("observed", found.partial.mean),
        **_told("alpha", units and units.alpha),
        "alpha_marked": units and units.marked.value,
        "alpha_coding": units and units.coding.value,
        **{key: value for name, way in ways.items() for key, value in _told(name, way.mean).items()},
        "pooled": {name: way.pooled.value for name, way in ways.items()},
        "pairs": [
            {"a": p.a, "b": p.b, "n": p.n, "observed": p.partial, "exact_f1": p.exact, "relaxed_f1": p.overlap}
            for p in found.pairs
        ],
        "labels": [
            {
                "label": one.label,
                "n": one.n,
                "alpha": of_label[one.label].alpha.value if one.label in of_label else None,
                **{name: way.labels[place].f1.value for name, way in ways.items()},
            }
            for place, one in enumerate(found.exact.labels)
        ],
    }


def _span_page(told: Mapping[str, Any], said: list[str], t: Words) -> list[str]:
    head = t("{items} items, {annotators} annotators, {annotations} answers with {marks} marks", **told)
    names = {
        "exact_f1": N_("same ends and label (F1)"),
        "relaxed_f1": N_("touching, same label (F1)"),
        "partial_f1": N_("share in common, same label (F1)"),
        "alpha": N_("α over units"),
    }
    lines = [head, "", *_figures(told, names, t), "", *said]
    labels = [
        (str(one["label"]), str(one["n"]), three(one["alpha"]), three(one["exact_f1"]), three(one["relaxed_f1"]))
        for one in told["labels"][:SHOWN]
    ]
    header = (t(N_("label")), t(N_("marks")), "α", t(N_("same")), t(N_("touching")))
    return [*lines, "", *table(header, labels)] if labels else lines


def _tell_outlines(ctx: typer.Context, lines: "OutlineLines", seed: int) -> None:
    from guiju.stats.agreement.shapes import shape_agreement  # noqa: PLC0415 - NumPy, which only these commands need

    found = shape_agreement(lines.shapes(), seed=seed)
    t = words_of(ctx)
    said = spoken(found.meaning, t)
    told = {**_of_outlines(found, len(set(lines.looked))), "sentence": " ".join(said)}
    emit(ctx, told, "\n".join(_outline_page(told, said, t)))


def _of_outlines(found: "ShapeAgreement", answers: int) -> dict[str, Any]:
    """The keys that `--json` prints; `observed` is what α is made of: the overlap of two people's drawings."""
    kept = ("curve", "pairs", "by_annotator", "labels", "confusions")
    whole = found.to_dict()
    return {
        "form": "outlines",
        "items": found.items,
        "annotators": found.annotators,
        "annotations": answers,
        "marks": found.shapes,
        "least_iou": found.least,
        **_told("observed", found.overlap),
        **_told("alpha", found.alpha),
        **_told("objects", found.objects),
        **_told("detection", found.detection),
        **_told("classification", found.classification),
        **_told("matched_iou", found.localisation),
        **{name: whole[name] for name in kept},
        "worst": [{"item": item, "objects": value} for item, value in found.by_item[:SHOWN]],
    }


def _outline_page(told: Mapping[str, Any], said: list[str], t: Words) -> list[str]:
    head = t("{items} items, {annotators} annotators, {annotations} answers with {marks} marks", **told)
    names = {
        "objects": N_("same object, same label"),
        "observed": N_("the same, by the area in common"),
        "alpha": N_("Krippendorff’s α"),
        "detection": N_("same object, whatever its label"),
        "classification": N_("same label, of those found by both"),
        "matched_iou": N_("area in common, of those found by both"),
    }
    lines = [head, "", *_figures(told, names, t), "", *said]
    worst = [(str(one["item"]), three(one["objects"])) for one in told["worst"][:SHOWN]]
    return [*lines, "", *table((t(N_("look at")), t(N_("same object"))), worst)] if worst else lines


def _figures(told: Mapping[str, Any], names: Mapping[str, str], t: Words) -> list[str]:
    rows = [(t(name), three(told[key]), between(told[f"{key}_interval"])) for key, name in names.items()]
    return table(("", "", t(N_("95% interval"))), rows)


def _told(name: str, figure: "Figure | None") -> dict[str, Any]:
    return {name: figure and figure.value, f"{name}_interval": figure and figure.interval}
