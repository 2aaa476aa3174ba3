"""What people do with evidence: save a cohort under a name, and give a table out so that it is remembered."""

from __future__ import annotations

from sqlalchemy import select

from cmcore.answers.taking import answers_from, taken
from cmcore.base.findings import refuse
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.policies import PolicyKey
from cmcore.evidence.forms import SavedCohortAnswers
from cmcore.evidence.published import earlier_tables, remembered
from cmcore.evidence.queries import drawn_up, programme_with
from cmcore.evidence.records import SavedCohort
from cmcore.evidence.subgroups import Subgroups
from cmcore.measures.registry import measure_set
from cmcore.programmes.records import Programme
from cmcore.safekeeping.removal import remove_if_free
from cmcore.safekeeping.work import Work, action


@action("saved_cohort.add")
def save_cohort(work: Work, programme: Programme, cohort: Cohort, answers: SavedCohortAnswers) -> SavedCohort:
    """Save a cohort of a programme under a name. Refuses a name that the programme has already."""
    answers = taken(work, answers)
    known = select(SavedCohort.id).where(SavedCohort.programme_id == programme.id, SavedCohort.name == answers.name)
    if work.db.scalar(known) is not None:
        raise refuse(
            "There is a cohort of that name.", place="name", way_out="Choose another name, or change that one."
        )
    return work.add(
        SavedCohort(
            authority_id=programme.authority_id,
            programme_id=programme.id,
            name=answers.name,
            filters=cohort.as_data(),
            login=work.actor.login,
        )
    )


@action("saved_cohort.change")
def change_saved_cohort(
    work: Work, saved: SavedCohort, cohort: Cohort, answers: SavedCohortAnswers, version: int | None = None
) -> SavedCohort:
    """Change the name or the filters of a saved cohort. Refuses whoever did not save it and does not keep evidence."""
    answers = taken(work, answers)
    _refuse_somebody_elses(work, saved)
    known = select(SavedCohort.id).where(
        SavedCohort.programme_id == saved.programme_id, SavedCohort.name == answers.name, SavedCohort.id != saved.id
    )
    if work.db.scalar(known) is not None:
        raise refuse("There is a cohort of that name.", place="name", way_out="Choose another name.")
    work.change(saved, version, name=answers.name, filters=cohort.as_data())
    return saved


@action("saved_cohort.remove")
def remove_saved_cohort(work: Work, saved: SavedCohort) -> None:
    """Remove a saved cohort; what was counted with it stays. Refuses somebody else's, as changing it does."""
    _refuse_somebody_elses(work, saved)
    remove_if_free(work, saved)


@action("evidence.see")
def give_out(
    work: Work,
    authority_id: int,
    programme_key: str,
    cohort: Cohort | None = None,
    *,
    by: str = "",
    policy: str = PolicyKey.dfe,
    round_to: int | None = None,
) -> Subgroups:
    """The subgroup table of a cohort as a reader outside may have it, remembered as given out (R-SUP-1).

    What is hidden cannot be worked out from it, nor from it and the earlier tables of its series. The same table asked
    for again is the same and is remembered once. Refuses the policy ``internal``, a split by persons, a cohort of one
    mentor, and whoever may
    not see the evidence.
    """
    work.require("evidence.see", authority_id)
    if policy == PolicyKey.internal:
        raise refuse("What is for the authority's own use is not given out.", way_out="Choose the policy dfe or ons.")
    programme = programme_with(work, authority_id, programme_key)
    # Held until the transaction ends: of two tables given out at once, the second must know of the first.
    work.db.execute(select(Programme.id).where(Programme.id == programme.id).with_for_update())
    cohort = cohort or Cohort()
    chosen = measure_set(cohort.measure_set or programme.measure_set)
    earlier = earlier_tables(work, programme, chosen, cohort)
    table = drawn_up(work, programme, cohort, by, policy, round_to, earlier)
    if table.release not in earlier:
        remembered(work, programme, chosen, table.release)
    return table


def cohort_of_saved(saved: SavedCohort) -> Cohort:
    """The cohort that was saved."""
    return Cohort.kept(saved.filters)


def answers_of_saved_cohort(saved: SavedCohort) -> SavedCohortAnswers:
    """The saved cohort as the answers that would save it again."""
    return answers_from(SavedCohortAnswers, saved)


def _refuse_somebody_elses(work: Work, saved: SavedCohort) -> None:
    if saved.login != work.actor.login and not work.may("saved_cohort.keep", saved.authority_id):
        raise refuse("Somebody else saved this cohort.", way_out="Save yours under another name.")
