"""What people do with a young person's record and the spells in it."""

from __future__ import annotations

from typing import Any

from cmcore.answers.taking import answers_from, taken
from cmcore.base.findings import Finding, refuse_if
from cmcore.base.periods import Period
from cmcore.safekeeping.refs import next_ref
from cmcore.safekeeping.removal import remove_if_free
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.queries import authority_for, chosen_setting
from cmcore.young_people import rules
from cmcore.young_people.forms import (
    CareEpisodeAnswers,
    EducationSpellAnswers,
    SendStatusAnswers,
    YoungPersonAnswers,
)
from cmcore.young_people.queries import other_spells, with_number
from cmcore.young_people.records import CareEpisode, EducationSpell, SendStatus, YoungPerson

Spell = CareEpisode | EducationSpell | SendStatus
SpellAnswers = CareEpisodeAnswers | EducationSpellAnswers | SendStatusAnswers


# ---- the young person
@action("young_person.add")
def add_young_person(work: Work, answers: YoungPersonAnswers, authority_id: int | None = None) -> YoungPerson:
    """Enter a young person of an authority. Refuses ages that are not accepted (R-YP-1), and numbers in use."""
    authority = authority_for(work, authority_id)
    columns = _columns(taken(work, answers))
    work.heed(rules.age_is_accepted(columns["born_on"], work.today, work.policy_of(authority)))
    work.heed(_faults(work, authority.id, columns))
    return work.add(YoungPerson(authority_id=authority.id, ref=next_ref(work, authority), **columns))


@action("young_person.change")
def change_young_person(
    work: Work, person: YoungPerson, answers: YoungPersonAnswers, version: int | None = None
) -> YoungPerson:
    """Change what is known of a young person. The age is looked at again only where the date of birth changes."""
    columns = _columns(taken(work, answers))
    if columns["born_on"] != person.born_on:
        work.heed(rules.age_is_accepted(columns["born_on"], work.today, work.policy_of(person)))
    work.heed(_faults(work, person.authority_id, columns, but=person.id))
    work.change(person, version, **columns)
    return person


@action("young_person.remove")
def remove_young_person(work: Work, person: YoungPerson) -> None:
    """Remove a record entered by mistake. Refuses while anything hangs on it: a referral, an episode, an adult."""
    remove_if_free(work, person)


def answers_of_young_person(person: YoungPerson) -> YoungPersonAnswers:
    """The young person as the answers that would make the record again."""
    return answers_from(YoungPersonAnswers, person)


def _columns(answers: YoungPersonAnswers) -> dict[str, Any]:
    return {**answers.columns(), "upn": rules.clean_upn(answers.upn)}


def _faults(work: Work, authority_id: int, columns: dict[str, Any], but: int | None = None) -> list[Finding]:
    keys = ("looked_after_from", "ceased_on", "unaccompanied_until", "died_on")
    found = rules.not_before_birth(columns["born_on"], [(key, columns[key]) for key in keys])
    found += rules.not_after_today(work.today, [(key, columns[key]) for key in ("looked_after_from", "died_on")])
    for key, words in (("child_id", "number"), ("upn", "unique pupil number")):
        if columns[key] and (other := with_number(work, authority_id, getattr(YoungPerson, key), columns[key], but)):
            said = f"{other} has this {words} already."
            found.append(Finding(said, place=key, way_out="Open that record instead, or put the number right."))
    return found


# ---- care episodes
@action("care_episode.add")
def add_care_episode(work: Work, person: YoungPerson, answers: CareEpisodeAnswers) -> CareEpisode:
    """Enter a care episode. Refuses days before birth; sharing days with another one is warned of."""
    return work.add(CareEpisode(**_spell(work, CareEpisode, person, taken(work, answers))))


@action("care_episode.change")
def change_care_episode(
    work: Work, episode: CareEpisode, answers: CareEpisodeAnswers, version: int | None = None
) -> CareEpisode:
    """Change a care episode. Refuses what :func:`add_care_episode` refuses."""
    work.change(episode, version, **_spell_again(work, episode, taken(work, answers)))
    return episode


@action("care_episode.remove")
def remove_care_episode(work: Work, episode: CareEpisode) -> None:
    """Remove a care episode entered by mistake."""
    remove_if_free(work, episode)


def answers_of_care_episode(episode: CareEpisode) -> CareEpisodeAnswers:
    """The care episode as the answers that would make it again."""
    return answers_from(CareEpisodeAnswers, episode)


# ---- education
@action("education_spell.add")
def add_education_spell(work: Work, person: YoungPerson, answers: EducationSpellAnswers) -> EducationSpell:
    """Enter a spell of education. Refuses days before birth; sharing days with another one is warned of."""
    return work.add(EducationSpell(**_spell(work, EducationSpell, person, taken(work, answers))))


@action("education_spell.change")
def change_education_spell(
    work: Work, spell: EducationSpell, answers: EducationSpellAnswers, version: int | None = None
) -> EducationSpell:
    """Change a spell of education. Refuses what :func:`add_education_spell` refuses."""
    work.change(spell, version, **_spell_again(work, spell, taken(work, answers)))
    return spell


@action("education_spell.remove")
def remove_education_spell(work: Work, spell: EducationSpell) -> None:
    """Remove a spell of education entered by mistake."""
    remove_if_free(work, spell)


def answers_of_education_spell(spell: EducationSpell) -> EducationSpellAnswers:
    """The spell as the answers that would make it again."""
    return answers_from(EducationSpellAnswers, spell)


# ---- special educational needs
@action("send_status.add")
def add_send_status(work: Work, person: YoungPerson, answers: SendStatusAnswers) -> SendStatus:
    """Enter special educational needs support. Refuses days before birth; sharing days is warned of."""
    return work.add(SendStatus(**_spell(work, SendStatus, person, taken(work, answers))))


@action("send_status.change")
def change_send_status(
    work: Work, status: SendStatus, answers: SendStatusAnswers, version: int | None = None
) -> SendStatus:
    """Change special educational needs support. Refuses what :func:`add_send_status` refuses."""
    work.change(status, version, **_spell_again(work, status, taken(work, answers)))
    return status


@action("send_status.remove")
def remove_send_status(work: Work, status: SendStatus) -> None:
    """Remove special educational needs support entered by mistake."""
    remove_if_free(work, status)


def answers_of_send_status(status: SendStatus) -> SendStatusAnswers:
    """The support as the answers that would make it again."""
    return answers_from(SendStatusAnswers, status)


# ---- what spells have in common
def _spell(work: Work, kept: Any, person: YoungPerson, answers: SpellAnswers, but: int | None = None) -> dict[str, Any]:
    """The columns of a spell, after its days were compared with the date of birth and with the other spells."""
    refuse_if(rules.not_before_birth(person.born_on, [("starts_on", answers.starts_on)]))
    if not isinstance(answers, SendStatusAnswers):
        chosen_setting(work, answers.setting_id)
    period = Period(answers.starts_on, answers.ends_on)
    work.heed(rules.overlaps(period, other_spells(work, kept, person, but)))
    return {"authority_id": person.authority_id, "young_person_id": person.id, **answers.columns()}


def _spell_again(work: Work, spell: Spell, answers: SpellAnswers) -> dict[str, Any]:
    person = work.get(YoungPerson, spell.young_person_id)
    return _spell(work, type(spell), person, answers, but=spell.id)
