"""What the demonstration shows of studies: a frozen protocol, a line, two groups, hours received, a release."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, time, timedelta

from sqlalchemy import select

from cmcore.api import (
    Authority,
    Commission,
    Enrolment,
    Programme,
    Refused,
    Score,
    StoppedClock,
    Work,
    YoungPerson,
    measure_set,
    next_ref,
)
from cmcore.api.acts import (
    activate_commission,
    add_commission,
    add_consent,
    add_session,
    approve_commission,
    move_enrolment,
    score_review,
)
from cmcore.api.asks import (
    CommissionAnswers,
    ConsentAnswers,
    ConsentKind,
    Decider,
    Decision,
    Outcome,
    Purpose,
    ReviewAnswers,
    ReviewKind,
    Scorer,
    SessionAnswers,
    SessionPlace,
)
from cmcore_action_research import partners, places, protocols
from cmcore_action_research.forms import (
    AnalysisAnswers,
    PartnerAnswers,
    ProtocolAnswers,
    RoundAnswers,
    StudyAnswers,
)
from cmcore_action_research.made_up import with_adults
from cmcore_action_research.people_records import ReferralPartner, StudyPlace, StudyReferral
from cmcore_action_research.programme_type import ACTION_RESEARCH, DOSE
from cmcore_action_research.records import ResearchStudy
from cmcore_action_research.release.forms import GivenAnswers, ReleaseAnswers
from cmcore_action_research.release.generalising import LEFT_OUT, USUAL
from cmcore_action_research.release.making import give_out, make_release
from cmcore_action_research.words import Compares, PartnerKind, Statistic

_LEADER = "Hester Quillmarsh"
_THEMES = ("mental_health", "gaming", "homelessness")
#: So many are in the study, and so many of them are mentored first.
MANY, FIRST = 20, 10
#: So many of those have had sessions.
_SEEN = 4


@contextmanager
def _on(work: Work, day: date) -> Iterator[None]:
    """Do something as of an earlier day: a demonstration tells of months that have gone by."""
    now, work.clock = work.clock, StoppedClock.on(day)
    try:
        yield
    finally:
        work.clock = now


def fill(work: Work, authority: Authority) -> None:
    """Set up a study sixteen weeks ago, and take it as far as scores of both groups and a release."""
    today: date = work.today
    begun = today - timedelta(weeks=16)
    given = begun + timedelta(weeks=1)
    people = _people(work, authority, begun)
    if len(people) < 2:
        return
    with _on(work, begun):
        study = _study(work, authority, begun, today)
        partner = _partner(work, authority, begun)
        line = [_joined(work, study, partner, person, number, begun) for number, person in enumerate(people)]
        work.db.flush()
    for number, place in enumerate(line):
        scored(work, place, begun, ReviewKind.baseline, 2 + number % 2)
    with _on(work, given):
        places.give_round(work, study, RoundAnswers(many=max(1, min(FIRST, len(line) // 2)), given_on=given))
        work.db.flush()
    _mentored(work, authority, [one for one in line if one.state == "given"][:_SEEN], given, today)
    for number, place in enumerate(line):
        better = 1 + number % 3 if place.state == "given" else number % 2
        scored(work, place, begun + timedelta(weeks=13), ReviewKind.interim, min(5, 2 + number % 2 + better))
    work.db.flush()
    _referred(work, study, partner, today)
    _release(work, study)


def _people(work: Work, authority: Authority, on: date) -> list[YoungPerson]:
    """Young people of the ages the dose was evaluated for."""
    asked = select(YoungPerson).where(
        YoungPerson.authority_id == authority.id,
        YoungPerson.born_on > date(on.year - DOSE.most_age - 1, on.month, 1),
        YoungPerson.born_on <= date(on.year - DOSE.least_age, on.month, 1),
    )
    found = [one for one in work.db.scalars(asked.order_by(YoungPerson.id).limit(4 * MANY)) if 15 <= one.age(on) < 18]
    return found[:MANY]


def _study(work: Work, authority: Authority, begun: date, today: date) -> ResearchStudy:
    programme = work.add(
        Programme(
            authority_id=authority.id,
            key="action-research",
            title="Creative mentoring in a study",
            type_key=ACTION_RESEARCH.key,
            measure_set="eight@1",
        )
    )
    work.db.flush()
    told = StudyAnswers(
        title="Mentored first, mentored later",
        programme_id=programme.id,
        led_by=_LEADER,
        evaluated_by="The Institute of Quillen Tarn",
    )
    study = protocols.add_study(work, told)
    work.db.flush()
    protocol = protocols.draft_protocol(work, study, _protocol(begun, today))
    work.db.flush()
    for statistic, compares in (
        (Statistic.median_change, Compares.mentored_waiting),
        (Statistic.improved_share, Compares.mentored_waiting),
        (Statistic.rank_biserial, Compares.before_after),
    ):
        protocols.plan_analysis(
            work, protocol, AnalysisAnswers(measure="confidence", statistic=statistic, compares=compares)
        )
        work.db.flush()
    protocols.freeze(work, protocol)
    beside = AnalysisAnswers(measure="ambition", statistic=Statistic.median_change, compares=Compares.before_after)
    protocols.note_analysis(work, study, beside)
    return study


def _protocol(begun: date, today: date) -> ProtocolAnswers:
    return ProtocolAnswers(
        question="Do young people who are mentored first gain more in twelve weeks than those who still wait?",
        who="Young people in care or leaving care, aged 15 to 18, who want to be asked.",
        themes=list(_THEMES),
        measures=["confidence", "motivation", "ambition"],
        dose_hours=DOSE.hours,
        dose_months=DOSE.months,
        least_age=DOSE.least_age,
        most_age=DOSE.most_age,
        places=60,
        waiting_weeks=12,
        starts_on=begun,
        ends_on=today + timedelta(weeks=20),
    )


def _partner(work: Work, authority: Authority, begun: date) -> ReferralPartner:
    told = PartnerAnswers(
        organisation="Quillhaven Lodgings",
        kind_of_partner=PartnerKind.housing,
        name="Ros Amblewick",
        login=f"ros.amblewick.{authority.code}",
        themes=["homelessness"],
        starts_on=begun,
        ends_on=None,
    )
    made = partners.add_partner(work, told, authority.id)
    work.db.flush()
    return made


def _referral(
    work: Work, study: ResearchStudy, partner: ReferralPartner, person: YoungPerson, theme: str, on: date
) -> StudyReferral:
    made = StudyReferral(
        authority_id=study.authority_id,
        action_research_study_id=study.id,
        action_research_partner_id=partner.id,
        login=partner.login,
        ref=next_ref(work, work.get(Authority, study.authority_id), "ST"),
        given_name=person.given_name or "Juno",
        family_name=person.family_name or "Tansyhurst",
        born_on=person.born_on,
        theme=theme,
        why="A place to make something, and somebody who comes back.",
        sent_on=on,
    )
    return work.add(made)


def _joined(
    work: Work, study: ResearchStudy, partner: ReferralPartner, person: YoungPerson, number: int, on: date
) -> StudyPlace:
    add_consent(
        work,
        person,
        ConsentAnswers(
            kind_of_use=ConsentKind.research,
            decision=Decision.given,
            decided_by=Decider.social_worker,
            decider_name="Callum Wetherspindle",
            starts_on=on,
            ends_on=None,
            withdrawn_on=None,
            note="",
        ),
    )
    with_adults(work, person)
    referral = _referral(work, study, partner, person, _THEMES[number % len(_THEMES)], on)
    work.db.flush()
    place = places.join(work, study, person, on, referral_id=referral.id)
    work.move(referral, "accept", on=on)
    work.change(referral, young_person_id=person.id)
    work.db.flush()
    return place


def scored(work: Work, place: StudyPlace, on: date, kind: ReviewKind, score: int) -> None:
    """Score every measure of the eight alike, on a day."""
    scores = dict.fromkeys(measure_set("eight@1").keys, Score(score, "", ""))
    score_review(
        work,
        ReviewAnswers(
            enrolment_id=place.enrolment_id,
            kind_of_review=kind,
            held_on=on,
            scored_by=Scorer.joint,
            guided_by_child=True,
            words_said=None,
            concern=None,
            scores=scores,
        ),
    )


def _mentored(work: Work, authority: Authority, given: list[StudyPlace], on: date, today: date) -> None:
    """Commission a mentor who is at work already, and log a few evenings; whoever may not work is left out."""
    asked = select(Commission.mentor_id).where(Commission.authority_id == authority.id, Commission.state == "active")
    mentors = list(dict.fromkeys(work.db.scalars(asked.order_by(Commission.id))))
    for number, place in enumerate(given):
        if not mentors:
            return
        with suppress(Refused), _on(work, on):
            commission = add_commission(
                work,
                CommissionAnswers(
                    enrolment_id=place.enrolment_id,
                    mentor_id=mentors[number % len(mentors)],
                    hours=DOSE.hours,
                    rate_pence=3200,
                    funding_line_id=None,
                    starts_on=on,
                    ends_on=None,
                    purpose=Purpose.mentoring,
                ),
            )
            work.db.flush()
            activate_commission(work, approve_commission(work, commission))
            move_enrolment(work, work.get(Enrolment, place.enrolment_id), "start")
            work.db.flush()
            _evenings(work, commission, on, today, number)


def _evenings(work: Work, commission: Commission, on: date, today: date, number: int) -> None:
    sunday = on + timedelta(days=6 - on.weekday())
    with _on(work, today):
        for week in range(4 + 2 * number):
            with suppress(Refused):
                add_session(
                    work,
                    SessionAnswers.form.make(
                        {
                            "commission_id": commission.id,
                            "held_on": sunday + timedelta(weeks=week),
                            "starts": time(17 + number % 3),
                            "ends": time(18 + number % 3, 30),
                            "place": SessionPlace.community,
                            "outcome": Outcome.held,
                            "done": "A week of sketches for a shop window.",
                            "worrying": False,
                            "joint": False,
                            "mentor_drove": False,
                            "chargeable": True,
                        }
                    ),
                )


def _referred(work: Work, study: ResearchStudy, partner: ReferralPartner, today: date) -> None:
    """One more who waits for a decision: known to the partner, and not yet found among the records."""
    somebody = YoungPerson(given_name="Juno", family_name="Tansyhurst", born_on=date(today.year - 16, 5, 17))
    _referral(work, study, partner, somebody, "homelessness", today)


def _release(work: Work, study: ResearchStudy) -> None:
    """A release as coarse as it has to be; none where too few take part."""
    usual = {key: value for key, value in USUAL.items() if key != "theme"}
    for told in (usual, {**usual, "age": LEFT_OUT, "sex": LEFT_OUT}):
        with suppress(Refused):
            made = make_release(work, study, ReleaseAnswers(**told))
            work.db.flush()
            give_out(work, made, GivenAnswers(given_to="The Institute of Quillen Tarn"))
            return
