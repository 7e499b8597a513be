"""What becomes of the rulebook's document: when labels change, and when that is undone."""

from collections.abc import Iterable

from guiju.planning.relabelling.errors import UndoConflict
from guiju.planning.relabelling.model import Asked, Relabelling
from guiju.planning.relabelling.rules import new_labels
from guiju.rulebooks import get_document, parse_rulebook
from guiju.rulebooks.merging import merge_documents
from guiju.rulebooks.publishing import Prepared, prepare_document
from guiju.rulebooks.relabelling import relabel_document, with_labels_of
from guiju.storage import Actor, House


def prepare(house: House, project_id: int, asked: Asked) -> Prepared:
    """The version that a change would publish, and the draft beside it. Raises what `prepare_document` raises."""

    def changed(document: str) -> str:
        return relabel_document(document, asked.names, new_labels(asked, parse_rulebook(document)))

    return prepare_document(house, project_id, changed, lambda draft: _in_draft(draft, asked))


def _in_draft(draft: str, asked: Asked) -> str:
    """A draft may have lost a label that changes, or cannot be read: then what it has is changed."""
    known = {label.id for label in parse_rulebook(draft).labels}
    sources = [name for name in asked.sources if name in known]
    if not sources:
        return draft
    here = Asked(sources, asked.targets, asked.reason)
    return relabel_document(draft, here.names, new_labels(here, parse_rulebook(draft)))


def prepare_undo(house: House, actor: Actor, undone: Relabelling, kept: Iterable[str]) -> Prepared:
    """The version that undoing publishes: as before the act, with what was changed since, and labels that answers
    given since still hold. Raises `UndoConflict`."""
    project_id = undone.project_id
    before = get_document(house, actor, project_id, undone.before_id).document
    after = get_document(house, actor, project_id, undone.after_id or undone.before_id).document

    def back(document: str) -> str:
        merged = merge_documents(after, before, document)
        places = [each.place for each in merged.conflicts if each.place != "version"]
        if places:
            raise UndoConflict(places=", ".join(places))
        return with_labels_of(after, merged.text, kept)

    return prepare_document(house, project_id, back)
