"""The first layout: owners, their scenarios, the versions of each, and the documents that these show."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "owners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_owners"),
        sa.UniqueConstraint("key_hash", name="uq_owners_key_hash"),
    )
    op.create_table(
        "scenarios",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_scenarios"),
        sa.ForeignKeyConstraint(["owner_id"], ["owners.id"], name="fk_scenarios_owner_id"),
    )
    op.create_index("ix_scenarios_owner_id", "scenarios", ["owner_id"])
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.String(32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.ForeignKeyConstraint(["scenario_id"], ["scenarios.id"], name="fk_documents_scenario_id"),
    )
    op.create_index("ix_documents_scenario_id", "documents", ["scenario_id"])
    op.create_table(
        "versions",
        sa.Column("scenario_id", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(120), nullable=False),
        sa.Column("what", sa.String(2000), nullable=False),
        sa.Column("version_name", sa.String(120), nullable=False),
        sa.Column("edit", sa.Integer(), nullable=False),
        sa.Column("undo_to", sa.Integer(), nullable=True),
        sa.Column("redo_to", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("scenario_id", "revision", name="pk_versions"),
        sa.ForeignKeyConstraint(["scenario_id"], ["scenarios.id"], name="fk_versions_scenario_id"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_versions_document_id"),
    )
    op.create_index("ix_versions_document_id", "versions", ["document_id"])
