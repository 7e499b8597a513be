"""Projects in mid-life for the tests, made through the same actions as everything."""

from pathlib import Path

from guiju.annotations import RoundKind, list_rounds
from guiju.briefs import save_brief, sign_brief
from guiju.data import JOBS, start_import
from guiju.kit import new_id
from guiju.rulebooks import publish_rulebook, save_draft
from guiju.samples.documents import brief_text, rulebook_text
from guiju.samples.messages import messages
from guiju.samples.steel import draw_surface, item_name
from guiju.storage import work_jobs
from tests.support.cast import Cast


def sign_the_brief(cast: Cast, name: str = "service", project: int | None = None) -> None:
    """zhou writes the sample brief, lin signs it."""
    project = project or cast.project
    version, revision = save_brief(
        cast.house, cast.zhou, project, document=brief_text(name), started_from=None, request_id=new_id()
    )
    sign_brief(cast.house, cast.lin, project, version=version, revision=revision, request_id=new_id())


def publish_the_rulebook(cast: Cast, name: str = "service", project: int | None = None) -> int:
    """zhou publishes the sample rulebook; returns its id."""
    project = project or cast.project
    save_draft(cast.house, cast.zhou, project, document=rulebook_text(name), from_revision=0, request_id=new_id())
    return publish_rulebook(cast.house, cast.zhou, project, request_id=new_id())


def import_paths(cast: Cast, *paths: Path, project: int | None = None) -> int:
    """gao imports files; returns the source."""
    started = start_import(cast.house, cast.gao, project or cast.project, request_id=new_id(), paths=list(paths))
    work_jobs(cast.house, JOBS, only=started.job)
    return started.source


def import_messages(cast: Cast, folder: Path, count: int = 12) -> list[str]:
    """gao imports so many service messages; returns their right labels, in order."""
    made = messages(count, seed=7)
    path = folder / "messages.csv"
    lines = ["id,text", *(f'm{n:04d},"{each.text}"' for n, each in enumerate(made))]
    path.write_text("\n".join(lines), encoding="utf-8")
    import_paths(cast, path)
    return [each.intent for each in made]


def import_surfaces(cast: Cast, folder: Path, count: int = 3) -> None:
    """gao imports so many steel surfaces."""
    pictures = folder / "surfaces"
    pictures.mkdir()
    for seed in range(count):
        (pictures / item_name(seed)).write_bytes(draw_surface(seed).image_bytes)
    import_paths(cast, pictures)


def service_project(cast: Cast, folder: Path, count: int = 12) -> list[str]:
    """The cast's project with a signed brief, a published rulebook and messages; returns their right labels."""
    sign_the_brief(cast)
    publish_the_rulebook(cast)
    return import_messages(cast, folder, count)


def latest_round(cast: Cast, kind: RoundKind) -> int:
    """The project's newest round of a kind."""
    with cast.house.reading() as connection:
        return list_rounds(connection, cast.project, kind)[-1].id
