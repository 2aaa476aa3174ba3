"""Music lessons, clubs, what was pointed out, work experience, and the Virtual School Council."""

import sqlalchemy as sa
from alembic import op

from cmcore.api import keep_to_authority

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LESSON, CLUB = "cmp_staffordshire_lesson", "cmp_staffordshire_club"
SIGNPOST, WORK = "cmp_staffordshire_signpost", "cmp_staffordshire_work"
COUNCIL, PERSON = "cmp_staffordshire_council", "cmp_staffordshire_council_person"
DECISION = "cmp_staffordshire_decision"

OFTEN = ("weekly", "fortnightly", "monthly", "holidays", "other")
PAYERS = ("nobody", "ppplus", "school", "authority", "service", "charity", "carer")
LESSONS = ("alone", "group", "whole")
INSTRUMENTS = ("owned", "lent_by_service", "lent_by_school", "hired", "none_needed", "waiting")
CLUBS = ("music", "dance", "drama", "art", "film", "writing", "heritage", "outdoors", "sport", "other")
THINGS = ("club", "lesson", "event", "holidays", "place", "work", "online")
BECAME = ("joined", "tried", "thinking", "not_theirs", "kept_away")
IN_THE_WAY = ("transport", "cost", "confidence", "distance", "other")
EMPLOYERS = ("arts", "artist", "media", "heritage", "other")
WENT = ("completed", "early", "not_begun")


def _kept(*, of_person: bool = True) -> list[sa.Column[object]]:
    about: list[sa.Column[object]] = [sa.Column("young_person_id", sa.Integer(), nullable=False)]
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        *(about if of_person else []),
    ]


def _within(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["authority_id", column], [f"{to}.authority_id", f"{to}.id"], name=op.f(f"fk_{table}_authority_id_{column}")
    )


