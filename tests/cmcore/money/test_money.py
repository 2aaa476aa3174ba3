"""Money set aside for young people, on both databases: what is refused, what the accounts say, and what it cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, event, select

from cmcore.activity_reports.actions import accept_report, draw_up_report, submit_report
from cmcore.activity_reports.forms import ActivityReportAnswers
from cmcore.base.findings import NotAllowed, NotFound
from cmcore.commissions.actions import add_commission, approve_commission, end_commission_early
from cmcore.commissions.records import Commission
from cmcore.enrolments.actions import move_enrolment
from cmcore.enrolments.records import Enrolment
from cmcore.funding.actions import add_funding_line, answers_of_funding_line, change_funding_line
from cmcore.funding.forms import FundingLineAnswers
from cmcore.funding.records import FundingLine
from cmcore.funding.words import FundingKind
from cmcore.invoices.actions import add_invoice, approve_invoice, credit_invoice, submit_invoice
from cmcore.invoices.forms import CreditAnswers, InvoiceAnswers
from cmcore.invoices.records import Invoice
from cmcore.money.actions import (
    add_year_rate,
    answers_of_allocation,
    answers_of_year_rate,
    change_allocation,
    change_year_rate,
    remove_allocation,
    remove_year_rate,
    say_what_was_paid,
    set_aside,
)
from cmcore.money.costs import costs_of_year
from cmcore.money.forms import AllocationAnswers, AllocationPaidAnswers, YearRateAnswers
from cmcore.money.queries import left_to_set_aside, rate_of_year, standing_of_year
from cmcore.money.records import Allocation
from cmcore.money.words import AllocationUse
from cmcore.peps.records import PepCycle, PepTarget
from cmcore.safekeeping.work import Work
from cmcore.sessions.forms import ImpactAnswers
from cmcore.testing import Stage, refused
from cmcore.testing.story import Story
from cmcore.young_people.records import YoungPerson
from tests.databases import Beginning

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
TODAY = date(2026, 11, 10)
SEEN = [ImpactAnswers(measure="confidence", note="Showed it to the class.", expected=True)]
MENTORING = AllocationAnswers(
    funding_line_id=1, amount_pence=80_000, use=AllocationUse.mentoring, pep_target_id=1, agreed_on=FIRST
)
DRUMS = replace(MENTORING, amount_pence=12_000, use=AllocationUse.lessons, purpose="Half a term of drum lessons")


def settled(stage: Stage) -> Story:
    """Somebody accepted, with a target in their plan, £1,000 of Pupil Premium Plus and £500 of a grant."""
    made = Story.begin(stage)
    stage.on(FIRST)
    with stage.work("operator") as work:
        made.accepted(work)
        aim(work, made.person_id)
        for name, kind, pence in (("PP+", FundingKind.ppplus, 100_000), ("Grant", FundingKind.grant, 50_000)):
            add_funding_line(
                work, FundingLineAnswers(name=name, kind_of_money=kind, financial_year=2026, amount_pence=pence)
            )
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def aim(work: Work, person_id: int) -> int:
    """A target in the young person's plan of this term."""
    own = {"authority_id": 1, "young_person_id": person_id}
    days = {"term_starts_on": date(2026, 9, 1), "term_ends_on": date(2026, 12, 18), "due_on": date(2026, 12, 18)}
    cycle = work.add(PepCycle(plan="pep", year=2026, term="autumn", **days, **own))
    work.db.flush()
    target = work.add(PepTarget(pep_cycle_id=cycle.id, kind_of_target="cultural", target="Play with others.", **own))
    work.db.flush()
    return int(target.id)


def person(work: Work, story: Story) -> YoungPerson:
    return work.get(YoungPerson, story.person_id)


def test_pupil_premium_plus_needs_a_target_and_a_grant_does_not(story: Story) -> None:
    with story.stage.work("coordinator") as work:
        with refused("R-PPP-1", "names no target"):
            set_aside(work, person(work, story), replace(MENTORING, pep_target_id=None))
        made = set_aside(work, person(work, story), MENTORING)
        # Nobody wrote down when care began, so the grant may not cover it: said, not refused.
        assert [one.rule for one in work.warnings] == ["R-PPP-2"]
        grant = replace(MENTORING, funding_line_id=2, amount_pence=500, pep_target_id=None)
        set_aside(work, person(work, story), grant)
        assert str(made) == "£800.00 for mentoring hours" and answers_of_allocation(made) == MENTORING


