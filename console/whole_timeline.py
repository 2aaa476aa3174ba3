"""Everything that happened to a young person in one stream: what each kind of record says, for whoever may see it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cmcore.activity_reports.records import ActivityReport
from cmcore.awards.standings import AwardStanding
from cmcore.base.clock import local, short_day
from cmcore.base.records import Record
from cmcore.concerns.records import Concern
from cmcore.concerns.words import ConcernKind
from cmcore.consents.records import Consent
from cmcore.consents.words import ConsentKind, Decider, Decision
from cmcore.evidence.happened import happened
from cmcore.evidence.journey import Journey
from cmcore.journals.records import CaseStudy, JournalEntry
from cmcore.journals.words import EntryKind
from cmcore.peps.records import PepCycle
from cmcore.referrals.words import Rag
from cmcore.risks.queries import risks_of
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import CareEpisode, EducationSpell
from cmcore.young_people.words import EducationStatus
from console.journey_rows import Happening, happenings

#: What a timeline is narrowed by, in the order it is offered.
KINDS = {
    "session": "Sessions",
    "review": "Reviews",
    "step": "Referrals and enrolments",
    "concern": "Concerns",
    "pep": "Education plans",
    "journal": "Journal",
    "document": "Documents",
    "permission": "Permissions",
    "risk": "Known risks",
    "episode": "Care and education",
    "award": "Awards",
    "more": "Events, lessons and clubs",
}
PageOf = Callable[[Any], str]


def whole_timeline(work: Work, journey: Journey, kinds: Collection[str], page_of: PageOf) -> list[Happening]:
    """Everything of these kinds that whoever asks may see, in no order; of no kinds all. A statement for each kind."""
    wanted = set(kinds) & set(KINDS) or set(KINDS)
    found = [one for one in happenings(journey, page_of) if one.kind in wanted]
    for kind, make in _MAKERS.items():
        if kind in wanted:
            found += make(work, journey, page_of)
    return found


def _about(work: Work, record: type[Record], journey: Journey, *loads: Any) -> list[Any]:
    """The records of a kind about a young person, for whoever may see that kind at all."""
    if not work.may(f"{record.kind()}.see", journey.person.authority_id):
        return []
    of: Any = record
    return list(work.db.scalars(select(record).where(of.young_person_id == journey.person.id).options(*loads)))


def _concerns(work: Work, journey: Journey, page_of: PageOf) -> Iterator[Happening]:
    for one in _about(work, Concern, journey):
        what = f"Concern raised: {ConcernKind.say(one.kind_of_concern).lower()}"
        day = local(one.raised_at).date()
        yield Happening(day, what, "warn", (one.state_label,), url=page_of(one), at=one.raised_at, kind="concern")


def _plans(work: Work, journey: Journey, page_of: PageOf) -> Iterator[Happening]:
    for one in _about(work, PepCycle, journey):
        if one.held_on:
            lines = tuple(line for line in (one.agreed,) if line)
            yield Happening(one.held_on, f"Meeting of {one}", "dot", lines, url=page_of(one), kind="pep")
        else:
            yield Happening(one.due_on, f"{one} due", "ring", (one.state_label,), url=page_of(one), kind="pep")


def _entries(work: Work, journey: Journey, page_of: PageOf) -> Iterator[Happening]:
    for one in _about(work, JournalEntry, journey):
        lines = (one.caption,) if one.caption else ()
        what = f"Journal: {EntryKind.say(one.kind_of_entry).lower()}"
        yield Happening(one.captured_on, what, "dot", lines, one.said, page_of(one), kind="journal")


def _documents(work: Work, journey: Journey, page_of: PageOf) -> Iterator[Happening]:
    for one in _about(work, ActivityReport, journey):
        what = f"Activity report {one.ref}, {short_day(one.starts_on)} to {short_day(one.ends_on)}"
        yield Happening(one.ends_on, what, "note", (one.state_label,), url=page_of(one), kind="document")
    for one in _about(work, CaseStudy, journey):
        yield Happening(
            one.ends_on, f"Case study {one.ref}", "note", (one.state_label,), url=page_of(one), kind="document"
        )


def _permissions(work: Work, journey: Journey, page_of: PageOf) -> Iterator[Happening]:
    for one in _about(work, Consent, journey):
        use = ConsentKind.say(one.kind_of_use)
        what = f"Permission, {use.lower()}: {Decision.say(one.decision).lower()}"
        lines = (f"By {Decider.say(one.decided_by).lower()}.",)
        yield Happening(one.starts_on, what, "note", lines, url=page_of(one), kind="permission")
        if one.withdrawn_on:
            yield Happening(
                one.withdrawn_on, f"Permission taken back, {use.lower()}", "none", url=page_of(one), kind="permission"
            )


def _risks(work: Work, journey: Journey, page_of: PageOf) -> Iterator[Happening]:
    for one in risks_of(work, journey.person.id):
        url, serious = page_of(one), Rag.say(one.rag).lower()
        yield Happening(one.known_on, f"Known risk, {serious}", "warn", (one.risk, one.managed), url=url, kind="risk")
        for each in one.briefings:
            who = f"{each.mentor or 'A mentor'} briefed of a known risk"
            lines = (f"By {each.briefed_by}.",)
            yield Happening(each.briefed_on, who, "note", lines, url=url, kind="risk")
        if one.ended_on:
            lines = (one.ended_why,)
            yield Happening(one.ended_on, "No longer a known risk", "none", lines, url=url, kind="risk")


def _episodes(work: Work, journey: Journey, page_of: PageOf) -> Iterator[Happening]:
    for one in _about(work, EducationSpell, journey, joinedload(EducationSpell.setting)):
        where = f", {one.setting}" if one.setting else ""
        what = f"Education: {EducationStatus.say(one.status).lower()}{where}"
        yield Happening(one.starts_on, what, "note", url=page_of(one), kind="episode")
    for one in _about(work, CareEpisode, journey):
        yield Happening(one.starts_on, "Care episode began", "note", url=page_of(one), kind="episode")
        if one.ends_on:
            yield Happening(one.ends_on, "Care episode ended", "none", url=page_of(one), kind="episode")


def _awards(work: Work, journey: Journey, page_of: PageOf) -> Iterator[Happening]:
    """What plugins say that keep enrolments for awards (``cm_award_enrolments``)."""
    person = journey.person
    told = work.lines_offered("cm_award_enrolments", person.authority_id, AwardStanding, people={person.id})
    for one in (one for one in told if one.young_person_id == person.id):
        if one.enrolled_on:
            yield Happening(one.enrolled_on, f"Began to work towards {one.level_title}", "dot", kind="award")
        if one.ended_on:
            ended = (one.state_words or one.state).lower()
            yield Happening(one.ended_on, f"{one.level_title}: {ended}", "tick", kind="award")


def _more(work: Work, journey: Journey, page_of: PageOf) -> Iterator[Happening]:
    """What plugins say happened (``cm_happened``)."""
    person = journey.person
    for one in happened(work, person.authority_id, [person.id]):
        yield Happening(one.on, one.what, "dot", one.lines, one.said, one.path, kind="more")


_MAKERS: dict[str, Callable[[Work, Journey, PageOf], Iterator[Happening]]] = {
    "concern": _concerns,
    "pep": _plans,
    "journal": _entries,
    "document": _documents,
    "permission": _permissions,
    "risk": _risks,
    "episode": _episodes,
    "award": _awards,
    "more": _more,
}
