"""What a plugin brings to the console: pages, parts of pages, queues, charts. Plain values; the console draws them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cmcore.programmes.records import Programme
from cmcore.safekeeping.work import Work
from console.everywhere import Finder
from console.framework import Page
from console.listing import Queue


@dataclass(frozen=True)
class PluginPage:
    """A page class of the plugin's, the words of its line in the menu, and the group it stands in.

    Without words the page is there and has no line; without a category it stands among the plugin's own, in a group
    named after the plugin's title.
    """

    view: type[Page]
    words: str = ""
    category: str = ""


@dataclass(frozen=True)
class PanelBody:
    """What a panel shows: facts, or a table, or a sentence; and where to go from there.

    ``facts`` are pairs of label and value. ``columns`` are the headings of a table and ``rows`` its rows: an address
    (or nothing) and the cells; with ``numbers`` those that are numbers stand to the right. ``empty`` is said where
    there are neither. ``more`` are pairs of words and address. ``picture`` is drawn on the server as SVG, as Markup
    without inline styles: it stands above the table, which says the same to those who do not see it.
    """

    facts: Sequence[tuple[str, Any]] = ()
    columns: Sequence[str] = ()
    rows: Sequence[tuple[str, Sequence[Any]]] = ()
    words: str = ""
    empty: str = "Nothing yet."
    more: Sequence[tuple[str, str]] = ()
    numbers: bool = False
    picture: Any = ""


@dataclass(frozen=True)
class PartOfPage:
    """A part of a page made of parts (``cm/parts.html``): its place in the page, its heading, and what it shows."""

    id: str
    heading: str
    body: PanelBody
    title: str = ""


@dataclass(frozen=True)
class Panel:
    """A part of the page of a kind of record ("young_person", "mentor", "setting", "enrolment", …).

    ``show`` is given the work of whoever reads and the record, and returns what the panel shows, or nothing where it
    has nothing to say. ``act`` is the act a reader's role must include, such as "wrenshire_visit.see".
    """

    on: str
    heading: str
    show: Callable[[Work, Any], PanelBody | None]
    act: str = ""


@dataclass(frozen=True)
class PluginQueue:
    """Work that waits: rows of the list of a kind of record, as :class:`console.api.Queue` says which and when."""

    of: str
    queue: Queue


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: its label, how much, and how much is said beside it."""

    label: str
    value: float
    said: str = ""


@dataclass(frozen=True)
class ChartBody:
    """What a chart shows: bars from nought to the longest, drawn by the console, and a sentence that says the same."""

    bars: Sequence[Bar] = ()
    words: str = ""
    empty: str = "There is nothing to draw yet."


@dataclass(frozen=True)
class Chart:
    """A picture on the evidence page. ``draw`` is given the work of whoever reads and the programme."""

    heading: str
    draw: Callable[[Work, Programme], ChartBody | None]
    act: str = "evidence.see"


@dataclass(frozen=True)
class Shown:
    """What one plugin shows, gathered when the console starts."""

    name: str
    title: str
    pages: tuple[PluginPage, ...] = ()
    panels: tuple[Panel, ...] = ()
    queues: tuple[PluginQueue, ...] = ()
    charts: tuple[Chart, ...] = ()
    finders: tuple[Finder, ...] = ()
    #: The endpoints of its pages, to know whose a request is.
    endpoints: frozenset[str] = field(default=frozenset())
