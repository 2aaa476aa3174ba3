"""Whom the pages of a term reach: by setting, key stage, placement, area and care status, each with its denominator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from cmcore.api import PLACEMENT_CODES, Authority, CareEpisode, PepCycle, Setting, Termly, Work, YoungPerson, key_stage
from cmcore.api.asks import CareStatus, CulturalPart
from cmcore_epep_culture.records import CultureLine, CulturePage
from cmcore_epep_culture.words import Barrier

#: No percentage out of fewer than this: DOMAIN §12 [Default].
LEAST = 10


@dataclass
class Share:
    """How many of some young people's PEPs have a page, and how many the page says are reached."""

    name: str
    of: int = 0
    pages: int = 0
    reached: int = 0

    def add(self, page: bool, reached: bool) -> None:
        """Count one more PEP."""
        self.of += 1
        self.pages += page
        self.reached += reached

    @staticmethod
    def said(part: int, of: int) -> str:
        """A share as it is shown: "4 of 9", and with a percentage once it is out of ten or more."""
        return f"{part:,} of {of:,}" + (f" ({round(100 * part / of)} %)" if of >= LEAST else "")


@dataclass(frozen=True)
class Coverage:
    """How far the pages of a term go: in all, and by each way of looking at it."""

    at: Termly
    whole: Share
    by: dict[str, tuple[Share, ...]]
    #: What is in the way, by how many pages say so.
    barriers: tuple[tuple[str, int], ...]
    missing: int = field(default=0)


#: The ways of looking, in order: a key, and what it is called.
WAYS = {
    "setting": "Setting",
    "key_stage": "Key stage",
    "placement": "Placement",
    "area": "In or out of area",
    "care_status": "Care status",
}
_NO_SCHOOL, _NO_PLACEMENT = "No school or college", "No placement known"


def coverage(work: Work, authority: Authority, at: Termly) -> Coverage:
    """How far the pages of a term go, within reach of whoever asks. Three statements, however many PEPs there are."""
    asked = (
        select(
            PepCycle.young_person_id,
            YoungPerson.born_on,
            YoungPerson.care_status,
            Setting.name,
            Setting.la_code,
            CulturePage.standing,
            CulturePage.reached,
        )
        .join(YoungPerson, YoungPerson.id == PepCycle.young_person_id)
        .outerjoin(Setting, Setting.id == PepCycle.setting_id)
        .outerjoin(CulturePage, CulturePage.pep_cycle_id == PepCycle.id)
        .where(*_of_term(authority, at))
    )
    placed = _placements(work, authority, at)
    whole, groups = Share("All PEPs of the term"), {key: dict[str, Share]() for key in WAYS}
    for person, born_on, status, setting, la_code, standing, reached in work.db.execute(asked):
        page, does = bool(standing), bool(standing and reached)
        area = _NO_SCHOOL if setting is None else "In area" if la_code == authority.code else "Out of area"
        values = {
            "setting": setting or _NO_SCHOOL,
            "key_stage": key_stage(born_on, at.starts_on),
            "placement": placed.get(person, _NO_PLACEMENT),
            "area": area,
            "care_status": CareStatus.say(status),
        }
        whole.add(page, does)
        for key, name in values.items():
            groups[key].setdefault(name, Share(name)).add(page, does)
    by = {key: _in_order(key, found.values()) for key, found in groups.items()}
    return Coverage(at, whole, by, _barriers(work, authority, at), whole.of - whole.pages)


def _in_order(key: str, shares: Iterable[Share]) -> tuple[Share, ...]:
    """Settings with the most young people without a page first; the other ways by name."""
    if key == "setting":
        return tuple(sorted(shares, key=lambda one: (one.pages - one.of, one.name.lower())))
    return tuple(sorted(shares, key=lambda one: one.name))


def _of_term(authority: Authority, at: Termly) -> tuple[ColumnElement[bool], ...]:
    return (PepCycle.authority_id == authority.id, PepCycle.year == at.year, PepCycle.term == at.term.name)


def _placements(work: Work, authority: Authority, at: Termly) -> dict[int, str]:
    """Where each young person of the authority is placed, in words, on the term's last day or today if earlier."""
    on: date = min(work.today, at.ends_on)
    asked = (
        select(CareEpisode.young_person_id, CareEpisode.placement)
        .where(
            CareEpisode.authority_id == authority.id,
            CareEpisode.starts_on <= on,
            or_(CareEpisode.ends_on.is_(None), CareEpisode.ends_on >= on),
        )
        .order_by(CareEpisode.starts_on, CareEpisode.id)
    )
    return {person: PLACEMENT_CODES.say(code) or _NO_PLACEMENT for person, code in work.db.execute(asked)}


def _barriers(work: Work, authority: Authority, at: Termly) -> tuple[tuple[str, int], ...]:
    """What the pages say is in the way, the most often first: on how many pages each stands."""
    asked = (
        select(CultureLine.barrier, func.count(func.distinct(CultureLine.epep_culture_page_id)))
        .join(CulturePage, CulturePage.id == CultureLine.epep_culture_page_id)
        .join(PepCycle, PepCycle.id == CulturePage.pep_cycle_id)
        .where(*_of_term(authority, at), CultureLine.part == CulturalPart.barriers, CultureLine.left_out.is_(False))
        .group_by(CultureLine.barrier)
    )
    found = [(Barrier.say(barrier), int(many)) for barrier, many in work.db.execute(asked)]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))
