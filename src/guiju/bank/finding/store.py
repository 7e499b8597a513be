"""SQL of searches: what fits, what of it is shown, and how much there is of each value."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    union_all,
)

from guiju.annotations import resolution_table
from guiju.bank import tables as bank
from guiju.bank.finding.model import OF_ITS_PROJECT, Facet, Find, Search
from guiju.bank.finding.rules import MOST_VALUE, several_values
from guiju.bank.finding.tables import deposit_facet
from guiju.bank.model import Reader, Rights
from guiju.bank.rules import pseudonym
from guiju.bank.store import permitted, visible
from guiju.data import Item, find_items, item_table
from guiju.data.words import query_tokens
from guiju.projects.tables import project as project_table
from guiju.rulebooks import get_published
from guiju.storage import Tx

SNIPPET = 400
SLICE = 1_000
LONGEST_CHAIN = 50
_d, _f, _i, _draw = bank.deposit.c, deposit_facet.c, item_table.c, bank.draw.c
_SINGLE: dict[Facet, ColumnElement[Any]] = {
    Facet.MEDIA: _d.media,
    Facet.LANGUAGE: _d.language,
    Facet.DOMAIN: _d.trade,
    Facet.SCENE: _d.scene,
    Facet.GRADE: _d.grade,
    Facet.RULEBOOK: _d.rulebook_id,
    Facet.PROJECT: _d.project_id,
}
_SEVERAL: dict[Facet, ColumnElement[Any]] = {Facet.KIND: _d.kinds, Facet.CLAUSE: _d.clauses}


def put_facets(tx: Tx, deposits: Sequence[int], *, known: Sequence[int]) -> None:
    """What these deposits are narrowed by from now on, from their columns and labels; `known` lay there before.

    Nearly all of it stays inside the database: nine values a deposit need not travel. What has several of a facet is
    written between commas in its column, and is taken apart here.
    """
    forget_facets(tx, known)
    label = bank.deposit_label.c
    for some in _slices(deposits):
        mine = _d.id.in_(some)
        one = [_single(facet, column).where(mine) for facet, column in _SINGLE.items()]
        one += [_single(facet, column).where(mine, ~column.contains(",")) for facet, column in _SEVERAL.items()]
        one.append(
            select(literal(Facet.LABEL.value), label.label, label.deposit_id).where(
                label.deposit_id.in_(some), label.is_id
            )
        )
        tx.execute(insert(deposit_facet).from_select(["facet", "value", "deposit_id"], union_all(*one)))
        is_list = or_(*(each.contains(",") for each in _SEVERAL.values()))
        several = select(_d.id, *_SEVERAL.values()).where(mine, is_list)
        told = [
            {"facet": facet.value, "value": value, "deposit_id": row[0]}
            for row in tx.execute(several).all()
            for facet, values in zip(_SEVERAL, row[1:], strict=True)
            for value in several_values(values)
        ]
        if told:
            tx.execute(insert(deposit_facet), told)


def _single(facet: Facet, column: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    value = func.trim(func.substr(cast(column, String), 1, MOST_VALUE))
    return select(literal(facet.value), value, _d.id).where(value != "")


def forget_facets(tx: Tx, deposits: Sequence[int]) -> None:
    for some in _slices(deposits):
        tx.execute(delete(deposit_facet).where(_f.deposit_id.in_(some)))


def _slices(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), SLICE):
        yield ids[start : start + SLICE]


def is_own(reader: Reader) -> ColumnElement[bool]:
    """Whether the reader may know whose a deposit is: `guiju.bank.rules.is_stranger`, for a select."""
    if reader.everything:
        return true()
    return or_(_d.project_id.in_(reader.projects), _d.customer.in_(reader.customers))


def fitting(connection: Connection, search: Search, reader: Reader, without: Facet | None = None) -> Select[int]:
    """The deposits that the reader sees and that fit, `without` one facet; what they are like is not looked at."""
    found = select(_d.id).where(visible(reader))
    tokens = query_tokens(search.q)
    if tokens:
        having = bank.deposit_words.having(connection, tokens)
        found = found.where(_d.id.in_(select(bank.deposit_words.rowid).where(having)))
    elif search.q:  # signs alone are no words, and nothing has them
        found = found.where(_d.id < 0)
    if search.label:
        l = bank.deposit_label.c  # noqa: E741 - as the others
        named = l.label.in_([search.label, search.label.lower()])
        found = found.where(exists().where(l.deposit_id == _d.id, named))
    if search.into and (reader.everything or search.into in reader.projects):
        found = found.where(*_usable_in(search.into))
    for facet, values in search.facets.items():
        if facet is not without:
            found = found.where(_has(facet, sorted(values), reader))
    return found


def _usable_in(project: int) -> list[ColumnElement[bool]]:
    """What a project may use (`guiju.bank.rules.may_use`), is not its own, and it has not drawn."""
    drawn = select(_draw.deposit_id).where(_draw.project_id == project)
    customer = select(project_table.c.customer).where(project_table.c.id == project).scalar_subquery()
    may = or_(_d.rights == Rights.GENERAL.value, (_d.customer != "") & (_d.customer == customer))
    return [_d.project_id != project, _d.id.not_in(drawn), may]


def _has(facet: Facet, values: Sequence[str], reader: Reader) -> ColumnElement[bool]:
    if facet is Facet.RIGHTS:
        return _d.rights.in_(values)
    has = exists().where(_f.facet == facet.value, _f.value.in_(values), _f.deposit_id == _d.id)
    return has & is_own(reader) if facet in OF_ITS_PROJECT else has


def newest(connection: Connection, search: Search, reader: Reader, *, before: int | None, limit: int) -> list[int]:
    found = fitting(connection, search, reader)
    if before is not None:
        found = found.where(_d.id < before)
    return list(connection.execute(found.order_by(_d.id.desc()).limit(limit)).scalars())


def keep_fitting(connection: Connection, search: Search, reader: Reader, ids: Sequence[int]) -> dict[int, str]:
    """Those of `ids` that fit, with the hash of what they hold."""
    held: dict[int, str] = {}
    for some in _slices(ids):
        found = fitting(connection, search, reader).add_columns(_i.hash).join(item_table, _i.id == _d.item_id)
        held.update((row[0], row[1]) for row in connection.execute(found.where(_d.id.in_(some))))
    return held


def keep_permitted(connection: Connection, reader: Reader, ids: Sequence[int]) -> list[int]:
    """Those of `ids` that the reader may see, also where another one stands for them."""
    seen = set[int]()
    for some in _slices(ids):
        seen.update(connection.execute(select(_d.id).where(_d.id.in_(some), permitted(_d, reader))).scalars())
    return [each for each in ids if each in seen]


def count_facets(
    connection: Connection, chosen: Select[int], reader: Reader, facets: Sequence[Facet]
) -> list[tuple[Facet, str, int]]:
    """How many of the chosen deposits have each value; whose they are is counted of one's own alone."""
    some = chosen.subquery()
    told = [facet.value for facet in facets if facet not in OF_ITS_PROJECT]
    own = [facet.value for facet in facets if facet in OF_ITS_PROJECT]
    counted = select(_f.facet, _f.value, func.count()).join_from(some, deposit_facet, _f.deposit_id == some.c.id)
    grouped = counted.where(_f.facet.in_(told)).group_by(_f.facet, _f.value)
    rows = list(connection.execute(grouped).all())
    if own:
        mine = counted.join(bank.deposit, _d.id == some.c.id).where(_f.facet.in_(own), is_own(reader))
        rows += list(connection.execute(mine.group_by(_f.facet, _f.value)).all())
    if Facet.RIGHTS in facets:
        by_rights = select(literal(Facet.RIGHTS.value), _d.rights, func.count()).join(some, some.c.id == _d.id)
        rows += list(connection.execute(by_rights.group_by(_d.rights)).all())
    return [(Facet(row[0]), row[1], row[2]) for row in rows]


