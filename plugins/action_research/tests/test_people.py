"""Partners refer into themes and see what became of their own; places are given in order; a mentor sees no theme."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cmcore.api import Enrolment, NotAllowed, NotFound, Work
from cmcore.api.acts import add_commission, add_referral, move_enrolment, submit_referral
from cmcore.testing import refused
from cmcore_action_research import partners, places, protocols
from cmcore_action_research.forms import DeclineAnswers, GiveAnswers, LeaveAnswers, RoundAnswers, TakeAnswers
from cmcore_action_research.people_records import ReferralPartner, StudyPlace, StudyReferral
from cmcore_action_research.records import ResearchStudy
from cmcore_action_research.themes import say, themes, told_in
from cmcore_action_research.words import Group
from plugins.action_research.tests.conftest import GIVEN, JOINED, PARTNER, Ground


def sent(ground: Ground) -> tuple[int, int]:
    """Somebody whom the partner referred: the keys of the referral and of the young person."""
    with ground.stage.work("operator") as work:
        person = ground.person(work, 20 + len(ground.people))
    with ground.partner() as work:
        made = ground.referred(work, person)
        work.db.flush()
        return made.id, person.id


def taken(ground: Ground, work: Work, referral_id: int, person_id: int) -> StudyPlace:
    """Taken into the study."""
    answers = TakeAnswers(young_person_id=person_id, joined_on=JOINED)
    return places.take_in(work, work.get(StudyReferral, referral_id), answers)


# ---- partners
def test_there_are_ten_themes_and_a_title_that_tells_one_is_seen() -> None:
    assert [one.number for one in themes().values()] == list(range(1, 11))
    assert say("gaming").startswith("7. ") and say("nothing") == "nothing"
    assert told_in("Young mums, crime and homelessness") == ["mums", "crime", "homelessness"]
    assert told_in("The summer of the museum and its minimum") == []


def test_a_partner_refers_and_sees_only_what_became_of_their_own(ground: Ground) -> None:
    ground.frozen()
    referral_id, person_id = sent(ground)
    with ground.partner() as work:
        assert partners.became(work.get(StudyReferral, referral_id)) == "Received. A coordinator reads it."
        assert work.db.scalars(select(StudyPlace)).all() == []
    with ground.stage.work("referrer", login="somebody.else") as work:
        with pytest.raises(NotFound):
            work.get(StudyReferral, referral_id)
        assert work.db.scalars(select(ReferralPartner)).all() == []
    with ground.stage.work() as work:
        taken(ground, work, referral_id, person_id)
        ground.joined(work, 5)
    with ground.partner() as work:
        assert partners.became(work.get(StudyReferral, referral_id)) == "In the study, waiting for a place."
        assert len(work.db.scalars(select(StudyPlace)).all()) == 1, "theirs, and not the other's"
    ground.round(1)
    with ground.partner() as work:
        assert "with a place since 12 November 2026" in partners.became(work.get(StudyReferral, referral_id))


def test_a_partner_refers_into_their_themes_while_they_are_one(ground: Ground) -> None:
    with ground.stage.work("operator") as work:
        person = ground.person(work, 1)
    with ground.partner() as work, refused(None, "No study is open now"):
        ground.referred(work, person)
    ground.frozen()
    with ground.partner() as work:
        with refused(None, "Which theme"):
            ground.referred(work, person, theme="gaming")
        with refused(None, "not been asked yet"):
            ground.referred(work, person, willing=False)
        assert ground.referred(work, person).ref == "WR-ST-0001"
    with ground.stage.work("referrer", login="somebody.else") as work, refused("R-STUDY-11", "not a referral partner"):
        ground.referred(work, person)
    with ground.stage.work() as work:
        partner = work.db.scalars(select(ReferralPartner)).one()
        ended = replace(partners.answers_of_partner(partner), ends_on=date(2026, 11, 1))
        partners.change_partner(work, partner, ended)
    with ground.partner() as work, refused("R-STUDY-11", "not a referral partner today"):
        ground.referred(work, person)


def test_a_partner_is_told_words_of_their_own_and_withdraws_with_a_reason(ground: Ground) -> None:
    ground.frozen()
    first, _ = sent(ground)
    with ground.partner() as work:
        with refused(None, "needs a reason"):
            partners.withdraw(work, work.get(StudyReferral, first))
        partners.withdraw(work, work.get(StudyReferral, first), reason="They moved away.")
    second, _ = sent(ground)
    told = DeclineAnswers(reason="Another study holds them.", said_to_partner="They are helped elsewhere.")
    with ground.stage.work() as work:
        partners.decline(work, work.get(StudyReferral, second), told)
    with ground.partner() as work:
        said = [partners.became(work.get(StudyReferral, key)) for key in (first, second)]
        assert said == ["Withdrawn.", "Not taken. They are helped elsewhere."]
        with pytest.raises(NotAllowed):
            partners.decline(work, work.get(StudyReferral, second), told)


# ---- into the study
def test_nobody_is_placed_started_or_measured_before_the_protocol_is_frozen(ground: Ground) -> None:
    with ground.stage.work("operator") as work, refused("R-STUDY-1", "before the protocol of the study is frozen"):
        ground.joined(work, 1)
    with ground.stage.work("operator") as work:
        story = replace(ground.story)
        story.accepted(work)
    with ground.stage.work() as work:
        with refused("R-STUDY-1", "Nobody is measured before"):
            story.scored(work, date(2026, 11, 10))
        story.commissioned(work)
        with refused("R-STUDY-1", "Nobody starts before"):
            move_enrolment(work, work.get(Enrolment, story.enrolment_id), "start")


def test_nobody_joins_or_starts_without_a_permission_for_research(ground: Ground) -> None:
    ground.frozen()
    with ground.stage.work("operator") as work, refused("R-STUDY-4", "no permission for research"):
        ground.joined(work, 1, permitted=False)
    [place_id] = ground.lined_up(1)
    ground.round(1)
    with ground.stage.work() as work:
        assert ground.begun(work, work.get(StudyPlace, place_id)).state == "active"


def test_whoever_is_in_line_does_not_start(ground: Ground) -> None:
    ground.frozen()
    [place_id] = ground.lined_up(1)
    ground.stage.on(GIVEN)
    with ground.stage.work() as work, refused(None, "still in line"):
        ground.begun(work, work.get(StudyPlace, place_id))


def test_somebody_else_of_the_same_name_is_not_taken_in_nor_anybody_twice(ground: Ground) -> None:
    ground.frozen()
    referral_id, person_id = sent(ground)
    with ground.stage.work("operator") as work:
        other = ground.person(work, 3, date(2009, 1, 1))
    with ground.stage.work() as work:
        with refused(None, "born on another day"):
            taken(ground, work, referral_id, other.id)
        taken(ground, work, referral_id, person_id)
    with ground.partner() as work:
        again = ground.referred(work, other, born_on=date(2010, 3, 1))
        work.db.flush()
        key = again.id
    with ground.stage.work() as work, refused(None, "in this study already"):
        taken(ground, work, key, person_id)


def test_an_age_the_protocol_is_not_for_is_pointed_out(ground: Ground) -> None:
    ground.frozen()
    with ground.stage.work("operator") as work:
        ground.joined(work, 1, born_on=date(2014, 1, 1))
        assert [one.rule for one in work.warnings] == ["R-STUDY-7"]


# ---- places
def test_places_are_given_in_order_and_the_others_wait_and_are_measured(ground: Ground) -> None:
    ground.frozen()
    first, second, third = ground.lined_up(3)
    with ground.stage.work() as work:
        ground.of(work.get(StudyPlace, second)).scored(work, date(2026, 11, 10))
    ground.round(1)
    with ground.stage.work() as work:
        groups = [work.get(StudyPlace, key).place_group for key in (first, second, third)]
        assert groups == [Group.mentored, Group.waiting, Group.waiting]
        with refused("R-STUDY-5", "1 young person joined earlier and still waits"):
            places.give_place(work, work.get(StudyPlace, third), GiveAnswers(given_on=GIVEN, out_of_order_because=""))
        reason = GiveAnswers(given_on=GIVEN, out_of_order_because="Their school ends in a month.")
        given = places.give_place(work, work.get(StudyPlace, third), reason)
        assert (given.state, given.place_group) == ("given", Group.waiting)
        assert [one.rule for one in work.warnings] == ["R-STUDY-6"], "never measured"
    ground.stage.on(GIVEN + timedelta(weeks=12))
    with ground.stage.work() as work:
        waited = work.get(StudyPlace, second)
        ground.of(waited).scored(work, GIVEN + timedelta(weeks=11), *("interim", 3))
        places.give_round(work, ground.study(work), RoundAnswers(many=1, given_on=GIVEN + timedelta(weeks=12)))
        assert (waited.state, waited.place_group, waited.out_of_order_because) == ("given", Group.waiting, "")
        assert not [one for one in work.warnings if one.rule == "R-STUDY-6"]
        with refused(None, "Nobody is in line"):
            places.give_round(work, ground.study(work), RoundAnswers(many=1, given_on=GIVEN))


def test_no_more_places_are_given_than_the_protocol_has(ground: Ground) -> None:
    from plugins.action_research.tests.conftest import PROTOCOL

    with ground.stage.work() as work:
        protocols.change_protocol(work, ground.protocol(work), replace(PROTOCOL, places=2))
    ground.frozen()
    ground.lined_up(3)
    ground.stage.on(GIVEN)
    with ground.stage.work() as work, refused(None, "The protocol has 2 places, and 0 are taken"):
        places.give_round(work, ground.study(work), RoundAnswers(many=3, given_on=GIVEN))


def test_whoever_leaves_stays_known_with_the_reason(ground: Ground) -> None:
    ground.frozen()
    [place_id] = ground.lined_up(1)
    with ground.stage.work() as work:
        told = LeaveAnswers(left_on=JOINED, reason="They no longer want to.")
        assert places.leave(work, work.get(StudyPlace, place_id), told).state == "left"


def test_hours_beyond_the_protocol_are_pointed_out_and_within_it_are_not(ground: Ground) -> None:
    ground.frozen()
    [place_id] = ground.lined_up(1)
    ground.round(1)
    with ground.stage.work() as work:
        story = ground.of(work.get(StudyPlace, place_id))
        add_commission(work, story.commission_form(hours=24))
        assert not [one for one in work.warnings if one.rule == "R-STUDY-7"]
        add_commission(work, story.commission_form(hours=30))
        assert "30 hours in all, where the protocol plans 24" in [
            one.message.rstrip(".") for one in work.warnings if one.rule == "R-STUDY-7"
        ]


# ---- what others see
def test_a_theme_stands_in_no_referral_that_a_mentor_reads(ground: Ground) -> None:
    with ground.stage.work() as work:
        referral = add_referral(work, ground.story.referral_form())
        referral.theme = "gaming"
        with refused("R-STUDY-9", "does not stand in a referral that mentors read"):
            submit_referral(work, referral)
        referral.theme = ""
        assert submit_referral(work, referral).state == "submitted"


def test_a_mentor_and_another_authority_reach_no_theme(ground: Ground) -> None:
    ground.frozen()
    referral_id, person_id = sent(ground)
    with ground.stage.work() as work:
        place = taken(ground, work, referral_id, person_id)
        work.db.flush()
        place_id = place.id
    ground.round(1)
    with ground.stage.work() as work:
        ground.begun(work, work.get(StudyPlace, place_id))
    with ground.stage.work("mentor", mentor_id=ground.story.mentor_id) as work:
        assert work.get(StudyPlace, place_id).state == "given", "their checks find it"
        assert not work.may("action_research_place.see")
        with pytest.raises(NotFound):
            work.get(StudyReferral, referral_id)
        assert ground.of(work.get(StudyPlace, place_id)).scored(work, GIVEN).state == "final"
    elsewhere = ground.stage.authority("991", "Quillshire", "QU")
    with ground.stage.work(authority_id=elsewhere) as work:
        for record in (ResearchStudy, StudyReferral, StudyPlace, ReferralPartner):
            assert work.db.scalars(select(record)).all() == []
    for role in ("evaluator", "finance", "administrator"):
        with ground.stage.work(role) as work:
            for record in (StudyReferral, StudyPlace, ReferralPartner):
                assert work.db.scalars(select(record)).all() == [], role


def test_a_theme_is_masked_in_the_audit(ground: Ground) -> None:
    from cmcore.safekeeping.records import AuditEntry

    ground.frozen()
    sent(ground)
    with ground.stage.work("operator") as work:
        entries = work.db.scalars(
            select(AuditEntry).where(AuditEntry.kind_of_record == "action_research_referral")
        ).all()
        assert entries and not any("mental_health" in str(one.detail) for one in entries)
        assert PARTNER in str(entries[0].detail)
