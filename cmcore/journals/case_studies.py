"""What people do with a case study: begin it, write it, share it through the gate, take it back."""

from __future__ import annotations

from cmcore.answers.taking import answers_from, taken
from cmcore.base.findings import Finding, refuse
from cmcore.commissions.records import Commission
from cmcore.consents.rules import may_use
from cmcore.consents.words import ConsentKind
from cmcore.journals import rules
from cmcore.journals.forms import CaseStudyAnswers, CaseStudyBeginAnswers
from cmcore.journals.queries import consents_about, decisions, drafted, names_in, own_names, roster_of
from cmcore.journals.records import CaseStudy
from cmcore.safekeeping.refs import next_ref
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import YoungPerson


@action("case_study.add")
def begin_case_study(work: Work, answers: CaseStudyBeginAnswers) -> CaseStudy:
    """Begin a case study, drafted from sessions and journal. R-CAS-1 refuses hours commissioned for something else."""
    answers = taken(work, answers)
    commission = work.get(Commission, answers.commission_id)
    work.require("case_study.add", commission.authority_id)
    work.heed(rules.has_own_hours(commission.purpose, work.policy_of(commission)))
    if commission.young_person_id is None:
        raise refuse("These hours are about no young person.", place="commission_id", way_out="Choose others.")
    told = drafted(work, commission, answers.starts_on, answers.ends_on)
    made = CaseStudy(
        authority_id=commission.authority_id,
        ref=next_ref(work, work.get(Authority, commission.authority_id), "K"),
        mentor_id=commission.mentor_id,
        young_person_id=commission.young_person_id,
        beginning="",
        done=told.done,
        changed=told.changed,
        said=told.said,
        **answers.columns(),
    )
    work.heed(_named(work, made))
    return work.add(made)


@action("case_study.change")
def change_case_study(work: Work, study: CaseStudy, answers: CaseStudyAnswers, version: int | None = None) -> CaseStudy:
    """Write on at a case study that is not finished."""
    if study.state != "draft":
        raise refuse(f"This case study is “{study.state_label}”.", way_out="Go on writing it first.")
    work.change(study, version, **taken(work, answers).columns())
    return study


@action("case_study.remove")
def remove_case_study(work: Work, study: CaseStudy) -> None:
    """Throw away a case study that nobody was shown."""
    if study.state not in ("draft", "ready"):
        raise refuse("It was shown to others.", way_out="Take it back instead.")
    work.db.delete(study)


@action("case_study.change")
def finish_case_study(work: Work, study: CaseStudy) -> CaseStudy:
    """Say that it is finished. R-CAS-2 refuses while a name stands in it."""
    work.heed(in_the_way(work, study))
    work.move(study, "finish")
    return study


@action("case_study.change")
def reopen_case_study(work: Work, study: CaseStudy) -> CaseStudy:
    """Go on writing one that was not shared yet."""
    work.move(study, "reopen")
    return study


@action("case_study.share")
def share_case_study(work: Work, study: CaseStudy) -> CaseStudy:
    """Let the professionals around the young person read it. R-CAS-2 refuses while a name stands in it."""
    work.heed(in_the_way(work, study))
    work.move(study, "share")
    return study


@action("case_study.share")
def publish_case_study(work: Work, study: CaseStudy) -> CaseStudy:
    """Let it be shown in public. R-CON-3 refuses without a "media public" permission in force today."""
    work.heed(in_the_way(work, study, public=True))
    work.move(study, "publish")
    return study


@action("case_study.share")
def take_back_case_study(work: Work, study: CaseStudy, reason: str) -> CaseStudy:
    """Show it to nobody any more, with the reason."""
    work.move(study, "take_back", reason=reason)
    return study


def in_the_way(work: Work, study: CaseStudy, *, public: bool = False) -> list[Finding]:
    """What refuses showing a case study today: names in it, and in public a permission that is not in force."""
    found = _named(work, study)
    if public and study.young_person_id is not None:
        person = work.get(YoungPerson, study.young_person_id)
        told = decisions(consents_about(work, person.id))
        found += may_use(told, ConsentKind.media_public, work.today, person.born_on, work.policy_of(study))
    return found


def _named(work: Work, study: CaseStudy) -> list[Finding]:
    names = names_in(study, roster_of(work, study.authority_id), own_names(work, study.young_person_id))
    return rules.holds_no_name(names, work.policy_of(study.authority_id))


def answers_of_case_study(study: CaseStudy) -> CaseStudyAnswers:
    """The case study as the answers that would write it again."""
    return answers_from(CaseStudyAnswers, study)
