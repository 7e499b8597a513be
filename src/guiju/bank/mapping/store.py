"""SQL of mappings: what was decided, what is remembered by name, what stands together on shared items."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, case, func, insert, select, update

from guiju.annotations import resolution_table
from guiju.bank import tables as t
from guiju.bank.mapping.model import How, Known, Line, Mapping
from guiju.bank.mapping.rules import Pair, labelled, mapping_of
from guiju.bank.model import Reader
from guiju.bank.rules import is_stranger
from guiju.bank.store import visible
from guiju.kinds import decode_answers, kind_of
from guiju.rulebooks import get_published
from guiju.rulebooks.tables import rulebook as rulebook_table
from guiju.storage import Tx

_m, _l, _d = t.label_map.c, t.label_map_line.c, t.deposit.c
MOST_SHARED = 2_000


def find_mapping(connection: Connection, from_rulebook_id: int, to_rulebook_id: int) -> Mapping | None:
    """What was decided for these two rulebooks; or for other versions of both, where it tells every label of these."""
    lines = find_lines(connection, from_rulebook_id, to_rulebook_id)
    return mapping_of(lines) if lines else None


def find_lines(connection: Connection, from_id: int, to_id: int) -> list[Line]:
    old, new = get_published(connection, from_id), get_published(connection, to_id)
    wanted = {(field.id, label) for field in labelled(old) for label in field.labels}
    there = {(field.id, label) for field in labelled(new) for label in field.labels}
    before, after = rulebook_table.alias("before"), rulebook_table.alias("after")
    exact = case(((_m.from_rulebook_id == from_id) & (_m.to_rulebook_id == to_id), 0), else_=1)
    found = (
        select(_m.id)
        .join_from(t.label_map, before, before.c.id == _m.from_rulebook_id)
        .join(after, after.c.id == _m.to_rulebook_id)
        .where(_m.holds, before.c.project_id == old.project_id, after.c.project_id == new.project_id)
        .order_by(exact, _m.id.desc())
    )
    for map_id in connection.execute(found.limit(10)).scalars().all():
        lines = _lines(connection, map_id)
        told = {(line.field, line.label) for line in lines}
        into = {(line.to_field, line.to_label) for line in lines if line.how is not How.NONE}
        if wanted <= told and into <= there:
            return [line for line in lines if (line.field, line.label) in wanted]
    return []


def _lines(connection: Connection, map_id: int) -> list[Line]:
    rows = connection.execute(select(t.label_map_line).where(_l.map_id == map_id).order_by(_l.field, _l.label))
    return [Line(row.field, row.label, How(row.how), row.to_field, row.to_label) for row in rows]


def insert_mapping(
    tx: Tx, from_id: int, to_id: int, lines: Sequence[tuple[Line, str]], *, given_up: str, decided_by: int
) -> int:
    """`lines` each with the label's name, by which the decision is found again."""
    pair = (_m.from_rulebook_id == from_id) & (_m.to_rulebook_id == to_id)
    tx.execute(update(t.label_map).where(pair, _m.holds).values(holds=False))
    head = {"from_rulebook_id": from_id, "to_rulebook_id": to_id, "given_up": given_up, "decided_by": decided_by}
    made = tx.insert(insert(t.label_map), {**head, "decided_at": tx.at, "holds": True})
    rows: list[dict[str, Any]] = [
        {
            "map_id": made,
            "field": line.field,
            "label": line.label,
            "how": line.how.value,
            "to_field": line.to_field,
            "to_label": line.to_label,
            "name": name,
        }
        for line, name in lines
    ]
    if rows:
        tx.execute(insert(t.label_map_line), rows)
    return made


def forget_mapping(tx: Tx, from_id: int, to_id: int) -> int | None:
    """Let nothing hold any more of what was decided between the two rulebooks' projects; one of those decisions."""
    old, new = get_published(tx.connection, from_id), get_published(tx.connection, to_id)
    before, after = (
        select(rulebook_table.c.id).where(rulebook_table.c.project_id == each.project_id) for each in (old, new)
    )
    mine = _m.holds & _m.from_rulebook_id.in_(before) & _m.to_rulebook_id.in_(after)
    newest = tx.scalar(select(func.max(_m.id)).where(mine))
    tx.execute(update(t.label_map).where(mine).values(holds=False))
    return newest


def remembered(connection: Connection, names: Sequence[str]) -> dict[str, str]:
    """From a label's name to the name of what such a label became, in whichever project that was decided last."""
    found = (
        select(_l.name, _l.to_label, _m.to_rulebook_id)
        .join_from(t.label_map_line, t.label_map, _m.id == _l.map_id)
        .where(_m.holds, _l.how == How.BECOMES.value, _l.name.in_(names))
        .order_by(_m.id)
    )
    known: dict[str, str] = {}
    for name, to_label, rulebook_id in connection.execute(found).all():
        label = get_published(connection, rulebook_id).labels.get(to_label)
        said = list(label.name.values()) if label else [to_label]
        known[name] = said[0].strip().lower()[:120] if said else to_label
    return known


def shared_labels(connection: Connection, from_id: int, to_id: int) -> dict[Pair, Counter[Pair]]:
    """How often a label under one rulebook stands with a label under the other on items of the same content."""
    one, other = t.deposit.alias("one"), t.deposit.alias("other")
    left, right = resolution_table.alias("left_said"), resolution_table.alias("right_said")
    found = (
        select(left.c.answers, right.c.answers.label("others"))
        .join_from(one, other, one.c.hash == other.c.hash)
        .join(left, left.c.id == one.c.resolution_id)
        .join(right, right.c.id == other.c.resolution_id)
        .where(one.c.rulebook_id == from_id, other.c.rulebook_id == to_id)
        .limit(MOST_SHARED)
    )
    counts: dict[Pair, Counter[Pair]] = {}
    for answers, others in connection.execute(found):
        for a in _only(answers):
            counts.setdefault(a, Counter()).update(_only(others))
    return counts


def _only(answers: str) -> list[Pair]:
    """Each field whose answer has one label."""
    found: list[Pair] = []
    for field, answer in decode_answers(answers).items():
        labels = list(kind_of(answer).labels_of(answer))
        found += [(field, labels[0])] if len(labels) == 1 else []
    return found


def carried(connection: Connection, rulebook_id: int, reader: Reader) -> dict[str, int]:
    """How many deposits under a rulebook carry each label, as far as the reader sees them."""
    label = t.deposit_label.c
    counted = (
        select(label.label, func.count())
        .join_from(t.deposit_label, t.deposit, _d.id == label.deposit_id)
        .where(label.is_id, _d.rulebook_id == rulebook_id, visible(reader))
        .group_by(label.label)
    )
    return {row[0]: row[1] for row in connection.execute(counted)}


def list_rulebooks(connection: Connection, reader: Reader, but_project: int, to_id: int) -> list[Known]:
    """Rulebooks under which the bank has something that the reader sees, the most first."""
    counted = (
        select(_d.rulebook_id, _d.project_id, _d.project_name, _d.customer, func.count().label("n"))
        .where(visible(reader), _d.project_id != but_project)
        .group_by(_d.rulebook_id, _d.project_id, _d.project_name, _d.customer)
        .order_by(func.count().desc())
        .limit(100)
    )
    found: list[Known] = []
    for row in connection.execute(counted).all():
        name = "" if is_stranger(reader, row.project_id, row.customer) else row.project_name
        version = get_published(connection, row.rulebook_id).version
        is_mapped = bool(find_lines(connection, row.rulebook_id, to_id))
        found.append(Known(row.rulebook_id, row.project_id if name else 0, name, version, row.n, is_mapped))
    return found
