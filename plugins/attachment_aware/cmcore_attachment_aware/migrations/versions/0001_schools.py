"""Cohorts, schools in them, staff, training days, projects, counts, portfolios, and who mentors whom."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from cmcore.api import keep_to_authority

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NAMES = ("cohort", "place", "staff", "day", "attendance", "project", "reading", "piece", "picture", "mentoring")
COHORT, PLACE, STAFF, DAY, ATTENDANCE, PROJECT, READING, PIECE, PICTURE, MENTORING = (
    f"cmp_attachment_aware_{name}" for name in _NAMES
)
ROLES = ("head", "designated_teacher", "sendco", "teacher", "assistant", "pastoral", "governor", "other")


def _kept(*, school: bool = True) -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("authority_id", "setting_id")[: 1 + school]),
    ]


def _text(name: str, length: int = 0) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length) if length else sa.Text(), nullable=False)


def _code(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=False)


def _day(name: str, *, empty: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=empty)


def _instant(name: str, *, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=empty)


def _number(name: str, *, empty: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=empty)


def _keys(table: str, *, school: bool = True) -> list[sa.Constraint]:
    of_setting = [sa.ForeignKeyConstraint(["setting_id"], ["cm_setting.id"], name=op.f(f"fk_{table}_setting_id"))]
    return [
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f(f"fk_{table}_authority_id")),
        *(of_setting if school else []),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _one(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _parent(table: str) -> list[sa.UniqueConstraint]:
    return [_one(table, "authority_id", "id"), _one(table, "authority_id", "setting_id", "id")]


def _of(table: str, target: str, column: str, *, school: bool = True) -> sa.ForeignKeyConstraint:
    own = ["authority_id", *(["setting_id"] if school else [])]
    return sa.ForeignKeyConstraint(
        [*own, column],
        [f"{target}.{name}" for name in (*own, "id")],
        name=op.f(f"fk_{table}_{'_'.join(own)}_{column}"),
    )


def _check(table: str, name: str, said: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(said, name=op.f(f"ck_{table}_{name}"))


def _known(table: str, column: str, codes: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{each}'" for each in codes)
    return _check(table, f"{column}_known", f"{column} IN ({listed})")


def _indexed(table: str, *columns: str) -> None:
    for column in ("authority_id", *columns):
        op.create_index(f"ix_{table}_{column}", table, [column])
    keep_to_authority(table)


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        COHORT,
        *_kept(school=False),
        _number("year"),
        _number("places"),
        _day("apply_by_on"),
        _day("starts_on", empty=False),
        _day("ends_on", empty=False),
        _text("led_by", 120),
        _number("taken"),
        _number("waiting"),
        *_keys(COHORT, school=False),
        _one(COHORT, "authority_id", "id"),
        _one(COHORT, "authority_id", "year"),
        _check(COHORT, "in_order", "starts_on < ends_on"),
        _check(COHORT, "taken_within_places", "taken >= 0 AND taken <= places"),
        _check(COHORT, "waiting_is_a_count", "waiting >= 0"),
    )
    op.create_table(
        PLACE,
        *_kept(),
        _code("state"),
        _number("attachment_aware_cohort_id"),
        _day("applied_on", empty=False),
        _text("why"),
        _text("lead_name", 120),
        _code("lead_role"),
        _text("lead_email", 200),
        _text("head_name", 120),
        _day("head_agreed_on", empty=False),
        _number("staff_expected"),
        _number("in_line", empty=True),
        _day("waiting_on"),
        _day("offered_on"),
        _day("answer_by_on"),
        _text("out_of_turn", 500),
        *(_day(name) for name in ("joined_on", "graduated_on", "ended_on", "told_on")),
        *_keys(PLACE),
        *_parent(PLACE),
        _of(PLACE, COHORT, "attachment_aware_cohort_id", school=False),
        _one(PLACE, "authority_id", "attachment_aware_cohort_id", "setting_id"),
        _one(PLACE, "authority_id", "attachment_aware_cohort_id", "in_line"),
        _check(PLACE, "waiting_stands_in_line", "(state = 'waiting') = (in_line IS NOT NULL)"),
        _check(PLACE, "somebody_comes", "staff_expected >= 1"),
        _known(PLACE, "lead_role", ROLES),
    )
    op.create_table(
        STAFF,
        *_kept(),
        _number("attachment_aware_place_id"),
        _text("name", 120),
        _code("role"),
        _day("joined_on", empty=False),
        _day("left_on"),
        *_keys(STAFF),
        *_parent(STAFF),
        _of(STAFF, PLACE, "attachment_aware_place_id"),
        _known(STAFF, "role", ROLES),
        _check(STAFF, "in_order", "left_on IS NULL OR joined_on <= left_on"),
    )
    op.create_table(
        DAY,
        *_kept(school=False),
        _number("attachment_aware_cohort_id"),
        _text("title", 160),
        _text("about_what"),
        _day("held_on", empty=False),
        _instant("starts_at"),
        _instant("ends_at"),
        _text("venue", 160),
        _text("led_by", 120),
        _text("called_off_because", 500),
        *_keys(DAY, school=False),
        _one(DAY, "authority_id", "id"),
        _of(DAY, COHORT, "attachment_aware_cohort_id", school=False),
        _check(DAY, "in_order", "starts_at < ends_at"),
    )
    op.create_table(
        ATTENDANCE,
        *_kept(),
        _number("attachment_aware_day_id"),
        _number("attachment_aware_staff_id"),
        sa.Column("came", sa.Boolean(), nullable=False),
        _instant("marked_at"),
        _text("marked_by", 120),
        *_keys(ATTENDANCE),
        _of(ATTENDANCE, DAY, "attachment_aware_day_id", school=False),
        _of(ATTENDANCE, STAFF, "attachment_aware_staff_id"),
        _one(ATTENDANCE, "authority_id", "attachment_aware_day_id", "attachment_aware_staff_id"),
    )
    op.create_table(
        PROJECT,
        *_kept(),
        _number("attachment_aware_place_id"),
        _text("title", 160),
        _text("question"),
        _text("tried"),
        _text("for_whom", 300),
        *(_day(name, empty=False) for name in ("before_from", "before_to", "after_from", "after_to")),
        _text("learnt"),
        _day("learnt_on"),
        *_keys(PROJECT),
        *_parent(PROJECT),
        _of(PROJECT, PLACE, "attachment_aware_place_id"),
        _one(PROJECT, "authority_id", "attachment_aware_place_id"),
        _check(PROJECT, "before_comes_first", "before_from <= before_to AND before_to < after_from"),
        _check(PROJECT, "after_in_order", "after_from <= after_to"),
    )
    _make_what_is_counted_and_shown()
    _indexed(COHORT)
    _indexed(PLACE, "setting_id")
    op.create_index(f"ix_{PLACE}_line", PLACE, ["attachment_aware_cohort_id", "state", "in_line"])
    _indexed(STAFF, "setting_id", "attachment_aware_place_id")
    _indexed(DAY, "attachment_aware_cohort_id")
    op.create_index(f"ix_{DAY}_days", DAY, ["authority_id", "starts_at"])
    _indexed(ATTENDANCE, "setting_id")
    op.create_index(f"ix_{ATTENDANCE}_staff", ATTENDANCE, ["attachment_aware_staff_id", "came"])
    _indexed(PROJECT, "setting_id")
    _indexed(READING, "setting_id", "attachment_aware_project_id")
    _indexed(PIECE, "setting_id", "attachment_aware_place_id")
    _indexed(PICTURE, "setting_id")
    _indexed(MENTORING, "setting_id", "attachment_aware_place_id")
    op.create_index(f"ix_{MENTORING}_mentored", MENTORING, ["mentored_id"])


def _make_what_is_counted_and_shown() -> None:
    op.create_table(
        READING,
        *_kept(),
        _number("attachment_aware_project_id"),
        _code("indicator"),
        _code("at"),
        _number("number", empty=True),
        _number("out_of", empty=True),
        _text("missing", 300),
        _text("source", 160),
        _day("counted_on", empty=False),
        _text("counted_by", 120),
        *_keys(READING),
        _of(READING, PROJECT, "attachment_aware_project_id"),
        _one(READING, "authority_id", "attachment_aware_project_id", "indicator", "at"),
        _known(READING, "indicator", ("suspensions", "exclusions", "attendance")),
        _known(READING, "at", ("before", "after")),
        _check(READING, "number_with_its_whole", "(number IS NULL) = (out_of IS NULL)"),
        _check(READING, "missing_says_why", "(number IS NULL) = (missing <> '')"),
        _check(READING, "counted", "number >= 0 AND out_of >= 1"),
    )
    op.create_table(
        PIECE,
        *_kept(),
        _number("attachment_aware_place_id"),
        _text("title", 160),
        _code("kind_of_piece"),
        _text("told"),
        _text("how"),
        _text("link", 300),
        _day("written_on", empty=False),
        _day("shared_on"),
        *_keys(PIECE),
        *_parent(PIECE),
        _of(PIECE, PLACE, "attachment_aware_place_id"),
        _known(PIECE, "kind_of_piece", ("practice", "resource", "policy", "voice", "reflection")),
    )
    op.create_table(
        PICTURE,
        *_kept(),
        _number("attachment_aware_piece_id"),
        _text("media_type", 80),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _text("shows", 300),
        sa.Column("nobody_in_it", sa.Boolean(), nullable=False),
        _instant("kept_at"),
        *_keys(PICTURE),
        _of(PICTURE, PIECE, "attachment_aware_piece_id"),
        _one(PICTURE, "authority_id", "attachment_aware_piece_id"),
    )
    op.create_table(
        MENTORING,
        *_kept(),
        _number("attachment_aware_place_id"),
        _number("mentored_id"),
        _text("focus", 300),
        _day("starts_on", empty=False),
        _day("ends_on"),
        _text("came_of_it"),
        *_keys(MENTORING),
        sa.ForeignKeyConstraint(["mentored_id"], ["cm_setting.id"], name=op.f(f"fk_{MENTORING}_mentored_id")),
        _of(MENTORING, PLACE, "attachment_aware_place_id"),
        _check(MENTORING, "not_itself", "setting_id <> mentored_id"),
        _check(MENTORING, "in_order", "ends_on IS NULL OR starts_on <= ends_on"),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in (MENTORING, PICTURE, PIECE, READING, PROJECT, ATTENDANCE, DAY, STAFF, PLACE, COHORT):
        op.drop_table(table)
