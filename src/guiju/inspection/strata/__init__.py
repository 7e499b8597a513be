"""Strata: a sample that is drawn group by group, and the share of defective items weighed by what the groups are in
the lot."""

from guiju.inspection.strata.model import BY_NAMES, SHARE_NAMES, By, Part, PartShare, Share, Strata, Stratify, Weighed

__all__ = [
    "BY_NAMES",
    "SHARE_NAMES",
    "By",
    "Part",
    "PartShare",
    "Share",
    "Strata",
    "Stratify",
    "Weighed",
]
