"""The entries of a large lot, written after its draw: page by page, by the job `lot.unfold`, or by `unfold` before
whatever needs them all.
"""

from guiju.inspection.unfolding.actions import JOBS, UNFOLD, fold, unfold

__all__ = ["JOBS", "UNFOLD", "fold", "unfold"]
