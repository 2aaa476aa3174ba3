"""Forms, a concern, a permission, reports and invoices in the invented autumn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from cmcore.activity_reports.actions import accept_report, draw_up_report, submit_report
from cmcore.activity_reports.forms import ActivityReportAnswers
from cmcore.answers.editions import publish, withdraw
from cmcore.answers.files import keep_file
from cmcore.answers.filling import correct, finish, save_draft
from cmcore.concerns.actions import raise_concern
from cmcore.concerns.forms import ConcernAnswers
from cmcore.concerns.words import ConcernKind, Told
from cmcore.consents.actions import add_consent
from cmcore.consents.forms import ConsentAnswers
from cmcore.consents.words import ConsentKind, Decider, Decision
from cmcore.invoices.actions import add_invoice, submit_invoice
from cmcore.invoices.forms import InvoiceAnswers, InvoiceLineAnswers
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import Outcome
from cmcore.young_people.records import YoungPerson
from tests.cmcore.answers.wrenshire import GOOD, PNG, VISIT, begun, newer, published

if TYPE_CHECKING:
    from tests.console.autumn import Autumn

#: What came of a session, for those that stand in a report.
SEEN = [{"measure": "confidence", "note": "Showed it to the class.", "expected": True}]


def forms(made: Autumn) -> None:
    """A form with a corrected set of answers, a draft on its older edition and a file; and one that was withdrawn."""
    stage = made.stage
    with stage.work() as work:
        outing = replace(VISIT, key="wrenshire-outing", title="Day out")
        published(work, stage, outing)
        person = work.get(YoungPerson, made.main.person_id)
        answers = begun(work, stage, person, outing.key)
        picture = keep_file(work, answers, "day.png", PNG)
        good = GOOD | {"worry": "A quiet one.", "picture": picture, "stops": [{"where": "The weir", "minutes": "20"}]}
        finish(work, answers, good)
        correct(work, answers, good | {"people": "8"}, reason="Counted again.")
        draft = save_draft(work, begun(work, stage, person, outing.key), {"place": "Mossgrave", "people": "several"})
        published(work, stage, newer(outing))
        unused = publish(work, replace(VISIT, key="wrenshire-walk"), authority_id=stage.authority_id, source="workbook")
        withdraw(work, unused, "Nobody walks any more.")
        work.db.flush()
        made.keys |= {"answers": answers.id, "answers_draft": draft.id}


def papers(made: Autumn) -> None:
    """A concern, a permission, reports in each state, and an invoice that does not tally beside one being written."""
    stage, story = made.stage, made.main
    with stage.work("mentor", mentor_id=story.mentor_id, login="juno.tansyhurst") as work:
        worry = ConcernAnswers(
            young_person_id=story.person_id, kind_of_concern=ConcernKind.disclosure, said="I do not want to go home."
        )
        made.keys["concern"] = raise_concern(work, replace(worry, told=[Told.carer])).id
    with stage.work() as work:
        for session in work.db.scalars(select(MentoringSession).where(MentoringSession.outcome == Outcome.held)):
            work.change(session, done="Printed a second colour.", impact=SEEN)
        permission = ConsentAnswers(
            kind_of_use=ConsentKind.media_capture,
            decision=Decision.given,
            decided_by=Decider.social_worker,
            starts_on=date(2026, 9, 1),
            ends_on=None,
            withdrawn_on=None,
        )
        made.keys["consent"] = add_consent(work, work.get(YoungPerson, story.person_id), permission).id
        days = ActivityReportAnswers(
            commission_id=story.commission_id, starts_on=date(2026, 6, 1), ends_on=date(2026, 8, 31), summary=None
        )
        report = draw_up_report(work, days)
        accept_report(work, submit_report(work, report))
        later = replace(days, starts_on=date(2026, 9, 1), ends_on=date(2026, 11, 9))
        made.keys |= {"report": report.id, "draft_report": draw_up_report(work, later).id}
        bill = InvoiceAnswers(
            mentor_id=story.mentor_id, number="JT-1", starts_on=date(2026, 6, 1), ends_on=date(2026, 8, 31)
        )
        line = InvoiceLineAnswers(
            commission_id=story.commission_id, session_on=date(2026, 6, 4), minutes=120, rate_pence=None
        )
        invoice = submit_invoice(work, add_invoice(work, replace(bill, lines=[line])))
        made.keys |= {"invoice": invoice.id, "draft_invoice": add_invoice(work, replace(bill, number="JT-2")).id}
