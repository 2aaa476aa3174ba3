"""Money in the invented autumn: a charity's grant, drum lessons set aside from it, and the rate of a year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cmcore.funding.actions import add_funding_line
from cmcore.funding.forms import FundingLineAnswers
from cmcore.funding.words import FundingKind
from cmcore.money.actions import add_year_rate, set_aside
from cmcore.money.forms import AllocationAnswers, YearRateAnswers
from cmcore.money.words import AllocationUse
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import YoungPerson

if TYPE_CHECKING:
    from tests.console.autumn import Autumn


def settled(made: Autumn) -> None:
    """Set it up, and keep the keys by what they are."""
    with made.stage.work() as work:
        _settled(made, work)


def _settled(made: Autumn, work: Work) -> None:
    person = work.get(YoungPerson, made.main.person_id)
    grant = add_funding_line(
        work,
        FundingLineAnswers(
            name="Quarry Fund", kind_of_money=FundingKind.charity, financial_year=2026, amount_pence=60_000
        ),
    )
    work.db.flush()
    lessons = set_aside(
        work,
        person,
        AllocationAnswers(
            funding_line_id=grant.id,
            amount_pence=12_000,
            use=AllocationUse.lessons,
            purpose="Half a term of drum lessons",
            pep_target_id=None,
            agreed_on=date(2026, 10, 1),
        ),
    )
    rate = add_year_rate(work, YearRateAnswers(financial_year=2026, amount_pence=269_000, source="Conditions of grant"))
    work.db.flush()
    made.keys |= {"grant": grant.id, "allocation": lessons.id, "year_rate": rate.id}
