"""What people do with money: set it aside for a young person, say what was paid, enter the rate of a year."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from cmcore.answers.taking import answers_from, taken
from cmcore.base.findings import Finding, refuse
from cmcore.commissions.guards import guard
from cmcore.commissions.records import Commission
from cmcore.funding.records import FundingLine
from cmcore.money import rules
from cmcore.money.forms import AllocationAnswers, AllocationPaidAnswers, YearRateAnswers
from cmcore.money.queries import left_to_set_aside, live_commissions_on
from cmcore.money.records import Allocation, YearRate
from cmcore.money.words import AllocationUse
from cmcore.peps.records import PepTarget
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.removal import remove_if_free
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.queries import authority_for
from cmcore.young_people.records import YoungPerson

_SET_ASIDE = beyond("whether money is set aside decides what may be approved; yes or no comes back")


@action("allocation.add")
def set_aside(work: Work, person: YoungPerson, answers: AllocationAnswers) -> Allocation:
    """Set money of a funding line aside for a young person.

    R-PPP-1 refuses Pupil Premium Plus without a target of the education plan, R-PPP-2 warns where the grant may not
    cover it. Refuses more than the line has left, and a target of somebody else's plan.
    """
    answers = taken(work, answers)
    work.heed(_asked(work, person, answers))
    return work.add(Allocation(authority_id=person.authority_id, young_person_id=person.id, **answers.columns()))


@action("allocation.change")
def change_allocation(
    work: Work, allocation: Allocation, answers: AllocationAnswers, version: int | None = None
) -> Allocation:
    """Change what was set aside. The same is refused as when it was; and less than was paid of it."""
    answers = taken(work, answers)
    person = work.get(YoungPerson, allocation.young_person_id)
    moved = answers.funding_line_id != allocation.funding_line_id or answers.use != allocation.use
    if moved:
        _refuse_while_relied_on(work, allocation)
    if answers.amount_pence < allocation.spent_pence:
        raise refuse("More than that was paid already.", place="amount_pence", way_out="Put right what was paid first.")
    work.heed(_asked(work, person, answers, allocation))
    work.change(allocation, version, **answers.columns())
    return allocation


@action("allocation.pay")
def say_what_was_paid(work: Work, allocation: Allocation, answers: AllocationPaidAnswers) -> Allocation:
    """Say what was paid of money set aside, in all. Refuses mentoring, which invoices pay, and a day to come."""
    answers = taken(work, answers)
    if allocation.use == AllocationUse.mentoring:
        raise refuse("Mentoring is paid through invoices.", way_out="Look at the invoices of its commissions.")
    if answers.spent_on > work.today:
        raise refuse("That day is still to come.", place="spent_on", way_out="Give the day it was paid.")
    if answers.spent_pence > allocation.amount_pence:
        raise refuse(
            "That is more than was set aside.", place="spent_pence", way_out="Set more aside first, or correct it."
        )
    work.change(allocation, spent_pence=answers.spent_pence, spent_on=answers.spent_on)
    return allocation


@action("allocation.remove")
def remove_allocation(work: Work, allocation: Allocation) -> None:
    """Take back money set aside. Refuses while a commission relies on it, and once something was paid of it."""
    _refuse_while_relied_on(work, allocation)
    if allocation.spent_pence:
        raise refuse("Something was paid of it already.", way_out="Change the amount to what was paid.")
    remove_if_free(work, allocation)


@action("year_rate.add")
def add_year_rate(work: Work, answers: YearRateAnswers, authority_id: int | None = None) -> YearRate:
    """Enter what Pupil Premium Plus is worth for one child in a financial year. Refuses a year entered already."""
    authority = authority_for(work, authority_id)
    answers = taken(work, answers)
    known = select(YearRate.id).where(
        YearRate.authority_id == authority.id, YearRate.financial_year == answers.financial_year
    )
    if work.db.scalar(known) is not None:
        raise refuse("That year is entered already.", place="financial_year", way_out="Change the entry there is.")
    return work.add(YearRate(authority_id=authority.id, **answers.columns()))


@action("year_rate.change")
def change_year_rate(work: Work, rate: YearRate, answers: YearRateAnswers, version: int | None = None) -> YearRate:
    """Put the rate of a year right."""
    answers = taken(work, answers)
    if answers.financial_year != rate.financial_year:
        raise refuse("An entry stays with its year.", place="financial_year", way_out="Enter the other year.")
    work.change(rate, version, **answers.columns())
    return rate


@action("year_rate.remove")
def remove_year_rate(work: Work, rate: YearRate) -> None:
    """Remove a rate entered by mistake; the one that comes with the software counts again, where there is one."""
    remove_if_free(work, rate)


def answers_of_allocation(allocation: Allocation) -> AllocationAnswers:
    """Money set aside as the answers that would set it aside again."""
    return answers_from(AllocationAnswers, allocation)


def answers_of_year_rate(rate: YearRate) -> YearRateAnswers:
    """The rate as the answers that would enter it again."""
    return answers_from(YearRateAnswers, rate)


def _asked(
    work: Work, person: YoungPerson, answers: AllocationAnswers, before: Allocation | None = None
) -> list[Finding]:
    line = work.get(FundingLine, answers.funding_line_id)
    policy = work.policy_of(person)
    # Held until the transaction ends, so that two who set money aside at once see each other.
    work.db.execute(select(FundingLine.id).where(FundingLine.id == line.id).with_for_update())
    if answers.pep_target_id is not None:
        target = work.get(PepTarget, answers.pep_target_id)
        if target.young_person_id != person.id:
            raise refuse(
                "That target stands in somebody else's plan.", place="pep_target_id", way_out="Choose one of their own."
            )
    care = rules.Care(person.born_on, person.looked_after_from, person.ceased_on)
    return [
        *rules.points_at_a_target(line.kind_of_money, answers.pep_target_id is not None, policy),
        *rules.eligible(care, line.financial_year, line.kind_of_money, policy),
        *rules.fits(answers.amount_pence, left_to_set_aside(work, line, before.id if before else None)),
    ]


def _refuse_while_relied_on(work: Work, allocation: Allocation) -> None:
    if allocation.use != AllocationUse.mentoring or not live_commissions_on(work, allocation):
        return
    raise refuse(
        "A commission that is approved or active relies on it.",
        way_out="End the commission first, or change its amount only.",
    )


@guard("funded")
def _is_funded(work: Work, commission: Commission, on: date) -> list[Finding]:
    """R-PPP-1 when a commission is approved."""
    if commission.funding_line_id is None:
        return []
    line = work.db.scalar(
        select(FundingLine).where(FundingLine.id == commission.funding_line_id), execution_options=_SET_ASIDE
    )
    if line is None or line.kind_of_money not in rules.PUPIL_PREMIUM:
        return []
    found = select(Allocation.id).where(
        Allocation.funding_line_id == line.id,
        Allocation.young_person_id == commission.young_person_id,
        Allocation.use == AllocationUse.mentoring,
        Allocation.pep_target_id.is_not(None),
    )
    is_aside = work.db.scalar(found.limit(1), execution_options=_SET_ASIDE) is not None
    return rules.may_be_funded(line.kind_of_money, is_aside, work.policy_of(commission))
