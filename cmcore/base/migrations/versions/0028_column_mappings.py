"""Which column of a file is which, as it was confirmed: for every importer, in place of a mentor's invoices only."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_OLD, _NEW = "cm_invoice_headings", "cm_column_mapping"
_KEPT = "id, version, created_at, changed_at, authority_id, mentor_id"


def _kept(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f(f"fk_{table}_authority_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["cm_mentor.id"], name=op.f(f"fk_{table}_mentor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _open(table: str) -> None:
    """Let whoever owns the tables read all of one that is about to go, whichever authority its rows are of."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


def _numbered_on(table: str) -> None:
    """On PostgreSQL, let new rows be numbered after those that were carried over."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 0) + 1, false) FROM {table}"
        )


def upgrade() -> None:
    """Make the table, carry over how mentors' invoices were read, and guard it."""
    op.create_table(
        _NEW,
        sa.Column("importer", sa.String(length=80), nullable=False),
        sa.Column("act", sa.String(length=80), nullable=False),
        sa.Column("known_by", sa.String(length=64), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("headings", sa.JSON(), nullable=False),
        *_kept(_NEW),
    )
    _open(_OLD)
    op.execute(
        f"INSERT INTO {_NEW} ({_KEPT}, headings, importer, act, known_by) "
        f"SELECT {_KEPT}, headings, 'own invoice', 'invoice.add', 'mentor ' || mentor_id FROM {_OLD}"
    )
    _numbered_on(_NEW)
    op.create_index(op.f("ix_cm_column_mapping_authority_id"), _NEW, ["authority_id"], unique=False)
    op.create_index(op.f("ix_cm_column_mapping_mentor_id"), _NEW, ["mentor_id"], unique=False)
    op.create_index("uq_cm_column_mapping_known", _NEW, ["authority_id", "importer", "known_by"], unique=True)
    keep_to_authority(_NEW)
    op.drop_table(_OLD)


def downgrade() -> None:
    """Keep again what mentors' invoices were read by, and nothing else."""
    op.create_table(
        _OLD,
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        *_kept(_OLD),
    )
    _open(_NEW)
    op.execute(
        f"INSERT INTO {_OLD} ({_KEPT}, headings) SELECT {_KEPT}, headings FROM {_NEW} WHERE mentor_id IS NOT NULL"
    )
    _numbered_on(_OLD)
    op.create_index(op.f("ix_cm_invoice_headings_authority_id"), _OLD, ["authority_id"], unique=False)
    op.create_index(op.f("ix_cm_invoice_headings_mentor_id"), _OLD, ["mentor_id"], unique=False)
    op.create_index("uq_cm_invoice_headings_of_mentor", _OLD, ["authority_id", "mentor_id"], unique=True)
    keep_to_authority(_OLD)
    op.drop_table(_NEW)
