"""Money: where each line of a year stands, what is set aside for whom, what an hour cost, and the rates of years."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import request, url_for
from flask_appbuilder.baseviews import expose
from sqlalchemy import select

from cmcore.base.findings import Finding, NotFound
from cmcore.base.periods import academic_year_name, financial_year
from cmcore.base.words import count, pounds
from cmcore.money.actions import (
    add_year_rate,
    answers_of_allocation,
    answers_of_year_rate,
    change_allocation,
    change_year_rate,
    remove_allocation,
    remove_year_rate,
    say_what_was_paid,
    set_aside,
)
from cmcore.money.costs import costs_of_year, refs_of
from cmcore.money.forms import AllocationAnswers, AllocationPaidAnswers, YearRateAnswers
from cmcore.money.queries import eligible_young_people, rate_of_year, standing_of_year, years_of
from cmcore.money.records import Allocation, YearRate
from cmcore.money.words import AllocationUse
from cmcore.peps.records import PepTarget
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import YoungPerson
from console import desk, lookups
from console.addresses import page_of
from console.framework import Page
from console.money_rows import ROWS, cost_facts, cost_rows, line_rows, sums
from console.record_view import RecordView
from console.security import needs
from console.steps import Step


class Money(Page):
    """Where the money of a financial year stands."""

    route_base = "/money"
    default_view = "index"
    about = (
        "Each funding line of a year: what is set aside for young people, what commissions may still cost, "
        "what will be spent by 31 March at this pace, and what was paid."
    )

    @expose("/")
    @needs("money.see")
    def index(self) -> str:
        """The lines of a year, what one young person and one hour cost."""
        work = desk.work()
        authority_id = _authority(work)
        this = financial_year(work.today)
        years = sorted({this, *years_of(work, authority_id)}, reverse=True)
        year = _number("year", this)
        page = max(_number("page", 1), 1)
        standings = standing_of_year(work, authority_id, year)
        costs = costs_of_year(work, authority_id, year)
        shown = costs.costs[(page - 1) * ROWS : page * ROWS]
        keys = [one.young_person_id for one in shown]
        people = {one.id: one for one in work.db.scalars(select(YoungPerson).where(YoungPerson.id.in_(keys)))}
        return self.show_page(
            "cm/money.html",
            title=f"Money {academic_year_name(year)}",
            years=[(academic_year_name(one), url_for("Money.index", year=one), one == year) for one in years],
            findings=[_of_line(one.line.name, said) for one in standings for said in one.findings],
            lines=line_rows(standings, page_of),
            sums=sums(standings),
            rate=_rate_words(work, authority_id, year),
            facts=cost_facts(costs),
            rows=cost_rows(shown, people, refs_of(work, shown), page_of),
            many=len(costs.costs),
            pages=[
                (number, url_for("Money.index", year=year, page=number), number == page)
                for number in range(1, -(-len(costs.costs) // ROWS) + 1)
            ],
            add_url=url_for("FundingLines.add") if work.may("funding_line.add", authority_id) else "",
            about=self.about,
            crumbs=(),
        )


class Allocations(RecordView):
    """What is set aside for young people."""

    record = Allocation
    route_base = "/set-aside"
    about = (
        "Money of a funding line set aside for a young person. Pupil Premium Plus names the target of the education "
        "plan it serves; a commission paid from it is approved only once the money is set aside."
    )
    list_columns: ClassVar[list[str]] = [
        "young_person",
        "amount_pence",
        "use",
        "funding_line",
        "agreed_on",
        "spent_pence",
    ]
    label_columns: ClassVar[dict[str, str]] = {
        "young_person": "Young person",
        "amount_pence": "Set aside",
        "use": "What for",
        "purpose": "In a few words",
        "funding_line": "Funding line",
        "pep_target": "Target it serves",
        "agreed_on": "Agreed on",
        "spent_pence": "Paid",
        "spent_on": "Paid on",
    }
    number_columns: ClassVar[list[str]] = ["amount_pence", "spent_pence"]
    load_columns: ClassVar[list[str]] = ["young_person.ref", "funding_line.name"]
    search_columns: ClassVar[list[str]] = ["young_person.ref", "young_person.family_name", "funding_line.name"]
    choice_columns: ClassVar[dict[str, Any]] = {"use": AllocationUse}
    filter_columns: ClassVar[list[Any]] = ["use", "funding_line_id", "young_person_id"]
    order_columns: ClassVar[list[str]] = ["amount_pence", "agreed_on", "use"]
    base_order = ("agreed_on", "desc")
    show_columns: ClassVar[list[str]] = [
        "young_person",
        "funding_line",
        "amount_pence",
        "use",
        "purpose",
        "pep_target",
        "agreed_on",
        "spent_pence",
        "spent_on",
    ]
    empty_words = "Nothing is set aside yet. Open a young person’s page and set money aside for what their plan says."
    add_words = "Set money aside"
    add_parent = YoungPerson
    add_form = AllocationAnswers
    add_action = staticmethod(set_aside)
    edit_form = AllocationAnswers
    answers_of = staticmethod(answers_of_allocation)
    edit_action = staticmethod(change_allocation)
    remove_action = staticmethod(remove_allocation)
    steps = (
        Step(
            "pay",
            "Say what was paid",
            say_what_was_paid,
            form=AllocationPaidAnswers,
            why="It then counts as spent. Mentoring is paid through invoices.",
            offered=lambda allocation: allocation.use != AllocationUse.mentoring,
        ),
    )

    def lookup(self, of: str, text: str, about: Any) -> Any:
        """Of targets, those of the young person's own plans only."""
        person_id = about.id if isinstance(about, YoungPerson) else getattr(about, "young_person_id", None)
        if of == "pep_target" and person_id is not None:
            return lookups.lookup(of, text, PepTarget.young_person_id == person_id)
        return super().lookup(of, text, about)

    def heading(self, allocation: Allocation) -> str:
        """How much, for whom."""
        return f"{pounds(allocation.amount_pence)} for {allocation.young_person or 'a young person'}"

    def named(self, allocation: Allocation) -> str:
        """How much, and what for."""
        return str(allocation)

    def cell_amount_pence(self, allocation: Allocation) -> str:
        """The amount in pounds."""
        return pounds(allocation.amount_pence)

    def cell_spent_pence(self, allocation: Allocation) -> str:
        """What was paid, in pounds; mentoring is paid through invoices."""
        if allocation.use == AllocationUse.mentoring:
            return "by invoices"
        return pounds(allocation.spent_pence) if allocation.spent_on else ""


