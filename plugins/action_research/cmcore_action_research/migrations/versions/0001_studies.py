"""Studies, protocols, analyses, partners, referrals, places, releases with their files and keys."""

import sqlalchemy as sa
from alembic import op

from cmcore.api import keep_to_authority

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_OWN = "cmp_action_research_"
STUDY, PROTOCOL, ANALYSIS = f"{_OWN}study", f"{_OWN}protocol", f"{_OWN}analysis"
PARTNER, REFERRAL, PLACE = f"{_OWN}partner", f"{_OWN}referral", f"{_OWN}place"
RELEASE, FILE, KEY = f"{_OWN}release", f"{_OWN}file", f"{_OWN}key"
PARTNERS = (
    "virtual_school",
    "social_care",
    "school",
    "health",
    "youth_justice",
    "housing",
    "charity",
    "other",
)
STATISTICS = ("median_change", "improved_share", "signed_rank", "rank_biserial", "dose_response")
_OF = {
    "action_research_study_id": STUDY,
    "action_research_protocol_id": PROTOCOL,
    "action_research_partner_id": PARTNER,
    "action_research_referral_id": REFERRAL,
    "action_research_release_id": RELEASE,
    "programme_id": "cm_programme",
    "young_person_id": "cm_young_person",
    "enrolment_id": "cm_enrolment",
}


def _kept() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
    ]


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _long(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _code(name: str, *, empty: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=empty)


def _day(name: str, *, empty: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=empty)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON(), nullable=False)


def _number(name: str, *, empty: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=empty)


def _of(table: str, *columns: str) -> list[sa.Constraint]:
    within = [
        sa.ForeignKeyConstraint(
            ["authority_id", column],
            [f"{_OF[column]}.authority_id", f"{_OF[column]}.id"],
            name=op.f(f"fk_{table}_authority_id_{column}"),
        )
        for column in columns
    ]
    return [
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f(f"fk_{table}_authority_id")),
        *within,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _alike(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _parent(table: str) -> sa.UniqueConstraint:
    return _alike(table, "authority_id", "id")


def _known(table: str, column: str, codes: tuple[str, ...], *, empty: bool = False) -> sa.CheckConstraint:
    listed = ", ".join(f"'{each}'" for each in codes)
    more = f" OR {column} IS NULL" if empty else ""
    return sa.CheckConstraint(f"{column} IN ({listed}){more}", name=op.f(f"ck_{table}_{column}_known"))


def _indexed(table: str, *columns: str) -> None:
    for column in ("authority_id", *columns):
        op.create_index(f"ix_{table}_{column}", table, [column])
    keep_to_authority(table)


def upgrade() -> None:
    """Make the tables and guard them."""
    _studies()
    _people()
    _releases()


def _studies() -> None:
    op.create_table(
        STUDY,
        *_kept(),
        _code("state"),
        _text("title", 120),
        _number("programme_id"),
        _text("led_by", 120),
        _text("evaluated_by", 120),
        _day("opened_on"),
        _day("closed_on"),
        *_of(STUDY, "programme_id"),
        _parent(STUDY),
    )
    op.create_table(
        PROTOCOL,
        *_kept(),
        _code("state"),
        _number("action_research_study_id"),
        _number("number"),
        *_long("question", "who"),
        _json("themes"),
        _code("measure_set"),
        _json("measures"),
        *(_number(name) for name in ("dose_hours", "dose_months", "least_age", "most_age", "places", "waiting_weeks")),
        _day("starts_on", empty=False),
        _day("ends_on", empty=False),
        *_long("why_changed", "frozen_text"),
        _text("frozen_hash", 64),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        _text("frozen_by", 120),
        *_of(PROTOCOL, "action_research_study_id"),
        _parent(PROTOCOL),
        _alike(PROTOCOL, "authority_id", "action_research_study_id", "number"),
    )
    op.create_table(
        ANALYSIS,
        *_kept(),
        _number("action_research_study_id"),
        _number("action_research_protocol_id", empty=True),
        *(_code(name) for name in ("key", "measure", "statistic", "compares")),
        sa.Column("planned", sa.Boolean(), nullable=False),
        _text("noted_by", 120),
        *_of(ANALYSIS, "action_research_study_id", "action_research_protocol_id"),
        _known(ANALYSIS, "statistic", STATISTICS),
        _known(ANALYSIS, "compares", ("before_after", "mentored_waiting")),
    )
    _indexed(STUDY, "programme_id")
    _indexed(PROTOCOL, "action_research_study_id")
    _indexed(ANALYSIS, "action_research_study_id", "action_research_protocol_id")


def _people() -> None:
    op.create_table(
        PARTNER,
        *_kept(),
        _text("organisation", 120),
        _code("kind_of_partner"),
        _text("name", 120),
        _text("login", 120),
        _json("themes"),
        _day("starts_on", empty=False),
        _day("ends_on"),
        *_of(PARTNER),
        _parent(PARTNER),
        _alike(PARTNER, "authority_id", "login"),
        _known(PARTNER, "kind_of_partner", PARTNERS),
    )
    op.create_table(
        REFERRAL,
        *_kept(),
        _code("state"),
        _text("ref", 20),
        _number("action_research_study_id"),
        _number("action_research_partner_id"),
        _text("login", 120),
        _text("given_name", 100),
        _text("family_name", 100),
        _day("born_on", empty=False),
        _code("theme"),
        *_long("why"),
        _day("sent_on", empty=False),
        _number("young_person_id", empty=True),
        _text("said_to_partner", 500),
        *_of(REFERRAL, "young_person_id", "action_research_study_id", "action_research_partner_id"),
        _parent(REFERRAL),
        _alike(REFERRAL, "ref"),
    )
    op.create_table(
        PLACE,
        *_kept(),
        _code("state"),
        _number("action_research_study_id"),
        _number("action_research_referral_id", empty=True),
        _number("young_person_id"),
        _number("enrolment_id"),
        _number("number"),
        _day("joined_on", empty=False),
        _code("place_group", empty=True),
        _day("given_on"),
        _text("out_of_order_because", 500),
        _day("left_on"),
        *_of(PLACE, "young_person_id", "action_research_study_id", "action_research_referral_id", "enrolment_id"),
        _parent(PLACE),
        _alike(PLACE, "authority_id", "action_research_study_id", "number"),
        _alike(PLACE, "authority_id", "action_research_study_id", "young_person_id"),
        _known(PLACE, "place_group", ("mentored", "waiting"), empty=True),
    )
    _indexed(PARTNER)
    _indexed(REFERRAL, "action_research_study_id", "action_research_partner_id", "login", "young_person_id")
    _indexed(PLACE, "action_research_study_id", "action_research_referral_id", "young_person_id", "enrolment_id")


def _releases() -> None:
    op.create_table(
        RELEASE,
        *_kept(),
        _code("state"),
        _number("action_research_study_id"),
        _number("action_research_protocol_id"),
        _number("number"),
        _day("made_on", empty=False),
        _text("made_by", 120),
        _number("people"),
        _json("coarseness"),
        _number("smallest"),
        _json("summary"),
        _text("content_hash", 64),
        _day("given_on"),
        _text("given_to", 120),
        _text("theme_by", 120),
        *_long("theme_why"),
        _json("to_delete"),
        *_of(RELEASE, "action_research_study_id", "action_research_protocol_id"),
        _parent(RELEASE),
        _alike(RELEASE, "authority_id", "action_research_study_id", "number"),
    )
    op.create_table(
        FILE,
        *_kept(),
        _number("action_research_release_id"),
        _text("name", 80),
        *_long("content"),
        _text("sha256", 64),
        *_of(FILE, "action_research_release_id"),
        _alike(FILE, "authority_id", "action_research_release_id", "name"),
    )
    op.create_table(
        KEY,
        *_kept(),
        _number("action_research_release_id"),
        _text("secret", 64),
        _json("people"),
        *_of(KEY, "action_research_release_id"),
        _alike(KEY, "authority_id", "action_research_release_id"),
    )
    _indexed(RELEASE, "action_research_study_id")
    _indexed(FILE, "action_research_release_id")
    _indexed(KEY, "action_research_release_id")


def downgrade() -> None:
    """Take them away again."""
    for table in (KEY, FILE, RELEASE, PLACE, REFERRAL, PARTNER, ANALYSIS, PROTOCOL, STUDY):
        op.drop_table(table)
