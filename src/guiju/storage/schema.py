"""One line of migrations for both databases, run on opening; a database of a newer program is refused."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from guiju.kit import N_, Refusal

if TYPE_CHECKING:
    from guiju.storage.engine import Database

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0001"


class DatabaseIsNewer(Refusal):
    """The database was migrated by a later version of the program."""

    code = "database-is-newer"
    status = 500
    sentence = N_("This home was written by a newer version of Guiju (schema {found}, this program knows {known}).")
    next_step = N_("Update the program, or restore a backup made by this version.")


def find_version(connection: Connection) -> str | None:
    """The schema's version, or `None` in an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def ensure_schema(database: "Database") -> None:
    """Bring the database to `HEAD`. Raises `DatabaseIsNewer`."""
    with database.reading() as connection:
        found = find_version(connection)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise DatabaseIsNewer(found=found, known=HEAD)
    migrate(database)


def migrate(database: "Database") -> None:
    """Run the migrations up to `HEAD` in one transaction."""
    with database.altering() as connection:
        upgrade(connection)


def upgrade(connection: Connection) -> None:
    """Run the migrations up to `HEAD` in the transaction of `connection`."""
    from alembic import command  # noqa: PLC0415 - a quarter of a second that only a new schema costs
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
