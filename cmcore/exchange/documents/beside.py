"""Which questions may stand beside each other on paper: those that need little room to be answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from cmcore.exchange.documents.blocks import Data

#: What a page is wide between its margins, and what a question needs beside its space, in millimetres.
_PAGE, _AROUND = 170.0, 14.0

T = TypeVar("T")


def width_of(question: Data) -> float | None:
    """How wide a question is, in millimetres, that may stand beside another; nothing for one that needs the page."""
    space = question["space"]
    if space["as"] == "digits":
        width = sum(6.2 * one["count"] + 3 for one in space["groups"])
    elif space["as"] == "number":
        width = space["width"] + 2.0 * len(space["after"]) + 4
    elif space["as"] == "ticks" and space["inline"] and len(space["options"]) == 2:
        width = sum(2.0 * len(one["label"]) + 14 for one in space["options"])
    else:
        return None
    if question["condition"] or len(question["hint"]) > 48 or len(question["label"]) > 44:
        return None
    marks = 14 * bool(question.get("optional")) + 18 * bool(question.get("sensitive"))
    return float(max(width, 2.0 * len(question["label"]) + marks) + _AROUND)


def side_by_side(items: Sequence[T], width: Callable[[T], float | None]) -> Iterator[list[T]]:
    """The items in their order, up to three beside each other where their widths leave room."""
    group: list[T] = []
    used = 0.0
    for one in items:
        needed = width(one)
        if group and (needed is None or used + needed > _PAGE or len(group) == 3):
            yield group
            group, used = [], 0.0
        if needed is None:
            yield [one]
        else:
            group.append(one)
            used += needed
    if group:
        yield group
