"""The reviews of an enrolment: who scored, when, and scores that mostly rise, sometimes stay, and sometimes fall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from cmcore.demo import words
from cmcore.demo.history import Step
from cmcore.demo.making import Making
from cmcore.demo.people import Person
from cmcore.demo.sheets import Sheet
from cmcore.measures.shipped import EIGHT, SDQ
from cmcore.reviews.records import Review

REVIEW_COLUMNS = """
    id authority_id young_person_id enrolment_id measure_set kind_of_review held_on scored_by guided_by_child
    words_said concern finalised_at superseded_by_id state created_at changed_at
"""
SCORE_COLUMNS = """
    authority_id young_person_id review_id measure score not_scored_because
"""

_MEASURES = EIGHT.keys
#: A baseline, an interim and a latest review of one young person whom every demonstration shows.
_SHOWN = ((2, 2, 1, 2, 3, 3, None, 5), (3, 3, 2, 2, 3, 2, None, 5), (4, 3, 3, 3, 3, 2, None, 5))
_EVENING = 17 * 60 + 40


@dataclass
class ReviewSheets:
    """Where the rows of reviews go."""

    reviews: Sheet
    scores: Sheet


class Scores:
    """Writes the reviews of one enrolment after another."""

    def __init__(self, making: Making, sheets: ReviewSheets) -> None:
        """Write for one authority."""
        self._draw, self._calendar, self._authority_id = making.draw, making.calendar, making.authority_id
        self._keys, self._history, self._sheets = making.keys, making.history, sheets

    def of_enrolment(
        self, person: Person, enrolment_id: int, met: list[date], concern: str, *, ended: bool, hero: bool = False
    ) -> bool:
        """The reviews of an enrolment, held on days on which the two met. Says whether there is an exit review.

        The baseline is held at one of the first two meetings, or now and then late, or not at all.
        """
        draw = self._draw
        if not met or (draw.random() < 0.06 and not hero):
            return False
        held = self._days(met, hero)
        scorer = "joint" if hero else draw.choices(("joint", "mentor", "young_person"), (74, 18, 8))[0]
        base = [draw.gauss(2.4, 0.75) for _ in _MEASURES]
        gain, unscored = draw.gauss(1.0, 0.75), draw.choice(_MEASURES) if draw.random() < 0.14 else ""
        exits = ended and len(held) > 1 and draw.random() < 0.86
        for number, on in enumerate(held):
            part = number / max(1, len(held) - 1)
            kind = "baseline" if number == 0 else "exit" if exits and number == len(held) - 1 else "interim"
            by = scorer if number == 0 or draw.random() > 0.03 or hero else "mentor" if scorer == "joint" else "joint"
            if hero:
                given = list(_SHOWN[min(number, 2)])
            else:
                given = [
                    None if key == unscored else _whole(draw, first + gain * part)
                    for key, first in zip(_MEASURES, base, strict=True)
                ]
            lower = part >= 0.5 and gain > 0.4 and not hero
            self._one(
                person,
                enrolment_id,
                kind,
                on,
                by,
                given,
                {"red": "amber", "amber": "green"}.get(concern, concern) if lower else concern,
                ended,
            )
        return exits

    def _days(self, met: list[date], hero: bool) -> list[date]:
        draw = self._draw
        late = draw.random()
        first = 0 if hero or late < 0.8 else 1 if late < 0.92 else 3
        if first == 1 and len(met) > 1 and (met[1] - met[0]).days > 14:
            first = 0
        if first >= len(met):
            return []
        held, again = [met[first]], draw.randrange(34, 50)
        for on in met[first + 1 :]:
            if (on - held[-1]).days >= again and (len(held) < 3 or not hero):
                held.append(on)
                again = draw.randrange(34, 50) if draw.random() < 0.8 else 95
        if held[-1] != met[-1] and (met[-1] - held[-1]).days >= 21 and not hero and draw.random() < 0.75:
            held.append(met[-1])
        return held

    def _one(
        self,
        person: Person,
        enrolment_id: int | None,
        kind: str,
        on: date,
        by: str,
        given: list[int | None],
        concern: str | None,
        ended: bool,
    ) -> None:
        draw = self._draw
        at = self._calendar.slot(on, _EVENING)
        final: Step = ("finalise", on, "")
        key = self._keys.next(Review)
        replaced = (
            self._keys.next(Review)
            if draw.random() < 0.012 and on + timedelta(days=12) < self._calendar.today
            else None
        )
        draft = (
            not ended
            and kind == "interim"
            and replaced is None
            and (self._calendar.today - on).days < 8
            and draw.random() < 0.4
        )
        said = draw.choice(words.SAID) if draw.random() < 0.3 else ""
        columns = ("eight@1", kind, on, by, True if by != "mentor" else draw.random() < 0.85, said, concern)
        if replaced is not None:
            later = on + timedelta(days=11)
            # The row that takes its place is written first, because this one points at it.
            self._write(
                person, replaced, enrolment_id, columns, self._calendar.slot(later, _EVENING), None, "final", given
            )
            self._history.of("review", replaced, person.id, [("finalise", later, "")])
            self._history.of("review", key, person.id, [final, ("supersede", later, words.SUPERSEDED)])
            wrong = [each if number or each is None else max(1, each - 1) for number, each in enumerate(given)]
            self._write(person, key, enrolment_id, columns, at, replaced, "superseded", wrong)
            return
        self._write(
            person, key, enrolment_id, columns, None if draft else at, None, "draft" if draft else "final", given
        )
        if not draft:
            self._history.of("review", key, person.id, [final])

    def _write(
        self,
        person: Person,
        key: int,
        enrolment_id: int | None,
        columns: tuple[object, ...],
        at: object,
        by_id: int | None,
        state: str,
        given: list[int | None],
    ) -> None:
        on = columns[2]
        assert isinstance(on, date)
        made = self._calendar.slot(on, _EVENING)
        self._sheets.reviews.add(
            (key, self._authority_id, person.id, enrolment_id, *columns, at, by_id, state, made, at or made)
        )
        add, authority_id, person_id = self._sheets.scores.add, self._authority_id, person.id
        for measure, score in zip(_MEASURES, given, strict=True):
            add((authority_id, person_id, key, measure, score, words.NOT_SCORED[0] if score is None else ""))

    def of_the_year(self, person: Person) -> None:
        """The carer's questionnaire of each year ending 31 March, for those in care a year and of the age it is for."""
        if not person.in_care:
            return
        draw, today = self._draw, self._calendar.today
        end = date(today.year if today >= date(today.year, 3, 31) else today.year - 1, 3, 31)
        total = min(40, max(0, round(draw.gauss(15, 6.5))))
        kind = "baseline"
        for on in (date(end.year - 1, 3, 31), end):
            if not (4 <= person.age(on) <= 16 and person.since_on + timedelta(days=365) <= on) or draw.random() < 0.2:
                continue
            key, at = self._keys.next(Review), self._calendar.slot(on, _EVENING)
            self._sheets.reviews.add(
                (
                    key,
                    self._authority_id,
                    person.id,
                    None,
                    SDQ.ref,
                    kind,
                    on,
                    "carer",
                    None,
                    "",
                    None,
                    at,
                    None,
                    "final",
                    at,
                    at,
                )
            )
            self._sheets.scores.add((self._authority_id, person.id, key, "total", total, ""))
            self._history.of("review", key, person.id, [("finalise", on, "")])
            total, kind = min(40, max(0, total + round(draw.gauss(-1, 3)))), "interim"


def _whole(draw: Random, value: float) -> int:
    return max(1, min(5, round(value + draw.gauss(0, 0.45))))
