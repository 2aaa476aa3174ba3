"""Entries with an awarding body, step by step, and the workbook of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import g, request, url_for
from sqlalchemy import ColumnElement, and_, false, func, select

from cmcore.api import Finding, Work
from cmcore_arts_award import leaving, moderating, rules
from cmcore_arts_award.console.enrolments import ArtsAwardEnrolments
from cmcore_arts_award.forms import BatchChangeAnswers, EnteredAnswers, UploadedAnswers
from cmcore_arts_award.records import AwardBatch, AwardEnrolment
from console.api import (
    Filter,
    Page,
    Queue,
    RecordView,
    Related,
    State,
    Step,
    download,
    expose,
    needs,
    shown,
    state_of,
    work,
)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _waits(value: str, here: Work) -> ColumnElement[bool]:
    """Entries whose sample is to be sent, and those whose certificates are late."""
    if value == "sample":
        return AwardBatch.state == "sampled"
    late = and_(AwardBatch.state.in_(("entered", "uploaded")), AwardBatch.expected_on < here.today)
    return late if value == "certificates" else false()


class ArtsAwardEntries(RecordView):
    """Entries with an awarding body."""

    record = AwardBatch
    route_base = "/arts-award-entries"
    about = (
        "An entry is put together from those who were assessed, and entered with the awarding body. If it asks for a "
        "sample, that is sent within 14 days; allow 8 weeks to the certificates (R-AA-3)."
    )
    list_columns = ["title", "many", "entered_on", "upload", "certificates", "state"]
    label_columns = {
        "title": "Entry",
        "many": "Young people",
        "reference": "The awarding body's number",
        "kept_at": "Where everything is kept",
        "entered_on": "Entered on",
        "upload": "Sample to be sent by",
        "certificates": "Certificates by",
        "sampled_on": "Sample asked for on",
        "uploaded_on": "Sample sent on",
        "results_on": "Results came on",
        "state": "State",
    }
    search_columns = ["title", "reference"]
    filter_columns = [
        "state",
        Filter("waits", "Waits for", (("sample", "Its sample"), ("certificates", "Certificates, late")), _waits),
    ]
    order_columns = ["entered_on", "title"]
    base_order = ("id", "desc")
    views = [("Not ended", {"state": "open"}), ("Sample to send", {"waits": "sample"})]
    queues = (
        Queue(
            "Award samples to send",
            {"waits": "sample"},
            "now",
            "The awarding body gives 14 days.",
            "arts_award_batch.upload",
        ),
        Queue(
            "Award certificates that are late",
            {"waits": "certificates"},
            "week",
            "Ask the awarding body, or write down the results.",
            "arts_award_batch.close",
        ),
    )
    number_columns = ["many"]
    show_columns = [
        "reference",
        "kept_at",
        "entered_on",
        "certificates",
        "sampled_on",
        "upload",
        "uploaded_on",
        "results_on",
    ]
    related_views = [
        Related(
            ArtsAwardEnrolments,
            "arts_award_batch_id",
            "Who is in it",
            ["young_person", "award", "setting", "adviser", "state"],
            60,
        )
    ]
    empty_words = "No entries yet. Begin one once somebody is assessed."
    add_form = staticmethod(lambda here, _: moderating.batch_form(here, _authority(here)))
    add_action = staticmethod(moderating.add_batch)
    add_words = "Begin an entry"
    added_words = "The entry is begun. Choose who is in it."
    edit_form = BatchChangeAnswers
    answers_of = staticmethod(moderating.answers_of_batch)
    edit_action = staticmethod(moderating.change_batch)
    remove_action = staticmethod(moderating.remove_batch)
    remove_why = "Those in it stay assessed, and wait for another entry."
    steps = (
        Step(
            "choose",
            "Choose who is entered",
            moderating.choose,
            form=moderating.choosing,
            why="Everybody who was assessed and is in no other entry.",
            button="Put them in",
            done="Chosen.",
            offered=lambda batch: batch.state == "open",
            stands_in_the_way=lambda here, batch: _nobody(here, batch),
            begins=lambda batch: {"enrolments": _everybody(batch)},
        ),
        Step(
            "enter",
            "Enter them",
            moderating.enter,
            form=EnteredAnswers,
            why="Once you entered them with the awarding body. They can no longer be changed then.",
            done=lambda batch: f"Entered. Certificates are to be expected by {shown(batch.expected_on)}.",
            offered=lambda batch: batch.state == "open",
            stands_in_the_way=moderating.not_ready,
        ),
        Step(
            "sample",
            "Say who is in the sample",
            moderating.sample,
            form=moderating.sampling,
            why="If the awarding body asks to see portfolios. If it does not, go on to the results.",
            done=lambda batch: f"The sample is to be sent by {shown(batch.upload_due_on)}.",
            offered=lambda batch: batch.state == "entered",
        ),
        Step(
            "upload",
            "Say that the sample was sent",
            moderating.upload,
            form=UploadedAnswers,
            why="Portfolios and evidence locator forms.",
            offered=lambda batch: batch.state == "sampled",
        ),
        Step(
            "close",
            "Write down the results",
            moderating.close,
            form=moderating.closing,
            why="A certificate for each, but for those who have not passed yet.",
            done="The results are written down.",
            offered=lambda batch: batch.state in ("entered", "uploaded"),
        ),
    )

    def gather(self, here: Work, rows: Any) -> None:
        """How many are in the entries on the page, in one statement."""
        g.arts_award_entered = _counted(here, [row.id for row in rows])

    def cell_many(self, batch: AwardBatch) -> int:
        """How many are in it."""
        told: dict[int, int] = getattr(g, "arts_award_entered", {})
        return told.get(batch.id, 0)

    def cell_upload(self, batch: AwardBatch) -> Any:
        """By when the sample is to be sent, and that it is late."""
        if batch.upload_due_on is None or batch.state != "sampled" or batch.upload_due_on >= work().today:
            return batch.upload_due_on
        return State(shown(batch.upload_due_on), "warn", "warn")

    def cell_certificates(self, batch: AwardBatch) -> Any:
        """By when certificates are to be expected."""
        if batch.expected_on is None or batch.results_on is not None or batch.expected_on >= work().today:
            return batch.expected_on
        return State(shown(batch.expected_on), "warn", "warn")

    def cell_state(self, batch: AwardBatch) -> State:
        """What waits for somebody stands out."""
        look = {"sampled": ("warn", "warn"), "uploaded": ("plain", "half"), "closed": ("plain", "tick")}
        return State(batch.state_label, *look[batch.state]) if batch.state in look else state_of(batch)

    def settled(self, record: Any, doing: str) -> Sequence[Finding]:
        """An entry that was made is not removed."""
        if doing == "remove" and isinstance(record, AwardBatch) and record.state != "open":
            return [Finding("This entry was made, and stays.", way_out="Put right what is wrong in it.")]
        return ()

    def list_acts(self, here: Work) -> list[tuple[str, str]]:
        """Back to the board."""
        return [("Arts Award", url_for("ArtsAwardBoard.index"))]

    def crumbs_before(self, batch: AwardBatch) -> list[tuple[str, str]]:
        """The board."""
        return [("Arts Award", url_for("ArtsAwardBoard.index"))]

    def heading(self, batch: AwardBatch) -> str:
        """What it is called."""
        return f"Award entry: {batch.title}"

    def named(self, batch: AwardBatch) -> str:
        """What it is called."""
        return batch.title

    def findings(self, here: Work, batch: AwardBatch) -> list[Finding]:
        """That the sample or the certificates are late (R-AA-3)."""
        if batch.state == "sampled":
            return rules.sample_in_time(batch.upload_due_on, batch.uploaded_on, here.today)
        if batch.state in ("entered", "uploaded"):
            return rules.certificates_in_time(batch.expected_on, here.today)
        return []


class ArtsAwardEntryList(Page):
    """The workbook of an entry, and the evidence locator of one portfolio."""

    route_base = "/arts-award-entry-list"

    @expose("/<int(max=2147483647):batch_id>")
    @needs("arts_award_batch.export")
    def take(self, batch_id: int) -> Any:
        """The entry as a workbook; that each record was taken out is written down."""
        here = work()
        batch = here.get(AwardBatch, batch_id)
        content = leaving.entry_list(here, batch)
        here.commit()
        return download(content, _XLSX, f"award-entry-{batch.id}.xlsx")

    @expose("/locator/<int(max=2147483647):enrolment_id>")
    @needs("arts_award_enrolment.export")
    def locator(self, enrolment_id: int) -> Any:
        """Where each part of one portfolio is found, as a PDF; that it was taken out is written down."""
        here = work()
        enrolment = here.get(AwardEnrolment, enrolment_id)
        content = leaving.evidence_locator(here, enrolment)
        here.commit()
        return download(content, "application/pdf", f"evidence-locator-{enrolment.id}.pdf")


def _counted(here: Work, keys: list[int]) -> dict[int, int]:
    asked = (
        select(AwardEnrolment.arts_award_batch_id, func.count())
        .where(AwardEnrolment.arts_award_batch_id.in_(keys))
        .group_by(AwardEnrolment.arts_award_batch_id)
    )
    return {key: many for key, many in here.db.execute(asked) if key is not None}


def _authority(here: Work) -> int:
    """The authority a new entry is begun in: the one the address names, or the first one."""
    reached = sorted(here.scope.authorities) if here.scope else []
    wanted = request.args.get("authority_id", "")
    return next((each for each in reached if wanted in ("", str(each))), 0)


def _everybody(batch: AwardBatch) -> list[str]:
    here = work()
    there = moderating.entered_in(here, batch) or moderating.waiting_for(here, batch)
    return [str(one.id) for one in there]


def _nobody(here: Work, batch: AwardBatch) -> list[Finding]:
    if moderating.waiting_for(here, batch) or moderating.entered_in(here, batch):
        return []
    return [Finding("Nobody is assessed who is not in an entry already.", way_out="Assess somebody first.")]
