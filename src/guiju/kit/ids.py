"""Identifiers that a client makes, and secrets that nobody can guess."""

import re
import secrets
import uuid

_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


def new_id() -> str:
    """A fresh random identifier (UUID4, 32 hex digits) such as a client makes for each write."""
    return uuid.uuid4().hex


def is_request_id(text: str) -> bool:
    """Whether `text` may serve as a client-made id: 8 to 64 letters, digits, `-` or `_`."""
    return _REQUEST_ID.fullmatch(text) is not None


def new_secret(length: int = 32) -> str:
    """`length` bytes of randomness, URL-safe: a session, a token, a lease."""
    return secrets.token_urlsafe(length)
