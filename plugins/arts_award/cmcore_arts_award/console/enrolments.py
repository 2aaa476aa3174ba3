"""Enrolments for awards: from the first piece of evidence to the certificate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, and_, false

from cmcore.api import Finding, Severity, Work, YoungPerson
from cmcore_arts_award import enrolling
from cmcore_arts_award.console.parts import ArtsAwardParts
from cmcore_arts_award.console.people import still_here
from cmcore_arts_award.forms import (
    AssessedAnswers,
    CertificateAnswers,
    EnrolAnswers,
    EnrolmentChangeAnswers,
    with_levels,
)
from cmcore_arts_award.levels import every_code, level_of, split
from cmcore_arts_award.life import ENROLMENT_LIFE, WORKING
from cmcore_arts_award.queries import missing, to_assess, to_certificate, to_enter, unadvised, what_is_thin
from cmcore_arts_award.records import AwardEnrolment
from console.api import Filter, Queue, RecordView, Related, State, Step, Sub, state_of, transitions, work


def _of_level(value: str, here: Work) -> ColumnElement[bool]:
    scheme, level = split(value)
    return and_(AwardEnrolment.scheme == scheme, AwardEnrolment.level == level)


def _waits(value: str, here: Work) -> ColumnElement[bool]:
    told = {"assess": to_assess, "enter": to_enter, "certificate": to_certificate, "adviser": unadvised}
    return told[value]() if value in told else false()


class ArtsAwardEnrolments(RecordView):
    """Who works towards which level of which award."""

    record = AwardEnrolment
    route_base = "/arts-award-enrolments"
    about = "Who works towards which level, where and with which adviser, and how far they are."
    list_columns = ["young_person", "award", "setting", "adviser", "done", "aims_on", "state"]
    label_columns = {
        "young_person": "Young person",
        "award": "Level",
        "setting": "Where",
        "adviser": "Adviser",
        "done": "Parts passed",
        "aims_on": "To be done by",
        "enrolled_on": "Enrolled on",
        "wanted": "Still wanted",
        "meant_for": "Meant for",
        "assessed_on": "Assessed on",
        "assessed_by": "Assessed by",
        "batch": "Entry",
        "ended_on": "Ended on",
        "certificate": "Number of the certificate",
        "state": "State",
    }
    load_columns = ["young_person.ref", "setting.name", "setting.kind_of_setting", "adviser.name"]
    search_columns = ["young_person.ref", "young_person.family_name"]
    filter_columns = [
        "state",
        Filter("level", "Level", lambda here: list(every_code().items()), _of_level),
        Filter(
            "waits",
            "Waits for",
            (
                ("assess", "Its assessment"),
                ("enter", "An entry"),
                ("certificate", "A certificate to order"),
                ("adviser", "An adviser"),
            ),
            _waits,
        ),
        "young_person_id",
        "setting_id",
        "arts_award_adviser_id",
        "arts_award_batch_id",
    ]
    order_columns = {"aims_on": "aims_on", "state": "state", "done": "passed"}
    base_order = ("enrolled_on", "desc")
    views = [
        ("Going on", {"state": "open"}),
        ("To assess", {"waits": "assess"}),
        ("To enter", {"waits": "enter"}),
        ("Certificated", {"state": "certificated"}),
    ]
    queues = (
        Queue(
            "Awards to assess",
            {"waits": "assess"},
            "week",
            "Every part is passed: the adviser says that it is assessed.",
            "arts_award_enrolment.assess",
        ),
        Queue(
            "Awards to enter",
            {"waits": "enter"},
            "week",
            "They are assessed: put them into an entry.",
            "arts_award_batch.add",
        ),
        Queue(
            "Award certificates to order",
            {"waits": "certificate"},
            "week",
            "Nobody moderates them: order the certificates.",
            "arts_award_enrolment.certificate",
        ),
        Queue(
            "Award enrolments without an adviser",
            {"waits": "adviser"},
            "soon",
            "Say who advises them.",
            "arts_award_enrolment.change",
        ),
    )
    show_columns = [
        "young_person",
        "meant_for",
        "setting",
        "adviser",
        "enrolled_on",
        "aims_on",
        "done",
        "wanted",
        "assessed_on",
        "assessed_by",
        "batch",
        "ended_on",
        "certificate",
    ]
    related_views = [
        Related(ArtsAwardParts, "arts_award_enrolment_id", "Its parts", ["its_part", "asks", "mark", "pieces"], 20),
    ]
    empty_words = "Nobody is enrolled yet. Enrol somebody on the page of a young person."
    add_parent = YoungPerson
    add_form = staticmethod(lambda here, person: with_levels(EnrolAnswers.form, here, person.authority_id))
    add_action = staticmethod(enrolling.enrol)
    add_words = "Enrol for an award"
    added_words = "Enrolled. Its parts are listed below."
    edit_form = EnrolmentChangeAnswers
    answers_of = staticmethod(enrolling.answers_of_enrolment)
    edit_action = staticmethod(enrolling.change_enrolment)
    remove_action = staticmethod(enrolling.remove_enrolment)
    remove_why = "Only an enrolment for which nothing was done is removed; another one is withdrawn."
    steps = (
        Step(
            "assess",
            "Say it is assessed",
            enrolling.assess,
            form=AssessedAnswers,
            why="The adviser stands by it, and every part is passed (R-AA-3).",
            offered=lambda one: one.state in WORKING,
            stands_in_the_way=enrolling.in_the_way,
            begins=lambda one: (
                {"arts_award_adviser_id": one.arts_award_adviser_id} if one.arts_award_adviser_id else {}
            ),
        ),
        Step(
            "certificate",
            "Write down the certificate",
            enrolling.write_certificate,
            form=CertificateAnswers,
            why="The day on it, and its number.",
            offered=lambda one: one.state in ("assessed", "entered", "sampled"),
            stands_in_the_way=enrolling.not_entered,
        ),
        *transitions(
            ENROLMENT_LIFE,
            enrolling.move_enrolment,
            "arts_award_enrolment.move",
            only=("reopen", "resume", "withdraw", "take_up"),
        ),
    )

    def given(self, here: Work, form: Any, parent: Any) -> dict[str, Any]:
        """Today, unless another day is said."""
        return {**super().given(here, form, parent), "enrolled_on": here.today.isoformat()}

    def cell_award(self, one: AwardEnrolment) -> str:
        """The level in words."""
        return str(one)

    def cell_setting(self, one: AwardEnrolment) -> Any:
        """Where, and that it is a secure unit or a hospital."""
        if one.setting is None:
            return ""
        kinds = {"secure_unit": "secure unit", "hospital": "hospital"}
        return Sub(one.setting.name, kinds.get(one.setting.kind_of_setting, ""))

    def cell_adviser(self, one: AwardEnrolment) -> Any:
        """Who advises them, or that nobody does."""
        if one.adviser is not None:
            return one.adviser.name
        return State("Nobody yet", "warn", "warn") if one.state in WORKING else ""

    def cell_done(self, one: AwardEnrolment) -> str:
        """How many parts of how many."""
        return f"{one.passed} of {one.parts}"

    def cell_meant_for(self, one: AwardEnrolment) -> str:
        """The ages the level is meant for, and what it counts as."""
        level = level_of(one.scheme, one.level)
        return f"{level.meant_for}; {level.standing}" if level else ""

    def cell_wanted(self, one: AwardEnrolment) -> str:
        """What is still wanted, part by part."""
        if one.state not in (*WORKING, "not_yet"):
            return ""
        return "; ".join(missing(work(), one)) or "Nothing: it can be assessed"

    def cell_state(self, one: AwardEnrolment) -> State:
        """What waits for somebody stands out; a certificate has its tick."""
        look = {"assessed": ("plain", "half"), "not_yet": ("warn", "warn"), "certificated": ("ok", "tick")}
        return State(one.state_label, *look[one.state]) if one.state in look else state_of(one)

    def lookup(self, of: str, text: str, about: Any) -> Any:
        """Of advisers, those of the authority who are still here."""
        found = super().lookup(of, text, about)
        return still_here(found, about) if of == "arts_award_adviser" and about is not None else found

    def told(self, here: Work, record: Any, doing: str) -> list[Finding]:
        """Whom a new enrolment is for, and how old they are."""
        if doing != "add" or not isinstance(record, YoungPerson):
            return []
        return [Finding(f"For {record}, aged {record.age(here.today)}", severity=Severity.inform)]

    def settled(self, record: Any, doing: str) -> Sequence[Finding]:
        """An enrolment for which something was done is not removed, and one that ended is not changed."""
        if not isinstance(record, AwardEnrolment):
            return ()
        if doing == "remove" and record.state != "enrolled":
            said = "Something was done for this award, so it stays."
            return [Finding(said, way_out="Withdraw it instead, with the reason.")]
        if doing == "edit" and record.lifecycle.ended(record.state):
            return [Finding(f"This award is “{record.state_label}”, and stays as it is.")]
        return ()

    def list_acts(self, here: Work) -> list[tuple[str, str]]:
        """Back to the board."""
        return [("Arts Award", url_for("ArtsAwardBoard.index"))]

    def crumbs_before(self, one: AwardEnrolment) -> list[tuple[str, str]]:
        """The board."""
        return [("Arts Award", url_for("ArtsAwardBoard.index"))]

    def heading(self, one: AwardEnrolment) -> str:
        """Which level, and whose."""
        return f"{one}: {one.young_person}"

    def named(self, one: AwardEnrolment) -> str:
        """Which level."""
        return str(one)

    def findings(self, here: Work, one: AwardEnrolment) -> list[Finding]:
        """What R-AA-4 points out, and that the plugin of the award is gone."""
        if level_of(one.scheme, one.level) is None:
            said = "The plugin that brings this award is not in use."
            return [Finding(said, severity=Severity.warn, way_out="Nothing is lost: put it right on the Plugins page.")]
        return what_is_thin(here, one) if one.state in (*WORKING, "assessed") else []
