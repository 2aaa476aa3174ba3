"""What is read of studies: the protocol in force, analyses, places, and when the first data came."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from cmcore.api import (
    Enrolment,
    Measure,
    Review,
    Work,
    YoungPerson,
    among,
    local,
    measure_set,
    permitted_people,
)
from cmcore.api.asks import ConsentKind
from cmcore_action_research.people_records import ReferralPartner, StudyPlace
from cmcore_action_research.programme_type import ACTION_RESEARCH
from cmcore_action_research.records import ResearchStudy, StudyAnalysis, StudyProtocol
from cmcore_action_research.words import PLUGIN


def is_of_a_study(work: Work, enrolment: Enrolment) -> bool:
    """Whether an enrolment is in a programme of the type action research, where the plugin is on."""
    return enrolment.programme.type_key == ACTION_RESEARCH.key and work.plugin_is_on(PLUGIN, enrolment.authority_id)


def protocols_of(work: Work, study: ResearchStudy) -> list[StudyProtocol]:
    """Every version of a study's protocol, the first one first."""
    asked = select(StudyProtocol).where(StudyProtocol.action_research_study_id == study.id)
    return list(work.db.scalars(asked.order_by(StudyProtocol.number)))


def in_force(work: Work, study: ResearchStudy) -> StudyProtocol | None:
    """The frozen version that holds today, or nothing while none is frozen."""
    return next((one for one in protocols_of(work, study) if one.state == "frozen"), None)


def first_frozen_on(work: Work, study_id: int) -> date | None:
    """The day a study's first version was frozen."""
    asked = select(func.min(StudyProtocol.frozen_at)).where(StudyProtocol.action_research_study_id == study_id)
    found = work.db.scalar(asked)
    return local(found).date() if found is not None else None


def analyses_of(work: Work, study: ResearchStudy) -> list[StudyAnalysis]:
    """The analyses of the version in force, and those noted beside it, in the order of their keys."""
    held = in_force(work, study)
    asked = select(StudyAnalysis).where(StudyAnalysis.action_research_study_id == study.id)
    found = [
        one
        for one in work.db.scalars(asked)
        if one.action_research_protocol_id is None or (held is not None and one.action_research_protocol_id == held.id)
    ]
    return sorted(found, key=lambda one: (len(one.key), one.key))


def analyses_in(work: Work, protocol: StudyProtocol) -> list[StudyAnalysis]:
    """The analyses that stand in one version, in the order of their keys."""
    asked = select(StudyAnalysis).where(StudyAnalysis.action_research_protocol_id == protocol.id)
    return sorted(work.db.scalars(asked), key=lambda one: (len(one.key), one.key))


def first_measured_at(work: Work, study: ResearchStudy) -> datetime | None:
    """When the first score of anybody in the study became final; nothing while there is none."""
    places = select(StudyPlace.enrolment_id).where(StudyPlace.action_research_study_id == study.id)
    asked = select(func.min(Review.finalised_at)).where(
        Review.authority_id == study.authority_id,
        Review.enrolment_id.in_(places),
        Review.state.in_(("final", "superseded")),
    )
    return work.db.scalar(asked)


def places_of(work: Work, study: ResearchStudy) -> list[StudyPlace]:
    """Everybody's place in a study, in the order of the line, with the young person and the enrolment."""
    asked = (
        select(StudyPlace)
        .where(StudyPlace.action_research_study_id == study.id)
        .options(joinedload(StudyPlace.young_person), joinedload(StudyPlace.enrolment))
    )
    return list(work.db.scalars(asked.order_by(StudyPlace.number)))


def wait_is_over(work: Work) -> ColumnElement[bool]:
    """Those in line whose wait is over by the protocol in force (R-STUDY-6), as a condition on places."""
    asked = select(StudyProtocol.action_research_study_id, StudyProtocol.waiting_weeks)
    over = [
        and_(
            StudyPlace.action_research_study_id == study_id,
            StudyPlace.joined_on <= work.today - timedelta(weeks=weeks),
        )
        for study_id, weeks in work.db.execute(asked.where(StudyProtocol.state == "frozen"))
    ]
    return and_(StudyPlace.state == "in_line", or_(false(), *over))


def place_of_enrolment(work: Work, enrolment_id: int) -> StudyPlace | None:
    """The place in a study that an enrolment belongs to."""
    return work.db.scalar(select(StudyPlace).where(StudyPlace.enrolment_id == enrolment_id))


def reviews_of(work: Work, enrolment_ids: Collection[int]) -> dict[int, list[Review]]:
    """The final reviews of enrolments, by enrolment, the earliest first. Scores are read with them."""
    found: dict[int, list[Review]] = {each: [] for each in enrolment_ids}
    asked = select(Review).where(among(Review.enrolment_id, set(enrolment_ids)), Review.state == "final")
    with_scores = asked.options(selectinload(Review.scores))
    for one in work.db.scalars(with_scores.order_by(Review.held_on, Review.id)):
        if one.enrolment_id is not None:
            found[one.enrolment_id].append(one)
    return found


def measures_of(protocol: StudyProtocol) -> list[Measure]:
    """The measures a version compares, in the order of their set."""
    chosen = measure_set(protocol.measure_set)
    return [one for one in chosen.measures if "all" in protocol.measures or one.key in protocol.measures]


def permitted(work: Work, people: Collection[YoungPerson], on: date) -> set[int]:
    """The keys of those with a permission for research in force on a day (R-STUDY-4)."""
    return permitted_people(work, people, ConsentKind.research, on)


def partner_signed_in(work: Work, authority_id: int) -> ReferralPartner | None:
    """The referral partner whose sign-in name this is, in an authority."""
    asked = select(ReferralPartner).where(
        ReferralPartner.authority_id == authority_id, ReferralPartner.login == work.actor.login
    )
    return work.db.scalar(asked)
