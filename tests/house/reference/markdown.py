"""Puts what the software declares into Markdown: pages, tables, words that must not be read as marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from inspect import cleandoc

from tests.house import walls


def page(title: str, source: str, *parts: str) -> str:
    """A page: its name, where it is written from, and its parts with an empty line between."""
    written = f"*Written by `make reference` from {source}. Change it there, not here.*"
    return "\n\n".join([f"# {title}", written, *(part.strip("\n") for part in parts if part)]) + "\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a cell may hold Markdown of one line."""
    lines = [_row(headings), _row("---" for _ in headings)]
    return "\n".join([*lines, *(_row(row) for row in rows)])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def link(path: str, words: str = "") -> str:
    """A link from a reference page to a file of the repository."""
    return f"[{words or path}](../../{path})"


def plain(text: str) -> str:
    """Text in which nothing is taken for a mark, or for a link."""
    return text.replace("<", "&lt;").replace("[", "\\[").replace("*", "\\*")


def sentence(thing: object) -> str:
    """The first paragraph of what a thing says about itself, as Markdown."""
    said = cleandoc(thing.__doc__ or "").split("\n\n")[0]
    return plain(" ".join(said.split())).replace("``", "`").replace(":func:", "").replace(":class:", "")


@lru_cache(maxsize=1)
def _stages() -> tuple[str, ...]:
    layers = next(wall for wall in walls.house_contracts() if wall["id"] == "journey")["layers"]
    return tuple(layer.strip("()") for layer in reversed(layers))


def by_stage(module: str) -> tuple[int, str]:
    """Where a module of the core stands in the journey, for sorting: what comes first is imported by what follows."""
    stage = module.split(".")[1]
    stages = _stages()
    machinery = stages.index("virtual_schools")
    place = stages.index(stage)
    return (place if place >= machinery else place + len(stages), module)
