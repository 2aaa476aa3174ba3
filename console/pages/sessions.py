"""Sessions: planned and held, in the mentor's words and the young person's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from flask import flash, request, url_for
from markupsafe import Markup, escape
from sqlalchemy import false

from cmcore.base.clock import day, local, short_day
from cmcore.base.findings import Finding
from cmcore.base.words import hours
from cmcore.commissions.records import Commission
from cmcore.evidence.waiting import session_unreported
from cmcore.forms import Form
from cmcore.measures.choosing import measure_label
from cmcore.safekeeping.work import Work
from cmcore.sessions import rules
from cmcore.sessions.actions import add_session, answers_of_session, change_session, remove_session
from cmcore.sessions.drafts import own_drafts
from cmcore.sessions.forms import SessionAnswers, SessionMissedAnswers, SessionPlanAnswers
from cmcore.sessions.mentors_week import last_session, only_commission, waiting_to_be_told
from cmcore.sessions.planning import answers_of_plan, change_plan, miss_session, record_session
from cmcore.sessions.queries import last_outcomes
from cmcore.sessions.records import MentoringSession, SessionDraft
from cmcore.sessions.words import ABSENCES, MET, DraftOf, Outcome, SessionPlace
from console import lookups
from console.framework import console
from console.listing import Filter, Queue
from console.measures_offered import form_to_add, form_to_change, form_to_record
from console.record_view import RecordView
from console.session_drafts import SessionForms
from console.shown import State, when
from console.steps import Step


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


def _to_record(session: MentoringSession) -> SessionAnswers:
    """What the record of a plan begins with: the plan, held as planned."""
    return replace(answers_of_session(session), outcome=Outcome.held)


def _to_miss(session: MentoringSession) -> dict[str, Any]:
    """What begins where a plan did not take place: when and where it was to be."""
    start, end = local(session.starts_at), local(session.ends_at)
    return {
        "commission_id": session.commission_id,
        "held_on": start.date().isoformat(),
        "starts": f"{start:%H:%M}",
        "ends": f"{end:%H:%M}",
        "place": session.place,
        "worrying": False,
        "chargeable": False,
    }


def _change(work: Work, session: MentoringSession, answers: Any, version: int | None) -> MentoringSession:
    say = change_plan if isinstance(answers, SessionPlanAnswers) else change_session
    return say(work, session, answers, version)


def _not_over(work: Work, session: MentoringSession) -> Sequence[Finding]:
    """R-SES-1: before its end nobody can say how it went."""
    if session.ends_at <= work.clock.now():
        return ()
    end = local(session.ends_at)
    said = f"It is to last until {end:%H:%M} on {day(end.date())}."
    return (work.policy_of(session).finding("R-SES-1", said, way_out="Say how it went afterwards."),)


class Sessions(SessionForms, RecordView):
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
        "in_the_way": "What got in the way",
        "impact": "What was noticed",
        "planned_measures": "What it was to help with",
    }
    load_columns: ClassVar[list[str]] = ["young_person.ref", "mentor.name"]
    only_columns: ClassVar[dict[str, tuple[str, ...]]] = {
        "": ("young_person_id", "mentor_id", "starts_at", "ends_at", "place", "minutes", "outcome"),
        "young_person": ("ref", "given_name", "family_name", "preferred_name"),
        "mentor": ("name",),
    }
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
        "in_the_way",
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

    add_form = staticmethod(form_to_add)
    add_action = staticmethod(add_session)
    edit_form = staticmethod(form_to_change)
    edit_action = staticmethod(_change)
    acts: ClassVar[dict[str, str]] = {"edit": "session.change"}
    steps = (
        Step(
            "record",
            "Say how it went",
            record_session,
            form=form_to_record,
            begins=_to_record,
            rewrites=True,
            why="The plan becomes the record.",
            done="Session kept.",
            offered=lambda session: session.outcome is None,
            stands_in_the_way=_not_over,
        ),
        Step(
            "missed",
            "It did not take place",
            miss_session,
            form=SessionMissedAnswers,
            begins=_to_miss,
            rewrites=True,
            why="They were not there, or it was called off or put off.",
            done="Kept as a session that did not take place.",
            offered=lambda session: session.outcome is None,
        ),
    )
    added_words = "Session kept."
    remove_action = staticmethod(remove_session)
    add_words = "Log a session"
    one_hand = True

    def answers(self, form: Form, record: Any) -> Any:
        """The answers that would write it again, on whichever form it is written."""
        if form.key == SessionPlanAnswers.form.key:
            return answers_of_plan(record)
        if form.key != SessionMissedAnswers.form.key:
            return answers_of_session(record)
        told = answers_of_session(record)
        asked = [one.key for one in form.questions if one.key != "instead_on"]
        return form.make({key: getattr(told, key) for key in asked} | {"instead_on": None})

    def given(self, work: Work, form: Form, parent: Any) -> dict[str, Any]:
        """What a new session begins with: whom the address names, today, and the time and place of the last one."""
        begins: dict[str, Any] = super().given(work, form, parent)
        if "commission_id" not in begins and (only := only_commission(work)) is not None:
            begins["commission_id"] = only
        last = last_session(work, begins.get("commission_id"))
        if form.key != SessionPlanAnswers.form.key:
            begins["held_on"] = work.today.isoformat()
        if last is not None:
            start, end = local(last.starts_at), local(last.ends_at)
            begins |= {"starts": f"{start:%H:%M}", "ends": f"{end:%H:%M}", "place": last.place}
        return begins

    def offers(self, work: Work, but: SessionDraft | None) -> list[tuple[str, str, str]]:
        """Drafts to go on with, and plans whose time has passed."""
        found = []
        for draft in own_drafts(work, DraftOf.session, DraftOf.plan):
            if but is None or draft.id != but.id:
                found.append((f"Go on with your {draft}", f"Saved {when(draft.saved_at)}", self.draft_address(draft)))
        for plan in waiting_to_be_told(work, most=3):
            start = local(plan.starts_at)
            words = f"Say how it went: {plan.young_person}, planned on {short_day(start.date())} at {start:%H:%M}"
            found.append((words, "It becomes the record.", self.step_address(plan, self.steps[0])))
        return found

    def draft_address(self, draft: SessionDraft) -> str:
        """Where one goes on with a draft."""
        if draft.draft_of == DraftOf.week:
            return url_for("WeekOfSessions.index", on=draft.week_on)
        if draft.session_id is not None:
            return url_for(f"{self.endpoint}.take", pk=draft.session_id, step="record")
        kind = {"as": "plan"} if draft.draft_of == DraftOf.plan else {}
        return url_for(f"{self.endpoint}.add", draft=draft.id, **kind)

    def kinds_of_session(self) -> list[tuple[str, str, bool]]:
        """It was held, it did not take place, it is to be; and the week at once."""
        asked = request.args.get("as", "")
        kept = {key: value for key, value in request.args.items() if key == "commission_id"}
        told = (("It took place", ""), ("It did not", "missed"), ("Plan one", "plan"))
        return [
            (words, url_for(f"{self.endpoint}.add", **({"as": key} if key else {}), **kept), key == asked)
            for words, key in told
        ]

    def after(self, record: Any, doing: str) -> str:
        """To the concern form where something worried somebody and no concern was raised yet; else to its page."""
        worried = record.worrying or record.outcome == Outcome.ended_for_safety
        if doing in ("add", "record", "missed") and worried and record.young_person_id:
            page = console().page_about("concern")
            if page is not None and (there := page.add_address(young_person_id=record.young_person_id)):
                flash("Something worried you: raise the concern now. Who it is about is filled in.", "warning")
                return str(there)
        return super().after(record, doing)

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
        return ", ".join(measure_label(each) for each in session.planned_measures)

    def cell_impact(self, session: MentoringSession) -> Markup | str:
        """Each thing that was seen, with its measure."""
        told = (
            f"<b>{escape(measure_label(each['measure']))}</b>, "
            f"{'hoped for' if each['expected'] else 'not expected'}: {escape(each['note'])}"
            for each in session.impact
        )
        return Markup("<br>".join(told))

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
        called = _called(session)
        return f"{session.young_person}, {called[:1].lower()}{called[1:]}"

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
