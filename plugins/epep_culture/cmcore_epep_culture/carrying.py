"""What an earlier page says that still holds: what somebody wrote there, and next steps that were not done."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import and_, func, or_, select

from cmcore.api import CulturalLine, PepCycle, Period, Work
from cmcore.api.asks import CulturalPart
from cmcore_epep_culture.records import CultureLine, CulturePage
from cmcore_epep_culture.words import Origin

#: Parts that go on from term to term. What happened in one term stays with that term.
CARRIED = (
    CulturalPart.interests,
    CulturalPart.clubs,
    CulturalPart.lessons,
    CulturalPart.barriers,
    CulturalPart.carer,
    CulturalPart.steps,
)


def carried(work: Work, people: Collection[int], period: Period) -> Iterator[CulturalLine]:
    """The lines of each young person's last page before a term that go on in it. One statement.

    A line that follows a record is not carried: the record says it anew. One that was carried itself is.
    """
    keys = list(people)
    last = (
        select(CulturePage.young_person_id, func.max(PepCycle.term_ends_on).label("ends_on"))
        .join(PepCycle, PepCycle.id == CulturePage.pep_cycle_id)
        .where(CulturePage.young_person_id.in_(keys), PepCycle.term_ends_on < (period.ends_on or work.today))
        .group_by(CulturePage.young_person_id)
        .subquery()
    )
    asked = (
        select(CultureLine, PepCycle.term, PepCycle.year)
        .join(CulturePage, CulturePage.id == CultureLine.epep_culture_page_id)
        .join(PepCycle, PepCycle.id == CulturePage.pep_cycle_id)
        .join(
            last,
            and_(
                last.c.young_person_id == CulturePage.young_person_id,
                last.c.ends_on == PepCycle.term_ends_on,
            ),
        )
        .where(
            CultureLine.part.in_(CARRIED),
            CultureLine.done_on.is_(None),
            CultureLine.left_out.is_(False),
            or_(CultureLine.origin == Origin.written, CultureLine.key.like("%:epep_culture_line:%")),
        )
        .order_by(CultureLine.id)
    )
    for line, term, year in work.db.execute(asked):
        yield CulturalLine(
            young_person_id=line.young_person_id,
            part=CulturalPart(line.part),
            text=line.text,
            source=f"Carried from the page of the {term.lower()} term {year}-{(year + 1) % 100:02d}",
            kind="epep_culture_line",
            record_id=line.id,
            also=line.barrier or "",
            owner=line.owner,
            due_on=line.due_on,
        )
