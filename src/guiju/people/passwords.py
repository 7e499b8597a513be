"""Passwords: argon2id, and first passwords that can be read aloud."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from guiju.kit import sha256_hex

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# No letters or digits that are taken for one another.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


@cache
def _nobody() -> str:
    """What a stranger's sign-in is checked against, so that it takes as long as a member's."""
    return _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """Whether `password` belongs to the hash; takes the same time when there is none."""
    try:
        _hasher.verify(password_hash or _nobody(), password)
    except VerifyMismatchError:
        return False
    return password_hash is not None


def first_password() -> str:
    """A random password of 15 readable characters in groups (about 74 bits), to be changed at the first sign-in."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(5)) for _ in range(3))


def hash_token(token: str) -> str:
    """Sessions and API tokens are random enough for a plain digest; only the digest is stored."""
    return sha256_hex(token.encode())
