"""What is read of pages: that of a PEP, and the PEPs of this term that have none (R-PEP-4)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, select

from cmcore.api import PepCycle, Work
from cmcore_epep_culture.records import CulturePage


def page_of_pep(work: Work, pep: PepCycle) -> CulturePage | None:
    """The page of a PEP, or nothing."""
    return work.db.scalars(select(CulturePage).where(CulturePage.pep_cycle_id == pep.id)).first()


def without_page() -> ColumnElement[bool]:
    """PEPs without a page on which something stands, as a condition (R-PEP-4)."""
    return ~exists().where(CulturePage.pep_cycle_id == PepCycle.id, CulturePage.standing > 0).correlate(PepCycle)


def of_this_term(work: Work) -> ColumnElement[bool]:
    """PEPs of the term that is on, by the days it had when it was opened, as a condition."""
    return and_(PepCycle.term_starts_on <= work.today, PepCycle.term_ends_on >= work.today)
