"""SQL of who has seen which ruling."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from guiju.rulings import store
from guiju.rulings import tables as t
from guiju.rulings.model import Question, Ruling
from guiju.storage import Tx

# So many of the newest are brought before somebody who has not seen them; what is older, the rulebook has.
SHOWN = 20
_r, _s, _q = t.ruling.c, t.ruling_seen.c, t.question.c


def unseen_of(connection: Connection, project_id: int, account_id: int) -> list[Ruling]:
    """The newest rulings on questions that the account has not seen and did not give, the newest first."""
    newest = select(_r.id).where(_r.project_id == project_id, _r.question_id.is_not(None))
    seen = select(_s.ruling_id).where(_s.account_id == account_id)
    among = newest.order_by(_r.id.desc()).limit(SHOWN).subquery()
    found = select(t.ruling).where(_r.id.in_(select(among.c.id)), _r.id.not_in(seen), _r.ruled_by != account_id)
    return store.rulings_from(connection, found.order_by(_r.id.desc()))


def asked_of(connection: Connection, rulings: Sequence[Ruling]) -> dict[int, list[Question]]:
    """The questions that each ruling answers, the one that was ruled on first."""
    roots = {each.question_id: each.id for each in rulings if each.question_id is not None}
    ids = connection.execute(select(_q.id).where((_q.id.in_(roots)) | (_q.merged_into.in_(roots)))).scalars()
    found: dict[int, list[Question]] = {}
    for each in store.find_questions(connection, sorted(ids)):
        found.setdefault(roots[each.merged_into or each.id], []).append(each)
    return {ruling: sorted(asked, key=lambda one: one.merged_into is not None) for ruling, asked in found.items()}


def note_seen(tx: Tx, account_id: int, ruling_ids: Sequence[int]) -> int:
    """Keep that the account has seen these rulings, each once with its first time; how many are new."""
    there = select(_s.ruling_id).where(_s.account_id == account_id, _s.ruling_id.in_(ruling_ids))
    new = sorted(set(ruling_ids) - set(tx.execute(there).scalars()))
    if new:
        tx.execute(insert(t.ruling_seen), [{"ruling_id": each, "account_id": account_id, "at": tx.at} for each in new])
    return len(new)


def rulings_in(connection: Connection, project_id: int, ruling_ids: Sequence[int]) -> list[int]:
    """Those of the rulings that are the project's."""
    mine = select(_r.id).where(_r.project_id == project_id, _r.id.in_(ruling_ids))
    return list(connection.execute(mine).scalars())


def seen_of(connection: Connection, ruling_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """Who has seen each of the rulings, and when."""
    found: dict[int, dict[int, int]] = {each: {} for each in ruling_ids}
    for row in connection.execute(select(t.ruling_seen).where(_s.ruling_id.in_(ruling_ids)).order_by(_s.at)):
        found[row.ruling_id][row.account_id] = row.at
    return found
