"""Two invented virtual schools in the middle of an autumn term, with an account for each role."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine

from cmcore.base.clock import StoppedClock
from cmcore.base.engine import engine_for
from cmcore.commissions.actions import activate_commission, add_commission, approve_commission
from cmcore.commissions.words import Purpose
from cmcore.consents.words import ConsentKind
from cmcore.enrolments.actions import move_enrolment
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.actions import save_cohort
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.forms import SavedCohortAnswers
from cmcore.funding.actions import add_funding_line
from cmcore.funding.forms import FundingLineAnswers
from cmcore.funding.words import FundingKind
from cmcore.journals.actions import keep_entry
from cmcore.journals.case_studies import begin_case_study
from cmcore.journals.forms import CaseStudyBeginAnswers
from cmcore.journals.words import VisibleTo
from cmcore.mentors.actions import add_mentor, add_mentor_check
from cmcore.mentors.forms import MentorAnswers, MentorCheckAnswers
from cmcore.mentors.words import CheckKind
from cmcore.network.actions import add_supporting_adult
from cmcore.network.forms import SupportingAdultAnswers
from cmcore.network.words import AdultRole
from cmcore.peps.actions import add_target, contribute, open_term, start_pep
from cmcore.peps.forms import ContributionAnswers, TargetAnswers, TermAnswers
from cmcore.peps.records import PepCycle
from cmcore.peps.words import TargetKind
from cmcore.programmes.records import Programme
from cmcore.referrals.actions import add_referral
from cmcore.referrals.words import Rag, Urgency
from cmcore.reviews.words import ReviewKind
from cmcore.safekeeping.memberships import give_role
from cmcore.sessions.words import Outcome
from cmcore.testing.stage import TODAY, Stage
from cmcore.testing.story import Story
from cmcore.virtual_schools.actions import add_setting, add_term_dates
from cmcore.virtual_schools.forms import SettingAnswers, TermDatesAnswers
from cmcore.virtual_schools.words import SettingKind
from cmcore.young_people.actions import add_care_episode, add_send_status
from cmcore.young_people.forms import CareEpisodeAnswers, SendStatusAnswers
from cmcore.young_people.records import YoungPerson
from cmcore.young_people.words import SendLevel
from console import accounts
from tests import run_folder
from tests.cmcore.journals import kept_journals as journals
from tests.console import (
    autumn_background,
    autumn_mentors,
    autumn_money,
    autumn_papers,
    autumn_risks,
    autumn_sessions,
    autumn_stories,
)
from tests.console.visitor import Visitor

NAMES = {
    "coordinator": "Hester Quillmarsh",
    "head": "Imogen Fennimore",
    "mentor": "Juno Tansyhurst",
    "referrer": "Ros Amblewick",
    "finance": "Percy Oxlade",
    "evaluator": "Wilf Ambergate",
    "administrator": "Nell Fallowby",
}
#: The last scores of the young person whose page is looked at most: up, down, kept, kept at the top, and not scored.
LATEST = {
    "participation": 4,
    "engagement": 3,
    "confidence": 3,
    "communication": 3,
    "motivation": 3,
    "achievement": 2,
    "leadership": None,
    "ambition": 5,
}
FIRST = LATEST | {"participation": 2, "engagement": 2, "confidence": 1, "communication": 2, "achievement": 3}


@dataclass
class Autumn:
    """The keys of what was settled, by what it is for, and who may sign in."""

    stage: Stage
    main: Story
    others: dict[str, Story] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)

    def token(self, who: str) -> str:
        """The cookie of somebody who has signed in."""
        now = self.stage.clock.now()
        return accounts.begin_session(self.stage.engine, self.accounts[who], now, timedelta(hours=12))

    def visitor(self, app: Flask, who: str = "coordinator") -> Visitor:
        """A browser of somebody who has signed in, on the start page."""
        return Visitor(app).holds(self.token(who)).stands_on("/")


def kept_at(kind: str) -> Path:
    """Where a run keeps the keys of what was settled in its database of a kind."""
    return run_folder.path() / f"autumn-{kind}.kept"


def settle_at(url: str) -> None:
    """Settle into the migrated database of an address, and keep the keys for whoever works on a copy of it."""
    engine = engine_for(url)
    made = settle(engine)
    made.stage.engine = None  # type: ignore[assignment]
    kept_at(engine.dialect.name).write_bytes(pickle.dumps(made))
    engine.dispose()


def found_again(engine: Engine) -> Autumn:
    """What was settled, on an engine of a copy of its database."""
    made: Autumn = pickle.loads(kept_at(engine.dialect.name).read_bytes())
    made.stage.engine = engine
    return made


def settle(engine: Engine, clock: StoppedClock | None = None) -> Autumn:
    """Put both virtual schools into an empty, migrated database; today is 10 November 2026."""
    stage = Stage(engine, clock or StoppedClock.on(TODAY))
    stage.authority()
    stage.on(date(2026, 5, 19))
    made = Autumn(stage, Story.begin(stage, dbs_issued_on=date(2023, 11, 29)))
    _settled(made)
    _on_the_way(made)
    _others(made)
    stage.on(TODAY)
    _waiting(made)
    autumn_mentors.settled(made)
    autumn_papers.forms(made)
    autumn_papers.papers(made)
    autumn_money.settled(made)
    autumn_sessions.settled(made)
    _plans(made)
    _journal(made)
    _cohort(made)
    autumn_stories.settled(made)
    autumn_risks.settled(made)
    _quillshire(made)
    _accounts(made)
    autumn_background.settled(made)
    return made


def _settled(made: Autumn) -> None:
    """What stands before anything happens: a place of one's own, a term, money, and what hangs on a young person."""
    with made.stage.work() as work:
        person = work.get(YoungPerson, made.main.person_id)
        kept: dict[str, Any] = {
            "setting": add_setting(
                work, SettingAnswers(name="Tarn Barn Studio", kind_of_setting=SettingKind.other, in_area=True)
            ),
            "term_dates": add_term_dates(
                work, TermDatesAnswers(year=2026, name="Autumn", starts_on=date(2026, 9, 2), ends_on=date(2026, 12, 18))
            ),
            "funding_line": add_funding_line(
                work,
                FundingLineAnswers(
                    name="Pupil premium plus",
                    kind_of_money=FundingKind.ppplus,
                    financial_year=2026,
                    amount_pence=4_500_000,
                ),
            ),
            "supporting_adult": add_supporting_adult(
                work,
                person,
                SupportingAdultAnswers(
                    role=AdultRole.foster_carer, name="Denise Mossgarth", phone="07700 900318", emergency_contact=True
                ),
            ),
            "care_episode": add_care_episode(
                work,
                person,
                CareEpisodeAnswers(starts_on=date(2024, 3, 4), legal_status="C2", placement="U4", provider="PR1"),
            ),
            "send_status": add_send_status(
                work, person, SendStatusAnswers(level=SendLevel.support, starts_on=date(2023, 9, 1))
            ),
        }
        work.change(person, care_status="looked_after", looked_after_from=date(2024, 3, 4))
        work.db.flush()
        kept["applicant"] = add_mentor(work, MentorAnswers(name="Fern Oakapple", art_forms="film, drama"))
        kept["unseen_check"] = add_mentor_check(
            work,
            kept["applicant"],
            MentorCheckAnswers(kind_of_check=CheckKind.enhanced_dbs, issued_on=date(2026, 5, 1)),
        )
        work.db.flush()
        made.keys |= {kind: one.id for kind, one in kept.items()}


