"""A label that answers hold cannot go from the rulebook: asked whenever a draft is looked at or published."""

from sqlalchemy import Connection, select

from guiju.annotations import RoundState, annotation_table, resolution_table, round_table
from guiju.kinds import decode_answers
from guiju.kit import Refusal
from guiju.planning.relabelling.errors import LabelHasAnnotations
from guiju.planning.relabelling.rules import labels_in
from guiju.planning.relabelling.store import naming
from guiju.rulebooks import Rulebook

AT_ONCE = 5_000


def find_removed_in_use(
    connection: Connection, project_id: int, before: Rulebook, after: Rulebook, most: int | None = None
) -> Refusal | None:
    """The first label that `after` has no more, also not as an alias, and that answers hold: of record, or given in a
    round that is not closed. What closed rounds hold beside is history, and reads by its own version. With `most`, only
    so many answers are looked through: enough for whoever writes, not for who publishes."""
    stays = {name for label in after.labels for name in (label.id, *label.aliases)}
    for label in before.labels:
        if label.id not in stays:
            count = _count(connection, project_id, label.id, most)
            if count:
                return LabelHasAnnotations(label=label.id, count=count)
    return None


def _count(connection: Connection, project_id: int, label: str, most: int | None) -> int:
    """Answers of record that hold it; where none does, items answered with it in rounds at work."""
    r, a = resolution_table.c, annotation_table.c
    held = select(r.answers).where(r.project_id == project_id, r.holds)
    open_rounds = select(round_table.c.id).where(
        round_table.c.project_id == project_id, round_table.c.state.in_([RoundState.OPEN, RoundState.PAUSED])
    )
    said = select(a.answers).where(a.round_id.in_(open_rounds))
    for wanted in (held, said):
        some = wanted.limit(most).subquery()
        naming_it = select(some.c.answers).where(naming(some.c.answers, [label]))
        rows = connection.execution_options(yield_per=AT_ONCE).execute(naming_it).scalars()
        count = sum(label in labels_in(decode_answers(answers)) for answers in rows)
        if count:
            return count
    return 0
