"""Files of others that lie beside the project: published examples and real crowds, never copied into it."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared"


def shared(path: str) -> Path:
    """A file beside the project; the test is skipped where it is absent."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"../shared/{path} is not here")
    return found
