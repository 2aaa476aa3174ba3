"""Permissions: by whom, until when, and what a withdrawal, a refusal and an eighteenth birthday do to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cmcore.base.policy import Policy
from cmcore.consents import rules
from cmcore.consents.actions import add_consent, change_consent, withdraw_consent
from cmcore.consents.forms import ConsentAnswers, WithdrawAnswers
from cmcore.consents.queries import is_permitted, lapse_at_18, phone_for, what_permissions_say
from cmcore.consents.records import Consent
from cmcore.consents.rules import Decided
from cmcore.consents.words import ConsentKind, Decider, Decision
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage, refused
from cmcore.testing.story import Story
from cmcore.young_people.records import YoungPerson
from tests.cmcore.roster import a_young_person

#: A day in the life of somebody born on 20 December 2008: eighteen in forty days.
BORN, TODAY, OF_AGE = date(2008, 12, 20), date(2026, 11, 10), date(2026, 12, 20)
PICTURES = ConsentAnswers(
    kind_of_use=ConsentKind.media_public,
    decision=Decision.given,
    decided_by=Decider.social_worker,
    starts_on=date(2026, 1, 5),
    ends_on=None,
    withdrawn_on=None,
)
POLICY = Policy.load()


def permitted(work: Work, person: YoungPerson, on: date = TODAY) -> bool:
    return is_permitted(work, person, ConsentKind.media_public, on)


def test_a_social_worker_decides_before_the_birthday_and_the_young_person_from_it(stage: Stage) -> None:
    with stage.work() as work:
        person = a_young_person(work, born_on=BORN)
        add_consent(work, person, PICTURES)
        with refused("R-CON-1", "Until 20 December 2026, the 18th birthday, the social worker decides"):
            add_consent(work, person, replace(PICTURES, decided_by=Decider.young_person))
        with refused("R-CON-1", "the young person decides"):
            add_consent(work, person, replace(PICTURES, starts_on=OF_AGE))
        add_consent(work, person, replace(PICTURES, starts_on=OF_AGE, decided_by=Decider.young_person))
        assert permitted(work, person) and permitted(work, person, OF_AGE)


def test_a_social_workers_permission_stops_on_the_birthday_with_the_reason_said(stage: Stage) -> None:
    with stage.work() as work:
        person = a_young_person(work, born_on=BORN)
        add_consent(work, person, PICTURES)
        assert permitted(work, person, OF_AGE - timedelta(days=1)) and not permitted(work, person, OF_AGE)
        said = what_permissions_say(work, person, ConsentKind.media_public, OF_AGE)
        assert [one.rule for one in said] == ["R-CON-2"]


def test_without_a_permission_nothing_is_used_and_another_kind_does_not_help(stage: Stage) -> None:
    with stage.work() as work:
        person = a_young_person(work, born_on=BORN)
        add_consent(work, person, replace(PICTURES, kind_of_use=ConsentKind.media_capture))
        assert [one.rule for one in what_permissions_say(work, person, ConsentKind.media_public, TODAY)] == ["R-CON-3"]
        assert what_permissions_say(work, person, ConsentKind.media_capture, TODAY) == []


def test_taking_it_back_holds_at_once(stage: Stage) -> None:
    with stage.work() as work:
        person = a_young_person(work, born_on=BORN)
        consent = add_consent(work, person, PICTURES)
        with refused(None, "That day is still to come"):
            withdraw_consent(work, consent, WithdrawAnswers(withdrawn_on=date(2026, 11, 11)))
        with refused(None, "It had not begun then"):
            withdraw_consent(work, consent, WithdrawAnswers(withdrawn_on=date(2026, 1, 4)))
        withdraw_consent(work, consent, WithdrawAnswers(withdrawn_on=TODAY))
        assert not permitted(work, person) and permitted(work, person, TODAY - timedelta(days=1))


def test_what_was_written_down_wrongly_can_be_put_right_under_the_same_rule(stage: Stage) -> None:
    with stage.work() as work:
        person = a_young_person(work, born_on=BORN)
        consent = add_consent(work, person, PICTURES)
        change_consent(work, consent, replace(PICTURES, ends_on=date(2026, 6, 30)))
        assert not permitted(work, person)
        with refused("R-CON-1", "the social worker decides"):
            change_consent(work, consent, replace(PICTURES, decided_by=Decider.young_person))


def test_those_that_end_at_eighteen_are_told_sixty_days_before(stage: Stage) -> None:
    with stage.work() as work:
        person = a_young_person(work, born_on=BORN)
        soon = add_consent(work, person, PICTURES)
        add_consent(work, a_young_person(work, born_on=date(2012, 1, 1)), PICTURES)
        found = work.db.scalars(select(Consent).where(lapse_at_18(work))).all()
        assert found == [soon]
        add_consent(work, person, replace(PICTURES, starts_on=OF_AGE, decided_by=Decider.young_person))
        assert work.db.scalars(select(Consent).where(lapse_at_18(work))).all() == []
    stage.on(OF_AGE - timedelta(days=61))
    with stage.work() as work:
        assert work.db.scalars(select(Consent).where(lapse_at_18(work))).all() == []


def test_a_mentor_is_shown_their_number_only_with_permission(stage: Stage) -> None:
    story = Story.begin(stage)
    with stage.work("operator") as work:
        story.started(work)
        person = work.get(YoungPerson, story.person_id)
        work.change(person, phone="07700 900111")
    stage.on(date(2026, 11, 11))
    with stage.work("mentor", mentor_id=story.mentor_id) as work:
        assert phone_for(work, work.get(YoungPerson, story.person_id)) == ""
    with stage.work() as work:
        person = work.get(YoungPerson, story.person_id)
        assert phone_for(work, person) == "07700 900111"
        assert [one.rule for one in what_permissions_say(work, person, ConsentKind.phone_contact, TODAY)] == ["R-CON-4"]
        add_consent(work, person, replace(PICTURES, kind_of_use=ConsentKind.phone_contact))
    with stage.work("mentor", mentor_id=story.mentor_id) as work:
        assert phone_for(work, work.get(YoungPerson, story.person_id)) == "07700 900111"


DECISIONS = st.builds(
    Decided,
    kind=st.sampled_from(["media_public", "transport"]),
    by=st.sampled_from(list(Decider)),
    decision=st.sampled_from(list(Decision)),
    starts_on=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    ends_on=st.none() | st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    withdrawn_on=st.none() | st.dates(date(2024, 1, 1), date(2028, 12, 31)),
)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@given(st.lists(DECISIONS, max_size=6), DAYS, st.randoms())
def test_the_order_in_which_decisions_were_written_down_changes_nothing(
    decisions: list[Decided], on: date, chance: object
) -> None:
    told = rules.in_force(decisions, "transport", on, BORN)
    chance.shuffle(decisions)  # type: ignore[attr-defined]
    assert rules.in_force(decisions, "transport", on, BORN) is told


@given(st.lists(DECISIONS, max_size=6), DAYS, DECISIONS)
def test_a_later_refusal_always_ends_it(decisions: list[Decided], on: date, last: Decided) -> None:
    last = replace(last, kind="transport", decision=Decision.refused, starts_on=on)
    assert not rules.in_force([*decisions, last], "transport", on, BORN)


@given(st.lists(DECISIONS, max_size=6), DAYS)
def test_a_use_is_refused_with_a_rule_exactly_where_it_is_not_permitted(decisions: list[Decided], on: date) -> None:
    said = rules.may_use(decisions, ConsentKind.media_public, on, BORN, POLICY)
    assert bool(said) is not rules.in_force(decisions, "media_public", on, BORN)


@pytest.mark.parametrize(
    ("born", "of_age"), [(date(2008, 2, 29), date(2026, 3, 1)), (date(2008, 8, 31), date(2026, 8, 31))]
)
def test_birthdays_that_are_easy_to_get_wrong(born: date, of_age: date) -> None:
    assert rules.may_decide("social_worker", of_age - timedelta(days=1), born, POLICY) == []
    assert rules.may_decide("young_person", of_age, born, POLICY) == []
    assert rules.may_decide("social_worker", of_age, born, POLICY)
