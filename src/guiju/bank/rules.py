"""Decisions of the bank: whose a thing is, who may use it."""

from collections.abc import Iterable, Sequence

from guiju.bank.model import Allowed, Consented, Held, Reader, Rights


def lesser_rights(source: str, project: str) -> Rights:
    """General only where both the source and the project are: whoever is stricter has the last word."""
    return Rights.GENERAL if source == project == Rights.GENERAL else Rights.CUSTOMER


def allow(source: str, project: str, consent: Consented | None, *, is_read: bool, has_personal: bool) -> Allowed:
    """With which rights an item is deposited. `is_read` is whether a program could look for personal data in it.

    >>> allow("general", "general", None, is_read=True, has_personal=False).held.value
    'no-consent'
    >>> allow("general", "general", Consented(1, None, False), is_read=True, has_personal=False).rights.value
    'general'
    """
    if lesser_rights(source, project) is Rights.CUSTOMER:
        return Allowed(Rights.CUSTOMER)
    if consent is None:
        return Allowed(Rights.CUSTOMER, Held.NO_CONSENT)
    if has_personal:
        return Allowed(Rights.CUSTOMER, Held.PERSONAL)
    if not is_read and not consent.looked_through:
        return Allowed(Rights.CUSTOMER, Held.NOT_LOOKED_AT)
    return Allowed(Rights.GENERAL, None, consent)


def may_use(rights: str, customer: str, of_project: int, target: int, target_customer: str) -> bool:
    """Whether a deposit may go into the target project: general, of the same customer, or its own."""
    return rights == Rights.GENERAL or of_project == target or bool(customer and customer == target_customer)


def is_stranger(reader: Reader, project: int, customer: str) -> bool:
    """Whether the reader may not know whose a deposit is, nor what its owner calls it."""
    return not (reader.everything or project in reader.projects or customer in reader.customers)


def pseudonym(deposit: int) -> str:
    """What a stranger calls a deposit.

    >>> pseudonym(12)
    'D-12'
    """
    return f"D-{deposit}"


def reader_of(leads: Iterable[tuple[int, str]], *, trusted: bool, at: int = 0) -> Reader:
    """How far somebody sees who leads these `(project, customer)`; a nameless customer is nobody's."""
    led = list(leads)
    customers = frozenset(customer for _, customer in led if customer)
    return Reader(trusted, frozenset(project for project, _ in led), customers, at)


def label_keys(label_id: str, names: Sequence[str]) -> dict[str, bool]:
    """What a label is found by, and whether that is its id: the id as it is, and everything in lower case."""
    keys = {name.strip().lower()[:60]: False for name in (*names, label_id) if name.strip()}
    return {**keys, label_id[:60]: True}
