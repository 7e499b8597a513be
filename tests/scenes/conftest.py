"""What the tests of scenes share: texts of a few kinds brought into the cast's project, and jobs carried out."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from guiju.data import JOBS as DATA_JOBS
from guiju.data import Media, item_ids, start_import
from guiju.data.store import find_items
from guiju.kit import new_id
from guiju.scenes import JOBS, Scenes, View, ask_to_make, ask_to_place, read_scenes
from guiju.storage import Job, find_job, work_jobs
from tests.support.cast import Cast

WHAT = {
    "refund": ("refund", "money back", "return the payment"),
    "parcel": ("parcel", "delivery", "courier"),
    "password": ("password", "login", "sign in"),
    "发票": ("发票", "开票", "税号"),
}
FRAMES = (
    "where is my {} now",
    "I have a question about the {} of order {}",
    "the {} did not work again, number {}",
    "please help with {} {}",
    "my {} is late by {} days",
)
CHINESE = ("请问{}在哪里看 {}", "我的{}一直没有收到 {}", "{}开错了怎么办 {}", "需要{} {} 份", "上个月的{}能补吗 {}")


def texts(each: int = 25, *, start: int = 0, kinds: Sequence[str] = tuple(WHAT)) -> list[str]:
    """So many texts of each kind, all different."""
    found: list[str] = []
    for kind in kinds:
        frames = CHINESE if kind == "发票" else FRAMES
        for number in range(start, start + each):
            word = WHAT[kind][number % 3]
            found.append(f"{frames[number % 5].format(word, number)} {kind} {' '.join(WHAT[kind])} {number}")
    return found


class Finder:
    """Brings texts, has scenes found, and tells what there is, as zhou."""

    def __init__(self, cast: Cast, folder: Path) -> None:
        self.cast, self.house, self.folder, self.project = cast, cast.house, folder, cast.project

    def bring(self, lines: Sequence[str], name: str = "texts") -> int:
        path = self.folder / f"{name}.txt"
        path.write_text("\n".join(lines), encoding="utf-8")
        started = start_import(self.house, self.cast.zhou, self.project, request_id=new_id(), paths=[path])
        work_jobs(self.house, DATA_JOBS, only=started.job)
        return started.source

    def make(self, count: int = 0, view: View = View.TEXT) -> Job:
        job = ask_to_make(self.house, self.cast.zhou, self.project, view, request_id=new_id(), count=count)
        return self.work(job)

    def place(self) -> Job:
        return self.work(ask_to_place(self.house, self.cast.zhou, self.project, View.TEXT, request_id=new_id()))

    def work(self, job_id: int) -> Job:
        work_jobs(self.house, JOBS, only=job_id)
        with self.house.reading() as connection:
            job = find_job(connection, job_id)
        assert job is not None
        return job

    def read(self, view: View | None = None) -> Scenes:
        return read_scenes(self.house, self.cast.zhou, self.project, view)

    def ids(self) -> list[int]:
        with self.house.reading() as connection:
            return item_ids(connection, self.project)

    def said(self, items: Sequence[int]) -> dict[int, str]:
        with self.house.reading() as connection:
            found = find_items(connection, self.project, list(items))
        return {item.id: item.body or "" for item in found.values() if item.media is Media.TEXT}

    def of(self, word: str) -> list[int]:
        """The items in whose text a word stands."""
        return [item for item, body in self.said(self.ids()).items() if word in body]


@pytest.fixture
def finder(cast: Cast, tmp_path: Path) -> Finder:
    return Finder(cast, tmp_path)
