"""Case studies: drafted from sessions and journal without names, shared only through the gate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from flask import Response, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.findings import Finding
from cmcore.commissions.records import Commission
from cmcore.journals.case_studies import (
    answers_of_case_study,
    begin_case_study,
    change_case_study,
    finish_case_study,
    in_the_way,
    publish_case_study,
    remove_case_study,
    reopen_case_study,
    share_case_study,
    take_back_case_study,
)
from cmcore.journals.forms import CaseStudyAnswers, CaseStudyBeginAnswers, TakeBackAnswers
from cmcore.journals.paper import case_study_pdf
from cmcore.journals.records import CaseStudy
from cmcore.safekeeping.work import Work
from console import desk, lookups
from console.listing import Queue
from console.printing import download
from console.record_forms import ONE
from console.record_view import RecordView
from console.security import needs
from console.shown import State
from console.steps import NextStep, Step

_LOOKS = {"draft": ("none", "ring"), "ready": ("note", "half"), "shared": ("plain", "dot"), "public": ("ok", "tick")}


def _public(work: Work, study: CaseStudy) -> Sequence[Finding]:
    return in_the_way(work, study, public=True)


class CaseStudies(RecordView):
    """What came of somebody's time with a mentor, told without a name."""

    record = CaseStudy
    route_base = "/case-studies"
    about = (
        "What came of a young person's time with a mentor, in hours commissioned for it. Drafted from sessions and "
        "journal with names left out; shared only once no name stands in it, in public only with permission."
    )
    list_columns: ClassVar[list[str]] = ["ref", "young_person", "mentor.name", "starts_on", "ends_on", "state"]
    label_columns: ClassVar[dict[str, str]] = {
        "ref": "Case study",
        "young_person": "Young person",
        "mentor.name": "Written by",
        "starts_on": "From",
        "ends_on": "To",
        "state": "Where it stands",
    }
    load_columns: ClassVar[list[str]] = ["young_person.ref"]
    search_columns: ClassVar[list[str]] = ["ref", "young_person.ref", "mentor.name"]
    filter_columns: ClassVar[list[str]] = ["state", "young_person_id"]
    order_columns: ClassVar[list[str]] = ["ref", "starts_on", "state"]
    base_order = ("starts_on", "desc")
    views: ClassVar[list[Any]] = [("Ready to be shared", {"state": "ready"})]
    queues = (
        Queue("Case studies to share", {"state": "ready"}, "soon", "Read it, then share it.", "case_study.share"),
    )
    show_columns: ClassVar[list[str]] = ["young_person", "mentor", "starts_on", "ends_on", "state"]
    facts_heading = "What it is about"
    show_template = "cm/case_study.html"
    empty_words = "No case studies yet. One is begun from a commission whose hours are for it."

    add_form = CaseStudyBeginAnswers
    add_action = staticmethod(begin_case_study)
    add_words = "Begin a case study"
    added_words = "Drafted from sessions and journal, with names left out. It is yours to write now."
    edit_form = CaseStudyAnswers
    edit_action = staticmethod(change_case_study)
    answers_of = staticmethod(answers_of_case_study)
    remove_action = staticmethod(remove_case_study)
    steps = (
        Step(
            "finish",
            "Say that it is finished",
            finish_case_study,
            why="Somebody else then reads it and shares it.",
            offered=lambda study: study.state == "draft",
            stands_in_the_way=in_the_way,
        ),
        Step(
            "reopen",
            "Go on writing",
            reopen_case_study,
            why="It is not shared yet.",
            offered=lambda study: study.state == "ready",
        ),
        Step(
            "share",
            "Share it with professionals",
            share_case_study,
            why="Those around the young person may read it here.",
            offered=lambda study: study.state == "ready",
            stands_in_the_way=in_the_way,
        ),
        Step(
            "publish",
            "Let it be shown in public",
            publish_case_study,
            why="It may then leave this system as a document without a name.",
            offered=lambda study: study.state in ("ready", "shared"),
            stands_in_the_way=_public,
        ),
        Step(
            "take-back",
            "Take it back",
            lambda work, study, answers: take_back_case_study(work, study, answers.reason),
            form=TakeBackAnswers,
            act="case_study.share",
            why="It is shown to nobody any more.",
            offered=lambda study: study.state in ("shared", "public"),
            grave=True,
        ),
    )

    def lookup(self, of: str, text: str, about: Any) -> Any:
        """Of commissions, those whose hours are for a case study."""
        if of != "commission":
            return super().lookup(of, text, about)
        return lookups.lookup(of, text, Commission.purpose == "case_study")

    def cell_state(self, study: CaseStudy) -> State:
        """What waits for somebody stands out."""
        return State(study.state_label, *_LOOKS.get(study.state, ("none", "ring")))

    def heading(self, study: CaseStudy) -> str:
        """Which case study."""
        return f"Case study {study.ref}"

    def named(self, study: CaseStudy) -> str:
        """Its reference."""
        return study.ref

    def settled(self, record: CaseStudy, doing: str) -> Sequence[Finding]:
        """What is finished stays as it is; what was shown is not thrown away."""
        if doing == "edit" and record.state != "draft":
            return (Finding(f"This case study is “{record.state_label}”.", way_out="Go on writing it first."),)
        if doing == "remove" and record.state not in ("draft", "ready"):
            return (Finding("It was shown to others.", way_out="Take it back instead."),)
        return ()

    def next_steps(self, work: Work, record: CaseStudy) -> list[NextStep]:
        """The declared steps; and the document, once it is shared."""
        made = super().next_steps(work, record)
        if record.state in ("shared", "public"):
            where = url_for(f"{self.endpoint}.paper", pk=record.id)
            made.append(NextStep("Take it away as a document", where, "Without a name; that you did is written down."))
        return made

    def show_context(self, work: Work, record: Any, opened: bool) -> dict[str, Any]:
        """The four parts as they stand."""
        context = super().show_context(work, record, opened)
        parts = (("How it began", record.beginning), ("What was done", record.done), ("What changed", record.changed))
        context["told"] = [(heading, text.splitlines()) for heading, text in parts if text]
        return context

    @expose(f"/{ONE}/paper")
    @needs("case_study.see")
    def paper(self, pk: int) -> Response:
        """The case study as a document, if the gate lets it out today; that it was taken is written down."""
        work = desk.work()
        study = self.record_at(work, pk)
        made = case_study_pdf(work, study)
        work.opened(study, "taken away as a document")
        work.commit()
        return download(made, "application/pdf", f"{study.ref}.pdf")
