"""Cohorts, their training days, and the roll of a day, taken on a phone."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for

from cmcore.api import Finding, Refused, Work, academic_year, day, local
from cmcore.api.asks import ReasonAnswers
from cmcore_attachment_aware import cohorts, queries, schools, training
from cmcore_attachment_aware.console.parts import HOME, InTheProgramme
from cmcore_attachment_aware.console.places import AttachmentAwarePlaces
from cmcore_attachment_aware.forms import CohortAnswers, DayAnswers, OfferAnswers
from cmcore_attachment_aware.programme import PLUGIN
from cmcore_attachment_aware.records import AwareCohort, AwareDay, AwareStaff
from cmcore_attachment_aware.training import OnTheRoll
from cmcore_attachment_aware.words import StaffRole
from console.api import (
    Filter,
    NextStep,
    Page,
    Queue,
    RecordView,
    Related,
    State,
    Step,
    expose,
    needs,
    page_of,
    work,
)

_TAPS = {"yes": True, "no": False, "unsaid": None}


class AttachmentAwareDays(InTheProgramme, RecordView):
    """Training days."""

    record = AwareDay
    route_base = "/attachment-aware-days"
    about = "The training days of each cohort, and who came. They stand in the calendar."
    list_columns = ["title", "held_on", "venue", "cohort", "stands"]
    label_columns = {
        "title": "Training day",
        "held_on": "When",
        "venue": "Where",
        "stands": "Roll",
        "about_what": "What it is about",
        "led_by": "Led by",
        "hours": "From and to",
        "called_off_because": "Called off because",
        "attachment_aware_cohort_id": "Cohort",
    }
    load_columns = ["cohort.year", "called_off_because"]
    search_columns = ["title", "venue"]
    filter_columns = [
        Filter(
            "which",
            "Which",
            (("roll", "Roll not taken"), ("ahead", "Ahead")),
            lambda value, here: queries.roll_waits(here) if value == "roll" else AwareDay.held_on > here.today,
        ),
        "attachment_aware_cohort_id",
    ]
    order_columns = ["held_on"]
    base_order = ("held_on", "desc")
    queues = (
        Queue(
            "Training days without a roll",
            {"which": "roll"},
            "now",
            "Say who came.",
            "attachment_aware_attendance.mark",
        ),
    )
    show_columns = ["held_on", "hours", "venue", "led_by", "about_what", "cohort", "called_off_because"]
    empty_words = "No training day yet. Add one on the page of a cohort."
    add_parent = AwareCohort
    add_form = DayAnswers
    add_action = staticmethod(cohorts.add_day)
    edit_form = DayAnswers
    answers_of = staticmethod(cohorts.answers_of_day)
    edit_action = staticmethod(cohorts.change_day)
    remove_action = staticmethod(cohorts.remove_day)
    steps = (
        Step(
            "call-off",
            "Call it off",
            lambda here, training_day, told: cohorts.call_off_day(here, training_day, told.reason),
            form=ReasonAnswers,
            act="attachment_aware_day.change",
            why="It counts for nobody then.",
            offered=lambda one: not one.called_off,
        ),
    )

    def next_steps(self, here: Work, record: AwareDay) -> list[NextStep]:
        """The roll stands on a page of its own."""
        made: list[NextStep] = []
        if here.may("attachment_aware_attendance.mark", record.authority_id) and not record.called_off:
            there = url_for("AttachmentAwareRoll.index", day_id=record.id)
            if record.held_on <= here.today:
                made.append(NextStep("Take the roll", there, "One tap for each, on a phone."))
            else:
                made.append(NextStep("Take the roll", why=f"Not yet. It is on {day(record.held_on)}.", refused=True))
        return [*made, *super().next_steps(here, record)]

    def cell_hours(self, record: AwareDay) -> str:
        """From and to."""
        return f"{local(record.starts_at):%H:%M} to {local(record.ends_at):%H:%M}"

    def cell_stands(self, record: AwareDay) -> State:
        """Whether it takes place and has been."""
        if record.called_off:
            return State("Called off", "none", "bars")
        return State("Ahead", "none", "ring") if record.held_on > work().today else State("Held", "plain", "dot")


class AttachmentAwareCohorts(InTheProgramme, RecordView):
    """Cohorts, one for each academic year."""

    record = AwareCohort
    route_base = "/attachment-aware-cohorts"
    about = (
        "The cohort of each academic year: how many schools it takes, who has a place, who waits and in which order."
    )
    list_columns = ["name", "places", "taken", "waiting", "starts_on", "led_by"]
    label_columns = {
        "name": "Year",
        "places": "Places",
        "taken": "Taken",
        "waiting": "Wait",
        "starts_on": "Begins",
        "ends_on": "Ends",
        "apply_by_on": "Applications by",
        "led_by": "Led by",
        "stands": "Places",
    }
    load_columns = ["year"]
    filter_columns = [
        Filter(
            "which",
            "Which",
            (("free", "A place is free, and a school waits"),),
            lambda value, here: queries.may_move_up(here),
        )
    ]
    order_columns = {"name": "year"}
    base_order = ("year", "desc")
    queues = (
        Queue(
            "Free places that a school waits for",
            {"which": "free"},
            "now",
            "Offer it to the school that has waited longest.",
            "attachment_aware_place.decide",
        ),
    )
    show_columns = ["stands", "apply_by_on", "starts_on", "ends_on", "led_by"]
    related_views = [
        Related(
            AttachmentAwarePlaces,
            "attachment_aware_cohort_id",
            "Schools",
            ["setting.name", "state", "lead_name", "in_line", "told"],
            60,
        ),
        Related(AttachmentAwareDays, "attachment_aware_cohort_id", "Training days", ["title", "held_on", "stands"], 20),
    ]
    empty_words = "No cohort yet. Open one, and schools can apply."
    add_form = CohortAnswers
    add_action = staticmethod(cohorts.open_cohort)
    add_words = "Open a cohort"
    edit_form = CohortAnswers
    answers_of = staticmethod(cohorts.answers_of_cohort)
    edit_action = staticmethod(cohorts.change_cohort)
    remove_action = staticmethod(cohorts.remove_cohort)
    steps = (
        Step(
            "offer-next",
            "Offer the next place",
            schools.offer_next,
            form=OfferAnswers,
            why="It goes to the school that has waited longest.",
            offered=lambda cohort: cohort.waiting > 0 and cohort.free > 0,
        ),
    )

    def cell_stands(self, cohort: AwareCohort) -> str:
        """How many places are taken, and how many schools wait."""
        return cohorts.places_in_words(cohort)

    def given(self, here: Work, form: Any, parent: Any) -> dict[str, Any]:
        """The academic year that goes on, its days, and the usual number of places."""
        year = academic_year(here.today)
        return {
            "year": year,
            "places": int(here.setting(PLUGIN, "places")),
            "starts_on": f"{year}-09-01",
            "ends_on": f"{year + 1}-07-20",
        }


class AttachmentAwareRoll(Page):
    """Who came to a training day."""

    route_base = "/attachment-aware-roll"

    @expose("/<int(max=2147483647):day_id>", methods=("GET", "POST"))
    @needs("attachment_aware_attendance.mark")
    def index(self, day_id: int) -> Any:
        """The roll of a day; a tap sends one answer, and the same answer twice is one."""
        here = work()
        training_day = here.get(AwareDay, day_id)
        said = request.form.get("mark", "")
        if request.method == "POST" and said:
            key, _, value = said.partition(":")
            if not key.isdecimal() or len(key) > 10 or value not in _TAPS:
                return redirect(url_for("AttachmentAwareRoll.index", day_id=day_id), 303)
            try:
                training.mark(here, training_day, here.get(AwareStaff, int(key)), _TAPS[value])
                here.commit()
            except Refused as refused:
                here.undo()
                return self._roll(work(), day_id, list(refused.findings)), 422
            return redirect(url_for("AttachmentAwareRoll.index", day_id=day_id, _anchor=f"p{key}"), 303)
        return self._roll(here, day_id)

    def _roll(self, here: Work, day_id: int, findings: list[Finding] | None = None) -> str:
        training_day = here.get(AwareDay, day_id)
        against = training.roll_in_the_way(here, training_day)
        on = training.roll(here, training_day)
        came = sum(bool(one.came) for one in on)
        return self.show_page(
            "cm/roll.html",
            title="Roll of a training day",
            heading=f"Roll: {training_day.title}",
            under=f"{day(training_day.held_on)} · {training_day.venue}",
            findings=findings or against,
            rows=[_row(one, open_=not against) for one in on],
            counted=f"{sum(one.came is not None for one in on)} of {len(on)} said, {came} came.",
            empty="Nobody is expected. Staff are named on the page of their school.",
            may_open=False,
            opened=False,
            links=[("The training day", page_of(training_day))],
            crumbs=(
                (HOME, url_for("AttachmentAwareHome.index")),
                (training_day.title, page_of(training_day)),
                ("Roll", ""),
            ),
        )


def _row(one: OnTheRoll, *, open_: bool) -> dict[str, Any]:
    return {
        "key": one.staff.id,
        "words": one.staff.name,
        "lines": [one.school, StaffRole.say(one.staff.role)],
        "fixed": "" if open_ else "Not yet",
        "taps": [("yes", "Came", one.came is True), ("no", "Did not come", one.came is False)],
        "back": "unsaid" if open_ and one.came is not None else "",
        "more": [],
    }
