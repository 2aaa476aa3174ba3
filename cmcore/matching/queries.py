"""Mentors proposed for a referral, ranked, with every part of the score told and every hard block named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cmcore.base.findings import Finding, Severity
from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.matching import rules
from cmcore.matching.districts import Table, district_of
from cmcore.matching.records import MatchDecision, TravelDistance
from cmcore.matching.rules import Offered, Part, Scored, Wanted
from cmcore.mentors.queries import checks_of
from cmcore.mentors.records import Mentor
from cmcore.programmes.registry import programme_types
from cmcore.readiness.board import ground_of, mentors_of
from cmcore.referrals.records import Referral
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority, Setting
from cmcore.young_people.records import EducationSpell, YoungPerson

#: States of a mentor in which one is proposed, and those of a commission that is to fill their time.
_PROPOSED, _LIVE = ("onboarding", "active", "paused"), ("draft", "approved", "active")


@dataclass(frozen=True)
class Candidate:
    """One mentor of a proposal."""

    mentor_id: int
    ref: str
    name: str
    state: str
    scored: Scored

    @property
    def score(self) -> int:
        """Out of 100."""
        return self.scored.score

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the score, in order."""
        return self.scored.parts

    @property
    def blocks(self) -> tuple[Finding, ...]:
        """What refuses the match as on the planned day, each with its rule."""
        return self.scored.blocks


@dataclass(frozen=True)
class Proposal:
    """Mentors ranked for a referral: who may be chosen first, the best score first. Nobody is ever assigned."""

    referral_id: int
    wanted: Wanted
    #: Where the district of the work came from: "as asked", the school's, or nothing.
    district_from: str
    candidates: tuple[Candidate, ...]

    @property
    def open_to(self) -> tuple[Candidate, ...]:
        """Those whom nothing blocks."""
        return tuple(one for one in self.candidates if not one.blocks)

    def of(self, mentor_id: int) -> tuple[int | None, Candidate | None]:
        """A mentor's place among those whom nothing blocks, from 1, and what was said of them."""
        for place, one in enumerate(self.open_to, 1):
            if one.mentor_id == mentor_id:
                return place, one
        return None, next((one for one in self.candidates if one.mentor_id == mentor_id), None)


def propose(
    work: Work,
    referral: Referral,
    planned_on: date | None = None,
    district: str = "",
    weekdays: Iterable[int] = (),
) -> Proposal:
    """Rank an authority's mentors for a referral, as on the day the work is planned to begin.

    Without a day it is today, without a district that of the setting the young person is at. Needs the act
    "match_decision.see".
    """
    work.require("match_decision.see", referral.authority_id)
    on = planned_on or work.today
    person = referral.young_person
    where, source = (district_of(district), "as asked") if district else _school_of(work, person, work.today)
    wanted = Wanted(" ".join((referral.interests, referral.what_works)), person.age(on), on, where, frozenset(weekdays))
    authority = work.get(Authority, referral.authority_id)
    mentors = mentors_of(work, authority.id, _PROPOSED)
    kinds = programme_types().of(referral.programme.type_key).checks
    ground = ground_of(work, authority, on, [one.id for one in mentors], kinds)
    worked = _worked(work, [one.id for one in mentors])
    entered = distances_of(work, authority.id)
    found = []
    for mentor in mentors:
        scored = rules.score(wanted, _offered(mentor, worked.get(mentor.id, ()), person), ground.policy, entered)
        said = [*_standing(mentor), *ground.says(mentor, checks_of(mentor), on)]
        full = Scored(scored.score, scored.parts, tuple(said))
        found.append((full, mentor.name, mentor))
    by_name = {id(full): mentor for full, _, mentor in found}
    order = rules.in_order([(full, name) for full, name, _ in found])
    made = [(by_name[id(full)], full) for full, _ in order]
    candidates = tuple(Candidate(one.id, one.ref, one.name, one.state, full) for one, full in made)
    return Proposal(referral.id, wanted, source, candidates)


