"""Accounts, sessions, API tokens, teams, roles, and who may do what.

Others use: `Role`, `Act`, `may` (the policy table), `Account`, the actions on accounts and sessions, and
`NotAllowed`. What a person's roles are in a project is the projects' business.
"""

from guiju.people.actions import (
    NewSession,
    account_ids_of,
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
from guiju.people.passwords import first_password
from guiju.people.policy import POLICY, ROLE_NAMES, Act, Role, may
from guiju.people.qualifications import (
    LAPSE_NAMES,
    Certificate,
    Lapse,
    certificates_of,
    find_certificate,
    grant_certificate,
    holds_certificate,
    lapse_before,
    list_certificates,
)
from guiju.people.roster.actions import import_roster
from guiju.people.roster.errors import RosterRefused
from guiju.people.roster.model import Handout
from guiju.people.skills import NO_SKILLS, Skills, clean_skills, keep_skills, skills_of
from guiju.people.store import (
    find_account,
    find_account_by_email,
    find_first_admin,
    list_accounts,
    list_accounts_of,
    team_ids_of,
)
from guiju.people.tables import account as account_table
from guiju.people.teams.actions import create_team, get_team, list_teams, set_team_member
from guiju.people.tokens.actions import create_token, revoke_token

__all__ = [
    "LAPSE_NAMES",
    "NO_SKILLS",
    "POLICY",
    "ROLE_NAMES",
    "Account",
    "AccountNotFound",
    "Act",
    "AdminOnly",
    "Certificate",
    "Handout",
    "Lapse",
    "NewSession",
    "NotAllowed",
    "Role",
    "RosterRefused",
    "Skills",
    "Team",
    "account_ids_of",
    "account_table",
    "block_account",
    "certificates_of",
    "change_password",
    "clean_skills",
    "create_account",
    "create_team",
    "create_token",
    "find_account",
    "find_account_by_email",
    "find_certificate",
    "find_first_admin",
    "find_signed_in",
    "first_password",
    "get_actor",
    "get_team",
    "grant_certificate",
    "holds_certificate",
    "import_roster",
    "keep_skills",
    "lapse_before",
    "list_accounts",
    "list_accounts_of",
    "list_certificates",
    "list_teams",
    "may",
    "require_admin",
    "reset_password",
    "revoke_token",
    "set_team_member",
    "set_up",
    "sign_in",
    "sign_out",
    "skills_of",
    "team_ids_of",
]
