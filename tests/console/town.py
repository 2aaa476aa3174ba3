"""Two invented authorities with schools, young people and accounts, and the pages that tests look at them through."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine

from cmcore.base.clock import StoppedClock
from cmcore.base.findings import Finding
from cmcore.programmes.records import Programme
from cmcore.referrals.actions import (
    add_referral,
    answers_of_referral,
    change_referral,
    decide_referral,
    match_referral,
    submit_referral,
)
from cmcore.referrals.forms import ReferralAnswers
from cmcore.referrals.records import REFERRAL_LIFE, Referral
from cmcore.safekeeping.records import Membership
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools import rules
from cmcore.virtual_schools.actions import add_setting, answers_of_setting, change_setting, remove_setting
from cmcore.virtual_schools.forms import SettingAnswers
from cmcore.virtual_schools.records import Authority, Setting, SettingKind
from cmcore.young_people.actions import (
    add_education_spell,
    answers_of_education_spell,
    change_education_spell,
    remove_education_spell,
)
from cmcore.young_people.forms import EducationSpellAnswers
from cmcore.young_people.records import CareStatus, EducationSpell, YoungPerson
from console import accounts
from console.framework import Console
from console.listing import Queue
from console.record_view import RecordView, Related
from console.steps import Step, transitions

TODAY = date(2026, 11, 10)
PASSWORD = "lantern otter gravel"
HESTER = "hester.quillmarsh@wrenshire.example"
PIERS = "piers.dapplewood@otherham.example"
NOBODY = "nell.fallowby@wrenshire.example"


def looking(engine: Engine) -> Work:
    """A piece of work that reaches both authorities: to settle the town, and to look at what was kept."""
    return Work(
        engine,
        Actor("command", "the town", "command"),
        operator_scope({1, 2}, TODAY),
        clock=StoppedClock.on(date(2026, 9, 1)),
    )


def settle(engine: Engine) -> None:
    """Put both authorities, their people and their accounts into an empty, migrated database."""
    with looking(engine) as work:
        for key, name, prefix, number in (
            (1, "Wrenshire", "WR", "01632 960 111"),
            (2, "Otherham", "OT", "01632 960 222"),
        ):
            work.add(
                Authority(
                    name=name,
                    school_name=f"{name} Virtual School",
                    code=f"99{key}",
                    prefix=prefix,
                    duty_phone=number,
                )
            )
        work.db.flush()
        for login, authority in ((HESTER, 1), (PIERS, 2)):
            work.add(Membership(authority_id=authority, login=login, role="coordinator", active=True))
        for number in range(60):
            kind, place = list(SettingKind)[number % 3], ("Tarnside", "Cinderwell")[number % 2]
            work.add(
                Setting(
                    name=f"Quillen {place} {number:02d}",
                    kind_of_setting=kind,
                    town=place,
                    la_code="991",
                    la_name="Wrenshire",
                )
            )
        work.db.flush()
        for number in range(30):
            authority = 1 + number % 2
            ref = f"{'WR' if authority == 1 else 'OT'}-{number:04d}"
            work.add(
                YoungPerson(
                    authority_id=authority,
                    ref=ref,
                    given_name="Marlo",
                    family_name=f"Brindle{number}",
                    born_on=date(2012, 3, 1),
                )
            )
        work.db.flush()
        work.add(
            Programme(
                authority_id=1,
                key="cm",
                title="Creative mentoring",
                type_key="creative-mentoring",
                measure_set="eight@1",
            )
        )
        work.add(
            EducationSpell(
                authority_id=1, young_person_id=1, status="enrolled", setting_id=1, starts_on=date(2024, 9, 1)
            )
        )
    for login, name in ((HESTER, "Hester Quillmarsh"), (PIERS, "Piers Dapplewood"), (NOBODY, "Nell Fallowby")):
        accounts.open_account(engine, login=login, name=name, password=PASSWORD)


class TownSpells(RecordView):
    """Where young people of the town go to school."""

    record = EducationSpell
    route_base = "/spells"
    list_columns = ("status", "setting.name", "starts_on")
    filter_columns = ("young_person_id",)
    base_order = ("starts_on", "desc")
    show_columns = ("status", "setting.name", "starts_on", "ends_on")
    add_parent = YoungPerson
    add_form = EducationSpellAnswers
    add_action = add_education_spell
    edit_action = change_education_spell
    answers_of = answers_of_education_spell
    remove_action = remove_education_spell


class TownPeople(RecordView):
    """The young people of the town."""

    record = YoungPerson
    route_base = "/young-people"
    everywhere = ("ref", "family_name", "given_name")
    list_columns = ("ref", "initials", "care_status", "looked_after_from")
    choice_columns = {"care_status": CareStatus}
    search_columns = ("ref", "family_name", "given_name")
    filter_columns = ("care_status",)
    base_order = ("ref", "asc")
    show_columns = ("ref", "initials", "care_status")
    opened_columns = ("full_name", "born_on")
    related_views = (Related(TownSpells),)


class TownSettings(RecordView):
    """The schools of the town."""

    record = Setting
    route_base = "/settings"
    list_columns = ("name", "kind_of_setting", "town")
    choice_columns = {"kind_of_setting": SettingKind}
    search_columns = ("name", "town")
    filter_columns = ("kind_of_setting",)
    base_order = ("name", "asc")
    show_columns = ("name", "kind_of_setting", "town")
    views = (("Schools", {"kind_of_setting": "school"}),)
    add_form = SettingAnswers
    add_action = add_setting
    edit_action = change_setting
    answers_of = answers_of_setting
    remove_action = remove_setting

    def settled(self, setting: Setting, doing: str) -> list[Finding]:
        """A place of the public register stays as the register tells of it."""
        return rules.own_place(setting.added_by_id)


class TownReferrals(RecordView):
    """Who was referred in the town."""

    record = Referral
    route_base = "/referrals"
    list_columns = ("ref", "young_person.initials", "state", "received_on")
    search_columns = ("ref", "young_person.ref")
    filter_columns = ("state", "young_person_id")
    queues = (
        Queue("Referrals to send", {"state": "draft"}, when="now"),
        Queue("Referrals in triage", {"state": "triage"}),
        Queue("Referrals to look into", {"state": "open"}, act="audit.verify"),
    )
    add_form = ReferralAnswers
    add_action = add_referral
    edit_action = change_referral
    answers_of = answers_of_referral
    steps = (
        Step(
            "submit",
            "Send",
            submit_referral,
            why="The coordinator reads it next.",
            offered=lambda one: one.state == "draft",
        ),
        *transitions(REFERRAL_LIFE, decide_referral, "referral.decide", only=("triage", "accept", "decline", "ask")),
        Step(
            "match",
            "Match with a mentor",
            match_referral,
            offered=lambda one: one.state == "accepted",
            stands_in_the_way=lambda work, one: [Finding("Name the social worker.", rule="R-REF-2")],
        ),
    )


def furnish(console: Console) -> None:
    """Register the pages."""
    console.add_view(TownPeople, "Young people", label="Young people")
    console.add_view(TownSettings, "Settings", label="Schools", category="Set-up")
    console.add_view(TownReferrals, "Referrals", label="Referrals")
    console.add_view_no_menu(TownSpells)
