"""The audit report from the command line. A command of the noun `data`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from guiju.cleaning.auditing import write_audit
from guiju.cli.common import Noun, emit, house_and_actor, words_of
from guiju.cli.data import ProjectName, find_project_id
from guiju.kit import N_, Refusal, sha256_hex
from guiju.site.documents import file_name, get_format, render


class ReportFormat(StrEnum):
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


class Language(StrEnum):
    ZH = "zh"
    ZH_HANT = "zh-Hant"
    EN = "en"


class ReportNotWritten(Refusal):
    code = "report-not-written"
    status = 422
    sentence = N_("“{path}” cannot be written: {reason}.")
    next_step = N_("Choose another place with --out.")


def audit(
    ctx: typer.Context,
    project: ProjectName,
    source: Annotated[int | None, typer.Option(help="One source (default: the whole project).")] = None,
    format: Annotated[ReportFormat, typer.Option(help="What it is written as.")] = ReportFormat.PDF,  # noqa: A002
    language: Annotated[Language, typer.Option(help="In which language.")] = Language.ZH,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to (default: its title, here).")] = None,
) -> None:
    """Write the audit report: sources, rules and their outcome, what was set aside and why, what is open."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        document = write_audit(house, actor, project_id, source_id=source, language=language.value)
        path = out or Path(file_name(document.title, get_format(format.value).suffix))
        content = render(document, format.value)
        write_report(path, content)
        told = {"path": str(path), "bytes": len(content), "sha256": sha256_hex(content)}
        emit(ctx, told, words_of(ctx)(N_("Written: {path}"), path=path))


def write_report(path: Path, content: bytes) -> None:
    """Raises `ReportNotWritten`."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ReportNotWritten(path=path, reason=error.strerror or "–") from error


def add_to(app: Noun) -> None:
    """The command, under the noun `data`."""
    app.command()(audit)
