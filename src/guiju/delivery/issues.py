"""What is known to be lacking in a delivery, said before anybody finds it. Pure: figures in, sentences out."""

from collections.abc import Iterator
from typing import cast

from guiju.delivery.model import Loss
from guiju.delivery.report import Report
from guiju.kit import N_, Sentence

FAR = 0.05
LOSS_NAMES = {
    "kind": N_("“{field}”: this format has no place for its kind of answer"),
    "part": N_("“{field}”: this format has no place for what is asked of each thing marked"),
    "turn": N_("“{field}”: this format has no place for what is asked of each turn"),
    "item": N_("“{field}”: this format has no place for what is asked of the whole item"),
}


def loss_sentence(loss: Loss) -> Sentence:
    return Sentence(LOSS_NAMES[loss.why], {"field": loss.field})


def known_issues(report: Report) -> list[Sentence]:
    """In the order in which a reader should know them."""
    return [*_inspected(report), *_accepted(report), *_agreed(report), *_content(report), *_parted(report)]


def _inspected(report: Report) -> Iterator[Sentence]:
    if not report.inspected.judged:
        yield Sentence(N_("No item of this delivery was inspected."))
    if report.include == "all":
        yield Sentence(N_("Includes items that no accepted lot holds; each line says which."))
    back = {lot.resubmits for lot in report.lots}
    for lot in report.lots:
        if lot.state == "rejected" and lot.number not in back:
            yield Sentence(N_("Lot {lot} was rejected and has not come back; it is not in here."), {"lot": lot.number})


def _accepted(report: Report) -> Iterator[Sentence]:
    signed = {lot for one in report.acceptances if one.decision != "returned" for lot in one.lots}
    delivered = [lot.number for lot in report.lots if lot.state == "accepted"]
    unsigned = [lot for lot in delivered if lot not in signed]
    if report.acceptances and unsigned:
        named = ", ".join(str(lot) for lot in unsigned)
        yield Sentence(N_("The customer has not signed for these accepted lots: {lots}."), {"lots": named})
    for one in report.acceptances:
        for condition in one.conditions:
            if not condition["closed"]:
                said = {"number": one.number, "text": condition["text"], "due": condition["due"]}
                yield Sentence(N_("Acceptance {number} has an open condition, due on {due}: {text}"), said)


def _agreed(report: Report) -> Iterator[Sentence]:
    if not report.gates:
        yield Sentence(N_("No trial's gate was decided: how far annotators agree was not measured."))
    for gate in report.gates:
        if not gate.passed:
            said = {"trial": gate.trial, "figure": f"{gate.figure:.3f}", "at_least": f"{gate.at_least:.2f}"}
            yield Sentence(N_("Trial {trial} did not pass its gate: {figure} of {at_least}."), said)
    if report.open_questions:
        yield Sentence(N_("Questions still open: {count}."), {"count": report.open_questions})


def _content(report: Report) -> Iterator[Sentence]:
    older = sum(n for version, n in report.versions.items() if version != report.rulebook["version"])
    if older:
        said = {"n": older, "version": report.rulebook["version"]}
        yield Sentence(N_("{n} items were answered under an earlier version than {version}."), said)
    for loss in report.losses:
        yield loss_sentence(loss)
    if report.personal and (certain := sum(one.certain for one in report.personal.found)):
        said = {"n": certain, "items": report.personal.items}
        yield Sentence(N_("Personal data stands in {items} items, in {n} places certainly."), said)


def _parted(report: Report) -> Iterator[Sentence]:
    if not report.parts:
        return
    if not report.near_searched:
        yield Sentence(N_("Near-duplicates were not looked for, so some may stand in two parts."))
    splits = cast("dict[str, dict[str, float]]", report.terms.get("splits", {}))
    total = sum(part.items for part in report.parts)
    for part in report.parts:
        share, asked = part.items / total if total else 0.0, splits.get("shares", {}).get(part.name, 0.0)
        if abs(share - asked) > FAR:
            said = {"part": part.name, "share": f"{share:.1%}", "asked": f"{asked:.1%}"}
            yield Sentence(N_("Part “{part}” has {share} in the place of {asked}: groups are kept whole."), said)
