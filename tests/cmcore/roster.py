"""Every kind of record that is entered before a referral, each with a way to make one and to change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cmcore.base.records import Record
from cmcore.funding import actions as funding
from cmcore.funding.forms import FundingLineAnswers
from cmcore.funding.records import FundingLine
from cmcore.funding.words import FundingKind
from cmcore.matching import actions as matching
from cmcore.matching.forms import TravelDistanceAnswers
from cmcore.matching.records import TravelDistance
from cmcore.mentors import actions as mentors
from cmcore.mentors.forms import MentorAnswers, MentorCheckAnswers
from cmcore.mentors.records import Mentor, MentorCheck
from cmcore.mentors.words import CheckKind
from cmcore.network import actions as network
from cmcore.network.forms import SupportingAdultAnswers
from cmcore.network.records import SupportingAdult
from cmcore.network.words import AdultRole
from cmcore.programmes import actions as programmes
from cmcore.programmes.forms import ProgrammeAnswers
from cmcore.programmes.records import Programme
from cmcore.readiness import actions as readiness
from cmcore.readiness.forms import HazardAnswers, RiskAssessmentAnswers
from cmcore.readiness.records import RiskAssessment
from cmcore.readiness.words import Exclusion, Likely
from cmcore.referrals.words import Rag
from cmcore.risks import actions as risks
from cmcore.risks.forms import KnownRiskAnswers
from cmcore.risks.records import KnownRisk
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools import actions as virtual_schools
from cmcore.virtual_schools.forms import SettingAnswers, TermDatesAnswers
from cmcore.virtual_schools.records import Setting, TermDates
from cmcore.virtual_schools.words import SettingKind
from cmcore.young_people import actions as young_people
from cmcore.young_people.forms import CareEpisodeAnswers, EducationSpellAnswers, SendStatusAnswers, YoungPersonAnswers
from cmcore.young_people.records import CareEpisode, EducationSpell, SendStatus, YoungPerson
from cmcore.young_people.words import CareStatus, EducationStatus, SendLevel, Sex

JUNO = YoungPersonAnswers(
    given_name="Juno",
    family_name="Tansyhurst",
    born_on=date(2011, 5, 3),
    sex=Sex.female,
    care_status=CareStatus.looked_after,
)
FERN = MentorAnswers(name="Fern Oakapple", art_forms="film, drama")
CERTIFICATE = MentorCheckAnswers(
    kind_of_check=CheckKind.enhanced_dbs, issued_on=date(2025, 3, 1), seen_on=date(2026, 2, 1)
)


def a_young_person(work: Work, **changes: Any) -> YoungPerson:
    """A young person, as a coordinator enters one."""
    return young_people.add_young_person(work, replace(JUNO, **changes))


def a_mentor(work: Work, *, seen: bool = True, **changes: Any) -> Mentor:
    """An applicant whose DBS certificate was seen."""
    mentor = mentors.add_mentor(work, replace(FERN, **changes))
    if seen:
        mentors.add_mentor_check(work, mentor, CERTIFICATE)
    return mentor


@dataclass(frozen=True)
class Entered:
    """One kind of record: how one is made, with which answers, and what a change of it is."""

    record: type[Record]
    make: Callable[[Work, Any], Any]
    answers: Any
    changes: dict[str, Any]
    change: Callable[..., Any]
    remove: Callable[..., None]
    answers_of: Callable[[Any], Any]

    def made(self, work: Work) -> Any:
        """One of it."""
        return self.make(work, self.answers)

    @property
    def changed(self) -> Any:
        """The answers with one of them changed."""
        return replace(self.answers, **self.changes)


def _for(make: Callable[[Work, Any, Any], Any], parent: Callable[[Work], Any]) -> Callable[[Work, Any], Any]:
    return lambda work, answers: make(work, parent(work), answers)


def _bare_mentor(work: Work) -> Mentor:
    return a_mentor(work, seen=False)


KINDS = {
    kind.record.kind(): kind
    for kind in (
        Entered(
            TermDates,
            virtual_schools.add_term_dates,
            TermDatesAnswers(year=2026, name="autumn", starts_on=date(2026, 9, 2), ends_on=date(2026, 12, 18)),
            {"ends_on": date(2026, 12, 17)},
            virtual_schools.change_term_dates,
            virtual_schools.remove_term_dates,
            virtual_schools.answers_of_term_dates,
        ),
        Entered(
            Setting,
            virtual_schools.add_setting,
            SettingAnswers(name="Mossgrave Barn", kind_of_setting=SettingKind.other, in_area=True, town="Pennywick"),
            {"town": "Wrenfold"},
            virtual_schools.change_setting,
            virtual_schools.remove_setting,
            virtual_schools.answers_of_setting,
        ),
        Entered(
            YoungPerson,
            young_people.add_young_person,
            replace(JUNO, child_id="770001", upn="K123456789013"),
            {"preferred_name": "Ju"},
            young_people.change_young_person,
            young_people.remove_young_person,
            young_people.answers_of_young_person,
        ),
        Entered(
            CareEpisode,
            _for(young_people.add_care_episode, a_young_person),
            CareEpisodeAnswers(starts_on=date(2024, 6, 1), legal_status="C2", placement="U4"),
            {"legal_status": "V2"},
            young_people.change_care_episode,
            young_people.remove_care_episode,
            young_people.answers_of_care_episode,
        ),
        Entered(
            EducationSpell,
            _for(young_people.add_education_spell, a_young_person),
            EducationSpellAnswers(status=EducationStatus.not_in_school, starts_on=date(2026, 9, 1)),
            {"status": EducationStatus.awaiting_place},
            young_people.change_education_spell,
            young_people.remove_education_spell,
            young_people.answers_of_education_spell,
        ),
        Entered(
            SendStatus,
            _for(young_people.add_send_status, a_young_person),
            SendStatusAnswers(level=SendLevel.support, starts_on=date(2025, 9, 1), need="speech"),
            {"level": SendLevel.ehcp},
            young_people.change_send_status,
            young_people.remove_send_status,
            young_people.answers_of_send_status,
        ),
        Entered(
            SupportingAdult,
            _for(network.add_supporting_adult, a_young_person),
            SupportingAdultAnswers(role=AdultRole.social_worker, name="Bram Thistlewood", phone="01632 960 214"),
            {"phone": "01632 960 215"},
            network.change_supporting_adult,
            network.remove_supporting_adult,
            network.answers_of_supporting_adult,
        ),
        Entered(
            KnownRisk,
            _for(risks.add_known_risk, a_young_person),
            KnownRiskAnswers(
                risk="Leaves when it gets loud.",
                managed="Sit near the door.",
                rag=Rag.amber,
                known_on=date(2026, 9, 7),
                review_on=date(2026, 12, 7),
            ),
            {"rag": Rag.red},
            risks.change_known_risk,
            risks.remove_known_risk,
            risks.answers_of_known_risk,
        ),
        Entered(
            Mentor,
            mentors.add_mentor,
            FERN,
            {"capacity": 3},
            mentors.change_mentor,
            mentors.remove_mentor,
            mentors.answers_of_mentor,
        ),
        Entered(
            MentorCheck,
            _for(mentors.add_mentor_check, _bare_mentor),
            replace(CERTIFICATE, seen_on=None),
            {"masked_reference": "4417"},
            mentors.change_mentor_check,
            mentors.remove_mentor_check,
            mentors.answers_of_mentor_check,
        ),
        Entered(
            RiskAssessment,
            readiness.add_risk_assessment,
            RiskAssessmentAnswers(
                activity="Filming beside water",
                template="Induction pack",
                for_everybody=True,
                made_on=date(2026, 9, 1),
                review_on=date(2027, 9, 1),
                hazards=[HazardAnswers(what="The towpath", who="Both", met_by="Walk inland", likely=Likely.low)],
                exclusions=[Exclusion.water],
                trained="",
            ),
            {"activity": "Filming outside"},
            readiness.change_risk_assessment,
            readiness.remove_risk_assessment,
            readiness.answers_of_risk_assessment,
        ),
        Entered(
            TravelDistance,
            matching.add_travel_distance,
            TravelDistanceAnswers(one_district="DE4", other_district="S40", miles=14),
            {"miles": 16},
            matching.change_travel_distance,
            matching.remove_travel_distance,
            matching.answers_of_travel_distance,
        ),
        Entered(
            Programme,
            programmes.add_programme,
            ProgrammeAnswers(
                title="Creative mentoring",
                key="creative-mentoring",
                type_key="creative-mentoring",
                measure_set="eight@1",
            ),
            {"usual_hours": 24},
            programmes.change_programme,
            programmes.remove_programme,
            programmes.answers_of_programme,
        ),
        Entered(
            FundingLine,
            funding.add_funding_line,
            FundingLineAnswers(
                name="PP+ autumn", kind_of_money=FundingKind.ppplus, financial_year=2026, amount_pence=1_200_000
            ),
            {"amount_pence": 1_300_000},
            funding.change_funding_line,
            funding.remove_funding_line,
            funding.answers_of_funding_line,
        ),
    )
}
