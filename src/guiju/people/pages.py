"""The people's pages: one's own account, and the accounts of the house for its administrators."""

from typing import Any

from guiju.people.door.pages import PAGES as DOOR

PAGES: list[Any] = [*DOOR]
