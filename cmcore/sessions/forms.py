"""What a mentor writes about a session: the plan before, the record after."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from cmcore.base.findings import Finding
from cmcore.forms import Answers, ask, check, form, group, kinds, when
from cmcore.measures.shipped import EIGHT
from cmcore.sessions.words import MET, NOT_AS_PLANNED, Missed, Outcome, SessionPlace

_OPTIONS = tuple(kinds.Option(key=each.key, label=each.label) for each in EIGHT.measures)


@group
class ImpactAnswers:
    """One thing that was seen, tied to one measure."""

    measure: str = ask("Measure", kind=kinds.Choice(options=_OPTIONS))
    note: str = ask("What you saw", long=True, sensitive=True)
    expected: bool = ask("Was it expected?")


@check("outcome", "in_the_way", even_unanswered=True)
def _said_why_it_was_ended(outcome: Outcome | None, in_the_way: str | None) -> list[Finding]:
    """What was ended for safety is told at once: what happened, and what was done."""
    if outcome != Outcome.ended_for_safety or in_the_way:
        return []
    return [
        Finding(
            "You ended it for safety: say what happened, and what you did at once.",
            place="in_the_way",
            way_out="A line or two is enough now. Raise a concern as soon as this is kept.",
        )
    ]


@form("session-record", version=3, title="Session", checks=[_said_why_it_was_ended])
class SessionAnswers(Answers):
    """One mentoring session: planned while nothing is said of how it went, reported once it is."""

    commission_id: int = ask("Who with", of="commission", few=True, section="When and where")
    held_on: date = ask("Day")
    starts: time = ask("From")
    ends: time = ask("To")
    place: SessionPlace = ask("Where")
    outcome: Outcome | None = ask("How did it go?", section="What happened", hint="Leave empty for a plan.")
    in_the_way: str | None = ask(
        "What got in the way?",
        long=True,
        sensitive=True,
        hint="What you know of it, and what you did at once.",
        show_when=when("outcome").is_in(*NOT_AS_PLANNED),
    )
    done: str | None = ask(
        "What you did, and briefly why",
        long=True,
        sensitive=True,
        hint="Two or three lines. They may read this one day: initials only, no surnames.",
        show_when=when("outcome").is_in(*MET),
    )
    impact: list[ImpactAnswers] = ask(
        "What you noticed", required=False, one="thing you noticed", show_when=when("outcome").is_in(*MET)
    )
    worrying: bool = ask(
        "Did anything worry you?",
        default=False,
        hint="If yes, you are asked to raise a concern as soon as this is kept.",
    )
    words_said: str | None = ask(
        "In their own words",
        long=True,
        voice=True,
        sensitive=True,
        show_when=when("outcome").answered(),
        section="Add their words, the idea, who was there, a lift",
    )
    intention: str | None = ask(
        "What was the idea?", long=True, sensitive=True, hint="What you planned, and how it was to help."
    )
    planned_measures: list[str] = ask("What it was to help with", kind=kinds.Choices(options=_OPTIONS), required=False)
    art_form: str | None = ask("Art form", most=60, show_when=when("outcome").answered())
    adults_present: str | None = ask("Adults who were there", most=300, sensitive=True)
    joint: bool = ask("Was another mentor there with you?", default=False, yes="Yes, together", no="No")
    mentor_drove: bool = ask(
        "Did you drive?",
        default=False,
        yes="Yes, the young person was in my car",
        no="No",
        hint="Only with business car insurance, seen and in force that day, that covers passengers (R-INS-3).",
    )
    chargeable: bool = ask("Is the time charged?", default=True, yes="Yes", no="No")


@form("session-plan", version=1, title="Plan of a session")
class SessionPlanAnswers(Answers):
    """A session that is to be: when and where, what it is to help with, the idea. How it went is said afterwards."""

    commission_id: int = ask("Who with", of="commission", few=True, section="When and where")
    held_on: date = ask("Day")
    starts: time = ask("From")
    ends: time = ask("To")
    place: SessionPlace = ask("Where")
    intention: str | None = ask(
        "What is the idea?",
        long=True,
        sensitive=True,
        hint="What you have in mind, and how it is to help.",
        section="What for",
    )
    planned_measures: list[str] = ask("What is it to help with?", kind=kinds.Choices(options=_OPTIONS), required=False)

    def as_session(self) -> SessionAnswers:
        """The same as a session of which nobody can say yet how it went."""
        told: dict[str, Any] = {one.key: getattr(self, one.key) for one in SessionPlanAnswers.form.questions}
        return _session(told)


@form("session-missed", version=1, title="Session that did not take place")
class SessionMissedAnswers(Answers):
    """A session that did not take place: what became of it and why, and when it is to be instead."""

    commission_id: int = ask("Who with", of="commission", few=True, section="When it was to be")
    held_on: date = ask("Day")
    starts: time = ask("From")
    ends: time = ask("To")
    place: SessionPlace = ask("Where")
    outcome: Missed = ask("What happened?", section="What became of it")
    in_the_way: str | None = ask(
        "What got in the way?", long=True, sensitive=True, hint="What you know of it. Whom you told, if it worries you."
    )
    worrying: bool = ask(
        "Did anything worry you?",
        default=False,
        hint="If yes, you are asked to raise a concern as soon as this is kept.",
    )
    instead_on: date | None = ask("When is it to be instead?", hint="Leave empty while nobody knows.")
    chargeable: bool = ask("Is the time charged?", default=False, yes="Yes", no="No", hint="As your agreement has it.")

    def as_session(self, **kept: object) -> SessionAnswers:
        """The same as a session that was reported; ``kept`` is what stands in its plan."""
        asked = {question.key for question in SessionMissedAnswers.form.questions} - {"outcome", "instead_on"}
        told: dict[str, Any] = {key: getattr(self, key) for key in asked}
        return _session(kept | told | {"outcome": Outcome(self.outcome.value)})


def _session(told: dict[str, Any]) -> SessionAnswers:
    """A session with these answers, and nothing said to the other questions."""
    nothing = dict.fromkeys(("outcome", "in_the_way", "done", "words_said", "art_form", "adults_present", "intention"))
    return SessionAnswers(**{"impact": [], **nothing, **told})
