"""What is recorded here as lines of what is known of somebody's culture: one statement for each kind of record."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select

from cmcore.api import CulturalLine, Period, Work, day, shortened
from cmcore.api.asks import CulturalPart
from cmcore_staffordshire.life.records import Club, MusicLesson, Signpost, WorkExperience
from cmcore_staffordshire.life.words import Became, InTheWay, Often, Thing, Told, Went

#: How often, within a sentence.
_OFTEN = {each.value: each.label[:1].lower() + each.label[1:] for each in Often} | {Often.other.value: ""}


def lines(work: Work, people: Collection[int], period: Period) -> Iterator[CulturalLine]:
    """What these young people learn, go to, were pointed to and worked at within a period."""
    keys = list(people)
    yield from _of_lessons(work, keys, period)
    yield from _of_clubs(work, keys, period)
    yield from _of_signposts(work, keys, period)
    yield from _of_work(work, keys, period)


def _of_lessons(work: Work, keys: list[int], period: Period) -> Iterator[CulturalLine]:
    asked = select(MusicLesson).where(MusicLesson.young_person_id.in_(keys), _within(MusicLesson, period))
    for one in work.db.scalars(asked.order_by(MusicLesson.id)):
        text = _sentence(one.instrument, _OFTEN[one.how_often], f"with {one.provider}", _ended(one.ends_on, work.today))
        source = f"Music lessons since {day(one.starts_on)}"
        yield _line(one, CulturalPart.lessons, text, source)
        yield from _said(one, source)


def _of_clubs(work: Work, keys: list[int], period: Period) -> Iterator[CulturalLine]:
    asked = select(Club).where(Club.young_person_id.in_(keys), _within(Club, period)).order_by(Club.id)
    for one in work.db.scalars(asked):
        text = _sentence(one.name, _OFTEN[one.how_often], one.place, _ended(one.ends_on, work.today))
        source = f"Club since {day(one.starts_on)}"
        yield _line(one, CulturalPart.clubs, text, source)
        yield from _said(one, source)


def _of_signposts(work: Work, keys: list[int], period: Period) -> Iterator[CulturalLine]:
    """What was offered, and what kept them away. What they joined is a club's or a lesson's to say."""
    asked = select(Signpost).where(
        Signpost.young_person_id.in_(keys),
        Signpost.pointed_out_on >= period.starts_on,
        Signpost.pointed_out_on <= (period.ends_on or date.max),
    )
    for one in work.db.scalars(asked.order_by(Signpost.id)):
        told = ", ".join(Told.say(each).lower() for each in one.told)
        source = f"Pointed out by {one.pointed_out_by} on {day(one.pointed_out_on)}"
        if one.became == Became.kept_away:
            why = one.became_note or f"{InTheWay.say(one.in_the_way)}: {one.what}"
            yield _line(one, CulturalPart.barriers, why, source, also=one.in_the_way or InTheWay.other.value)
        elif one.became in (None, Became.thinking, Became.tried):
            what = f"{one.what.rstrip('.')} ({Thing.say(one.thing).lower()}; told: {told})."
            yield _line(one, CulturalPart.offered, what, source)


def _of_work(work: Work, keys: list[int], period: Period) -> Iterator[CulturalLine]:
    asked = select(WorkExperience).where(
        WorkExperience.young_person_id.in_(keys),
        _within(WorkExperience, period),
        WorkExperience.starts_on <= work.today,
        or_(WorkExperience.went.is_(None), WorkExperience.went != Went.not_begun),
    )
    for one in work.db.scalars(asked.order_by(WorkExperience.id)):
        hours = f"{one.hours} hours" if one.hours else ""
        text = _sentence(f"Work experience as {one.role[:1].lower()}{one.role[1:]}", f"with {one.employer}", hours)
        source = f"Work experience from {day(one.starts_on)} to {day(one.ends_on)}"
        yield _line(one, CulturalPart.now, text, source)
        yield from _said(one, source)


def _within(record: type[MusicLesson] | type[Club] | type[WorkExperience], period: Period) -> ColumnElement[bool]:
    """What went on at some time within a period."""
    return and_(
        record.starts_on <= (period.ends_on or date.max),
        or_(record.ends_on.is_(None), record.ends_on >= period.starts_on),
    )


def _said(one: MusicLesson | Club | WorkExperience, source: str) -> Iterator[CulturalLine]:
    if one.words_said.strip():
        yield _line(one, CulturalPart.words, one.words_said, source)


def _ended(ends_on: date | None, today: date) -> str:
    return f"until {day(ends_on)}" if ends_on and ends_on < today else ""


def _sentence(*parts: str) -> str:
    told = ", ".join(part.strip().rstrip(".") for part in parts if part and part.strip())
    return f"{told[:1].upper()}{told[1:]}."


def _line(
    one: MusicLesson | Club | Signpost | WorkExperience, part: CulturalPart, text: str, source: str, also: str = ""
) -> CulturalLine:
    return CulturalLine(
        young_person_id=one.young_person_id,
        part=part,
        text=shortened(text),
        source=source,
        kind=one.kind(),
        record_id=one.id,
        also=also,
    )
