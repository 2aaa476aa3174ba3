"""A story to stand on: a young person, those around them, a programme, a mentor who may work, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any, TypeVar

from cmcore.commissions.actions import activate_commission, add_commission, approve_commission
from cmcore.commissions.forms import CommissionAnswers
from cmcore.commissions.records import Commission
from cmcore.enrolments.actions import enrol, move_enrolment
from cmcore.enrolments.records import Enrolment
from cmcore.forms import Answers, Score
from cmcore.measures.registry import measure_set
from cmcore.mentors.records import Mentor, MentorAuthority
from cmcore.network.records import SupportingAdult
from cmcore.programmes.records import Programme
from cmcore.referrals.actions import add_referral, decide_referral, submit_referral
from cmcore.referrals.forms import ReferralAnswers
from cmcore.referrals.records import Referral
from cmcore.referrals.words import Rag, Reason, Urgency
from cmcore.reviews.actions import add_review, score_review
from cmcore.reviews.forms import ReviewAnswers
from cmcore.reviews.records import Review
from cmcore.reviews.words import ReviewKind, Scorer
from cmcore.safekeeping.refs import next_ref
from cmcore.safekeeping.work import Work
from cmcore.sessions.actions import add_session
from cmcore.sessions.forms import SessionAnswers
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import Outcome, SessionPlace
from cmcore.testing.readied import make_ready
from cmcore.testing.stage import Stage
from cmcore.virtual_schools.records import Authority, Setting
from cmcore.young_people.records import EducationSpell, YoungPerson

FormT = TypeVar("FormT", bound=Answers)


@dataclass
class Story:
    """Keys of the people and places of a story, and the acts that take it on. Every person in it is invented."""

    stage: Stage
    person_id: int = 0
    setting_id: int = 0
    social_worker_id: int = 0
    teacher_id: int = 0
    programme_id: int = 0
    mentor_id: int = 0
    referral_id: int = 0
    enrolment_id: int = 0
    commission_id: int = 0
    numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def begin(
        cls,
        stage: Stage,
        *,
        dbs_issued_on: date | None = date(2025, 3, 1),
        given: str = "Mossy",
        family: str = "Bramblewick",
    ) -> Story:
        """Set up the people and places; the mentor's certificate was seen, unless there is none."""
        made = cls(stage)
        with stage.work("operator") as work:
            authority = work.get(Authority, stage.authority_id)
            made._people(work, authority, given, family)
            made._mentor(work, authority, dbs_issued_on)
        return made

    def beside(self, given: str, family: str, born_on: date = date(2012, 3, 1)) -> Story:
        """The story of another young person in the same school, programme and hands, before anything has happened."""
        made = replace(self, referral_id=0, enrolment_id=0, commission_id=0, numbers={})
        with self.stage.work("operator") as work:
            made._person(work, work.get(Authority, self.stage.authority_id), given, family, born_on)
        return made

    def _people(self, work: Work, authority: Authority, given: str, family: str) -> None:
        setting = work.add(Setting(name="Quillen Tarn School", kind_of_setting="school", la_code=authority.code))
        programme = work.add(
            Programme(
                authority_id=authority.id,
                key="creative-mentoring",
                title="Creative mentoring",
                type_key="creative-mentoring",
                measure_set="eight@1",
            )
        )
        work.db.flush()
        self.setting_id, self.programme_id = setting.id, programme.id
        self._person(work, authority, given, family, date(2012, 3, 1))

    def _person(self, work: Work, authority: Authority, given: str, family: str, born_on: date) -> None:
        own = {"authority_id": authority.id}
        person = work.add(
            YoungPerson(ref=next_ref(work, authority), given_name=given, family_name=family, born_on=born_on, **own)
        )
        work.db.flush()
        about = {"young_person_id": person.id, **own}
        work.add(EducationSpell(setting_id=self.setting_id, status="enrolled", starts_on=date(2023, 9, 1), **about))
        worker = work.add(
            SupportingAdult(role="social_worker", name="Callum Wetherspindle", phone="01632 960 144", **about)
        )
        teacher = work.add(
            SupportingAdult(role="designated_teacher", name="Ros Amblewick", phone="01632 960 170", **about)
        )
        work.db.flush()
        self.person_id, self.social_worker_id, self.teacher_id = person.id, worker.id, teacher.id

    def _mentor(
        self, work: Work, authority: Authority, dbs_issued_on: date | None, name: str = "Juno Tansyhurst"
    ) -> None:
        mentor = work.add(Mentor(ref=next_ref(work, authority, "M"), name=name, home_authority_id=authority.id))
        work.db.flush()
        work.add(MentorAuthority(authority_id=authority.id, mentor_id=mentor.id))
        make_ready(work, authority, mentor, dbs_issued_on)
        work.move(mentor, "take_on")
        work.move(mentor, "activate")
        self.mentor_id = mentor.id

    def another_mentor(self, name: str = "Kit Ferndrake") -> int:
        """Set up a second mentor with a seen certificate, and give the key."""
        first = self.mentor_id
        with self.stage.work("operator") as work:
            self._mentor(work, work.get(Authority, self.stage.authority_id), date(2025, 3, 1), name)
        made, self.mentor_id = self.mentor_id, first
        return made

    # ---- the acts
    def referral_form(self, **changes: Any) -> ReferralAnswers:
        """The answers of a good referral, with these changes."""
        told: dict[str, Any] = {
            "young_person_id": self.person_id,
            "programme_id": self.programme_id,
            "referrer_name": "Ros Amblewick",
            "received_on": self.stage.clock.today(),
            "social_worker_id": self.social_worker_id,
            "designated_teacher_id": self.teacher_id,
            "urgency": Urgency.routine,
            "reasons": (Reason.engage,),
            "concern": Rag.red,
            "outcomes": ("confidence", "engagement"),
        }
        return _answers(ReferralAnswers, told | changes)

    def refer(self, work: Work, **changes: Any) -> Referral:
        """Write and send a referral."""
        return submit_referral(work, add_referral(work, self.referral_form(**changes)))

    def accepted(self, work: Work, **changes: Any) -> Enrolment:
        """Refer, accept and enrol."""
        referral = self.refer(work, **changes)
        for step in ("triage", "accept"):
            decide_referral(work, referral, step)
        enrolment = enrol(work, referral)
        self.referral_id, self.enrolment_id = referral.id, enrolment.id
        return enrolment

    def commission_form(self, **changes: Any) -> CommissionAnswers:
        """The answers of a good commission, with these changes."""
        told: dict[str, Any] = {
            "enrolment_id": self.enrolment_id,
            "mentor_id": self.mentor_id,
            "hours": 24,
            "rate_pence": 3200,
            "starts_on": self.stage.clock.today(),
        }
        return _answers(CommissionAnswers, told | changes)

    def commissioned(self, work: Work, **changes: Any) -> Commission:
        """Commission, approve and make active."""
        made = activate_commission(
            work, approve_commission(work, add_commission(work, self.commission_form(**changes)))
        )
        self.commission_id = made.id
        return made

    def started(self, work: Work, **changes: Any) -> Enrolment:
        """Everything up to an active enrolment with an active commission."""
        enrolment = self.accepted(work)
        self.commissioned(work, **changes)
        return move_enrolment(work, enrolment, "start")

    def session_form(self, day: date, hour: int = 14, minutes: int = 90, **changes: Any) -> SessionAnswers:
        """The answers of a session held on a day, with these changes."""
        end = hour * 60 + minutes
        told: dict[str, Any] = {
            "commission_id": self.commission_id,
            "held_on": day,
            "starts": time(hour),
            "ends": time(end // 60, end % 60),
            "place": SessionPlace.school,
            "outcome": Outcome.held,
            "done": "Two-colour lino print.",
        }
        return _answers(SessionAnswers, told | changes)

    def logged(self, work: Work, *days: date, **changes: Any) -> MentoringSession:
        """Log a session on each of these days; gives the last one."""
        return [add_session(work, self.session_form(each, **changes)) for each in days][-1]

    def review_form(
        self,
        day: date,
        kind: ReviewKind = ReviewKind.baseline,
        scores: int | Mapping[str, int | None] = 2,
        **changes: Any,
    ) -> ReviewAnswers:
        """The answers of a review of the eight measures; a measure without a score was the young person's choice."""
        given = scores if isinstance(scores, Mapping) else dict.fromkeys(measure_set("eight@1").keys, scores)
        told: dict[str, Any] = {
            "enrolment_id": self.enrolment_id,
            "kind_of_review": kind,
            "held_on": day,
            "scored_by": Scorer.joint,
            "guided_by_child": True,
            "scores": {key: Score(one, "" if one is not None else "Their choice.", "") for key, one in given.items()},
        }
        return _answers(ReviewAnswers, told | changes)

    def scored(self, work: Work, day: date, *more: Any, **changes: Any) -> Review:
        """Score the measures and make them final."""
        return score_review(work, self.review_form(day, *more, **changes))

    def drafted(self, work: Work, day: date, *more: Any, **changes: Any) -> Review:
        """Score the measures as a draft."""
        return add_review(work, self.review_form(day, *more, **changes))

    def ended(self, work: Work, way: str = "complete", reason: str = "") -> Enrolment:
        """Close the enrolment and complete it, or end it early with a reason."""
        enrolment = work.get(Enrolment, self.enrolment_id)
        if way == "complete":
            move_enrolment(work, enrolment, "close")
        return move_enrolment(work, enrolment, way, reason=reason)


def _answers(form: type[FormT], told: dict[str, Any]) -> FormT:
    defaults = {
        question.key: question.default
        for question in form.form.questions
        if question.answers and question.key not in told
    }
    return form(**{key: (value if _given(value) else None) for key, value in defaults.items()}, **told)


def _given(value: Any) -> bool:
    return type(value).__name__ != "Unset"
