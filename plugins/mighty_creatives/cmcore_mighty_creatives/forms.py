"""The papers of The Mighty Creatives: its Referral and Reporting Form and its Activity Report.

What is asked follows the supporting information for creative mentors ([Role] in DOMAIN.md); the words are ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from cmcore.api import Answers, Finding, ask, calculated, day, days_in_order, form, form_check, group, kinds, note
from cmcore.api.asks import EIGHT_MEASURES
from cmcore_mighty_creatives.words import Scored, Where

MEASURES = tuple(kinds.Option(key=one.key, label=one.label, hint=one.definition) for one in EIGHT_MEASURES.measures)
_LOW, _HIGH = "Needing significant help", "Doing very well"


@group
class MeasuresRound:
    """The 8 Measures section, completed once: at the start of the work, and then from time to time."""

    which: Scored = ask("Which completion is it?")
    scored_on: date = ask("The day it was scored")
    scored_by: str = ask("Who scored", most=120)
    guided_by_child: bool = ask("Did the young person lead the scoring?")
    participation: int | None = ask("Participation", least=1, most=5, low=_LOW, high=_HIGH, sensitive=True)
    engagement: int | None = ask("Engagement", least=1, most=5, low=_LOW, high=_HIGH, sensitive=True)
    confidence: int | None = ask("Confidence", least=1, most=5, low=_LOW, high=_HIGH, sensitive=True)
    communication: int | None = ask("Communication", least=1, most=5, low=_LOW, high=_HIGH, sensitive=True)
    motivation: int | None = ask("Motivation", least=1, most=5, low=_LOW, high=_HIGH, sensitive=True)
    achievement: int | None = ask("Achievement", least=1, most=5, low=_LOW, high=_HIGH, sensitive=True)
    leadership: int | None = ask("Leadership", least=1, most=5, low=_LOW, high=_HIGH, sensitive=True)
    ambition: int | None = ask("Ambition", least=1, most=5, low=_LOW, high=_HIGH, sensitive=True)
    words_said: str | None = ask("In their own words", long=True, voice=True, most=1000, sensitive=True)


@form_check("rounds")
def _rounds_in_order(rounds: list[MeasuresRound]) -> Iterable[Finding]:
    if rounds and rounds[0].which is not Scored.baseline:
        yield Finding(
            "The first completion of the 8 Measures is not the one at the start.",
            place="rounds",
            way_out="Put the baseline first: nothing can be compared without it.",
        )
    for earlier, later in zip(rounds, rounds[1:], strict=False):
        if later.scored_on < earlier.scored_on:
            yield Finding(
                f"The completion of {day(later.scored_on)} stands behind the one of {day(earlier.scored_on)}.",
                place="rounds",
                way_out="Put them in the order of their days.",
            )


@form(
    "mighty_creatives-referral-and-reporting",
    version=1,
    title="Referral and Reporting Form",
    checks=[_rounds_in_order],
)
class ReferralAndReporting(Answers):
    """One paper from the referral to the last review, the same for every partner.

    The authority or the school fills in the first part. The 8 Measures section is completed with the young person at
    the start of the work and then from time to time. Only initials stand on it: it travels.
    """

    initials: str = ask("Initials of the young person", most=10, section="The referral")
    reference: str = ask("Reference of the referral", most=20)
    referred_by: str = ask("Who refers", most=160, hint="The authority or the school, and who to ask there.")
    referred_on: date = ask("Referred on")
    why: str = ask("Why a mentor is asked for", long=True, most=2000, sensitive=True)
    outcomes: list[str] = ask(
        "What should get better", kind=kinds.Choices(options=MEASURES), hint="One or more of the 8 Measures."
    )
    interests: str | None = ask("What they like", long=True, most=2000, sensitive=True)
    risks: str | None = ask(
        "Known risks, and how they are met", long=True, most=2000, sensitive=True, hint="The mentor is told of each."
    )
    hours: int | None = ask("Hours asked for", least=1, most=500, unit="hours")
    told: None = note(
        "Score the eight with the young person: 1 is needing significant help, 5 is doing very well. "
        "Leave out what cannot be scored yet.",
        section="The 8 Measures",
    )
    rounds: list[MeasuresRound] = ask("Completions", required=False, one="completion", most=20)
    seen: str | None = ask(
        "What the mentor and others have seen change", long=True, most=4000, sensitive=True, section="At the end"
    )


@group
class ReportedSession:
    """One session of an activity report: when, where, what and briefly why, what came of it. Source: [Role]."""

    held_on: date = ask("Date")
    starts: time = ask("From")
    ends: time = ask("To")
    where: Where = ask("Where")
    what: str = ask("What you did, and briefly why", long=True, most=2000, sensitive=True)
    measure: str | None = ask("Measure it touched most", kind=kinds.Choice(options=MEASURES), required=False)
    impact: str | None = ask("Impact you noticed", long=True, most=1000, sensitive=True)


def minutes_of(sessions: list[ReportedSession]) -> int:
    """Whole minutes of all sessions of a report, to be held against its invoice: the two must tally."""
    return sum(max(0, _minute(one.ends) - _minute(one.starts)) for one in sessions)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


@form_check("from_on", "to_on", "sessions")
def _sessions_fit(from_on: date, to_on: date, sessions: list[ReportedSession]) -> Iterable[Finding]:
    for one in sessions:
        if not from_on <= one.held_on <= to_on:
            yield Finding(
                f"The session of {day(one.held_on)} does not lie in the time the report is about.",
                place="sessions",
                way_out="Change its date, or the first or last day of the report.",
            )
        if one.ends <= one.starts:
            yield Finding(
                f"The session of {day(one.held_on)} ends before it starts.",
                place="sessions",
                way_out="Change one of the two times.",
            )


@form(
    "mighty_creatives-activity-report",
    version=1,
    title="Activity Report",
    checks=[days_in_order("from_on", "to_on"), _sessions_fit],
)
class ActivityReport(Answers):
    """A brief summary of each session, sent in with the invoice.

    Write it so that it is sensitive, positive and constructive: other professionals may read it, and one day the young
    person may.
    """

    initials: str = ask("Initials of the young person", most=10, section="Whom and when it is about")
    mentor: str = ask("Mentor", most=120)
    from_on: date = ask("First day")
    to_on: date = ask("Last day")
    sessions: list[ReportedSession] = ask("Sessions", one="session", least=1, most=50, section="Each session")
    minutes: int | None = ask(
        "Minutes in all",
        unit="minutes",
        section="In all",
        calculate=calculated("sessions", by=minutes_of, words="the minutes of all sessions, added up"),
        hint="The invoice must say the same.",
    )
    words_said: str | None = ask(
        "What the young person said about it", long=True, voice=True, most=2000, sensitive=True
    )
