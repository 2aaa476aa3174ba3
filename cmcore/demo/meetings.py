"""The sessions of a commission: one a week in school weeks, what became of each, and what a mentor wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cmcore.demo import words
from cmcore.demo.making import Making
from cmcore.demo.mentors import MadeMentor
from cmcore.demo.people import Person
from cmcore.demo.sheets import Sheet
from cmcore.measures.shipped import EIGHT
from cmcore.sessions.words import MET

SESSION_COLUMNS = """
    authority_id commission_id enrolment_id young_person_id mentor_id starts_at ends_at minutes place outcome
    mentor_drove adults_present planned_measures intention done in_the_way art_form impact words_said chargeable
    created_at changed_at
"""
_OUTCOMES = (
    "held",
    "absent",
    "shortened",
    "cancelled_by_young_person",
    "postponed",
    "cancelled_by_mentor",
    "left",
    "ended_for_safety",
)
_WEIGHTS = (8_000, 8_700, 9_050, 9_400, 9_700, 9_880, 9_980, 10_000)
_MET = frozenset(each.value for each in MET)
_WEEK = timedelta(days=7)
#: Of the last days each session says what came of it: activity reports are drawn up from them.
_TOLD = 75
#: A mentor writes a session up the same evening.
_LATER = timedelta(hours=3)


@dataclass
class Segment:
    """A stretch of work with one mentor at one time of the week; the first ``reported`` days have been written up."""

    mentor: MadeMentor
    minute: int
    days: list[date]
    reported: int


class Meetings:
    """Writes the sessions of one enrolment after another."""

    def __init__(self, making: Making, sheet: Sheet) -> None:
        """Write for one authority."""
        self._draw, self._calendar, self._authority_id = making.draw, making.calendar, making.authority_id
        self._sheet = sheet

    def hold(
        self, person: Person, enrolment_id: int, segments: list[Segment], commissions: list[int]
    ) -> tuple[int, list[date]]:
        """Write the sessions of an enrolment. Says how many there are, and on which days the two met."""
        written, met = 0, []
        for segment, commission_id in zip(segments, commissions, strict=True):
            place = self._place(person)
            minutes = 60 if person.age(segment.days[0]) < 11 else 90
            for number, on in enumerate(segment.days):
                outcome = self._outcome(first=number == 0) if number < segment.reported else None
                self._one(person, enrolment_id, commission_id, segment, on, minutes, outcome, place)
                if outcome in _MET:
                    met.append(on)
            written += len(segment.days)
        return written, met

    def _place(self, person: Person) -> str:
        drawn = self._draw.random()
        if person.at_school and drawn < 0.62:
            return "school"
        return "community" if drawn < 0.85 else "home" if drawn < 0.97 else "online"

    def _outcome(self, *, first: bool) -> str:
        if first:
            return "held"
        drawn = self._draw.randrange(10_000)
        for outcome, weight in zip(_OUTCOMES, _WEIGHTS, strict=True):
            if drawn < weight:
                return outcome
        return "held"

    def _one(
        self,
        person: Person,
        enrolment_id: int,
        commission_id: int,
        segment: Segment,
        on: date,
        minutes: int,
        outcome: str | None,
        place: str,
    ) -> None:
        draw, mentor = self._draw, segment.mentor
        lasted = minutes - 30 if outcome in ("shortened", "left", "ended_for_safety") else minutes
        starts_at = self._calendar.slot(on, segment.minute)
        ends_at = self._calendar.slot(on, segment.minute + lasted)
        intentions, deeds = words.ART_FORMS[mentor.art_form]
        measure = draw.choice(EIGHT.keys)
        met = outcome in _MET
        done = draw.choice(deeds) if met else ""
        impact = (
            [{"measure": measure, "note": draw.choice(words.NOTICED[measure]), "expected": draw.random() < 0.7}]
            if met and (draw.random() < 0.55 or (self._calendar.today - on).days < _TOLD)
            else []
        )
        made_at = starts_at - _WEEK
        self._sheet.add(
            (
                self._authority_id,
                commission_id,
                enrolment_id,
                person.id,
                mentor.id,
                starts_at,
                ends_at,
                lasted,
                place,
                outcome,
                met and mentor.drives and place == "community" and draw.random() < 0.06,
                "Denise, foster carer" if place == "home" else "",
                [measure],
                draw.choice(intentions),
                done,
                draw.choice(words.IN_THE_WAY[outcome]) if outcome in words.IN_THE_WAY else "",
                mentor.art_form,
                impact,
                draw.choice(words.SAID) if met and draw.random() < 0.16 else "",
                outcome not in ("cancelled_by_mentor", "postponed"),
                made_at,
                ends_at + _LATER if outcome else made_at,
            )
        )
