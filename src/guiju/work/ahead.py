"""What is made ready for annotators before they come: the voices of sounds, where a field of the rulebook asks."""

from guiju.data import prepare_voices
from guiju.rulebooks import Field, latest_published
from guiju.storage import JournalRow, Subscriber, Tx


def _prepare(tx: Tx, row: JournalRow) -> None:
    """New sounds or a new rulebook: only a job is asked for here, as the journal's readers hold the writer."""
    if row.project_id is None:
        return
    published = latest_published(tx.connection, row.project_id)
    if published and any(_wants_voices(field) for field in published.rulebook.fields):
        prepare_voices(tx, row.project_id, row.actor_id)


def _wants_voices(field: Field) -> bool:
    return field.kind == "segment" and field.options.get("voices") is True


SUBSCRIBERS = [Subscriber("work.voices", frozenset({"data.landed", "rulebook.published"}), _prepare)]
