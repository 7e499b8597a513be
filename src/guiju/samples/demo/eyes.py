"""The inspector's eyes: an answer beside the truth, and what is to be said of it."""

from collections.abc import Mapping

from guiju.inspection import DefectType, Finding, Outcome, Weight
from guiju.kinds import Answer, Box, Boxes, Choice, decode_answers, encode_answers
from guiju.kinds.box.plane import iou
from guiju.rulebooks import CompiledRulebook

TIGHT = 0.7
"""Overlap with the true box below which a box is too loose or too tight."""
TOUCHING = 0.1
BOXES_CLAUSE, MISSED_CLAUSE = "C2.1", "C1.1"
GRAVE = frozenset({"crack"})
"""What the brief says must not be missed."""


def find_fault(given: str, true: Mapping[str, Answer], rulebook: CompiledRulebook) -> Finding:
    """What an inspector who knows the truth says of `given` (JSON): a pass, or its worst defect."""
    said = decode_answers(given)
    for name, right in true.items():
        found = _fault(said[name], right)
        if found is not None:
            defect_type, labels = found
            weight, clause = _weight(defect_type, labels), _clause(rulebook, defect_type, labels)
            return Finding(Outcome.DEFECT, defect_type, weight, clause, None, encode_answers(true).decode())
    return Finding(Outcome.PASS)


_WEIGHTS = {
    DefectType.MISSED: Weight.MAJOR,
    DefectType.EXTRA: Weight.MAJOR,
    DefectType.WRONG_LABEL: Weight.MAJOR,
    DefectType.LOOSE_BOX: Weight.MINOR,
}


def _weight(defect_type: DefectType, labels: tuple[str, ...]) -> Weight:
    return Weight.CRITICAL if defect_type is DefectType.MISSED and GRAVE & set(labels) else _WEIGHTS[defect_type]


def _fault(said: Answer, right: Answer) -> tuple[DefectType, tuple[str, ...]] | None:
    """The worst that is wrong, and the labels that it is about."""
    if isinstance(said, Choice) and isinstance(right, Choice):
        return None if said == right else (DefectType.WRONG_LABEL, (*right.labels, *said.labels))
    assert isinstance(said, Boxes)  # a field has one kind
    assert isinstance(right, Boxes)
    faults = [_fault_of_box(true, said.shapes) for true in right.shapes]
    faults += [_extra(box, right.shapes) for box in said.shapes]
    return min((fault for fault in faults if fault), key=lambda fault: _ORDER.index(fault[0]), default=None)


_ORDER = (DefectType.MISSED, DefectType.WRONG_LABEL, DefectType.EXTRA, DefectType.LOOSE_BOX)


def _fault_of_box(true: Box, said: tuple[Box, ...]) -> tuple[DefectType, tuple[str, ...]] | None:
    best = max(said, key=lambda box: iou(box, true), default=None)
    if best is None or iou(best, true) < TOUCHING:
        return DefectType.MISSED, (true.label,)
    if best.label != true.label:
        return DefectType.WRONG_LABEL, (true.label, best.label)
    return (DefectType.LOOSE_BOX, (true.label,)) if iou(best, true) < TIGHT else None


def _extra(box: Box, right: tuple[Box, ...]) -> tuple[DefectType, tuple[str, ...]] | None:
    return None if any(iou(box, true) >= TOUCHING for true in right) else (DefectType.EXTRA, (box.label,))


def _clause(rulebook: CompiledRulebook, defect_type: DefectType, labels: tuple[str, ...]) -> str | None:
    """The narrowest clause about these labels; about boxes and what is to be boxed the rulebook has its own."""
    clauses = rulebook.rulebook.clauses
    fixed = {DefectType.LOOSE_BOX: BOXES_CLAUSE, DefectType.MISSED: MISSED_CLAUSE}.get(defect_type)
    if fixed in {clause.id for clause in clauses}:
        return fixed
    for wanted in (set(labels), set(labels[:1])):
        about = [clause for clause in clauses if clause.level == 3 and wanted <= set(clause.labels)]
        if about:
            return min(about, key=lambda clause: len(clause.labels)).id
    return None
