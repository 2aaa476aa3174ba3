"""Cultural entitlement pages and their lines."""

import sqlalchemy as sa
from alembic import op

from cmcore.api import keep_to_authority

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

PAGE, LINE = "cmp_epep_culture_page", "cmp_epep_culture_line"
PARTS = (
    "interests",
    "now",
    "clubs",
    "lessons",
    "visits",
    "offered",
    "attended",
    "barriers",
    "carer",
    "award",
    "steps",
    "words",
)
BARRIERS = ("transport", "cost", "confidence", "distance", "other")


def _kept() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
    ]


def _within(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["authority_id", column],
        [f"{to}.authority_id", f"{to}.id"],
        name=op.f(f"fk_{table}_authority_id_{column}"),
    )


def _of(table: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f(f"fk_{table}_authority_id")),
        _within(table, "young_person_id", "cm_young_person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _known(column: str, codes: tuple[str, ...], more: str = "") -> sa.CheckConstraint:
    listed = ", ".join(f"'{each}'" for each in codes)
    return sa.CheckConstraint(f"{column} IN ({listed}){more}", name=op.f(f"ck_{LINE}_{column}_known"))


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        PAGE,
        *_kept(),
        sa.Column("pep_cycle_id", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted_by", sa.String(length=120), nullable=False),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        *_of(PAGE),
        _within(PAGE, "pep_cycle_id", "cm_pep_cycle"),
        sa.UniqueConstraint("authority_id", "id", name=op.f(f"uq_{PAGE}_authority_id_id")),
        sa.UniqueConstraint("authority_id", "pep_cycle_id", name=op.f(f"uq_{PAGE}_authority_id_pep_cycle_id")),
    )
    op.create_table(
        LINE,
        *_kept(),
        sa.Column("epep_culture_page_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("drafted", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("barrier", sa.String(length=40), nullable=True),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        *_of(LINE),
        _within(LINE, "epep_culture_page_id", PAGE),
        sa.UniqueConstraint(
            "authority_id", "epep_culture_page_id", "key", name=op.f(f"uq_{LINE}_authority_id_epep_culture_page_id_key")
        ),
        _known("part", PARTS),
        _known("barrier", BARRIERS, " OR barrier IS NULL"),
        _known("origin", ("drafted", "edited", "written")),
    )
    op.create_index(f"ix_{PAGE}_pep_cycle_id", PAGE, ["pep_cycle_id"])
    op.create_index(f"ix_{LINE}_epep_culture_page_id", LINE, ["epep_culture_page_id"])
    op.create_index(f"ix_{LINE}_of_person", LINE, ["young_person_id", "part"])
    for table in (PAGE, LINE):
        op.create_index(f"ix_{table}_authority_id", table, ["authority_id"])
        op.create_index(f"ix_{table}_young_person_id", table, ["young_person_id"])
        keep_to_authority(table)


def downgrade() -> None:
    """Take them away again."""
    op.drop_table(LINE)
    op.drop_table(PAGE)
