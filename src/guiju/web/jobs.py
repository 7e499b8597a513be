"""Every slice's job handlers."""

from functools import partial

from guiju.annotations import imports as annotation_imports
from guiju.bank import JOBS as BANK_JOBS
from guiju.bank.withdrawing import JOBS as WITHDRAWING_JOBS
from guiju.cleaning import JOBS as CLEANING_JOBS
from guiju.cleaning.recipes import JOBS as RECIPE_JOBS
from guiju.data import JOBS as DATA_JOBS
from guiju.delivery import JOBS as DELIVERY_JOBS
from guiju.feeds import JOBS as FEED_JOBS
from guiju.findings import JOBS as FINDINGS_JOBS
from guiju.inspection.unfolding import JOBS as LOT_JOBS
from guiju.planning.drafting import JOBS as DRAFTING_JOBS
from guiju.planning.impact import JOBS as IMPACT_JOBS
from guiju.planning.relabelling import JOBS as RELABELLING_JOBS
from guiju.rulings import insert_gold
from guiju.scenes import JOBS as SCENE_JOBS
from guiju.storage.jobs import Handler

HANDLERS: dict[str, Handler] = {
    **DATA_JOBS,
    **FEED_JOBS,
    **CLEANING_JOBS,
    **SCENE_JOBS,
    **RECIPE_JOBS,
    **LOT_JOBS,
    **DELIVERY_JOBS,
    **BANK_JOBS,
    **WITHDRAWING_JOBS,
    **FINDINGS_JOBS,
    **IMPACT_JOBS,
    **RELABELLING_JOBS,
    **DRAFTING_JOBS,
    # the right answers that a file knows become references, in a room above the one that reads the file
    annotation_imports.IMPORT: partial(annotation_imports.run_import, keep_gold=insert_gold),
}