def count_up_to(connection: Connection, chosen: Select[int]) -> int:
    return int(connection.execute(select(func.count()).select_from(chosen.subquery())).scalar_one())


def read_finds(connection: Connection, ids: Sequence[int], reader: Reader) -> list[Find]:
    """What a list shows of these deposits, in their order."""
    if not ids:
        return []
    held = resolution_table.c
    found = (
        select(_d.id, _d.item_id, _d.project_id, _d.project_name, _d.rulebook_id, _d.rights, _i.media, _i.name, _i.body)
        .add_columns(_d.at, _d.grade, _d.doubt, held.answers, is_own(reader).label("own"))
        .join_from(bank.deposit, item_table, _i.id == _d.item_id)
        .join(resolution_table, held.id == _d.resolution_id)
        .where(_d.id.in_(ids))
    )
    labels = labels_of(connection, ids)
    read = {row.id: _find(connection, row, labels.get(row.id, ())) for row in connection.execute(found).all()}
    return [read[each] for each in ids if each in read]


def _find(connection: Connection, row: Row[*tuple[Any, ...]], labels: tuple[str, ...]) -> Find:
    text = row.body[:SNIPPET] if row.body else None
    return Find(
        id=row.id,
        item_id=row.item_id if row.own else 0,
        project_id=row.project_id if row.own else 0,
        project=row.project_name if row.own else "",
        rulebook=get_published(connection, row.rulebook_id).version,
        rights=Rights(row.rights),
        media=row.media,
        name=row.name if row.own else pseudonym(row.id),
        text=text,
        labels=labels,
        at=row.at,
        grade=row.grade,
        answers=row.answers,
        is_stranger=not row.own,
        doubt=row.doubt,
    )


