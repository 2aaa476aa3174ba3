"""The console's own tables, in one metadata with the framework's ``ab_*`` tables: who is signed in, and failed tries.

They are plain tables, not records: they hold nothing about a young person, and are read before anybody is known.
"""

from __future__ import annotations

from flask_appbuilder import Model
from flask_appbuilder.security.sqla import models as framework_models
from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from cmcore.base.records import Instant

#: What the console line of migrations owns: the framework's tables and ours.
metadata = Model.metadata

account = framework_models.User.__table__

#: One row for each browser that is signed in. The cookie holds the token; only its SHA-256 is kept here.
session = Table(
    "console_session",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("account_id", Integer, ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False),
    Column("kept", Text, nullable=False, default="{}"),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Index("ix_console_session_account", "account_id"),
    Index("ix_console_session_expires", "expires_at"),
)

#: What somebody had typed when their sign-in ended: the last form of an account, until it opens again or a day is over.
typed = Table(
    "console_typed",
    metadata,
    Column("account_id", Integer, ForeignKey("ab_user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("path", String(500), nullable=False),
    Column("fields", Text, nullable=False),
    Column("kept_at", Instant, nullable=False),
)

#: Accounts whose password somebody else set: it is changed before anything else is done.
first_password = Table(
    "console_first_password",
    metadata,
    Column("account_id", Integer, ForeignKey("ab_user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("set_at", Instant, nullable=False),
)

#: One-time codes with which somebody chooses a password of their own. Only the SHA-256 is kept, until it is used.
first_code = Table(
    "console_first_code",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", Integer, ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False),
    Column("authority_id", Integer, nullable=False),
    #: Nothing once it was used, or another one was given.
    Column("code_hash", String(64), unique=True),
    #: Whether the account was opened with it, rather than given back to who could not sign in.
    Column("opening", Boolean, nullable=False),
    Column("made_by", String(120), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Index("ix_console_first_code_account", "account_id"),
    Index("ix_console_first_code_made", "authority_id", "made_at"),
)

#: Failed tries to sign in, by a keyed hash of what is counted (an account at an address, an account, an address).
sign_in_try = Table(
    "console_sign_in_try",
    metadata,
    Column("key_hash", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("wait_until", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    Index("ix_console_sign_in_try_last", "last_at"),
)

#: What the console keeps for itself: the secret it signs with, made once, shared by every worker.
keepsake = Table(
    "console_keepsake",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

#: Files that were given and wait to be confirmed. The address holds a token; only its SHA-256 is kept here.
upload = Table(
    "console_upload",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("account_id", Integer, ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False),
    Column("authority_id", Integer, nullable=False),
    Column("importer", String(40), nullable=False),
    #: What was told beside the files, as JSON.
    Column("told", Text, nullable=False),
    #: The files' names and sizes, as JSON, in the order of their bytes in ``content``.
    Column("names", Text, nullable=False),
    #: The files' bytes one after another, packed.
    Column("content", LargeBinary, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Index("ix_console_upload_account", "account_id"),
    Index("ix_console_upload_expires", "expires_at"),
)
