"""What a trial's report on paper says."""

from collections.abc import Mapping
from dataclasses import dataclass

from guiju.annotations import Round
from guiju.rulebooks import CompiledRulebook
from guiju.work.drawing.model import Record
from guiju.work.trial.model import GateDecision, TrialReport
from guiju.work.trial.rounds.model import Comparison


@dataclass(frozen=True, slots=True)
class Facts:
    """All that stands in it. `names` are the annotators', or pseudonyms; `items` the names of the costly ones."""

    project: str
    customer: str
    round: Round
    rulebook: CompiledRulebook
    report: TrialReport
    names: Mapping[int, str]
    items: Mapping[int, str]
    decision: GateDecision | None = None
    decided_by: str = ""
    draw: Record | None = None
    change: Comparison | None = None
    is_pseudonymous: bool = False
