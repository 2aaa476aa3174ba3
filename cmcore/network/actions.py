"""What people do with the adults around a young person."""

from __future__ import annotations

from cmcore.answers.taking import answers_from, taken
from cmcore.network.forms import SupportingAdultAnswers
from cmcore.network.records import SupportingAdult
from cmcore.safekeeping.removal import remove_if_free
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.queries import chosen_setting
from cmcore.young_people.records import YoungPerson


@action("supporting_adult.add")
def add_supporting_adult(work: Work, person: YoungPerson, answers: SupportingAdultAnswers) -> SupportingAdult:
    """Enter an adult around a young person."""
    answers = taken(work, answers)
    chosen_setting(work, answers.setting_id)
    adult = SupportingAdult(authority_id=person.authority_id, young_person_id=person.id, **answers.columns())
    return work.add(adult)


@action("supporting_adult.change")
def change_supporting_adult(
    work: Work, adult: SupportingAdult, answers: SupportingAdultAnswers, version: int | None = None
) -> SupportingAdult:
    """Change what is known of an adult. Somebody who takes over is another one: give this one a last day."""
    answers = taken(work, answers)
    chosen_setting(work, answers.setting_id)
    work.change(adult, version, **answers.columns())
    return adult


@action("supporting_adult.remove")
def remove_supporting_adult(work: Work, adult: SupportingAdult) -> None:
    """Remove an adult entered by mistake. Refuses one a referral names."""
    remove_if_free(work, adult)


def answers_of_supporting_adult(adult: SupportingAdult) -> SupportingAdultAnswers:
    """The adult as the answers that would make it again."""
    return answers_from(SupportingAdultAnswers, adult)