def _on_the_way(made: Autumn) -> None:
    """One young person nine tenths of the way: nearly out of hours, with a review that is over."""
    stage, story = made.stage, made.main
    with stage.work() as work:
        story.started(work)
    stage.on(date(2026, 5, 26))
    with stage.work() as work:
        made.keys["review"] = story.scored(work, date(2026, 5, 26), ReviewKind.baseline, FIRST).id
    stage.on(date(2026, 9, 22))
    days = [date(2026, 6, 4) + timedelta(weeks=week) for week in range(12)]
    with stage.work("mentor", mentor_id=story.mentor_id) as work:
        story.logged(work, *days)
        story.logged(work, date(2026, 9, 10), outcome=Outcome.absent)
    with stage.work() as work:
        story.scored(
            work, date(2026, 9, 22), ReviewKind.interim, LATEST, concern=Rag.amber, words_said="It’s not worse."
        )
    stage.on(date(2026, 11, 6))
    with stage.work("mentor", mentor_id=story.mentor_id) as work:
        made.keys["session"] = story.logged(
            work,
            date(2026, 11, 5),
            planned_measures=["confidence"],
            intention="Print the second colour.",
            words_said="I didn’t think I could teach anyone anything. He got it first go.",
        ).id
        made.keys["plan"] = story.logged(work, date(2026, 11, 12), outcome=None, done=None).id


def _others(made: Autumn) -> None:
    """Others in the same programme: one without a baseline, one who completed, one who is closing."""
    stage = made.stage
    for key, given, family in (
        ("ended", "Rue", "Wickenby"),
        ("late", "Sorrel", "Harecastle"),
        ("closing", "Ember", "Mallow"),
    ):
        made.others[key] = made.main.beside(given, family)
    kit = made.main.another_mentor()
    made.keys["mentor"] = kit
    stage.on(date(2026, 6, 1))
    for key in ("ended", "closing"):
        with stage.work() as work:
            made.others[key].mentor_id = kit
            made.others[key].started(work, hours=6)
            made.others[key].scored(work, date(2026, 6, 1))
    stage.on(date(2026, 10, 20))
    with stage.work() as work:
        made.others["ended"].scored(work, date(2026, 10, 19), ReviewKind.exit, 4)
        made.others["ended"].ended(work)
        made.others["late"].started(work)
        move_enrolment(work, work.get(Enrolment, made.others["closing"].enrolment_id), "close")
    with stage.work() as work:
        made.keys["draft_review"] = made.others["closing"].drafted(work, date(2026, 10, 20), ReviewKind.exit, 3).id


