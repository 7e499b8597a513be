"""What the labels say when they are looked at together: how often, where, by whom, beside which others, and which of
them deserve a second look. Computed by a job from the answers of record, kept as one document with its items.
"""

from guiju.findings.analysis.actions import ANALYSE, ask_to_analyse, look_at_analysis, run_analysis
from guiju.findings.analysis.model import Analysis

__all__ = ["ANALYSE", "Analysis", "ask_to_analyse", "look_at_analysis", "run_analysis"]
