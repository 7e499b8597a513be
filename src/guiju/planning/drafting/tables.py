"""Texts that briefs are drafted from, and what came back; written by this slice alone."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, Text

from guiju.storage import BigId, Micros, metadata

brief_draft = Table(
    "brief_draft",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False, index=True),
    # the file's name, empty where the text was pasted
    Column("name", String(120), nullable=False),
    Column("text", Text, nullable=False),
    # read | sent | ready | failed
    Column("state", String(8), nullable=False),
    # the text as it was sent, masked or not
    Column("sent", Text, nullable=True),
    Column("host", String(255), nullable=False),
    Column("model", String(120), nullable=False),
    # guiju.planning.drafting.model.Proposal as JSON
    Column("answer", Text, nullable=True),
    # a refusal's code, sentence and next step as JSON
    Column("failed", Text, nullable=True),
    Column("made_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("at", Micros, nullable=False),
    Column("job_id", BigInteger, nullable=True),
)
