"""The roles as data: whom each may see, and which acts each may do."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from cmcore.base.brought import brought
from cmcore.plugins.declared import Acts


@dataclass(frozen=True)
class Role:
    """A role: its words, how far it reaches per kind of record, and the acts it includes.

    ``reach`` maps a kind of record ("commission") or what it is about ("child", "school", "mentor", "authority",
    "account") to "authority" (all of the authority's), a narrower reach that is declared elsewhere ("commissioned",
    "own pupils", "own setting"), or "none". What is not named is "none". ``may`` holds patterns such as "referral.*".
    """

    key: str
    label: str
    description: str
    reach: Mapping[str, str]
    may: tuple[str, ...]

    def reaches(self, kind: str, about: str) -> str:
        """How far the role reaches for a kind of record; the kind wins over what it is about."""
        return self.reach.get(kind) or self.reach.get(about) or "none"

    def allows(self, act: str) -> bool:
        """Whether the role includes an act such as "referral.accept"."""
        return _allows(self.may, act)


@lru_cache(maxsize=4096)
def _allows(patterns: tuple[str, ...], act: str) -> bool:
    return any(fnmatchcase(act, pattern) for pattern in patterns)


def roles() -> Mapping[str, Role]:
    """Every role by its key, as ``roles.toml`` declares them, with the acts on plugins' own records."""
    acts = brought("acts")
    held, known = _at_hand[-1]
    # The same object most times: to compare what plugins bring, each of them by each, takes longer than what follows.
    if held is not acts:
        known = _with(acts)
        _at_hand[-1] = (acts, known)
    return known


@lru_cache(maxsize=8)
def _with(acts: tuple[Acts, ...]) -> Mapping[str, Role]:
    known = dict(_shipped())
    for each in acts:
        if each.role in known:
            role = known[each.role]
            reach = MappingProxyType({**role.reach, **dict(each.reach)}) if each.reach else role.reach
            known[each.role] = replace(role, may=(*role.may, *each.may), reach=reach)
    return MappingProxyType(known)


#: What plugins brought when the roles were last asked for, and the roles with it: one tuple, replaced as a whole.
_at_hand: list[tuple[object, Mapping[str, Role]]] = [(None, {})]


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Role]:
    told = tomllib.loads(files("cmcore.safekeeping").joinpath("roles.toml").read_text("utf-8"))
    return MappingProxyType(
        {
            key: Role(
                key,
                entry["label"],
                entry["description"],
                MappingProxyType(entry.get("reach", {})),
                tuple(entry.get("may", ())),
            )
            for key, entry in told.items()
        }
    )
