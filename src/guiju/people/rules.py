"""Decisions about people: what a good address and password are, when a sign-in must wait."""

import re
from dataclasses import dataclass

from guiju.people.errors import BadEmail, WeakPassword

MIN_PASSWORD = 8
FREE_TRIES = 5
LONGEST_WAIT = 300
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def clean_email(email: str) -> str:
    """The address as it is kept: trimmed and in lower case. Raises `BadEmail`."""
    cleaned = email.strip().lower()
    if len(cleaned) > 254 or not _EMAIL.fullmatch(cleaned):
        raise BadEmail(email=email[:80])
    return cleaned


def clean_name(name: str, otherwise: str) -> str:
    """A name as it is kept: on one line, at most 80 characters."""
    return (" ".join(name.split()) or otherwise)[:80]


def check_password(password: str, email: str) -> None:
    """Raises `WeakPassword`."""
    if len(password) < MIN_PASSWORD or password.strip().lower() == email:
        raise WeakPassword(least=MIN_PASSWORD)


@dataclass(frozen=True, slots=True)
class Tries:
    """Failed sign-ins of one address in a row, and when the last one was, in seconds."""

    failed: int
    last: float


def seconds_to_wait(tries: Tries, at: float) -> int:
    """How long the next sign-in must wait: nothing for the first few, then doubling up to five minutes."""
    if tries.failed < FREE_TRIES:
        return 0
    wait = min(LONGEST_WAIT, 2 ** (tries.failed - FREE_TRIES + 1))
    return max(0, int(tries.last + wait - at + 0.999))


def local_path(to: str, otherwise: str) -> str:
    """`to` if it is a path of this site, else `otherwise`: no link sends a person who signs in to another site."""
    # Browsers read `//host` and `/\host` as another site, and drop tabs and line ends before they look.
    is_local = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()
    return to if is_local else otherwise


def plain_cell(text: str) -> str:
    """A cell that a spreadsheet shows and does not run."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
