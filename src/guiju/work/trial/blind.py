"""Who is blind: whoever takes part in a trial learns nothing of it while it runs and not all have answered."""

from sqlalchemy import Connection, func, select

from guiju.annotations import Round, RoundKind, RoundState, annotator_table, round_table
from guiju.rulings import add_veil
from guiju.storage import Actor
from guiju.work import tables as t
from guiju.work.model import SlotState
from guiju.work.trial.errors import TrialStillBlind

_RUNNING = (RoundState.OPEN, RoundState.PAUSED)
_OPEN_SLOTS = (SlotState.OPEN, SlotState.LEASED)


def blind_rounds(connection: Connection, account_id: int, project_id: int) -> list[int]:
    """The trials of the project that the account takes part in, while they run and any answer is wanted."""
    r, s, a = round_table.c, t.slot.c, annotator_table.c
    me = select(a.id).where(a.account_id == account_id).scalar_subquery()
    running = (r.project_id == project_id) & (r.kind == RoundKind.TRIAL) & r.state.in_(_RUNNING)
    mine = select(s.id).where(s.round_id == r.id, (s.reserved == me) | (s.annotator_id == me))
    wanted = select(s.id).where(s.round_id == r.id, s.state.in_(_OPEN_SLOTS))
    return list(connection.execute(select(r.id).where(running, mine.exists(), wanted.exists())).scalars())


def blind_items(connection: Connection, account_id: int, project_id: int) -> list[int]:
    """The items of those trials."""
    rounds = blind_rounds(connection, account_id, project_id)
    if not rounds:
        return []
    return list(connection.execute(select(t.slot.c.item_id).where(t.slot.c.round_id.in_(rounds)).distinct()).scalars())


def demand_sight(connection: Connection, actor: Actor, round_: Round) -> None:
    """Raises `TrialStillBlind` for whoever takes part in a trial that runs and still wants answers.

    Whoever can read the home is trusted with it.
    """
    if actor.trusted or round_.kind is not RoundKind.TRIAL or round_.state not in _RUNNING:
        return
    if round_.id in blind_rounds(connection, actor.id, round_.project_id):
        s = t.slot.c
        left = select(func.count()).where(s.round_id == round_.id, s.state.in_(_OPEN_SLOTS))
        raise TrialStillBlind(left=connection.execute(left).scalar_one())


add_veil(blind_items)
