"""One young person's way through a programme, as their page shows it: everything read in few statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from cmcore.base.findings import NotFound
from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.network.records import SupportingAdult
from cmcore.referrals.records import Referral
from cmcore.reviews.records import Review
from cmcore.safekeeping.records import AuditEntry, StateChange
from cmcore.safekeeping.work import Work
from cmcore.sessions.queries import used_of_commission
from cmcore.sessions.records import MentoringSession
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import CareEpisode, EducationSpell, SendStatus, YoungPerson


@dataclass(frozen=True)
class Look:
    """One time somebody looked at the record."""

    login: str
    at: datetime
    why: str
    kind: str = ""

    @property
    def kind_in_words(self) -> str:
        """What was looked at: "the young person", "session"."""
        return self.kind.replace("_", " ")


@dataclass
class Journey:
    """A young person with what stands on a day, and everything that happened in their enrolments."""

    person: YoungPerson
    on: date
    education: EducationSpell | None = None
    care: CareEpisode | None = None
    send: SendStatus | None = None
    adults: list[SupportingAdult] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    enrolments: list[Enrolment] = field(default_factory=list)
    commissions: list[Commission] = field(default_factory=list)
    #: Minutes used under each commission, by its key.
    used: dict[int, int] = field(default_factory=dict)
    sessions: list[MentoringSession] = field(default_factory=list)
    session_count: int = 0
    reviews: list[Review] = field(default_factory=list)
    changes: list[StateChange] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)

    @property
    def enrolment(self) -> Enrolment | None:
        """The enrolment that matters now: one that goes on, else the latest."""
        live = [each for each in self.enrolments if not each.lifecycle.ended(each.state)]
        return (live or self.enrolments or [None])[0]  # type: ignore[list-item]

    def commissions_of(self, enrolment: Enrolment) -> list[Commission]:
        """The enrolment's commissions, the first one first."""
        return [each for each in self.commissions if each.enrolment_id == enrolment.id]

    def reviews_of(self, enrolment: Enrolment | None) -> list[Review]:
        """The enrolment's reviews, or those outside any enrolment, the first one first."""
        return [each for each in self.reviews if each.enrolment_id == (enrolment.id if enrolment else None)]

    def changes_of(self, record: Enrolment | Referral) -> list[StateChange]:
        """The steps a record has taken, the first one first."""
        return [each for each in self.changes if each.kind_of_record == record.kind() and each.record_id == record.id]


def journey_of(work: Work, young_person_id: int, *, sessions: int = 12, looks: int = 5, adults: bool = True) -> Journey:
    """Read a young person's journey as it stands today, or :class:`NotFound`. Eight statements at most.

    The last ``looks`` at the record are read for whoever may see the audit; none, and they cost nothing. Without
    ``adults`` nobody around them is read.
    """
    on = work.today
    made = _standing(work, young_person_id, on)
    if adults:
        made.adults = _adults(work, young_person_id, on)
    _programme(work, made)
    _sessions(work, made, sessions)
    made.reviews = list(
        work.db.scalars(
            select(Review)
            .where(Review.young_person_id == young_person_id)
            .options(joinedload(Review.scores))
            .order_by(Review.held_on, Review.id)
        ).unique()
    )
    made.changes = list(
        work.db.scalars(
            select(StateChange)
            .where(StateChange.young_person_id == young_person_id)
            .order_by(StateChange.moved_on, StateChange.id)
        )
    )
    if work.may("audit.see", made.person.authority_id) and looks:
        made.looks = looks_at(work, young_person_id, looks)[0]
    return made