class YearRates(RecordView):
    """What Pupil Premium Plus is worth in each year."""

    record = YearRate
    route_base = "/yearly-rates"
    about = (
        "What Pupil Premium Plus is worth for each looked-after child in a financial year. Those of 2021-22 to 2025-26 "
        "come with the software; enter later ones when the conditions of grant are out."
    )
    list_columns: ClassVar[list[str]] = ["financial_year", "amount_pence", "source"]
    label_columns: ClassVar[dict[str, str]] = {
        "financial_year": "Financial year",
        "amount_pence": "For each child",
        "source": "Where the figure stands",
    }
    order_columns: ClassVar[list[str]] = ["financial_year", "amount_pence"]
    base_order = ("financial_year", "desc")
    show_columns: ClassVar[list[str]] = ["financial_year", "amount_pence", "source"]
    empty_words = "No yearly rates of your own yet. Those of 2021-22 to 2025-26 come with the software."
    add_form = YearRateAnswers
    add_action = staticmethod(add_year_rate)
    edit_form = YearRateAnswers
    answers_of = staticmethod(answers_of_year_rate)
    edit_action = staticmethod(change_year_rate)
    remove_action = staticmethod(remove_year_rate)

    def cell_financial_year(self, rate: YearRate) -> str:
        """The year as people write it."""
        return academic_year_name(rate.financial_year)

    def cell_amount_pence(self, rate: YearRate) -> str:
        """The amount in pounds."""
        return pounds(rate.amount_pence)


def _authority(work: Work) -> int:
    """The authority whose money is shown: the one asked for, or the first within reach."""
    may = [one for one in sorted(work.scope.authorities if work.scope else ()) if work.may("money.see", one)]
    asked = _number("authority", may[0] if may else 0)
    if asked not in may:
        raise NotFound("authority")
    return asked


def _number(name: str, default: int) -> int:
    given = request.args.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else default


def _of_line(name: str, finding: Finding) -> Finding:
    return Finding(f"{name}: {finding.message}", finding.rule, finding.severity, way_out=finding.way_out)


def _rate_words(work: Work, authority_id: int, year: int) -> str:
    rate = rate_of_year(work, authority_id, year)
    if rate is None:
        return f"The rate of Pupil Premium Plus for {academic_year_name(year)} is not entered yet."
    many = eligible_young_people(work, authority_id, year)
    return (
        f"Pupil Premium Plus is {pounds(rate)} for each looked-after child in {academic_year_name(year)}: "
        f"{count(many, 'young person', 'young people')} eligible by age and care would bring {pounds(rate * many)}."
    )
