"""What stands on a young person's page: their lessons, clubs and work, and what was pointed out and waits."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import select

from cmcore.api import Work, YoungPerson
from cmcore_staffordshire.console.life.parts import goes_on
from cmcore_staffordshire.life.records import Club, MusicLesson, Signpost, WorkExperience
from cmcore_staffordshire.life.words import Became, Thing, Went
from console.api import PanelBody, State, page_of, shown

#: So many of a kind stand on the page; the rest is a list away.
_MOST = 6


def of_young_person(here: Work, person: YoungPerson) -> PanelBody | None:
    """What they learn, go to, were pointed to and worked at, the latest of each, with where more is written."""
    rows: list[tuple[str, tuple[Any, ...]]] = []
    for lesson in _latest(here, MusicLesson, person, MusicLesson.starts_on):
        stands = goes_on(lesson.starts_on, lesson.ends_on)
        rows.append((page_of(lesson), ("Music lessons", lesson.instrument, shown(lesson.starts_on), stands)))
    for club in _latest(here, Club, person, Club.starts_on):
        stands = goes_on(club.starts_on, club.ends_on)
        rows.append((page_of(club), ("Club", club.name, shown(club.starts_on), stands)))
    for one in _latest(here, WorkExperience, person, WorkExperience.starts_on):
        said = State(Went.say(one.went), "plain", "tick") if one.went else goes_on(one.starts_on, one.ends_on)
        rows.append((page_of(one), ("Work experience", one.role, shown(one.starts_on), said)))
    for pointed in _latest(here, Signpost, person, Signpost.pointed_out_on):
        said = State(Became.say(pointed.became)) if pointed.became else State("Not known yet", "none", "ring")
        rows.append((page_of(pointed), (Thing.say(pointed.thing), pointed.what, shown(pointed.pointed_out_on), said)))
    return PanelBody(
        columns=("What", "Which", "Since", "How it stands"),
        rows=rows,
        empty="No lessons, clubs or work experience are known yet.",
        more=_to_add(here, person),
    )


def _latest(here: Work, record: Any, person: YoungPerson, by: Any) -> Any:
    asked = select(record).where(record.young_person_id == person.id).order_by(by.desc(), record.id.desc())
    return here.db.scalars(asked.limit(_MOST))


def _to_add(here: Work, person: YoungPerson) -> list[tuple[str, str]]:
    offers = (
        ("Point something out", "StaffordshireSignposts", "staffordshire_signpost"),
        ("Add music lessons", "StaffordshireLessons", "staffordshire_lesson"),
        ("Add a club", "StaffordshireClubs", "staffordshire_club"),
        ("Add work experience", "StaffordshireWork", "staffordshire_work"),
    )
    return [
        (words, url_for(f"{page}.add", young_person_id=person.id))
        for words, page, noun in offers
        if here.may(f"{noun}.add", person.authority_id)
    ]
