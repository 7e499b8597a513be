"""Rework is addressed, in the transaction that rejects its lot."""

from collections.abc import Iterable

from guiju.annotations import annotator_of_account
from guiju.inspection.model import Lot
from guiju.inspection.rework import store
from guiju.inspection.rework.errors import NotAReworker
from guiju.inspection.rework.model import ReworkTo, To
from guiju.inspection.rework.rules import share_out
from guiju.people import Role, team_ids_of
from guiju.projects import list_members
from guiju.storage import Tx


def address(tx: Tx, lot: Lot, entries: Iterable[tuple[int, int | None]], to: ReworkTo) -> list[tuple[int, int | None]]:
    """`(item, for whom)` of the entries that go back: an annotator, or a team as its negative.

    Raises `NobodyElse`, `NotAReworker`.
    """
    going = list(entries)
    if to.to is To.SAME:
        return going
    people = {
        each.account_id: each.name
        for each in list_members(tx.connection, lot.project_id)
        if each.roles & Role.ANNOTATOR and not each.blocked
    }
    items = [item for item, _ in going]
    if to.to is To.OTHERS:
        given = share_out(items, store.authors_of(tx.connection, lot.id, items), people)
        made = {account: annotator_of_account(tx, account, people[account]) for account in sorted(set(given.values()))}
        return [(item, made[given[item]]) for item in items]
    if to.to is To.PERSON and to.whom in people:
        return [(item, annotator_of_account(tx, to.whom, people[to.whom])) for item in items]
    if to.to is To.TEAM and any(to.whom in team_ids_of(tx.connection, account) for account in people):
        return [(item, -to.whom) for item in items]
    raise NotAReworker
