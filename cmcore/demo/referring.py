"""The referrals of the stories: sent, read, asked about, decided on, matched; crisis and routine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cmcore.base.periods import financial_year
from cmcore.demo import words
from cmcore.demo.history import Step
from cmcore.demo.making import Making
from cmcore.demo.people import Person
from cmcore.demo.sheets import Sheet
from cmcore.measures.shipped import EIGHT
from cmcore.referrals.records import Referral

REFERRAL_COLUMNS = """
    id authority_id young_person_id ref programme_id referrer_name referrer_login received_on submitted_at reasons
    outcomes urgency concern interests what_works risks places expected_minutes funding_line_id social_worker_id
    designated_teacher_id state created_at changed_at
"""

#: States a referral without an enrolment is in, in turn.
WAITING = ("submitted", "triage", "more_information", "draft", "declined", "submitted", "withdrawn")
#: Hours hoped for, in minutes: fewer for the younger ones.
YOUNG, OLDER = 960, 1_440
_REASONS = ("engage", "exclusion", "disaffection", "isolation", "transition", "not_in_school")
_DAYS_AGO = {"submitted": 4, "draft": 3, "triage": 8, "more_information": 12}
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Money:
    """The funding lines by financial year and by whether somebody is 16."""

    lines: dict[tuple[int, bool], int]

    def line(self, person: Person, on: date) -> int | None:
        """The line that pays for somebody on a day."""
        return self.lines.get((financial_year(on), person.age(on) >= 16))


class Referrals:
    """Writes one referral after another."""

    def __init__(self, making: Making, programme_id: int, money: Money, sheet: Sheet) -> None:
        """Write for one programme."""
        self._making, self._programme_id, self._money, self._sheet = making, programme_id, money, sheet

    def waiting(self, person: Person, state: str) -> None:
        """A referral with no enrolment: it waits, or it was declined or withdrawn."""
        draw, after, today = self._making.draw, self._making.calendar.working, self._making.calendar.today
        ago = _DAYS_AGO.get(state)
        on = after(today - _DAY * (draw.randrange(20, 300) if ago is None else ago + draw.randrange(3)))
        steps: list[Step] = [("submit", on, "")] if state != "draft" else []
        if state in ("triage", "more_information", "declined"):
            steps.append(("triage", after(on + _DAY), ""))
        if state == "more_information":
            steps.append(("ask", after(on + _DAY * 4), draw.choice(words.ASKED)))
        if state == "declined":
            steps.append(("decline", after(on + _DAY * 6), draw.choice(words.DECLINED)))
        if state == "withdrawn":
            steps.append(("withdraw", after(on + _DAY * 5), draw.choice(words.WITHDRAWN)))
        self._write(person, on, steps, draw.choice(("red", "red", "amber", "green")), crisis=draw.random() < 0.15)

    def before(self, person: Person, first_on: date, concern: str, *, matched: bool) -> tuple[int, date]:
        """The referral that led to an enrolment beginning on a day. Gives its key and the day it was accepted."""
        draw, slow = self._making.draw, self._making.draw.uniform(0.8, 1.5)

        def before(days: int) -> date:
            return self._making.calendar.working(first_on - timedelta(days=int(days * slow)))

        steps: list[Step] = [("submit", before(30), ""), ("triage", before(28), "")]
        if draw.random() < 0.12:
            steps.append(("ask", before(27), draw.choice(words.ASKED)))
            steps.append(("answer", before(24), draw.choice(words.ANSWERED)))
        accepted_on = before(20)
        steps.append(("accept", accepted_on, ""))
        if matched:
            steps.append(("match", before(13), ""))
        return self._write(person, before(31), steps, concern, crisis=draw.random() < 0.06), accepted_on

    def _write(self, person: Person, received_on: date, steps: list[Step], concern: str, *, crisis: bool) -> int:
        making, draw, slot = self._making, self._making.draw, self._making.calendar.slot
        key = making.keys.next(Referral)
        by_school = person.school is not None and draw.random() < 0.65
        referrer = person.school.teacher if person.school and by_school else person.social_worker
        state = making.history.of("referral", key, person.id, steps)
        made_at = slot(received_on, 590)
        self._sheet.add(
            (
                key,
                making.authority_id,
                person.id,
                making.refs.next("R"),
                self._programme_id,
                referrer,
                "ros.amblewick" if referrer == "Ros Amblewick" else "",
                received_on,
                slot(steps[0][1], 600) if steps else None,
                draw.sample(_REASONS, draw.randrange(1, 3)) + (["crisis"] if crisis else []),
                draw.sample(EIGHT.keys, draw.randrange(1, 4)),
                "crisis" if crisis else "routine",
                concern,
                draw.choice(words.INTERESTS),
                draw.choice(words.WHAT_WORKS),
                draw.choice(words.RISKS),
                draw.sample(("home", "school", "community"), draw.randrange(1, 3)),
                YOUNG if person.age(received_on) < 11 else OLDER,
                self._money.line(person, received_on),
                person.social_worker_id,
                person.designated_teacher_id,
                state,
                made_at,
                slot(steps[-1][1], 760) if steps else made_at,
            )
        )
        return key
