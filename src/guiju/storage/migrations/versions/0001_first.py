"""The first schema: every slice's tables, and the bank's full-text search on each database in its own way."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# SQLite makes only a column called INTEGER the row's own id.
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

WORDS = {
    "postgresql": [
        "CREATE TABLE deposit_words (rowid BIGINT PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX ix_deposit_words_words ON deposit_words USING gin (words)",
        "CREATE TABLE item_words (rowid BIGINT PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX ix_item_words_words ON item_words USING gin (words)",
    ],
    "sqlite": [
        "CREATE VIRTUAL TABLE deposit_words USING fts5(words, content='', contentless_delete=1)",
        "CREATE VIRTUAL TABLE item_words USING fts5(words, content='', contentless_delete=1, detail=none)",
    ],
}


def upgrade() -> None:  # noqa: PLR0915 - a schema is as long as it is
    op.create_table(
        "account",
        sa.Column("id", BIG, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("may_open_projects", sa.Boolean(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=True),
        sa.Column("blocked_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "job",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("project_id", BIG, nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("done", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("checkpoint", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("cancel_asked", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=True),
        sa.Column("beat_at", sa.BigInteger(), nullable=True),
        sa.Column("created_by", BIG, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_project_id_id"), "job", ["project_id", "id"], unique=False)
    op.create_index(op.f("ix_job_state_id"), "job", ["state", "id"], unique=False)
    op.create_table(
        "journal",
        sa.Column("id", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", BIG, nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("project_id", BIG, nullable=True),
        sa.Column("subject_id", BIG, nullable=True),
        sa.Column("from_revision", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("xact", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_index(
        "ix_journal_milestones",
        "journal",
        ["project_id", "id"],
        unique=False,
        sqlite_where=sa.text(
            "action <> 'work.submitted' AND action <> 'work.drafted' AND action <> 'practice.answered'"
        ),
        postgresql_where=sa.text(
            "action <> 'work.submitted' AND action <> 'work.drafted' AND action <> 'practice.answered'"
        ),
    )
    op.create_table(
        "journal_cursor",
        sa.Column("subscriber", sa.String(length=60), nullable=False),
        sa.Column("last_id", BIG, nullable=False),
        sa.PrimaryKeyConstraint("subscriber", name=op.f("pk_journal_cursor")),
    )
    op.create_table(
        "journal_seal",
        sa.Column("id", BIG, nullable=False),
        sa.Column("last_id", BIG, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_seal")),
        sa.UniqueConstraint("last_id", name=op.f("uq_journal_seal_last_id")),
    )
    op.create_table(
        "receipt",
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("actor_id", BIG, nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_receipt")),
    )
    op.create_table(
        "team",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("name", name=op.f("uq_team_name")),
    )
    op.create_table(
        "api_token",
        sa.Column("id", BIG, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_api_token_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_index(op.f("ix_api_token_account_id"), "api_token", ["account_id"], unique=False)
    op.create_table(
        "account_settings",
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_settings_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_settings")),
    )
    op.create_table(
        "project",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("customer", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("rights", sa.String(length=12), nullable=False),
        sa.Column("cloned_from", BIG, nullable=True),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["cloned_from"], ["project.id"], name=op.f("fk_project_cloned_from")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_project_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
    )
    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_session_account_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_account_id"), "session", ["account_id"], unique=False)
    op.create_table(
        "team_member",
        sa.Column("team_id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_team_member_account_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_member_team_id")),
        sa.PrimaryKeyConstraint("team_id", "account_id", name=op.f("pk_team_member")),
    )
    op.create_index(op.f("ix_team_member_account_id"), "team_member", ["account_id"], unique=False)
    op.create_table(
        "annotator",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("project_id", BIG, nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_annotator_account_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_annotator_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotator")),
        sa.UniqueConstraint("account_id", name=op.f("uq_annotator_account_id")),
        sa.UniqueConstraint("project_id", "name", name=op.f("uq_annotator_project_id_name")),
    )
    op.create_table(
        "brief",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("signed_by", BIG, nullable=True),
        sa.Column("signed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_brief_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_brief_project_id")),
        sa.ForeignKeyConstraint(["signed_by"], ["account.id"], name=op.f("fk_brief_signed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief")),
        sa.UniqueConstraint("project_id", "version", name=op.f("uq_brief_project_id_version")),
    )
    op.create_table(
        "brief_save",
        sa.Column("id", BIG, nullable=False),
        sa.Column("brief_id", BIG, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("saved_by", BIG, nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["brief_id"], ["brief.id"], name=op.f("fk_brief_save_brief_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["account.id"], name=op.f("fk_brief_save_saved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_save")),
        sa.UniqueConstraint("brief_id", "revision", name=op.f("uq_brief_save_brief_id_revision")),
    )
    op.create_table(
        "brief_comment",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", BIG, nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_by", BIG, nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["closed_by"], ["account.id"], name=op.f("fk_brief_comment_closed_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_brief_comment_project_id")),
        sa.ForeignKeyConstraint(["written_by"], ["account.id"], name=op.f("fk_brief_comment_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_comment")),
    )
    op.create_index(op.f("ix_brief_comment_project_id_id"), "brief_comment", ["project_id", "id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("roles", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_account_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_membership_project_id")),
        sa.PrimaryKeyConstraint("project_id", "account_id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_account_id"), "membership", ["account_id"], unique=False)
    op.create_table(
        "rulebook",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("version", sa.String(length=24), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("based_on", BIG, nullable=True),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("published_by", BIG, nullable=True),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["based_on"], ["rulebook.id"], name=op.f("fk_rulebook_based_on")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_rulebook_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_rulebook_project_id")),
        sa.ForeignKeyConstraint(["published_by"], ["account.id"], name=op.f("fk_rulebook_published_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook")),
        sa.UniqueConstraint("project_id", "version", name=op.f("uq_rulebook_project_id_version")),
    )
    op.create_table(
        "source",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=True),
        sa.Column("licence", sa.String(length=120), nullable=True),
        sa.Column("rights", sa.String(length=12), nullable=False),
        sa.Column("collected_on", sa.String(length=10), nullable=True),
        sa.Column("mapping", sa.Text(), nullable=True),
        sa.Column("family", sa.String(length=64), nullable=True),
        sa.Column("read_from", sa.Text(), nullable=True),
        sa.Column("job_id", BIG, nullable=True),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("landed_at", sa.BigInteger(), nullable=True),
        sa.Column("records", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=True),
        sa.Column("duplicates", sa.Integer(), nullable=True),
        sa.Column("refused", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_source_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_source_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_index(op.f("ix_source_project_id"), "source", ["project_id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=24), nullable=False),
        sa.Column("include", sa.String(length=12), nullable=False),
        sa.Column("with_media", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("rulebook_id", BIG, nullable=False),
        sa.Column("as_of", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=True),
        sa.Column("blob", sa.String(length=64), nullable=True),
        sa.Column("items", sa.Integer(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("ledger", sa.String(length=64), nullable=True),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_delivery_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_delivery_project_id")),
        sa.ForeignKeyConstraint(["rulebook_id"], ["rulebook.id"], name=op.f("fk_delivery_rulebook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_delivery_project_id_number")),
    )
    op.create_table(
        "item",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("source_id", BIG, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("media", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("media_type", sa.String(length=40), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("parts", sa.Integer(), nullable=True),
        sa.Column("duration", sa.Integer(), nullable=True),
        sa.Column("speakers", sa.Text(), nullable=True),
        sa.Column("meta", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_item_project_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_item_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("hash", "project_id", name=op.f("uq_item_hash_project_id")),
    )
    op.create_index("ix_item_by_id", "item", ["project_id", "id", "media", "source_id"], unique=False)
    op.create_index("ix_item_by_name", "item", ["project_id", "name", "id", "media", "source_id"], unique=False)
    op.create_index(op.f("ix_item_source_id_id"), "item", ["source_id", "id"], unique=False)
    op.create_table(
        "mapping",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("family", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("by", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_mapping_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_mapping_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mapping")),
        sa.UniqueConstraint("project_id", "family", name=op.f("uq_mapping_project_id_family")),
    )
    op.create_table(
        "succession",
        sa.Column("source_id", BIG, nullable=False),
        sa.Column("old_item_id", BIG, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("old_hash", sa.String(length=64), nullable=False),
        sa.Column("new_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["old_item_id"], ["item.id"], name=op.f("fk_succession_old_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_succession_source_id")),
        sa.PrimaryKeyConstraint("source_id", "old_item_id", name=op.f("pk_succession")),
    )
    op.create_index(op.f("ix_succession_old_item_id"), "succession", ["old_item_id"], unique=False)
    op.create_table(
        "aside",
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("cause", sa.String(length=60), nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("by", BIG, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_aside_by")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_aside_item_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_aside_project_id")),
        sa.PrimaryKeyConstraint("item_id", "cause", name=op.f("pk_aside")),
    )
    op.create_index(
        op.f("ix_aside_project_id_cause_item_id"), "aside", ["project_id", "cause", "item_id"], unique=False
    )
    op.create_table(
        "scene",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("media", sa.String(length=12), nullable=False),
        sa.Column("parent_id", BIG, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("into_id", BIG, nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("seeds", sa.Text(), nullable=False),
        sa.Column("hue", sa.SmallInteger(), nullable=False),
        sa.Column("made_by", BIG, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_scene_made_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_scene_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scene")),
    )
    op.create_index(op.f("ix_scene_project_id_media_state"), "scene", ["project_id", "media", "state"], unique=False)
    op.create_table(
        "scene_act",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("media", sa.String(length=12), nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("scene_id", sa.BigInteger(), nullable=True),
        sa.Column("by", BIG, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_scene_act_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_scene_act_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scene_act")),
    )
    op.create_index(op.f("ix_scene_act_project_id_media_id"), "scene_act", ["project_id", "media", "id"], unique=False)
    op.create_table(
        "scene_map",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("media", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("backend", sa.String(length=40), nullable=False),
        sa.Column("far", sa.Float(), nullable=False),
        sa.Column("made_by", BIG, nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_scene_map_made_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_scene_map_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scene_map")),
    )
    op.create_index(
        op.f("ix_scene_map_project_id_media_state"), "scene_map", ["project_id", "media", "state"], unique=False
    )
    op.create_table(
        "placement",
        sa.Column("map_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("scene_id", BIG, nullable=True),
        sa.Column("how", sa.String(length=8), nullable=False),
        sa.Column("sure", sa.SmallInteger(), nullable=False),
        sa.Column("far", sa.Integer(), nullable=False),
        sa.Column("cell", sa.Integer(), nullable=False),
        sa.Column("x", sa.Integer(), nullable=False),
        sa.Column("y", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_placement_item_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["map_id"], ["scene_map.id"], name=op.f("fk_placement_map_id")),
        sa.ForeignKeyConstraint(["scene_id"], ["scene.id"], name=op.f("fk_placement_scene_id")),
        sa.PrimaryKeyConstraint("map_id", "item_id", name=op.f("pk_placement")),
    )
    op.create_index("ix_placement_by_item", "placement", ["item_id", "map_id"], unique=False)
    op.create_index("ix_placement_by_scene", "placement", ["map_id", "scene_id", "far", "item_id"], unique=False)
    op.create_table(
        "scene_link",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("one_id", BIG, nullable=False),
        sa.Column("other_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("made_by", BIG, nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_scene_link_made_by")),
        sa.ForeignKeyConstraint(["one_id"], ["item.id"], name=op.f("fk_scene_link_one_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["item.id"], name=op.f("fk_scene_link_other_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_scene_link_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scene_link")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_scene_link_one_id_other_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_scene_link_project_id"), "scene_link", ["project_id"], unique=False)
    op.create_table(
        "leftover",
        sa.Column("id", BIG, nullable=False),
        sa.Column("source_id", BIG, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_leftover_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leftover")),
    )
    op.create_index(op.f("ix_leftover_source_id_id"), "leftover", ["source_id", "id"], unique=False)
    op.create_table(
        "pseudonym_key",
        sa.Column("project_id", BIG, autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_pseudonym_key_project_id")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_pseudonym_key")),
    )
    op.create_table(
        "recipe",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_recipe_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipe")),
        sa.UniqueConstraint("project_id", "name", name=op.f("uq_recipe_project_id_name")),
    )
    op.create_table(
        "recipe_version",
        sa.Column("recipe_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("by", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_recipe_version_by")),
        sa.ForeignKeyConstraint(["recipe_id"], ["recipe.id"], name=op.f("fk_recipe_version_recipe_id")),
        sa.PrimaryKeyConstraint("recipe_id", "version", name=op.f("pk_recipe_version")),
    )
    op.create_table(
        "recipe_run",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("recipe_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("from_source", BIG, nullable=True),
        sa.Column("source_id", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=True),
        sa.Column("counts", sa.Text(), nullable=True),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_recipe_run_created_by")),
        sa.ForeignKeyConstraint(["from_source"], ["source.id"], name=op.f("fk_recipe_run_from_source")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_recipe_run_project_id")),
        sa.ForeignKeyConstraint(
            ["recipe_id", "version"],
            ["recipe_version.recipe_id", "recipe_version.version"],
            name=op.f("fk_recipe_run_recipe_id_version"),
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_recipe_run_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipe_run")),
    )
    op.create_index(op.f("ix_recipe_run_project_id_id"), "recipe_run", ["project_id", "id"], unique=False)
    op.create_index(op.f("ix_recipe_run_source_id"), "recipe_run", ["source_id"], unique=False)
    op.create_table(
        "cleaned",
        sa.Column("run_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_cleaned_item_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["run_id"], ["recipe_run.id"], name=op.f("fk_cleaned_run_id")),
        sa.PrimaryKeyConstraint("run_id", "item_id", name=op.f("pk_cleaned")),
    )
    op.create_index(op.f("ix_cleaned_item_id"), "cleaned", ["item_id"], unique=False)
    op.create_table(
        "derivation",
        sa.Column("run_id", BIG, nullable=False),
        sa.Column("parent_id", BIG, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["item.id"], name=op.f("fk_derivation_child_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["parent_id"], ["item.id"], name=op.f("fk_derivation_parent_id")),
        sa.ForeignKeyConstraint(["run_id"], ["recipe_run.id"], name=op.f("fk_derivation_run_id")),
        sa.PrimaryKeyConstraint("run_id", "parent_id", "place", name=op.f("pk_derivation")),
    )
    op.create_index(op.f("ix_derivation_child_id"), "derivation", ["child_id"], unique=False)
    op.create_index(op.f("ix_derivation_parent_id"), "derivation", ["parent_id"], unique=False)
    op.create_table(
        "round",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rulebook_id", BIG, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("overlap", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("gate", sa.Text(), nullable=True),
        sa.Column("lot_id", BIG, nullable=True),
        sa.Column("suggest_round_id", BIG, nullable=True),
        sa.Column("suggest_annotator_id", BIG, nullable=True),
        sa.Column("shows_record", sa.Boolean(), nullable=False),
        sa.Column("certified", sa.Boolean(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_round_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_round_project_id")),
        sa.ForeignKeyConstraint(["rulebook_id"], ["rulebook.id"], name=op.f("fk_round_rulebook_id")),
        sa.ForeignKeyConstraint(["suggest_annotator_id"], ["annotator.id"], name=op.f("fk_round_suggest_annotator_id")),
        sa.ForeignKeyConstraint(["suggest_round_id"], ["round.id"], name=op.f("fk_round_suggest_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("project_id", "kind", "number", name=op.f("uq_round_project_id_kind_number")),
    )
    op.create_table(
        "annotation",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("annotator_id", BIG, nullable=False),
        sa.Column("rulebook_id", BIG, nullable=False),
        sa.Column("revision", sa.SmallInteger(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("clauses", sa.String(length=200), nullable=True),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.Column("active_ms", sa.Integer(), nullable=True),
        sa.Column("active_claim_ms", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("scores", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["annotator_id"], ["annotator.id"], name=op.f("fk_annotation_annotator_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_annotation_item_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_annotation_project_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_annotation_round_id")),
        sa.ForeignKeyConstraint(["rulebook_id"], ["rulebook.id"], name=op.f("fk_annotation_rulebook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation")),
        sa.UniqueConstraint("request_id", name=op.f("uq_annotation_request_id")),
        sa.UniqueConstraint(
            "round_id",
            "item_id",
            "annotator_id",
            "revision",
            name=op.f("uq_annotation_round_id_item_id_annotator_id_revision"),
        ),
    )
    op.create_index(op.f("ix_annotation_item_id"), "annotation", ["item_id"], unique=False)
    op.create_index(
        op.f("ix_annotation_round_id_annotator_id_id"), "annotation", ["round_id", "annotator_id", "id"], unique=False
    )
    op.create_table(
        "gate_decision",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("measure", sa.String(length=24), nullable=False),
        sa.Column("figure", sa.Float(), nullable=False),
        sa.Column("at_least", sa.Float(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_gate_decision_decided_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_gate_decision_project_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_gate_decision_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_decision")),
        sa.UniqueConstraint("round_id", name=op.f("uq_gate_decision_round_id")),
    )
    op.create_index(op.f("ix_gate_decision_project_id"), "gate_decision", ["project_id"], unique=False)
    op.create_table(
        "trial_draw",
        sa.Column("round_id", BIG, autoincrement=False, nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("of", sa.String(length=60), nullable=False),
        sa.Column("share", sa.String(length=12), nullable=False),
        sa.Column("earlier", sa.String(length=8), nullable=False),
        sa.Column("trial", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pool", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("strata", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_trial_draw_round_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_trial_draw")),
    )
    op.create_table(
        "lot",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("round_id", BIG, nullable=True),
        sa.Column("annotator_id", BIG, nullable=True),
        sa.Column("source_id", BIG, nullable=True),
        sa.Column("day", sa.String(length=10), nullable=True),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("contents", sa.String(length=64), nullable=False),
        sa.Column("strata", sa.Text(), nullable=True),
        sa.Column("drawn_event", sa.BigInteger(), nullable=True),
        sa.Column("resubmits", BIG, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("rework_round", BIG, nullable=True),
        sa.Column("rework_scope", sa.String(length=8), nullable=True),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", BIG, nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_event", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["annotator_id"], ["annotator.id"], name=op.f("fk_lot_annotator_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_lot_source_id")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_lot_created_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_lot_decided_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_lot_project_id")),
        sa.ForeignKeyConstraint(["resubmits"], ["lot.id"], name=op.f("fk_lot_resubmits")),
        sa.ForeignKeyConstraint(["rework_round"], ["round.id"], name=op.f("fk_lot_rework_round")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_lot_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_lot_project_id_number")),
        sa.UniqueConstraint("resubmits", name=op.f("uq_lot_resubmits")),
    )
    op.create_table(
        "question",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=True),
        sa.Column("round_id", BIG, nullable=True),
        sa.Column("asked_by", BIG, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("clause", sa.String(length=24), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", BIG, nullable=True),
        sa.Column("merged_into", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_question_asked_by")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_question_item_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_question_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_question_project_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_question_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    op.create_index(op.f("ix_question_merged_into"), "question", ["merged_into"], unique=False)
    op.create_index(op.f("ix_question_owner_id_state"), "question", ["owner_id", "state"], unique=False)
    op.create_index(op.f("ix_question_project_id_state_id"), "question", ["project_id", "state", "id"], unique=False)
    op.create_table(
        "question_label",
        sa.Column("question_id", BIG, nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_question_label_question_id")),
        sa.PrimaryKeyConstraint("question_id", "label", name=op.f("pk_question_label")),
    )
    op.create_table(
        "question_line",
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_question_line_project_id")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_question_line")),
    )
    op.create_table(
        "reference",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("rulebook_id", BIG, nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("origin_id", sa.String(length=40), nullable=False),
        sa.Column("item_id", BIG, nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("answers", sa.Text(), nullable=True),
        sa.Column("label", sa.String(length=60), nullable=True),
        sa.Column("polarity", sa.String(length=8), nullable=True),
        sa.Column("clause", sa.String(length=24), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_reference_item_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_reference_project_id")),
        sa.ForeignKeyConstraint(["rulebook_id"], ["rulebook.id"], name=op.f("fk_reference_rulebook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference")),
        sa.UniqueConstraint(
            "rulebook_id", "origin", "origin_id", name=op.f("uq_reference_rulebook_id_origin_origin_id")
        ),
    )
    op.create_index(op.f("ix_reference_project_id"), "reference", ["project_id"], unique=False)
    op.create_table(
        "slot",
        sa.Column("id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("annotator_id", BIG, nullable=True),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("leased_at", sa.BigInteger(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("found", sa.Text(), nullable=True),
        sa.Column("batch_id", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("suggestion_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(["annotator_id"], ["annotator.id"], name=op.f("fk_slot_annotator_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_slot_item_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_slot_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint("round_id", "item_id", "annotator_id", name=op.f("uq_slot_round_id_item_id_annotator_id")),
    )
    op.create_index(op.f("ix_slot_item_id"), "slot", ["item_id"], unique=False)
    op.create_index(
        "ix_slot_leased",
        "slot",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("state = 1"),
        postgresql_where=sa.text("state = 1"),
    )
    op.create_index("ix_slot_mine", "slot", ["annotator_id", "round_id", "state"], unique=False)
    op.create_index(
        "ix_slot_open",
        "slot",
        ["round_id", "reserved", "batch_id", "ordinal"],
        unique=False,
        sqlite_where=sa.text("state = 0"),
        postgresql_where=sa.text("state = 0"),
    )
    op.create_index("ix_slot_progress", "slot", ["round_id", "state", "batch_id", "annotator_id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("slot_id", BIG, nullable=False),
        sa.Column("annotator_id", BIG, nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["annotator_id"], ["annotator.id"], name=op.f("fk_draft_annotator_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_draft_slot_id")),
        sa.PrimaryKeyConstraint("slot_id", "annotator_id", name=op.f("pk_draft")),
    )
    op.create_table(
        "suggested",
        sa.Column("annotation_id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("annotator_id", BIG, nullable=False),
        sa.Column("slot_id", BIG, nullable=False),
        sa.Column("suggestion_id", BIG, nullable=False),
        sa.Column("outcome", sa.String(length=9), nullable=False),
        sa.Column("kept", sa.SmallInteger(), nullable=False),
        sa.Column("changed", sa.SmallInteger(), nullable=False),
        sa.Column("removed", sa.SmallInteger(), nullable=False),
        sa.Column("added", sa.SmallInteger(), nullable=False),
        sa.Column("hidden", sa.SmallInteger(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["annotation_id"], ["annotation.id"], name=op.f("fk_suggested_annotation_id")),
        sa.ForeignKeyConstraint(["annotator_id"], ["annotator.id"], name=op.f("fk_suggested_annotator_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_suggested_round_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_suggested_slot_id")),
        sa.PrimaryKeyConstraint("annotation_id", name=op.f("pk_suggested")),
    )
    op.create_index(
        "ix_suggested_holds",
        "suggested",
        ["round_id", "outcome", "annotator_id"],
        unique=False,
        sqlite_where=sa.text("holds = 1"),
        postgresql_where=sa.text("holds"),
    )
    op.create_index(op.f("ix_suggested_slot_id"), "suggested", ["slot_id"], unique=False)
    op.create_table(
        "suggested_label",
        sa.Column("annotation_id", BIG, nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("kept", sa.SmallInteger(), nullable=False),
        sa.Column("changed", sa.SmallInteger(), nullable=False),
        sa.Column("removed", sa.SmallInteger(), nullable=False),
        sa.Column("added", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["annotation_id"], ["suggested.annotation_id"], name=op.f("fk_suggested_label_annotation_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_suggested_label_round_id")),
        sa.PrimaryKeyConstraint("annotation_id", "label", name=op.f("pk_suggested_label")),
    )
    op.create_index(op.f("ix_suggested_label_round_id_label"), "suggested_label", ["round_id", "label"], unique=False)
    op.create_table(
        "resolution",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("rulebook_id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("annotation_id", BIG, nullable=True),
        sa.Column("annotator_id", BIG, nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("restates", BIG, nullable=True),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["annotation_id"], ["annotation.id"], name=op.f("fk_resolution_annotation_id")),
        sa.ForeignKeyConstraint(["annotator_id"], ["annotator.id"], name=op.f("fk_resolution_annotator_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_resolution_item_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_resolution_project_id")),
        sa.ForeignKeyConstraint(["restates"], ["resolution.id"], name=op.f("fk_resolution_restates")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_resolution_round_id")),
        sa.ForeignKeyConstraint(["rulebook_id"], ["rulebook.id"], name=op.f("fk_resolution_rulebook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
    )
    op.create_index(
        op.f("ix_resolution_project_id_holds_item_id"), "resolution", ["project_id", "holds", "item_id"], unique=False
    )
    op.create_index(
        op.f("ix_resolution_round_id_holds_item_id"), "resolution", ["round_id", "holds", "item_id"], unique=False
    )
    op.create_index(
        "ix_resolution_restates",
        "resolution",
        ["restates"],
        unique=False,
        sqlite_where=sa.text("restates IS NOT NULL"),
        postgresql_where=sa.text("restates IS NOT NULL"),
    )
    op.create_index(
        "uq_resolution_item_holds",
        "resolution",
        ["item_id"],
        unique=True,
        sqlite_where=sa.text("holds = 1"),
        postgresql_where=sa.text("holds"),
    )
    op.create_table(
        "ruling",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("question_id", BIG, nullable=True),
        sa.Column("item_id", BIG, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("clause", sa.String(length=24), nullable=True),
        sa.Column("answers", sa.Text(), nullable=True),
        sa.Column("ruled_by", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_ruling_item_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_ruling_project_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_ruling_question_id")),
        sa.ForeignKeyConstraint(["ruled_by"], ["account.id"], name=op.f("fk_ruling_ruled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
    )
    op.create_index(op.f("ix_ruling_item_id"), "ruling", ["item_id"], unique=False)
    op.create_index(op.f("ix_ruling_project_id_id"), "ruling", ["project_id", "id"], unique=False)
    op.create_index(op.f("ix_ruling_question_id"), "ruling", ["question_id"], unique=False)
    op.create_table(
        "ruling_seen",
        sa.Column("ruling_id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_ruling_seen_account_id")),
        sa.ForeignKeyConstraint(["ruling_id"], ["ruling.id"], name=op.f("fk_ruling_seen_ruling_id")),
        sa.PrimaryKeyConstraint("ruling_id", "account_id", name=op.f("pk_ruling_seen")),
    )
    op.create_index(op.f("ix_ruling_seen_account_id"), "ruling_seen", ["account_id"], unique=False)
    op.create_table(
        "ruling_use",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ruling_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("by", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_ruling_use_by")),
        sa.ForeignKeyConstraint(["ruling_id"], ["ruling.id"], name=op.f("fk_ruling_use_ruling_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling_use")),
    )
    op.create_index(op.f("ix_ruling_use_ruling_id"), "ruling_use", ["ruling_id"], unique=False)
    op.create_table(
        "bank_consent",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("customer", sa.String(length=120), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("paper", sa.String(length=64), nullable=True),
        sa.Column("paper_name", sa.String(length=200), nullable=True),
        sa.Column("looked_through", sa.Boolean(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("given_by", BIG, nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_by", BIG, nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name=op.f("fk_bank_consent_ended_by")),
        sa.ForeignKeyConstraint(["given_by"], ["account.id"], name=op.f("fk_bank_consent_given_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_bank_consent_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_consent")),
    )
    op.create_index(op.f("ix_bank_consent_project_id"), "bank_consent", ["project_id"], unique=False)
    op.create_table(
        "deposit",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("project_name", sa.String(length=120), nullable=False),
        sa.Column("lot_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("resolution_id", BIG, nullable=False),
        sa.Column("rulebook_id", BIG, nullable=False),
        sa.Column("rights", sa.String(length=12), nullable=False),
        sa.Column("customer", sa.String(length=120), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("trade", sa.String(length=40), nullable=False),
        sa.Column("scene", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("media", sa.String(length=12), nullable=False),
        sa.Column("kinds", sa.String(length=120), nullable=False),
        sa.Column("clauses", sa.String(length=200), nullable=False),
        sa.Column("grade", sa.String(length=1), nullable=False),
        sa.Column("said", sa.String(length=32), nullable=False),
        sa.Column("held", sa.String(length=16), nullable=True),
        sa.Column("found", sa.String(length=200), nullable=True),
        sa.Column("consent_id", BIG, nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("same_as", BIG, nullable=True),
        sa.Column("cluster", BIG, nullable=True),
        sa.Column("likeness", sa.Float(), nullable=True),
        sa.Column("doubt", sa.String(length=8), nullable=True),
        sa.ForeignKeyConstraint(["consent_id"], ["bank_consent.id"], name=op.f("fk_deposit_consent_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_deposit_item_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_deposit_lot_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_deposit_project_id")),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolution.id"], name=op.f("fk_deposit_resolution_id")),
        sa.ForeignKeyConstraint(["rulebook_id"], ["rulebook.id"], name=op.f("fk_deposit_rulebook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit")),
        sa.UniqueConstraint("item_id", name=op.f("uq_deposit_item_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_deposit_cluster"), "deposit", ["cluster"], unique=False)
    op.create_index(op.f("ix_deposit_consent_id"), "deposit", ["consent_id"], unique=False)
    op.create_index(op.f("ix_deposit_hash"), "deposit", ["hash"], unique=False)
    op.create_index(op.f("ix_deposit_project_id"), "deposit", ["project_id"], unique=False)
    op.create_index(op.f("ix_deposit_same_as"), "deposit", ["same_as"], unique=False)
    op.create_table(
        "lot_entry",
        sa.Column("lot_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("resolution_id", BIG, nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=True),
        sa.Column("stratum", sa.SmallInteger(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_lot_entry_item_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_lot_entry_lot_id")),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolution.id"], name=op.f("fk_lot_entry_resolution_id")),
        sa.PrimaryKeyConstraint("lot_id", "item_id", name=op.f("pk_lot_entry")),
    )
    op.create_index(
        "ix_lot_entry_drawn",
        "lot_entry",
        ["lot_id", "drawn"],
        unique=False,
        sqlite_where=sa.text("drawn IS NOT NULL"),
        postgresql_where=sa.text("drawn IS NOT NULL"),
    )
    op.create_index(op.f("ix_lot_entry_item_id"), "lot_entry", ["item_id"], unique=False)
    op.create_table(
        "lot_page",
        sa.Column("lot_id", BIG, nullable=False),
        sa.Column("first_item", sa.BigInteger(), nullable=False),
        sa.Column("last_item", sa.BigInteger(), nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_lot_page_lot_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_lot_page_project_id")),
        sa.PrimaryKeyConstraint("lot_id", "first_item", name=op.f("pk_lot_page")),
    )
    op.create_index(op.f("ix_lot_page_project_id_first_item"), "lot_page", ["project_id", "first_item"], unique=False)
    op.create_table(
        "verdict",
        sa.Column("id", BIG, nullable=False),
        sa.Column("lot_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("resolution_id", BIG, nullable=False),
        sa.Column("inspector_id", BIG, nullable=False),
        sa.Column("revision", sa.SmallInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("defect_type", sa.String(length=24), nullable=True),
        sa.Column("severity", sa.String(length=8), nullable=True),
        sa.Column("clause", sa.String(length=24), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("correction", sa.Text(), nullable=True),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["inspector_id"], ["account.id"], name=op.f("fk_verdict_inspector_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_verdict_item_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_verdict_lot_id")),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolution.id"], name=op.f("fk_verdict_resolution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
        sa.UniqueConstraint("lot_id", "item_id", "revision", name=op.f("uq_verdict_lot_id_item_id_revision")),
        sa.UniqueConstraint("request_id", name=op.f("uq_verdict_request_id")),
    )
    op.create_table(
        "deposit_label",
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("deposit_id", BIG, nullable=False),
        sa.Column("is_id", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["deposit_id"], ["deposit.id"], name=op.f("fk_deposit_label_deposit_id")),
        sa.PrimaryKeyConstraint("label", "deposit_id", name=op.f("pk_deposit_label")),
    )
    op.create_index(op.f("ix_deposit_label_deposit_id"), "deposit_label", ["deposit_id"], unique=False)
    op.create_table(
        "draw",
        sa.Column("deposit_id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("drawn_by", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["deposit_id"], ["deposit.id"], name=op.f("fk_draw_deposit_id")),
        sa.ForeignKeyConstraint(["drawn_by"], ["account.id"], name=op.f("fk_draw_drawn_by")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_draw_item_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_draw_project_id")),
        sa.PrimaryKeyConstraint("deposit_id", "project_id", name=op.f("pk_draw")),
    )

    op.create_table(
        "kept_search",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_kept_search_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_kept_search_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_search")),
        sa.UniqueConstraint("project_id", "name", name=op.f("uq_kept_search_project_id_name")),
    )
    op.create_table(
        "label_mark_counted",
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("upto", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_label_mark_counted_project_id")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_label_mark_counted")),
    )
    op.create_table(
        "pick",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("of", sa.String(length=12), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_pick_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_pick_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pick")),
        sa.UniqueConstraint("project_id", "digest", name=op.f("uq_pick_project_id_digest")),
    )
    op.create_table(
        "pick_deed",
        sa.Column("id", BIG, nullable=False),
        sa.Column("pick_id", BIG, nullable=False),
        sa.Column("deed", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=True),
        sa.Column("said", sa.String(length=80), nullable=False),
        sa.Column("by", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_pick_deed_by")),
        sa.ForeignKeyConstraint(["pick_id"], ["pick.id"], name=op.f("fk_pick_deed_pick_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pick_deed")),
    )
    op.create_index(op.f("ix_pick_deed_pick_id"), "pick_deed", ["pick_id"], unique=False)
    op.create_table(
        "brief_draft",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("sent", sa.Text(), nullable=True),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("failed", sa.Text(), nullable=True),
        sa.Column("made_by", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_brief_draft_made_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_brief_draft_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_draft")),
    )
    op.create_index(op.f("ix_brief_draft_project_id"), "brief_draft", ["project_id"], unique=False)
    op.create_table(
        "question_item",
        sa.Column("question_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_question_item_item_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_question_item_question_id")),
        sa.PrimaryKeyConstraint("question_id", "item_id", name=op.f("pk_question_item")),
    )
    op.create_index(op.f("ix_question_item_item_id"), "question_item", ["item_id"], unique=False)
    op.create_table(
        "recheck_item",
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("resolution_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_recheck_item_item_id")),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolution.id"], name=op.f("fk_recheck_item_resolution_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_recheck_item_round_id")),
        sa.PrimaryKeyConstraint("round_id", "item_id", name=op.f("pk_recheck_item")),
    )
    op.create_index(op.f("ix_recheck_item_item_id"), "recheck_item", ["item_id"], unique=False)
    op.create_table(
        "words_read",
        sa.Column("source_id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("upto", BIG, nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("job_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_words_read_project_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_words_read_source_id")),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_words_read")),
    )
    op.create_index(op.f("ix_words_read_project_id"), "words_read", ["project_id"], unique=False)
    op.create_table(
        "label_mark",
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_label_mark_item_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_label_mark_project_id")),
        sa.PrimaryKeyConstraint("project_id", "field", "label", "item_id", name=op.f("pk_label_mark")),
    )
    op.create_index(op.f("ix_label_mark_item_id"), "label_mark", ["item_id"], unique=False)
    op.create_index(
        op.f("ix_label_mark_project_id_label_item_id"), "label_mark", ["project_id", "label", "item_id"], unique=False
    )
    op.create_table(
        "profile",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("source_id", BIG, nullable=True),
        sa.Column("job_id", BIG, nullable=False),
        sa.Column("method", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_profile_project_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_profile_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
    )
    op.create_index(op.f("ix_profile_project_id_source_id"), "profile", ["project_id", "source_id"], unique=False)
    op.create_table(
        "profile_chunk",
        sa.Column("id", BIG, nullable=False),
        sa.Column("source_id", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=False),
        sa.Column("first_item", sa.BigInteger(), nullable=False),
        sa.Column("last_item", sa.BigInteger(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("columns", sa.LargeBinary(), nullable=False),
        sa.Column("own", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_profile_chunk_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_chunk")),
    )
    op.create_index(
        op.f("ix_profile_chunk_source_id_job_id_first_item"),
        "profile_chunk",
        ["source_id", "job_id", "first_item"],
        unique=False,
    )
    op.create_table(
        "near_group",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("media", sa.String(length=12), nullable=False),
        sa.Column("least", sa.Float(), nullable=False),
        sa.Column("open", sa.SmallInteger(), nullable=False),
        sa.Column("act", sa.String(length=12), nullable=True),
        sa.Column("kept", sa.BigInteger(), nullable=True),
        sa.Column("by", BIG, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("job_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_near_group_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_near_group_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_near_group")),
    )
    op.create_index(
        op.f("ix_near_group_project_id_job_id_id"), "near_group", ["project_id", "job_id", "id"], unique=False
    )
    op.create_index(op.f("ix_near_group_project_id_open_id"), "near_group", ["project_id", "open", "id"], unique=False)
    op.create_table(
        "near_run",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("at_least", sa.Float(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("groups", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_near_run_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_near_run")),
    )
    op.create_index(op.f("ix_near_run_project_id"), "near_run", ["project_id"], unique=False)
    op.create_table(
        "near_member",
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("is_new", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["near_group.id"], name=op.f("fk_near_member_group_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_near_member_item_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_near_member_project_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_near_member")),
    )
    op.create_index(op.f("ix_near_member_group_id_item_id"), "near_member", ["group_id", "item_id"], unique=False)
    op.create_index(op.f("ix_near_member_project_id_item_id"), "near_member", ["project_id", "item_id"], unique=False)
    op.create_table(
        "quality_version",
        sa.Column("project_id", BIG, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("by", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_quality_version_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_quality_version_project_id")),
        sa.PrimaryKeyConstraint("project_id", "version", name=op.f("pk_quality_version")),
    )
    op.create_table(
        "quality_run",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("source_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("by_import", sa.SmallInteger(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("released_by", BIG, nullable=True),
        sa.Column("released_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_quality_run_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_quality_run_project_id")),
        sa.ForeignKeyConstraint(["released_by"], ["account.id"], name=op.f("fk_quality_run_released_by")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_quality_run_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_run")),
    )
    op.create_index(op.f("ix_quality_run_project_id_id"), "quality_run", ["project_id", "id"], unique=False)
    op.create_index(op.f("ix_quality_run_source_id_id"), "quality_run", ["source_id", "id"], unique=False)
    op.create_table(
        "label_analysis",
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_label_analysis_project_id")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_label_analysis")),
    )
    op.create_table(
        "rulebook_save",
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("saved_by", BIG, nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_rulebook_save_project_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["account.id"], name=op.f("fk_rulebook_save_saved_by")),
        sa.PrimaryKeyConstraint("project_id", "revision", name=op.f("pk_rulebook_save")),
    )
    op.create_table(
        "consent",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("annotator_id", BIG, nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("agreed_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["annotator_id"], ["annotator.id"], name=op.f("fk_consent_annotator_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_consent_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(
        "uq_consent_holds",
        "consent",
        ["annotator_id", "project_id", "hash"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "contribution",
        sa.Column("id", BIG, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("annotator_id", BIG, nullable=False),
        sa.Column("consent_id", BIG, nullable=False),
        sa.Column("annotation_id", BIG, nullable=True),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=True),
        sa.Column("given", sa.Text(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("problems", sa.String(length=300), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["annotation_id"], ["annotation.id"], name=op.f("fk_contribution_annotation_id")),
        sa.ForeignKeyConstraint(["annotator_id"], ["annotator.id"], name=op.f("fk_contribution_annotator_id")),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_contribution_consent_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_contribution_item_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_contribution_project_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_contribution_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint("token", name=op.f("uq_contribution_token")),
    )
    op.create_index(op.f("ix_contribution_consent_id"), "contribution", ["consent_id"], unique=False)
    op.create_index(op.f("ix_contribution_hash"), "contribution", ["hash"], unique=False)
    op.create_index(op.f("ix_contribution_project_id_id"), "contribution", ["project_id", "id"], unique=False)
    op.create_index(
        "ix_contribution_waiting",
        "contribution",
        ["at"],
        unique=False,
        sqlite_where=sa.text("state < 2"),
        postgresql_where=sa.text("state < 2"),
    )
    op.create_table(
        "contribution_mark",
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("contribution_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_contribution_mark_contribution_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_contribution_mark_project_id")),
        sa.PrimaryKeyConstraint("project_id", "mark", "contribution_id", name=op.f("pk_contribution_mark")),
    )
    op.create_index(
        op.f("ix_contribution_mark_contribution_id"), "contribution_mark", ["contribution_id"], unique=False
    )
    op.create_table(
        "harvested",
        sa.Column("contribution_id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("source_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_harvested_contribution_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_harvested_item_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_harvested_project_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_harvested_source_id")),
        sa.PrimaryKeyConstraint("contribution_id", "project_id", name=op.f("pk_harvested")),
    )
    op.create_index(op.f("ix_harvested_item_id"), "harvested", ["item_id"], unique=False)
    op.create_index(op.f("ix_harvested_source_id"), "harvested", ["source_id"], unique=False)
    op.create_table(
        "connection",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=True),
        sa.Column("for_all", sa.SmallInteger(), nullable=False),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("checked_at", sa.BigInteger(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_connection_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connection")),
        sa.UniqueConstraint("name", name=op.f("uq_connection_name")),
    )
    op.create_table(
        "connection_grant",
        sa.Column("connection_id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connection.id"], name=op.f("fk_connection_grant_connection_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_connection_grant_project_id")),
        sa.PrimaryKeyConstraint("connection_id", "project_id", name=op.f("pk_connection_grant")),
    )
    op.create_index(op.f("ix_connection_grant_project_id"), "connection_grant", ["project_id"], unique=False)
    op.create_table(
        "feed",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("connection_id", BIG, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("every", sa.Integer(), nullable=True),
        sa.Column("running", sa.SmallInteger(), nullable=False),
        sa.Column("job_id", BIG, nullable=True),
        sa.Column("source_id", BIG, nullable=True),
        sa.Column("looked_at", sa.BigInteger(), nullable=True),
        sa.Column("next_look_at", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["connection_id"], ["connection.id"], name=op.f("fk_feed_connection_id")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_feed_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_feed_project_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_feed_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
    )
    op.create_index(op.f("ix_feed_connection_id"), "feed", ["connection_id"], unique=False)
    op.create_index("ix_feed_due", "feed", ["running", "next_look_at"], unique=False)
    op.create_index(op.f("ix_feed_project_id"), "feed", ["project_id"], unique=False)
    op.create_table(
        "feed_file",
        sa.Column("feed_id", BIG, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sign", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("changed", sa.SmallInteger(), nullable=False),
        sa.Column("source_id", BIG, nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_feed_file_feed_id")),
        sa.PrimaryKeyConstraint("feed_id", "key", name=op.f("pk_feed_file")),
    )
    op.create_index(op.f("ix_feed_file_feed_id_state"), "feed_file", ["feed_id", "state"], unique=False)
    op.create_table(
        "practice_card",
        sa.Column("id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("streak", sa.Integer(), nullable=False),
        sa.Column("ease", sa.Float(), nullable=False),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_practice_card_account_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_practice_card_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_card")),
        sa.UniqueConstraint("account_id", "project_id", "key", name=op.f("uq_practice_card_account_id_project_id_key")),
    )
    op.create_table(
        "lesson_done",
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("rulebook_id", BIG, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_lesson_done_account_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_lesson_done_project_id")),
        sa.ForeignKeyConstraint(["rulebook_id"], ["rulebook.id"], name=op.f("fk_lesson_done_rulebook_id")),
        sa.PrimaryKeyConstraint("account_id", "project_id", "key", name=op.f("pk_lesson_done")),
    )
    op.create_table(
        "practice_answer",
        sa.Column("id", BIG, nullable=False),
        sa.Column("card_id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("reference_id", BIG, nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("labels", sa.Text(), nullable=False),
        sa.Column("clause", sa.String(length=24), nullable=True),
        sa.Column("active_ms", sa.Integer(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_practice_answer_account_id")),
        sa.ForeignKeyConstraint(["card_id"], ["practice_card.id"], name=op.f("fk_practice_answer_card_id")),
        sa.ForeignKeyConstraint(["reference_id"], ["reference.id"], name=op.f("fk_practice_answer_reference_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_practice_answer_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_answer")),
        sa.UniqueConstraint("request_id", name=op.f("uq_practice_answer_request_id")),
    )
    op.create_index(
        op.f("ix_practice_answer_account_id_round_id_id"),
        "practice_answer",
        ["account_id", "round_id", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_practice_answer_card_id_id"), "practice_answer", ["card_id", "id"], unique=False)
    op.create_table(
        "feed_source",
        sa.Column("source_id", BIG, nullable=False),
        sa.Column("feed_id", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_feed_source_feed_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_feed_source_source_id")),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_feed_source")),
    )
    op.create_index(op.f("ix_feed_source_feed_id_source_id"), "feed_source", ["feed_id", "source_id"], unique=False)
    op.create_table(
        "rulebook_impact",
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=False),
        sa.Column("measured", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_rulebook_impact_project_id")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_rulebook_impact")),
    )
    op.create_table(
        "dispute",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("lot_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("verdict_id", BIG, nullable=False),
        sa.Column("raised_by", BIG, nullable=False),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("ruled_by", BIG, nullable=True),
        sa.Column("ruled_at", sa.BigInteger(), nullable=True),
        sa.Column("ruling", sa.Text(), nullable=True),
        sa.Column("clause", sa.String(length=24), nullable=True),
        sa.Column("gap", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_dispute_item_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_dispute_lot_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_dispute_project_id")),
        sa.ForeignKeyConstraint(["raised_by"], ["account.id"], name=op.f("fk_dispute_raised_by")),
        sa.ForeignKeyConstraint(["ruled_by"], ["account.id"], name=op.f("fk_dispute_ruled_by")),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdict.id"], name=op.f("fk_dispute_verdict_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("verdict_id", name=op.f("uq_dispute_verdict_id")),
    )
    op.create_index("ix_dispute_lot", "dispute", ["lot_id", "item_id"], unique=False)
    op.create_index("ix_dispute_project", "dispute", ["project_id", "state", "id"], unique=False)
    op.create_table(
        "exam",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("size", sa.SmallInteger(), nullable=False),
        sa.Column("pass_mark", sa.Float(), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("feedback", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_exam_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_exam_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_exam_project_id_number")),
    )
    op.create_table(
        "qualification",
        sa.Column("id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("rulebook_id", BIG, nullable=False),
        sa.Column("version", sa.String(length=24), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("sitting_id", BIG, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("granted_at", sa.BigInteger(), nullable=False),
        sa.Column("lapsed_at", sa.BigInteger(), nullable=True),
        sa.Column("lapsed_why", sa.String(length=12), nullable=True),
        sa.Column("lapsed_by", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_qualification_account_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_qualification_project_id")),
        sa.ForeignKeyConstraint(["rulebook_id"], ["rulebook.id"], name=op.f("fk_qualification_rulebook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification")),
        sa.UniqueConstraint("sitting_id", name=op.f("uq_qualification_sitting_id")),
    )
    op.create_index(
        op.f("ix_qualification_account_id_project_id_major"),
        "qualification",
        ["account_id", "project_id", "major"],
        unique=False,
    )
    op.create_index(
        op.f("ix_qualification_project_id_granted_at"), "qualification", ["project_id", "granted_at"], unique=False
    )
    op.create_table(
        "exam_sitting",
        sa.Column("id", BIG, nullable=False),
        sa.Column("exam_id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("rulebook_id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("overtime", sa.Boolean(), nullable=False),
        sa.Column("answered", sa.SmallInteger(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_exam_sitting_account_id")),
        sa.ForeignKeyConstraint(["exam_id"], ["exam.id"], name=op.f("fk_exam_sitting_exam_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_exam_sitting_project_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_exam_sitting_round_id")),
        sa.ForeignKeyConstraint(["rulebook_id"], ["rulebook.id"], name=op.f("fk_exam_sitting_rulebook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_sitting")),
        sa.UniqueConstraint(
            "exam_id", "account_id", "attempt", name=op.f("uq_exam_sitting_exam_id_account_id_attempt")
        ),
        sa.UniqueConstraint("round_id", name=op.f("uq_exam_sitting_round_id")),
    )
    op.create_index("ix_exam_sitting_open", "exam_sitting", ["ended_at", "until"], unique=False)
    op.create_index(
        op.f("ix_exam_sitting_project_id_account_id"), "exam_sitting", ["project_id", "account_id"], unique=False
    )
    op.create_table(
        "exam_question",
        sa.Column("sitting_id", BIG, nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("reference_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("clause", sa.String(length=24), nullable=True),
        sa.Column("annotation_id", BIG, nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("labels", sa.Text(), nullable=True),
        sa.Column("marked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["annotation_id"], ["annotation.id"], name=op.f("fk_exam_question_annotation_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_exam_question_item_id")),
        sa.ForeignKeyConstraint(["reference_id"], ["reference.id"], name=op.f("fk_exam_question_reference_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["exam_sitting.id"], name=op.f("fk_exam_question_sitting_id")),
        sa.PrimaryKeyConstraint("sitting_id", "place", name=op.f("pk_exam_question")),
        sa.UniqueConstraint("sitting_id", "item_id", name=op.f("uq_exam_question_sitting_id_item_id")),
    )
    op.create_index(op.f("ix_exam_question_item_id"), "exam_question", ["item_id"], unique=False)
    op.create_index(op.f("ix_exam_question_reference_id"), "exam_question", ["reference_id"], unique=False)
    op.create_table(
        "stream_act",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("annotator_id", BIG, nullable=True),
        sa.Column("source_id", BIG, nullable=True),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("event", sa.BigInteger(), nullable=False),
        sa.Column("by", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["annotator_id"], ["annotator.id"], name=op.f("fk_stream_act_annotator_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_stream_act_source_id")),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_stream_act_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_stream_act_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stream_act")),
    )
    op.create_index("ix_stream_act_project", "stream_act", ["project_id", "annotator_id"], unique=False)
    op.create_table(
        "relabelling",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("act", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=True),
        sa.Column("came_of", sa.Text(), nullable=True),
        sa.Column("before_id", BIG, nullable=False),
        sa.Column("after_id", BIG, nullable=True),
        sa.Column("undoes", BIG, nullable=True),
        sa.Column("read_upto", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=True),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("acted_by", BIG, nullable=True),
        sa.Column("acted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["acted_by"], ["account.id"], name=op.f("fk_relabelling_acted_by")),
        sa.ForeignKeyConstraint(["after_id"], ["rulebook.id"], name=op.f("fk_relabelling_after_id")),
        sa.ForeignKeyConstraint(["before_id"], ["rulebook.id"], name=op.f("fk_relabelling_before_id")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_relabelling_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_relabelling_project_id")),
        sa.ForeignKeyConstraint(["undoes"], ["relabelling.id"], name=op.f("fk_relabelling_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relabelling")),
    )
    op.create_index(op.f("ix_relabelling_project_id_id"), "relabelling", ["project_id", "id"], unique=False)
    op.create_table(
        "relabelling_change",
        sa.Column("relabelling_id", BIG, nullable=False),
        sa.Column("resolution_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("rulebook_id", BIG, nullable=True),
        sa.Column("restates", BIG, nullable=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("eyes", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_relabelling_change_item_id")),
        sa.ForeignKeyConstraint(
            ["relabelling_id"], ["relabelling.id"], name=op.f("fk_relabelling_change_relabelling_id")
        ),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolution.id"], name=op.f("fk_relabelling_change_resolution_id")),
        sa.ForeignKeyConstraint(["restates"], ["resolution.id"], name=op.f("fk_relabelling_change_restates")),
        sa.ForeignKeyConstraint(["rulebook_id"], ["rulebook.id"], name=op.f("fk_relabelling_change_rulebook_id")),
        sa.PrimaryKeyConstraint("relabelling_id", "resolution_id", name=op.f("pk_relabelling_change")),
    )
    op.create_table(
        "label_map",
        sa.Column("id", BIG, nullable=False),
        sa.Column("from_rulebook_id", BIG, nullable=False),
        sa.Column("to_rulebook_id", BIG, nullable=False),
        sa.Column("given_up", sa.Text(), nullable=False),
        sa.Column("decided_by", BIG, nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_label_map_decided_by")),
        sa.ForeignKeyConstraint(["from_rulebook_id"], ["rulebook.id"], name=op.f("fk_label_map_from_rulebook_id")),
        sa.ForeignKeyConstraint(["to_rulebook_id"], ["rulebook.id"], name=op.f("fk_label_map_to_rulebook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_map")),
    )
    op.create_index(
        op.f("ix_label_map_from_rulebook_id_to_rulebook_id"),
        "label_map",
        ["from_rulebook_id", "to_rulebook_id"],
        unique=False,
    )
    op.create_table(
        "label_map_line",
        sa.Column("map_id", BIG, nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=64), nullable=False),
        sa.Column("how", sa.String(length=8), nullable=False),
        sa.Column("to_field", sa.String(length=64), nullable=True),
        sa.Column("to_label", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["map_id"], ["label_map.id"], name=op.f("fk_label_map_line_map_id")),
        sa.PrimaryKeyConstraint("map_id", "field", "label", name=op.f("pk_label_map_line")),
    )
    op.create_index(op.f("ix_label_map_line_name"), "label_map_line", ["name"], unique=False)
    op.create_table(
        "withdrawal",
        sa.Column("id", BIG, nullable=False),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("extent", sa.String(length=8), nullable=False),
        sa.Column("customer", sa.String(length=120), nullable=True),
        sa.Column("project_id", BIG, nullable=True),
        sa.Column("item_id", BIG, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("job_id", BIG, nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("asked_by", BIG, nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_withdrawal_asked_by")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_withdrawal_item_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_withdrawal_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
    )
    op.create_table(
        "withdrawal_item",
        sa.Column("withdrawal_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("how", sa.String(length=8), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_withdrawal_item_item_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_withdrawal_item_project_id")),
        sa.ForeignKeyConstraint(["withdrawal_id"], ["withdrawal.id"], name=op.f("fk_withdrawal_item_withdrawal_id")),
        sa.PrimaryKeyConstraint("withdrawal_id", "item_id", name=op.f("pk_withdrawal_item")),
    )
    op.create_index(op.f("ix_withdrawal_item_item_id"), "withdrawal_item", ["item_id"], unique=False)
    op.create_table(
        "withdrawal_package",
        sa.Column("withdrawal_id", BIG, nullable=False),
        sa.Column("delivery_id", BIG, nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_withdrawal_package_delivery_id")),
        sa.ForeignKeyConstraint(["withdrawal_id"], ["withdrawal.id"], name=op.f("fk_withdrawal_package_withdrawal_id")),
        sa.PrimaryKeyConstraint("withdrawal_id", "delivery_id", name=op.f("pk_withdrawal_package")),
    )
    op.create_table(
        "acceptance",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("versions", sa.Text(), nullable=False),
        sa.Column("last_resolution", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", BIG, nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("signed_by", BIG, nullable=True),
        sa.Column("signed_at", sa.BigInteger(), nullable=True),
        sa.Column("signed_event", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["opened_by"], ["account.id"], name=op.f("fk_acceptance_opened_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_acceptance_project_id")),
        sa.ForeignKeyConstraint(["signed_by"], ["account.id"], name=op.f("fk_acceptance_signed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_acceptance_project_id_number")),
    )
    op.create_index(
        "uq_acceptance_judging",
        "acceptance",
        ["project_id"],
        unique=True,
        sqlite_where=sa.text("state = 'judging'"),
        postgresql_where=sa.text("state = 'judging'"),
    )
    op.create_table(
        "acceptance_condition",
        sa.Column("acceptance_id", BIG, nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("met_by", BIG, nullable=True),
        sa.Column("met_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["acceptance_id"], ["acceptance.id"], name=op.f("fk_acceptance_condition_acceptance_id")
        ),
        sa.ForeignKeyConstraint(["met_by"], ["account.id"], name=op.f("fk_acceptance_condition_met_by")),
        sa.PrimaryKeyConstraint("acceptance_id", "number", name=op.f("pk_acceptance_condition")),
    )
    op.create_table(
        "acceptance_lot",
        sa.Column("acceptance_id", BIG, nullable=False),
        sa.Column("lot_id", BIG, nullable=False),
        sa.Column("decided_event", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["acceptance_id"], ["acceptance.id"], name=op.f("fk_acceptance_lot_acceptance_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_acceptance_lot_lot_id")),
        sa.PrimaryKeyConstraint("acceptance_id", "lot_id", name=op.f("pk_acceptance_lot")),
    )
    op.create_index(op.f("ix_acceptance_lot_lot_id"), "acceptance_lot", ["lot_id"], unique=False)
    op.create_table(
        "acceptance_return",
        sa.Column("acceptance_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("lot_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["acceptance_id"], ["acceptance.id"], name=op.f("fk_acceptance_return_acceptance_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_acceptance_return_item_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_acceptance_return_lot_id")),
        sa.PrimaryKeyConstraint("acceptance_id", "item_id", name=op.f("pk_acceptance_return")),
    )
    op.create_index(op.f("ix_acceptance_return_lot_id"), "acceptance_return", ["lot_id"], unique=False)
    op.create_table(
        "acceptance_place",
        sa.Column("acceptance_id", BIG, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("resolution_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["acceptance_id"], ["acceptance.id"], name=op.f("fk_acceptance_place_acceptance_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_acceptance_place_item_id")),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolution.id"], name=op.f("fk_acceptance_place_resolution_id")),
        sa.PrimaryKeyConstraint("acceptance_id", "place", name=op.f("pk_acceptance_place")),
        sa.UniqueConstraint("acceptance_id", "item_id", name=op.f("uq_acceptance_place_acceptance_id_item_id")),
    )
    op.create_index(op.f("ix_acceptance_place_item_id"), "acceptance_place", ["item_id"], unique=False)
    op.create_table(
        "acceptance_verdict",
        sa.Column("id", BIG, nullable=False),
        sa.Column("acceptance_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("resolution_id", BIG, nullable=False),
        sa.Column("given_by", BIG, nullable=False),
        sa.Column("revision", sa.SmallInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("defect_type", sa.String(length=24), nullable=True),
        sa.Column("severity", sa.String(length=8), nullable=True),
        sa.Column("clause", sa.String(length=24), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["acceptance_id"], ["acceptance.id"], name=op.f("fk_acceptance_verdict_acceptance_id")),
        sa.ForeignKeyConstraint(["given_by"], ["account.id"], name=op.f("fk_acceptance_verdict_given_by")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_acceptance_verdict_item_id")),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolution.id"], name=op.f("fk_acceptance_verdict_resolution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance_verdict")),
        sa.UniqueConstraint(
            "acceptance_id", "item_id", "revision", name=op.f("uq_acceptance_verdict_acceptance_id_item_id_revision")
        ),
    )
    op.create_table(
        "account_skill",
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("set_by", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_skill_account_id")),
        sa.ForeignKeyConstraint(["set_by"], ["account.id"], name=op.f("fk_account_skill_set_by")),
        sa.PrimaryKeyConstraint("account_id", "kind", "name", name=op.f("pk_account_skill")),
    )
    op.create_table(
        "batch",
        sa.Column("id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=True),
        sa.Column("demands", sa.Text(), nullable=False),
        sa.Column("split_from", sa.BigInteger(), nullable=True),
        sa.Column("part", sa.Text(), nullable=True),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_why", sa.Text(), nullable=True),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_batch_created_by")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_batch_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_index(op.f("ix_batch_round_id"), "batch", ["round_id"], unique=False)
    op.create_table(
        "bank_likeness",
        sa.Column("medium", sa.String(length=8), nullable=False),
        sa.Column("way", sa.String(length=24), nullable=False),
        sa.Column("chosen_by", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["chosen_by"], ["account.id"], name=op.f("fk_bank_likeness_chosen_by")),
        sa.PrimaryKeyConstraint("medium", name=op.f("pk_bank_likeness")),
    )
    op.create_table(
        "deposit_facet",
        sa.Column("facet", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=120), nullable=False),
        sa.Column("deposit_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["deposit_id"], ["deposit.id"], name=op.f("fk_deposit_facet_deposit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("facet", "value", "deposit_id", name=op.f("pk_deposit_facet")),
    )
    op.create_index(op.f("ix_deposit_facet_deposit_id"), "deposit_facet", ["deposit_id"], unique=False)
    op.create_table(
        "amendment",
        sa.Column("dispute_id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("clause", sa.String(length=24), nullable=True),
        sa.Column("written_by", BIG, nullable=True),
        sa.Column("written_at", sa.BigInteger(), nullable=True),
        sa.Column("rulebook_id", BIG, nullable=True),
        sa.Column("round_id", BIG, nullable=True),
        sa.Column("dropped_why", sa.Text(), nullable=True),
        sa.Column("dropped_by", BIG, nullable=True),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=op.f("fk_amendment_dispute_id")),
        sa.ForeignKeyConstraint(["dropped_by"], ["account.id"], name=op.f("fk_amendment_dropped_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_amendment_project_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_amendment_round_id")),
        sa.ForeignKeyConstraint(["rulebook_id"], ["rulebook.id"], name=op.f("fk_amendment_rulebook_id")),
        sa.ForeignKeyConstraint(["written_by"], ["account.id"], name=op.f("fk_amendment_written_by")),
        sa.PrimaryKeyConstraint("dispute_id", name=op.f("pk_amendment")),
    )
    op.create_index("ix_amendment_project", "amendment", ["project_id", "dispute_id"], unique=False)
    op.create_table(
        "work_day_mark",
        sa.Column("id", sa.SmallInteger(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_day_mark")),
    )
    op.create_table(
        "alert_quiet",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("quieted_by", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_alert_quiet_project_id")),
        sa.ForeignKeyConstraint(["quieted_by"], ["account.id"], name=op.f("fk_alert_quiet_quieted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_quiet")),
    )
    op.create_index(op.f("ix_alert_quiet_project_id_until"), "alert_quiet", ["project_id", "until"], unique=False)
    op.create_table(
        "work_day",
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("annotator_id", BIG, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("firsts", sa.Integer(), nullable=False),
        sa.Column("timed", sa.Integer(), nullable=False),
        sa.Column("active_ms", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["annotator_id"], ["annotator.id"], name=op.f("fk_work_day_annotator_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_work_day_project_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_work_day_round_id")),
        sa.PrimaryKeyConstraint("project_id", "round_id", "annotator_id", "day", name=op.f("pk_work_day")),
    )
    op.create_table(
        "overlap_due",
        sa.Column("id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_overlap_due_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overlap_due")),
    )
    op.create_index(op.f("ix_overlap_due_round_id_id"), "overlap_due", ["round_id", "id"], unique=False)
    op.create_table(
        "overlap_policy",
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("sure", sa.Float(), nullable=False),
        sa.Column("alike", sa.Float(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_overlap_policy_round_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_overlap_policy")),
    )
    op.create_table(
        "wanting_item",
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("answers", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("sure", sa.Float(), nullable=True),
        sa.Column("alike", sa.Float(), nullable=True),
        sa.Column("beliefs", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_wanting_item_item_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_wanting_item_round_id")),
        sa.PrimaryKeyConstraint("round_id", "item_id", name=op.f("pk_wanting_item")),
    )
    op.create_index(op.f("ix_wanting_item_item_id"), "wanting_item", ["item_id"], unique=False)
    op.create_index(
        op.f("ix_wanting_item_round_id_state_item_id"), "wanting_item", ["round_id", "state", "item_id"], unique=False
    )
    op.create_table(
        "wanting_round",
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("swept", BIG, nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_wanting_round_round_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_wanting_round")),
    )
    op.create_table(
        "pay_card",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=True),
        sa.Column("defect_percent", sa.SmallInteger(), nullable=False),
        sa.Column("rework_percent", sa.SmallInteger(), nullable=False),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_pay_card_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_pay_card_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_card")),
        sa.UniqueConstraint("project_id", "version", name=op.f("uq_pay_card_project_id_version")),
    )
    op.create_table(
        "pay_period",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("to_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_by", BIG, nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["account.id"], name=op.f("fk_pay_period_closed_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_pay_period_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_period")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_pay_period_project_id_number")),
    )
    op.create_table(
        "pay_statement",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("period_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("active_ms", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_pay_statement_account_id")),
        sa.ForeignKeyConstraint(["period_id"], ["pay_period.id"], name=op.f("fk_pay_statement_period_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_pay_statement_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_statement")),
        sa.UniqueConstraint("period_id", "account_id", name=op.f("uq_pay_statement_period_id_account_id")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_pay_statement_project_id_number")),
    )
    op.create_index(op.f("ix_pay_statement_account_id"), "pay_statement", ["account_id"], unique=False)
    op.create_table(
        "pay_line",
        sa.Column("statement_id", BIG, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("card_id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.Column("percent", sa.SmallInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("adjusts", BIG, nullable=True),
        sa.ForeignKeyConstraint(["adjusts"], ["pay_statement.id"], name=op.f("fk_pay_line_adjusts")),
        sa.ForeignKeyConstraint(["card_id"], ["pay_card.id"], name=op.f("fk_pay_line_card_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_pay_line_round_id")),
        sa.ForeignKeyConstraint(["statement_id"], ["pay_statement.id"], name=op.f("fk_pay_line_statement_id")),
        sa.PrimaryKeyConstraint("statement_id", "place", name=op.f("pk_pay_line")),
    )
    op.create_index(op.f("ix_pay_line_adjusts"), "pay_line", ["adjusts"], unique=False)
    op.create_table(
        "pay_question",
        sa.Column("id", BIG, nullable=False),
        sa.Column("statement_id", BIG, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", BIG, nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_pay_question_answered_by")),
        sa.ForeignKeyConstraint(["statement_id"], ["pay_statement.id"], name=op.f("fk_pay_question_statement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_question")),
    )
    op.create_index(op.f("ix_pay_question_statement_id"), "pay_question", ["statement_id"], unique=False)
    op.create_table(
        "pay_rate",
        sa.Column("card_id", BIG, nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("round_id", BIG, nullable=True),
        sa.Column("unit", sa.String(length=8), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["pay_card.id"], name=op.f("fk_pay_rate_card_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_pay_rate_round_id")),
        sa.PrimaryKeyConstraint("card_id", "place", name=op.f("pk_pay_rate")),
    )
    op.create_table(
        "second_share",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("percent", sa.SmallInteger(), nullable=False),
        sa.Column("set_by", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_second_share_project_id")),
        sa.ForeignKeyConstraint(["set_by"], ["account.id"], name=op.f("fk_second_share_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_share")),
    )
    op.create_index(op.f("ix_second_share_project_id"), "second_share", ["project_id"], unique=False)
    op.create_table(
        "second_plan",
        sa.Column("lot_id", BIG, nullable=False),
        sa.Column("percent", sa.SmallInteger(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_second_plan_lot_id")),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_second_plan")),
    )
    op.create_table(
        "second_place",
        sa.Column("lot_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_second_place_item_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["second_plan.lot_id"], name=op.f("fk_second_place_lot_id")),
        sa.PrimaryKeyConstraint("lot_id", "item_id", name=op.f("pk_second_place")),
    )
    op.create_table(
        "second_look",
        sa.Column("id", BIG, nullable=False),
        sa.Column("lot_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("first_id", BIG, nullable=False),
        sa.Column("inspector_id", BIG, nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("defect_type", sa.String(length=24), nullable=True),
        sa.Column("severity", sa.String(length=8), nullable=True),
        sa.Column("clause", sa.String(length=24), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("correction", sa.Text(), nullable=True),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("right", sa.String(length=8), nullable=True),
        sa.Column("ruling", sa.Text(), nullable=True),
        sa.Column("ruled_by", BIG, nullable=True),
        sa.Column("ruled_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["first_id"], ["verdict.id"], name=op.f("fk_second_look_first_id")),
        sa.ForeignKeyConstraint(["inspector_id"], ["account.id"], name=op.f("fk_second_look_inspector_id")),
        sa.ForeignKeyConstraint(
            ["lot_id", "item_id"],
            ["second_place.lot_id", "second_place.item_id"],
            name=op.f("fk_second_look_lot_id_item_id"),
        ),
        sa.ForeignKeyConstraint(["ruled_by"], ["account.id"], name=op.f("fk_second_look_ruled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_look")),
        sa.UniqueConstraint("request_id", name=op.f("uq_second_look_request_id")),
    )
    op.create_index("uq_second_look_place", "second_look", ["lot_id", "item_id"], unique=True)
    op.create_table(
        "gold_policy",
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("gold_round_id", BIG, nullable=False),
        sa.Column("base", sa.Float(), nullable=False),
        sa.Column("line", sa.Float(), nullable=False),
        sa.Column("stops", sa.Boolean(), nullable=False),
        sa.Column("tells", sa.Boolean(), nullable=False),
        sa.Column("returns", sa.String(length=8), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["gold_round_id"], ["round.id"], name=op.f("fk_gold_policy_gold_round_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_gold_policy_round_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_gold_policy")),
        sa.UniqueConstraint("gold_round_id", name=op.f("uq_gold_policy_gold_round_id")),
    )
    op.create_table(
        "gold_stop",
        sa.Column("id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("annotator_id", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("right", sa.Float(), nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.Column("line", sa.Float(), nullable=False),
        sa.Column("lifted_at", sa.BigInteger(), nullable=True),
        sa.Column("lifted_by", sa.String(length=8), nullable=True),
        sa.Column("signed_by", BIG, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("holds", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["annotator_id"], ["annotator.id"], name=op.f("fk_gold_stop_annotator_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_gold_stop_round_id")),
        sa.ForeignKeyConstraint(["signed_by"], ["account.id"], name=op.f("fk_gold_stop_signed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gold_stop")),
        sa.UniqueConstraint("round_id", "annotator_id", "holds", name=op.f("uq_gold_stop_round_id_annotator_id_holds")),
    )
    op.create_table(
        "gold_item",
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("reference_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_gold_item_item_id")),
        sa.ForeignKeyConstraint(["reference_id"], ["reference.id"], name=op.f("fk_gold_item_reference_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_gold_item_round_id")),
        sa.PrimaryKeyConstraint("round_id", "item_id", name=op.f("pk_gold_item")),
    )
    op.create_index(op.f("ix_gold_item_item_id"), "gold_item", ["item_id"], unique=False)
    op.create_table(
        "gold_mark",
        sa.Column("slot_id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("annotator_id", BIG, nullable=False),
        sa.Column("reference_id", BIG, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["annotator_id"], ["annotator.id"], name=op.f("fk_gold_mark_annotator_id")),
        sa.ForeignKeyConstraint(["reference_id"], ["reference.id"], name=op.f("fk_gold_mark_reference_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_gold_mark_round_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_gold_mark_slot_id")),
        sa.PrimaryKeyConstraint("slot_id", name=op.f("pk_gold_mark")),
    )
    op.create_index(
        op.f("ix_gold_mark_round_id_annotator_id_at"), "gold_mark", ["round_id", "annotator_id", "at"], unique=False
    )
    op.create_table(
        "retrospective",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("interim", sa.Boolean(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("trade", sa.String(length=60), nullable=False),
        sa.Column("kinds", sa.String(length=200), nullable=False),
        sa.Column("written_by", BIG, nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.Column("signed_by", BIG, nullable=True),
        sa.Column("signed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_retrospective_project_id")),
        sa.ForeignKeyConstraint(["signed_by"], ["account.id"], name=op.f("fk_retrospective_signed_by")),
        sa.ForeignKeyConstraint(["written_by"], ["account.id"], name=op.f("fk_retrospective_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retrospective")),
        sa.UniqueConstraint("project_id", "version", name=op.f("uq_retrospective_project_id_version")),
    )
    op.create_index(op.f("ix_retrospective_state_trade"), "retrospective", ["state", "trade"], unique=False)
    op.create_table(
        "consensus_run",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("method", sa.String(length=24), nullable=False),
        sa.Column("merge", sa.String(length=24), nullable=False),
        sa.Column("recommended", sa.String(length=24), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("at_least", sa.Float(), nullable=False),
        sa.Column("resolved", sa.Integer(), nullable=False),
        sa.Column("ties", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("chosen_by", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["chosen_by"], ["account.id"], name=op.f("fk_consensus_run_chosen_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_consensus_run_project_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_consensus_run_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consensus_run")),
    )
    op.create_index(op.f("ix_consensus_run_round_id_id"), "consensus_run", ["round_id", "id"], unique=False)
    op.create_table(
        "consensus_unsure",
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("method", sa.String(length=24), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_consensus_unsure_item_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_consensus_unsure_round_id")),
        sa.PrimaryKeyConstraint("round_id", "item_id", name=op.f("pk_consensus_unsure")),
    )
    op.create_index(op.f("ix_consensus_unsure_item_id"), "consensus_unsure", ["item_id"], unique=False)
    op.create_table(
        "lot_commitment",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("event", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", BIG, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_lot_commitment_lot_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_lot_commitment_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_commitment")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_lot_commitment_lot_id")),
    )
    op.create_index("ix_lot_commitment_project", "lot_commitment", ["project_id", "lot_id"], unique=False)
    op.create_table(
        "contradiction",
        sa.Column("id", BIG, nullable=False),
        sa.Column("cluster", BIG, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("found_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contradiction")),
    )
    op.create_index(op.f("ix_contradiction_cluster"), "contradiction", ["cluster"], unique=False)
    op.create_index(op.f("ix_contradiction_state"), "contradiction", ["state"], unique=False)
    op.create_table(
        "bank_draw",
        sa.Column("id", BIG, nullable=False),
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("job_id", BIG, nullable=True),
        sa.Column("source_id", BIG, nullable=True),
        sa.Column("round_id", BIG, nullable=True),
        sa.Column("rulebook_id", BIG, nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("asked_by", BIG, nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_bank_draw_asked_by")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_bank_draw_project_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_bank_draw_round_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_bank_draw_source_id")),
        sa.ForeignKeyConstraint(["rulebook_id"], ["rulebook.id"], name=op.f("fk_bank_draw_rulebook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_draw")),
    )
    op.create_index(op.f("ix_bank_draw_project_id"), "bank_draw", ["project_id"], unique=False)
    op.create_table(
        "bank_draw_pick",
        sa.Column("draw_id", BIG, nullable=False),
        sa.Column("deposit_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=True),
        sa.Column("fit", sa.String(length=8), nullable=True),
        sa.Column("answers", sa.Text(), nullable=True),
        sa.Column("lost", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["draw_id"], ["bank_draw.id"], name=op.f("fk_bank_draw_pick_draw_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_bank_draw_pick_item_id")),
        sa.PrimaryKeyConstraint("draw_id", "deposit_id", name=op.f("pk_bank_draw_pick")),
    )
    op.create_index(op.f("ix_bank_draw_pick_item_id"), "bank_draw_pick", ["item_id"], unique=False)
    op.create_table(
        "contradiction_side",
        sa.Column("contradiction_id", BIG, nullable=False),
        sa.Column("deposit_id", BIG, nullable=False),
        sa.Column("said", sa.String(length=32), nullable=False),
        sa.Column("fate", sa.String(length=8), nullable=False),
        sa.Column("ruled_by", BIG, nullable=True),
        sa.Column("ruled_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("question_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(
            ["contradiction_id"], ["contradiction.id"], name=op.f("fk_contradiction_side_contradiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["deposit_id"], ["deposit.id"], name=op.f("fk_contradiction_side_deposit_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_contradiction_side_question_id")),
        sa.ForeignKeyConstraint(["ruled_by"], ["account.id"], name=op.f("fk_contradiction_side_ruled_by")),
        sa.PrimaryKeyConstraint("contradiction_id", "deposit_id", name=op.f("pk_contradiction_side")),
    )
    op.create_index(op.f("ix_contradiction_side_deposit_id"), "contradiction_side", ["deposit_id"], unique=False)
    op.create_index(op.f("ix_contradiction_side_question_id"), "contradiction_side", ["question_id"], unique=False)
    op.create_table(
        "deposit_near",
        sa.Column("deposit_id", BIG, nullable=False),
        sa.Column("medium", sa.String(length=8), nullable=False),
        sa.Column("bands", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deposit_id"], ["deposit.id"], name=op.f("fk_deposit_near_deposit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("deposit_id", name=op.f("pk_deposit_near")),
    )
    for statement in WORDS[op.get_bind().dialect.name]:
        op.execute(statement)
