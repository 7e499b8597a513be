"""SQL of what is offered: counts by rulebook and grade, content that the project has itself, what it drew."""

from sqlalchemy import Connection, Select, distinct, func, or_, select

from guiju.annotations import annotator_table, resolution_table
from guiju.annotations.model import AnnotatorKind
from guiju.bank import tables as t
from guiju.bank.mapping.model import How
from guiju.bank.offering.model import Found
from guiju.data import item_table
from guiju.rulebooks.tables import rulebook as rulebook_table

_d, _i, _draw, _r = t.deposit.c, item_table.c, t.draw.c, resolution_table.c


def count_found(connection: Connection, chosen: Select[int], most: int) -> list[Found]:
    """By rulebook, grade and whether they are contradicted, of the newest `most`; what was set aside is not offered."""
    offered = chosen.where(or_(_d.doubt.is_(None), _d.doubt == "open"))
    some = offered.order_by(_d.id.desc()).limit(most).subquery()
    doubted = _d.doubt.is_not(None).label("doubted")
    counted = select(_d.rulebook_id, _d.grade, func.count(), doubted).join(some, some.c.id == _d.id)
    rows = connection.execute(counted.group_by(_d.rulebook_id, _d.grade, doubted))
    return [Found(row[0], row[1], row[2], bool(row[3])) for row in rows]


def count_same_content(connection: Connection, chosen: Select[int], project_id: int, most: int) -> int:
    """How many of the project's newest items have the content of one of these deposits."""
    mine = select(_i.hash).where(_i.project_id == project_id).order_by(_i.id.desc()).limit(most).subquery()
    same = select(func.count(distinct(_d.hash))).join(mine, mine.c.hash == _d.hash).where(_d.id.in_(chosen))
    return int(connection.execute(same).scalar_one())


def count_drawn(connection: Connection, project_id: int) -> int:
    """How many of the project's items hold an answer that came from the bank."""
    held = (
        select(func.count(distinct(_draw.item_id)))
        .join_from(t.draw, resolution_table, (_r.item_id == _draw.item_id) & _r.holds)
        .join(annotator_table, annotator_table.c.id == _r.annotator_id)
        .where(_draw.project_id == project_id, annotator_table.c.kind == AnnotatorKind.IMPORT.value)
    )
    return int(connection.execute(held).scalar_one())


def count_rechecking(connection: Connection, project_id: int) -> int:
    """How many of the drawn items hold nothing yet: their answer is looked at again first, or was not brought."""
    held = select(_r.id).where(_r.item_id == _draw.item_id, _r.holds)
    waiting = select(func.count(distinct(_draw.item_id))).where(_draw.project_id == project_id, ~held.exists())
    return int(connection.execute(waiting).scalar_one())


def mapped_labels(connection: Connection, project_id: int) -> set[str]:
    """Labels of other rulebooks that somebody decided are labels of this project's."""
    of, line, to = t.label_map.c, t.label_map_line.c, rulebook_table.c
    found = (
        select(line.label)
        .distinct()
        .join_from(t.label_map_line, t.label_map, of.id == line.map_id)
        .join(rulebook_table, to.id == of.to_rulebook_id)
        .where(of.holds, to.project_id == project_id, line.how != How.NONE.value)
    )
    return set(connection.execute(found).scalars())


def sample_texts(connection: Connection, project_id: int, most: int) -> list[str]:
    found = select(_i.body).where(_i.project_id == project_id, _i.body.is_not(None), _i.media == "text")
    return [row for row in connection.execute(found.order_by(_i.id).limit(most)).scalars() if row]
