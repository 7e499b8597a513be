"""What others asked or ruled about a known item is kept from whoever is given it: it would tell that it is known."""

from sqlalchemy import Connection, select

from guiju.annotations import RoundKind, RoundState, annotator_table, round_table
from guiju.rulings import add_veil
from guiju.work.gold.tables import gold_policy
from guiju.work.tables import slot as slot_table

_r, _a, _s, _p = round_table.c, annotator_table.c, slot_table.c, gold_policy.c


def given_to(connection: Connection, account_id: int, project_id: int) -> list[int]:
    """The known items that somebody was given in rounds that are still worked on."""
    running = (
        select(_p.gold_round_id)
        .join_from(gold_policy, round_table, _r.id == _p.round_id)
        .where(_r.project_id == project_id, _r.kind == RoundKind.PRODUCTION, _r.state != RoundState.CLOSED)
    )
    rounds = list(connection.execute(running).scalars())
    if not rounds:
        return []
    mine = select(_a.id).where(_a.account_id == account_id).scalar_subquery()
    return list(connection.execute(select(_s.item_id).where(_s.round_id.in_(rounds), _s.reserved == mine)).scalars())


add_veil(given_to)
