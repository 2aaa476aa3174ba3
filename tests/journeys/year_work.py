"""A programme year as a machine: what people do with sessions, commissions, mentors and enrolments, in any order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import Engine

from cmcore.base.findings import NotFound, Refused
from cmcore.commissions import actions as commissions
from cmcore.commissions.records import Commission
from cmcore.enrolments.actions import move_enrolment
from cmcore.enrolments.records import Enrolment
from cmcore.mentors.actions import add_mentor_check, move_mentor
from cmcore.mentors.forms import MentorCheckAnswers
from cmcore.mentors.records import Mentor
from cmcore.mentors.words import CheckKind
from cmcore.reviews.words import ReviewKind
from cmcore.safekeeping.work import Work
from cmcore.sessions.actions import add_session, change_session, remove_session
from cmcore.sessions.forms import ImpactAnswers
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import Outcome
from cmcore.testing import Stage
from cmcore.testing.story import Story
from tests.journeys.year_holds import LONDON, WhatHolds

BEGINS, ENDS = date(2026, 9, 7), date(2027, 8, 27)
#: The first mentor's certificate runs out in February.
CERTIFICATE = date(2024, 2, 22)
SEEN = [ImpactAnswers(measure="confidence", note="Showed it to the class.", expected=True)]
MET = ("held", "shortened", "ended_for_safety", "left")

WHICH = st.integers(0, 11)
FEW = st.integers(0, 2)


def begin(engine: Engine) -> None:
    """Two young people, two mentors, three commissions of few hours: the first young person has both mentors."""
    stage = Stage(engine)
    stage.authority()
    first = Story.begin(stage, dbs_issued_on=CERTIFICATE)
    stage.on(BEGINS)
    second = first.beside("Teasel", "Quernmore")
    second.mentor_id = first.another_mentor()
    with stage.work("operator") as work:
        for story in (first, second):
            story.started(work, hours=10, rate_pence=3_050)
        story = replace(first, mentor_id=second.mentor_id)
        story.commissioned(work, hours=6, rate_pence=2_875)
    stage.on(date(2026, 10, 5), 20)
    with stage.work("operator") as work:
        for key, days in ((1, (9, 16, 23)), (2, (10, 17))):
            held = [date(2026, 9, day) for day in days]
            replace(first, commission_id=key).logged(work, *held, done="Printed a second colour.", impact=SEEN)


class WorkOfAYear(WhatHolds):
    """What people do with sessions, commissions, mentors and enrolments, on a copy of a database of its own."""

    copy: Callable[[], Engine]

    def __init__(self) -> None:
        """Begin the year anew."""
        super().__init__()
        self.stands_on(type(self).copy())
        self.stage = Stage(self.engine)
        self.stage.authority_id = 1
        self.today = date(2026, 10, 5)
        self.stage.on(self.today, 20)
        self.locked: dict[int, int] = {}
        self.refusals = 0

    # ---- how something is tried
    def tries(self, role: str, act: Callable[[Work], Any], login: str = "", mentor: int | None = None) -> bool:
        """Do something as somebody; what is refused says why and leaves nothing behind, not a line in the audit."""
        before = self._lines()
        try:
            with self.stage.work(role, login=login, mentor_id=mentor) as work:
                act(work)
        except Refused as refused:
            self.refusals += 1
            assert refused.findings and all(one.message for one in refused.findings)
            assert self._lines() == before, "something was refused, and something was written"
            return False
        except NotFound:
            return False
        return True

    def _lines(self) -> int:
        return int(self._asked("SELECT count(*) FROM cm_audit WHERE act <> 'read'")[0][0])

    def one(self, table: str, which: int, states: str = "") -> int | None:
        """The key of some row of a table."""
        where = f" WHERE state IN ({states})" if states else ""
        keys = [row[0] for row in self._asked(f"SELECT id FROM {table}{where} ORDER BY id")]
        return keys[which % len(keys)] if keys else None

    # ---- time
    @rule(days=st.integers(1, 24))
    @precondition(lambda self: self.today < ENDS)
    def days_pass(self, days: int) -> None:
        """Some days go by."""
        self.today = min(self.today + timedelta(days=days), ENDS)
        self.stage.on(self.today, 20)

    # ---- sessions
    def _form(self, commission_id: int, on: date, hour: int, minutes: int, **more: Any) -> Any:
        story = Story(self.stage, commission_id=commission_id)
        return story.session_form(on, hour, minutes, **{"done": "Printed a second colour.", "impact": SEEN} | more)

    @rule(
        which=FEW,
        back=st.integers(0, 20),
        hour=st.integers(9, 17),
        minutes=st.sampled_from((30, 45, 60, 61, 90, 120)),
        outcome=st.sampled_from(("held", "held", "held", "absent", "shortened", "cancelled_by_mentor")),
        chargeable=st.sampled_from((True, True, True, False)),
    )
    def log_a_session(self, which: int, back: int, hour: int, minutes: int, outcome: str, chargeable: bool) -> None:
        """A mentor logs what happened some days ago."""
        key = self.one("cm_commission", which)
        on, said = self.today - timedelta(days=back), Outcome(outcome)
        more = {"outcome": said, "chargeable": chargeable}
        if outcome not in MET:
            more |= {"done": None, "impact": []}
        mentor = self._mentor_of(key)
        self.tries(
            "mentor", lambda work: add_session(work, self._form(key or 0, on, hour, minutes, **more)), mentor=mentor
        )

    @rule(which=FEW, ahead=st.integers(1, 20), hour=st.integers(9, 17))
    def plan_a_session(self, which: int, ahead: int, hour: int) -> None:
        """A mentor plans one."""
        key = self.one("cm_commission", which) or 0
        plan = self._form(key, self.today + timedelta(days=ahead), hour, 60, outcome=None, done=None, impact=[])
        self.tries("mentor", lambda work: add_session(work, plan), mentor=self._mentor_of(key))

    @rule(which=WHICH, minutes=st.sampled_from((30, 60, 75)), gone=st.booleans())
    def put_a_session_right(self, which: int, minutes: int, gone: bool) -> None:
        """A session is changed, or a plan is taken away."""
        key = self.one("cm_session", which)
        if key is None:
            return

        def act(work: Work) -> None:
            session = work.get(MentoringSession, key)
            if gone:
                remove_session(work, session)
                return
            start = session.starts_at.astimezone(LONDON)
            change_session(work, session, self._form(session.commission_id, start.date(), start.hour, minutes))

        self.tries("coordinator", act)

    def _mentor_of(self, commission_id: int | None) -> int | None:
        found = self._asked("SELECT mentor_id FROM cm_commission WHERE id = :key", key=commission_id or 0)
        return int(found[0][0]) if found else None

    # ---- commissions, mentors, enrolments
    @rule(which=st.integers(1, 2), late=st.booleans())
    def renew_the_certificate(self, which: int, late: bool) -> None:
        """A new certificate is seen."""
        on = self.today - timedelta(days=3 if late else 0)
        seen = MentorCheckAnswers(kind_of_check=CheckKind.enhanced_dbs, issued_on=on, seen_on=self.today)
        self.tries("coordinator", lambda work: add_mentor_check(work, work.get(Mentor, which), seen))

    @rule(which=FEW, hours=st.integers(1, 8))
    def extend(self, which: int, hours: int) -> None:
        """More hours are commissioned, as far as the checks let them."""
        key = self.one("cm_commission", which)

        def act(work: Work) -> None:
            before = work.get(Commission, key or 0)
            story = Story(self.stage, enrolment_id=before.enrolment_id, mentor_id=before.mentor_id)
            story.commissioned(work, hours=hours, rate_pence=before.rate_pence + 100)

        self.tries("coordinator", act)

    @rule(which=WHICH, way=st.sampled_from(("approve", "approve", "activate", "activate", "complete", "end")))
    def move_a_commission(self, which: int, way: str) -> None:
        """Somebody takes some step with a commission, whether or not it is the time for it."""
        key = self.one("cm_commission", which)

        def act(work: Work) -> None:
            one = work.get(Commission, key or 0)
            if way == "approve":
                commissions.approve_commission(work, one)
            elif way == "activate":
                commissions.activate_commission(work, one)
            elif way == "complete":
                commissions.complete_commission(work, one)
            else:
                commissions.end_commission_early(work, one, "The mentor moves away.")

        self.tries("coordinator", act)

    @rule(which=st.integers(1, 2), way=st.sampled_from(("pause", "resume", "resume", "activate")))
    def move_a_mentor(self, which: int, way: str) -> None:
        """A mentor pauses, and comes back."""
        self.tries("coordinator", lambda work: move_mentor(work, work.get(Mentor, which), way, "As agreed."))

    @rule(which=st.integers(1, 2), way=st.sampled_from(("pause", "resume", "resume", "close", "complete", "reopen")))
    def move_an_enrolment(self, which: int, way: str) -> None:
        """An enrolment goes on, or tries to."""
        self.tries(
            "coordinator", lambda work: move_enrolment(work, work.get(Enrolment, which), way, reason="As agreed.")
        )

    @rule(which=st.integers(1, 2), kind=st.sampled_from(tuple(ReviewKind)), score=st.integers(0, 6))
    def score(self, which: int, kind: ReviewKind, score: int) -> None:
        """The measures are scored, inside their scale or not."""
        story = Story(self.stage, enrolment_id=which)
        self.tries("coordinator", lambda work: story.scored(work, self.today, kind, score))
