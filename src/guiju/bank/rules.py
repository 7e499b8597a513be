"""Decisions of the bank: the words of a thing, whose it is, who may use it."""

import re
from collections.abc import Iterable, Sequence

from guiju.bank.model import Reader, Rights

MOST_WORDS = 2_000
_WORD = re.compile(r"\w+")


def tokens_of(text: str) -> list[str]:
    """The words of a text in any language, in lower case: Chinese ones as a dictionary cuts them, each once.

    A long Chinese word is also found by its parts, since the reader may cut it otherwise.
    """
    import rjieba  # noqa: PLC0415 - its dictionary takes a quarter of a second, which only the bank needs

    found: dict[str, None] = {}
    for run in _WORD.findall(text.lower()):
        for word in rjieba.cut_for_search(run) if not run.isascii() else (run,):
            found.setdefault(word)
    return list(found)[:MOST_WORDS]


def query_tokens(text: str) -> tuple[str, ...]:
    """The words of a search, all of which must be there; the longest cut, so that 上升 does not find 上."""
    import rjieba  # noqa: PLC0415 - as above

    words = [word for run in _WORD.findall(text.lower()) for word in (rjieba.cut(run) if not run.isascii() else (run,))]
    return tuple(dict.fromkeys(words))[:20]


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
