"""Write what is missing in the line of migrations: `python -m scripts.migration` prints the operations, ready to paste.

With nothing to print, the migrations make exactly the tables that the slices describe; a test holds that.
"""

import tempfile
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import Connection

import guiju.web.routes  # noqa: F401 # pyright: ignore[reportUnusedImport] - every slice's tables join the metadata
from guiju.storage import metadata, open_house

# Made by hand in a migration, for each database in its own way: full-text search.
BY_HAND = ("deposit_words", "item_words")


def compared(connection: Connection) -> MigrationContext:
    """What compares the database with the slices' tables, but for what is made by hand."""

    def ours(name: str | None, _kind: str, _parents: Any) -> bool:
        return not (name or "").startswith((*BY_HAND, "alembic_version"))

    return MigrationContext.configure(connection, opts={"include_name": ours, "compare_type": True})


def differences(connection: Connection) -> list[Any]:
    """What the migrations have not made, or made otherwise."""
    return compare_metadata(compared(connection), metadata)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        house = open_house(Path(folder))
        with house.reading() as connection:
            script = produce_migrations(compared(connection), metadata)
        house.close()
    if script.upgrade_ops is not None:
        print(render_python_code(script.upgrade_ops))


if __name__ == "__main__":
    main()
