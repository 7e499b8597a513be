"""`guiju deliver`: build a package here and now and lay its files into a folder."""

import time
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import msgspec
import typer

from guiju.cli.common import Noun, emit, house_and_actor, words_of
from guiju.delivery import FORMATS, JOBS, Asked, Delivery, Include, Splits, Terms, deliver, get_package, read_shares
from guiju.delivery.documents import write_quality_report
from guiju.kit import N_, Refusal, Words, new_id
from guiju.site.documents import get_format, render
from guiju.storage import Actor, House, find_job, work_jobs
from guiju.storage.full import writing_files

POLL_SECONDS = 0.2


class NotBuilt(Refusal):
    code = "delivery-not-built"
    status = 409
    sentence = N_("Nothing was built: “{message}”.")
    next_step = N_("What to do: “{next}”.")


def deliver_to(
    ctx: typer.Context,
    project: Annotated[int, typer.Argument(help="The project's number.")],
    out: Annotated[Path, typer.Option(help="The folder that the files are laid into.", file_okay=False)],
    format_name: Annotated[str, typer.Option("--format", help="One of: " + ", ".join(FORMATS))] = "jsonl",
    include: Annotated[
        Include, typer.Option(help="Accepted lots only, or everything resolved, marked so.")
    ] = Include.ACCEPTED,
    with_media: Annotated[bool, typer.Option("--with-media", help="With the pictures and sounds themselves.")] = False,
    split: Annotated[str, typer.Option(help="Parts and their shares: “train=80,validation=10,test=10”.")] = "",
    split_by: Annotated[str, typer.Option(help="The field whose labels each part has in the same shares.")] = "",
    group: Annotated[
        list[str] | None,
        typer.Option(help="A column of the items whose values stay in one part; “source” for imports."),
    ] = None,
    seed: Annotated[str, typer.Option(help="What decides the parts in the place of chance.")] = "1",
    keep: Annotated[int | None, typer.Option(help="A delivery of which every item stays in its part.")] = None,
    since: Annotated[int | None, typer.Option(help="A delivery: only what is new or other since then.")] = None,
    lot: Annotated[
        list[int] | None, typer.Option(help="The number of an accepted lot that goes in; may be repeated.")
    ] = None,
    with_references: Annotated[
        bool, typer.Option("--with-references", help="Gold items and examples of the rulebook go in, too.")
    ] = False,
    report: Annotated[
        list[str] | None, typer.Option(help="The quality report beside the files, too: docx or pdf; may be repeated.")
    ] = None,
    personal: Annotated[bool, typer.Option(help="Look through the texts for personal data.")] = True,
) -> None:
    """Build the package of a project as it stands."""
    splits = Splits(read_shares(split), split_by or None, tuple(group or ()), seed, keep) if split else None
    terms = Terms(splits, since, tuple(lot or ()), with_references, personal)
    with house_and_actor(ctx) as (house, actor):
        asked = deliver(
            house, actor, project, new_id(), format=format_name, include=include, with_media=with_media, terms=terms
        )
        work_until_over(house, asked)
        refuse_if_failed(house, asked, words_of(ctx))
        package = get_package(house, actor, project, asked.number)
        names = lay_out(house.blobs.path(package.blob or ""), out)
        names += [write_report(house, actor, package, out, each, say) for each in report or () for say in ("zh", "en")]
        answer = {
            "delivery": package.number,
            "items": package.items,
            "size": package.size,
            "sha256": package.blob,
            "files": names,
            "summary": msgspec.to_builtins(package.summary),
            "out": str(out),
        }
        t = words_of(ctx)
        said = t(
            "{items} items in {count} files at {out}. SHA-256 of the package: {sha256}", **answer, count=len(names)
        )
        emit(ctx, answer, said)


def lay_out(package: Path, out: Path) -> list[str]:
    """The package's files in the folder `out`: all of them, or, where the disk is full, none. Raises `StorageFull`."""
    out.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(package) as files, TemporaryDirectory(dir=out, prefix=".guiju-") as beside, writing_files():
        files.extractall(beside)
        for name in files.namelist():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(beside) / name).replace(out / name)
        return files.namelist()


def write_report(house: House, actor: Actor, package: Delivery, out: Path, format_name: str, language: str) -> str:
    document = write_quality_report(house, actor, package.project_id, package.number, language)
    name = f"quality_report.{language}.{get_format(format_name).suffix}"
    with writing_files():
        (out / name).write_bytes(render(document, format_name))
    return name


def refuse_if_failed(house: House, asked: Asked, words: Words) -> None:
    """Say why nothing was built. Raises `NotBuilt`."""
    with house.reading() as connection:
        job = find_job(connection, asked.job)
    told = (job.outcome or {}).get("error") if job else None
    if told:
        details = told["details"]
        raise NotBuilt(message=words(told["sentence"], **details), next=words(told["next"], **details))


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
