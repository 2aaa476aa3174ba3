"""Advisers and their training, entries, enrolments with their parts, and evidence."""

import sqlalchemy as sa
from alembic import op

from cmcore.api import keep_to_authority

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_OWN = "cmp_arts_award_"
ADVISER, TRAINING, BATCH = f"{_OWN}adviser", f"{_OWN}training", f"{_OWN}batch"
ENROLMENT, PART, EVIDENCE = f"{_OWN}enrolment", f"{_OWN}part", f"{_OWN}evidence"


def _kept(*, child: bool = False) -> list[sa.Column[object]]:
    made: list[sa.Column[object]] = [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
    ]
    return [*made, sa.Column("young_person_id", sa.Integer(), nullable=False)] if child else made


def _within(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["authority_id", column],
        [f"{to}.authority_id", f"{to}.id"],
        name=op.f(f"fk_{table}_authority_id_{column}"),
    )


def _to(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _of(table: str, *, child: bool = False, parent: bool = True) -> list[sa.Constraint]:
    made: list[sa.Constraint] = [
        _to(table, "authority_id", "cm_authority"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
    if parent:
        made.append(_once(table, "id"))
    if child:
        made.append(_within(table, "young_person_id", "cm_young_person"))
    return made


def _once(table: str, *columns: str) -> sa.UniqueConstraint:
    name = f"uq_{table}_authority_id_{'_'.join(columns)}"
    return sa.UniqueConstraint("authority_id", *columns, name=op.f(name))


def _holds(table: str, name: str, so: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(so, name=op.f(f"ck_{table}_{name}"))


def _text(name: str, length: int = 0) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=length) if length else sa.Text(), nullable=False)


def _day(name: str, *, asked: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=not asked)


def _whole(name: str, *, asked: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=not asked)


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        ADVISER,
        *_kept(),
        _text("name", 120),
        _whole("mentor_id"),
        _text("works_at", 200),
        _day("left_on"),
        *_of(ADVISER),
        _to(ADVISER, "mentor_id", "cm_mentor"),
        _once(ADVISER, "name"),
    )
    op.create_table(
        TRAINING,
        *_kept(),
        _whole("arts_award_adviser_id", asked=True),
        sa.Column("levels", sa.JSON(), nullable=False),
        _day("trained_on", asked=True),
        _day("valid_to"),
        *_of(TRAINING, parent=False),
        _within(TRAINING, "arts_award_adviser_id", ADVISER),
        _once(TRAINING, "arts_award_adviser_id", "trained_on"),
        _holds(TRAINING, "in_order", "valid_to IS NULL OR trained_on <= valid_to"),
    )
    op.create_table(
        BATCH,
        *_kept(),
        _text("state", 40),
        _text("scheme", 40),
        _text("title", 120),
        _text("reference", 60),
        _text("kept_at", 300),
        *(_day(f"{name}_on") for name in ("entered", "expected", "sampled", "upload_due", "uploaded", "results")),
        *_of(BATCH),
        _holds(BATCH, "sampled_after_entered", "sampled_on IS NULL OR entered_on <= sampled_on"),
    )
    op.create_table(
        ENROLMENT,
        *_kept(child=True),
        _text("state", 40),
        _text("scheme", 40),
        _text("level", 40),
        _whole("arts_award_adviser_id"),
        _whole("setting_id"),
        _whole("arts_award_batch_id"),
        _day("enrolled_on", asked=True),
        _day("aims_on"),
        _whole("parts", asked=True),
        _whole("passed", asked=True),
        _day("assessed_on"),
        _text("assessed_by", 120),
        _day("ended_on"),
        _text("certificate", 60),
        *_of(ENROLMENT, child=True),
        _within(ENROLMENT, "arts_award_adviser_id", ADVISER),
        _within(ENROLMENT, "arts_award_batch_id", BATCH),
        _to(ENROLMENT, "setting_id", "cm_setting"),
        _holds(ENROLMENT, "passed_some", "passed >= 0 AND passed <= parts"),
    )
    op.create_table(
        PART,
        *_kept(child=True),
        _whole("arts_award_enrolment_id", asked=True),
        _text("part", 40),
        _text("mark", 40),
        _day("marked_on"),
        _whole("marked_by_id"),
        _text("found_at", 300),
        _text("note"),
        _whole("pieces", asked=True),
        *_of(PART, child=True),
        _within(PART, "arts_award_enrolment_id", ENROLMENT),
        _within(PART, "marked_by_id", ADVISER),
        _once(PART, "arts_award_enrolment_id", "part"),
        _holds(PART, "mark_known", "mark IN ('not_started', 'attempted', 'pass')"),
        _holds(PART, "mark_has_its_day", "(mark = 'not_started') = (marked_on IS NULL)"),
    )
    op.create_table(
        EVIDENCE,
        *_kept(child=True),
        _whole("arts_award_part_id", asked=True),
        _text("text"),
        _text("source_kind", 40),
        _whole("source_id"),
        _text("source", 300),
        _day("happened_on"),
        sa.Column("shows", sa.JSON(), nullable=False),
        _text("kept_at", 300),
        *_of(EVIDENCE, child=True, parent=False),
        _within(EVIDENCE, "arts_award_part_id", PART),
        _once(EVIDENCE, "arts_award_part_id", "source_kind", "source_id"),
        _holds(EVIDENCE, "source_whole", "(source_kind = '') = (source_id IS NULL)"),
    )
    for table, columns in (
        (ADVISER, ("mentor_id",)),
        (TRAINING, ("arts_award_adviser_id",)),
        (ENROLMENT, ("arts_award_adviser_id", "setting_id", "arts_award_batch_id", "young_person_id")),
        (PART, ("arts_award_enrolment_id", "marked_by_id", "young_person_id")),
        (EVIDENCE, ("arts_award_part_id", "young_person_id")),
    ):
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_index(f"ix_{TRAINING}_runs_out", TRAINING, ["authority_id", "valid_to"])
    op.create_index(f"ix_{BATCH}_waiting", BATCH, ["authority_id", "state", "upload_due_on"])
    op.create_index(f"ix_{ENROLMENT}_board", ENROLMENT, ["authority_id", "state", "scheme", "level"])
    op.create_index(f"ix_{ENROLMENT}_person", ENROLMENT, ["young_person_id", "scheme", "level"])
    op.create_index(f"ix_{PART}_missing", PART, ["authority_id", "mark"])
    op.create_index(f"ix_{EVIDENCE}_source", EVIDENCE, ["young_person_id", "source_kind", "source_id"])
    for table in (ADVISER, TRAINING, BATCH, ENROLMENT, PART, EVIDENCE):
        op.create_index(f"ix_{table}_authority_id", table, ["authority_id"])
        keep_to_authority(table)


def downgrade() -> None:
    """Take them away again."""
    for table in (EVIDENCE, PART, ENROLMENT, BATCH, TRAINING, ADVISER):
        op.drop_table(table)
