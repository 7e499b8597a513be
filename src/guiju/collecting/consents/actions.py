"""Agreeing, and taking it back: with the consent goes what was given under it."""

from guiju.annotations import annotator_of_account, find_annotator, find_round_as
from guiju.annotations.errors import RoundNotFound
from guiju.collecting import store as contributions
from guiju.collecting.actions import field_of, forget
from guiju.collecting.consents import store
from guiju.collecting.consents.model import Agreed, Withdrawn
from guiju.collecting.errors import ConsentChanged, ConsentNotFound
from guiju.collecting.model import State
from guiju.data import AsideReason, set_aside
from guiju.data.deriving import find_used
from guiju.data.store import delete_items
from guiju.kinds import Consent, ContributionOptions
from guiju.people import Act
from guiju.projects import ProjectNotFound, authorise
from guiju.storage import Actor, Event, House, Tx


def agree(house: House, actor: Actor, round_id: int, field: str, shown: Consent, *, locale: str) -> int:
    """Agree to the consent that a field of the round's rulebook asks for, as it was `shown`. Returns its id.

    Once is enough: again it is the same. Raises `RoundNotFound`, `NotAContributionField`, and `ConsentChanged` when
    the words are others than those that were shown.
    """

    def write(tx: Tx) -> int:
        found = find_round_as(tx.connection, round_id, actor.id)
        if found is None:
            raise RoundNotFound(round=round_id)
        round_, annotator_id = found
        try:
            authorise(tx.connection, actor, round_.project_id, Act.ANNOTATE)
        except ProjectNotFound as refusal:
            raise RoundNotFound(round=round_id) from refusal
        asked = field_of(tx.connection, round_.rulebook_id, field).option(ContributionOptions).consent
        if asked != shown:
            raise ConsentChanged(version=asked.version)
        annotator_id = annotator_id or annotator_of_account(tx, actor.id, actor.name)
        known = store.find_consent(tx.connection, round_.project_id, annotator_id, asked.hash)
        if known is not None:
            return known
        project_id = round_.project_id
        made = store.insert_consent(tx, project_id=project_id, annotator_id=annotator_id, consent=asked, locale=locale)
        facts = {"version": asked.version, "hash": asked.hash, "locale": locale}
        tx.journal(Event(actor.id, "collecting.agreed", project_id, made, facts=facts))
        return made

    return house.write(write)


def list_mine(house: House, actor: Actor) -> list[Agreed]:
    """What the actor agreed to, in whatever project, the newest first."""
    with house.reading() as connection:
        annotator_id = find_annotator(connection, actor.id)
        return store.list_of(connection, [annotator_id]) if annotator_id is not None else []


def withdraw(house: House, actor: Actor, consent_id: int) -> Withdrawn:
    """Take a consent back: by who gave it, or by who leads the project and was asked to by other means.

    What was given under it is removed; items made of it are removed too where nobody works with them yet, else given
    out no more. Again it does nothing. Raises `ConsentNotFound`.
    """
    hashes: list[str | None] = []

    def write(tx: Tx) -> Withdrawn:
        found = store.find(tx.connection, consent_id)
        if found is None:
            raise ConsentNotFound(consent=consent_id)
        if find_annotator(tx.connection, actor.id) != found.annotator_id:
            try:
                authorise(tx.connection, actor, found.project_id, Act.CHANGE_PROJECT)
            except ProjectNotFound as refusal:
                raise ConsentNotFound(consent=consent_id) from refusal
        if not store.withdraw(tx, consent_id):
            return Withdrawn(0, 0, [])
        given = contributions.find_of_consent(tx.connection, consent_id)
        ids = [row.id for row in given]
        contributions.end(tx, ids, State.WITHDRAWN)
        hashes.extend(row.hash for row in given)
        removed, kept = _withdraw_items(tx, actor, ids, consent_id, hashes)
        facts: dict[str, object] = {"contributions": len(ids), "items": removed, "kept": kept}
        tx.journal(Event(actor.id, "collecting.withdrawn", found.project_id, consent_id, facts=facts))
        return Withdrawn(len(ids), removed, kept)

    withdrawn = house.write(write)
    forget(house, hashes)
    return withdrawn


def _withdraw_items(
    tx: Tx, actor: Actor, ids: list[int], consent_id: int, hashes: list[str | None]
) -> tuple[int, list[int]]:
    """Items that contributions became: how many went, and those that could not since somebody works with them."""
    by_project: dict[int, list[int]] = {}
    for project_id, item in contributions.find_items_of(tx.connection, ids):
        by_project.setdefault(project_id, []).append(item)
    removed, kept = 0, list[int]()
    for project_id, items in sorted(by_project.items()):
        used = find_used(tx.connection, items, but="harvested")
        free = [item for item in items if item not in used]
        hashes.extend(delete_items(tx, project_id, free))
        set_aside(tx, project_id, sorted(used), AsideReason.CONSENT, cause=f"consent:{consent_id}", by=actor.id)
        removed += len(free)
        kept += sorted(used)
    return removed, kept
