"""The house as a whole: serve it, work its jobs."""

from typing import Annotated

import typer

from guiju.cli.common import Noun, context_of, opened
from guiju.kit import without_collecting
from guiju.storage import work_jobs
from guiju.web.jobs import HANDLERS

PORT = 7100


def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for the whole LAN.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = PORT,
) -> None:
    """Serve the site and the API."""
    with without_collecting():
        from guiju.web.serve import run_server  # noqa: PLC0415 - the web stack, which other commands do not need

    options = context_of(ctx)
    with opened(ctx) as house:
        run_server(house, home=options.home, database=options.database, host=host, port=port)


# An import is followed by its profile and its words as soon as the server has heard of it, within a beat of its pulse:
# whoever waits for that beat saves the next worker its start of a second and a half.
LINGER_SECONDS = 1.0


def worker(
    ctx: typer.Context,
    until_idle: Annotated[bool, typer.Option("--until-idle", help="Stop when no job is left.")] = False,
) -> None:
    """Work the background jobs, beside a running server or instead of its own worker."""
    with opened(ctx) as house:
        work_jobs(house, HANDLERS, patience=LINGER_SECONDS if until_idle else None)


def add_to(app: Noun) -> None:
    app.command()(serve)
    app.command()(worker)
