"""One's own calendar feed: made and taken back here, read by a calendar under an address that names nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import Response, abort, flash, redirect, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.clock import short_day
from cmcore.base.findings import Refused
from cmcore.base.periods import Period
from cmcore.feeds.actions import live_feeds, make_feed, revoke_feed
from cmcore.feeds.entries import CalendarEntry, entries_within_reach
from cmcore.feeds.queries import AHEAD, whose
from cmcore.feeds.reading import read_feed
from cmcore.safekeeping.work import Conflict, Work
from console import accounts, desk
from console.framework import Page
from console.printing import download
from console.security import needs
from console.shown import when

_TYPE = "text/calendar; charset=utf-8"
#: A token is 43 letters long; what is longer is none.
_LONGEST = 64
#: So often an address may ask for a feed there is not, and a calendar for one there is, before it has to wait.
_UNKNOWN, _KNOWN = 20, 30
#: So many entries stand on the page; the feed holds them all.
_SHOWN = 30


class Calendar(Page):
    """The address for one's own calendar, and what stands in it."""

    route_base = "/calendar"
    about = "An address your own calendar can read: initials, references, days and kinds of place, never a name."

    @expose("/")
    @needs("calendar_feed.see")
    def index(self) -> str:
        """Whether there is a feed, when it was last read, and how to make one or take it back."""
        return self._page(desk.work())

    @expose("/make", methods=("POST",))
    @needs("calendar_feed.add")
    def make(self) -> Any:
        """Make a feed, and show its address this once."""
        work = desk.work()
        made = make_feed(work)
        work.commit()
        address = url_for("Calendar.feed", token=made.token, _external=True)
        return self._page(work, address)

    @expose("/revoke", methods=("POST",))
    @needs("calendar_feed.remove")
    def revoke(self) -> Any:
        """Take the feed back."""
        work = desk.work()
        for feed in live_feeds(work):
            revoke_feed(work, feed)
        work.commit()
        flash("Taken back. The address leads nowhere now.")
        return redirect(url_for("Calendar.index"), 303)

    @expose("/feed/<token>.ics")
    def feed(self, token: str) -> Response:
        """The calendar of whoever the token was made for. Unknown, taken back, or no account: not found."""
        shared = desk.premises()
        found = whose(shared.engine, token) if len(token) <= _LONGEST else None
        today, now = shared.clock.today(), shared.clock.now()
        counted = ("calendar", str(found[0])) if found else ("no calendar", request.remote_addr or "")
        wait = shared.throttle.turn(counted, now, free=_KNOWN if found else _UNKNOWN, forgotten=timedelta(minutes=10))
        if wait is not None:
            later = max(1, round((wait - now).total_seconds()))
            return Response("", 429, headers={"Retry-After": str(later)})
        who = accounts.account_of(shared.engine, found[1], today) if found else None
        if found is None or who is None or not who.grants:
            abort(404)
        work = Work(shared.engine, who.actor(), who.scope(today), clock=shared.clock, overrides=shared.overrides)
        try:
            made = read_feed(work, found[0], request.url_root)
            work.commit()
        except Conflict:
            # Two calendars at once: the other one has written its reading down.
            work.undo()
            made = read_feed(work, found[0], request.url_root)
            work.undo()
        except Refused as refused:
            work.undo()
            structlog.get_logger("console").error("calendar kept back", rule=refused.findings[0].rule)
            abort(404)
        finally:
            work.close()
        return download(made, _TYPE, "calendar.ics")

    def _page(self, work: Work, address: str = "") -> str:
        live = live_feeds(work)
        feed = live[0] if live else None
        return self.show_page(
            "cm/calendar.html",
            title="Calendar",
            crumbs=(("My account", url_for("MyAccount.index")), ("Calendar", "")),
            feed=feed,
            made=short_day(feed.made_on) if feed else "",
            read=when(feed.read_at) if feed and feed.read_at else "",
            address=address,
            entries=[_shown(one) for one in _ahead(work)],
        )


def _ahead(work: Work) -> list[CalendarEntry]:
    """What plugins put into the days that come, the next first."""
    return entries_within_reach(work, Period(work.today, work.today + AHEAD))[:_SHOWN]


def _shown(entry: CalendarEntry) -> tuple[str, str, str]:
    """An entry as a line: where it leads, its title, and when, where and whence."""
    at = when(entry.starts_at) if isinstance(entry.starts_at, datetime) else short_day(entry.starts_at)
    return entry.path, entry.title, " · ".join(part for part in (at, entry.place, entry.source) if part)
