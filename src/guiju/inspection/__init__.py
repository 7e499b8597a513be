"""Lots: what is accepted or rejected as one. A sample is drawn by a seed on record, verdicts are given on it, and the
plan of MIL-STD-105E decides; what is rejected goes back as rework and comes again under tightened inspection.

The journal's `lot.accepted` is what the bank deposits on. Delivery reads `accepted_entries` and `list_decided_lots`.
"""

from guiju.inspection.accepted import accepted_entries, entries_of
from guiju.inspection.drawing import Preview, Terms, draw_each, draw_lot, preview_lot, resubmit_lot
from guiju.inspection.errors import (
    BadVerdictFile,
    CorrectionIsAnswer,
    DefectIncomplete,
    DisputesOpen,
    FiguresMissing,
    LotChanged,
    LotDecided,
    LotNotFound,
    LotNotRejected,
    LotResubmitted,
    NothingToInspect,
    NotInSample,
    NotOwnWork,
    ReworkNotDone,
    SampleNotJudged,
    UnknownClause,
    VerdictDisputed,
)
from guiju.inspection.judging import decide_lot, judge
from guiju.inspection.model import (
    DEFECT_NAMES,
    LOT_STATE_NAMES,
    STRICTNESS_NAMES,
    WEIGHT_NAMES,
    DefectCount,
    DefectType,
    Finding,
    Lot,
    LotRow,
    LotState,
    Outcome,
    SampleItem,
    Scope,
    Strictness,
    Tally,
    Verdict,
    Weight,
)
from guiju.inspection.reading import (
    LotReport,
    draw_again,
    get_lot,
    list_decided_lots,
    list_defects,
    list_lot_items,
    list_lots,
    look_at,
)
from guiju.inspection.store import find_lot
from guiju.inspection.store import list_entry_ids as list_lot_entry_ids
from guiju.inspection.tables import lot as lot_table
from guiju.inspection.tables import lot_entry as lot_entry_table
from guiju.work import lend_words

# What is found stands on the annotator's bench in their own language.
lend_words([*DEFECT_NAMES.values(), *WEIGHT_NAMES.values()])

__all__ = [
    "DEFECT_NAMES",
    "LOT_STATE_NAMES",
    "STRICTNESS_NAMES",
    "WEIGHT_NAMES",
    "BadVerdictFile",
    "CorrectionIsAnswer",
    "DefectCount",
    "DefectIncomplete",
    "DefectType",
    "DisputesOpen",
    "FiguresMissing",
    "Finding",
    "Lot",
    "LotChanged",
    "LotDecided",
    "LotNotFound",
    "LotNotRejected",
    "LotReport",
    "LotResubmitted",
    "LotRow",
    "LotState",
    "NotInSample",
    "NotOwnWork",
    "NothingToInspect",
    "Outcome",
    "Preview",
    "ReworkNotDone",
    "SampleItem",
    "SampleNotJudged",
    "Scope",
    "Strictness",
    "Tally",
    "Terms",
    "UnknownClause",
    "Verdict",
    "VerdictDisputed",
    "Weight",
    "accepted_entries",
    "decide_lot",
    "draw_again",
    "draw_each",
    "draw_lot",
    "entries_of",
    "find_lot",
    "get_lot",
    "judge",
    "list_decided_lots",
    "list_defects",
    "list_lot_entry_ids",
    "list_lot_items",
    "list_lots",
    "look_at",
    "lot_entry_table",
    "lot_table",
    "preview_lot",
    "resubmit_lot",
]
