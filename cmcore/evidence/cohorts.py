"""A cohort: a filter over the enrolments of one programme, as plain values read from an address or a command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from cmcore.base.clock import day
from cmcore.base.findings import Finding, refuse_if
from cmcore.base.words import Choice
from cmcore.evidence.words import KeyStage
from cmcore.reviews.words import Scorer
from cmcore.young_people.words import CareStatus, SendLevel

_WORDS: Mapping[str, str] = {
    "started_from": "Started on or after",
    "started_to": "Started on or before",
    "at_work_from": "Still at work on or after",
    "scored_to": "Scores up to",
    "least_age": "Age at the start, from",
    "most_age": "Age at the start, up to",
    "key_stage": "Key stage at the start",
    "care_status": "Care status",
    "send": "SEND at the start",
    "setting_id": "Setting at the start",
    "mentor_id": "Mentor",
    "funding_line_id": "Funding",
    "theme": "Theme",
    "scored_by": "Scored by",
    "measure_set": "Measure set",
}

_CHOICES: Mapping[str, type[Choice]] = {
    "key_stage": KeyStage,
    "care_status": CareStatus,
    "send": SendLevel,
    "scored_by": Scorer,
}


@dataclass(frozen=True)
class Cohort:
    """Which enrolments are counted. Empty values filter nothing; ``measure_set`` empty means the programme's own.

    Ages, key stage, setting and SEND are those on the day the enrolment started. ``at_work_from`` leaves out what ended
    before that day, so that with ``started_to`` it asks for everybody at work in a period; ``scored_to`` leaves out
    reviews held later.
    """

    started_from: date | None = None
    started_to: date | None = None
    least_age: int | None = None
    most_age: int | None = None
    key_stage: str = ""
    care_status: str = ""
    send: str = ""
    setting_id: int | None = None
    mentor_id: int | None = None
    funding_line_id: int | None = None
    theme: str = ""
    scored_by: str = ""
    measure_set: str = ""
    at_work_from: date | None = None
    scored_to: date | None = None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Cohort:
        """The cohort that an address or a command asks for; names that are no filter are left alone.

        Refuses what cannot be read, a word that is not known, and a period or an age band the wrong way round.
        """
        found: list[Finding] = []
        values: dict[str, Any] = {}
        for name, reads in _READERS.items():
            text = given.get(name, "").strip()
            if not text:
                continue
            try:
                values[name] = reads(text)
            except ValueError:
                found.append(Finding(f"{_WORDS[name]}: “{text}” cannot be read.", place=name, way_out=_way_out(name)))
        cohort = cls(**values)
        refuse_if([*found, *cohort.findings()])
        return cohort

    @classmethod
    def kept(cls, told: Mapping[str, Any]) -> Cohort:
        """The cohort as :meth:`as_data` gave it away; refuses what :meth:`read` refuses."""
        return cls.read({name: str(value) for name, value in told.items()})

    def findings(self) -> list[Finding]:
        """What is wrong with it as a whole."""
        found = []
        if self.started_from and self.started_to and self.started_to < self.started_from:
            message = f"The period ends on {day(self.started_to)}, before it begins on {day(self.started_from)}."
            found.append(Finding(message, place="started_to", way_out="Change one of the two days."))
        if self.least_age is not None and self.most_age is not None and self.most_age < self.least_age:
            message = f"No age is from {self.least_age} up to {self.most_age}."
            found.append(Finding(message, place="most_age", way_out="Change one of the two ages."))
        return found

    def as_data(self) -> dict[str, Any]:
        """The filters in force, as plain values for JSON and for an address."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
            if value not in (None, "")
        }

    def in_words(self) -> list[tuple[str, str, str]]:
        """The filters in force as (name, words, value in words); records by their number: only a query names them."""
        return [(name, _WORDS[name], self._say(name)) for name in self.as_data()]

    def _say(self, name: str) -> str:
        value = getattr(self, name)
        if isinstance(value, date):
            return day(value)
        return _CHOICES[name].say(value) if name in _CHOICES else str(value)

    def without(self, name: str) -> Cohort:
        """The same cohort with one filter taken away."""
        kept = {field.name: getattr(self, field.name) for field in fields(self) if field.name != name}
        return Cohort(**kept)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise ValueError(text)
    return int(text)


def _one_of(known: Mapping[str, Any] | tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in known:
            raise ValueError(text)
        return text

    return read


def _short(text: str) -> str:
    if len(text) > 60:
        raise ValueError(text)
    return text


def _values(choice: type[Choice]) -> tuple[str, ...]:
    return tuple(member.value for member in choice)


_READERS: Mapping[str, Callable[[str], Any]] = {
    "started_from": date.fromisoformat,
    "started_to": date.fromisoformat,
    "at_work_from": date.fromisoformat,
    "scored_to": date.fromisoformat,
    "least_age": _number,
    "most_age": _number,
    "key_stage": _one_of(_values(KeyStage)),
    "care_status": _one_of(_values(CareStatus)),
    "send": _one_of(_values(SendLevel)),
    "setting_id": _number,
    "mentor_id": _number,
    "funding_line_id": _number,
    "theme": _short,
    "scored_by": _one_of(_values(Scorer)),
    "measure_set": _short,
}


def _way_out(name: str) -> str:
    if name in ("started_from", "started_to", "at_work_from", "scored_to"):
        return "Write a day as 2026-09-01."
    if name in _CHOICES:
        return f"Choose one of {', '.join(_values(_CHOICES[name]))}."
    return "Write a whole number." if name.endswith(("_id", "_age")) else "Write at most 60 characters."