def _waiting(made: Autumn) -> None:
    """Referrals that wait for somebody, and a commission that is drawn up."""
    stage = made.stage
    for key, given, family in (
        ("crisis", "Kestrel", "Arden"),
        ("new", "Dapple", "Fernsby"),
        ("planned", "Oriel", "Crane"),
    ):
        made.others[key] = made.main.beside(given, family)
    with stage.work() as work:
        made.keys["crisis"] = made.others["crisis"].refer(work, urgency=Urgency.crisis).id
        made.keys["referral"] = made.others["new"].refer(work).id
        made.keys["draft_referral"] = add_referral(work, made.others["late"].referral_form()).id
        made.keys["planned"] = made.others["planned"].accepted(work, interests="Draws manga, films").id
        made.keys["draft_commission"] = add_commission(
            work, made.others["planned"].commission_form(mentor_id=made.keys["mentor"])
        ).id


def _plans(made: Autumn) -> None:
    """The term's PEPs: one that is being prepared, with a target and what the mentor brings."""
    stage, story = made.stage, made.main
    with stage.work() as work:
        pep = open_term(work, TermAnswers(on=TODAY), stage.authority_id)[0]
        target = TargetAnswers(kind_of_target=TargetKind.cultural, target="Show two prints.", measure=None, due_on=None)
        made.keys |= {"pep_target": add_target(work, start_pep(work, pep), target).id, "pep": pep.id}
    with stage.work("mentor", mentor_id=story.mentor_id, login="juno.tansyhurst") as work:
        brought = ContributionAnswers(seen="Comes early, stays late.", comes=True)
        made.keys["pep_contribution"] = contribute(work, work.get(PepCycle, made.keys["pep"]), brought).id


def _journal(made: Autumn) -> None:
    """Two entries of a journal, a picture that is shared and words, and a case study that is being written."""
    stage, story = made.stage, made.main
    with stage.work() as work:
        journals.permitted(work, story, ConsentKind.media_shared)
        told = story.commission_form(hours=4, purpose=Purpose.case_study)
        hours = activate_commission(work, approve_commission(work, add_commission(work, told)))
    with stage.work("mentor", mentor_id=story.mentor_id, login="mentor@example.invalid") as work:
        shown = journals.entry_form(story, visible_to=VisibleTo.professionals)
        made.keys["journal_entry"] = keep_entry(work, shown, journals.picture()).id
        made.keys["journal_words"] = keep_entry(work, journals.entry_form(story, said="I did that.")).id
        begun = CaseStudyBeginAnswers(
            commission_id=hours.id, title="Two colours", starts_on=date(2026, 6, 1), ends_on=date(2026, 11, 9)
        )
        made.keys["case_study"] = begin_case_study(work, begun).id


def _cohort(made: Autumn) -> None:
    """A cohort somebody saved."""
    with made.stage.work(login="coordinator@example.invalid") as work:
        programme = work.get(Programme, made.main.programme_id)
        named = SavedCohortAnswers(name="Key stage 4")
        made.keys["saved_cohort"] = save_cohort(work, programme, Cohort(key_stage="KS4"), named).id


def _quillshire(made: Autumn) -> None:
    """Another authority in the same database."""
    stage, first = made.stage, made.stage.authority_id
    made.keys["quillshire"] = stage.authority_id = stage.authority("991", "Quillshire", "QU")
    story = made.others["elsewhere"] = Story.begin(stage, given="Fern", family="Marshquill")
    with stage.work() as work:
        story.started(work)
    stage.authority_id = first


def _accounts(made: Autumn) -> None:
    for role, name in NAMES.items():
        more = {"mentor": {"mentor_id": made.main.mentor_id}, "referrer": {"setting_id": made.main.setting_id}}
        _open(made, role, name, role, made.stage.authority_id, more.get(role, {}))
    _open(made, "elsewhere", "Piers Dapplewood", "coordinator", made.keys["quillshire"], {})


def _open(made: Autumn, key: str, name: str, role: str, authority_id: int, more: dict[str, int]) -> None:
    login = f"{key}@example.invalid"
    with made.stage.work("operator", authority_id=authority_id) as work:
        give_role(work, authority_id, login, role, **more)
    made.accounts[key] = accounts.open_account(made.stage.engine, login=login, name=name)
