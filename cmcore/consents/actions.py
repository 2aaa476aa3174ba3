"""What people do with permissions: write one down, take it back. None is thrown away once it was relied on."""

from __future__ import annotations

from cmcore.answers.taking import answers_from, taken
from cmcore.base.findings import refuse
from cmcore.consents import rules
from cmcore.consents.forms import ConsentAnswers, WithdrawAnswers
from cmcore.consents.records import Consent
from cmcore.safekeeping.removal import remove_if_free
from cmcore.safekeeping.work import Work, action
from cmcore.young_people.records import YoungPerson


@action("consent.add")
def add_consent(work: Work, person: YoungPerson, answers: ConsentAnswers) -> Consent:
    """Write down what was decided. R-CON-1 refuses a decision by whoever was not to decide on that day."""
    answers = taken(work, answers)
    work.heed(rules.may_decide(answers.decided_by, answers.starts_on, person.born_on, work.policy_of(person)))
    return work.add(Consent(authority_id=person.authority_id, young_person_id=person.id, **answers.columns()))


@action("consent.change")
def change_consent(work: Work, consent: Consent, answers: ConsentAnswers, version: int | None = None) -> Consent:
    """Put right what was written down wrongly. A new decision is another record."""
    answers = taken(work, answers)
    person = work.get(YoungPerson, consent.young_person_id)
    work.heed(rules.may_decide(answers.decided_by, answers.starts_on, person.born_on, work.policy_of(consent)))
    work.change(consent, version, **answers.columns())
    return consent


@action("consent.withdraw")
def withdraw_consent(work: Work, consent: Consent, answers: WithdrawAnswers) -> Consent:
    """Take a permission back, from that day on. Refuses a day after today, and one before it began."""
    answers = taken(work, answers)
    if answers.withdrawn_on > work.today:
        raise refuse("That day is still to come.", place="withdrawn_on", way_out="Give the day it was taken back.")
    if answers.withdrawn_on < consent.starts_on:
        raise refuse("It had not begun then.", place="withdrawn_on", way_out="Give the day it was taken back.")
    work.change(consent, withdrawn_on=answers.withdrawn_on)
    return consent


@action("consent.remove")
def remove_consent(work: Work, consent: Consent) -> None:
    """Remove a permission entered by mistake."""
    remove_if_free(work, consent)


def answers_of_consent(consent: Consent) -> ConsentAnswers:
    """The permission as the answers that would write it again."""
    return answers_from(ConsentAnswers, consent)
