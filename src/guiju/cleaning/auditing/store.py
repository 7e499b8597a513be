"""SQL that only an audit asks: what is set aside by what, and the fingerprint of a source."""

import hashlib

from sqlalchemy import Connection, case, func, select

from guiju.cleaning.auditing.model import Cause
from guiju.cleaning.duplicates import tables as near
from guiju.data import AsideReason, aside_table, item_table

_a = aside_table.c
_CAUSE = case(
    (_a.cause.like("quality:%:hold"), Cause.HOLD.value),
    (_a.cause.like("quality:%"), Cause.RULE.value),
    (_a.reason == AsideReason.DUPLICATE.value, Cause.DUPLICATE.value),
    (_a.reason == AsideReason.PERSONAL.value, Cause.MASKED.value),
    (_a.reason == AsideReason.CLEANED.value, Cause.CLEANED.value),
    (_a.reason == AsideReason.RULE.value, Cause.DROPPED.value),
    (_a.reason == AsideReason.CHANGED.value, Cause.CHANGED.value),
    else_=Cause.PERSON.value,
)


def count_by_cause(connection: Connection, project_id: int, source_id: int) -> dict[Cause, int]:
    """Items of a source that each cause has set aside; one that two have is counted for both."""
    mine = (
        select(_CAUSE.label("what"), func.count(_a.item_id.distinct()))
        .join_from(aside_table, item_table, item_table.c.id == _a.item_id)
        .where(_a.project_id == project_id, item_table.c.source_id == source_id)
        .group_by("what")
    )
    return {Cause(str(row[0])): int(row[1]) for row in connection.execute(mine)}


def count_aside(connection: Connection, project_id: int, source_id: int) -> int:
    mine = (
        select(func.count(_a.item_id.distinct()))
        .join_from(aside_table, item_table, item_table.c.id == _a.item_id)
        .where(_a.project_id == project_id, item_table.c.source_id == source_id)
    )
    return int(connection.execute(mine).scalar_one())


def count_near(connection: Connection, project_id: int, source_id: int) -> int:
    """Items of a source that are in some group of near-duplicates."""
    m = near.near_member.c
    mine = (
        select(func.count())
        .select_from(near.near_member)
        .join(item_table, item_table.c.id == m.item_id)
        .where(m.project_id == project_id, item_table.c.source_id == source_id)
    )
    return int(connection.execute(mine).scalar_one())


def fingerprint(connection: Connection, source_id: int) -> tuple[int, str]:
    """How many items a source has, and the SHA-256 over their content hashes, one a line, in the order of their ids."""
    hashed, count = hashlib.sha256(), 0
    wanted = select(item_table.c.hash).where(item_table.c.source_id == source_id).order_by(item_table.c.id)
    with connection.execute(wanted, execution_options={"yield_per": 10_000}) as rows:
        for part in rows.scalars().partitions():
            hashed.update("".join(f"{one}\n" for one in part).encode())
            count += len(part)
    return count, hashed.hexdigest()
