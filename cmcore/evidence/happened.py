"""What plugins' records say happened to young people: lines of a timeline, and passages of a story."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from cmcore.safekeeping.work import Work


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One thing that happened to somebody on a day. ``what`` is said of them ("Came to Shadow puppets").

    ``to_them`` says the same to them ("You came to Shadow puppets"), for their story; without it a story is silent.
    ``lines`` are what somebody wrote, ``said`` their own words. ``path`` is the address of its page, where it has one.
    """

    young_person_id: int
    on: date
    what: str
    to_them: str = ""
    lines: tuple[str, ...] = ()
    said: str = ""
    path: str = ""


def happened(work: Work, authority_id: int, people: Collection[int]) -> list[Happened]:
    """What the plugins say that are on, of young people of one authority, in order of day; nothing of anybody else."""
    wanted = set(people)
    told = work.lines_offered("cm_happened", authority_id, Happened, people=wanted)
    return sorted((one for one in told if one.young_person_id in wanted), key=lambda one: one.on)
