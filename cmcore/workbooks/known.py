"""The records a workbook offers to choose from, in words without a name; and the record that words or a number mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import singledispatch
from typing import Any

from sqlalchemy import inspect, or_, select
from sqlalchemy.orm import joinedload

from cmcore.base.findings import NotFound
from cmcore.base.records import Record
from cmcore.commissions.records import Commission
from cmcore.commissions.words import Purpose
from cmcore.enrolments.records import Enrolment
from cmcore.exchange.tables import folded
from cmcore.mentors.records import Mentor
from cmcore.network.records import SupportingAdult
from cmcore.network.words import AdultRole
from cmcore.safekeeping.work import Work

#: More records than this are not listed in a workbook: they are written by their reference or their number.
MOST_LISTED = 1_500
_NUMBER = re.compile(r"(?:(?P<words>.*)\[)?\s*(?P<number>\d{1,9})\s*\]?", re.ASCII | re.DOTALL)
#: Where a kind of record may be told by what people call it.
_TOLD_BY = ("ref", "name", "title", "key", "urn")
#: What is offered of a kind where not all of it can be chosen.
_OPEN_STATES = {"commission": ("active",)}


def initials(name: str) -> str:
    """A name as its initials: "Juno Tansyhurst" is "J.T."."""
    return "".join(f"{part[0].upper()}." for part in name.replace("-", " ").split() if part[0].isalpha())


@singledispatch
def known_as(record: Any) -> str:
    """What a record is called in a workbook: never a person's name, only initials and a reference."""
    said = str(record)
    for name in ("young_person", "mentor"):
        person = getattr(record, name, None)
        if isinstance(person, Record):
            return f"{known_as(person)}, {said}"
    return said


@known_as.register
def _(record: Mentor) -> str:
    return f"{initials(record.name)} {record.ref}".strip()


@known_as.register
def _(record: SupportingAdult) -> str:
    return f"{initials(record.name)} {AdultRole.say(record.role).lower()}"


@known_as.register
def _(record: Enrolment) -> str:
    who = known_as(record.young_person) if record.young_person is not None else ""
    return f"{who}, {record.ref}" if who else record.ref


@known_as.register
def _(record: Commission) -> str:
    person = record.enrolment.young_person
    who = known_as(person) if person is not None else record.enrolment.ref
    purpose = Purpose.say(record.purpose).lower()
    return f"{who} with {known_as(record.mentor)}, {purpose} from {record.starts_on:%d/%m/%Y}"


def class_of(kind: str) -> type[Any] | None:
    """The class of records of a kind."""
    return next((each.class_ for each in Record.registry.mappers if each.class_.kind() == kind), None)


class Known:
    """The records one piece of work may name in an authority, each looked up once."""

    def __init__(self, work: Work, authority_id: int) -> None:
        """Begin with nothing looked up."""
        self.work = work
        self.authority_id = authority_id
        self._listed: dict[str, Sequence[tuple[int, str]]] = {}
        self._words: dict[str, dict[str, list[int]]] = {}

    def records(self, kind: str) -> Sequence[tuple[int, str]]:
        """The records of a kind to choose from, with their words; none where there are too many to list."""
        if kind not in self._listed:
            self._listed[kind] = self._read(kind)
        return self._listed[kind]

    def _read(self, kind: str) -> Sequence[tuple[int, str]]:
        record = class_of(kind)
        if record is None or not self.work.may(f"{kind}.see", self.authority_id):
            return ()
        asked = select(record).order_by(record.id.desc()).limit(MOST_LISTED + 1)
        if "authority_id" in inspect(record).columns:
            asked = asked.where(record.authority_id == self.authority_id)
        if kind in _OPEN_STATES:
            asked = asked.where(record.state.in_(_OPEN_STATES[kind]))
        for name in ("young_person", "mentor", "enrolment"):
            if name in inspect(record).relationships:
                asked = asked.options(joinedload(getattr(record, name)))
        found = self.work.db.scalars(asked).unique().all()
        if len(found) > MOST_LISTED:
            return ()
        return sorted(((one.id, known_as(one)) for one in found), key=lambda each: each[1].casefold())

    def title(self, kind: str, number: int) -> str | None:
        """The words of one record; nothing where it is out of reach."""
        for key, words in self.records(kind):
            if key == number:
                return words
        record = class_of(kind)
        if record is None:
            return None
        try:
            return known_as(self.work.get(record, number))
        except NotFound:
            return None

    def meant(self, kind: str, told: str) -> tuple[int | None, str]:
        """Which record was meant: its number, or a sentence that says why there is none."""
        thing = (record.words[0] if (record := class_of(kind)) else kind).replace("_", " ")
        found = _NUMBER.fullmatch(told.strip())
        if found is not None:
            number, words = int(found["number"]), folded(found["words"] or "").rstrip()
            title = self.title(kind, number)
            if title is None:
                return None, f"there is no {thing} {number} within your reach"
            if words and words != folded(title):
                return None, f"“{words}” and the number {number} do not belong together"
            return number, ""
        numbers = self._by_words(kind).get(folded(told)) or self._looked_up(kind, told)
        if len(numbers) == 1:
            return numbers[0], ""
        return None, f"{len(numbers)} go by these words" if numbers else f"no {thing} within your reach goes by it"

    def _by_words(self, kind: str) -> dict[str, list[int]]:
        if kind not in self._words:
            made: dict[str, list[int]] = {}
            for number, words in self.records(kind):
                made.setdefault(folded(words), []).append(number)
            self._words[kind] = made
        return self._words[kind]

    def _looked_up(self, kind: str, told: str) -> list[int]:
        """Records whose reference or name was written out; a person is told by the reference alone."""
        record = class_of(kind)
        if record is None or not told.strip() or len(told) > 200:
            return []
        columns = inspect(record).columns
        names = [name for name in _TOLD_BY if name in columns and not (record.about != "authority" and name == "name")]
        said = told.strip()
        asked = [getattr(record, name) == said for name in names if isinstance(columns[name].type.python_type(), str)]
        last = said.split()[-1]
        if "ref" in columns and last != said:
            asked.append(record.ref == last)
        if not asked:
            return []
        return list(self.work.db.scalars(select(record.id).where(or_(*asked)).limit(3)))
