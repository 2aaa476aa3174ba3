"""The glossary: the words of the sector, what each means in plain English, and those that plugins bring."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from cmcore.plugins.register import Register, register


@dataclass(frozen=True)
class GlossaryTerm:
    """A word, what it means in a sentence or two that a child of eleven can read, and what else it is called.

    ``key`` is how pages point to it; a plugin's begins with the plugin's own name.
    """

    key: str
    word: str
    meaning: str
    also: tuple[str, ...] = ()

    @property
    def initial(self) -> str:
        """The letter it stands under."""
        return self.word[:1].upper()


def glossary() -> Mapping[str, GlossaryTerm]:
    """Every term by its key, in the order of the alphabet: the core's own and those of the plugins in use."""
    known = register()
    return _gathered(known, len(known.plugins))


@lru_cache(maxsize=2)
def _gathered(known: Register, plugins: int) -> Mapping[str, GlossaryTerm]:
    brought = (one for _, one in known.by_plugin("cm_glossary"))
    return {one.key: one for one in sorted((*own_terms(), *brought), key=lambda one: one.word.lower())}


@lru_cache(maxsize=1)
def own_terms() -> tuple[GlossaryTerm, ...]:
    """The core's own terms, as its file says them."""
    return _read(files("cmcore.base").joinpath("glossary.toml").read_text(encoding="utf-8"))


def terms_in(package: str, prefix: str = "") -> list[GlossaryTerm]:
    """The terms of a plugin, from the ``glossary.toml`` beside its ``__init__.py``; each key gets the prefix."""
    return list(_read(files(package).joinpath("glossary.toml").read_text(encoding="utf-8"), prefix))


def _read(text: str, prefix: str = "") -> tuple[GlossaryTerm, ...]:
    told = tomllib.loads(text)
    return tuple(
        GlossaryTerm(f"{prefix}{key}", one["word"], one["meaning"], tuple(one.get("also", ())))
        for key, one in told.items()
    )
