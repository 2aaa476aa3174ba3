"""The adults around a young person: who they are, on which day, in which role."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cmcore.network import queries
from cmcore.network.actions import add_supporting_adult, change_supporting_adult
from cmcore.network.forms import SupportingAdultAnswers
from cmcore.network.words import AdultRole
from cmcore.testing import Stage, refused
from tests.cmcore.roster import KINDS, a_young_person

BRAM: SupportingAdultAnswers = KINDS["supporting_adult"].answers


def test_somebody_called_in_an_emergency_without_a_number_is_warned_of(stage: Stage) -> None:
    with stage.work() as work:
        person = a_young_person(work)
        add_supporting_adult(work, person, replace(BRAM, emergency_contact=True))
        assert work.warnings == []
        add_supporting_adult(work, person, replace(BRAM, emergency_contact=True, phone=""))
        assert [one.place for one in work.warnings] == ["phone"]


def test_a_place_out_of_reach_and_days_out_of_order_are_refused(stage: Stage) -> None:
    with stage.work() as work:
        person = a_young_person(work)
        with refused(None, "That setting was not found."):
            add_supporting_adult(work, person, replace(BRAM, setting_id=999_999))
        adult = add_supporting_adult(work, person, BRAM)
        with refused(None, "is before the first"):
            change_supporting_adult(work, adult, replace(BRAM, starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1)))
        with refused(None, "is not an e-mail address"):
            change_supporting_adult(work, adult, replace(BRAM, email="bram at home"))


def test_the_adults_of_a_day_are_told_by_role_emergency_contacts_first(stage: Stage) -> None:
    with stage.work() as work:
        person = a_young_person(work)
        add_supporting_adult(work, person, replace(BRAM, name="Alder Fernsby", ends_on=date(2026, 8, 31)))
        add_supporting_adult(work, person, replace(BRAM, name="Bram Thistlewood", starts_on=date(2026, 9, 1)))
        carer = SupportingAdultAnswers(
            role=AdultRole.foster_carer, name="Ivy Pennycress", phone="01632 960 300", emergency_contact=True
        )
        add_supporting_adult(work, person, carer)
        add_supporting_adult(work, a_young_person(work), BRAM)

        def names(*roles: AdultRole, on: date | None = None) -> list[str]:
            return [one.name for one in queries.adults_of(work, person, roles, on)]

        assert names() == ["Ivy Pennycress", "Bram Thistlewood"]
        assert names(AdultRole.social_worker) == ["Bram Thistlewood"]
        assert names(AdultRole.social_worker, on=date(2026, 8, 31)) == ["Alder Fernsby"]
        assert names(AdultRole.parent) == []


def test_adults_are_found_by_name_and_team_also_of_one_young_person(stage: Stage) -> None:
    with stage.work() as work:
        person, other = a_young_person(work), a_young_person(work)
        bram = add_supporting_adult(work, person, replace(BRAM, organisation="Wrenfold team"))
        add_supporting_adult(work, other, BRAM)
        assert len(queries.find(work, "thistle")) == 2
        assert queries.find(work, "thistle", person=person) == [bram] == queries.find(work, "bram wrenfold")
