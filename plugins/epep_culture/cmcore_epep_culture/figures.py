"""What the plugin counts for others to say: PEPs with a page, and pages that say culture reaches somebody."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, func, select

from cmcore.api import Authority, Counted, Figure, PepCycle, Period, Work
from cmcore_epep_culture.records import CulturePage

_FAR = date(2999, 12, 31)


def _of_terms(authority: Authority, period: Period) -> tuple[ColumnElement[bool], ...]:
    return (
        PepCycle.authority_id == authority.id,
        PepCycle.term_ends_on >= period.starts_on,
        PepCycle.term_ends_on <= (period.ends_on or _FAR),
    )


def _with_page(work: Work, authority: Authority, period: Period, *, reaching: bool = False) -> int:
    asked = (
        select(func.count(CulturePage.id))
        .join(PepCycle, PepCycle.id == CulturePage.pep_cycle_id)
        .where(*_of_terms(authority, period), CulturePage.standing > 0)
    )
    return work.db.scalar(asked.where(CulturePage.reached) if reaching else asked) or 0


def pages(work: Work, authority: Authority, period: Period) -> Counted:
    """PEPs with a page on which something stands, of all whose term ends in the period."""
    of = work.db.scalar(select(func.count(PepCycle.id)).where(*_of_terms(authority, period)))
    return Counted(_with_page(work, authority, period), of or 0)


def reached(work: Work, authority: Authority, period: Period) -> Counted:
    """Pages that say the young person does or comes to something, of all pages of the period's terms."""
    does = _with_page(work, authority, period, reaching=True)
    return Counted(does, _with_page(work, authority, period))


FIGURES = (
    Figure(
        key="epep_culture_pages",
        title="PEPs with a cultural entitlement page",
        meaning="Of the PEPs whose term ends in the period, those with a cultural page on which something stands.",
        count=pages,
    ),
    Figure(
        key="epep_culture_reached",
        title="Cultural pages that say culture reaches the young person",
        meaning="Of the cultural pages of PEPs whose term ends in the period, those which say that the young person "
        "does something, came to something, or works towards an award.",
        count=reached,
    ),
)
