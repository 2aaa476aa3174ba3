"""What plugins add to the console's own pages: panels, charts and queues, each left out of the page if it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter
from typing import Any, TypeVar

from flask import request

from cmcore.base.records import Record, authority_of
from cmcore.plugins import trace
from cmcore.plugins.calling import Failure
from cmcore.plugins.register import place_of
from cmcore.programmes.records import Programme
from cmcore.safekeeping.health import write_down
from cmcore.safekeeping.plugged import programme_of
from cmcore.safekeeping.work import Work
from console import desk
from console.brought import ChartBody, Shown
from console.everywhere import Group
from console.listing import Queue
from console.plugins import brought, where_on

T = TypeVar("T")

#: Seconds after which a part of a page counts as slow, and that is written to the plugin's health.
SLOW = 3.0


def _on(work: Work, record: Record) -> Iterator[Shown]:
    """What the plugins show that are on for a record's authority and programme."""
    authority_id = authority_of(record)
    if authority_id is None:
        reached = sorted(work.scope.authorities) if work.scope else []
    else:
        reached = [authority_id]
    programme = programme_of(record) if authority_id is not None else ""
    for shown in brought().shown.values():
        if any(work.plugin_is_on(shown.name, each, programme) for each in reached):
            yield shown


def _made(
    work: Work, shown: Shown, hook: str, arguments: dict[str, Any], make: Callable[[], T]
) -> tuple[T | None, bool]:
    """What a plugin makes, and whether it failed. Whatever it put into the work is taken out again."""
    began = perf_counter()
    given: Any = None
    try:
        point = work.db.begin_nested()
        try:
            given = make()
        finally:
            point.rollback()
    except Exception as raised:  # noqa: BLE001  a page is made without the part that failed
        given = raised
        failed = Failure(shown.name, shown.title, hook, type(raised).__name__[:120], place_of(raised)[:200])
        work.plugin_failed(failed)
        return None, True
    finally:
        if trace.tracing():
            trace.call(shown.name, hook, arguments, began, given)
    if (took := perf_counter() - began) > SLOW:
        work.plugin_failed(Failure(shown.name, shown.title, hook, f"slow: {took:.0f} seconds", ""))
    return given, False


def page_broke(raised: BaseException) -> None:
    """Write a fault of a plugin's own page to the plugin's health, once the request's work was put away."""
    name = brought().owner_of.get(request.blueprint or "")
    if name is None or name not in brought().shown:
        return
    title = brought().shown[name].title
    failed = Failure(name, title, "console_pages", type(raised).__name__[:120], place_of(raised)[:200])
    write_down(desk.premises().engine, desk.premises().clock, [failed])


def panels_for(work: Work, record: Record) -> list[dict[str, Any]]:
    """The panels on a record's page, for whoever reads it."""
    found: list[dict[str, Any]] = []
    kind = record.kind()
    if kind not in brought().panels_on:
        return found
    for shown in _on(work, record):
        for panel in shown.panels:
            if panel.on != kind or (panel.act and not work.may(panel.act, authority_of(record))):
                continue
            body, failed = _made(work, shown, "console_panels", {"record": record}, partial(panel.show, work, record))
            if body is not None or failed:
                part = f"plugin-{shown.name}-{len(found) + 1}".replace("_", "-")
                found.append({"id": part, "heading": panel.heading, "title": shown.title, "body": body})
    return found


def charts_for(work: Work, programme: Programme) -> list[dict[str, Any]]:
    """The charts on the evidence page of a programme."""
    found: list[dict[str, Any]] = []
    if not any(shown.charts for shown in brought().shown.values()):
        return found
    for shown in _on(work, programme):
        for chart in shown.charts:
            if chart.act and not work.may(chart.act, programme.authority_id):
                continue
            body, _ = _made(
                work, shown, "console_charts", {"programme": programme}, partial(chart.draw, work, programme)
            )
            if body is None:
                continue
            found.append(
                {
                    "id": f"plugin-{shown.name}-chart-{len(found) + 1}".replace("_", "-"),
                    "heading": chart.heading,
                    "title": shown.title,
                    "body": body,
                    "bars": _bars(body),
                }
            )
    return found


def _bars(body: ChartBody) -> list[tuple[str, str, str]]:
    """The bars as (label, width in per cent of the longest, what is said beside it)."""
    longest = max((bar.value for bar in body.bars), default=0) or 1
    return [(one.label, f"{100 * max(one.value, 0) / longest:.1f}", one.said or f"{one.value:g}") for one in body.bars]


def found_by_plugins(work: Work, words: str, most: int, statements: int, *, figures: bool) -> list[Group]:
    """What the plugins that are on find for somebody's words, in so many statements at most."""
    found: list[Group] = []
    for shown in brought().shown.values():
        for finder in shown.finders if shown.finders and where_on(shown.name) else ():
            if (finder.act and not work.may(finder.act)) or (finder.with_figures and not figures):
                continue
            # What it does is taken back: that is a statement before it and one after.
            if statements < 3:
                return found
            statements -= 3
            hits, _ = _made(work, shown, "console_finders", {"words": "•"}, partial(finder.find, work, words, most + 1))
            if hits:
                found.append(Group(finder.heading, tuple(hits[:most]), more=len(hits) > most, title=shown.title))
    return found


def queues_of(kind: str) -> list[Queue]:
    """The queues that plugins which are on add to the list of a kind of record."""
    adding = [shown for shown in brought().shown.values() if shown.queues]
    return [one.queue for shown in adding if where_on(shown.name) for one in shown.queues if one.of == kind]
