"""Sampling plans of lots: made when a lot is drawn, kept with it, and asked what the verdicts say so far. Pure."""

from guiju.inspection.plans.making import Demands, plan_lot
from guiju.inspection.plans.model import (
    SAMPLING_NAMES,
    STRICTNESS_NAMES,
    WEIGHT_NAMES,
    Limit,
    LotPlan,
    Standing,
    StandingLimit,
    Strictness,
    Weight,
)
from guiju.inspection.plans.rules import Judged, standing_of
from guiju.inspection.plans.telling import describe_plan, meaning_of, sketch_plan

__all__ = [
    "SAMPLING_NAMES",
    "STRICTNESS_NAMES",
    "WEIGHT_NAMES",
    "Demands",
    "Judged",
    "Limit",
    "LotPlan",
    "Standing",
    "StandingLimit",
    "Strictness",
    "Weight",
    "describe_plan",
    "meaning_of",
    "plan_lot",
    "sketch_plan",
    "standing_of",
]
