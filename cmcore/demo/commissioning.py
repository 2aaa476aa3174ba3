"""The commissions of the stories: hours approved, made active on the first day, completed or ended on the last."""

from __future__ import annotations

from datetime import date, timedelta

from cmcore.commissions.records import Commission
from cmcore.demo import words
from cmcore.demo.history import Step
from cmcore.demo.making import Making
from cmcore.demo.meetings import Segment
from cmcore.demo.people import Person
from cmcore.demo.referring import OLDER, YOUNG, Money
from cmcore.demo.sheets import Sheet

COMMISSION_COLUMNS = """
    id authority_id enrolment_id young_person_id mentor_id minutes rate_pence funding_line_id starts_on ends_on
    ended_on state created_at changed_at
"""

_DAY = timedelta(days=1)
#: How long a commission is meant to last.
_MEANT = timedelta(days=210)


class Commissions:
    """Writes the commissions of one enrolment after another."""

    def __init__(self, making: Making, money: Money, sheet: Sheet) -> None:
        """Write for one authority."""
        self._making, self._money, self._sheet = making, money, sheet
        self._planned = 0

    def of(self, person: Person, enrolment_id: int, segments: list[Segment], state: str, made_on: date) -> list[int]:
        """The commissions of an enrolment in this state, one for each stretch of work; their keys in order."""
        after, keys = self._making.calendar.working, []
        over = state in ("completed", "ended_early")
        for number, part in enumerate(segments):
            last = number == len(segments) - 1
            changes = not last and segments[number + 1].mentor is not part.mentor
            ended_on = part.days[-1] if over or not last else None
            steps: list[Step] = [("approve", after(part.days[0] - _DAY * 6), ""), ("activate", part.days[0], "")]
            if ended_on and (changes or (last and state == "ended_early")):
                steps.append(("end_early", ended_on, words.COMMISSION_ENDED if changes else words.WORK_ENDED))
            elif ended_on:
                steps.append(("complete", ended_on, ""))
            begun_on = min(made_on, steps[0][1]) if number == 0 else after(part.days[0] - _DAY * 10)
            keys.append(self._write(person, enrolment_id, part.mentor.id, part.days[0], ended_on, begun_on, steps))
        return keys

    def planned(self, person: Person, enrolment_id: int, mentor_id: int, first_on: date, made_on: date) -> None:
        """A commission that has not begun: drawn up, and perhaps approved today."""
        # By turns, so that each of the two is there whatever else is drawn.
        self._planned += 1
        steps: list[Step] = [("approve", self._making.calendar.today, "")] if self._planned % 2 else []
        self._write(person, enrolment_id, mentor_id, first_on, None, made_on, steps)

    def _write(
        self,
        person: Person,
        enrolment_id: int,
        mentor_id: int,
        starts_on: date,
        ended_on: date | None,
        made_on: date,
        steps: list[Step],
    ) -> int:
        making, slot, today = self._making, self._making.calendar.slot, self._making.calendar.today
        key = making.keys.next(Commission)
        state = making.history.of("commission", key, person.id, steps)
        meant = max(starts_on + _MEANT, ended_on or today + _DAY * 30)
        made_at = slot(made_on, 730)
        self._sheet.add(
            (
                key,
                making.authority_id,
                enrolment_id,
                person.id,
                mentor_id,
                YOUNG if person.age(starts_on) < 11 else OLDER,
                making.draw.choice((3_200, 3_500, 3_800)),
                self._money.line(person, starts_on),
                starts_on,
                meant,
                ended_on,
                state,
                made_at,
                slot(steps[-1][1], 740) if steps else made_at,
            )
        )
        return key