def _standing(work: Work, young_person_id: int, on: date) -> Journey:
    asked = (
        select(YoungPerson, EducationSpell, CareEpisode, SendStatus, Authority)
        .outerjoin(Authority, Authority.id == YoungPerson.authority_id)
        .outerjoin(
            EducationSpell,
            (EducationSpell.young_person_id == YoungPerson.id)
            & (EducationSpell.starts_on <= on)
            & or_(EducationSpell.ends_on.is_(None), EducationSpell.ends_on >= on),
        )
        .outerjoin(EducationSpell.setting)
        .outerjoin(
            CareEpisode,
            (CareEpisode.young_person_id == YoungPerson.id)
            & (CareEpisode.starts_on <= on)
            & or_(CareEpisode.ends_on.is_(None), CareEpisode.ends_on >= on),
        )
        .outerjoin(
            SendStatus,
            (SendStatus.young_person_id == YoungPerson.id)
            & (SendStatus.starts_on <= on)
            & or_(SendStatus.ends_on.is_(None), SendStatus.ends_on >= on),
        )
        .where(YoungPerson.id == young_person_id)
        .order_by(EducationSpell.starts_on.desc(), CareEpisode.starts_on.desc(), SendStatus.starts_on.desc())
        .options(contains_eager(EducationSpell.setting))
    )
    found = work.db.execute(asked.limit(1)).first()
    if found is None:
        raise NotFound(YoungPerson.words[0])
    # What is shown goes by the authority's rules: they are taken up while it is at hand, and not read by themselves.
    work.policy_of(found[0])
    return Journey(found[0], on, found[1], found[2], found[3])


def _adults(work: Work, young_person_id: int, on: date) -> list[SupportingAdult]:
    asked = (
        select(SupportingAdult)
        .where(
            SupportingAdult.young_person_id == young_person_id,
            or_(SupportingAdult.ends_on.is_(None), SupportingAdult.ends_on >= on),
        )
        .options(joinedload(SupportingAdult.setting))
        .order_by(SupportingAdult.emergency_contact.desc(), SupportingAdult.id)
    )
    return list(work.db.scalars(asked))


def _programme(work: Work, made: Journey) -> None:
    person = made.person.id
    made.referrals = list(
        work.db.scalars(
            select(Referral)
            .where(Referral.young_person_id == person)
            .options(joinedload(Referral.programme))
            .order_by(Referral.id.desc())
        )
    )
    used = used_of_commission()
    asked = (
        select(Enrolment, Commission, used)
        .outerjoin(Commission, Commission.enrolment_id == Enrolment.id)
        .where(Enrolment.young_person_id == person)
        .options(joinedload(Enrolment.programme), joinedload(Commission.mentor))
        .order_by(Enrolment.started_on.desc().nulls_first(), Enrolment.id.desc(), Commission.starts_on, Commission.id)
    )
    for enrolment, commission, minutes in work.db.execute(asked):
        if enrolment not in made.enrolments:
            made.enrolments.append(enrolment)
        if commission is not None:
            made.commissions.append(commission)
            made.used[commission.id] = int(minutes)
    made.commissions.sort(key=lambda each: (each.starts_on, each.id))


def _sessions(work: Work, made: Journey, many: int) -> None:
    asked = (
        select(MentoringSession, func.count().over())
        .where(MentoringSession.young_person_id == made.person.id)
        .order_by(MentoringSession.starts_at.desc(), MentoringSession.id.desc())
        .limit(many)
    )
    for session, count in work.db.execute(asked):
        made.sessions.append(session)
        made.session_count = int(count)


def looks_at(work: Work, young_person_id: int, many: int, after: int = 0) -> tuple[list[Look], int]:
    """The times somebody looked at a young person's record, the latest first, and how many there are in all.

    Only those since the record was made: SQLite gives the key of one that was removed out again, and looks stay.
    """
    line = aliased(AuditEntry)
    made = select(func.max(line.id)).where(
        line.young_person_id == young_person_id,
        line.kind_of_record == YoungPerson.kind(),
        line.record_id == young_person_id,
        line.what == "added",
    )
    since = func.coalesce(made.scalar_subquery(), 0)
    asked = (
        select(AuditEntry.login, AuditEntry.at, AuditEntry.why, AuditEntry.kind_of_record, func.count().over())
        .where(AuditEntry.young_person_id == young_person_id, AuditEntry.what == "read", AuditEntry.id > since)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .offset(after)
        .limit(many)
    )
    rows = list(work.db.execute(asked))
    return [Look(*row[:4]) for row in rows], int(rows[0][4]) if rows else 0
