"""Somebody leaves in the middle: their account is blocked, or they are taken out of a project.

What they have in hand waits for others again, and what was kept for them alone is for anybody; what they answered and
what they began is kept. Trials and exams ask certain people, so there nothing goes to others.
"""

from sqlalchemy import ColumnElement, select

from guiju.annotations import RoundKind, RoundState, find_annotator, round_table
from guiju.people import Role, find_account
from guiju.projects import list_members
from guiju.storage import Event, JournalRow, Subscriber, Tx
from guiju.work import tables as t
from guiju.work.model import ANYBODY, SlotState
from guiju.work.queue import store
from guiju.work.queue.store import BACK

_s, _r = t.slot.c, round_table.c
# what others may do in their place
_FOR_OTHERS = [RoundKind.PRODUCTION.value, RoundKind.REWORK.value, RoundKind.RECHECK.value]


def let_go(tx: Tx, row: JournalRow) -> None:
    """What somebody who is not there any more held goes back."""
    if row.subject_id is None or not _is_gone(tx, row):
        return
    annotator_id = find_annotator(tx.connection, row.subject_id)
    if annotator_id is None:
        return
    returned, freed = _give_back(tx, annotator_id, row.project_id)
    if returned or freed:
        facts: dict[str, object] = {"in_hand": returned, "kept": freed}
        tx.journal(Event(row.actor_id, "work.returned", row.project_id, row.subject_id, facts=facts))


def _is_gone(tx: Tx, row: JournalRow) -> bool:
    """As it is now: the journal may be read some time after."""
    account = find_account(tx.connection, row.subject_id or 0)
    if row.project_id is None:
        return account is not None and account.blocked_at is not None
    members = list_members(tx.connection, row.project_id)
    return not any(each.account_id == row.subject_id and each.roles & Role.ANNOTATOR for each in members)


def _give_back(tx: Tx, annotator_id: int, project_id: int | None) -> tuple[int, int]:
    rounds = select(_r.id).where(_r.kind.in_(_FOR_OTHERS), _r.state != RoundState.CLOSED)
    if project_id is not None:
        rounds = rounds.where(_r.project_id == project_id)
    mine: ColumnElement[bool] = _s.round_id.in_(rounds)
    in_hand = (_s.annotator_id == annotator_id) & (_s.state == SlotState.LEASED.value)
    returned = store.move_where(tx, mine & in_hand, **BACK)
    # what lies beside goes back with the others, and stays theirs: nobody is given it twice
    returned += store.move_where(tx, store.lies_beside(rounds) & in_hand, **BACK)
    kept = mine & (_s.reserved == annotator_id) & (_s.state == SlotState.OPEN.value)
    return returned, store.move_where(tx, kept, reserved=ANYBODY)


SUBSCRIBERS = [Subscriber("work.leaving", frozenset({"people.blocked", "project.member-set"}), let_go)]
