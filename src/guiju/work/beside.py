"""What stands beside the item: the examples to be looked at, and the words that acts are found by."""

from functools import cache
from typing import Any

from litestar import get
from litestar.response import Response
from sqlalchemy import Connection

from guiju.data import Item, Media, find_items_by_name
from guiju.kinds import get_kind
from guiju.rulebooks import BadExample, CompiledRulebook, Example, sound_of
from guiju.site import actor_of, catalogue_for_script
from guiju.site.guards import AnyRequest

_BOUNDS = {"x", "y", "width", "height"}


def with_examples(connection: Connection, rulebook: CompiledRulebook) -> dict[str, Any]:
    """The rulebook as the workbench reads it; an example that is an item of the project can be seen or read."""
    shown = rulebook.for_workbench()
    named = {each.id: each.item for each in rulebook.rulebook.examples if each.item}
    if not named:
        return shown
    items = find_items_by_name(connection, rulebook.project_id, list(named.values()))
    known = {each.id: each for each in rulebook.rulebook.examples}
    looks = {name: _look(rulebook, known[name], items.get(item)) for name, item in named.items()}
    return {**shown, "examples": [{**each, **looks.get(each["id"], {})} for each in shown["examples"]]}


def _look(rulebook: CompiledRulebook, example: Example, item: Item | None) -> dict[str, Any]:
    if item is None:
        return {}
    if item.media is Media.IMAGE:
        return {"url": f"/media/items/{item.id}/thumb", "marks": _marks(rulebook, example, item)}
    return {"text": item.body} if item.media is Media.TEXT else {}


def _marks(rulebook: CompiledRulebook, example: Example, item: Item) -> list[list[float]]:
    """The bounds of what is drawn in the known answer, left, top, width, height, in shares of the image."""
    try:
        answers = rulebook.answers_of(example) or {}
    except BadExample:  # a document published before this was checked
        return []
    shape = item.shape
    sides = (shape.width or 1, shape.height or 1) * 2
    kinds = {field.id: get_kind(field.kind) for field in rulebook.fields}
    found: list[list[float]] = []
    for name, answer in answers.items():
        columns = kinds[name].columns(answer, shape) if name in kinds else {}
        if columns.keys() >= _BOUNDS:
            rows = zip(*(columns[each] for each in ("x", "y", "width", "height")), strict=True)
            found += [[round(float(value) / side, 4) for value, side in zip(row, sides, strict=True)] for row in rows]
    return found


@get("/workbench/words", sync_to_thread=True, include_in_schema=False)
def words(request: AnyRequest) -> Response[dict[str, list[str]]]:
    """The script's sentences in Chinese, and how that is typed: what the palette finds acts by in either language."""
    actor_of(request)
    return Response(_both_words(), headers={"Cache-Control": "private, max-age=3600"})


@cache
def _both_words() -> dict[str, list[str]]:
    return {english: [said, *sound_of(said)] for english, said in catalogue_for_script("zh-Hans").items()}


PAGES = [words]
