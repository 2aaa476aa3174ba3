"""What goes into a release, read from the records: who takes part with permission, their facts, scores and sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cmcore.api import MentoringSession, Review, SendStatus, Work, YoungPerson, among, local
from cmcore_action_research.dosage import Dose, doses
from cmcore_action_research.people_records import StudyPlace, StudyReferral
from cmcore_action_research.queries import permitted, places_of, reviews_of
from cmcore_action_research.records import ResearchStudy, StudyProtocol
from cmcore_action_research.release.generalising import Facts


@dataclass(frozen=True)
class Held:
    """One session that was held or should have been."""

    held_on: date
    minutes: int
    outcome: str
    place: str


@dataclass(frozen=True)
class Participant:
    """One young person of a release, as the records have them. It never leaves."""

    place: StudyPlace
    facts: Facts
    dose: Dose
    reviews: tuple[Review, ...]
    sessions: tuple[Held, ...]


def taking_part(work: Work, study: ResearchStudy) -> list[StudyPlace]:
    """The places of those in a group who have not left and have a permission for research in force (R-STUDY-4)."""
    standing = [one for one in places_of(work, study) if one.place_group and one.state != "left"]
    people = [one.young_person for one in standing]
    with_permission = permitted(work, people, work.today)
    return [one for one in standing if one.young_person_id in with_permission]


def participants(work: Work, study: ResearchStudy, protocol: StudyProtocol) -> list[Participant]:
    """Everybody of a release. Seven statements, however many they are."""
    places = taking_part(work, study)
    enrolments = [one.enrolment_id for one in places]
    dose, reviews, sessions = doses(work, protocol, places), reviews_of(work, enrolments), _sessions(work, enrolments)
    themes, needs = _themes(work, places), _needs(work, places)
    return [
        Participant(
            one,
            _facts(one.young_person, one, needs.get(one.young_person_id, "none"), themes.get(one.id, "")),
            dose[one.id],
            tuple(reviews[one.enrolment_id]),
            tuple(sessions[one.enrolment_id]),
        )
        for one in places
    ]


def _facts(person: YoungPerson, place: StudyPlace, needs: str, theme: str) -> Facts:
    return Facts(
        age=person.age(place.joined_on),
        sex=person.sex,
        care_status=person.care_status,
        ethnicity=person.ethnicity,
        send=needs,
        joined_on=place.joined_on,
        group=place.place_group or "",
        theme=theme,
    )


def _themes(work: Work, places: Sequence[StudyPlace]) -> dict[int, str]:
    keys = {one.action_research_referral_id: one.id for one in places if one.action_research_referral_id is not None}
    asked = select(StudyReferral.id, StudyReferral.theme).where(among(StudyReferral.id, set(keys)))
    return {keys[key]: theme for key, theme in work.db.execute(asked)}


def _needs(work: Work, places: Sequence[StudyPlace]) -> dict[int, str]:
    joined = {one.young_person_id: one.joined_on for one in places}
    asked = select(SendStatus).where(among(SendStatus.young_person_id, set(joined)))
    found: dict[int, str] = {}
    for one in work.db.scalars(asked.order_by(SendStatus.starts_on)):
        on = joined[one.young_person_id]
        if one.starts_on <= on and (one.ends_on is None or on <= one.ends_on):
            found[one.young_person_id] = one.level
    return found


def _sessions(work: Work, enrolment_ids: Sequence[int]) -> dict[int, list[Held]]:
    found: dict[int, list[Held]] = {each: [] for each in enrolment_ids}
    asked = (
        select(
            MentoringSession.enrolment_id,
            MentoringSession.starts_at,
            MentoringSession.minutes,
            MentoringSession.outcome,
            MentoringSession.place,
        )
        .where(
            among(MentoringSession.enrolment_id, set(enrolment_ids)),
            MentoringSession.outcome.is_not(None),
        )
        .order_by(MentoringSession.starts_at)
    )
    for enrolment_id, starts_at, minutes, outcome, place in work.db.execute(asked):
        found[enrolment_id].append(Held(local(starts_at).date(), minutes, outcome or "", place))
    return found
