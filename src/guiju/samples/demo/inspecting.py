"""The inspector at work: a lot drawn, its sample judged by the truth, the lot decided, drawn again after rework."""

from collections.abc import Mapping
from dataclasses import dataclass

from guiju.data import find_items
from guiju.inspection import LotState, decide_lot, draw_lot, get_lot, judge, look_at, resubmit_lot
from guiju.kit import new_id
from guiju.rulebooks import CompiledRulebook
from guiju.samples.demo.calendar import let_pass
from guiju.samples.demo.eyes import find_fault
from guiju.samples.demo.material import Known
from guiju.storage import Actor, House

LOOK_SECONDS = 12.0
"""What an inspector takes for an item."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspector in one project, who knows what is true."""

    house: House
    inspector: Actor
    project_id: int
    rulebook: CompiledRulebook
    truth: Mapping[str, Known]

    def draw(self, round_id: int | None = None) -> int:
        """Put what waits (in a round, or in the project) into a lot; returns it."""
        return draw_lot(self.house, self.inspector, self.project_id, new_id(), round_id=round_id)

    def draw_again(self, lot_id: int) -> int:
        """Bring a reworked lot again; returns the new one."""
        return resubmit_lot(self.house, self.inspector, self.project_id, lot_id, new_id())

    def judge_sample(self, lot_id: int, most: int | None = None) -> int:
        """Judge the sample, or its first `most` items; returns how many were judged."""
        judged = 0
        while most is None or judged < most:
            look = look_at(self.house, self.inspector, self.project_id, lot_id)
            if look is None:
                break
            item_id = look.place.item_id
            with self.house.reading() as connection:
                name = find_items(connection, self.project_id, [item_id])[item_id].name
            finding = find_fault(look.answers, self.truth[name].answers, self.rulebook)
            judge(self.house, self.inspector, self.project_id, lot_id, item_id, new_id(), finding)
            let_pass(self.house, seconds=LOOK_SECONDS)
            judged += 1
        return judged

    def decide(self, lot_id: int) -> bool:
        """Decide by what the plan says; returns whether the lot is accepted."""
        return decide_lot(self.house, self.inspector, self.project_id, lot_id, new_id()) is LotState.ACCEPTED

    def rework_of(self, lot_id: int) -> int:
        """The round in which a rejected lot is put right."""
        round_id = get_lot(self.house, self.inspector, self.project_id, lot_id).lot.rework_round
        assert round_id is not None  # only rejected lots are asked about
        return round_id

    def figures(self, lot_id: int) -> dict[str, object]:
        """The lot, its plan, and what the sample showed."""
        report = get_lot(self.house, self.inspector, self.project_id, lot_id)
        plan = report.lot.plan
        return {
            "lot": report.lot.number,
            "items": plan.lot,
            "severity": plan.severity.value,
            "sample": plan.n,
            "accepts_up_to": plan.accept,
            "defective": report.tally.defective,
        }
