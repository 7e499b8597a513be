"""What lies on an inspector's bench."""

from dataclasses import dataclass

from guiju.inspection.model import Lot, SampleItem, Tally
from guiju.work import TaskItem


@dataclass(frozen=True, slots=True)
class Bench:
    """What an inspection begins with: the rulebook that the next place was made under, and how far the lot is."""

    lot: Lot
    tally: Tally
    rulebook_id: int


@dataclass(frozen=True, slots=True)
class Laid:
    """A place of the sample: its item, the answer that is judged (JSON), and what was said of it before."""

    place: SampleItem
    item: TaskItem
    answers: str
