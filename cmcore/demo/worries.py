"""The concerns of the stories: one closed, one being acted on, one that nobody has answered yet."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cmcore.base.periods import is_working_day
from cmcore.concerns.records import Concern
from cmcore.demo.history import COORDINATOR, Step
from cmcore.demo.making import Making
from cmcore.demo.people import Person
from cmcore.demo.sheets import Sheet

CONCERN_COLUMNS = """
    id authority_id young_person_id ref kind_of_concern said happened immediate_action raised_at raised_by
    raised_by_login state created_at changed_at
"""
NOTE_COLUMNS = "authority_id young_person_id concern_id told told_at told_name text noted_at noted_by"

_DAY = timedelta(days=1)
_BOTH = (("social_worker", "A strategy discussion is held tomorrow."), ("virtual_school", "The head knows."))


class Worries:
    """Writes a few concerns about people of the stories."""

    def __init__(self, making: Making, concerns: Sheet, notes: Sheet) -> None:
        """Write for one authority."""
        self._making, self._concerns, self._notes = making, concerns, notes

    def tell(self, people: list[Person]) -> None:
        """Three concerns about the first three of these people."""
        long_ago, lately, yesterday = (self._back(days) for days in (80, 4, 1))
        self._one(
            people[0],
            long_ago,
            ("disclosure", "He said I'd be sorry if I told anyone.", "Told me while we were packing up.", ""),
            ("Juno Tansyhurst", "juno.tansyhurst"),
            [("acknowledge", long_ago, ""), ("pass_on", long_ago, ""), ("close", long_ago + _DAY * 20, "It is safe.")],
        )
        self._one(
            people[2],
            lately,
            ("behaviour", "", "Fell asleep twice, and would not eat at lunch.", "Sat with them until the bus came."),
            ("Juno Tansyhurst", "juno.tansyhurst"),
            [("acknowledge", lately, "")],
        )
        self._one(
            people[1],
            yesterday,
            ("observed", "", "An older man waited at the gate again, and they went with him.", "Rang the carer."),
            ("Ros Amblewick", "ros.amblewick"),
            [],
        )

    def _back(self, days: int) -> date:
        """The last working day at least so many days ago."""
        on = self._making.calendar.today - _DAY * days
        while not is_working_day(on):
            on -= _DAY
        return on

    def _one(
        self, person: Person, on: date, told: tuple[str, str, str, str], by: tuple[str, str], steps: list[Step]
    ) -> None:
        making = self._making
        kind, said, happened, done = told
        at = making.calendar.at(on, 8 * 60 + 20)
        key = making.keys.next(Concern)
        state = making.history.of("concern", key, None, steps)
        ref = making.refs.next("S")
        row = (key, making.authority_id, person.id, ref, kind, said, happened, done, at, *by, state, at, at)
        self._concerns.add(row)
        if state in ("passed_on", "closed"):
            for number, (who, answer) in enumerate(_BOTH):
                self._note(person, key, who, at + timedelta(minutes=25 * (number + 1)), answer)

    def _note(self, person: Person, key: int, who: str, at: datetime, answer: str) -> None:
        self._notes.add((self._making.authority_id, person.id, key, who, at, "", answer, at, COORDINATOR))
