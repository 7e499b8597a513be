"""`guiju people`: accounts, one by one or from a roster."""

from pathlib import Path
from typing import Annotated

import typer

from guiju.cli.common import emit, house_and_actor, noun, opened
from guiju.people import (
    Account,
    AccountNotFound,
    block_account,
    create_account,
    find_account_by_email,
    first_password,
    import_roster,
    list_accounts,
    require_admin,
    reset_password,
    set_up,
)
from guiju.storage import House

app = noun("The people of the house: accounts, rosters, first passwords.")


def _data(account: Account) -> dict[str, object]:
    return {
        "id": account.id,
        "name": account.name,
        "email": account.email,
        "is_admin": account.is_admin,
        "may_open_projects": account.may_open_projects,
        "blocked": account.blocked_at is not None,
    }


def _line(account: Account) -> str:
    marks = [("admin", account.is_admin), ("blocked", account.blocked_at is not None)]
    return "\t".join([account.email, account.name, *(mark for mark, holds in marks if holds)])


def _account(house: House, email: str) -> Account:
    with house.reading() as connection:
        account = find_account_by_email(connection, email)
    if account is None:
        raise AccountNotFound(email=email)
    return account


@app.command("list")
def list_people(ctx: typer.Context) -> None:
    """List the accounts of the house."""
    with house_and_actor(ctx) as (house, actor):
        require_admin(actor)
        with house.reading() as connection:
            accounts = list_accounts(connection)
        emit(ctx, [_data(account) for account in accounts], "\n".join(map(_line, accounts)))


@app.command("set-up")
def set_up_house(
    ctx: typer.Context,
    email: Annotated[str, typer.Argument(help="The administrator's e-mail address.")],
    name: Annotated[str, typer.Argument(help="The administrator's name.")],
) -> None:
    """Make the first administrator of an empty house and print its first password."""
    with opened(ctx) as house:
        first = first_password()
        account_id = set_up(house, email=email, name=name, password=first, must_change=True)
        emit(ctx, {"id": account_id, "email": email, "first_password": first}, first)


@app.command("create")
def create_person(
    ctx: typer.Context,
    email: Annotated[str, typer.Argument(help="The person's e-mail address.")],
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    admin: Annotated[bool, typer.Option("--admin", help="Make it an administrator.")] = False,
    may_open_projects: Annotated[bool, typer.Option("--may-open-projects", help="Let it open projects.")] = False,
) -> None:
    """Make an account and print its first password."""
    with house_and_actor(ctx) as (house, actor):
        account_id, first = create_account(
            house, actor, email=email, name=name, is_admin=admin, may_open_projects=may_open_projects
        )
        emit(ctx, {"id": account_id, "email": email, "first_password": first}, first)


@app.command("import-roster")
def import_people(
    ctx: typer.Context, file: Annotated[Path, typer.Argument(help="An Excel or CSV file.", exists=True, dir_okay=False)]
) -> None:
    """Make an account for everybody in a roster, or for nobody; print the first passwords."""
    with house_and_actor(ctx) as (house, actor):
        handouts = import_roster(house, actor, file=file.name, content=file.read_bytes())
        lines = [f"{handout.email}\t{handout.name}\t{handout.password}" for handout in handouts]
        emit(ctx, [_handout(h.email, h.name, h.team, h.password) for h in handouts], "\n".join(lines))


def _handout(email: str, name: str, team: str, password: str) -> dict[str, object]:
    return {"email": email, "name": name, "team": team, "first_password": password}


@app.command("reset")
def reset_person(ctx: typer.Context, email: Annotated[str, typer.Argument(help="Whose password.")]) -> None:
    """Give an account a new first password and print it; its sessions end."""
    with house_and_actor(ctx) as (house, actor):
        first = reset_password(house, actor, _account(house, email).id)
        emit(ctx, {"email": email, "first_password": first}, first)


@app.command("block")
def block_person(ctx: typer.Context, email: Annotated[str, typer.Argument(help="Whom to block.")]) -> None:
    """Block an account: signed out at once, its work kept."""
    _set_blocked(ctx, email, blocked=True)


@app.command("unblock")
def unblock_person(ctx: typer.Context, email: Annotated[str, typer.Argument(help="Whom to let in again.")]) -> None:
    """Let a blocked account in again."""
    _set_blocked(ctx, email, blocked=False)


def _set_blocked(ctx: typer.Context, email: str, *, blocked: bool) -> None:
    with house_and_actor(ctx) as (house, actor):
        block_account(house, actor, _account(house, email).id, blocked=blocked)
        emit(ctx, _data(_account(house, email)), _line(_account(house, email)))
