"""Decisions of the bank: whose a thing is, who may use it."""

from collections.abc import Iterable, Sequence

from guiju.bank.model import Reader, Rights


def lesser_rights(source: str, project: str) -> Rights:
    """General only where both the source and the project are: whoever is stricter has the last word."""
    return Rights.GENERAL if source == project == Rights.GENERAL else Rights.CUSTOMER


def may_use(rights: str, customer: str, of_project: int, target: int, target_customer: str) -> bool:
    """Whether a deposit may go into the target project: general, of the same customer, or its own."""
    return rights == Rights.GENERAL or of_project == target or bool(customer and customer == target_customer)


def reader_of(leads: Iterable[tuple[int, str]], *, trusted: bool) -> Reader:
    """How far somebody sees who leads these `(project, customer)`; a nameless customer is nobody's."""
    led = list(leads)
    customers = frozenset(customer for _, customer in led if customer)
    return Reader(trusted, frozenset(project for project, _ in led), customers)


def label_keys(label_id: str, names: Sequence[str]) -> dict[str, bool]:
    """What a label is found by, and whether that is its id: the id as it is, and everything in lower case."""
    keys = {name.strip().lower()[:60]: False for name in (*names, label_id) if name.strip()}
    return {**keys, label_id[:60]: True}
