"""A withdrawal is asked for by who may speak for what is taken back; then a job does it."""

from sqlalchemy import Connection

from guiju.bank.withdrawing import store
from guiju.bank.withdrawing.errors import (
    NothingToWithdraw,
    WithdrawalNotFound,
    WithdrawalRunning,
    WithdrawalUnreasoned,
)
from guiju.bank.withdrawing.model import Asked, Foreseen, Package, Scope, Withdrawal
from guiju.bank.withdrawing.running import WITHDRAW
from guiju.people import Act, NotAllowed, find_account
from guiju.projects import ProjectNotFound, authorise
from guiju.projects.rules import check_typed
from guiju.storage import Actor, Event, House, Tx, ask_for_job

LEAST_REASON = 4


def preview(house: House, actor: Actor, asked: Asked) -> Foreseen:
    """What it would reach at the first look. Raises `NothingToWithdraw` also to those who may not."""
    with house.reading() as connection:
        _check_may(connection, actor, asked)
        return store.foresee(connection, asked.scope, *_target(asked))


def ask_to_withdraw(house: House, actor: Actor, request_id: str, asked: Asked, typed: str) -> int:
    """Begin a withdrawal; `typed` is the customer's or the project's name, or the item's number. It cannot be undone.

    Raises `NothingToWithdraw`, `WithdrawalUnreasoned`, `NameNotTyped`, `WithdrawalRunning`.
    """

    def act(tx: Tx) -> int:
        name = _check_may(tx.connection, actor, asked)
        if len(asked.reason.strip()) < LEAST_REASON:
            raise WithdrawalUnreasoned
        check_typed(name, typed)
        customer, project_id, item_id = _target(asked)
        running = store.find_running(tx.connection, asked.scope, customer, project_id, item_id)
        if running is not None:
            raise WithdrawalRunning(withdrawal=running)
        if not store.foresee(tx.connection, asked.scope, customer, project_id, item_id).items:
            raise NothingToWithdraw
        made = store.insert_withdrawal(
            tx,
            customer=customer,
            project_id=project_id,
            item_id=item_id,
            scope=asked.scope.value,
            extent=asked.extent.value,
            reason=asked.reason.strip()[:2_000],
            asked_by=actor.id,
        )
        job = ask_for_job(tx, WITHDRAW, {"withdrawal": made}, project_id=None, actor_id=actor.id)
        store.update_withdrawal(tx, made, job_id=job)
        facts = {"scope": asked.scope.value, "extent": asked.extent.value}
        tx.journal(Event(actor.id, "bank.withdrawal-asked", project_id, made, facts=facts))
        return made

    return house.write(lambda tx: tx.once(request_id, actor.id, "bank.withdraw", lambda: act(tx)))


def _target(asked: Asked) -> tuple[str | None, int | None, int | None]:
    """Customer, project and item as the scope has them: one of the three."""
    if asked.scope is Scope.CUSTOMER:
        return asked.customer.strip(), None, None
    if asked.scope is Scope.PROJECT:
        return None, asked.project, None
    return None, None, asked.item


def _check_may(connection: Connection, actor: Actor, asked: Asked) -> str:
    """Whether the actor may speak for it; what has to be typed. Raises `NothingToWithdraw`, `NotAllowed`."""
    customer, project_id, item_id = _target(asked)
    if asked.scope is Scope.CUSTOMER:
        projects = store.projects_of(connection, customer or "") if customer else []
        if not projects:
            raise NothingToWithdraw
        if not _is_admin(connection, actor):
            for each in projects:
                _authorise(connection, actor, each)
        return customer or ""
    if asked.scope is Scope.ITEM:
        project_id = store.project_of_item(connection, item_id or 0)
    if project_id is None:
        raise NothingToWithdraw
    name = _authorise(connection, actor, project_id)
    return name if asked.scope is Scope.PROJECT else str(item_id)


def _authorise(connection: Connection, actor: Actor, project_id: int) -> str:
    try:
        return authorise(connection, actor, project_id, Act.WITHDRAW).project.name
    except ProjectNotFound as refusal:
        raise NothingToWithdraw from refusal


def _is_admin(connection: Connection, actor: Actor) -> bool:
    account = find_account(connection, actor.id)
    return actor.trusted or (account is not None and account.is_admin)


def _may_see(connection: Connection, actor: Actor, one: Withdrawal) -> bool:
    try:
        _check_may(connection, actor, Asked(one.scope, one.extent, "", one.customer or "", one.project_id, one.item_id))
    except (NothingToWithdraw, NotAllowed):
        return _is_admin(connection, actor)
    return True


def list_withdrawals(house: House, actor: Actor) -> list[Withdrawal]:
    """Those that the actor could have asked for, the newest first."""
    with house.reading() as connection:
        return [one for one in store.list_all(connection) if _may_see(connection, actor, one)]


def get_withdrawal(house: House, actor: Actor, withdrawal_id: int) -> tuple[Withdrawal, list[Package]]:
    """A withdrawal and the deliveries that held any of it. Raises `WithdrawalNotFound`."""
    with house.reading() as connection:
        one = store.find(connection, withdrawal_id)
        if one is None or not _may_see(connection, actor, one):
            raise WithdrawalNotFound(withdrawal=withdrawal_id)
        return one, store.list_packages(connection, withdrawal_id)
