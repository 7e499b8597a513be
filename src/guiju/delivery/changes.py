"""What was added, changed and removed since an earlier delivery, and why, item by item."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import Connection

from guiju.delivery import store
from guiju.delivery.model import ChangeKind, LeftOut, Row
from guiju.delivery.surveying import ADDED, CHANGED, KINDS, OUT, SAME, Survey
from guiju.kit import N_
from guiju.storage import House

_AT_ONCE = 500
WHY_NAMES = {
    "accepted": N_("accepted since"),
    "ruling": N_("ruled by an expert"),
    "consensus": N_("resolved anew from several answers"),
    "rework": N_("reworked after inspection"),
    "recheck": N_("rechecked under other rules"),
    "adjudication": N_("adjudicated"),
    "corrected": N_("corrected by its annotator"),
    "joined": N_("found to be alike to items of the other part"),
    "gold": N_("a gold item: its answer was known before"),
    "example": N_("an example of the rulebook: exams are made of it"),
    "exam": N_("asked in an exam"),
    "aside": N_("set aside in the data"),
    "gone": N_("no longer among what was asked for, or taken back"),
}
_ROUNDS = frozenset({"rework", "recheck", "adjudication"})


def list_changes(house: House, found: Survey, rows: Iterable[tuple[int, Row]]) -> Iterator[dict[str, object]]:
    """Every change: those that go in by the order of items, then what was removed."""
    changed = ((place, row) for place, row in rows if found.part[place] != OUT and found.kind[place] != SAME)
    while some := list(islice(changed, _AT_ONCE)):
        yield from _told(house, found, some)
    yield from _removed(house, found)


def _told(house: House, found: Survey, some: list[tuple[int, Row]]) -> Iterator[dict[str, object]]:
    with house.reading() as connection:
        origins = store.reasons_of(connection, [found.resolutions[place] for place, _ in some])
    for place, row in some:
        kind = found.kind[place]
        why = _why(kind, *origins.get(found.resolutions[place], ("", "")))
        part = {"part": row.part} if row.part else {}
        yield {"name": row.name, "sha256": row.hash, "change": KINDS[kind].value, "why": why, **part}


def _why(kind: int, origin: str, round_kind: str) -> str:
    if kind == ADDED:
        return "accepted"
    if kind != CHANGED:
        return "joined"
    if origin in {"ruling", "consensus"}:
        return origin
    return round_kind if round_kind in _ROUNDS else "corrected"


def _removed(house: House, found: Survey) -> Iterator[dict[str, object]]:
    why = {found.items[place]: said for place, said in found.left_out}
    for start in range(0, len(found.removed), _AT_ONCE):
        items = list(found.removed[start : start + _AT_ONCE])
        with house.reading() as connection:
            names, asides = store.names_of(connection, items), _asides(connection, items, why)
        for item in items:
            name, content = names.get(item, ("", ""))
            said = {"name": name, "sha256": content, "change": ChangeKind.REMOVED.value, "why": why.get(item, "gone")}
            yield {**said, **({"aside": asides[item]} if item in asides else {})}


def _asides(connection: Connection, items: list[int], why: dict[int, str]) -> dict[int, str]:
    held = [item for item in items if why.get(item) == LeftOut.ASIDE]
    return store.aside_reasons(connection, held) if held else {}
