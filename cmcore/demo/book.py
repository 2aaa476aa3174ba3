"""All the sheets of one authority, in the order in which they are written: every row finds what it points at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cmcore.base.records import Record
from cmcore.commissions.records import Commission
from cmcore.concerns.records import Concern, ConcernNote
from cmcore.demo import readying as ready
from cmcore.demo.commissioning import COMMISSION_COLUMNS
from cmcore.demo.history import HISTORY_COLUMNS
from cmcore.demo.journeys import ENROLMENT_COLUMNS
from cmcore.demo.meetings import SESSION_COLUMNS
from cmcore.demo.mentors import CHECK_COLUMNS, MENTOR_COLUMNS, MentorSheets
from cmcore.demo.people import (
    ADULT_COLUMNS,
    EPISODE_COLUMNS,
    PERSON_COLUMNS,
    SEND_COLUMNS,
    SPELL_COLUMNS,
    PeopleSheets,
)
from cmcore.demo.places import SETTING_COLUMNS
from cmcore.demo.plans import CONTRIBUTION_COLUMNS, CYCLE_COLUMNS, TARGET_COLUMNS
from cmcore.demo.readying import ReadySheets
from cmcore.demo.referring import REFERRAL_COLUMNS
from cmcore.demo.scores import REVIEW_COLUMNS, SCORE_COLUMNS, ReviewSheets
from cmcore.demo.setting_aside import ALLOCATION_COLUMNS, RATE_COLUMNS
from cmcore.demo.sheets import Sheet, count_anew
from cmcore.demo.worries import CONCERN_COLUMNS, NOTE_COLUMNS
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.records import SavedCohort
from cmcore.funding.records import FundingLine
from cmcore.mentors.records import Mentor, MentorAuthority, MentorCheck
from cmcore.money.records import Allocation, YearRate
from cmcore.network.records import SupportingAdult
from cmcore.peps.records import PepContribution, PepCycle, PepTarget
from cmcore.programmes.records import Programme
from cmcore.readiness.records import AssessmentRead, RiskAssessment, Supervision, Training
from cmcore.referrals.records import Referral
from cmcore.reviews.records import Review, ReviewScore
from cmcore.safekeeping.records import Membership, StateChange
from cmcore.sessions.records import MentoringSession
from cmcore.virtual_schools.records import Federation, Setting, TermDates
from cmcore.young_people.records import CareEpisode, EducationSpell, SendStatus, YoungPerson


class Book:
    """Every sheet there is, by what it is for."""

    def __init__(self, now: datetime) -> None:
        """Open empty sheets; what has no story of its own was made now."""
        self._sheets: list[Sheet] = []
        stamped = {"created_at": now, "changed_at": now}
        sheet = self._sheet
        self.federations = sheet(Federation, "id code name", **stamped)
        self.settings = sheet(Setting, SETTING_COLUMNS, **stamped)
        self.terms = sheet(TermDates, "authority_id year name starts_on ends_on", **stamped)
        programme = "id authority_id key title type_key measure_set starts_on usual_hours"
        self.programmes = sheet(Programme, programme, **stamped)
        money = "id authority_id name kind_of_money financial_year amount_pence restriction"
        self.money = sheet(FundingLine, money, **stamped)
        self.mentors = MentorSheets(
            sheet(Mentor, MENTOR_COLUMNS),
            sheet(MentorAuthority, "authority_id mentor_id"),
            sheet(MentorCheck, CHECK_COLUMNS),
            ReadySheets(
                sheet(RiskAssessment, ready.ASSESSMENT_COLUMNS, **stamped),
                sheet(AssessmentRead, ready.READ_COLUMNS, **stamped),
                sheet(Supervision, ready.SUPERVISION_COLUMNS, **stamped),
                sheet(Training, ready.TRAINING_COLUMNS, **stamped),
            ),
        )
        self.members = sheet(Membership, "authority_id login role mentor_id setting_id", **stamped)
        self.people = PeopleSheets(
            sheet(YoungPerson, PERSON_COLUMNS),
            sheet(CareEpisode, EPISODE_COLUMNS),
            sheet(EducationSpell, SPELL_COLUMNS),
            sheet(SendStatus, SEND_COLUMNS),
            sheet(SupportingAdult, ADULT_COLUMNS),
        )
        self.referrals = sheet(Referral, REFERRAL_COLUMNS)
        self.enrolments = sheet(Enrolment, ENROLMENT_COLUMNS)
        self.commissions = sheet(Commission, COMMISSION_COLUMNS)
        self.sessions = sheet(MentoringSession, SESSION_COLUMNS)
        self.reviews = ReviewSheets(sheet(Review, REVIEW_COLUMNS), sheet(ReviewScore, SCORE_COLUMNS))
        self.pep_cycles, self.pep_targets = sheet(PepCycle, CYCLE_COLUMNS), sheet(PepTarget, TARGET_COLUMNS)
        self.pep_contributions = sheet(PepContribution, CONTRIBUTION_COLUMNS)
        self.allocations, self.rates = (
            sheet(Allocation, ALLOCATION_COLUMNS, **stamped),
            sheet(YearRate, RATE_COLUMNS, **stamped),
        )
        self.cohorts = sheet(SavedCohort, "authority_id programme_id name filters login", **stamped)
        self.concerns, self.concern_notes = sheet(Concern, CONCERN_COLUMNS), sheet(ConcernNote, NOTE_COLUMNS)
        self.history = sheet(StateChange, HISTORY_COLUMNS)

    def _sheet(self, record: type[Record], columns: str, **same: Any) -> Sheet:
        made = Sheet(record, columns, **same)
        self._sheets.append(made)
        return made

    def __iter__(self) -> Iterator[Sheet]:
        """The sheets in the order in which they are written."""
        return iter(self._sheets)

    def write(self, connection: Connection, *, first: bool) -> None:
        """Write all sheets.

        After the ``first`` authority of a run the rows are counted: PostgreSQL checks foreign keys ten times as fast
        once it knows how many rows share an authority.
        """
        for sheet in self:
            sheet.write(connection)
            if first:
                count_anew(connection, sheet.name)
