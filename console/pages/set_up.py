"""Set-up: the authority, its terms, settings, programmes and funding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from sqlalchemy import false

from cmcore.base.findings import Finding
from cmcore.base.words import pounds
from cmcore.funding import actions as money
from cmcore.funding.forms import FundingLineAnswers
from cmcore.funding.records import FundingLine
from cmcore.funding.words import FundingKind
from cmcore.measures.registry import measure_sets
from cmcore.money.queries import uncommitted_lines
from cmcore.programmes import actions as programmes
from cmcore.programmes.queries import programme_form
from cmcore.programmes.records import Programme
from cmcore.programmes.registry import programme_types
from cmcore.virtual_schools import actions as acts
from cmcore.virtual_schools import rules
from cmcore.virtual_schools.forms import AuthorityAnswers, SettingAnswers, TermDatesAnswers
from cmcore.virtual_schools.records import Authority, Setting, TermDates
from cmcore.virtual_schools.words import SettingKind
from console import desk
from console.listing import Filter, Queue
from console.record_view import RecordView
from console.shown import Sub


class Authorities(RecordView):
    """The local authority whose virtual school this is."""

    record = Authority
    route_base = "/authorities"
    about = "The authority, its virtual school, and who is rung in an emergency."
    list_columns: ClassVar[list[str]] = ["name", "school_name", "code", "region", "prefix", "duty_phone"]
    label_columns: ClassVar[dict[str, str]] = {
        "school_name": "Virtual school",
        "prefix": "References begin with",
        "duty_phone": "Duty number",
        "duty_name": "Who is rung",
    }
    search_columns: ClassVar[list[str]] = ["name", "school_name", "code"]
    order_columns: ClassVar[list[str]] = ["name", "code", "region"]
    base_order = ("name", "asc")
    show_columns: ClassVar[list[str]] = ["name", "school_name", "code", "region", "prefix", "duty_name", "duty_phone"]
    edit_form = AuthorityAnswers
    answers_of = staticmethod(acts.answers_of_authority)
    edit_action = staticmethod(acts.change_authority)


class Terms(RecordView):
    """The authority's own terms."""

    record = TermDates
    route_base = "/terms"
    about = "Your own term dates. Without them terms are cut at Christmas and Easter."
    list_columns: ClassVar[list[str]] = ["name", "year", "starts_on", "ends_on"]
    label_columns: ClassVar[dict[str, str]] = {
        "year": "Academic year",
        "starts_on": "First day",
        "ends_on": "Last day",
    }
    filter_columns: ClassVar[list[str]] = ["year"]
    order_columns: ClassVar[list[str]] = ["starts_on", "year"]
    base_order = ("starts_on", "desc")
    show_columns: ClassVar[list[str]] = ["name", "year", "starts_on", "ends_on"]
    empty_words = "No terms of your own yet. Add the first and the last day of each: what is due is counted by them."
    add_form = TermDatesAnswers
    add_action = staticmethod(acts.add_term_dates)
    edit_form = TermDatesAnswers
    answers_of = staticmethod(acts.answers_of_term_dates)
    edit_action = staticmethod(acts.change_term_dates)
    remove_action = staticmethod(acts.remove_term_dates)

    def cell_year(self, term: TermDates) -> str:
        """From autumn to summer: 2026-27."""
        return f"{term.year}-{(term.year + 1) % 100:02}"

    def cell_name(self, term: TermDates) -> str:
        """Which term."""
        return term.name[:1].upper() + term.name[1:]


class Settings(RecordView):
    """Schools, colleges, homes and other places."""

    record = Setting
    route_base = "/settings"
    about = "Where young people learn and live: from the public register of schools, and places you added yourselves."
    list_columns: ClassVar[list[str]] = ["name", "kind_of_setting", "town", "la_name", "urn", "federation"]
    label_columns: ClassVar[dict[str, str]] = {
        "kind_of_setting": "Kind",
        "la_name": "Authority",
        "urn": "Number in the register",
        "low_age": "From age",
        "high_age": "To age",
        "type_name": "Type",
    }
    load_columns: ClassVar[list[str]] = ["federation.name"]
    search_columns: ClassVar[list[str]] = ["name", "town", "postcode"]
    everywhere: ClassVar[list[str]] = ["name", "town", "urn"]
    choice_columns: ClassVar[dict[str, Any]] = {"kind_of_setting": SettingKind}
    filter_columns: ClassVar[list[str]] = ["kind_of_setting", "la_code"]
    order_columns: ClassVar[list[str]] = ["name", "town", "urn"]
    base_order = ("name", "asc")
    show_columns: ClassVar[list[str]] = [
        "name",
        "kind_of_setting",
        "type_name",
        "phase",
        "urn",
        "la_name",
        "federation",
        "trust",
        "low_age",
        "high_age",
        "opened_on",
        "closed_on",
        "street",
        "locality",
        "town",
        "county",
        "postcode",
        "phone",
        "notes",
    ]
    empty_words = "No settings yet. Bring in the public register of schools, or add one."
    add_form = SettingAnswers
    add_action = staticmethod(acts.add_setting)
    answers_of = staticmethod(acts.answers_of_setting)
    edit_action = staticmethod(acts.change_setting)
    remove_action = staticmethod(acts.remove_setting)

    def settled(self, setting: Setting, doing: str) -> Sequence[Finding]:
        """A place of the public register stays as the register tells of it."""
        return rules.own_place(setting.added_by_id)

    def cell_name(self, setting: Setting) -> Any:
        """The name, and whether it has closed."""
        return (
            Sub(setting.name, f"closed {setting.closed_on:%d %b %Y}")
            if setting.closed_on and setting.closed_on <= desk.work().today
            else setting.name
        )

    def cell_urn(self, setting: Setting) -> str:
        """A number of the register, not a quantity."""
        return str(setting.urn) if setting.urn else ""

    def found_detail(self, setting: Setting) -> str:
        """What tells one from another where one is chosen."""
        return ", ".join(
            part for part in (SettingKind.say(setting.kind_of_setting), setting.town, str(setting.urn or "")) if part
        )


