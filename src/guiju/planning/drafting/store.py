"""SQL of drafts."""

from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select, update

from guiju.planning.drafting import tables as t
from guiju.planning.drafting.model import Draft, DraftState
from guiju.storage import Tx

SHOWN = 10
_d = t.brief_draft.c


def _draft(row: Row[Any]) -> Draft:
    failed: dict[str, Any] | None = msgspec.json.decode(row.failed) if row.failed else None
    text = (row.id, row.project_id, row.name, row.text, DraftState(row.state), row.sent)
    return Draft(*text, row.host, row.model, row.answer, failed, row.made_by, row.at, row.job_id)


def insert_draft(tx: Tx, project_id: int, account_id: int, name: str, text: str) -> int:
    told = {"project_id": project_id, "made_by": account_id, "name": name, "text": text}
    return tx.insert(insert(t.brief_draft), {**told, "state": DraftState.READ, "host": "", "model": "", "at": tx.at})


def find_draft(connection: Connection, project_id: int, draft_id: int) -> Draft | None:
    mine = select(t.brief_draft).where(_d.id == draft_id, _d.project_id == project_id)
    row = connection.execute(mine).first()
    return _draft(row) if row else None


def list_drafts(connection: Connection, project_id: int) -> list[Draft]:
    mine = select(t.brief_draft).where(_d.project_id == project_id).order_by(_d.id.desc()).limit(SHOWN)
    return [_draft(row) for row in connection.execute(mine)]


def turn(tx: Tx, draft_id: int, before: DraftState, **values: object) -> bool:
    """Turn a draft that is in a state; whether it was."""
    mine = (_d.id == draft_id) & (_d.state == before)
    return tx.execute(update(t.brief_draft).where(mine).values(**values)).rowcount == 1


def delete_draft(tx: Tx, draft_id: int) -> None:
    tx.execute(delete(t.brief_draft).where(_d.id == draft_id))
