"""Consents are given by a requester, in the customer's name, and ended by one; what a project left is read."""

from guiju.bank import store as deposits
from guiju.bank.consents import store
from guiju.bank.consents.errors import (
    ConsentNotOpen,
    DepositConsentNotFound,
    DepositWithoutRights,
    PaperNotFound,
    PaperThere,
)
from guiju.bank.consents.model import Consent, Given, Left
from guiju.bank.consents.rules import check_given, check_paper, last_moment
from guiju.bank.model import Held, Rights
from guiju.people import Act
from guiju.projects import Standing, authorise
from guiju.storage import Actor, Event, House, Tx, ask_for_job

DEPOSIT = "bank.deposit"


def give_consent(house: House, actor: Actor, project_id: int, request_id: str, given: Given) -> int:
    """Put on record that others' projects may use what this one leaves in the bank; what is there is deposited anew.

    Raises `NotAllowed` to all but a requester, `ConsentIncomplete`, `ConsentPast`, `ConsentNotOpen`.
    """

    def act(tx: Tx) -> int:
        project = authorise(tx.connection, actor, project_id, Act.GIVE_CONSENT).project
        check_given(given)
        until = last_moment(given.until, tx.at)
        if project.rights != Rights.GENERAL:
            raise ConsentNotOpen
        made = store.insert_consent(
            tx,
            project_id=project_id,
            customer=project.customer,
            purpose=given.purpose.strip()[:300],
            words=given.words.strip(),
            document=given.document.strip()[:200],
            looked_through=given.looked_through,
            until=until,
            given_by=actor.id,
        )
        facts = {"until": until, "looked_through": given.looked_through, "words": given.words}
        tx.journal(Event(actor.id, "bank.consented", project_id, made, facts=facts))
        return made

    return house.write(lambda tx: tx.once(request_id, actor.id, f"bank.consent.{project_id}", lambda: act(tx)))


def end_consent(house: House, actor: Actor, project_id: int, consent_id: int) -> None:
    """From now on nothing new is general under it, and what was is its customer's only; what others drew stays.

    To take back what others drew too, ask for a withdrawal. Again it does nothing. Raises `DepositConsentNotFound`.
    """

    def write(tx: Tx) -> None:
        authorise(tx.connection, actor, project_id, Act.GIVE_CONSENT)
        if store.find(tx.connection, project_id, consent_id) is None:
            raise DepositConsentNotFound(consent=consent_id)
        if store.end_consents(tx, [consent_id], actor.id):
            deposits.narrow(tx, [consent_id])
            tx.journal(Event(actor.id, "bank.consent-ended", project_id, consent_id))

    house.write(write)


def attach_paper(  # noqa: PLR0917 - whose paper, and the file
    house: House, actor: Actor, project_id: int, consent_id: int, request_id: str, name: str, content: bytes
) -> None:
    """Put the signed paper beside its consent; it stays as it is.

    Raises `NotAllowed` to all but a requester, `DepositConsentNotFound`, `PaperUnreadable`, `PaperThere`.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.GIVE_CONSENT)
    check_paper(name, content)
    key = house.blobs.put(content)

    def act(tx: Tx) -> int:
        if store.find(tx.connection, project_id, consent_id) is None:
            raise DepositConsentNotFound(consent=consent_id)
        if not store.set_paper(tx, consent_id, key, name.strip()[:200] or "consent"):
            raise PaperThere
        tx.journal(Event(actor.id, "bank.paper-attached", project_id, consent_id, facts={"sha256": key}))
        return 0

    def write(tx: Tx) -> None:
        authorise(tx.connection, actor, project_id, Act.GIVE_CONSENT)
        tx.once(request_id, actor.id, f"bank.paper.{consent_id}", lambda: act(tx))

    house.write(write)


def read_paper(house: House, actor: Actor, project_id: int, consent_id: int) -> tuple[str, bytes]:
    """The signed paper's name and bytes, for those who may take the data back. Raises `PaperNotFound`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.WITHDRAW)
        found = store.find_paper(connection, project_id, consent_id)
    if found is None:
        raise PaperNotFound
    return found[1], house.blobs.read(found[0])


def list_consents(house: House, actor: Actor, project_id: int) -> tuple[Standing, list[Consent]]:
    """The project's consents, the newest first, for those who read its reports."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        return standing, store.list_of(connection, project_id)


def read_left(house: House, actor: Actor, project_id: int) -> Left:
    """What the project left in the bank, and why not more of it is for all."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        return store.read_left(connection, project_id)


def deposit_again(house: House, actor: Actor, project_id: int, *, general: bool = False) -> list[int]:
    """Deposit all accepted lots of the project once more: after masking, or a change of scenes. The jobs' ids.

    With `general`, raises `DepositWithoutRights` when nothing of what lies there could become general.
    """

    def write(tx: Tx) -> list[int]:
        authorise(tx.connection, actor, project_id, Act.DELIVER)
        left = store.read_left(tx.connection, project_id)
        consent = store.find_consented(tx.connection, project_id, tx.at)
        if general and not left.general and (consent is None or set(left.held) == {Held.PERSONAL.value}):
            held = left.held or {Held.NO_CONSENT.value: left.deposits}
            raise DepositWithoutRights(count=sum(held.values()), reasons=list(held))
        lots = deposits.deposited_lots(tx.connection, project_id)
        return [ask_for_job(tx, DEPOSIT, {"lot": lot}, project_id=project_id, actor_id=actor.id) for _, lot in lots]

    return house.write(write)
