"""SQL of consents."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, insert, select, update

from guiju.collecting import tables as t
from guiju.collecting.consents.model import Agreed
from guiju.collecting.model import State
from guiju.kinds import Consent
from guiju.projects.tables import project as project_table
from guiju.storage import Tx

_c = t.consent.c


def find_consent(connection: Connection, project_id: int, annotator_id: int, key: str) -> int | None:
    """The consent of a person to exactly these words, if it holds."""
    mine = (_c.annotator_id == annotator_id) & (_c.project_id == project_id) & (_c.hash == key)
    return connection.execute(select(_c.id).where(mine, _c.withdrawn_at.is_(None))).scalar()


def insert_consent(tx: Tx, *, project_id: int, annotator_id: int, consent: Consent, locale: str) -> int:
    values = {
        "project_id": project_id,
        "annotator_id": annotator_id,
        "version": consent.version,
        "hash": consent.hash,
        "body": msgspec.json.encode(consent).decode(),
        "locale": locale[:16],
        "agreed_at": tx.at,
    }
    return tx.insert(insert(t.consent), values)


def withdraw(tx: Tx, consent_id: int) -> bool:
    """Whether it held until now."""
    holding = (_c.id == consent_id) & _c.withdrawn_at.is_(None)
    return tx.execute(update(t.consent).where(holding).values(withdrawn_at=tx.at)).rowcount == 1


def find(connection: Connection, consent_id: int) -> Agreed | None:
    row = connection.execute(_listed().where(_c.id == consent_id)).first()
    return _agreed(row) if row else None


def list_of(connection: Connection, annotators: Sequence[int]) -> list[Agreed]:
    """What these annotators agreed to, the newest first."""
    rows = connection.execute(_listed().where(_c.annotator_id.in_(annotators)).order_by(_c.id.desc()))
    return [_agreed(row) for row in rows]


def _listed() -> Select[*tuple[Any, ...]]:
    given = t.contribution.c
    holding = (given.consent_id == _c.id) & given.state.in_((State.KEPT.value, State.USED.value))
    count = select(func.count()).select_from(t.contribution).where(holding).scalar_subquery()
    return select(t.consent, project_table.c.name, count.label("count")).join_from(
        t.consent, project_table, project_table.c.id == _c.project_id
    )


def _agreed(row: Any) -> Agreed:
    consent = msgspec.json.decode(row.body, type=Consent)
    about = (row.id, row.project_id, row.name, row.annotator_id, consent)
    return Agreed(*about, row.agreed_at, row.withdrawn_at, row.count)
