"""How far young people are with awards: what the plugins that keep enrolments for awards say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cmcore.base.among import among
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import YoungPerson


@dataclass(frozen=True, kw_only=True)
class AwardStanding:
    """That somebody is, or was, enrolled for a level of an award.

    ``state`` is the key of a state of whoever keeps it, ``state_words`` what it is called. ``current`` says that the
    young person works towards the level, or has done so and waits for the result: neither certificated nor withdrawn.
    """

    young_person_id: int
    scheme: str
    level: str
    level_title: str
    state: str
    current: bool
    state_words: str = ""
    #: The day of enrolment, and the day it was certificated or withdrawn on.
    enrolled_on: date | None = None
    ended_on: date | None = None


def award_standings(work: Work, people: Collection[int]) -> dict[int, list[AwardStanding]]:
    """How far these young people are with awards, by key, within one's reach; an empty list where there is nothing.

    One statement of the core, however many young people; then each plugin that is on is asked once an authority.
    """
    wanted = set(people)
    found: dict[int, list[AwardStanding]] = {key: [] for key in wanted}
    if not wanted:
        return {}
    asked = select(YoungPerson.authority_id, YoungPerson.id).where(among(YoungPerson.id, wanted))
    of: dict[int, set[int]] = {}
    for authority_id, key in work.db.execute(asked):
        of.setdefault(authority_id, set()).add(key)
    for authority_id, theirs in sorted(of.items()):
        for one in work.lines_offered("cm_award_enrolments", authority_id, AwardStanding, people=theirs):
            if one.young_person_id in theirs:
                found[one.young_person_id].append(one)
    return found
