"""What people do with personal education plans: open a term's, hold one, judge it, complete it; aim, and look again."""

from __future__ import annotations

from collections.abc import Sequence

from cmcore.answers.taking import answers_from, taken
from cmcore.base.findings import Finding, refuse
from cmcore.forms import form_of
from cmcore.measures.choosing import measured_with
from cmcore.measures.registry import measure_sets
from cmcore.peps import rules
from cmcore.peps.forms import (
    ContributionAnswers,
    MeetingAnswers,
    PepAnswers,
    PepChangeAnswers,
    QualityAnswers,
    TargetAnswers,
    TargetReviewAnswers,
    TermAnswers,
)
from cmcore.peps.opening import cycle_for, due_of, settings_of, term_at
from cmcore.peps.queries import sets_of_person, unreviewed_before
from cmcore.peps.records import PepContribution, PepCycle, PepTarget
from cmcore.safekeeping.removal import remove_if_free
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.queries import authority_for, chosen_setting
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import YoungPerson


@action("pep_cycle.open")
def open_term(work: Work, answers: TermAnswers, authority_id: int | None = None) -> Sequence[PepCycle]:
    """Open a plan for everybody who is to have one in the term of a day (R-PEP-1, R-PEP-2); gives those that are new.

    Opening a term twice adds only who has come since. Whoever left is left as they are.
    """
    authority = authority_for(work, authority_id)
    work.require("pep_cycle.open", authority.id)
    at = term_at(work, authority, taken(work, answers).on)
    due = due_of(work, authority, at)
    learns = settings_of(work, authority, max(at.starts_on, min(work.today, at.ends_on)))
    return [work.add(cycle_for(authority.id, key, at, one, learns.get(key))) for key, one in due.items()]


@action("pep_cycle.add")
def open_pep(work: Work, person: YoungPerson, answers: PepAnswers) -> PepCycle:
    """Open one young person's plan of a term. Refuses where there is one, and where none is to be."""
    authority = work.get(Authority, person.authority_id)
    at = term_at(work, authority, taken(work, answers).on)
    due = due_of(work, authority, at, [person.id]).get(person.id)
    if due is None:
        raise refuse(
            f"No PEP is to be opened for the {at.term.name.lower()} term: there is one, or they are not in care "
            "or not of the age then.",
            place="on",
            rule="R-PEP-2",
            way_out="Look at their PEPs, and at when they became looked after.",
        )
    learns = settings_of(work, authority, max(at.starts_on, min(work.today, at.ends_on)), [person.id])
    return work.add(cycle_for(authority.id, person.id, at, due, learns.get(person.id)))


@action("pep_cycle.change")
def change_pep(work: Work, pep: PepCycle, answers: PepChangeAnswers, version: int | None = None) -> PepCycle:
    """Change by when a plan is due, and the school or college it belongs to."""
    answers = taken(work, answers)
    setting = chosen_setting(work, answers.setting_id)
    work.change(pep, version, due_on=answers.due_on, setting_id=setting.id if setting else None)
    return pep


@action("pep_cycle.remove")
def remove_pep(work: Work, pep: PepCycle) -> None:
    """Remove a plan that was opened by mistake. Refuses one that has targets or was met about."""
    if pep.held_on is not None:
        raise refuse("This PEP was held, and stays.", way_out="Put right what is wrong in it.")
    remove_if_free(work, pep)


@action("pep_cycle.start")
def start_pep(work: Work, pep: PepCycle) -> PepCycle:
    """Say that it is being prepared."""
    work.move(pep, "start")
    return pep


@action("pep_cycle.hold")
def hold_pep(work: Work, pep: PepCycle, answers: MeetingAnswers) -> PepCycle:
    """Write down the meeting: when, who came, what was agreed. Refuses a day ahead; one that is late is pointed out."""
    if pep.state == "complete":
        raise refuse("This PEP is complete.", way_out="Have it reviewed again first.")
    answers = taken(work, answers)
    work.heed(rules.not_ahead(answers.held_on, work.today, "held_on"))
    work.heed(rules.in_time(pep.due_on, answers.held_on, work.today, work.policy_of(pep), first=pep.first))
    work.change(
        pep, held_on=answers.held_on, attended_by=[each.value for each in answers.attended_by], agreed=answers.agreed
    )
    if pep.state == "not_started":
        work.move(pep, "start")
    return pep


@action("pep_cycle.submit")
def submit_pep(work: Work, pep: PepCycle) -> PepCycle:
    """Send the plan to the virtual school to be judged. Refuses one about which nobody has met."""
    work.heed(rules.may_submit(pep.held_on) + work.ask("cm_check_pep", pep, pep=pep, step="submit"))
    work.move(pep, "submit")
    return pep


@action("pep_cycle.judge")
def judge_pep(work: Work, pep: PepCycle, answers: QualityAnswers) -> PepCycle:
    """Give a submitted plan its quality mark: red, amber or green. Refuses while it is not submitted."""
    if pep.state != "submitted":
        raise refuse(f"This PEP is “{pep.state_label}”.", way_out="It is judged once it is submitted.")
    work.change(pep, **taken(work, answers).columns())
    return pep