class Programmes(RecordView):
    """What the authority runs."""

    record = Programme
    route_base = "/programmes"
    about = "The programmes young people can be referred to, and what each is measured with."
    list_columns: ClassVar[list[str]] = [
        "title",
        "type_key",
        "measure_set",
        "open_to_referrals",
        "starts_on",
        "ends_on",
    ]
    label_columns: ClassVar[dict[str, str]] = {
        "type_key": "Type",
        "measure_set": "Measures",
        "open_to_referrals": "Takes referrals",
        "usual_hours": "Usual hours",
        "starts_on": "From",
        "ends_on": "To",
    }
    search_columns: ClassVar[list[str]] = ["title", "key"]
    everywhere: ClassVar[list[str]] = ["title"]
    order_columns: ClassVar[list[str]] = ["title", "starts_on"]
    base_order = ("title", "asc")
    show_columns: ClassVar[list[str]] = [
        "title",
        "key",
        "type_key",
        "measure_set",
        "usual_hours",
        "open_to_referrals",
        "starts_on",
        "ends_on",
    ]
    empty_words = "No programmes yet. Add creative mentoring first."
    add_action = staticmethod(programmes.add_programme)
    answers_of = staticmethod(programmes.answers_of_programme)
    edit_action = staticmethod(programmes.change_programme)
    remove_action = staticmethod(programmes.remove_programme)

    @staticmethod
    def add_form(work: Any, record: Any) -> Any:
        """The form with the types and measure sets there are."""
        return programme_form(work)

    def cell_type_key(self, programme: Programme) -> str:
        """What the type is called."""
        return programme_types().of(programme.type_key).title

    def cell_measure_set(self, programme: Programme) -> str:
        """What the set is called, with its version; its key alone where what declared it is not in use."""
        known = measure_sets().get(programme.measure_set)
        return programme.measure_set if known is None else f"{known.title}, version {known.version}"


class FundingLines(RecordView):
    """Where the money comes from."""

    record = FundingLine
    route_base = "/funding"
    about = "Each sum of money with its year and what it may be used for."
    list_columns: ClassVar[list[str]] = ["name", "kind_of_money", "financial_year", "amount_pence"]
    label_columns: ClassVar[dict[str, str]] = {
        "kind_of_money": "Kind",
        "financial_year": "Financial year",
        "amount_pence": "Amount",
    }
    search_columns: ClassVar[list[str]] = ["name"]
    choice_columns: ClassVar[dict[str, Any]] = {"kind_of_money": FundingKind}
    filter_columns: ClassVar[list[Any]] = [
        Filter(
            "waits",
            "Waits for",
            (("uncommitted", "Money promised to nobody"),),
            lambda value, work: uncommitted_lines(work) if value == "uncommitted" else false(),
        ),
        "kind_of_money",
        "financial_year",
    ]
    views: ClassVar[list[Any]] = [("Promised to nobody", {"waits": "uncommitted"})]
    queues = (
        Queue(
            "Pupil Premium Plus promised to nobody",
            {"waits": "uncommitted"},
            "week",
            "What is not committed by 31 March is recovered.",
            "funding_line.change",
            first=True,
        ),
    )
    order_columns: ClassVar[list[str]] = ["name", "financial_year", "amount_pence"]
    base_order = ("financial_year", "desc")
    show_columns: ClassVar[list[str]] = ["name", "kind_of_money", "financial_year", "amount_pence", "restriction"]
    empty_words = "No funding lines yet. Add one for each year and source; money is then set aside of it."
    add_form = FundingLineAnswers
    add_action = staticmethod(money.add_funding_line)
    edit_form = FundingLineAnswers
    answers_of = staticmethod(money.answers_of_funding_line)
    edit_action = staticmethod(money.change_funding_line)
    remove_action = staticmethod(money.remove_funding_line)

    def cell_financial_year(self, line: FundingLine) -> str:
        """The year as people write it."""
        return f"{line.financial_year}-{(line.financial_year + 1) % 100:02d}"

    def cell_amount_pence(self, line: FundingLine) -> str:
        """The amount in pounds."""
        return pounds(line.amount_pence)
