"""The pages of studies that are looked at in a browser, and what they show: a study under way, by key."""

from __future__ import annotations

from datetime import date, timedelta

from cmcore.reviews.words import ReviewKind
from cmcore.safekeeping.refs import next_ref
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import YoungPerson
from cmcore_action_research import demonstration, partners, places, protocols
from cmcore_action_research.forms import (
    AnalysisAnswers,
    PartnerAnswers,
    ProtocolAnswers,
    RoundAnswers,
    StudyReferralAnswers,
)
from cmcore_action_research.made_up import drawn_up, permit
from cmcore_action_research.people_records import StudyPlace
from cmcore_action_research.records import ResearchStudy
from cmcore_action_research.release.forms import GivenAnswers, ReleaseAnswers
from cmcore_action_research.release.generalising import LEFT_OUT
from cmcore_action_research.release.making import give_out, make_release
from cmcore_action_research.words import Compares, PartnerKind, Statistic
from tests.console.autumn import Autumn

#: Lists, and forms that need no record.
STUDY_PATHS = (
    "/action-research-studies/",
    "/action-research-studies/add",
    "/action-research-referrals/",
    "/action-research-referrals/add",
    "/action-research-partners/",
    "/action-research-partners/add",
    "/action-research-protocols/",
    "/action-research-analyses/",
    "/action-research-places/",
    "/action-research-releases/",
)
BORN = date(2010, 3, 1)
PROTOCOL = ProtocolAnswers(
    question="Do those who are mentored first gain more while the others wait?",
    who="Young people in care after 16, who want to be asked.",
    themes=["mental_health", "homelessness"],
    measures=["all"],
    dose_hours=24,
    dose_months=3,
    least_age=15,
    most_age=18,
    places=20,
    waiting_weeks=12,
    starts_on=date(2026, 11, 10),
    ends_on=date(2027, 7, 31),
)


def somebody(work: Work, authority: Authority, number: int) -> YoungPerson:
    """A made-up young person with a permission for research."""
    made = work.add(
        YoungPerson(
            authority_id=authority.id,
            ref=next_ref(work, authority),
            given_name="Merle",
            family_name=f"Tarnsworth{'abcdefghijklmnop'[number]}",
            born_on=BORN,
        )
    )
    work.db.flush()
    permit(work, made)
    return made


def studied(work: Work, authority: Authority) -> ResearchStudy:
    """A study with a frozen protocol, whose programme is of the type."""
    wanted = AnalysisAnswers(measure="all", statistic=Statistic.median_change, compares=Compares.mentored_waiting)
    protocol = drawn_up(work, authority.id, "Mentored first, mentored later", PROTOCOL, wanted)
    protocols.freeze(work, protocol)
    return work.get(ResearchStudy, protocol.action_research_study_id)


def furnish_studies(autumn: Autumn, many: int = 10) -> None:
    """A study under way: a partner, somebody referred, a line, two groups, a release that was given out."""
    stage = autumn.stage
    today: date = stage.clock.today()
    login = "referrer@example.invalid"
    with stage.work("operator") as work:
        authority = work.get(Authority, stage.authority_id)
        study = studied(work, authority)
        told = PartnerAnswers(
            organisation="Quillhaven Lodgings",
            kind_of_partner=PartnerKind.housing,
            name="Ros Amblewick",
            login=login,
            themes=["homelessness"],
            starts_on=today - timedelta(days=60),
            ends_on=None,
        )
        partner = partners.add_partner(work, told, authority.id)
        work.db.flush()
        line: list[StudyPlace] = []
        for number in range(many):
            line.append(places.join(work, study, somebody(work, authority, number), today))
            work.db.flush()
        demonstration.scored(work, line[0], today, ReviewKind.baseline, 2)
        version = protocols.in_force(work, study)
        assert version is not None
        beside = AnalysisAnswers(measure="ambition", statistic=Statistic.improved_share, compares=Compares.before_after)
        analysis = protocols.note_analysis(work, study, beside)
        places.give_round(work, study, RoundAnswers(many=many // 2, given_on=today))
        work.db.flush()
        usual = dict.fromkeys(("age", "sex", "care_status", "ethnicity", "send", "joined"), LEFT_OUT)
        release = make_release(work, study, ReleaseAnswers(group="kept", **usual))
        work.db.flush()
        give_out(work, release, GivenAnswers(given_to="The Institute of Quillen Tarn"))
        autumn.keys |= {
            "study": study.id,
            "study_protocol": version.id,
            "study_analysis": analysis.id,
            "study_partner": partner.id,
            "study_placed": line[0].id,
            "study_waiting": line[-1].id,
            "study_release": release.id,
        }
    with stage.work("referrer", login=login) as work:
        answers = StudyReferralAnswers(
            action_research_study_id=str(autumn.keys["study"]),
            given_name="Juno",
            family_name="Fennimore",
            born_on=BORN,
            theme="homelessness",
            why="Somebody who comes back.",
            willing=True,
        )
        made = partners.refer(work, answers)
        work.db.flush()
        autumn.keys["study_referral"] = made.id


def study_pages(autumn: Autumn) -> list[str]:
    """One of each page of a record, with the forms that are asked there."""
    key = {name.removeprefix("study_"): value for name, value in autumn.keys.items() if name.startswith("study")}
    study, referral, release = key["study"], key["referral"], key["release"]
    return [
        f"/action-research-studies/{study}",
        *(f"/action-research-studies/{study}/{step}" for step in ("edit", "round", "analysis", "release", "close")),
        f"/action-research-protocols/{key['protocol']}",
        f"/action-research-protocols/{key['protocol']}/version",
        f"/action-research-analyses/{key['analysis']}",
        f"/action-research-partners/{key['partner']}",
        f"/action-research-referrals/{referral}",
        *(f"/action-research-referrals/{referral}/{step}" for step in ("take-in", "decline", "withdraw")),
        f"/action-research-places/{key['placed']}",
        f"/action-research-places/{key['waiting']}/give",
        f"/action-research-places/{key['placed']}/leave",
        f"/action-research-releases/{release}",
        f"/action-research-releases/{release}/call_back",
        f"/action-research-comparison/{study}",
        f"/action-research-comparison/outside/{release}",
        f"/action-research-themes/{study}",
    ]
