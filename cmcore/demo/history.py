"""How each record came to its state: the steps along its life cycle, as the database would have kept them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cmcore.base.lifecycle import Lifecycle
from cmcore.commissions.records import COMMISSION_LIFE
from cmcore.concerns.records import CONCERN_LIFE
from cmcore.demo.calendar import Calendar
from cmcore.demo.sheets import Sheet
from cmcore.mentors.records import MENTOR_LIFE
from cmcore.peps.records import PEP_LIFE
from cmcore.programmes.creative_mentoring import ENROLMENT_LIFE
from cmcore.referrals.records import REFERRAL_LIFE
from cmcore.reviews.records import REVIEW_LIFE

if TYPE_CHECKING:
    from cmcore.demo.mentors import MadeMentor

HISTORY_COLUMNS = """
    authority_id kind record_id young_person_id transition from_state to_state moved_on moved_at moved_by reason
"""
COORDINATOR = "Hester Quillmarsh"

_LIVES = {
    "mentor": MENTOR_LIFE,
    "referral": REFERRAL_LIFE,
    "enrolment": ENROLMENT_LIFE,
    "commission": COMMISSION_LIFE,
    "review": REVIEW_LIFE,
    "concern": CONCERN_LIFE,
    "pep_cycle": PEP_LIFE,
}

#: One step: the transition, the day, and the reason where one is given.
Step = tuple[str, date, str]


class History:
    """Writes the steps a record took; a step that its life cycle does not hold is refused."""

    def __init__(self, calendar: Calendar, authority_id: int, sheet: Sheet) -> None:
        """Write into a sheet of state changes."""
        self._calendar = calendar
        self._authority_id = authority_id
        self._sheet = sheet
        self._targets: dict[tuple[str, str, str], str] = {}

    def _target(self, kind: str, name: str, state: str) -> str:
        key = (kind, name, state)
        found = self._targets.get(key)
        if found is None:
            way = _LIVES[kind].way(name, state)
            found = self._targets[key] = way.target
        return found

    def of(
        self, kind: str, record_id: int, young_person_id: int | None, steps: Iterable[Step], by: str = COORDINATOR
    ) -> str:
        """Write the steps of a record, in order. Says the state they end in."""
        life: Lifecycle = _LIVES[kind]
        state = life.initial
        for number, (name, on, reason) in enumerate(steps):
            target = self._target(kind, name, state)
            at = self._calendar.slot(on, 600 + number * 25)
            self._sheet.add(
                (self._authority_id, kind, record_id, young_person_id, name, state, target, on, at, by, reason)
            )
            state = target
        return state

    def mentor(self, mentor: MadeMentor, state: str) -> None:
        """How a mentor came to be at work, or not any more."""
        taken_on, began = mentor.from_on - timedelta(days=30), mentor.from_on
        steps: list[Step] = []
        if state != "applicant":
            steps.append(("take_on", taken_on, ""))
        if state in ("active", "paused", "left"):
            steps.append(("activate", began, ""))
        if state == "paused":
            steps.append(("pause", self._calendar.today - timedelta(days=12), "A residency abroad until the spring."))
        if state == "left":
            steps.append(("leave", mentor.until_on or began, "Teaches full time at a college now."))
        self.of("mentor", mentor.id, None, steps)
