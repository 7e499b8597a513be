"""What the shelf beside the editor holds, and an example made of one of its items. Nothing here is written down."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from guiju.annotations import find_resolutions
from guiju.data import Item, ItemNotFound, find_items, find_items_by_name
from guiju.findings.marks import labels_of_items
from guiju.findings.picks import store as picks
from guiju.findings.search.actions import search_items
from guiju.findings.search.model import Search
from guiju.findings.shelf.errors import NameNotUnique, PolarityUnknown, ShelfUnknown
from guiju.findings.shelf.model import Laid, Of, Placed, Shelf
from guiju.kinds import decode_answers, shorten
from guiju.kit import PageRequest, Refusal
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import Polarity, free_id, insert_entry, parse_rulebook
from guiju.storage import Actor, House
from guiju.work.trial import find_trial, make_report

MOST_LAID = 60
NOTE_CHARACTERS = 300


def fill_shelf(house: House, actor: Actor, project_id: int, page: PageRequest, *, of: str, q: str = "") -> Shelf:
    """Items for whoever writes the rulebook. Raises `ShelfUnknown`, `NoTrialYet`, and what a search raises."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.WRITE_RULEBOOK)
    if of not in {each.value for each in Of}:
        raise ShelfUnknown(shelf=of[:40], known=", ".join(Of))
    if of == Of.SEARCH:
        found = search_items(house, actor, project_id, Search(q=q), page)
        return Shelf(tuple(Laid(one.item, one.labels) for one in found.rows), found.cursor, found.unread)
    observed = _costly(house, actor, project_id) if of == Of.COSTLY else _picked(house, project_id)
    return Shelf(_laid(house, project_id, observed, q))


def _costly(house: House, actor: Actor, project_id: int) -> dict[int, float | None]:
    """The items that the last trial's annotators agreed on least, the worst first."""
    report = make_report(house, actor, find_trial(house, actor, project_id).id)
    worst: dict[int, float] = {}
    for line in (line for field in report.fields for line in field.worst):
        worst[line.item_id] = min(line.observed, worst.get(line.item_id, 1.0))
    return dict(sorted(worst.items(), key=lambda pair: pair[1])[:MOST_LAID])


def _picked(house: House, project_id: int) -> dict[int, float | None]:
    with house.reading() as connection:
        newest = picks.list_picks(connection, project_id, 1)
    return dict.fromkeys(newest[0].items[:MOST_LAID]) if newest else {}


def _laid(house: House, project_id: int, observed: Mapping[int, float | None], q: str) -> tuple[Laid, ...]:
    wanted = q.casefold().split()
    with house.reading() as connection:
        items = find_items(connection, project_id, [*observed])
        labels = labels_of_items(connection, [*observed])
    return tuple(
        Laid(items[each], tuple(labels.get(each, ())), observed[each])
        for each in observed
        if each in items and _says(items[each], wanted)
    )


def _says(item: Item, wanted: Sequence[str]) -> bool:
    said = f"{item.name} {item.body or ''}".casefold()
    return all(word in said for word in wanted)


def make_example(  # noqa: PLR0913 - an example is said in one call
    house: House,
    actor: Actor,
    project_id: int,
    document: str,
    *,
    item_id: int,
    polarity: str,
    label: str = "",
    clause: str = "",
    note: Mapping[str, str] | None = None,
) -> Placed:
    """An item with its answer of record as the last example of `document`, which somebody is writing and may discard.

    Raises `ItemNotFound`, `PolarityUnknown`, `NameNotUnique`, `DraftNotReadable`.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.WRITE_RULEBOOK)
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        item = find_items(connection, project_id, [item_id]).get(item_id)
        if item is None:
            raise ItemNotFound(item=item_id)
        shown = _shown(connection, project_id, item)
        held = find_resolutions(connection, project_id, item_ids=[item_id])
    if polarity not in {each.value for each in Polarity}:
        raise PolarityUnknown(polarity=polarity[:40], known=", ".join(Polarity))
    said = {language: " ".join((note or {}).get(language, "").split())[:NOTE_CHARACTERS] for language in ("zh", "en")}
    answer = _answer(document, held[0].answers) if held else {}
    entry: dict[str, object] = {"id": free_id(document), "polarity": polarity}
    entry |= {key: value for key, value in {"label": label[:60], "clause": clause[:60]}.items() if value}
    entry |= {"note": said, **shown, **({"answer": answer} if answer else {})}
    return Placed(str(entry["id"]), insert_entry(document, "examples", entry))


def _shown(connection: Connection, project_id: int, item: Item) -> dict[str, object]:
    """By its name where that is its own; else the text itself."""
    named = find_items_by_name(connection, project_id, [item.name]).get(item.name)
    if named is not None and named.id == item.id:
        return {"item": item.name}
    if not item.body:
        raise NameNotUnique(name=item.name)
    return {"text": item.body}


def _answer(document: str, answers: str) -> dict[str, object]:
    """The answer of record in short, of the fields that the text still has."""
    short = shorten(decode_answers(answers))
    try:
        known = {field.id for field in parse_rulebook(document).fields}
    except Refusal:
        return short
    return {name: one for name, one in short.items() if name in known}
