"""Routes about projects, their state and their members."""

from typing import Any

API: list[Any] = []
