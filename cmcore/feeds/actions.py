"""What people do with their calendar feed: make one, and take it back; its address is told once and never kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import select

from cmcore.feeds.records import CalendarFeed
from cmcore.safekeeping.work import Work, action

#: A calendar asks every few minutes; its reading is written down once in so long.
WRITTEN_DOWN_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class NewFeed:
    """A feed that was just made, with the token its address ends with: the only time anybody sees it."""

    feed: CalendarFeed
    token: str = field(repr=False)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


@action("calendar_feed.add")
def make_feed(work: Work) -> NewFeed:
    """Make a calendar feed for whoever acts. An earlier one of theirs ends, so that each person has one address."""
    for old in live_feeds(work):
        work.change(old, revoked_at=work.clock.now())
    token = secrets.token_urlsafe(32)
    made = work.add(CalendarFeed(login=work.actor.login, token_hash=hash_of(token), made_on=work.today))
    return NewFeed(made, token)


@action("calendar_feed.remove")
def revoke_feed(work: Work, feed: CalendarFeed) -> CalendarFeed:
    """Take a feed back: from now on its address leads nowhere."""
    if feed.revoked_at is None:
        work.change(feed, revoked_at=work.clock.now())
    return feed


def live_feeds(work: Work) -> list[CalendarFeed]:
    """The feeds of whoever acts that were not taken back, the newest first."""
    asked = select(CalendarFeed).where(CalendarFeed.revoked_at.is_(None)).order_by(CalendarFeed.id.desc())
    return list(work.db.scalars(asked))


def written_down(work: Work, feed: CalendarFeed, many: int) -> None:
    """Write down that a feed was read, by whom and how much stood in it; once an hour, however often it is asked."""
    now = work.clock.now()
    if feed.read_at is not None and now - feed.read_at < WRITTEN_DOWN_EVERY:
        return
    work.opened(feed, f"by a calendar; {many} entries")
    feed.read_at = now
