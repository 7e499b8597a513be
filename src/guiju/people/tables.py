"""Accounts, sessions, tokens and teams; written by this slice alone."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from guiju.storage import BigId, Micros, metadata

account = Table(
    "account",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    Column("password_hash", String(200), nullable=True),
    Column("is_admin", Boolean, nullable=False),
    Column("may_open_projects", Boolean, nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    Column("locale", String(8), nullable=True),
    Column("blocked_at", Micros, nullable=True),
    Column("created_at", Micros, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", BigId, ForeignKey("account.id"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("created_at", Micros, nullable=False),
    Column("expires_at", Micros, nullable=False),
)

api_token = Table(
    "api_token",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("account_id", BigId, ForeignKey("account.id"), nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("created_at", Micros, nullable=False),
    Column("revoked_at", Micros, nullable=True),
)

account_settings = Table(
    "account_settings",
    metadata,
    Column("account_id", BigId, ForeignKey("account.id"), primary_key=True),
    Column("document", Text, nullable=False),
    Column("changed_at", Micros, nullable=False),
)

team = Table(
    "team",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("created_at", Micros, nullable=False),
)

team_member = Table(
    "team_member",
    metadata,
    Column("team_id", BigId, ForeignKey("team.id"), primary_key=True),
    Column("account_id", BigId, ForeignKey("account.id"), primary_key=True, index=True),
)

# A certificate: who passed which exam, for which rules. No room but the exams' grants one.
qualification = Table(
    "qualification",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("account_id", BigId, ForeignKey("account.id"), nullable=False),
    # the rulebook's line: a project has one rulebook, of many versions
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("rulebook_id", BigId, ForeignKey("rulebook.id"), nullable=False),
    Column("version", String(24), nullable=False),
    # meaning changes with it: the first number of the version
    Column("major", Integer, nullable=False),
    # the sitting that it was granted for, once
    Column("sitting_id", BigId, nullable=False),
    Column("score", Float, nullable=False),
    Column("granted_at", Micros, nullable=False),
    Column("lapsed_at", Micros, nullable=True),
    # guiju.people.qualifications.Lapse, and the version that it lapsed by
    Column("lapsed_why", String(12), nullable=True),
    Column("lapsed_by", String(24), nullable=True),
    UniqueConstraint("sitting_id"),
    Index(None, "account_id", "project_id", "major"),
    Index(None, "project_id", "granted_at"),
)

# What a person speaks and can do: work is kept for who has it.
account_skill = Table(
    "account_skill",
    metadata,
    Column("account_id", BigId, ForeignKey("account.id"), primary_key=True),
    # language | skill
    Column("kind", String(8), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("set_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("at", Micros, nullable=False),
)
