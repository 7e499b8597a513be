"""What a test needs and this machine may lack: a skip that says why, and in CI a failure."""

import os
from typing import NoReturn

import pytest


def do_without(reason: str) -> NoReturn:
    """Skip the test with `reason`; where `CI=true`, nothing may be missing, so fail with it."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must have this: {reason}", pytrace=False)
    pytest.skip(reason)
