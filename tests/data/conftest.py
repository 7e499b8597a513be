"""What the tests of data share: an import carried out to its end, and files made on the spot."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from guiju.data import JOBS, Columns, Started, start_import
from guiju.data.actions import list_leftovers
from guiju.kit import PageRequest, new_id
from guiju.storage import Job, find_job, work_jobs
from tests.support.cast import Cast


class Importer:
    """Imports files as zhou into the cast's project, and tells what became of them."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.house = cast, cast.house

    def ask(
        self, *paths: Path, text: str | None = None, name: str | None = None, project: int | None = None
    ) -> Started:
        columns = Columns(text, name)
        where = project or self.cast.project
        return start_import(self.house, self.cast.zhou, where, request_id=new_id(), paths=paths, columns=columns)

    def run(self, *paths: Path, **options: Any) -> Job:
        started = self.ask(*paths, **options)
        work_jobs(self.house, JOBS, only=started.job)
        return self.job(started.job)

    def job(self, job_id: int) -> Job:
        with self.house.reading() as connection:
            found = find_job(connection, job_id)
        assert found is not None
        return found

    def codes(self, job: Job) -> dict[str, str]:
        """Every record that was not taken: its name and the code of its reason."""
        source = int((job.outcome or {})["source"])
        page = list_leftovers(self.house, self.cast.zhou, self.cast.project, source, PageRequest(200))
        return {row.name: row.code for row in page.rows}


@pytest.fixture
def importer(cast: Cast) -> Importer:
    return Importer(cast)


def picture_bytes(color: int = 0, size: tuple[int, int] = (40, 30), kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    Image.effect_noise(size, 20 + color % 200).convert("RGB").save(out, kind, **options)
    return out.getvalue()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    """Write a file below the test's own folder."""

    def written(name: str, content: bytes | str) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written
