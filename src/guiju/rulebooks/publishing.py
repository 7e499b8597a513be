"""A change that is made to the document that is in force and published with it, beside whatever draft there is.

The draft gets the same change, so that the next version does not take it back. What is read and tried beforehand is a
`Prepared`; `publish_prepared` writes it in the transaction of the act that it is part of.
"""

from collections.abc import Callable
from dataclasses import dataclass

from guiju.kit import sha256_hex
from guiju.rulebooks import store
from guiju.rulebooks.actions import SAVES_KEPT, problems_in
from guiju.rulebooks.diff import Proposal, propose_version
from guiju.rulebooks.document import parse_rulebook, tidy_document, with_version
from guiju.rulebooks.errors import NoRulebook, RulebookHasProblems, RulebookIsStale
from guiju.rulebooks.model import RulebookVersion
from guiju.rulebooks.rules import errors_of
from guiju.storage import Actor, Event, House, Tx


@dataclass(frozen=True, slots=True)
class Prepared:
    """The next version as it would be published, and the draft as it would stand beside it (`None`: there is none)."""

    latest: RulebookVersion
    proposal: Proposal
    document: str
    draft: RulebookVersion | None
    draft_document: str | None


def prepare_document(
    house: House, project_id: int, change: Callable[[str], str], to_draft: Callable[[str], str] | None = None
) -> Prepared:
    """`change` made to the version in force, and `to_draft` (the same, if not given) to the draft.

    The caller has authorised. Raises `NoRulebook`, `RulebookHasProblems`, and what the changes raise.
    """
    with house.reading() as connection:
        latest, draft = store.find_latest(connection, project_id), store.find_draft(connection, project_id)
    if latest is None:
        raise NoRulebook
    text = tidy_document(change(latest.document))
    errors = errors_of(problems_in(house, project_id, text))
    if errors:
        raise RulebookHasProblems(count=len(errors), line=errors[0].line)
    old = parse_rulebook(with_version(latest.document, latest.version))
    proposal = propose_version(old, parse_rulebook(text))
    changed = tidy_document((to_draft or change)(draft.document)) if draft else None
    return Prepared(latest, proposal, with_version(text, proposal.version), draft, changed)


def publish_prepared(tx: Tx, actor: Actor, project_id: int, prepared: Prepared) -> int:
    """Publish it for good; returns the version's id. Raises `RulebookIsStale` where somebody saved meanwhile."""
    latest, draft = store.find_latest(tx.connection, project_id), store.find_draft(tx.connection, project_id)
    started = (prepared.draft or prepared.latest).revision
    current = draft or latest
    now = current.revision if current else 0
    if latest is None or latest.id != prepared.latest.id or now != started:
        raise RulebookIsStale(revision=now, started=started)
    digest = sha256_hex(prepared.document.encode())
    made = store.insert_version(
        tx,
        project_id=project_id,
        version=prepared.proposal.version,
        document=prepared.document,
        digest=digest,
        revision=now + 1,
        based_on=latest.id,
        created_by=actor.id,
        created_at=tx.at,
        published_by=actor.id,
        published_at=tx.at,
    )
    saved = {"project_id": project_id, "saved_by": actor.id}
    store.insert_save(tx, keep=SAVES_KEPT, revision=now + 1, document=prepared.document, **saved)
    if draft is not None and prepared.draft_document is not None:
        text = prepared.draft_document
        values = {"document": text, "digest": sha256_hex(text.encode()), "revision": now + 2, "based_on": made}
        store.update_draft(tx, draft.id, **values)
        store.insert_save(tx, keep=SAVES_KEPT, revision=now + 2, document=text, **saved)
    facts = {"version": prepared.proposal.version, "digest": digest}
    tx.journal(Event(actor.id, "rulebook.published", project_id, made, from_revision=now, facts=facts))
    return made
