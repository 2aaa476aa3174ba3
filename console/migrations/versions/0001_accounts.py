"""The framework's tables for accounts and permissions, and the console's sessions, failed tries and keepsakes."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.records import Instant

revision = "console_0001"
down_revision = None
branch_labels = None
depends_on = None


def _key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _name(length: int, name: str = "name", **more: bool) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=more.get("nullable", False))


def _instant(name: str) -> sa.Column[object]:
    return sa.Column(name, Instant(), nullable=False)


def _pair(table: str, one: str, other: str, targets: tuple[str, str], indexes: tuple[str, ...] = ()) -> None:
    op.create_table(
        table,
        _key(),
        sa.Column(one, sa.Integer(), sa.ForeignKey(f"{targets[0]}.id", ondelete="CASCADE")),
        sa.Column(other, sa.Integer(), sa.ForeignKey(f"{targets[1]}.id", ondelete="CASCADE")),
        sa.UniqueConstraint(one, other),
    )
    for index, column in zip(indexes, (one, other), strict=False):
        op.create_index(index, table, [column])


def upgrade() -> None:
    """Make the tables."""
    op.create_table("ab_permission", _key(), _name(100), sa.UniqueConstraint("name"))
    op.create_table("ab_view_menu", _key(), _name(250), sa.UniqueConstraint("name"))
    op.create_table("ab_role", _key(), _name(64), sa.UniqueConstraint("name"))
    op.create_table(
        "ab_group",
        _key(),
        _name(100),
        _name(150, "label", nullable=True),
        _name(512, "description", nullable=True),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "ab_register_user",
        _key(),
        _name(64, "first_name"),
        _name(64, "last_name"),
        _name(128, "username"),
        _name(256, "password", nullable=True),
        _name(320, "email"),
        sa.Column("registration_date", sa.DateTime()),
        _name(256, "registration_hash", nullable=True),
        sa.UniqueConstraint("username"),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "ab_user",
        _key(),
        _name(64, "first_name"),
        _name(64, "last_name"),
        _name(128, "username"),
        _name(256, "password", nullable=True),
        sa.Column("active", sa.Boolean()),
        _name(320, "email"),
        sa.Column("last_login", sa.DateTime()),
        sa.Column("login_count", sa.Integer()),
        sa.Column("fail_login_count", sa.Integer()),
        sa.Column("created_on", sa.DateTime()),
        sa.Column("changed_on", sa.DateTime()),
        sa.Column("created_by_fk", sa.Integer(), sa.ForeignKey("ab_user.id")),
        sa.Column("changed_by_fk", sa.Integer(), sa.ForeignKey("ab_user.id")),
        sa.UniqueConstraint("username"),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "ab_permission_view",
        _key(),
        sa.Column("permission_id", sa.Integer(), sa.ForeignKey("ab_permission.id"), nullable=False),
        sa.Column("view_menu_id", sa.Integer(), sa.ForeignKey("ab_view_menu.id"), nullable=False),
        sa.UniqueConstraint("permission_id", "view_menu_id"),
    )
    op.create_index("idx_permission_id", "ab_permission_view", ["permission_id"])
    op.create_index("idx_view_menu_id", "ab_permission_view", ["view_menu_id"])
    _pair(
        "ab_permission_view_role",
        "permission_view_id",
        "role_id",
        ("ab_permission_view", "ab_role"),
        ("idx_permission_view_id", "idx_role_id"),
    )
    _pair("ab_user_role", "user_id", "role_id", ("ab_user", "ab_role"))
    _pair("ab_user_group", "user_id", "group_id", ("ab_user", "ab_group"), ("idx_user_id", "idx_user_group_id"))
    _pair("ab_group_role", "group_id", "role_id", ("ab_group", "ab_role"), ("idx_group_id", "idx_group_role_id"))
    op.create_table(
        "ab_api_key",
        _key(),
        _name(36, "uuid"),
        _name(256),
        _name(256, "key_hash"),
        _name(256, "lookup_hash", nullable=True),
        _name(16, "key_prefix"),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False),
        sa.Column("scopes", sa.Text()),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_on", sa.DateTime()),
        sa.Column("expires_on", sa.DateTime()),
        sa.Column("revoked_on", sa.DateTime()),
        sa.Column("last_used_on", sa.DateTime()),
        sa.UniqueConstraint("uuid"),
        sa.UniqueConstraint("lookup_hash"),
    )
    op.create_index("idx_api_key_prefix", "ab_api_key", ["key_prefix"])
    op.create_index("idx_api_key_user_id", "ab_api_key", ["user_id"])
    op.create_index("idx_api_key_lookup_hash", "ab_api_key", ["lookup_hash"], unique=True)

    op.create_table(
        "console_session",
        _key(),
        _name(64, "token_hash"),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        _instant("created_at"),
        _instant("seen_at"),
        _instant("expires_at"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_console_session_account", "console_session", ["account_id"])
    op.create_index("ix_console_session_expires", "console_session", ["expires_at"])
    op.create_table(
        "console_sign_in_try",
        sa.Column("key_hash", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        _instant("wait_until"),
        _instant("last_at"),
    )
    op.create_index("ix_console_sign_in_try_last", "console_sign_in_try", ["last_at"])
    op.create_table(
        "console_keepsake",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Drop the tables, those that point at others first."""
    for table in (
        "console_keepsake",
        "console_sign_in_try",
        "console_session",
        "ab_api_key",
        "ab_group_role",
        "ab_user_group",
        "ab_user_role",
        "ab_permission_view_role",
        "ab_permission_view",
        "ab_user",
        "ab_register_user",
        "ab_group",
        "ab_role",
        "ab_view_menu",
        "ab_permission",
    ):
        op.drop_table(table)
