"""`guiju deliver`: build a package here and now and lay its files into a folder."""

import time
import zipfile
from pathlib import Path
from typing import Annotated

import typer

from guiju.cli.common import Noun, emit, house_and_actor, words_of
from guiju.delivery import FORMATS, JOBS, Asked, Include, deliver, get_package
from guiju.kit import new_id
from guiju.storage import House, find_job, work_jobs

POLL_SECONDS = 0.2


def deliver_to(
    ctx: typer.Context,
    project: Annotated[int, typer.Argument(help="The project's number.")],
    out: Annotated[Path, typer.Option(help="The folder that the files are laid into.", file_okay=False)],
    format_name: Annotated[str, typer.Option("--format", help="One of: " + ", ".join(FORMATS))] = "jsonl",
    include: Annotated[
        Include, typer.Option(help="Accepted lots only, or everything resolved, marked so.")
    ] = Include.ACCEPTED,
    with_media: Annotated[bool, typer.Option("--with-media", help="With the pictures and sounds themselves.")] = False,
) -> None:
    """Build the package of a project as it stands."""
    with house_and_actor(ctx) as (house, actor):
        asked = deliver(house, actor, project, new_id(), format=format_name, include=include, with_media=with_media)
        work_until_over(house, asked)
        package = get_package(house, actor, project, asked.number)
        with zipfile.ZipFile(house.blobs.path(package.blob or "")) as files:
            files.extractall(out)
            names = files.namelist()
        answer = {
            "delivery": package.number,
            "items": package.items,
            "size": package.size,
            "sha256": package.blob,
            "files": names,
            "out": str(out),
        }
        t = words_of(ctx)
        said = t(
            "{items} items in {count} files at {out}. SHA-256 of the package: {sha256}", **answer, count=len(names)
        )
        emit(ctx, answer, said)


def work_until_over(house: House, asked: Asked) -> None:
    """Work the job here; where a server's worker was faster, wait for it."""
    while True:
        work_jobs(house, JOBS, only=asked.job)
        with house.reading() as connection:
            job = find_job(connection, asked.job)
        if job is None or job.state.is_over:
            return
        time.sleep(POLL_SECONDS)


def add_to(app: Noun) -> None:
    app.command("deliver")(deliver_to)
