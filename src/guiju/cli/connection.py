"""`guiju connection`: name databases, object stores and folders that projects draw from."""

import sys
from typing import Annotated

import typer

from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.data.mapping.model import Told
from guiju.feeds.connections import actions
from guiju.feeds.connections.api import ConnectionOut, connection_out
from guiju.feeds.connections.model import ConnectionKind
from guiju.feeds.connections.rules import check_reference
from guiju.kit import N_, Words, new_id
from guiju.storage import Actor, House

app = noun("Connections: what projects draw data from, named and granted by administrators.")

Named = Annotated[str, typer.Argument(metavar="CONNECTION", help="The connection's number or name.")]
SecretFrom = Annotated[
    str | None,
    typer.Option(
        metavar="WHERE", help="Where the secret is kept: env:GUIJU_SECRET_…, file:NAME, or - to read it here."
    ),
]


def _secret(where: str | None) -> str:
    """The secret from standard input, or the reference to it: never an argument, which other processes see."""
    if where != "-":
        return check_reference(where) if where else ""
    return sys.stdin.readline().rstrip("\r\n")


def _line(one: ConnectionOut) -> str:
    granted = "*" if one.for_all else ",".join(map(str, one.projects)) or "–"
    state = one.fault["code"] if one.fault else "ok" if one.checked_at else "–"
    return "\t".join([str(one.id), one.name, one.kind, one.address, granted, state])


def _show(ctx: typer.Context, house: House, actor: Actor, connection_id: int) -> None:
    one = connection_out(actions.get_connection(house, actor, connection_id))
    emit(ctx, one, _line(one))


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """List connections: number, name, kind, address, projects that may draw (*: all), state."""
    with house_and_actor(ctx) as (house, actor):
        found = [connection_out(one) for one in actions.list_connections(house, actor)]
        emit(ctx, found, "\n".join(map(_line, found)))


@app.command()
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="Its name, as trainers see it.")],
    kind: Annotated[ConnectionKind, typer.Argument(help="What it is.")],
    address: Annotated[str, typer.Argument(help="Its address, without password or key.")],
    secret: SecretFrom = None,
) -> None:
    """Name a connection, and see whether it answers."""
    with house_and_actor(ctx) as (house, actor):
        about = {"name": name, "kind": kind, "address": address, "secret": _secret(secret)}
        made = actions.add_connection(house, actor, request_id=new_id(), **about)  # type: ignore[arg-type]
        _tell(actions.check_connection(house, actor, made), words_of(ctx))
        _show(ctx, house, actor, made)


def _tell(fault: Told | None, t: Words) -> None:
    if fault is not None:
        typer.echo(f"{t(fault.sentence, **fault.details)} {t(fault.next, **fault.details)}  [{fault.code}]", err=True)


@app.command()
def change(
    ctx: typer.Context,
    connection: Named,
    name: Annotated[str | None, typer.Option(help="Another name.")] = None,
    address: Annotated[str | None, typer.Option(help="Another address; its secret is to be given with it.")] = None,
    secret: SecretFrom = None,
) -> None:
    """Change a connection's name, address or secret."""
    with house_and_actor(ctx) as (house, actor):
        found = actions.find_connection_id(house, actor, connection)
        told = None if secret is None else _secret(secret)
        actions.change_connection(house, actor, found, name=name, address=address, secret=told)
        _tell(actions.check_connection(house, actor, found), words_of(ctx))
        _show(ctx, house, actor, found)


@app.command()
def check(ctx: typer.Context, connection: Named) -> None:
    """See whether a connection answers; exit code 1 where it does not."""
    with house_and_actor(ctx) as (house, actor):
        found = actions.find_connection_id(house, actor, connection)
        fault = actions.check_connection(house, actor, found)
        if fault is not None:
            _tell(fault, words_of(ctx))
            raise typer.Exit(1)
        emit(ctx, {"answers": True}, words_of(ctx)(N_("It answers.")))


@app.command()
def grant(
    ctx: typer.Context,
    connection: Named,
    projects: Annotated[list[int] | None, typer.Argument(metavar="[PROJECT…]", help="Projects' numbers.")] = None,
    for_all: Annotated[bool, typer.Option("--all", help="Every project.")] = False,
) -> None:
    """Let exactly these projects draw from a connection; none takes all grants away."""
    with house_and_actor(ctx) as (house, actor):
        found = actions.find_connection_id(house, actor, connection)
        actions.grant_connection(house, actor, found, projects or [], for_all=for_all)
        _show(ctx, house, actor, found)


@app.command()
def remove(ctx: typer.Context, connection: Named) -> None:
    """Remove a connection that no feed draws from."""
    with house_and_actor(ctx) as (house, actor):
        actions.remove_connection(house, actor, actions.find_connection_id(house, actor, connection))
        emit(ctx, {"removed": True}, words_of(ctx)(N_("The connection was removed.")))
