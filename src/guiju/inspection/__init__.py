"""Lots: what is accepted or rejected as one. A sample is drawn by a seed on record, verdicts are given on it, and the
lot's own plan decides; what is rejected goes back as rework and comes again under tightened inspection.

The journal's `lot.accepted` is what the bank deposits on. Delivery reads `accepted_entries` and `list_decided_lots`.
"""

from guiju.inspection.accepted import accepted_entries, entries_of
from guiju.inspection.drawing import (
    Preview,
    Waiting,
    draw_from,
    draw_lot,
    list_waiting,
    preview_lot,
    resubmit_lot,
)
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
    Split,
    Strictness,
    Tally,
    Terms,
    Verdict,
    Weight,
)
from guiju.inspection.pool import Pool
from guiju.inspection.proof import export_entries, prove_lot
from guiju.inspection.reading import (
    LotReport,
    get_lot,
    list_decided_lots,
    list_defects,
    list_lot_items,
    list_lots,
    look_at,
)
from guiju.inspection.several import draw_each, draw_lots
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
    "Pool",
    "Preview",
    "ReworkNotDone",
    "SampleItem",
    "SampleNotJudged",
    "Scope",
    "Split",
    "Strictness",
    "Tally",
    "Terms",
    "UnknownClause",
    "Verdict",
    "VerdictDisputed",
    "Waiting",
    "Weight",
    "accepted_entries",
    "decide_lot",
    "draw_each",
    "draw_from",
    "draw_lot",
    "draw_lots",
    "entries_of",
    "export_entries",
    "find_lot",
    "get_lot",
    "judge",
    "list_decided_lots",
    "list_defects",
    "list_lot_entry_ids",
    "list_lot_items",
    "list_lots",
    "list_waiting",
    "look_at",
    "lot_entry_table",
    "lot_table",
    "preview_lot",
    "prove_lot",
    "resubmit_lot",
]
