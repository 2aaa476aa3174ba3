"""What readies and supports the made-up mentors: a risk assessment they have read, reflective sessions, training."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cmcore.base.periods import academic_year
from cmcore.demo.making import Making
from cmcore.demo.sheets import Sheet
from cmcore.readiness.records import RiskAssessment

ASSESSMENT_COLUMNS = "id authority_id activity template hazards exclusions trained made_on review_on"
READ_COLUMNS = "authority_id assessment_id mentor_id read_on recorded_by"
SUPERVISION_COLUMNS = "authority_id mentor_id kind_of_support held_on led_by attendance"
TRAINING_COLUMNS = "authority_id mentor_id subject title held_on minutes led_by attendance"

#: Who leads the reflective sessions of the stories, and how many mentors have not come this term.
PSYCHOLOGIST, AWAY = "Oriel Fenwhistle", 2
_HAZARDS = (
    ("Being alone with a young person", "Both", "Work where others come and go, and say where you are.", "low"),
    ("Blades, inks and glue", "Both", "Count blades out and in. Open a window.", "low"),
    ("A day on which somebody is unsettled", "The young person", "Talk with whoever hands over. Postpone.", "medium"),
)
_COURSES = (
    ("attachment", "Attachment and why it shows in a studio", 180),
    ("safe_working", "Safe working, one to one", 120),
    ("neuroscience", "What stress does to learning", 120),
    ("social_pedagogy", "Head, heart and hands", 180),
)


@dataclass
class ReadySheets:
    """Where the rows go."""

    assessments: Sheet
    readings: Sheet
    supervisions: Sheet
    trainings: Sheet


class Readying:
    """Readies one mentor after another of an authority."""

    def __init__(self, making: Making, sheets: ReadySheets) -> None:
        """Write down the risk assessment that every mentor reads, before anybody worked, and one for the water."""
        self._making, self._sheets, self._many = making, sheets, 0
        self._first_on = min(making.calendar.terms[min(making.calendar.terms)], key=lambda one: one.starts_on).starts_on
        self.assessment_id = self._assess("One to one, in a place that others use", ["water", "altitude"], "")

    def _assess(self, activity: str, exclusions: list[str], trained: str) -> int:
        key = self._making.keys.next(RiskAssessment)
        made_on = self._first_on - timedelta(days=400)
        hazards = [dict(zip(("what", "who", "met_by", "likely"), each, strict=True)) for each in _HAZARDS]
        review_on = self._making.calendar.today + timedelta(days=120)
        row = (key, self._making.authority_id, activity, "Induction pack", hazards, exclusions, trained)
        self._sheets.assessments.add((*row, made_on, review_on))
        return key

    def of(self, mentor_id: int, name: str, from_on: date, until_on: date | None) -> None:
        """Let a mentor have read it before they began, come to a reflective session each term, and be trained."""
        own, sheets, today = self._making.authority_id, self._sheets, self._making.calendar.today
        read_on = max(from_on - timedelta(days=10), self._first_on - timedelta(days=399))
        sheets.readings.add((own, self.assessment_id, mentor_id, read_on, name))
        self._many += 1
        last_on = min(until_on or today, today)
        terms = [term for year in self._making.calendar.terms.values() for term in year]
        for term in terms:
            held_on = term.starts_on + timedelta(days=10 + self._many % 9)
            if not from_on <= held_on <= last_on:
                continue
            away = self._many <= AWAY and term.covers(today)
            attendance = "sent_word" if away else "came"
            sheets.supervisions.add((own, mentor_id, "reflective", held_on, PSYCHOLOGIST, attendance))
        for number, (subject, title, minutes) in enumerate(_COURSES):
            held_on = date(academic_year(from_on), 9, 20) + timedelta(days=70 * number + 365)
            if from_on <= held_on <= last_on:
                sheets.trainings.add((own, mentor_id, subject, title, held_on, minutes, PSYCHOLOGIST, "came"))