def _standing(mentor: Mentor) -> list[Finding]:
    if mentor.state == "active":
        return []
    said = f"{mentor.name} is “{mentor.state_label}”."
    if mentor.state == "onboarding":
        return [Finding(said, rule="R-COM-1", severity=Severity.warn, way_out="Make the mentor active first.")]
    return [Finding(said, rule="R-COM-1", way_out="Choose somebody else, or let the mentor resume.")]


def _offered(mentor: Mentor, worked: Sequence[_Worked], person: YoungPerson) -> Offered:
    return Offered(
        mentor.name,
        mentor.art_forms,
        mentor.postcode_district,
        mentor.travel_miles,
        mentor.availability,
        mentor.capacity,
        mentor.least_age,
        mentor.most_age,
        live=len({one.person_id for one in worked if one.live and one.person_id != person.id}),
        ages=[one.age for one in worked if one.age is not None and one.begun],
        together=[one.year for one in worked if one.person_id == person.id and one.begun],
    )


@dataclass(frozen=True)
class _Worked:
    """A commission as matching needs it."""

    person_id: int
    age: int | None
    year: int
    live: bool
    begun: bool


def _worked(work: Work, mentor_ids: Sequence[int]) -> dict[int, list[_Worked]]:
    """Whom the mentors are and were commissioned for, as far as whoever asks may see."""
    asked = (
        select(Commission)
        .where(Commission.mentor_id.in_(mentor_ids), Commission.young_person_id.is_not(None))
        .options(joinedload(Commission.young_person))
    )
    found: dict[int, list[_Worked]] = {}
    for one in work.db.scalars(asked):
        if one.young_person_id is None:
            continue
        age = one.young_person.age(one.starts_on) if one.young_person is not None else None
        begun = one.state in ("active", "completed", "ended_early") and one.starts_on <= work.today
        made = _Worked(one.young_person_id, age, one.starts_on.year, one.state in _LIVE, begun)
        found.setdefault(one.mentor_id, []).append(made)
    return found


def _school_of(work: Work, person: YoungPerson, on: date) -> tuple[str, str]:
    """The district of the setting a young person is at, and its name; empty where there is none."""
    asked = (
        select(Setting.postcode, Setting.name)
        .join(EducationSpell, EducationSpell.setting_id == Setting.id)
        .where(
            EducationSpell.young_person_id == person.id,
            EducationSpell.starts_on <= on,
            (EducationSpell.ends_on.is_(None)) | (EducationSpell.ends_on >= on),
        )
        .order_by(EducationSpell.starts_on.desc())
        .limit(1)
    )
    found = work.db.execute(asked).first()
    district = district_of(found[0]) if found else ""
    return (district, found[1]) if found and district else ("", "")


def distances_of(work: Work, authority_id: int) -> Table:
    """The distances an authority has entered."""
    asked = select(TravelDistance).where(TravelDistance.authority_id == authority_id)
    return {(one.one_district, one.other_district): one.miles for one in work.db.scalars(asked)}


def decided(work: Work, referral_id: int) -> list[MatchDecision]:
    """What was decided for a referral, the latest first."""
    asked = (
        select(MatchDecision)
        .where(MatchDecision.referral_id == referral_id)
        .options(joinedload(MatchDecision.mentor))
        .order_by(MatchDecision.id.desc())
    )
    return list(work.db.scalars(asked))


def enrolment_to_fill(work: Work, referral_id: int) -> Enrolment | None:
    """The enrolment that came of a referral and has not ended: where the commission is drawn up."""
    asked = select(Enrolment).where(Enrolment.referral_id == referral_id).order_by(Enrolment.id.desc())
    for one in work.db.scalars(asked.options(joinedload(Enrolment.programme))):
        if not one.lifecycle.ended(one.state):
            return one
    return None
