"""The projects' pages: the list, settings and members. The page of one project is made by planning."""

from typing import Any

PAGES: list[Any] = []
