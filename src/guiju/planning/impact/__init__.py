"""What publishing a rulebook's draft would touch: its changes and its checks tried on every answer of record.

A job reads the answers once, column by column; the page shows what each change touches and what the checks would
refuse, with the items to look at, before anybody decides.
"""

from guiju.planning.impact.actions import MEASURE_IMPACT, ask_for_impact, look_at_impact, run_impact
from guiju.planning.impact.publishing import Published, estimate_touched, publish_and_recheck

JOBS = {MEASURE_IMPACT: run_impact}

__all__ = [
    "JOBS",
    "MEASURE_IMPACT",
    "Published",
    "ask_for_impact",
    "estimate_touched",
    "look_at_impact",
    "publish_and_recheck",
    "run_impact",
]
