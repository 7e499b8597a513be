"""Labels renamed, merged or split over every answer of record, as one act that is reviewed first and can be undone.

A job reads the answers and keeps what each would become; a person sees what it touches and decides; another job
publishes the version and turns all of it on in one transaction. What annotators said stays as they said it.
"""

from guiju.planning.relabelling.actions import ACT, READ, act_on, discard, look_at, look_at_labels, propose, undo
from guiju.planning.relabelling.model import Asked, Kind, Recheck, Relabelling, Rule, Split, State, Target
from guiju.planning.relabelling.removing import find_removed_in_use
from guiju.rulebooks import guard_publishing
from guiju.storage import JobRun


def _read(run: JobRun) -> dict[str, object]:
    from guiju.planning.relabelling.running import run_read  # noqa: PLC0415 - what only the jobs need

    return run_read(run)


def _act(run: JobRun) -> dict[str, object]:
    from guiju.planning.relabelling.running import run_act  # noqa: PLC0415 - what only the jobs need

    return run_act(run)


JOBS = {READ: _read, ACT: _act}
guard_publishing(find_removed_in_use)

__all__ = [
    "ACT",
    "JOBS",
    "READ",
    "Asked",
    "Kind",
    "Recheck",
    "Relabelling",
    "Rule",
    "Split",
    "State",
    "Target",
    "act_on",
    "discard",
    "look_at",
    "look_at_labels",
    "propose",
    "undo",
]