def _of(table: str, *, of_person: bool = True) -> list[sa.Constraint]:
    person = [_within(table, "young_person_id", "cm_young_person")] if of_person else []
    return [
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f(f"fk_{table}_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *person,
    ]


def _parent(table: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("authority_id", "id", name=op.f(f"uq_{table}_authority_id_id"))


def _known(table: str, column: str, codes: tuple[str, ...], *, empty: bool = False) -> sa.CheckConstraint:
    listed = ", ".join(f"'{each}'" for each in codes)
    more = f" OR {column} IS NULL" if empty else ""
    return sa.CheckConstraint(f"{column} IN ({listed}){more}", name=op.f(f"ck_{table}_{column}_known"))


def _says(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _in_order(table: str) -> sa.CheckConstraint:
    return _says(table, "in_order", "ends_on IS NULL OR starts_on <= ends_on")


def _text(name: str, most: int = 0, *, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=most) if most else sa.Text(), nullable=empty)


def _code(name: str, *, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=40), nullable=empty)


def _day(name: str, *, empty: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=empty)


def _number(name: str, *, empty: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=empty)


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        LESSON,
        *_kept(),
        _text("instrument", 80),
        _code("lesson_kind"),
        _text("provider", 200),
        _day("starts_on", empty=False),
        _day("ends_on"),
        _code("how_often"),
        _number("minutes"),
        _number("cost_pence"),
        _code("paid_by", empty=True),
        _code("instrument_from"),
        _day("back_by_on"),
        _text("ended_because"),
        _text("words_said"),
        *_of(LESSON),
        _known(LESSON, "lesson_kind", LESSONS),
        _known(LESSON, "how_often", OFTEN),
        _known(LESSON, "paid_by", PAYERS, empty=True),
        _known(LESSON, "instrument_from", INSTRUMENTS),
        _in_order(LESSON),
    )
    op.create_table(
        SIGNPOST,
        *_kept(),
        _text("what", 300),
        _code("thing"),
        sa.Column("told", sa.JSON(), nullable=False),
        _day("pointed_out_on", empty=False),
        _text("pointed_out_by", 120),
        _day("ask_again_on"),
        _code("became", empty=True),
        _day("heard_on"),
        _code("in_the_way", empty=True),
        _text("became_note"),
        *_of(SIGNPOST),
        _parent(SIGNPOST),
        _known(SIGNPOST, "thing", THINGS),
        _known(SIGNPOST, "became", BECAME, empty=True),
        _known(SIGNPOST, "in_the_way", IN_THE_WAY, empty=True),
        _says(SIGNPOST, "became_has_its_day", "(became IS NULL) = (heard_on IS NULL)"),
    )
    op.create_table(
        CLUB,
        *_kept(),
        _text("name", 200),
        _code("club_kind"),
        _text("place", 200),
        _day("starts_on", empty=False),
        _day("ends_on"),
        _code("how_often"),
        _number("cost_pence"),
        _code("paid_by", empty=True),
        _text("ended_because"),
        _text("words_said"),
        *_of(CLUB),
        _known(CLUB, "club_kind", CLUBS),
        _known(CLUB, "how_often", OFTEN),
        _known(CLUB, "paid_by", PAYERS, empty=True),
        _in_order(CLUB),
    )
    op.create_table(
        WORK,
        *_kept(),
        _text("employer", 200),
        _code("employer_kind"),
        _text("role", 200),
        _text("contact", 200),
        _day("starts_on", empty=False),
        _day("ends_on", empty=False),
        _number("hours"),
        _day("risk_seen_on"),
        _text("risk_seen_by", 120),
        _code("went", empty=True),
        _text("how_it_went"),
        _text("words_said"),
        *_of(WORK),
        _known(WORK, "employer_kind", EMPLOYERS),
        _known(WORK, "went", WENT, empty=True),
        _in_order(WORK),
    )
    op.create_table(
        COUNCIL,
        *_kept(of_person=False),
        _day("held_on", empty=False),
        _text("place", 200),
        _number("there", empty=False),
        _text("staff", 200),
        _text("talked_about"),
        _day("next_on"),
        *_of(COUNCIL, of_person=False),
        _parent(COUNCIL),
        _says(COUNCIL, "there_is_a_count", "there >= 0"),
    )
    op.create_table(
        PERSON,
        *_kept(),
        _number("council_id", empty=False),
        _day("agreed_on", empty=False),
        _text("said"),
        *_of(PERSON),
        _within(PERSON, "council_id", COUNCIL),
        sa.UniqueConstraint("authority_id", "council_id", "young_person_id", name=op.f(f"uq_{PERSON}_once")),
    )
    op.create_table(
        DECISION,
        *_kept(of_person=False),
        _number("council_id", empty=False),
        _text("decided"),
        _text("owner", 120),
        _day("due_on", empty=False),
        _code("outcome", empty=True),
        _day("settled_on"),
        _text("what_came"),
        _day("told_back_on"),
        *_of(DECISION, of_person=False),
        _within(DECISION, "council_id", COUNCIL),
        _known(DECISION, "outcome", ("done", "not_done"), empty=True),
        _says(DECISION, "outcome_has_its_day", "(outcome IS NULL) = (settled_on IS NULL)"),
        _says(DECISION, "not_done_has_its_reason", "outcome IS NULL OR outcome <> 'not_done' OR what_came <> ''"),
    )
    for table in (PERSON, DECISION):
        op.create_index(f"ix_{table}_council_id", table, ["council_id"])
    for table in (LESSON, CLUB):
        op.create_index(f"ix_{table}_days", table, ["authority_id", "ends_on"])
    op.create_index(f"ix_{WORK}_days", WORK, ["authority_id", "starts_on"])
    op.create_index(f"ix_{COUNCIL}_held", COUNCIL, ["authority_id", "held_on"])
    op.create_index(f"ix_{SIGNPOST}_open", SIGNPOST, ["authority_id", "became", "ask_again_on"])
    op.create_index(f"ix_{DECISION}_open", DECISION, ["authority_id", "outcome", "due_on"])
    for table in (LESSON, SIGNPOST, CLUB, WORK, PERSON):
        op.create_index(f"ix_{table}_young_person_id", table, ["young_person_id"])
    for table in (LESSON, SIGNPOST, CLUB, WORK, COUNCIL, PERSON, DECISION):
        op.create_index(f"ix_{table}_authority_id", table, ["authority_id"])
        keep_to_authority(table)


def downgrade() -> None:
    """Take the tables away."""
    for table in (DECISION, PERSON, COUNCIL, WORK, CLUB, SIGNPOST, LESSON):
        op.drop_table(table)
