"""What is recorded already and could be evidence: sessions, journal entries, and what other plugins know of culture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from cmcore.api import (
    LONDON,
    Authority,
    MentoringSession,
    Period,
    Work,
    cultural_lines,
    day,
    kinds,
    local,
    shortened,
)
from cmcore.api.asks import CulturalPart, Outcome
from cmcore.api.journals import EntryKind, JournalEntry
from cmcore_arts_award.settings import PLUGIN

#: So many are offered at a time, the latest first.
MOST = 60
#: Parts of what is known of culture that tell of something that happened.
_HAPPENED = (
    CulturalPart.attended,
    CulturalPart.visits,
    CulturalPart.clubs,
    CulturalPart.lessons,
    CulturalPart.now,
)
#: Lines that are not offered: what the core tells of commissions is told session by session here.
_TOLD_OTHERWISE = ("commission", "session", "epep_culture_line", "arts_award_enrolment")
_HELD = (Outcome.held, Outcome.shortened)


@dataclass(frozen=True)
class Happening:
    """Something recorded: of which record, what it was, where it comes from in words, and when."""

    kind: str
    record_id: int
    text: str
    source: str
    on: date | None = None

    @property
    def key(self) -> str:
        """What it is chosen by: "session:12"."""
        return f"{self.kind}:{self.record_id}"

    @property
    def option(self) -> kinds.Option:
        """As it is offered: what it was, and where it comes from."""
        return kinds.Option(key=self.key, label=self.text, hint=self.source)


def happenings(work: Work, authority: Authority, person_id: int) -> list[Happening]:
    """What is recorded of one young person in the months looked back on, within reach; the latest first.

    Three statements of ours, and those of the plugins that know of culture.
    """
    months = int(work.setting(PLUGIN, "months_back"))
    period = Period(work.today - timedelta(days=round(months * 30.5)), work.today)
    found = {
        one.key: one
        for one in (
            *_sessions(work, person_id, period),
            *_journal(work, person_id, period),
            *_known_of_culture(work, authority, person_id, period),
        )
    }
    return sorted(found.values(), key=lambda one: one.on or date.max, reverse=True)[:MOST]


def _sessions(work: Work, person_id: int, period: Period) -> Iterator[Happening]:
    table = MentoringSession
    asked = select(table.id, table.starts_at, table.art_form, table.done).where(
        table.young_person_id == person_id,
        table.outcome.in_(_HELD),
        table.starts_at >= datetime.combine(period.starts_on, time(), LONDON),
    )
    for key, starts_at, art_form, done in work.db.execute(asked.order_by(table.starts_at.desc()).limit(MOST)):
        on = local(starts_at).date()
        form = art_form.strip()
        text = shortened(": ".join(part for part in (form[:1].upper() + form[1:], done.strip()) if part))
        yield Happening("session", key, text or "Session with a creative mentor", f"Session on {day(on)}", on)


def _journal(work: Work, person_id: int, period: Period) -> Iterator[Happening]:
    asked = select(JournalEntry).where(
        JournalEntry.young_person_id == person_id, JournalEntry.captured_on >= period.starts_on
    )
    for entry in work.db.scalars(asked.order_by(JournalEntry.captured_on.desc()).limit(MOST)):
        kind, on = EntryKind.say(entry.kind_of_entry), entry.captured_on
        text = shortened(entry.caption or entry.said) or kind
        yield Happening("journal_entry", entry.id, text, f"{kind} in the journal, {day(on)}", on)


def _known_of_culture(work: Work, authority: Authority, person_id: int, period: Period) -> Iterator[Happening]:
    """What the plugins that are on know: an event that was attended, a club, a lesson."""
    for line in cultural_lines(work, authority, [person_id], period).get(person_id, ()):
        if line.part in _HAPPENED and line.kind not in _TOLD_OTHERWISE and len(line.kind) <= 40:
            yield Happening(line.kind, line.record_id, line.text, line.source)
