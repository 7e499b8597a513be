"""SQL of languages and skills."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from guiju.people.skills.model import Skills
from guiju.people.tables import account_skill
from guiju.storage import Tx

LANGUAGE, SKILL = "language", "skill"
_s = account_skill.c


def skills_of(connection: Connection, account_ids: Sequence[int]) -> dict[int, Skills]:
    """What is kept of each of these accounts; nobody is left out who has any."""
    found: dict[int, dict[str, list[str]]] = {}
    rows = select(_s.account_id, _s.kind, _s.name).where(_s.account_id.in_(account_ids)).order_by(_s.name)
    for account_id, kind, name in connection.execute(rows):
        found.setdefault(account_id, {LANGUAGE: [], SKILL: []})[kind].append(name)
    return {account: Skills(tuple(of[LANGUAGE]), tuple(of[SKILL])) for account, of in found.items()}


def keep_skills(tx: Tx, account_id: int, skills: Skills, by: int) -> None:
    """These in place of those before."""
    tx.execute(delete(account_skill).where(_s.account_id == account_id))
    told = [(LANGUAGE, each) for each in skills.languages] + [(SKILL, each) for each in skills.skills]
    rows = [{"account_id": account_id, "kind": kind, "name": name, "set_by": by, "at": tx.at} for kind, name in told]
    if rows:
        tx.execute(insert(account_skill), rows)
