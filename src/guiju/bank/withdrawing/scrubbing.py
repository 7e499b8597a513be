"""What in the whole house holds something of an item, and what becomes of it: for each table that refers to items.

A table is blanked (columns that hold content get the value given), emptied of the item's rows, or kept because it holds
numbers only. A table that is not told here loses its texts; a test asks that every one is told.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import LargeBinary, Table, Text, delete, select, update

from guiju.storage import Tx, metadata

Fate = Mapping[str, object] | Literal["gone", "kept"]

# By table and the column that refers to an item. What is of the bank itself is removed by `store.remove_deposits`.
FATES: Mapping[tuple[str, str], Fate] = {
    ("annotation", "item_id"): {"answers": "{}", "scores": None, "clauses": None},
    ("resolution", "item_id"): {"answers": "{}"},
    ("slot", "item_id"): {"note": None, "found": None},
    ("verdict", "item_id"): {"note": None, "correction": None},
    ("consensus_unsure", "item_id"): "gone",
    # numbers and labels that were learned from its answers
    ("wanting_item", "item_id"): {"beliefs": "{}"},
    ("acceptance_verdict", "item_id"): {"note": None},
    ("dispute", "item_id"): {"reason": "–", "ruling": None},
    ("question", "item_id"): {"text": "–"},
    ("question_item", "item_id"): "kept",
    ("ruling", "item_id"): {"text": "–", "answers": None},
    ("reference", "item_id"): {"text": None, "answers": "{}"},
    ("relabelling_change", "item_id"): {"answers": "{}"},
    ("contribution", "item_id"): {"given": None, "signature": None, "problems": None, "state": 4},
    ("exam_question", "item_id"): {"labels": "[]"},
    ("succession", "old_item_id"): "gone",
    ("near_member", "item_id"): "gone",
    ("scene_link", "one_id"): "gone",
    ("scene_link", "other_id"): "gone",
    ("placement", "item_id"): "gone",
    ("label_mark", "item_id"): "gone",
    ("bank_draw_pick", "item_id"): {"answers": None, "lost": None},
    # numbers only: who worked on what stays, so that pay, lots and figures still add up
    ("aside", "item_id"): "kept",
    ("cleaned", "item_id"): "kept",
    ("derivation", "parent_id"): "kept",
    ("derivation", "child_id"): "kept",
    ("harvested", "item_id"): "kept",
    ("lot_entry", "item_id"): "kept",
    ("recheck_item", "item_id"): "kept",
    ("draw", "item_id"): "kept",
    ("deposit", "item_id"): "kept",
    ("withdrawal", "item_id"): "kept",
    ("withdrawal_item", "item_id"): "kept",
}
# What hangs on a row of those tables: the table, its column, the table it refers to, that table's column, its fate.
_FURTHER: tuple[tuple[str, str, str, str, Fate], ...] = (
    ("draft", "slot_id", "slot", "item_id", "gone"),
    ("ruling", "question_id", "question", "item_id", {"text": "–", "answers": None}),
    ("practice_answer", "reference_id", "reference", "item_id", {"answers": "{}", "labels": "[]"}),
)
# What was computed from whole sources or projects, and is computed again when somebody asks for it.
_QUOTING = (("rulebook", "document"), ("rulebook_save", "document"), ("reference", "text"))
LEAST_QUOTE, MOST_QUOTE = 6, 4_000
_OF_SOURCES = ("profile", "profile_chunk", "leftover")


def scrub_items(tx: Tx, items: Sequence[int], counts: dict[str, int]) -> None:
    """Blank or delete what refers to these items; `counts` grows by the rows of each table."""
    for name, column, through, of, fate in _FURTHER:
        if name in metadata.tables and through in metadata.tables:
            above = metadata.tables[through]
            mine = select(above.c.id).where(above.c[of].in_(items))
            _meet(tx, metadata.tables[name], metadata.tables[name].c[column].in_(mine), fate, counts)
    for name, column in referring():
        table = metadata.tables[name]
        fate = FATES[name, column] if (name, column) in FATES else usual_fate(table)
        _meet(tx, table, table.c[column].in_(items), fate, counts)


def usual_fate(table: Table) -> Fate:
    """A table that nobody has told of loses whatever people or files may have said in it."""
    said = [one for one in table.c if isinstance(one.type, Text | LargeBinary)]
    return {one.name: None if one.nullable else "" if isinstance(one.type, Text) else b"" for one in said} or "kept"


def _meet(tx: Tx, table: Table, mine: Any, fate: Fate, counts: dict[str, int]) -> None:
    if fate == "kept":
        return
    what = delete(table).where(mine) if isinstance(fate, str) else update(table).where(mine).values(**fate)
    met = tx.execute(what).rowcount
    if met:
        counts[table.name] = counts.get(table.name, 0) + met


def scrub_sources(tx: Tx, sources: Sequence[int], counts: dict[str, int]) -> None:
    """Forget what was computed from these sources: values stand in it that may be those of an item."""
    for name in _OF_SOURCES:
        table = metadata.tables[name]
        _meet(tx, table, table.c.source_id.in_(sources), "gone", counts)


def scrub_quotes(tx: Tx, projects: Sequence[int], bodies: Sequence[str], counts: dict[str, int]) -> None:
    """Where a rulebook of these projects quotes a text as an example, a dash stands in its place; so in references."""
    sought = [body for body in bodies if LEAST_QUOTE <= len(body) <= MOST_QUOTE]
    for name, column in _QUOTING:
        table = metadata.tables[name]
        keys = list(table.primary_key)
        held = select(table.c[column], *keys).where(table.c.project_id.in_(projects), table.c[column].is_not(None))
        for row in tx.execute(held).all():
            document = blanked = str(row[0])
            for body in sought:
                if body in blanked:
                    blanked = blanked.replace(body, "–")
            if blanked != document:
                mine = [key == value for key, value in zip(keys, row[1:], strict=True)]
                tx.execute(update(table).where(*mine).values({column: blanked}))
                counts[name] = counts.get(name, 0) + 1


def referring() -> list[tuple[str, str]]:
    """Every column of the house that refers to an item, as `(table, column)`."""
    item = metadata.tables["item"]
    return sorted(
        (table.name, key.parent.name)
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table is item
    )