def labels_of(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The label ids of deposits."""
    l = bank.deposit_label.c  # noqa: E741 - as the others
    found: dict[int, tuple[str, ...]] = {}
    for some in _slices(ids):
        said = select(l.deposit_id, l.label).where(l.deposit_id.in_(some), l.is_id).order_by(l.label)
        for deposit_id, label in connection.execute(said):
            found[deposit_id] = (*found.get(deposit_id, ()), label)
    return found


def names_of(connection: Connection, facet: Facet, values: Sequence[str], reader: Reader) -> dict[str, str]:
    """What projects and rulebooks are called, of those alone that the reader may know."""
    numbers = [int(each) for each in values if each.isdecimal()]
    if facet is Facet.PROJECT:
        found = select(_d.project_id, func.max(_d.project_name)).where(_d.project_id.in_(numbers), is_own(reader))
        return {str(row[0]): row[1] for row in connection.execute(found.group_by(_d.project_id))}
    if facet is Facet.RULEBOOK:
        found = select(_d.rulebook_id, func.max(_d.project_name)).where(_d.rulebook_id.in_(numbers), is_own(reader))
        rows = connection.execute(found.group_by(_d.rulebook_id)).all()
        return {str(row[0]): f"{row[1]} {get_published(connection, row[0]).version}" for row in rows}
    return {}


def find_visible(connection: Connection, deposit_id: int, reader: Reader) -> tuple[str, str] | None:
    """`(media, hash)` of a deposit that the reader may see, also where another one stands for it."""
    found = select(_i.media, _i.hash).join_from(bank.deposit, item_table, _i.id == _d.item_id)
    row = connection.execute(found.where(_d.id == deposit_id, permitted(_d, reader))).first()
    return (row[0], row[1]) if row else None


def read_answered(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[Item, int, str]]:
    """`(item, rulebook, answers)` of deposits."""
    held = resolution_table.c
    found = (
        select(_d.id, _d.item_id, _d.project_id, held.rulebook_id, held.answers)
        .join_from(bank.deposit, resolution_table, held.id == _d.resolution_id)
        .where(_d.id.in_(ids))
    )
    rows = connection.execute(found).all()
    items: dict[int, Item] = {}
    for project in {row.project_id for row in rows}:
        items |= find_items(connection, project, [row.item_id for row in rows if row.project_id == project])
    return {row.id: (items[row.item_id], row.rulebook_id, row.answers) for row in rows if row.item_id in items}


def chains_of(connection: Connection, deposits: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Each deposit with those that it came from, the first deposit last: a project may have drawn what it deposited.

    A query a link, whatever the number of deposits.
    """
    chains: dict[int, tuple[int, ...]] = {each: (each,) for each in deposits}
    ends = {each: each for each in deposits}
    for _ in range(LONGEST_CHAIN):
        above = _drawn_from(connection, sorted(set(ends.values())))
        ends = {each: above[end] for each, end in ends.items() if end in above and above[end] not in chains[each]}
        if not ends:
            break
        for each, end in ends.items():
            chains[each] = (*chains[each], end)
    return chains


def _drawn_from(connection: Connection, deposits: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for start in range(0, len(deposits), SLICE):
        rows = (
            select(_d.id, _draw.deposit_id)
            .join_from(bank.deposit, bank.draw, (_draw.item_id == _d.item_id) & (_draw.project_id == _d.project_id))
            .where(_d.id.in_(deposits[start : start + SLICE]))
        )
        found.update((row[0], row[1]) for row in connection.execute(rows))
    return found
