"""What the young person's page draws from a journey: stations, who to call, and one stream of what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from cmcore.base.clock import local, short_day
from cmcore.base.words import hours
from cmcore.evidence.journey import Journey
from cmcore.measures.registry import measure_sets
from cmcore.network.words import AdultRole
from cmcore.reviews.words import ReviewKind, Scorer
from cmcore.sessions.words import ABSENCES, Outcome, SessionPlace


@dataclass(frozen=True)
class Station:
    """One station of the way: what it is called, what is known of it, whether it is behind or here."""

    label: str
    below: str = ""
    done: bool = False
    here: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody to call: what they are, their name, number, and what else is known."""

    role: str
    name: str
    phone: str = ""
    more: str = ""


@dataclass(frozen=True)
class Happening:
    """One thing in the stream: the day, what it was, what was written, what was said."""

    on: date
    what: str
    look: str = "dot"
    lines: tuple[str, ...] = ()
    said: str = ""
    #: Where its page is, for whoever may open it.
    url: str = ""
    #: When it was, to the second where that is known: the order of one day.
    at: datetime = datetime.min.replace(tzinfo=UTC)
    #: What it is, as a timeline is narrowed: "session", "review", "step".
    kind: str = ""


@dataclass
class Month:
    """The happenings of one month, the latest first."""

    name: str
    happenings: list[Happening] = field(default_factory=list)


def stations(journey: Journey) -> list[Station]:
    """The way of the current enrolment, from referred to its end: what is behind, what is here, what is ahead."""
    enrolment = journey.enrolment
    referral = next((each for each in journey.referrals if enrolment is None or each.id == enrolment.referral_id), None)
    if enrolment is None and referral is None:
        return []
    made = _before(journey, referral) if referral is not None else []
    if enrolment is None:
        return made
    life = enrolment.lifecycle
    days = {each.to_state: each.moved_on for each in journey.changes_of(enrolment)}
    ended = life.ended(enrolment.state)
    passed_over = {"paused", life.initial} - {enrolment.state}
    ahead = [state for state in life.states if state.key not in passed_over]
    shown = [
        state
        for state in ahead
        if not (state.ended and ended and state.key != enrolment.state)
        and (state.key != "ended_early" or enrolment.state == "ended_early")
    ]
    keys = [state.key for state in shown]
    here = keys.index(enrolment.state) if enrolment.state in keys else 0
    for place, state in enumerate(shown):
        below = (
            f"since {short_day(days[state.key])}"
            if place == here and state.key in days
            else short_day(days[state.key])
            if state.key in days and place < here
            else ""
        )
        if place == here and enrolment.state in ("active", "closing"):
            below = ", ".join(part for part in (below, _hours_used(journey)) if part)
        if place > here and state.key == "completed" and not _has_exit(journey):
            below = "needs an exit review"
        made.append(Station(state.label, below, done=place < here, here=place == here))
    return made


def _has_exit(journey: Journey) -> bool:
    reviews = journey.reviews_of(journey.enrolment)
    said_why = journey.enrolment is not None and journey.enrolment.no_exit_review_because
    return bool(said_why) or any(one.kind_of_review == "exit" and one.state == "final" for one in reviews)


def _before(journey: Journey, referral: Any) -> list[Station]:
    days = {each.to_state: each.moved_on for each in journey.changes_of(referral)}
    matched = referral.state == "matched"
    mentor = next((str(each.mentor) for each in journey.commissions if each.mentor is not None), "")
    made = [
        Station(
            "Referred",
            short_day(days.get("submitted", referral.received_on)),
            done=referral.state != "draft",
            here=referral.state == "draft",
        )
    ]
    if referral.state in ("declined", "withdrawn"):
        return [
            *made,
            Station(referral.state_label, short_day(days[referral.state]) if referral.state in days else "", here=True),
        ]
    decided = "accepted" in days or matched
    waiting = referral.state in ("submitted", "triage", "more_information")
    made.append(
        Station(
            "Accepted" if decided else "Decided",
            short_day(days["accepted"]) if "accepted" in days else referral.state_label,
            done=decided,
            here=waiting,
        )
    )
    made.append(
        Station(
            "Matched",
            ", ".join(part for part in (short_day(days["matched"]) if "matched" in days else "", mentor) if part),
            done=matched,
        )
    )
    return made


def _hours_used(journey: Journey) -> str:
    enrolment = journey.enrolment
    if enrolment is None:
        return ""
    own = journey.commissions_of(enrolment)
    total, used = sum(each.minutes for each in own), sum(journey.used.get(each.id, 0) for each in own)
    return f"{hours(used)} of {hours(total)} used" if total else ""


