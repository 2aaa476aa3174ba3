"""Sessions: planned and held, in the mentor's words and the young person's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from markupsafe import Markup
from sqlalchemy import false

from cmcore.base.clock import day, local, short_day
from cmcore.base.findings import Finding
from cmcore.base.words import hours
from cmcore.commissions.records import Commission
from cmcore.evidence.waiting import session_unreported
from cmcore.measures.shipped import EIGHT
from cmcore.safekeeping.work import Work
from cmcore.sessions import rules
from cmcore.sessions.actions import add_session, answers_of_session, change_session, remove_session
from cmcore.sessions.forms import SessionAnswers
from cmcore.sessions.queries import last_outcomes
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import ABSENCES, MET, Outcome, SessionPlace
from console import lookups
from console.listing import Filter, Queue
from console.record_view import RecordView
from console.shown import State

_MEASURES = {measure.key: measure.label for measure in EIGHT.measures}


def look(session: MentoringSession) -> State:
    """How a session went, as a shape with its word."""
    if session.outcome is None:
        return State("Planned", "none", "ring")
    if session.outcome == Outcome.ended_for_safety:
        return State(Outcome.say(session.outcome), "stop", "stop")
    return State(
        Outcome.say(session.outcome),
        "plain" if session.outcome in MET else "warn",
        "dot" if session.outcome in MET else "ring",
    )


def _called(session: MentoringSession) -> str:
    start = local(session.starts_at)
    return f"Session on {day(start.date())}, {start:%H:%M}"


class Sessions(RecordView):
    """What was done together, when and where."""

    record = MentoringSession
    route_base = "/sessions"
    about = "Every session, planned or held. A plan becomes a record once you say how it went."
    list_columns: ClassVar[list[str]] = ["starts_at", "young_person", "mentor", "place", "minutes", "outcome"]
    label_columns: ClassVar[dict[str, str]] = {
        "starts_at": "When",
        "young_person": "Young person",
        "minutes": "How long",
        "outcome": "How it went",
        "words_said": "In their own words",
        "done": "What was done, and why",
        "intention": "The idea",
        "impact": "What came of it",
        "planned_measures": "What it was to help with",
    }
    load_columns: ClassVar[list[str]] = ["young_person.ref", "mentor.name"]
    search_columns: ClassVar[list[str]] = ["young_person.ref", "young_person.family_name", "mentor.name"]
    choice_columns: ClassVar[dict[str, Any]] = {"place": SessionPlace, "outcome": Outcome}
    filter_columns: ClassVar[list[Any]] = [
        "outcome",
        Filter(
            "waits",
            "Waits for",
            (("report", "Saying how it went"),),
            lambda value, work: session_unreported(work) if value == "report" else false(),
        ),
        "place",
        "mentor_id",
        "young_person_id",
        "enrolment_id",
        "commission_id",
    ]
    queues = (
        Queue(
            "Sessions to write up",
            {"waits": "report"},
            "now",
            "Their time has passed, and nobody has said how they went.",
            act="session.report",
        ),
    )
    views: ClassVar[list[Any]] = [("To write up", {"waits": "report"})]
    order_columns: ClassVar[list[str]] = ["starts_at", "minutes"]
    base_order = ("starts_at", "desc")
    show_columns: ClassVar[list[str]] = [
        "young_person",
        "mentor",
        "starts_at",
        "minutes",
        "place",
        "outcome",
        "planned_measures",
        "intention",
        "done",
        "art_form",
        "impact",
        "words_said",
        "adults_present",
        "joint",
        "mentor_drove",
        "chargeable",
    ]
    empty_words = "No sessions yet. Log the first one once it has been held, or plan it now."

    add_form = SessionAnswers
    add_action = staticmethod(add_session)
    edit_form = SessionAnswers
    answers_of = staticmethod(answers_of_session)
    edit_action = staticmethod(change_session)
    remove_action = staticmethod(remove_session)
    add_words = "Log a session"
    one_hand = True

    def lookup(self, of: str, text: str, about: Any) -> Any:
        """Of commissions, those a session can be logged under now; a session stays with its own."""
        if of != "commission":
            return super().lookup(of, text, about)
        own = Commission.state == "active" if about is None else Commission.id == about.commission_id
        return lookups.lookup(of, text, own)

    def cell_starts_at(self, session: MentoringSession) -> str:
        """Day and times on England's wall clock."""
        start, end = local(session.starts_at), local(session.ends_at)
        return f"{short_day(start.date())}, {start:%H:%M} to {end:%H:%M}"

    def cell_minutes(self, session: MentoringSession) -> str:
        """How long it lasted."""
        return hours(session.minutes)

    def cell_outcome(self, session: MentoringSession) -> State:
        """How it went."""
        return look(session)

    def cell_planned_measures(self, session: MentoringSession) -> str:
        """The measures it was to help with."""
        return ", ".join(_MEASURES.get(each, each) for each in session.planned_measures)

    def cell_impact(self, session: MentoringSession) -> Markup | str:
        """Each thing that was seen, with its measure."""
        return Markup("<br>").join(
            Markup("<b>{}</b>, {}: {}").format(
                _MEASURES.get(each["measure"], each["measure"]),
                "hoped for" if each["expected"] else "not expected",
                each["note"],
            )
            for each in session.impact
        )

    def cell_words_said(self, session: MentoringSession) -> Markup | str:
        """The young person's own words, in their own letter."""
        return (
            Markup('<blockquote class="cm-voice">“{}”</blockquote>').format(session.words_said)
            if session.words_said
            else ""
        )

    def heading(self, session: MentoringSession) -> str:
        """Day and hour, and with whom."""
        return f"{_called(session)}: {session.young_person}"

    def named(self, session: MentoringSession) -> str:
        """With whom and when, in few words."""
        return f"{session.young_person}, {_called(session)[:1].lower()}{_called(session)[1:]}"

    def settled(self, session: MentoringSession, doing: str) -> Sequence[Finding]:
        """What was reported stays known."""
        if doing == "edit" or session.outcome is None:
            return ()
        said = "Only a plan can be taken away."
        return (Finding(said, way_out="Put this session right instead, for example as cancelled."),)

    def findings(self, work: Work, session: MentoringSession) -> list[Finding]:
        """Absences in a row up to this one (R-SES-2)."""
        if session.outcome not in ABSENCES:
            return []
        return rules.absences_in_a_row(
            last_outcomes(work, session.enrolment_id, session.starts_at), work.policy_of(session)
        )
