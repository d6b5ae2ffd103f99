"""The second layout: an owner's label, and what was typed into a scenario and not understood yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; owners have no label and scenarios no drafts yet."""
    op.add_column("owners", sa.Column("label", sa.String(120), nullable=True))
    op.add_column("scenarios", sa.Column("drafts", sa.LargeBinary(), nullable=True))
