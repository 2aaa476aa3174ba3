"""What is read of journals: the media of an entry, permissions it rests on, and what a case study is drafted from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from cmcore.base.clock import LONDON, short_day
from cmcore.base.findings import NotFound
from cmcore.commissions.records import Commission
from cmcore.consents.queries import decided
from cmcore.consents.records import Consent
from cmcore.consents.rules import Decided, in_force
from cmcore.consents.words import ConsentKind
from cmcore.journals.records import CaseStudy, JournalEntry, JournalMedia, JournalPermission
from cmcore.measures.choosing import measure_labels
from cmcore.mentors.records import Mentor
from cmcore.network.records import SupportingAdult
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.names import Found, Roster
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import MET
from cmcore.young_people.records import YoungPerson

_NAMES = beyond("whose names stand in a case study is asked to have them left out; the names themselves are not told")
_MONTHS = "Jan(uary)?|Feb(ruary)?|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug(ust)?|Sept?(ember)?|Oct(ober)?"
#: A day or a month with its year: "5 May", "May 2026".
_DAY = re.compile(rf"\b(\d{{1,2}} ({_MONTHS})\b|({_MONTHS}) \d{{4}}\b)")
#: Words that are names as well: in small letters they are taken as words.
_ALSO_WORDS = frozenset(
    ("amber", "angel", "april", "art", "august", "autumn", "bill", "blue", "bob", "chance", "daisy", "dale", "dawn")
    + ("drew", "eve", "faith", "forest", "frank", "grace", "guy", "harmony", "heath", "hope", "hunter", "ivy", "jack")
    + ("jade", "joy", "june", "lily", "mark", "mason", "may", "miles", "olive", "pat", "pearl", "penny", "precious")
    + ("rich", "river", "rob", "robin", "rose", "ruby", "sandy", "sky", "star", "storm", "summer", "sunny", "violet")
    + ("will", "willow", "wren")
)
#: What stands where a name stood.
LEFT_OUT = "[name left out]"


def media_of(work: Work, entry: JournalEntry) -> JournalMedia | None:
    """The media of an entry, without its content, if it may be shown to whoever asks today."""
    return work.db.scalars(select(JournalMedia).where(JournalMedia.entry_id == entry.id)).first()


def open_media(work: Work, entry: JournalEntry, why: str = "to look at it") -> JournalMedia:
    """The same, to be read: that it was is written down when the work commits. What may not be shown is not found."""
    found = media_of(work, entry)
    if found is None:
        raise NotFound(JournalMedia.words[0])
    work.opened(found, why)
    return found


def rests_on(work: Work, entry: JournalEntry) -> list[Consent]:
    """The permissions an entry was kept under."""
    asked = select(Consent).join(JournalPermission, JournalPermission.consent_id == Consent.id)
    return list(work.db.scalars(asked.where(JournalPermission.entry_id == entry.id).order_by(Consent.id)))


def consents_about(work: Work, person_id: int) -> list[Consent]:
    """Every permission about a young person."""
    return list(work.db.scalars(select(Consent).where(Consent.young_person_id == person_id)))


def relied_on(consents: Iterable[Consent], kinds: Iterable[ConsentKind], on: date, born_on: date) -> list[Consent]:
    """Of these permissions, those by which the kinds of use are permitted on a day."""
    held, wanted = list(consents), set(kinds)
    found = []
    for one in held:
        newer = any(other.kind_of_use == one.kind_of_use and one.starts_on < other.starts_on <= on for other in held)
        if one.kind_of_use in wanted and not newer and in_force(decided([one]), one.kind_of_use, on, born_on):
            found.append(one)
    return found


def decisions(consents: Iterable[Consent]) -> list[Decided]:
    """Permissions as the rules read them."""
    return decided(consents)


def roster_of(work: Work, authority_id: int) -> Roster:
    """Every name in an authority that a case study must not hold: young people, their adults, mentors."""
    people = select(YoungPerson.given_name, YoungPerson.family_name, YoungPerson.preferred_name).where(
        YoungPerson.authority_id == authority_id
    )
    names = [name for row in work.db.execute(people, execution_options=_NAMES) for name in row if name]
    adults = select(SupportingAdult.name).where(SupportingAdult.authority_id == authority_id)
    names += work.db.scalars(adults, execution_options=_NAMES)
    mentors = select(Mentor.name).where(Mentor.home_authority_id == authority_id)
    return Roster([*names, *work.db.scalars(mentors, execution_options=_NAMES)])


def own_names(work: Work, person_id: int | None) -> Roster:
    """What one young person is called: in a text about them it is looked for without capitals too."""
    asked = select(YoungPerson.given_name, YoungPerson.family_name, YoungPerson.preferred_name).where(
        YoungPerson.id == person_id
    )
    return Roster(name for row in work.db.execute(asked, execution_options=_NAMES) for name in row if name)


def names_in(study: CaseStudy, roster: Roster, own: Roster) -> list[str]:
    """The names that stand in a case study, as they were typed; ``own`` are those of whom it is about."""
    texts = (study.title, study.beginning, study.done, study.changed, study.said)
    return [name for text in texts for name in found_names(text, roster, own)]


def without_names(text: str, roster: Roster, own: Roster) -> str:
    """A text with each name replaced, two that follow one another as one."""
    for found in reversed(_found(text, roster, own)):
        text = text[: found.at] + LEFT_OUT + text[found.at + len(found.word) :]
    return text.replace(f"{LEFT_OUT} {LEFT_OUT}", LEFT_OUT)


def found_names(text: str, roster: Roster, own: Roster) -> list[str]:
    """The names that stand in a text, as they were typed."""
    return [found.word for found in _found(text, roster, own)]


def _found(text: str, roster: Roster, own: Roster) -> list[Found]:
    """The names in a text, in order. Small letters count for names of one's own that are no usual word, and a month
    beside a number is a day: somebody in an authority is called May."""
    days = {at for match in _DAY.finditer(text) for at in range(*match.span())}
    small = [one for one in own.find(text, capitals=False) if one.word.lower() not in _ALSO_WORDS]
    found = {one.at: one for one in (*roster.find(text), *small) if one.at not in days}
    return [found[at] for at in sorted(found)]


@dataclass(frozen=True)
class Drafted:
    """The parts of a case study as sessions and journal tell them, without names."""

    done: str
    changed: str
    said: str


def drafted(work: Work, commission: Commission, starts_on: date, ends_on: date) -> Drafted:
    """What the sessions of an enrolment and the young person's journal say of these days, names left out."""
    roster, own = roster_of(work, commission.authority_id), own_names(work, commission.young_person_id)
    sessions = _sessions(work, commission, starts_on, ends_on)
    entries = _entries(work, commission, starts_on, ends_on)
    done = [f"{short_day(each.starts_at.date())}: {each.done}" for each in sessions if each.done]
    done += [f"{short_day(each.captured_on)}: {each.caption}" for each in entries if each.caption]
    seen = [
        f"{measure_labels().get(str(note.get('measure')), 'Seen')}: {note.get('note', '')}"
        for each in sessions
        for note in each.impact
    ]
    said = [each.words_said for each in sessions if each.words_said] + [each.said for each in entries if each.said]
    return Drafted(*(without_names("\n".join(lines), roster, own) for lines in (done, seen, said)))


def _sessions(work: Work, commission: Commission, starts_on: date, ends_on: date) -> list[MentoringSession]:
    first = datetime.combine(starts_on, time(), LONDON)
    after = datetime.combine(ends_on + timedelta(days=1), time(), LONDON)
    asked = select(MentoringSession).where(
        MentoringSession.enrolment_id == commission.enrolment_id,
        MentoringSession.outcome.in_(MET),
        MentoringSession.starts_at >= first,
        MentoringSession.starts_at < after,
    )
    return list(work.db.scalars(asked.order_by(MentoringSession.starts_at, MentoringSession.id)))


def _entries(work: Work, commission: Commission, starts_on: date, ends_on: date) -> list[JournalEntry]:
    asked = select(JournalEntry).where(
        JournalEntry.young_person_id == commission.young_person_id,
        JournalEntry.captured_on >= starts_on,
        JournalEntry.captured_on <= ends_on,
    )
    return list(work.db.scalars(asked.order_by(JournalEntry.captured_on, JournalEntry.id)))
