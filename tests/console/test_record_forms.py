"""Adding, changing, removing and moving records on their pages: one form, one act, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from cmcore.base.clock import StoppedClock
from cmcore.referrals.records import Referral
from cmcore.safekeeping.records import AuditEntry
from cmcore.virtual_schools.records import Setting
from cmcore.young_people.records import EducationSpell
from tests.console import town
from tests.console.visitor import Visitor

ADDED = {"name": "Tarn Barn Studio", "kind_of_setting": "alternative_provision", "in_area": "yes", "town": "Tarnside"}


def hidden(page: str) -> dict[str, str]:
    """What a page carries along."""
    from html import unescape

    found = re.findall(r'<input type="hidden" name="(cm-[^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def added(visitor: Visitor) -> str:
    """Add a setting, and say where its page is."""
    visitor.opens("/settings/add").sends("/settings/add", **ADDED)
    assert visitor.status == 303, visitor.page
    return visitor.answer.location


def test_a_record_is_added_by_its_form_and_one_lands_on_its_page(hester: Visitor) -> None:
    where = added(hester)
    page = hester.opens(where).page
    assert "Setting added." in page and "<h1>Tarn Barn Studio</h1>" in page
    assert "Setting added." not in hester.opens(where).page


def test_a_refused_form_keeps_what_was_typed_and_names_each_fault(hester: Visitor, engine: Engine) -> None:
    hester.opens("/settings/add").sends("/settings/add", name="Tarn Barn Studio", low_age="19", high_age="4")
    assert hester.status == 422
    assert 'value="Tarn Barn Studio"' in hester.page and "to put right" in hester.page
    with town.looking(engine) as work:
        assert work.db.scalar(select(func.count(Setting.id)).where(Setting.name == "Tarn Barn Studio")) == 0


def test_what_a_form_does_not_ask_is_not_taken(hester: Visitor, engine: Engine) -> None:
    hester.opens("/settings/add").sends("/settings/add", **ADDED, added_by_id="2", id="999", version="7", urn="123456")
    key = int(hester.answer.location.rpartition("/")[2])
    with town.looking(engine) as work:
        made = work.get(Setting, key)
        assert (made.added_by_id, made.urn, made.version) == (1, None, 1) and key != 999


def test_a_change_is_kept_and_written_down(hester: Visitor, engine: Engine) -> None:
    where = added(hester)
    page = hester.opens(f"{where}/edit").page
    assert 'value="Tarn Barn Studio"' in page
    hester.sends(f"{where}/edit", **{**ADDED, "name": "Tarn Barn"}, **hidden(page))
    assert hester.status == 303 and "<h1>Tarn Barn</h1>" in hester.opens(where).page
    with town.looking(engine) as work:
        acts = work.db.scalars(select(AuditEntry.act).where(AuditEntry.login == town.HESTER)).all()
    assert "setting.add" in acts and "setting.change" in acts


def test_the_second_of_two_people_sees_both_versions_and_loses_nothing(hester: Visitor, app: Flask) -> None:
    where = added(hester)
    other = Visitor(app).signs_in(town.HESTER)
    mine, theirs = hester.opens(f"{where}/edit").page, other.opens(f"{where}/edit").page
    other.sends(f"{where}/edit", **{**ADDED, "town": "Cinderwell"}, **hidden(theirs))
    assert other.status == 303
    hester.sends(f"{where}/edit", **{**ADDED, "name": "Tarn Barn Workshop"}, **hidden(mine))
    assert hester.status == 409
    assert "Two people changed this at once" in hester.page
    assert "Tarn Barn Workshop" in hester.page and "Cinderwell" in hester.page
    hester.sends(f"{where}/edit", **hidden(hester.page), **{"cm-keep.name": "yours", "cm-keep.town": "theirs"})
    assert hester.status == 303
    page = hester.opens(where).page
    assert "<h1>Tarn Barn Workshop</h1>" in page and "Cinderwell" in page


def test_a_change_without_the_version_it_was_made_on_is_not_kept(hester: Visitor) -> None:
    where = added(hester)
    hester.opens(f"{where}/edit").sends(f"{where}/edit", **{**ADDED, "name": "Overwritten"})
    assert hester.status == 409 and "Overwritten" in hester.page
    assert "<h1>Tarn Barn Studio</h1>" in hester.opens(where).page


@pytest.mark.parametrize("doing", ["edit", "remove"])
def test_what_is_settled_has_no_link_and_its_address_says_why(hester: Visitor, doing: str) -> None:
    assert f"/settings/1/{doing}" not in hester.opens("/settings/1").page
    page = hester.opens(f"/settings/1/{doing}").page
    assert hester.status == 422 and "comes from the public register of schools" in page
    assert "Bring in a newer register to change it." in page and 'name="name"' not in page
    hester.opens("/").sends(f"/settings/1/{doing}", **ADDED, **{"cm-version": "1"})
    assert hester.status == 422 and "comes from the public register of schools" in hester.page
    assert "<h1>Tarn Barn Studio</h1>" not in hester.opens("/settings/1").page


def test_removing_asks_first_and_takes_a_form(hester: Visitor) -> None:
    where = added(hester)
    page = hester.opens(f"{where}/remove").page
    assert "It cannot be brought back." in page and hester.opens(where).status == 200
    hester.opens(f"{where}/remove").sends(f"{where}/remove")
    assert hester.answer.location == "/settings/"
    assert hester.opens(where).status == 404


@pytest.mark.parametrize("doing", ["edit", "remove", "submit", "accept"])
def test_what_is_out_of_reach_is_not_found_whatever_is_done_with_it(app: Flask, hester: Visitor, doing: str) -> None:
    base = "/settings" if doing in ("edit", "remove") else "/referrals"
    where = added(hester) if base == "/settings" else referral(hester)
    piers = Visitor(app).signs_in(town.PIERS)
    assert piers.opens(f"{where}/{doing}").status == 404
    assert piers.opens("/").sends(f"{where}/{doing}").status == 404


def test_a_record_that_hangs_on_another_is_added_from_there(hester: Visitor, engine: Engine) -> None:
    page = hester.opens("/young-people/1").page
    address = "/spells/add?young_person_id=1"
    assert f'href="{address}"' in page
    assert "/spells/add" not in hester.opens("/spells/").page
    assert f'href="{address}"' in hester.opens("/spells/?young_person_id=1").page
    hester.opens(address).sends(
        address,
        **{
            "status": "enrolled",
            "setting_id": "2",
            "starts_on.day": "1",
            "starts_on.month": "9",
            "starts_on.year": "2026",
        },
    )
    assert hester.status == 303, hester.page
    with town.looking(engine) as work:
        made = work.db.scalars(select(EducationSpell).where(EducationSpell.setting_id == 2)).one()
        assert (made.young_person_id, made.authority_id) == (1, 1)


@pytest.mark.parametrize("asked", ["", "?young_person_id=2", "?young_person_id=x", "?young_person_id=99999"])
def test_a_record_is_not_hung_on_what_is_out_of_reach(hester: Visitor, asked: str) -> None:
    assert hester.opens(f"/spells/add{asked}").status == 404


def test_choosing_a_record_is_a_search_that_finds_ones_own_only(hester: Visitor) -> None:
    page = (
        hester.opens("/referrals/add")
        .sends("/referrals/add", **{"young_person_id.search": "Brindle", "cm-find": "young_person_id"})
        .page
    )
    found = re.findall(r'name="young_person_id" value="(\d+)"', page)
    assert found and all(int(number) % 2 == 1 for number in found) and len(found) <= 12
    assert "M.B. WR-" in page and "Brindle2" not in page


def test_a_record_chosen_by_hand_that_is_out_of_reach_is_not_taken(hester: Visitor, engine: Engine) -> None:
    hester.opens("/referrals/add").sends("/referrals/add", **{**REFERRAL, "young_person_id": "2"})
    assert hester.status == 422 and "not to be found" in hester.page
    with town.looking(engine) as work:
        assert work.db.scalar(select(func.count(Referral.id))) == 0


REFERRAL = {
    "young_person_id": "1",
    "programme_id": "1",
    "referrer_name": "Ros Amblewick, designated teacher",
    "received_on.day": "9",
    "received_on.month": "11",
    "received_on.year": "2026",
    "urgency": "routine",
    "reasons": "isolation",
    "outcomes": "confidence",
}


def referral(visitor: Visitor) -> str:
    """Write a referral, and say where its page is."""
    visitor.opens("/referrals/add")
    reason = re.search(r'name="reasons" value="([^"]+)"', visitor.page)
    assert reason
    visitor.sends("/referrals/add", **{**REFERRAL, "reasons": reason.group(1)})
    assert visitor.status == 303, visitor.page
    return visitor.answer.location


def test_a_page_offers_the_steps_its_state_allows_and_no_other(hester: Visitor) -> None:
    where = referral(hester)

    def steps() -> list[str]:
        return re.findall(r'<p class="cm-tasks__what">(?:<a[^>]*>)?([^<]+)', hester.opens(where).page)

    assert steps() == ["Send"]
    hester.opens(f"{where}/submit").sends(f"{where}/submit")
    assert hester.status == 303 and steps() == ["Start triage"]
    hester.opens(f"{where}/triage").sends(f"{where}/triage")
    assert steps() == ["Ask for more information", "Accept", "Decline"]
    hester.opens(f"{where}/accept").sends(f"{where}/accept")
    page = hester.opens(where).page
    assert steps() == ["Match with a mentor"]
    assert "Not yet. Name the social worker." in page and "Cannot be done yet" in page and "#R-REF-2" in page


def test_a_step_whose_time_is_over_is_not_taken(hester: Visitor) -> None:
    where = referral(hester)
    hester.opens(where).sends(f"{where}/accept")
    assert hester.status == 422 and "this cannot be done now" in hester.page
    assert "Draft" in hester.opens("/referrals/").page


def test_a_step_that_needs_a_reason_asks_for_it(hester: Visitor) -> None:
    where = referral(hester)
    for step in ("submit", "triage"):
        hester.opens(f"{where}/{step}").sends(f"{where}/{step}")
    hester.opens(f"{where}/decline").sends(f"{where}/decline")
    assert hester.status == 422 and 'name="reason"' in hester.page
    hester.sends(f"{where}/decline", reason="They would rather play football.")
    assert hester.status == 303 and "Declined" in hester.opens("/referrals/").page


def test_warnings_that_let_an_act_through_stand_on_the_next_page(hester: Visitor) -> None:
    where = referral(hester)
    hester.opens(f"{where}/submit").sends(f"{where}/submit")
    page = hester.opens(where).page
    assert "cm-flash--warn" in page and "Done: it is “Submitted” now." in page


def test_a_role_that_may_only_look_finds_no_way_to_write(app: Flask, engine: Engine) -> None:
    from cmcore.safekeeping.records import Membership

    with town.looking(engine) as work:
        work.add(Membership(authority_id=1, login=town.NOBODY, role="finance", active=True))
    nell = Visitor(app).signs_in(town.NOBODY)
    assert nell.opens("/settings/add").status == 403
    assert nell.opens("/referrals/").status == 403
    assert nell.opens("/").sends("/settings/add", **ADDED).status == 403


def test_somebody_in_two_authorities_says_first_for_which(app: Flask, engine: Engine) -> None:
    from cmcore.safekeeping.records import Membership

    with town.looking(engine) as work:
        work.add(Membership(authority_id=2, login=town.HESTER, role="coordinator", active=True))
    hester = Visitor(app).signs_in(town.HESTER)
    assert "2 virtual schools" in hester.page
    page = hester.opens("/settings/add").page
    assert "for which authority?" in page and "Otherham" in page
    hester.opens("/settings/add?authority_id=2").sends("/settings/add?authority_id=2", **ADDED)
    with town.looking(engine) as work:
        assert work.get(Setting, int(hester.answer.location.rpartition("/")[2])).added_by_id == 2
    assert "for which authority?" in hester.opens("/settings/add?authority_id=7").page


def test_what_was_typed_when_a_sign_in_ended_opens_again(hester: Visitor, clock: StoppedClock, engine: Engine) -> None:
    page = hester.opens("/settings/add").page
    clock.at += timedelta(minutes=25)
    hester.sends("/settings/add", **ADDED)
    assert hester.answer.location == "/sign-in?next=/settings/add&why=typed"
    assert "What you had typed is kept." in hester.opens(hester.answer.location).page
    hester.sends(hester.answer.request.full_path, username=town.HESTER, password=town.PASSWORD)
    assert hester.answer.location == "/settings/add"
    page = hester.opens("/settings/add").page
    assert 'value="Tarn Barn Studio"' in page and "This is what you had typed when you were signed out" in page
    with town.looking(engine) as work:
        assert work.db.scalar(select(func.count(Setting.id)).where(Setting.name == "Tarn Barn Studio")) == 0
    hester.sends("/settings/add", **ADDED)
    assert hester.status == 303
    assert 'value="Tarn Barn Studio"' not in hester.opens("/settings/add").page


def test_what_was_typed_opens_for_nobody_else(hester: Visitor, app: Flask, clock: StoppedClock) -> None:
    hester.opens("/settings/add")
    clock.at += timedelta(minutes=25)
    hester.sends("/settings/add", **ADDED)
    piers = Visitor(app).signs_in(town.PIERS)
    assert "Tarn Barn" not in piers.opens("/settings/add").page


def test_a_form_without_its_token_is_not_kept_when_a_sign_in_has_ended(hester: Visitor, clock: StoppedClock) -> None:
    clock.at += timedelta(minutes=25)
    hester.sends("/settings/add", token="", **ADDED)
    assert "why=idle" in hester.answer.location
    assert "Tarn Barn" not in hester.signs_in(town.HESTER).opens("/settings/add").page


def test_a_form_from_before_signing_in_again_opens_with_what_was_typed(hester: Visitor) -> None:
    page = hester.opens("/settings/add").page
    hester.sends("/sign-out").signs_in(town.HESTER)
    hester.sends("/settings/add", token=re.findall(r'name="csrf_token" value="([^"]+)"', page)[0], **ADDED)
    assert hester.status == 303 and hester.answer.location == "/settings/add"
    page = hester.opens("/settings/add").page
    assert 'value="Tarn Barn Studio"' in page and "It is not sent yet" in page
    hester.sends("/settings/add", token="made-up", **ADDED)
    assert hester.status == 400 and "Tarn Barn" not in hester.opens("/settings/add").page


def test_a_changed_record_opens_again_with_its_version(hester: Visitor, clock: StoppedClock) -> None:
    where = added(hester)
    page = hester.opens(f"{where}/edit").page
    clock.at += timedelta(minutes=25)
    hester.sends(f"{where}/edit", **{**ADDED, "name": "Tarn Barn"}, **hidden(page))
    hester.signs_in(town.HESTER)
    page = hester.opens(f"{where}/edit").page
    hester.sends(f"{where}/edit", **{**ADDED, "name": "Tarn Barn"}, **hidden(page))
    assert hester.status == 303 and "<h1>Tarn Barn</h1>" in hester.opens(where).page


def test_today_counts_what_waits_and_leads_to_it(hester: Visitor, app: Flask) -> None:
    assert "cm-queues__n" not in hester.opens("/").page
    referral(hester)
    page = hester.opens("/").page
    assert re.search(r'cm-queues__n">1</span>.*?<a href="/referrals/\?state=draft">Referrals to send</a>', page)
    assert "Referrals in triage" not in page and "Referrals to look into" not in page
    assert "Referrals to send" not in Visitor(app).signs_in(town.PIERS).page
