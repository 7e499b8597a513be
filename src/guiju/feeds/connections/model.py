"""A connection as administrators name it, and as a well is opened by it."""

import enum
from dataclasses import dataclass, field

from guiju.kit import N_


class ConnectionKind(enum.StrEnum):
    POSTGRESQL = "postgresql"
    MYSQL = "mysql"
    SQLITE = "sqlite"
    OBJECTS = "objects"
    FOLDER = "folder"

    @property
    def is_database(self) -> bool:
        """Whether it is asked by a query; of the others files are brought."""
        return self in {ConnectionKind.POSTGRESQL, ConnectionKind.MYSQL, ConnectionKind.SQLITE}


KIND_NAMES = {
    ConnectionKind.POSTGRESQL: N_("PostgreSQL"),
    ConnectionKind.MYSQL: N_("MySQL or MariaDB"),
    ConnectionKind.SQLITE: N_("SQLite file on the server"),
    ConnectionKind.OBJECTS: N_("Object store"),
    ConnectionKind.FOLDER: N_("Folder on the server"),
}
ADDRESSES = {
    ConnectionKind.POSTGRESQL: "postgresql://reader@db.example.org:5432/service",
    ConnectionKind.MYSQL: "mysql://reader@db.example.org:3306/service",
    ConnectionKind.SQLITE: "/srv/data/service.db",
    ConnectionKind.OBJECTS: "s3://bucket/folder?region=cn-north-1&access_key_id=AK…",
    ConnectionKind.FOLDER: "/srv/inbox",
}
"""What an address looks like."""


class SecretKind(enum.StrEnum):
    """Where the secret of a connection is kept. Never in the database."""

    NONE = "none"
    HOUSE = "house"
    ENVIRONMENT = "env"
    FILE = "file"


SECRET_NAMES = {
    SecretKind.NONE: N_("none"),
    SecretKind.HOUSE: N_("in a file of the home that only the server's account reads"),
    SecretKind.ENVIRONMENT: N_("in a variable of the server's environment"),
    SecretKind.FILE: N_("in a file of the server"),
}


@dataclass(frozen=True, slots=True)
class NamedConnection:
    """`reference` says where its secret is kept: nothing, `house`, `env:NAME` or `file:NAME`; never the secret."""

    id: int
    name: str
    kind: ConnectionKind
    address: str
    reference: str | None
    for_all: bool
    projects: tuple[int, ...]
    created_at: int
    checked_at: int | None = None
    fault: str | None = None

    @property
    def secret_kind(self) -> SecretKind:
        return SecretKind((self.reference or "none").partition(":")[0])


@dataclass(frozen=True, slots=True)
class Place:
    """What a well is opened by. The secret is not shown where the value is printed."""

    name: str
    kind: ConnectionKind
    address: str
    secret: str | None = field(default=None, repr=False)
