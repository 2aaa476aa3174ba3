"""Journals, the media and permissions of their entries, case studies, and calendar feeds."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import drop_functions, keep_to_authority, never_changed

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None

VISIBLE = "visible_to IN ('kept', 'professionals', 'public')"


def _kept() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _person(table: str, *, known: bool = True) -> list[sa.Column[Any] | sa.Constraint]:
    return [
        sa.Column("young_person_id", sa.Integer(), nullable=not known),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f(f"fk_{table}_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f(f"fk_{table}_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _points_at(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["authority_id", column],
        [f"{other}.authority_id", f"{other}.id"],
        name=op.f(f"fk_{table}_authority_id_{column}"),
    )


def _indexes(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column], unique=False)


def upgrade() -> None:
    """Make the tables and guard them."""
    _entries()
    _media()
    _case_studies()
    op.create_table(
        "cm_calendar_feed",
        sa.Column("login", sa.String(length=120), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        *_kept(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_cm_calendar_feed_token_hash")),
    )
    _indexes("cm_calendar_feed", "login")
    for table in ("cm_journal_entry", "cm_journal_media", "cm_journal_permission", "cm_case_study"):
        keep_to_authority(table)
    never_changed("cm_journal_media", "A picture, film or recording stays as it was cleaned.")


def _entries() -> None:
    op.create_table(
        "cm_journal_entry",
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("kind_of_entry", sa.String(length=40), nullable=False),
        sa.Column("captured_on", sa.Date(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("visible_to", sa.String(length=40), nullable=False),
        sa.Column("kept_by", sa.String(length=120), nullable=False),
        sa.Column("kept_by_login", sa.String(length=120), nullable=False),
        sa.Column("media_gone_on", sa.Date(), nullable=True),
        *_kept(),
        *_person("cm_journal_entry"),
        sa.CheckConstraint(
            "kind_of_entry IN ('photo', 'film', 'audio', 'words')", name=op.f("ck_cm_journal_entry_kind_of_entry_known")
        ),
        sa.CheckConstraint(VISIBLE, name=op.f("ck_cm_journal_entry_visible_to_known")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_journal_entry_authority_id_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_cm_journal_entry_ref")),
    )
    _indexes("cm_journal_entry", "young_person_id", "authority_id")
    op.create_index("ix_cm_journal_entry_of_person", "cm_journal_entry", ["young_person_id", "captured_on"])
    op.create_index("ix_cm_journal_entry_latest", "cm_journal_entry", ["authority_id", "captured_on", "id"])


def _media() -> None:
    op.create_table(
        "cm_journal_media",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.Column("kept_by_login", sa.String(length=120), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        *_person("cm_journal_media"),
        sa.CheckConstraint("size > 0", name=op.f("ck_cm_journal_media_some_content")),
        _points_at("cm_journal_media", "entry_id", "cm_journal_entry"),
        sa.UniqueConstraint("entry_id", name=op.f("uq_cm_journal_media_entry_id")),
    )
    _indexes("cm_journal_media", "young_person_id", "authority_id")
    op.create_table(
        "cm_journal_permission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        *_person("cm_journal_permission"),
        _points_at("cm_journal_permission", "entry_id", "cm_journal_entry"),
        _points_at("cm_journal_permission", "consent_id", "cm_consent"),
        sa.UniqueConstraint("entry_id", "consent_id", name=op.f("uq_cm_journal_permission_entry_id_consent_id")),
    )
    _indexes("cm_journal_permission", "entry_id", "consent_id", "young_person_id", "authority_id")


def _case_studies() -> None:
    op.create_table(
        "cm_case_study",
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("commission_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("beginning", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        *_kept(),
        *_person("cm_case_study", known=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_cm_case_study_in_order")),
        _points_at("cm_case_study", "commission_id", "cm_commission"),
        sa.ForeignKeyConstraint(["mentor_id"], ["cm_mentor.id"], name=op.f("fk_cm_case_study_mentor_id")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_case_study_authority_id_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_cm_case_study_ref")),
    )
    _indexes("cm_case_study", "commission_id", "mentor_id", "young_person_id", "authority_id")
    op.create_index("ix_cm_case_study_waiting", "cm_case_study", ["authority_id", "state"])


def downgrade() -> None:
    """Take the tables away."""
    for table in (
        "cm_calendar_feed",
        "cm_case_study",
        "cm_journal_permission",
        "cm_journal_media",
        "cm_journal_entry",
    ):
        op.drop_table(table)
    drop_functions("cm_journal_media_never_changed")
