"""The tests talk to this machine alone: a connection or a look-up that would leave it is an error where it is made."""

import ipaddress
import socket
from typing import Any

import pytest


class OutsideSocketError(RuntimeError):
    """A test reached for another machine. Not an `OSError`, so that no retry or fallback swallows it."""


def block_outside_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until `monkeypatch` is undone, only loopback addresses and Unix sockets can be reached from Python."""
    look_up = socket.getaddrinfo
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))

    def guarded_look_up(host: Any, *args: Any, **options: Any) -> Any:
        _refuse_outside(host)
        return look_up(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse_outside(address[0])
        return connect(self, address)

    return guarded


def _refuse_outside(host: Any) -> None:
    if not _is_here(host.decode() if isinstance(host, bytes) else host):
        raise OutsideSocketError(f"A test reached for {host!r}; tests talk to this machine alone.")


def _is_here(host: str | None) -> bool:
    """Whether `host` is this machine; `None` and "" are what a listening socket asks for."""
    if host in (None, "", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