def people_to_call(journey: Journey) -> list[Person]:
    """Emergency contacts first, then social worker, teacher, and the mentors at work."""
    first = [
        Person(f"Call first, {AdultRole.say(each.role).lower()}", each.name, each.phone, each.organisation)
        for each in journey.adults
        if each.emergency_contact
    ]
    order = ["social_worker", "leaving_care_worker", "designated_teacher", "foster_carer", "key_worker"]
    others = sorted(
        (each for each in journey.adults if not each.emergency_contact),
        key=lambda each: (order.index(each.role) if each.role in order else 99, each.id),
    )
    told = [
        Person(
            AdultRole.say(each.role), each.name, each.phone, str(each.setting) if each.setting else each.organisation
        )
        for each in others
    ]
    mentors = {
        each.mentor.id: each.mentor
        for each in journey.commissions
        if each.state == "active" and each.mentor is not None
    }
    return [*first, *told, *(Person("Creative mentor", each.name, each.phone) for each in mentors.values())]


def timeline(journey: Journey, page_of: Callable[[Any], str] = lambda record: "") -> list[Month]:
    """Sessions, reviews and steps in one stream, by month, the latest first; ``page_of`` says where a page is."""
    return by_month(happenings(journey, page_of))


def happenings(journey: Journey, page_of: Callable[[Any], str]) -> list[Happening]:
    """The sessions, reviews and steps of a journey, in no order."""
    told = (("session", _sessions), ("review", _reviews), ("step", _steps))
    return [replace(one, kind=kind) for kind, make in told for one in make(journey, page_of)]


def by_month(found: Iterable[Happening]) -> list[Month]:
    """Happenings by month, the latest first."""
    months: list[Month] = []
    for each in sorted(found, key=lambda one: (one.on, one.at), reverse=True):
        name = f"{each.on:%B %Y}"
        if not months or months[-1].name != name:
            months.append(Month(name))
        months[-1].happenings.append(each)
    return months


def _sessions(journey: Journey, page_of: Callable[[Any], str]) -> list[Happening]:
    labels = {measure.key: measure.label for each in measure_sets().values() for measure in each.measures}
    made = []
    for each in journey.sessions:
        start = local(each.starts_at)
        place = SessionPlace.say(each.place).lower()
        if each.outcome is None:
            what, look = f"Session planned, {start:%H:%M} {place}", "ring"
        elif each.outcome in ABSENCES:
            what, look = f"Session missed: {Outcome.say(each.outcome).lower()}", "none"
        else:
            what, look = f"Session {Outcome.say(each.outcome).lower()}, {hours(each.minutes)} {place}", "dot"
        seen = [
            f"{labels.get(one['measure'], one['measure'])}, {_expected(one['expected'])}: {one['note']}"
            for one in each.impact
        ]
        lines = tuple(line for line in ((each.done or each.intention), *seen) if line)
        made.append(Happening(start.date(), what, look, lines, each.words_said, page_of(each), each.starts_at))
    return made


def _expected(expected: bool) -> str:
    return "hoped for" if expected else "not expected"


def _reviews(journey: Journey, page_of: Callable[[Any], str]) -> list[Happening]:
    made = []
    for each in journey.reviews:
        what = f"{ReviewKind(each.kind_of_review).called.capitalize()} scored by {Scorer.say(each.scored_by).lower()}"
        if each.scored_by == Scorer.joint:
            what = f"{ReviewKind(each.kind_of_review).called.capitalize()} scored together"
        title = measure_sets()[each.measure_set].title if each.measure_set in measure_sets() else each.measure_set
        note = "" if each.state == "final" else f" ({each.state_label.lower()})"
        made.append(
            Happening(
                each.held_on,
                what + note,
                lines=(f"{title}.",),
                said=each.words_said,
                url=page_of(each),
                at=each.finalised_at or each.created_at,
            )
        )
    return made


def _steps(journey: Journey, page_of: Callable[[Any], str]) -> list[Happening]:
    moved: list[Any] = [*journey.referrals, *journey.enrolments, *journey.commissions]
    records = {(each.kind(), each.id): each for each in moved}
    made = []
    for each in journey.changes:
        record = records.get((each.kind_of_record, each.record_id))
        if record is not None:
            what = f"{record.words[0].capitalize()}: {record.lifecycle.label(each.to_state).lower()}"
            lines = (each.reason,) if each.reason else ()
            made.append(Happening(each.moved_on, what, "note", lines, url=page_of(record), at=each.moved_at))
    return made
