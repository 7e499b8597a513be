"""A trainer who cleans: brings texts in, keeps a recipe, runs it to its end."""

from pathlib import Path
from typing import Any

from guiju.cleaning.recipes import Run, StepSaid, get_run, save_recipe, start_run
from guiju.data import Item, ItemFilter, start_import
from guiju.data.actions import list_items
from guiju.kit import PageRequest, new_id
from guiju.storage import Job, find_job, work_jobs
from guiju.web.jobs import HANDLERS
from tests.support.cast import Cast


class Cleaner:
    """Brings files into the cast's project as zhou, its trainer, and cleans them."""

    def __init__(self, cast: Cast, folder: Path) -> None:
        self.cast, self.house, self.project, self._folder = cast, cast.house, cast.project, folder

    def bring(self, *texts: str) -> None:
        path = self._folder / f"{new_id()}.jsonl"
        import json

        path.write_text("\n".join(json.dumps({"text": text, "id": f"t{n}"}) for n, text in enumerate(texts)), "utf-8")
        self.bring_file(path)

    def bring_file(self, *paths: Path) -> None:
        started = start_import(self.house, self.cast.zhou, self.project, request_id=new_id(), paths=paths)
        work_jobs(self.house, HANDLERS, only=started.job)
        assert self.job(started.job).state == "done"

    def job(self, job_id: int) -> Job:
        with self.house.reading() as connection:
            found = find_job(connection, job_id)
        assert found is not None
        return found

    def recipe(self, *steps: str | tuple[str, dict[str, Any]], name: str = "r") -> int:
        said = [StepSaid(one) if isinstance(one, str) else StepSaid(*one) for one in steps]
        return save_recipe(self.house, self.cast.zhou, self.project, name, said, request_id=new_id()).id

    def ask(self, recipe: int, **options: Any) -> Run:
        return start_run(self.house, self.cast.zhou, self.project, recipe, request_id=new_id(), **options)

    def run(self, *steps: str | tuple[str, dict[str, Any]], **options: Any) -> Run:
        asked = self.ask(self.recipe(*steps), confirmed=True, **options)
        return self.work(asked)

    def work(self, asked: Run) -> Run:
        work_jobs(self.house, HANDLERS, only=asked.job_id)
        return get_run(self.house, self.cast.zhou, self.project, asked.id)

    def items(self, source: int | None = None) -> list[Item]:
        wanted = ItemFilter(source)
        return list_items(self.house, self.cast.zhou, self.project, PageRequest(200), wanted).rows

    def texts(self, source: int | None = None) -> list[str | None]:
        return [item.body for item in self.items(source)]
