"""Accounts, sessions, API tokens, teams, roles, and who may do what.

Others use: `Role`, `Act`, `may` (the policy table), `Account`, the actions on accounts and sessions, and
`NotAllowed`. What a person's roles are in a project is the projects' business.
"""

from guiju.people.actions import (
    NewSession,
    block_account,
    change_password,
    create_account,
    find_signed_in,
    get_actor,
    require_admin,
    reset_password,
    set_up,
    sign_in,
    sign_out,
)
from guiju.people.errors import AccountNotFound, AdminOnly, NotAllowed
from guiju.people.model import Account, Team
from guiju.people.policy import POLICY, ROLE_NAMES, Act, Role, may
from guiju.people.store import find_account, find_account_by_email, find_first_admin, list_accounts, team_ids_of

__all__ = [
    "POLICY",
    "ROLE_NAMES",
    "Account",
    "AccountNotFound",
    "Act",
    "AdminOnly",
    "NewSession",
    "NotAllowed",
    "Role",
    "Team",
    "block_account",
    "change_password",
    "create_account",
    "find_account",
    "find_account_by_email",
    "find_first_admin",
    "find_signed_in",
    "get_actor",
    "list_accounts",
    "may",
    "require_admin",
    "reset_password",
    "set_up",
    "sign_in",
    "sign_out",
    "team_ids_of",
]
