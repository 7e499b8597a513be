"""Who acts on the journal."""

from guiju.bank import SUBSCRIBERS as BANK
from guiju.cleaning import SUBSCRIBERS as CLEANING
from guiju.coaching.slips import SUBSCRIBERS as SLIPS
from guiju.exams import SUBSCRIBERS as EXAMS
from guiju.findings import SUBSCRIBERS as FINDINGS
from guiju.inspection.seconds import SUBSCRIBERS as SECONDS
from guiju.planning.amendments import SUBSCRIBERS as AMENDMENTS
from guiju.rulings import SUBSCRIBERS as RULINGS
from guiju.scenes import SUBSCRIBERS as SCENES
from guiju.storage import Subscriber
from guiju.work import SUBSCRIBERS as WORK

SUBSCRIBERS: list[Subscriber] = [
    *CLEANING,
    *SCENES,
    *RULINGS,
    *EXAMS,
    *BANK,
    *FINDINGS,
    *WORK,
    *AMENDMENTS,
    *SECONDS,
    *SLIPS,
]
