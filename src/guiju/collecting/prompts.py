"""Prompts: lines that somebody pasted, on their way to being items like any other text."""

from guiju.collecting.errors import NoPrompts
from guiju.data import Origin, Started, start_import
from guiju.kit import new_id
from guiju.storage import Actor, House

NAME = "Prompts"


def add_prompts(house: House, actor: Actor, project_id: int, text: str, *, request_id: str) -> Started:
    """Import the lines of `text` as a source; a prompt that the project has already is listed as a duplicate.

    Raises `NoPrompts`, and what an import raises.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise NoPrompts
    folder = house.scratch / f"upload-{new_id()}"
    (folder / "files").mkdir(parents=True)
    path = folder / "files" / "prompts.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    origin = Origin(NAME)
    return start_import(house, actor, project_id, request_id=request_id, paths=[path], origin=origin, uploaded=folder)
