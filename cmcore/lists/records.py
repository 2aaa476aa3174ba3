"""What is kept of a list: what its address asks for and which columns it shows; never words somebody searched for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ColumnElement, String, UniqueConstraint, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from cmcore.base.among import among
from cmcore.base.records import Kept, OfAuthority, Record, code, one_of
from cmcore.lists.words import ForWhom
from cmcore.safekeeping.access import reach
from cmcore.safekeeping.scope import Grant, Scope


class SavedList(Kept, OfAuthority, Record):
    """A list as somebody keeps it, for themselves, for a role or for everybody of the authority.

    One without a name is how a person looks at a list whenever nothing else is asked for: which columns it shows.
    """

    __tablename__ = "cm_saved_list"
    __table_args__ = (
        one_of("for_whom", ForWhom),
        CheckConstraint("(for_whom = 'role') = (role_key <> '')", name="role_named"),
        UniqueConstraint(
            "authority_id", "login", "list_key", "for_whom", "role_key", "name", name="uq_cm_saved_list_named_once"
        ),
    )
    about: ClassVar[str] = "account"
    retention: ClassVar[str] = "account"
    beside: ClassVar[bool] = False
    words: ClassVar[tuple[str, str]] = ("saved list", "saved lists")

    #: Which list: the name of its page.
    list_key: Mapped[str] = mapped_column(code(80), nullable=False)
    name: Mapped[str] = mapped_column(String(60), nullable=False, default="")
    login: Mapped[str] = mapped_column(String(120), nullable=False, index=True)
    for_whom: Mapped[str] = mapped_column(code(10), nullable=False, default=ForWhom.me.value)
    role_key: Mapped[str] = mapped_column(code(40), nullable=False, default="")
    #: What stands in the list's address, by key: {"state": ["submitted"], "sort": "-received_on", "cols": "ref state"}.
    asks: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)

    def __str__(self) -> str:
        """What it is called."""
        return f"list “{self.name}”" if self.name else "columns of a list"


@reach("shown lists")
def _shown(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """One's own lists, those kept for a role one holds in their authority, and those kept for everybody there."""
    held: dict[str, list[int]] = {}
    for grant in grants:
        held.setdefault(grant.role_key, []).append(grant.authority_id)
    here = among(record.authority_id, sorted({grant.authority_id for grant in grants}))
    for_roles = [
        and_(record.role_key == role, among(record.authority_id, sorted(set(authorities))))
        for role, authorities in sorted(held.items())
    ]
    return and_(here, or_(record.login == scope.login, record.for_whom == ForWhom.team.value, *for_roles))
