"""What people do with releases: make one, give it out, call it back, tell the evaluator which rows to delete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from cmcore.api import Finding, Work, YoungPerson, action, among, authority_for, for_others, measure_set, refuse, taken
from cmcore_action_research import rules
from cmcore_action_research.comparison import comparison
from cmcore_action_research.protocols import holds_still
from cmcore_action_research.queries import analyses_of, in_force, measures_of, permitted
from cmcore_action_research.records import ResearchStudy, StudyProtocol
from cmcore_action_research.release import writing
from cmcore_action_research.release.columns import ANALYSES, PEOPLE, columns
from cmcore_action_research.release.forms import GivenAnswers, ReleaseAnswers, ThemeReleaseAnswers, coarseness_of
from cmcore_action_research.release.gathering import Participant, participants
from cmcore_action_research.release.generalising import (
    LADDERS,
    LEFT_OUT,
    Earlier,
    alone,
    few_together,
    smallest,
    ways_out,
)
from cmcore_action_research.release.pseudonyms import new_secret, pseudonym
from cmcore_action_research.release_records import ReleaseFile, ReleaseKey, StudyRelease


def releases_of(work: Work, study: ResearchStudy) -> list[StudyRelease]:
    """The releases of a study within reach, the latest first."""
    asked = select(StudyRelease).where(StudyRelease.action_research_study_id == study.id)
    return list(work.db.scalars(asked.order_by(StudyRelease.number.desc())))


@action("action_research_release.make")
def make_release(work: Work, study: ResearchStudy, answers: ReleaseAnswers) -> StudyRelease:
    """Make a release without names and freeze it: files, hash, and a secret that never leaves.

    Refuses before a protocol is frozen (R-STUDY-1), under one that was tampered with (R-STUDY-2), where fewer than
    five share what is told of somebody, with what to coarsen (R-STUDY-8), and one that tells of fewer than five when it
    is laid beside the earlier ones (R-STUDY-10).
    """
    return _made(work, study, taken(work, answers), "")


@action("action_research_release.decide_themes")
def make_release_with_themes(work: Work, study: ResearchStudy, answers: ThemeReleaseAnswers) -> StudyRelease:
    """The same with the themes of each: only whoever's role may decide so, with a reason that is kept (R-STUDY-9)."""
    told = taken(work, answers)
    work.heed(rules.theme_decided(True, work.actor.name, told.theme_why, work.policy_of(study)))
    return _made(work, study, told, told.theme_why)


def _made(work: Work, study: ResearchStudy, answers: ReleaseAnswers, theme_why: str) -> StudyRelease:
    policy = work.policy_of(study)
    protocol = in_force(work, study)
    if protocol is None:
        work.heed(rules.frozen_before(None, work.today, "Nothing is released", policy))
        raise refuse("There is no frozen protocol yet.")
    work.heed(holds_still(work, protocol))
    found = participants(work, study, protocol)
    coarseness = coarseness_of(answers)
    work.heed(too_few(found, coarseness, policy))
    keys = [one.place.young_person_id for one in found]
    earlier = _earlier(work, study)
    work.heed(rules.differ_enough(keys, [one.people for one in earlier], policy))
    facts = {one.place.young_person_id: one.facts for one in found}
    few = few_together(facts, coarseness, earlier, rules.least("R-STUDY-10", policy))
    work.heed(rules.told_together(few, policy))
    secret = new_secret()
    files = _files(work, study, protocol, found, coarseness, secret)
    known = releases_of(work, study)
    share = smallest([one.facts for one in found], coarseness)
    manifest = writing.manifest_of(
        files,
        {
            "study": study.title,
            "release": known[0].number + 1 if known else 1,
            "made_on": work.today.isoformat(),
            "protocol": {"version": protocol.number, "sha256": protocol.frozen_hash},
            "people": len(found),
            "k": {
                "least": rules.least("R-STUDY-8", policy),
                "smallest": share,
                "columns": [one.key for one in LADDERS if coarseness.get(one.key, LEFT_OUT) != LEFT_OUT],
            },
            "coarseness": coarseness,
            "theme_decided": bool(theme_why),
            "dates": "Every day of a person is moved by the same number of days, from 60 to 364, back or on.",
        },
    )
    made = work.add(
        StudyRelease(
            authority_id=study.authority_id,
            action_research_study_id=study.id,
            action_research_protocol_id=protocol.id,
            number=manifest["release"],
            made_on=work.today,
            made_by=work.actor.name[:120],
            people=len(found),
            coarseness=coarseness,
            smallest=share,
            summary=_summary(work, study, protocol),
            content_hash=manifest["sha256"],
            theme_by=work.actor.name[:120] if theme_why else "",
            theme_why=theme_why,
        )
    )
    work.db.flush()
    own = {"authority_id": study.authority_id, "action_research_release_id": made.id}
    for name, content in {**files, "manifest.json": writing.written(manifest)}.items():
        work.add(ReleaseFile(**own, name=name, content=content, sha256=writing.sha256(content)))
    work.add(ReleaseKey(**own, secret=secret, people=keys))
    return made