def test_a_target_of_somebody_elses_plan_is_refused(story: Story) -> None:
    other = story.beside("Teasel", "Quernmore")
    with story.stage.work("operator") as work:
        theirs = aim(work, other.person_id)
        with refused(words="somebody else's plan"):
            set_aside(work, person(work, story), replace(MENTORING, pep_target_id=theirs))


def test_no_more_is_set_aside_than_the_line_has(story: Story) -> None:
    with story.stage.work() as work:
        made = set_aside(work, person(work, story), MENTORING)
        with refused(words="£200.01 is more than the £200.00"):
            set_aside(work, person(work, story), replace(DRUMS, amount_pence=20_001))
        change_allocation(work, made, replace(MENTORING, amount_pence=100_000))
        assert left_to_set_aside(work, made.funding_line) == 0


def test_a_commission_of_pupil_premium_plus_is_approved_once_the_money_is_set_aside(story: Story) -> None:
    with story.stage.work() as work:
        commission = add_commission(work, story.commission_form(funding_line_id=1))
        set_aside(work, person(work, story), DRUMS)
        with refused("R-PPP-1", "Nothing of this Pupil Premium Plus is set aside"):
            approve_commission(work, commission)
        made = set_aside(work, person(work, story), MENTORING)
        approve_commission(work, commission)
        with refused(words="relies on it"):
            remove_allocation(work, made)
        with refused(words="relies on it"):
            change_allocation(work, made, replace(MENTORING, use=AllocationUse.other))
        end_commission_early(work, commission, "Moved away.")
        remove_allocation(work, made)
    with story.stage.work() as work:
        approve_commission(work, add_commission(work, story.commission_form(funding_line_id=2)))
        approve_commission(work, add_commission(work, story.commission_form()))


def test_money_that_is_drawn_on_stays_of_its_kind_and_year(story: Story) -> None:
    with story.stage.work() as work:
        approve_commission(work, add_commission(work, story.commission_form(funding_line_id=2)))
        grant = work.get(FundingLine, 2)
        answers = answers_of_funding_line(grant)
        for changes in ({"kind_of_money": FundingKind.ppplus}, {"financial_year": 2027}):
            with refused(words="commissions draw on it"):
                change_funding_line(work, grant, replace(answers, **changes))
        change_funding_line(work, grant, replace(answers, amount_pence=60_000))
        plus = work.get(FundingLine, 1)
        change_funding_line(work, plus, replace(answers_of_funding_line(plus), kind_of_money=FundingKind.school))


def test_what_was_paid_is_said_once_and_within_what_was_set_aside(story: Story) -> None:
    with story.stage.work() as work:
        hours, drums = (set_aside(work, person(work, story), each) for each in (MENTORING, DRUMS))
        keys = hours.id, drums.id
    with story.stage.work("finance") as work:
        hours, drums = (work.get(Allocation, key) for key in keys)
        paid = AllocationPaidAnswers(spent_pence=11_500, spent_on=FIRST)
        with refused(words="Mentoring is paid through invoices"):
            say_what_was_paid(work, hours, paid)
        with refused(words="still to come"):
            say_what_was_paid(work, drums, replace(paid, spent_on=LAST))
        with refused(words="more than was set aside"):
            say_what_was_paid(work, drums, replace(paid, spent_pence=12_001))
        say_what_was_paid(work, drums, paid)
    with story.stage.work() as work:
        drums = work.get(Allocation, keys[1])
        with refused(words="More than that was paid"):
            change_allocation(work, drums, replace(DRUMS, amount_pence=11_499))
        with refused(words="Something was paid of it"):
            remove_allocation(work, drums)
        standing, grant = standing_of_year(work, 1, 2026)
        assert (standing.account.spent_pence, standing.account.committed_pence) == (11_500, 11_500)
        assert standing.account.allocated_pence == 92_000 and grant.account.allocated_pence == 0


def billed(story: Story) -> int:
    """Two sessions of an hour and a half at £32, reported, billed and approved; gives the invoice's key."""
    stage = story.stage
    with stage.work("operator") as work:
        set_aside(work, person(work, story), MENTORING)
        story.commissioned(work, funding_line_id=1)
        move_enrolment(work, work.get(Enrolment, story.enrolment_id), "start")
    stage.on(TODAY)
    with stage.work("operator") as work:
        story.logged(work, date(2026, 10, 8), date(2026, 10, 15), done="Printed.", impact=SEEN)
        report = draw_up_report(work, ActivityReportAnswers(commission_id=1, starts_on=FIRST, ends_on=LAST))
        submit_report(work, report)
        accept_report(work, report)
        invoice = add_invoice(
            work, InvoiceAnswers(mentor_id=story.mentor_id, number="JT-1", starts_on=FIRST, ends_on=LAST)
        )
        submit_invoice(work, invoice)
    with stage.work("finance", login="odile.marrowfen") as work:
        key: int = approve_invoice(work, work.get(Invoice, invoice.id)).id
    return key