@action("pep_cycle.complete")
def complete_pep(work: Work, pep: PepCycle) -> PepCycle:
    """Complete a plan. R-PEP-3 refuses while an earlier target was not reviewed or the mark is red."""
    work.heed(in_the_way(work, pep) + work.ask("cm_check_pep", pep, pep=pep, step="complete"))
    work.move(pep, "complete")
    return pep


@action("pep_cycle.review_again")
def review_pep_again(work: Work, pep: PepCycle, reason: str) -> PepCycle:
    """Give a plan back, with what is to be looked at again; its mark is taken off, and given anew."""
    work.move(pep, "review_again", reason=reason)
    work.change(pep, quality=None)
    return pep


def review_pep_again_by(work: Work, pep: PepCycle, way: str, reason: str) -> PepCycle:
    """:func:`review_pep_again`, called as a transition of the life cycle is."""
    return review_pep_again(work, pep, reason)


def in_the_way(work: Work, pep: PepCycle) -> list[Finding]:
    """What keeps a plan from being complete (R-PEP-3)."""
    return rules.may_complete(unreviewed_before(work, pep), pep.quality, work.policy_of(pep))


# ---- what it aims at
@action("pep_target.add")
def add_target(work: Work, pep: PepCycle, answers: TargetAnswers) -> PepTarget:
    """Add a target to a plan. Refuses once it is complete, and a measure of no programme of theirs (R-MEA-8)."""
    _refuse_complete(pep)
    own = {"authority_id": pep.authority_id, "young_person_id": pep.young_person_id, "pep_cycle_id": pep.id}
    return work.add(PepTarget(**own, **_asked_of(work, pep, answers).columns()))


@action("pep_target.change")
def change_target(work: Work, target: PepTarget, answers: TargetAnswers, version: int | None = None) -> PepTarget:
    """Change what a target says. Refuses once it was reviewed, so that what was judged stays what it was."""
    if target.outcome is not None:
        raise refuse("This target was reviewed, and stays as it is.", way_out="Write another one.")
    work.change(target, version, **_asked_of(work, target, answers, target.measure).columns())
    return target


def _asked_of(
    work: Work, about: PepCycle | PepTarget, answers: TargetAnswers, kept: str | None = None
) -> TargetAnswers:
    """The answers as they are kept: the measure is one of those the young person is scored with, or was kept before."""
    if answers.measure is None or answers.measure == kept:
        also = (kept,) if kept else ()
        return taken(work, answers, measured_with(form_of(TargetAnswers), None, also) if kept else None)
    sets = sets_of_person(work, about.young_person_id)
    own = {one.key: one.label for name in sets for one in measure_sets()[name].measures}
    work.heed(rules.measure_is_theirs(answers.measure, own, work.policy_of(about)))
    return taken(work, answers, measured_with(form_of(TargetAnswers), sets))


@action("pep_target.review")
def review_target(work: Work, target: PepTarget, answers: TargetReviewAnswers) -> PepTarget:
    """Write down what became of a target; a later look takes the place of an earlier one."""
    answers = taken(work, answers)
    work.heed(rules.not_ahead(answers.reviewed_on, work.today, "reviewed_on"))
    work.change(target, **answers.columns())
    return target


@action("pep_target.remove")
def remove_target(work: Work, target: PepTarget) -> None:
    """Remove a target entered by mistake. Refuses one to which money points."""
    remove_if_free(work, target)


# ---- what a mentor brings
@action("pep_contribution.add")
def contribute(work: Work, pep: PepCycle, answers: ContributionAnswers) -> PepContribution:
    """Bring something to the meeting of a plan, as who signs in; a mentor's is known as theirs. [Role]."""
    _refuse_complete(pep)
    grants = work.scope.grants if work.scope else ()
    mentor_id = next((one.mentor_id for one in grants if one.authority_id == pep.authority_id and one.mentor_id), None)
    return work.add(
        PepContribution(
            authority_id=pep.authority_id,
            young_person_id=pep.young_person_id,
            pep_cycle_id=pep.id,
            mentor_id=mentor_id,
            written_by=work.actor.name,
            written_at=work.clock.now(),
            **taken(work, answers).columns(),
        )
    )


@action("pep_contribution.remove")
def remove_contribution(work: Work, given: PepContribution) -> None:
    """Remove a contribution that was written about somebody else by mistake."""
    work.db.delete(given)


def answers_of_pep(pep: PepCycle) -> PepChangeAnswers:
    """What may be changed of a plan, as the answers that would write it again."""
    return answers_from(PepChangeAnswers, pep)


def answers_of_target(target: PepTarget) -> TargetAnswers:
    """The target as the answers that would write it again."""
    return answers_from(TargetAnswers, target)


def _refuse_complete(pep: PepCycle) -> None:
    if pep.state == "complete":
        raise refuse("This PEP is complete.", way_out="Have it reviewed again first, or use the next term's.")
