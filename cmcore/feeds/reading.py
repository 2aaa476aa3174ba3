"""A feed as it is read: what is before somebody, through the one gate of every way out (R-MSG-1), as a calendar."""

from __future__ import annotations

from hashlib import sha256

from cmcore.base.periods import Period
from cmcore.exchange.calendar import Entry, calendar_file
from cmcore.feeds.actions import written_down
from cmcore.feeds.entries import CalendarEntry, as_let_out, entries_within_reach
from cmcore.feeds.queries import AHEAD, BACK, Ahead, before_them
from cmcore.feeds.records import CalendarFeed
from cmcore.messages.gate import Gate
from cmcore.messages.queries import gate_of_sentences, whole_gate
from cmcore.safekeeping.work import Work


def read_feed(work: Work, feed_id: int, address: str) -> bytes:
    """The calendar of whoever the work is for; ``address`` is where the console is reached.

    Refuses everything rather than let out one entry that holds more than initials, references and fixed words.
    """
    feed = work.get(CalendarFeed, feed_id)
    gate, found = gate_of_sentences(work), before_them(work)
    entries = [_entry(gate, feed, each, address) for each in found]
    period = Period(work.today - BACK, work.today + AHEAD)
    offered = entries_within_reach(work, period)
    if offered:
        # Their words are somebody's own: they pass a gate that knows every name.
        knowing = whole_gate(work)
        entries += [_offered(knowing, feed, each, address) for each in offered]
    written_down(work, feed, len(entries))
    return calendar_file(entries, work.clock.now())


def _entry(gate: Gate, feed: CalendarFeed, ahead: Ahead, address: str) -> Entry:
    title, lines = gate.let_out(ahead.message)
    where = lines[0] if lines else ""
    return Entry(_key(feed, ahead.key), ahead.starts, ahead.ends, title, where, ahead.message.link.under(address))


def _offered(gate: Gate, feed: CalendarFeed, entry: CalendarEntry, address: str) -> Entry:
    title, where, path = as_let_out(gate, entry)
    key = _key(feed, f"offered:{entry.key}")
    return Entry(key, entry.starts_at, entry.ends_at, title, where, address.rstrip("/") + path)


def _key(feed: CalendarFeed, what: str) -> str:
    """The same for one feed each time, and nothing that can be looked up by whoever has two feeds."""
    return sha256(f"{feed.token_hash}:{what}".encode()).hexdigest()[:32]