def too_few(found: Sequence[Participant], coarseness: Mapping[str, str], policy: Any) -> list[Finding]:
    """R-STUDY-8 of those who would be in a release, with the ways out that help."""
    facts, wanted = [one.facts for one in found], rules.least("R-STUDY-8", policy)
    share = smallest(facts, coarseness)
    if share >= wanted:
        return []
    ways = [one.words for one in ways_out(facts, coarseness, wanted)]
    return rules.enough_share(share, alone(facts, coarseness, wanted), ways, policy)


def _earlier(work: Work, study: ResearchStudy) -> list[Earlier]:
    """The releases that somebody has or may still be given: all but those called back, whose copies were deleted."""
    asked = (
        select(StudyRelease, ReleaseKey.people)
        .join(ReleaseKey, ReleaseKey.action_research_release_id == StudyRelease.id)
        .where(StudyRelease.action_research_study_id == study.id, StudyRelease.state != "called_back")
        .order_by(StudyRelease.number)
    )
    return [Earlier(one.number, one.coarseness, frozenset(people)) for one, people in work.db.execute(asked)]


def _files(
    work: Work,
    study: ResearchStudy,
    protocol: StudyProtocol,
    found: Sequence[Participant],
    coarseness: Mapping[str, str],
    secret: str,
) -> dict[str, str]:
    made = writing.rows(found, coarseness, secret)
    values: dict[str, set[str]] = {}
    for row in made[PEOPLE]:
        for name, value in row.items():
            values.setdefault(name, set()).add(value)
    refs = {review.measure_set for one in found for review in one.reviews} | {protocol.measure_set}
    sets = {ref: measure_set(ref) for ref in sorted(refs)}
    scored = {measure.key: measure.label for one in sets.values() for measure in one.measures}
    compared = {one.key: one.label for one in measures_of(protocol)}
    told: dict[str, Sequence[writing.Row]] = {
        **made,
        ANALYSES: [
            {
                "analysis": one.key,
                "standing": one.standing.value,
                "measure": one.measure,
                "statistic": one.statistic,
                "compares": one.compares,
            }
            for one in analyses_of(work, study)
        ],
    }
    named = columns(coarseness, values, scored | compared, {ref: one.title for ref, one in sets.items()})
    return writing.files_of(named, told)


def _summary(work: Work, study: ResearchStudy, protocol: StudyProtocol) -> dict[str, Any]:
    policy = for_others(work, authority_for(work, study.authority_id))
    return comparison(work, study, protocol).as_data(policy)


# ---- giving it out
@action("action_research_release.give")
def give_out(work: Work, release: StudyRelease, answers: GivenAnswers) -> StudyRelease:
    """Give a release to the evaluator. Refuses one in which rows are to be deleted first (R-STUDY-13)."""
    told = taken(work, answers)
    if left := taken_back_since(work, release):
        raise refuse(
            left[0].message, way_out="Make another release; this one holds somebody who took the permission back."
        )
    work.move(release, "give")
    work.change(release, given_on=work.today, given_to=told.given_to)
    return release


@action("action_research_release.call_back")
def call_back(work: Work, release: StudyRelease, name: str = "call_back", reason: str = "") -> StudyRelease:
    """Call a release back, with the reason: the evaluator has deleted it. It is kept here, with its hash."""
    work.move(release, "call_back", reason=reason)
    return release


def files_in(work: Work, release: StudyRelease) -> dict[str, str]:
    """The files of a release as they were frozen, by name."""
    asked = select(ReleaseFile.name, ReleaseFile.content).where(ReleaseFile.action_research_release_id == release.id)
    return {row.name: row.content for row in work.db.execute(asked.order_by(ReleaseFile.name))}


@action("action_research_release.take")
def take_out(work: Work, release: StudyRelease) -> bytes:
    """A release as one zip; that it was taken out is written down."""
    made = writing.archive(files_in(work, release))
    work.opened(release, why="Release taken out")
    return made


# ---- permissions taken back
def _gone(work: Work, release: StudyRelease) -> list[str]:
    key = work.db.scalar(select(ReleaseKey).where(ReleaseKey.action_research_release_id == release.id))
    if key is None:
        return []
    people = list(work.db.scalars(select(YoungPerson).where(among(YoungPerson.id, set(key.people)))))
    still = permitted(work, people, work.today)
    return sorted(pseudonym(key.secret, each) for each in key.people if each not in still)


def taken_back_since(work: Work, release: StudyRelease) -> list[Finding]:
    """R-STUDY-13: permissions taken back since a release was made, whose rows nobody was told to delete."""
    if release.state == "called_back":
        return []
    return rules.taken_back(_gone(work, release), release.to_delete, work.policy_of(release))


@action("action_research_release.tell")
def tell_to_delete(work: Work, release: StudyRelease) -> StudyRelease:
    """Tell the evaluator, on the page of the release, under which pseudonyms the rows are to be deleted."""
    gone = _gone(work, release)
    if not set(gone) - set(release.to_delete):
        raise refuse("No permission was taken back since.", way_out="There is nothing to tell.")
    work.change(release, to_delete=sorted({*release.to_delete, *gone}))
    return release
