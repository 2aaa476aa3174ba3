"""Who is asking: an actor, and the grants that say in which authority they hold which role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from cmcore.safekeeping.roles import Role, roles


@dataclass(frozen=True)
class Actor:
    """Who acts: the sign-in name (or "command", "job"), a name to show, and what kind of actor it is."""

    login: str
    name: str
    kind: str = "person"


@dataclass(frozen=True)
class Grant:
    """One role in one authority; a mentor's grant names the mentor, a setting's staff their setting."""

    authority_id: int
    role_key: str
    mentor_id: int | None = None
    setting_id: int | None = None
    #: Days a mentor still sees a young person after the commission's end (R-ACC-1), as the authority keeps the rule.
    after_end_days: int = 28

    @property
    def role(self) -> Role:
        """The role that is granted."""
        return roles()[self.role_key]


@dataclass(frozen=True)
class Scope:
    """All grants of whoever asks, on a day. Without grants nothing is within reach."""

    login: str
    grants: tuple[Grant, ...]
    today: date
    authorities: frozenset[int] = field(init=False, compare=False)
    #: The authorities' keys in rising order, with commas between: what PostgreSQL is told of them.
    named: str = field(init=False, compare=False, repr=False)
    #: Whether some grant reaches what a mentor reaches, and no more.
    of_a_mentor: bool = field(init=False, compare=False, repr=False)
    _hash: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Gather the authorities of the grants; what is asked again with each statement is worked out once."""
        object.__setattr__(self, "authorities", frozenset(grant.authority_id for grant in self.grants))
        object.__setattr__(self, "named", ",".join(str(int(each)) for each in sorted(self.authorities)))
        object.__setattr__(self, "of_a_mentor", any(grant.mentor_id is not None for grant in self.grants))
        object.__setattr__(self, "_hash", hash((self.login, self.grants, self.today)))

    def __hash__(self) -> int:
        """The same for scopes that are the same."""
        return self._hash

    def may(self, act: str, authority_id: int | None = None) -> bool:
        """Whether any grant (of that authority, where one is named) includes the act."""
        known = roles()
        return any(known[key].allows(act) for key in self._held.get(authority_id, ()))

    @cached_property
    def _held(self) -> dict[int | None, tuple[str, ...]]:
        """The roles held in each authority, and under None those held in any."""
        held: dict[int | None, dict[str, None]] = {None: {}}
        for grant in self.grants:
            for where in (None, grant.authority_id):
                held.setdefault(where, {})[grant.role_key] = None
        return {where: tuple(keys) for where, keys in held.items()}


def operator_scope(authority_ids: frozenset[int] | set[int], today: date) -> Scope:
    """The scope of a command or a job that works for these authorities."""
    return Scope("operator", tuple(Grant(each, "operator") for each in sorted(authority_ids)), today)
