"""The ten themes, read from themes.toml: what each is called, and the ages its transition is for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True)
class Theme:
    """One theme. ``transition`` says which change of place it is about: early_years, secondary or after_16."""

    key: str
    number: int
    label: str
    transition: str
    least_age: int
    most_age: int

    @property
    def risk(self) -> str:
        """What of its label says what a young person lives with: everything behind the colon."""
        return self.label.rpartition(": ")[2]


@lru_cache(maxsize=1)
def themes() -> Mapping[str, Theme]:
    """Every theme by its key, in the order of their numbers."""
    told = tomllib.loads(files("cmcore_action_research").joinpath("themes.toml").read_text("utf-8"))
    made = [Theme(key, **entry) for key, entry in told.items()]
    return MappingProxyType({one.key: one for one in sorted(made, key=lambda one: one.number)})


def say(key: str) -> str:
    """A theme with its number, as those read it who may; an unknown key as it is."""
    found = themes().get(key)
    return f"{found.number}. {found.label}" if found else key


#: Words that tell a theme wherever they stand. A title stands in lists, so it says none of them.
_TELLING = (
    "exclusion",
    "mental",
    "exploitation",
    "cse",
    "expectant",
    "pregnan",
    "mum",
    "substance",
    "drug",
    "alcohol",
    "gaming",
    "edge of care",
    "homeless",
    "crime",
    "offend",
)


def told_in(text: str, keys: Iterable[str] = ()) -> list[str]:
    """The words of a text that tell a theme, as they stand in it; ``keys`` of themes are looked for too."""
    beginnings = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in (*_TELLING, *keys))
    return re.findall(rf"(?i)\b(?:{beginnings})\w*", text)
