"""What happens to scenes when data comes and goes."""

from guiju.scenes import store
from guiju.scenes.reading import FORGET, PLACE
from guiju.storage import JournalRow, Subscriber, Tx, ask_for_job
from guiju.vectors.names import LEAVING


def _follow(tx: Tx, row: JournalRow) -> None:
    """New items find their place by themselves; of what was taken back nothing stays."""
    if row.project_id is None:
        return
    if row.action == "data.taken-back":
        ask_for_job(tx, FORGET, {}, project_id=row.project_id, actor_id=row.actor_id)
        return
    for each in store.maps_in(tx.connection, row.project_id, "current"):
        if each.backend in LEAVING:  # what is new goes out of the house only when somebody has seen it
            continue
        ask_for_job(tx, PLACE, {"view": each.view.value}, project_id=row.project_id, actor_id=row.actor_id)


SUBSCRIBERS = [Subscriber("scenes", frozenset({"data.landed", "data.taken-back"}), _follow)]
