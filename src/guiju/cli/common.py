"""What every command shares: the home, who it acts as, one shape of output, refusals as exit code 1."""

import functools
import inspect
import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, cast

import msgspec
import typer

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


def _common(
    home: Annotated[Path, typer.Option(envvar="GUIJU_HOME", help="The home folder.")] = DEFAULT_HOME,
    database: Annotated[
        str | None,
        typer.Option(envvar="GUIJU_DATABASE", metavar="URL", help="PostgreSQL instead of SQLite in the home."),
    ] = None,
    acting: Annotated[
        str | None,
        typer.Option("--as", metavar="EMAIL", help="Act as this account (default: the first administrator)."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """The options that every command takes beside its own."""


_COMMON = inspect.signature(_common).parameters


def _with_common_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with `_COMMON` added to its parameters; `context_of(ctx)` has what was given for them."""

    @functools.wraps(command)
    def taken(**given: Any) -> None:
        common = {name: given.pop(name) for name in _COMMON}
        given["ctx"].obj = Context(words=words_for(locale()), **common)
        command(**given)

    own = inspect.signature(command)
    keyword = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*own.parameters.values(), *_COMMON.values())]
    taken.__signature__ = own.replace(parameters=keyword)  # type: ignore[attr-defined]
    taken.__annotations__ = {**command.__annotations__, **_common.__annotations__}
    return taken


class Noun(typer.Typer):
    """A group of commands on one thing, each with the options that all commands share."""

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:
        register = super().command(name, **options)
        return lambda command: register(_with_common_options(command))


def noun(help: str) -> Noun:  # noqa: A002 - the word that typer uses
    return Noun(help=help, no_args_is_help=True, add_completion=False)


def locale() -> str:
    """The language of the command line: `GUIJU_LANG`, else the system's."""
    chosen = os.environ.get("GUIJU_LANG", "")
    system = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return chosen if chosen in LOCALES else negotiate(system.split(".")[0].replace("_", "-").replace("C", "en", 1))


def context_of(ctx: typer.Context) -> Context:
    return cast(Context, ctx.obj)


@contextmanager
def opened(ctx: typer.Context) -> Generator[House]:
    """The home that the command works on."""
    options = context_of(ctx)
    with refusals(ctx), opened_house(options.home, database=options.database) as house:
        yield house


@contextmanager
def house_and_actor(ctx: typer.Context) -> Generator[tuple[House, Actor]]:
    """The home, and the account that the command acts as: whoever can read the home is trusted with it."""
    with opened(ctx) as house:
        yield house, get_actor(house, context_of(ctx).acting)


@contextmanager
def refusals(ctx: typer.Context) -> Generator[None]:
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


def built(answer: object) -> Any:
    """What a route answers with, as builtins; answers that are kept as JSON are read."""
    return msgspec.json.decode(msgspec.json.encode(answer))


def progress_of(ctx: typer.Context) -> bool:
    """Whether to show progress on stderr: for people, not for pipes."""
    return sys.stderr.isatty() and not context_of(ctx).json


def _encode(data: object) -> str:
    return msgspec.json.format(msgspec.json.encode(data, enc_hook=str), indent=2).decode()


def words_of(ctx: typer.Context) -> Words:
    return context_of(ctx).words
