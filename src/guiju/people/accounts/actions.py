"""What is changed about an account besides its password."""

from guiju.kit import Page, PageRequest
from guiju.people import store
from guiju.people.actions import get_account, keep_an_admin, require_admin
from guiju.people.errors import AccountNotFound
from guiju.people.model import Account, Team
from guiju.people.rules import clean_name
from guiju.people.teams.store import list_teams
from guiju.site import LOCALES
from guiju.storage import Actor, Event, House, Tx


def search_accounts(house: House, actor: Actor, words: str, wanted: PageRequest) -> Page[Account]:
    """The accounts whose name or address contains `words`, by name. Raises `AdminOnly`."""
    require_admin(actor)
    with house.reading() as connection:
        return store.page_accounts(connection, words.strip(), wanted)


def read_account(house: House, actor: Actor, account_id: int) -> Account:
    """One's own account, or for an administrator anybody's. Raises `AdminOnly`, `AccountNotFound`."""
    if actor.id != account_id:
        require_admin(actor)
    with house.reading() as connection:
        account = store.find_account(connection, account_id)
    if account is None:
        raise AccountNotFound(email=account_id)
    return account


def change_profile(house: House, actor: Actor, *, name: str, locale: str | None) -> None:
    """Change one's own name and language (one of `LOCALES`; anything else means the browser's)."""
    kept = locale if locale in LOCALES else None

    def write(tx: Tx) -> None:
        store.update_account(tx, actor.id, name=clean_name(name, actor.email), locale=kept)
        tx.journal(Event(actor.id, "people.profile-changed", subject_id=actor.id))

    house.write(write)


def change_rights(
    house: House, actor: Actor, account_id: int, *, is_admin: bool | None = None, may_open_projects: bool | None = None
) -> None:
    """Make an account an administrator, let it open projects, or the contrary; `None` leaves it as it is.

    Raises `AdminOnly`, `AccountNotFound`, `LastAdmin`.
    """
    require_admin(actor)
    wanted = {"is_admin": is_admin, "may_open_projects": may_open_projects}
    changes = {name: value for name, value in wanted.items() if value is not None}

    def write(tx: Tx) -> None:
        get_account(tx, account_id)
        if is_admin is False:
            keep_an_admin(tx, account_id)
        if changes:
            store.update_account(tx, account_id, **changes)
        tx.journal(Event(actor.id, "people.rights-changed", subject_id=account_id, facts=changes))

    house.write(write)


def list_teams_of(house: House, account_id: int) -> list[Team]:
    """The teams that an account belongs to, by name."""
    with house.reading() as connection:
        return [team for team in list_teams(connection) if account_id in team.members]
