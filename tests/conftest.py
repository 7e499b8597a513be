"""What every test stands on: real databases, a house of their own, and no way to the outside."""

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.storage import House, open_house
from guiju.web import create_app
from tests.support.cast import Cast, gather_cast
from tests.support.needs import do_without
from tests.support.no_sockets import block_outside_sockets
from tests.support.postgres import Cluster, Missing, private_cluster

_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def _no_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    block_outside_sockets(monkeypatch)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster | Missing]:
    """A private PostgreSQL with a migrated database to clone, or the reason why there is none."""
    with private_cluster() as cluster:
        if isinstance(cluster, Cluster):
            _migrate(cluster)
        yield cluster


def _migrate(cluster: Cluster) -> None:
    with tempfile.TemporaryDirectory() as folder:
        open_house(Path(folder), database=cluster.create_database("empty")).close()


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """An empty house, once on each database."""
    database = None
    if request.param == "postgresql":
        cluster = request.getfixturevalue("postgres")
        if isinstance(cluster, Missing):
            do_without(cluster.reason)
        database = cluster.create_database(f"test_{next(_numbers)}", template="empty")
    opened = open_house(tmp_path / "home", database=database)
    yield opened
    opened.close()


@pytest.fixture
def cast(house: House) -> Cast:
    """The people of the tests, and one project of theirs."""
    return gather_cast(house)


@pytest.fixture
def app(house: House) -> Litestar:
    return create_app(house)


@pytest.fixture
def client(app: Litestar) -> Iterator[TestClient[Litestar]]:
    """HTTP without a network: sign in with `cast.sign_in(client, "alice")`."""
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened
