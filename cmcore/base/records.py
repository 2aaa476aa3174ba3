"""The ground every record stands on: naming, keys, versions, instants in UTC, and whose record it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from cmcore.base.words import Choice

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An instant, kept in UTC and given back aware on both databases; an instant without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant to UTC; SQLite keeps no zone, so it is dropped there after turning."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs its zone.")
        turned = value.astimezone(UTC)
        return turned.replace(tzinfo=None) if dialect.name == "sqlite" else turned

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant back aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Record(DeclarativeBase):
    """The base of every record.

    A record class says, beside its columns: ``about`` (whose data it is: "child", "school", "mentor", "authority",
    "account", "system"), which decides who may reach it, and ``retention`` (which rule of keeping holds).
    """

    metadata = MetaData(naming_convention=NAMING)

    about: ClassVar[str] = "authority"
    retention: ClassVar[str] = ""
    #: Whether its steps are kept from those who reach the young person but not the whole authority.
    narrow: ClassVar[bool] = False
    #: Whether its changes are written to the audit; not where they are signs of life every few seconds.
    audited: ClassVar[bool] = True
    #: Whether forms, and the files in them, may be filled in about one of it.
    beside: ClassVar[bool] = True
    #: What people call one and many of it.
    words: ClassVar[tuple[str, str]] = ("record", "records")

    @classmethod
    def kind(cls) -> str:
        """The short name used in permissions and in the audit: the table's without its owner's prefix."""
        return str(cls.__tablename__).partition("_")[2]


class Kept:
    """A record with an integer key, a version that an edit must match, and when it was made and changed."""

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1)
    created_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    changed_at: Mapped[datetime] = mapped_column(Instant, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let the database's own row count tell a lost race from a kept change."""
        return {"version_id_col": cls.version}


class OfAuthority:
    """A record that belongs to exactly one authority."""

    @declared_attr
    def authority_id(cls) -> Mapped[int]:
        """The authority whose record it is."""
        return mapped_column(ForeignKey("cm_authority.id"), nullable=False, index=True)


class OfYoungPerson(OfAuthority):
    """A record about one young person of an authority; who may see the young person may see it."""

    about: ClassVar[str] = "child"
    retention: ClassVar[str] = "child"

    @declared_attr
    def young_person_id(cls) -> Mapped[int]:
        """The young person it is about."""
        return mapped_column(Integer, nullable=False, index=True)


class OfSetting(OfAuthority):
    """A record about one school or setting of an authority; the setting's own staff may see it, as their role says.

    ``of_settings`` names the columns that hold a setting whose staff reach it. A class method ``shown_to_settings``
    gives the condition of the rows that the staff of every setting of the authority may see.
    """

    about: ClassVar[str] = "school"
    of_settings: ClassVar[tuple[str, ...]] = ("setting_id",)

    @declared_attr
    def setting_id(cls) -> Mapped[int]:
        """The setting it is about."""
        return mapped_column(ForeignKey("cm_setting.id"), nullable=False, index=True)


def authority_of(record: Record) -> int | None:
    """The key of the authority whose record it is, an authority being its own; nothing for what is everybody's."""
    key: int | None = getattr(record, "id" if record.kind() == "authority" else "authority_id", None)
    return key


def young_person_of(record: Record) -> int | None:
    """The key of the young person a record is about, or is; nothing for what is about none."""
    key: int | None = getattr(record, "id" if record.kind() == "young_person" else "young_person_id", None)
    return key


def parent(*_: object) -> UniqueConstraint:
    """What a table needs so that others can point at it within one authority."""
    return UniqueConstraint("authority_id", "id")


def within(table: str, column: str) -> ForeignKeyConstraint:
    """A foreign key that cannot leave the authority: the database itself refuses a row of another one."""
    return ForeignKeyConstraint(["authority_id", column], [f"{table}.authority_id", f"{table}.id"])


def of_young_person() -> ForeignKeyConstraint:
    """The foreign key of a record about a young person."""
    return within("cm_young_person", "young_person_id")


def one_of(column: str, choices: type[Choice], *, empty: bool = False) -> CheckConstraint:
    """A check that a column holds one of the codes of a choice, on both databases."""
    codes = ", ".join(f"'{member.value}'" for member in choices)
    return CheckConstraint(
        f"{column} IN ({codes})" + (f" OR {column} IS NULL" if empty else ""), name=f"{column}_known"
    )


def code(length: int = 40) -> String:
    """The type of a column that keeps a code."""
    return String(length)


def sensitive() -> dict[str, bool]:
    """Column information that says: mask it in the audit, leave it out of default exports."""
    return {"sensitive": True}
