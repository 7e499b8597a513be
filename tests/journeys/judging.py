"""What the journeys of inspectors and adjudicators begin with: a small project, annotated."""

import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from guiju.samples.steel import draw_surface, item_name
from tests.journeys.papers import found_project, rulebook_of
from tests.journeys.served import Served
from tests.journeys.visitors import Visitor

Answer = dict[str, Any]
Say = Callable[[int], Answer]


@dataclass(frozen=True)
class Annotated:
    """A project whose items were annotated in a round of production."""

    town: Served
    project: int
    round: int


def annotate(
    town: Served, kind: str, labels: Sequence[str], file: Path, who: dict[str, Say], *, name: str = "Judged"
) -> Annotated:
    """Everybody in `who` answers every item, by its place in their queue."""
    project = found_project(town, name, rulebook_of(kind, list(labels)), list(who))
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, file)["job"])
    with town.client("zhou") as zhou:
        opened = zhou.open_round(project, "production", overlap=len(who), reason="Judging alone is looked at.")
    for person, say in who.items():
        with town.client(person) as client:
            for place, task in enumerate(client.lease(opened, 10)):
                client.submit(opened, task, {"answer": say(place)})
    return Annotated(town, project, opened)


def texts(folder: Path, *said: str) -> Path:
    path = folder / "texts.jsonl"
    path.write_text("\n".join(json.dumps({"name": f"t{n}", "text": text}) for n, text in enumerate(said)), "utf-8")
    return path


def surfaces(folder: Path, count: int) -> Path:
    path = folder / "surfaces.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for seed in range(count):
            archive.writestr(item_name(seed), draw_surface(seed).image_bytes)
    return path


def choice(label: str) -> Answer:
    return {"kind": "choice", "labels": [label]}


def boxes(*found: tuple[str, float, float, float, float]) -> Answer:
    names = ("label", "x", "y", "w", "h")
    return {
        "kind": "box",
        "shapes": [{"id": f"b{n}", **dict(zip(names, one, strict=True))} for n, one in enumerate(found)],
    }


def spans(*found: tuple[str, int, int]) -> Answer:
    names = ("label", "start", "end")
    return {
        "kind": "span",
        "spans": [{"id": f"s{n}", **dict(zip(names, one, strict=True))} for n, one in enumerate(found)],
    }


def drag(page: Page, left: float, top: float, wide: float, high: float) -> None:
    """Drag over so much of the stage."""
    frame = page.locator(".frame").bounding_box()
    assert frame is not None
    x, y = frame["x"] + left * frame["width"], frame["y"] + top * frame["height"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + wide * frame["width"] / 2, y + high * frame["height"] / 2)
    page.mouse.move(x + wide * frame["width"], y + high * frame["height"])
    page.mouse.up()


def is_saved(who: Visitor) -> None:
    expect(who.page.get_by_text("Saved", exact=True)).to_be_visible()


def parts(who: Visitor) -> Locator:
    return who.page.locator("section.parts li")
