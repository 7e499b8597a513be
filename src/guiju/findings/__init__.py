"""What is found when items, their answers and the project's rules are looked at together, and what is done about it.

`search` finds items by words, labels, source and state, whatever their number; `marks` counts the labels of the
answers of record, item by item, so that searches and analyses need not read answers; `analysis` looks at all labels of
a project together.
"""

from guiju.findings.analysis import ANALYSE, run_analysis
from guiju.findings.marks import COUNT_MARKS, run_count
from guiju.findings.search.acting import SET_ASIDE, run_set_aside
from guiju.findings.search.indexing import INDEX, on_landed, run_index
from guiju.storage import Subscriber
from guiju.storage.jobs import Handler

JOBS: dict[str, Handler] = {ANALYSE: run_analysis, COUNT_MARKS: run_count, INDEX: run_index, SET_ASIDE: run_set_aside}
SUBSCRIBERS = [Subscriber("findings.search", frozenset({"data.landed"}), on_landed)]

__all__ = ["JOBS", "SUBSCRIBERS"]
