"""Searching everything that somebody may see: which lists are looked through, what plugins add, and what was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cmcore.safekeeping.work import Work
from console.framework import Line, console
from console.wanted import Wanted

#: So many of each kind are shown; and so many statements are spent, one for each list, three for a plugin's finder.
MOST_FOUND, MOST_LOOKED_THROUGH = 6, 17

_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")


@dataclass(frozen=True)
class Hit:
    """One thing that was found: its words, where its page is, and a line more about it."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Finder:
    """Something that is looked through when somebody searches everything, brought by a plugin.

    ``find`` is given the work of whoever searches, what was typed, and how many are shown at most; it gives
    :class:`Hit` values of rows within their reach, and costs one statement.
    ``act`` is the act a searcher's role must include. ``with_figures`` says that only references are looked through,
    which hold figures: words without any are not looked for.
    """

    heading: str
    find: Callable[[Work, str, int], Sequence[Hit]]
    act: str = ""
    with_figures: bool = False


@dataclass(frozen=True)
class Group:
    """What was found of one kind, and where all of it is listed."""

    heading: str
    hits: tuple[Hit, ...]
    more_url: str = ""
    #: Whether there are more than are shown.
    more: bool = False
    #: The plugin it comes from.
    title: str = ""


def search(work: Work, words: str) -> list[Group]:
    """What is found for words, kind by kind; nothing that whoever searches could not open a list of."""
    from console.plugin_parts import found_by_plugins

    found: list[Group] = []
    looked = 0
    figures = any(sign.isdigit() for sign in words)
    if figures:
        # As a page says it, "M.B. WR-0417": the reference is enough, and initials are no part of any column.
        words = " ".join(word for word in words.split() if not _INITIALS.fullmatch(word)) or words
    for view in _lists(figures=figures):
        if looked == MOST_LOOKED_THROUGH:
            break
        looked += 1
        if group := _of_list(work, view, words):
            found.append(group)
    found += found_by_plugins(work, words, MOST_FOUND, MOST_LOOKED_THROUGH - looked, figures=figures)
    pages = tuple(_pages(words))
    return [*found, *([Group("Pages of this console", pages)] if pages else [])]


def _lists(*, figures: bool) -> Iterator[Any]:
    """The lists that are looked through for whoever is signed in."""
    for view in console().baseviews:
        everywhere = getattr(view, "everywhere", ())
        if everywhere and view.may("list") and (figures or not view.only_references):
            yield view


def _of_list(work: Work, view: Any, words: str) -> Group | None:
    among = view.found_as(words)
    rows = view.everywhere_listing.anywhere(work, Wanted(search=words), MOST_FOUND + 1, among, view.narrowed_for(work))
    if not rows:
        return None
    address = view.addresses() if view.may("show") else lambda _: ""
    hits = tuple(Hit(view.found_title(one), address(one), view.found_detail(one)) for one in rows[:MOST_FOUND])
    return Group(view.list_title, hits, view.address(), more=len(rows) > MOST_FOUND)


def _pages(words: str) -> Iterator[Hit]:
    """The lines of the menu that hold every word, in what they are called or what they are for."""
    wanted = words.lower().split()
    for line in _lines(console().lines()):
        said = f"{line.label} {line.about}".lower()
        if all(word in said for word in wanted):
            yield Hit(line.label, line.url, line.about)


def _lines(lines: Iterator[Line] | Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        if line.inside:
            yield from _lines(line.inside)
        else:
            yield line
