"""The scale of a rating in the rulebook's document: read, written, and what is wrong with it."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from guiju.briefs import Node
from guiju.kinds import Anchor, Scale
from guiju.kit import N_

SCALE_OPTIONS = ("low", "high", "step", "anchors", "apart")
Fault: TypeAlias = tuple[str, str, str, Mapping[str, object]]
"""A code, a sentence, a next step and the places in them."""


def read_scale(options: Node) -> Scale | None:
    """The scale in a field's options; `None` where nothing of one is there. Raises the refusals of plain YAML."""
    if not any(name in options.mapping() for name in SCALE_OPTIONS):
        return None
    step, anchors, apart = (options.find(name) for name in ("step", "anchors", "apart"))
    return Scale(
        options.need("low").number(),
        options.need("high").number(),
        step.number() if step else 1.0,
        tuple(_anchor(entry) for entry in anchors.items()) if anchors else (),
        "interval" if apart and apart.one_of(("ordinal", "interval")) == "interval" else "ordinal",
    )


def _anchor(node: Node) -> Anchor:
    node.only("at", "zh", "en")
    words = {language: found.text() if (found := node.find(language)) else "" for language in ("zh", "en")}
    return Anchor(node.need("at").number(), words)


def write_scale(scale: Scale) -> dict[str, object]:
    """The options that `read_scale` reads as the same scale."""
    anchors = [{"at": _plain(anchor.at), **anchor.words} for anchor in scale.anchors]
    ends = {"low": _plain(scale.low), "high": _plain(scale.high), "step": _plain(scale.step)}
    return {**ends, **({"anchors": anchors} if anchors else {}), "apart": scale.apart}


def _plain(number: float) -> float:
    return int(number) if number == int(number) else number


def scale_faults(field: str, kind: str, scale: Scale | None) -> Iterator[Fault]:
    """What is wrong with a field's scale, or with its having one."""
    if kind != "rating":
        if scale is not None:
            said = N_("Field “{field}” of kind “{kind}” takes no scale.")
            yield "scale-not-asked", said, N_("Take low, high, step and anchors away."), {"field": field, "kind": kind}
        return
    if scale is None:
        said = N_("Field “{field}” has no scale.")
        yield "scale-missing", said, N_("Write options: {low: 1, high: 5}."), {"field": field}
        return
    ends = {"low": scale.low, "high": scale.high, "step": scale.step}
    shown = {"field": field, **{name: f"{end:g}" for name, end in ends.items()}}
    if not scale.is_sound:
        said = N_("Field “{field}”: from {low} to {high} by {step} is no scale.")
        ask = N_("Let it rise from low to high by at most 100 whole steps.")
        yield "scale-unsound", said, ask, shown
        return
    places = [anchor.at for anchor in scale.anchors]
    for at in places:
        if not scale.has(at) or places.count(at) > 1:
            said = N_("Field “{field}”: the anchor at {at} is at no point of the scale, or one of two there.")
            yield "anchor-off-scale", said, N_("Put one anchor at a point."), {"field": field, "at": f"{at:g}"}
