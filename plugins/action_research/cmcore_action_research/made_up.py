"""A made-up study, permissions to be in it and adults around its people, for tests and the demonstration."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from cmcore.api import Consent, Programme, SupportingAdult, Work, YoungPerson
from cmcore.api.asks import AdultRole
from cmcore_action_research import protocols
from cmcore_action_research.forms import AnalysisAnswers, ProtocolAnswers, StudyAnswers
from cmcore_action_research.records import StudyProtocol

#: From this day on the made-up permissions count.
PERMITTED_ON = date(2026, 9, 1)


def permit(work: Work, person: YoungPerson, starts_on: date = PERMITTED_ON) -> Consent:
    """A permission for research, given by an invented social worker."""
    return work.add(
        Consent(
            authority_id=person.authority_id,
            young_person_id=person.id,
            kind_of_use="research",
            decision="given",
            decided_by="social_worker",
            decider_name="Callum Wetherspindle",
            starts_on=starts_on,
            note="",
        )
    )


def with_adults(work: Work, person: YoungPerson) -> None:
    """Invented adults around a young person who brief a mentor together (R-REF-2), where nobody of theirs is known."""
    for role, name in (
        (AdultRole.social_worker, "Callum Wetherspindle"),
        (AdultRole.designated_teacher, "Marta Sedgewillow"),
    ):
        own = select(SupportingAdult.id).where(
            SupportingAdult.young_person_id == person.id, SupportingAdult.role == role.value
        )
        if work.db.scalars(own.limit(1)).first() is None:
            told = {"authority_id": person.authority_id, "young_person_id": person.id, "role": role.value}
            work.add(SupportingAdult(**told, name=name))


def drawn_up(
    work: Work, authority_id: int, title: str, told: ProtocolAnswers, analysis: AnalysisAnswers, evaluated_by: str = ""
) -> StudyProtocol:
    """A study of 2026 with its programme, one planned analysis and a protocol that is not frozen yet."""
    programme = work.add(
        Programme(
            authority_id=authority_id,
            key="study-2026",
            title="The 2026 study",
            type_key="action-research",
            measure_set="eight@1",
        )
    )
    work.db.flush()
    asked = StudyAnswers(title=title, programme_id=programme.id, led_by="Hester Quillmarsh", evaluated_by=evaluated_by)
    study = protocols.add_study(work, asked)
    work.db.flush()
    protocol = protocols.draft_protocol(work, study, told)
    work.db.flush()
    protocols.plan_analysis(work, protocol, analysis)
    work.db.flush()
    return protocol
