"""A house as people meet it: `python -m guiju serve` in a process of its own, on a home of its own."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from guiju.kit import new_id
from guiju.people import create_account, list_accounts, set_up
from guiju.people.tokens.actions import create_token
from guiju.sdk import Client
from guiju.storage import Actor, House, opened_house

PASSWORD = "a short sentence"
START_SECONDS = 30.0


@dataclass(frozen=True)
class Served:
    """A running server, and the API tokens of those who were gathered in its house, by name."""

    url: str
    home: Path
    tokens: Mapping[str, str]

    def client(self, name: str, language: str = "en") -> Client:
        """Somebody's own client."""
        return Client(self.url, self.tokens[name], language=language)


@contextmanager
def served(home: Path, tokens: Mapping[str, str] | None = None) -> Generator[Served]:
    """Serve `home` as long as the context lasts."""
    port = free_port()
    command = [sys.executable, "-m", "guiju", "serve", "--home", str(home), "--port", str(port)]
    with (home.parent / f"{home.name}.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_up(url, server)
        yield Served(url, home, tokens or {})
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=5).close()
        except OSError:
            assert server.poll() is None, "the server ended as it started"
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.05)
        else:
            return


def gather(home: Path, *names: str, opens_projects: str = "zhou") -> dict[str, str]:
    """Make a house with an account and an API token for each name; returns the tokens, the administrator's too."""
    with opened_house(home) as house:
        admin = Actor(
            set_up(house, email="admin@guiju.test", name="Admin", password=PASSWORD), "Admin", "", is_admin=True
        )
        # Each password costs its hash a moment of one core; the moments overlap.
        with ThreadPoolExecutor(4) as pool:
            employed = [pool.submit(_employ, house, admin, name, may_open=name == opens_projects) for name in names]
        for each in employed:
            each.result()
        with house.reading() as connection:
            found = {account.email.split("@")[0]: account.actor for account in list_accounts(connection)}
        return {
            name: create_token(house, actor, request_id=new_id(), name="API").secret for name, actor in found.items()
        }


def _employ(house: House, admin: Actor, name: str, *, may_open: bool) -> None:
    create_account(
        house, admin, email=f"{name}@guiju.test", name=name.title(), may_open_projects=may_open, password=PASSWORD
    )
