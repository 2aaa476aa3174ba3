"""What plugins put into people's calendars: entries in order, each within the reader's reach, and fit for a feed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time

from cmcore.base.clock import LONDON, local
from cmcore.base.findings import Refused
from cmcore.base.periods import Period
from cmcore.messages.gate import Gate
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority

_KIND = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
_PATH = re.compile(r"/[a-z][a-z0-9-]{0,59}/\d{1,10}", re.ASCII)
#: The most entries of all plugins together: a calendar is read whole.
MOST_OFFERED = 1_000
#: What a feed says of an entry whose own words may not leave.
_OTHER = "An event: sign in to read which"


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One thing in a calendar that a plugin's record says: what, when, where, and the page that shows it.

    ``kind`` and ``record_id`` say of which record and are what it is known by; ``source`` says in a few words where it
    comes from ("Events"). ``starts_at`` is an instant, or a day for something that takes the whole of it; ``ends_at``
    belongs to an instant. ``path`` is the page's address under the console's, a word and the record's key:
    ``"/wrenshire-visits/7"``. The title says no more of a person than everybody may read who reaches the record.
    Refuses with ``ValueError`` a kind, a path or an end of another shape.
    """

    kind: str
    record_id: int
    title: str
    starts_at: datetime | date
    ends_at: datetime | None = None
    place: str = ""
    source: str = ""
    path: str = ""

    def __post_init__(self) -> None:
        """Refuse what no page and no calendar could show."""
        if not _KIND.fullmatch(self.kind):
            raise ValueError(f"The kind of a calendar entry is letters and underscores, not {self.kind!r}.")
        if self.path and not _PATH.fullmatch(self.path):
            raise ValueError("The path of a calendar entry is a word and a number: /wrenshire-visits/7.")
        if self.ends_at is not None and (not isinstance(self.starts_at, datetime) or self.ends_at < self.starts_at):
            raise ValueError("A calendar entry ends at an instant after the one it starts at.")

    @property
    def key(self) -> str:
        """What it is known by in somebody's calendar, from one reading to the next."""
        return f"{self.kind}-{self.record_id}"

    @property
    def begins(self) -> datetime:
        """The instant it is put in order by: a whole day begins at midnight in England."""
        if isinstance(self.starts_at, datetime):
            return self.starts_at
        return datetime.combine(self.starts_at, time(), LONDON)

    @property
    def on(self) -> date:
        """The day it begins, in England."""
        return local(self.starts_at).date() if isinstance(self.starts_at, datetime) else self.starts_at


def calendar_entries(work: Work, authority: Authority, period: Period) -> list[CalendarEntry]:
    """What the plugins that are on put into the calendar of an authority, for days of a period, the earliest first.

    Each plugin reads with ``work``, so that nobody sees more than they reach. One that raises puts nothing in. An entry
    of another period and a second one of the same key are left out; of more than 1,000 the earliest stand.
    """
    found: dict[str, CalendarEntry] = {}
    offered = work.lines_offered("cm_calendar_entries", authority.id, CalendarEntry, authority=authority, period=period)
    for entry in offered:
        if period.covers(entry.on):
            found.setdefault(entry.key, entry)
    return sorted(found.values(), key=lambda one: (one.begins, one.key))[:MOST_OFFERED]


def entries_within_reach(work: Work, period: Period) -> list[CalendarEntry]:
    """What plugins put into the calendars of every authority that whoever the work is for reaches."""
    found: list[CalendarEntry] = []
    for authority_id in sorted(work.scope.authorities) if work.scope else ():
        found += calendar_entries(work, work.get(Authority, authority_id), period)
    return sorted(found, key=lambda one: (one.begins, one.key))


def as_let_out(gate: Gate, entry: CalendarEntry) -> tuple[str, str, str]:
    """Title, place and path of an entry as a feed may say them (R-MSG-1).

    Words in which a name of a young person or of their adults stands do not leave, though the name be a theatre's: a
    fixed sentence stands for the title, and the place is left out.
    """
    return _words(gate, entry.title) or _OTHER, _words(gate, entry.place), _path(gate, entry.path)


def _words(gate: Gate, words: str) -> str:
    """The words in plain letters, or nothing where they may not leave."""
    folded = unicodedata.normalize("NFKD", words.replace("&", "and").replace("–", "-"))
    plain = re.sub(r"[^A-Za-z0-9 ,.:'’()/-]", "", " ".join(folded.split()))[:120].strip()
    try:
        return gate.title(plain) if plain else ""
    except Refused:
        return ""


def _path(gate: Gate, path: str) -> str:
    """The address, whose word is looked through for names like any other; that of the calendar in its place."""
    return path if path and _words(gate, path.strip("/").replace("-", " ").replace("/", " ")) else "/calendar/"
