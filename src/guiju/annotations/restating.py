"""Resolutions that say the same in other labels, since labels were renamed or merged: expressions for queries."""

from sqlalchemy import Column, ColumnElement, FromClause, case, exists, func, or_, select

from guiju.annotations import tables as t


def says_the_same(resolution: Column[int], held: FromClause) -> ColumnElement[bool]:
    """Whether `held` is the resolution that a column of another table names, or both say the same in other labels."""
    said = t.resolution.alias("said")
    root = select(func.coalesce(said.c.restates, said.c.id)).where(said.c.id == resolution)
    same = func.coalesce(held.c.restates, held.c.id) == root.correlate(resolution.table).scalar_subquery()
    return or_(held.c.id == resolution, same)


def newest_wording(resolution: Column[int], last: int | None = None) -> ColumnElement[int]:
    """The newest resolution that says the same in other labels as the one that a column names, else that one.

    With `last` the newest up to there.
    """
    said, later, any_ = (t.resolution.alias(name) for name in ("said", "later", "any_restated"))
    newest = (
        select(func.max(later.c.id))
        .join_from(said, later, later.c.restates == func.coalesce(said.c.restates, said.c.id))
        .where(said.c.id == resolution, later.c.restates.is_not(None))
    )
    if last is not None:
        newest = newest.where(later.c.id <= last)
    found = newest.correlate(resolution.table).scalar_subquery()
    # where nothing was ever said in other labels, that is found out once and not for every row
    ever = exists(select(any_.c.id).where(any_.c.restates.is_not(None))).correlate(None)
    return case((ever, func.coalesce(found, resolution)), else_=resolution).label("resolution_id")