def test_the_account_follows_sessions_and_approved_invoices(story: Story) -> None:
    key = billed(story)
    with story.stage.work("finance") as work:
        account = standing_of_year(work, 1, 2026)[0].account
        assert (account.spent_pence, account.committed_pence, account.uncommitted_pence) == (9_600, 76_800, 23_200)
        # Three hours in forty days; 141 days are left of the year.
        assert account.forecast_pence == 9_600 + (180 * 141 // 40) * 3_200 // 60
        found = costs_of_year(work, 1, 2026)
        assert [(one.minutes, one.spent_pence) for one in found.costs] == [(180, 9_600)]
        assert (found.pence_each, found.pence_an_hour) == (9_600, 3_200)
        assert costs_of_year(work, 1, 2026, story.programme_id).pence_an_hour == 3_200
        assert costs_of_year(work, 1, 2026, 99).costs == costs_of_year(work, 1, 2025).costs == ()
        credit_invoice(work, work.get(Invoice, key), CreditAnswers(reason="Billed twice.", number="JT-1C"))
        assert standing_of_year(work, 1, 2026)[0].account.spent_pence == 0
        assert costs_of_year(work, 1, 2026).pence_each is None


def test_what_is_promised_to_nobody_turns_red_in_march(story: Story) -> None:
    days = ((TODAY, [], False), (date(2027, 1, 1), ["R-PPP-3"], False), (date(2027, 3, 1), ["R-PPP-3"], True))
    for today, rules, red in days:
        story.stage.on(today)
        with story.stage.work("finance") as work:
            plus, grant = standing_of_year(work, 1, 2026)
            assert [one.rule for one in plus.findings] == rules and plus.red is red and grant.findings == ()


def test_a_year_stands_in_few_statements_however_many_lines(story: Story, engine: Engine) -> None:
    with story.stage.work() as work:
        for number in range(12):
            add_funding_line(
                work,
                FundingLineAnswers(
                    name=f"Line {number}", kind_of_money=FundingKind.school, financial_year=2026, amount_pence=100
                ),
            )
    asked: list[str] = []
    with story.stage.work("head") as work:
        work.db.scalars(select(Invoice)).all()
        event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
        assert len(standing_of_year(work, 1, 2026)) == 14
    assert len([one for one in asked if one.lstrip().upper().startswith(("SELECT", "WITH"))]) <= 4


def test_the_rate_of_a_year_is_shipped_until_one_is_entered(stage: Stage) -> None:
    with stage.work("finance") as work:
        assert rate_of_year(work, 1, 2025) == 263_000 and rate_of_year(work, 1, 2026) is None
        answers = YearRateAnswers(financial_year=2026, amount_pence=269_000, source="Conditions of grant")
        rate = add_year_rate(work, answers)
        assert rate_of_year(work, 1, 2026) == 269_000 and str(rate) == "2026-27: £2,690.00"
        with refused(words="entered already"):
            add_year_rate(work, answers)
        with refused(words="stays with its year"):
            change_year_rate(work, rate, replace(answers, financial_year=2027))
        change_year_rate(work, rate, replace(answers, amount_pence=270_000))
        assert answers_of_year_rate(rate).amount_pence == 270_000
        remove_year_rate(work, rate)
        assert rate_of_year(work, 1, 2026) is None


def test_whoever_has_nothing_to_do_with_money_sees_none_of_it(story: Story) -> None:
    with story.stage.work() as work:
        key = set_aside(work, person(work, story), MENTORING).id
    elsewhere = story.stage.authority("992", "Quillshire", "QU")
    for role, more in (("mentor", {"mentor_id": story.mentor_id}), ("referrer", {"setting_id": story.setting_id})):
        with story.stage.work(role, **more) as work, pytest.raises((NotAllowed, NotFound)):
            work.get(Allocation, key)
    with story.stage.work("coordinator", authority_id=elsewhere) as work, pytest.raises(NotFound):
        work.get(Allocation, key)
    with story.stage.work("finance") as work, pytest.raises((NotAllowed, NotFound)):
        set_aside(work, YoungPerson(id=story.person_id, authority_id=1), DRUMS)
    with story.stage.work("finance") as work:
        assert work.db.get(Commission, 999) is None and work.get(Allocation, key).amount_pence == 80_000
