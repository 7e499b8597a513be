"""SQL of consents and of what a project left in the bank."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, or_, select, update

from guiju.bank import tables as t
from guiju.bank.consents.model import Consent, HeldBack, Left
from guiju.bank.model import Consented, Rights
from guiju.data import item_table
from guiju.people import account_table
from guiju.storage import Tx

_c = t.bank_consent.c
EXAMPLES = 20


def insert_consent(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t.bank_consent), {**values, "given_at": tx.at})


def end_consents(tx: Tx, ids: Sequence[int], by: int) -> int:
    """End those that hold; how many that were."""
    holding = _c.id.in_(ids) & _c.ended_at.is_(None)
    return tx.execute(update(t.bank_consent).where(holding).values(ended_at=tx.at, ended_by=by)).rowcount


def find_consented(connection: Connection, project_id: int, at: int) -> Consented | None:
    """The consent under which the project deposits at this moment: of those that hold the one that does longest."""
    holding = (_c.project_id == project_id) & _c.ended_at.is_(None) & or_(_c.until.is_(None), _c.until > at)
    found = select(_c.id, _c.until, _c.looked_through).where(holding)
    rows = [Consented(*row) for row in connection.execute(found.order_by(_c.id.desc()))]
    return max(rows, key=lambda one: (one.looked_through, one.until is None, one.until or 0), default=None)


def _listed() -> Select[*tuple[Any, ...]]:
    giver, ender = account_table.alias("giver"), account_table.alias("ender")
    return (
        select(t.bank_consent, giver.c.name.label("giver"), ender.c.name.label("ender"))
        .join_from(t.bank_consent, giver, giver.c.id == _c.given_by)
        .join(ender, ender.c.id == _c.ended_by, isouter=True)
    )


def list_of(connection: Connection, project_id: int) -> list[Consent]:
    """The project's consents, the newest first."""
    return [
        _consent(row) for row in connection.execute(_listed().where(_c.project_id == project_id).order_by(_c.id.desc()))
    ]


def find(connection: Connection, project_id: int, consent_id: int) -> Consent | None:
    row = connection.execute(_listed().where(_c.project_id == project_id, _c.id == consent_id)).first()
    return _consent(row) if row else None


def _consent(row: Row[*tuple[Any, ...]]) -> Consent:
    said = (row.purpose, row.words, row.document, row.looked_through, row.until)
    by = (row.giver, row.given_at, row.ender, row.ended_at)
    return Consent(row.id, row.project_id, row.customer, *said, *by, row.paper_name)


def set_paper(tx: Tx, consent_id: int, key: str, name: str) -> bool:
    """Whether there was none yet."""
    bare = (_c.id == consent_id) & _c.paper.is_(None)
    return tx.execute(update(t.bank_consent).where(bare).values(paper=key, paper_name=name)).rowcount == 1


def find_paper(connection: Connection, project_id: int, consent_id: int) -> tuple[str, str] | None:
    """`(blob, name)` of a consent's paper."""
    found = select(_c.paper, _c.paper_name).where(_c.project_id == project_id, _c.id == consent_id)
    row = connection.execute(found.where(_c.paper.is_not(None))).first()
    return (row[0], row[1]) if row else None


def read_left(connection: Connection, project_id: int) -> Left:
    d = t.deposit.c
    mine = d.project_id == project_id
    counted = select(d.grade, d.rights, d.held, d.same_as.is_not(None), func.count()).where(mine)
    grades, held, general, merged, total = dict[str, int](), dict[str, int](), 0, 0, 0
    for grade, rights, why, is_merged, n in connection.execute(
        counted.group_by(d.grade, d.rights, d.held, d.same_as.is_not(None))
    ):
        total += n
        grades[grade] = grades.get(grade, 0) + n
        general += n if rights == Rights.GENERAL else 0
        merged += n if is_merged else 0
        if why:
            held[why] = held.get(why, 0) + n
    shown = select(d.item_id, item_table.c.name, d.held, d.found).join_from(
        t.deposit, item_table, item_table.c.id == d.item_id
    )
    shown = shown.where(mine, d.held.is_not(None), d.held != "no-consent").order_by(d.item_id).limit(EXAMPLES)
    examples = [HeldBack(*row) for row in connection.execute(shown)] if held else []
    return Left(total, dict(sorted(grades.items())), general, held, merged, examples)
