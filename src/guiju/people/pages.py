"""The people's pages: the door, one's own account, and for administrators accounts, rosters and teams."""

from typing import Any

from guiju.people.accounts.pages import PAGES as ACCOUNTS
from guiju.people.door.pages import PAGES as DOOR
from guiju.people.roster.pages import PAGES as ROSTER
from guiju.people.teams.pages import PAGES as TEAMS

PAGES: list[Any] = [*DOOR, *ACCOUNTS, *ROSTER, *TEAMS]
