"""What a brief lacks: one file a family of findings, all pure.

`vague` and the two lexicons hold the words that are read in two ways, `quantities` reads numbers with units, the
others find.
"""

from guiju.briefs.checks.figures import AQLS, PLAN_RANGES, figure_gaps
from guiju.briefs.checks.questions import question_gaps
from guiju.briefs.checks.sums import sum_gaps, volume_of, working_days
from guiju.briefs.checks.wording import facet_gaps, title_gaps, vague_words

__all__ = [
    "AQLS",
    "PLAN_RANGES",
    "facet_gaps",
    "figure_gaps",
    "question_gaps",
    "sum_gaps",
    "title_gaps",
    "vague_words",
    "volume_of",
    "working_days",
]
