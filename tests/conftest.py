"""What every test stands on: real databases, a house of their own, and no way to the outside."""

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from litestar import Litestar
from litestar.testing import TestClient

from guiju.storage import House, open_house
from guiju.web import create_app
from guiju.web.app import Site
from tests.support.cast import Cast, gather_cast, meet_cast
from tests.support.needs import do_without
from tests.support.no_sockets import block_outside_sockets
from tests.support.postgres import Cluster, Missing, private_cluster

# How long an example takes is the machine's matter, never a test's.
settings.register_profile("guiju", settings(), deadline=None)
settings.load_profile("guiju")

_numbers = itertools.count(1)
PROTOTYPES = ("empty", "peopled")


@pytest.fixture(autouse=True)
def _no_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    block_outside_sockets(monkeypatch)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster | Missing]:
    """A private PostgreSQL with two databases to clone, or the reason why there is none."""
    with private_cluster() as cluster:
        if isinstance(cluster, Cluster):
            for name in PROTOTYPES:
                with tempfile.TemporaryDirectory() as folder:
                    _prepare(open_house(Path(folder), database=cluster.create_database(name)), name)
        yield cluster


@pytest.fixture(scope="session")
def sqlite_homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the same two as homes to copy."""
    folder = tmp_path_factory.mktemp("prototypes")
    for name in PROTOTYPES:
        _prepare(open_house(folder / name), name)
    return folder


def _prepare(house: House, name: str) -> None:
    if name == "peopled":
        gather_cast(house)
    house.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A house of the test's own, once on each database: empty, or with the cast in it where the test asks for them."""
    prototype = "peopled" if "cast" in request.fixturenames else "empty"
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("sqlite_homes") / prototype, tmp_path / "home")
        opened = open_house(tmp_path / "home")
        yield opened
        opened.close()
        return
    cluster = request.getfixturevalue("postgres")
    if isinstance(cluster, Missing):
        do_without(cluster.reason)
    name = f"test_{next(_numbers)}"
    opened = open_house(tmp_path / "home", database=cluster.create_database(name, template=prototype))
    yield opened
    opened.close()
    cluster.drop_database(name)


@pytest.fixture
def cast(house: House) -> Cast:
    """The people of the tests, and one project of theirs."""
    return meet_cast(house)


@pytest.fixture(scope="session")
def site(sqlite_homes: Path) -> Site:
    """The site, built once: its four hundred routes take longer than most tests."""
    house = open_house(sqlite_homes / PROTOTYPES[0])
    site = create_app(house)
    house.close()
    return site


@pytest.fixture
def app(site: Site, house: House) -> Litestar:
    """The site over the test's own house."""
    site.open(house)
    return site


@pytest.fixture
def client(app: Litestar) -> Iterator[TestClient[Litestar]]:
    """HTTP without a network: sign in with `cast.sign_in(client, "alice")`."""
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened
