"""Events, who was invited, booked and came, and what they wish for."""

import sqlalchemy as sa
from alembic import op

from cmcore.api import keep_to_authority

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

EVENT, BOOKING, WISH = "cmp_staffordshire_event", "cmp_staffordshire_booking", "cmp_staffordshire_wish"
ART_FORMS = ("art", "music", "dance", "theatre", "film", "writing", "heritage", "circus", "mixed")
TRANSPORT = ("none", "paid", "taxi", "minibus", "online")
STANDING = ("invited", "waiting", "booked", "declined", "cancelled")
IN_THE_WAY = ("transport", "cost", "confidence", "distance", "other")


def _kept() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _known(table: str, column: str, codes: tuple[str, ...], more: str = "") -> sa.CheckConstraint:
    listed = ", ".join(f"'{each}'" for each in codes)
    return sa.CheckConstraint(f"{column} IN ({listed}){more}", name=op.f(f"ck_{table}_{column}_known"))


def _check(table: str, name: str, said: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(said, name=op.f(f"ck_{table}_{name}"))


def _text(name: str, length: int = 0) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length) if length else sa.Text(), nullable=False)


def _event() -> None:
    op.create_table(
        EVENT,
        *_kept(),
        sa.Column("state", sa.String(length=40), nullable=False),
        _text("title", 160),
        _text("description"),
        _text("art_form", 40),
        _text("provider", 160),
        _text("place", 160),
        _text("address", 300),
        _text("area", 80),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("youngest", sa.Integer(), nullable=False),
        sa.Column("oldest", sa.Integer(), nullable=False),
        _text("for_whom", 300),
        sa.Column("access", sa.JSON(), nullable=False),
        _text("transport", 40),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("cost_pence", sa.Integer(), nullable=True),
        _text("award", 80),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        *_of(EVENT),
        sa.UniqueConstraint("authority_id", "id", name=op.f(f"uq_{EVENT}_authority_id_id")),
        _known(EVENT, "art_form", ART_FORMS),
        _known(EVENT, "transport", TRANSPORT),
        _check(EVENT, "in_order", "starts_at < ends_at"),
        _check(EVENT, "ages_in_order", "youngest <= oldest"),
        _check(EVENT, "capacity_is_some", "capacity >= 1"),
        _check(EVENT, "taken_within_capacity", "taken >= 0 AND taken <= capacity"),
        _check(EVENT, "waiting_is_a_count", "waiting >= 0"),
    )
    op.create_index("ix_cmp_staffordshire_event_days", EVENT, ["authority_id", "starts_at", "state"])


def _booking() -> None:
    op.create_table(
        BOOKING,
        *_kept(),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("staffordshire_event_id", sa.Integer(), nullable=False),
        _text("standing", 40),
        sa.Column("invited_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        _text("answered_by", 120),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wants_transport", sa.Boolean(), nullable=False),
        _text("needs", 500),
        sa.Column("in_the_way", sa.String(length=40), nullable=True),
        sa.Column("came", sa.Boolean(), nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True),
        _text("marked_by", 120),
        _text("words_said"),
        sa.Column("again", sa.Boolean(), nullable=True),
        *_of(BOOKING),
        _within(BOOKING, "young_person_id", "cm_young_person"),
        _within(BOOKING, "staffordshire_event_id", EVENT),
        sa.UniqueConstraint("authority_id", "id", name=op.f(f"uq_{BOOKING}_authority_id_id")),
        sa.UniqueConstraint(
            "authority_id",
            "staffordshire_event_id",
            "young_person_id",
            name=op.f(f"uq_{BOOKING}_authority_id_staffordshire_event_id_young_person_id"),
        ),
        _known(BOOKING, "standing", STANDING),
        _known(BOOKING, "in_the_way", IN_THE_WAY, " OR in_the_way IS NULL"),
        _check(BOOKING, "came_was_booked", "came IS NULL OR standing = 'booked'"),
        _check(BOOKING, "came_has_its_instant", "(came IS NULL) = (marked_at IS NULL)"),
        _check(BOOKING, "waiting_has_its_instant", "(standing = 'waiting') = (waiting_since IS NOT NULL)"),
    )
    op.create_index("ix_cmp_staffordshire_booking_standing", BOOKING, ["staffordshire_event_id", "standing", "came"])
    op.create_index("ix_cmp_staffordshire_booking_of_person", BOOKING, ["young_person_id", "came"])


def _wish() -> None:
    op.create_table(
        WISH,
        *_kept(),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        _text("wish"),
        sa.Column("art_form", sa.String(length=40), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=False),
        _text("written_by", 120),
        sa.Column("came_of_it_id", sa.Integer(), nullable=True),
        *_of(WISH),
        _within(WISH, "young_person_id", "cm_young_person"),
        _within(WISH, "came_of_it_id", EVENT),
        _known(WISH, "art_form", ART_FORMS, " OR art_form IS NULL"),
    )
    op.create_index("ix_cmp_staffordshire_wish_open", WISH, ["authority_id", "came_of_it_id"])
    op.create_index(f"ix_{WISH}_came_of_it_id", WISH, ["came_of_it_id"])


def upgrade() -> None:
    """Make the tables and guard them."""
    _event()
    _booking()
    _wish()
    for table in (EVENT, BOOKING, WISH):
        op.create_index(f"ix_{table}_authority_id", table, ["authority_id"])
        if table != EVENT:
            op.create_index(f"ix_{table}_young_person_id", table, ["young_person_id"])
        keep_to_authority(table)


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table(WISH)
    op.drop_table(BOOKING)
    op.drop_table(EVENT)
