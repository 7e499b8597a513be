"""The tests' own tools work: the private database server, the browser, the wall around the sockets."""

import socket
from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import sync_playwright
from sqlalchemy import create_engine, text

from tests.support.chromium import NONE, launch
from tests.support.needs import do_without
from tests.support.no_sockets import OutsideSocketError, block_outside_sockets
from tests.support.postgres import Cluster, Missing, private_cluster


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with private_cluster() as made:
        if isinstance(made, Missing):
            do_without(made.reason)
        yield made


def test_a_database_is_cloned_from_a_template_with_what_is_in_it(cluster: Cluster) -> None:
    original = create_engine(cluster.create_database("original"))
    with original.begin() as connection:
        connection.execute(text("CREATE TABLE words AS SELECT '规矩' AS word"))
    original.dispose()
    copy = create_engine(cluster.create_database("copy", template="original"))
    with copy.connect() as connection:
        assert connection.execute(text("SELECT word FROM words")).scalar_one() == "规矩"
    copy.dispose()


def test_a_dropped_database_is_gone_though_somebody_is_connected(cluster: Cluster) -> None:
    url = cluster.create_database("short_lived")
    somebody = create_engine(url)
    with somebody.connect():
        cluster.drop_database("short_lived")
    somebody.dispose()
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(host=str(cluster.folder), user="guiju", dbname="short_lived")


def test_nothing_is_left_of_a_cluster() -> None:
    with private_cluster() as made:
        if isinstance(made, Missing):
            do_without(made.reason)
        assert (made.folder / "data").is_dir()
    assert not made.folder.exists()


def test_the_browser_shows_a_page_in_chinese() -> None:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        if browser is None:
            do_without(NONE)
        page = browser.new_page()
        page.set_content("<p>不以规矩，不能成方圆</p>")
        assert page.inner_text("p") == "不以规矩，不能成方圆"
        browser.close()


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "2001:db8::1"])
def test_no_test_leaves_this_machine(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    block_outside_sockets(monkeypatch)
    with pytest.raises(OutsideSocketError):
        socket.create_connection((host, 443), timeout=1)


def test_loopback_stays_open_to_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    block_outside_sockets(monkeypatch)
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
