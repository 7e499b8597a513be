"""JSON routes of withdrawals."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from guiju.bank.withdrawing.actions import ask_to_withdraw, get_withdrawal, list_withdrawals
from guiju.bank.withdrawing.model import Asked, Extent, Package, Removed, Scope, Withdrawal
from guiju.kit import iso
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class PackageAnswer(msgspec.Struct):
    """A delivery that held some of it; `recipients` may have fetched it, and are to be asked for it back."""

    project: int
    project_name: str
    number: int
    format: str
    items: int
    sha256: str
    removed: bool
    recipients: list[str]


class WithdrawalAnswer(msgspec.Struct):
    id: int
    scope: Scope
    extent: Extent
    customer: str | None
    project: int | None
    item: int | None
    reason: str
    state: str
    job: int | None
    report: Removed | None
    asked_by: str
    asked_at: str
    done_at: str | None
    packages: list[PackageAnswer] = []


class WithdrawalsAnswer(msgspec.Struct):
    withdrawals: list[WithdrawalAnswer]


class WithdrawalRequest(msgspec.Struct):
    """`typed` is the customer's or the project's name, or the item's number, once more: it cannot be undone."""

    id: str
    scope: Scope
    reason: str
    typed: str
    extent: Extent = Extent.ALL
    customer: str = ""
    project: int | None = None
    item: int | None = None


def withdrawal_answer(one: Withdrawal, packages: list[Package]) -> WithdrawalAnswer:
    what = (one.id, one.scope, one.extent, one.customer, one.project_id, one.item_id, one.reason, one.state, one.job_id)
    ended = iso(one.done_at) if one.done_at else None
    held = [
        PackageAnswer(p.project_id, p.project, p.number, p.format, p.items, p.sha256, p.removed, list(p.recipients))
        for p in packages
    ]
    return WithdrawalAnswer(*what, one.report, one.asked_by, iso(one.asked_at), ended, held)


@get("/bank/withdrawals", sync_to_thread=True)
def list_them(request: AnyRequest) -> WithdrawalsAnswer:
    """Withdrawals, the newest first."""
    found = list_withdrawals(house_of(request), actor_of(request))
    return WithdrawalsAnswer([withdrawal_answer(one, []) for one in found])


@post("/bank/withdrawals", sync_to_thread=True)
def ask_for_it(request: AnyRequest, data: JSONBody[WithdrawalRequest]) -> WithdrawalAnswer:
    """Take back what was given: a job finds and removes every copy."""
    house, actor = house_of(request), actor_of(request)
    asked = Asked(data.scope, data.extent, data.reason, data.customer, data.project, data.item)
    made = ask_to_withdraw(house, actor, data.id, asked, data.typed)
    return withdrawal_answer(*get_withdrawal(house, actor, made))


@get("/bank/withdrawals/{withdrawal_id:int}", sync_to_thread=True)
def show_it(request: AnyRequest, withdrawal_id: FromPath[int]) -> WithdrawalAnswer:
    """What was found and removed, and the deliveries that held any of it."""
    return withdrawal_answer(*get_withdrawal(house_of(request), actor_of(request), withdrawal_id))


API: list[Any] = [list_them, ask_for_it, show_it]
