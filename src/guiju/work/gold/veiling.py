"""What others asked or ruled about a known item is kept from whoever may be given it: it would tell that it is known.

While known answers are mixed in, from everybody who only annotates, of the whole pool: what vanished when an item came
would tell as much. Of what somebody was given, for ever.
"""

from typing import Any

from sqlalchemy import Connection, Select, select

from guiju.annotations import RoundKind, RoundState, annotator_table, round_table
from guiju.people import Act, Role, may
from guiju.projects import list_members
from guiju.rulings import add_veil
from guiju.work.gold.met import met_by
from guiju.work.gold.tables import gold_item, gold_policy
from guiju.work.tables import slot as slot_table

_r, _a, _s, _p, _i = round_table.c, annotator_table.c, slot_table.c, gold_policy.c, gold_item.c


def given_to(connection: Connection, account_id: int, project_id: int) -> list[int]:
    """The known items that somebody was given."""
    mine = select(_a.id).where(_a.account_id == account_id).scalar_subquery()
    rounds = select(_p.gold_round_id).join_from(gold_policy, round_table, _r.id == _p.round_id)
    given = select(_s.item_id).where(_s.round_id.in_(rounds.where(_r.project_id == project_id)), _s.reserved == mine)
    return list(connection.execute(given).scalars())


def kept_from(connection: Connection, account_id: int, project_id: int) -> list[int]:
    """The known items of which nothing is told to somebody now."""
    given = given_to(connection, account_id, project_id)
    pool = set(connection.execute(_running(project_id)).scalars())
    if not pool:
        return given
    mine = (each.roles for each in list_members(connection, project_id) if each.account_id == account_id)
    if may(next(mine, Role(0)), Act.SEE_REPORTS):
        return given
    # what they know from elsewhere is never given to them, and stays where they know it from
    return [*given, *(pool - met_by(connection, account_id, project_id))]


def _running(project_id: int) -> Select[Any]:
    """The pools of production that is worked on."""
    return (
        select(_i.item_id)
        .join_from(gold_item, round_table, _r.id == _i.round_id)
        .where(_r.project_id == project_id, _r.kind == RoundKind.PRODUCTION, _r.state != RoundState.CLOSED)
    )


def hides_counts(connection: Connection, project_id: int) -> bool:
    """Whether what is told of all that was answered would tell known answers: it grows with every other one."""
    return connection.execute(_running(project_id).limit(1)).first() is not None


add_veil(kept_from)
