"""What every command shares: the home, who it acts as, one shape of output, refusals as exit code 1."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import msgspec
import typer
from typer.core import TyperCommand, TyperOption

from guiju.kit import Refusal, Words, describe
from guiju.people import get_actor
from guiju.site.words import LOCALES, negotiate, words_for
from guiju.storage import Actor, House, opened_house

DEFAULT_HOME = Path("guiju-home")


@dataclass(frozen=True, slots=True)
class Context:
    """The options that every command takes."""

    home: Path
    database: str | None
    acting: str | None
    json: bool
    words: Words


def _keep(ctx: click.Context, option: click.Parameter, value: object) -> object:
    ctx.meta[f"guiju.{option.name}"] = value
    return value


def _common_options() -> list[click.Option]:
    keep: dict[str, Any] = {"callback": _keep, "expose_value": False}
    return [
        TyperOption(
            param_decls=["--home"], type=click.Path(), envvar="GUIJU_HOME", default=str(DEFAULT_HOME),
            show_default=True, help="The home folder.", metavar="DIR", **keep,
        ),
        TyperOption(
            param_decls=["--database"], envvar="GUIJU_DATABASE", default=None, metavar="URL",
            help="PostgreSQL instead of SQLite in the home.", **keep,
        ),
        TyperOption(
            param_decls=["acting", "--as"], default=None, metavar="EMAIL",
            help="Act as this account (default: the first administrator).", **keep,
        ),
        TyperOption(param_decls=["--json"], is_flag=True, default=False, help="Print JSON.", **keep),
    ]  # fmt: skip


class CommonCommand(TyperCommand):
    """A command that takes `--home`, `--database`, `--as` and `--json` beside its own options."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.params.extend(_common_options())


class Noun(typer.Typer):
    """A group of commands on one thing, all of them `CommonCommand`."""

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:
        return super().command(name, cls=CommonCommand, **options)


def noun(help: str) -> Noun:  # noqa: A002 - the word that typer uses
    return Noun(help=help, no_args_is_help=True, add_completion=False)


def locale() -> str:
    """The language of the command line: `GUIJU_LANG`, else the system's."""
    chosen = os.environ.get("GUIJU_LANG", "")
    system = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return chosen if chosen in LOCALES else negotiate(system.split(".")[0].replace("_", "-").replace("C", "en", 1))


def context_of(ctx: typer.Context) -> Context:
    kept = ctx.meta
    home, database, acting = kept["guiju.home"], kept["guiju.database"], kept["guiju.acting"]
    return Context(Path(home), database, acting, bool(kept["guiju.json"]), words_for(locale()))


@contextmanager
def opened(ctx: typer.Context) -> Iterator[House]:
    """The home that the command works on."""
    options = context_of(ctx)
    with refusals(ctx), opened_house(options.home, database=options.database) as house:
        yield house


@contextmanager
def house_and_actor(ctx: typer.Context) -> Iterator[tuple[House, Actor]]:
    """The home, and the account that the command acts as: whoever can read the home is trusted with it."""
    with opened(ctx) as house:
        yield house, get_actor(house, context_of(ctx).acting)


@contextmanager
def refusals(ctx: typer.Context) -> Iterator[None]:
    """A named refusal ends the command with exit code 1, in the same shape as everywhere."""
    try:
        yield
    except Refusal as refusal:
        options = context_of(ctx)
        error = describe(refusal, options.words)
        if options.json:
            sys.stdout.write(_encode({"error": error}) + "\n")
        else:
            typer.echo(f"{error['message']} {error['next']}  [{error['code']}]", err=True)
        raise typer.Exit(1) from refusal


def emit(ctx: typer.Context, data: object, text: str) -> None:
    """Print `data` as JSON when it is asked for, else `text`."""
    typer.echo(_encode(data) if context_of(ctx).json else text)


def progress_of(ctx: typer.Context) -> bool:
    """Whether to show progress on stderr: for people, not for pipes."""
    return sys.stderr.isatty() and not context_of(ctx).json


def _encode(data: object) -> str:
    return msgspec.json.format(msgspec.json.encode(data, enc_hook=str), indent=2).decode()


def words_of(ctx: typer.Context) -> Words:
    return context_of(ctx).words
