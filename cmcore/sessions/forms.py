"""What a mentor writes about a session: the plan before, the record after."""

from __future__ import annotations

from datetime import date, time

from cmcore.forms import Answers, ask, form, group, kinds, when
from cmcore.measures.shipped import EIGHT
from cmcore.sessions.words import Outcome, SessionPlace

_OPTIONS = tuple(kinds.Option(key=each.key, label=each.label) for each in EIGHT.measures)


@group
class ImpactAnswers:
    """One thing that was seen, tied to one measure."""

    measure: str = ask("Measure", kind=kinds.Choice(options=_OPTIONS))
    note: str = ask("What you saw", long=True, sensitive=True)
    expected: bool = ask("Was it expected?")


@form("session-record", version=2, title="Session")
class SessionAnswers(Answers):
    """One mentoring session: planned while nothing is said of how it went, reported once it is."""

    commission_id: int = ask("Who with", of="commission", few=True, section="When and where")
    held_on: date = ask("Day")
    starts: time = ask("From")
    ends: time = ask("To")
    place: SessionPlace = ask("Where")
    outcome: Outcome | None = ask("How did it go?", section="What happened", hint="Leave empty for a plan.")
    done: str | None = ask(
        "What you did, and briefly why", long=True, sensitive=True, show_when=when("outcome").answered()
    )
    impact: list[ImpactAnswers] = ask(
        "What came of it", required=False, one="thing you saw", show_when=when("outcome").answered()
    )
    worrying: bool = ask(
        "Did anything worry you?",
        default=False,
        hint="If yes, raise a concern as well, at once: the button is at the top of every page.",
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
    mentor_drove: bool = ask("Did you drive them?", default=False, yes="Yes", no="No")
    chargeable: bool = ask("Is the time charged?", default=True, yes="Yes", no="No")
