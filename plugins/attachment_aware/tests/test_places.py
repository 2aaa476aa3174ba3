"""A school applies, waits its turn, is offered a place, accepts, gives it back: never more places than there are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import select

from cmcore.api import NotAllowed, NotFound, Refused
from cmcore.testing import refused
from cmcore_attachment_aware import cohorts, queries, schools
from cmcore_attachment_aware.forms import OfferAnswers, ToldAnswers
from cmcore_attachment_aware.records import AwareCohort, AwarePlace
from plugins.attachment_aware.tests.conftest import COHORT, OFFER, Year, application


def test_a_school_applies_for_itself_once_and_with_its_head_teachers_agreement(year: Year) -> None:
    own, other = year.settings[:2]
    with year.school() as work:
        cohort = year.cohort(work)
        with refused(None, "You apply for your own school"):
            schools.apply_for(work, cohort, application(other))
        with refused("R-AAS-2", "has not agreed"):
            schools.apply_for(work, cohort, application(own, head_agrees=False))
        assert schools.apply_for(work, cohort, application(own)).state == "applied"
        with refused("R-AAS-4", "applied, cohort 2026-27"):
            schools.apply_for(work, cohort, application(own))
    with year.stage.work() as work:
        schools.apply_for(work, year.cohort(work), application(other))
        place = schools.decline_application(work, year.place(work, 1), "Too far away this year.")
        assert (place.state, place.ended_on) == ("declined", date(2026, 11, 10))
        with refused("R-AAS-4", "declined"):
            schools.apply_for(work, year.cohort(work), application(other))


def test_the_line_is_kept_in_order_and_nobody_is_passed_without_a_word(year: Year) -> None:
    year.apply(0, 1, 2, 3)
    year.wait(2, 0, 1)
    with year.stage.work() as work:
        line = [one.setting_id for one in queries.places_of(work, year.cohort(work)) if one.state == "waiting"]
        assert line == [year.settings[each] for each in (2, 0, 1)] and year.cohort(work).waiting == 3
        with refused("R-AAS-3", "Tarnside Primary School waited longer."):
            schools.offer_place(work, year.place(work), OFFER)
        with refused("R-AAS-3", "waited longer"):
            schools.offer_place(work, year.place(work, 3), OFFER)
    with year.stage.work() as work:
        first = schools.offer_next(work, year.cohort(work), OFFER)
        assert first.setting_id == year.settings[2] and first.in_line is None
        passed = schools.offer_place(
            work, year.place(work, 1), OfferAnswers(answer_by_on=None, out_of_turn="It closes.")
        )
        assert (passed.out_of_turn, year.cohort(work).taken, year.cohort(work).waiting) == ("It closes.", 2, 1)
        with refused("R-AAS-1", "2 places, and 3 would be taken"):
            schools.offer_next(work, year.cohort(work), OFFER)


def test_who_moves_up_is_decided_by_a_person_and_told(year: Year) -> None:
    year.apply(0, 1, 2)
    with year.stage.work() as work:
        for each in (0, 1):
            schools.offer_place(work, year.place(work, each), OFFER)
    year.wait(2)
    with year.stage.work() as work:
        assert not list(work.db.scalars(select(AwareCohort.id).where(queries.may_move_up(work))))
    with year.school() as work:
        schools.withdraw_school(work, year.place(work), "Our head teacher leaves.")
    with year.stage.work() as work:
        assert list(work.db.scalars(select(AwareCohort.id).where(queries.may_move_up(work)))) == [year.cohort_id]
        assert year.place(work, 2).state == "waiting"
        moved = schools.offer_next(work, year.cohort(work), OFFER)
        waits = select(AwarePlace.id).where(queries.to_tell())
        assert moved.id in list(work.db.scalars(waits))
        with refused(None, "still to come"):
            schools.say_told(work, moved, ToldAnswers(told_on=date(2026, 11, 11)))
        schools.say_told(work, moved, ToldAnswers(told_on=date(2026, 11, 10)))
        assert moved.id not in list(work.db.scalars(waits))


def test_two_who_offer_the_last_place_at_once_give_one_place_between_them(year: Year) -> None:
    year.apply(0, 1, 2)
    with year.stage.work() as work:
        schools.offer_place(work, year.place(work, 2), OFFER)
    together = Barrier(2, timeout=20)

    def offers(number: int) -> str:
        with year.stage.work() as work:
            place = year.place(work, number)
            assert year.cohort(work).free == 1
            together.wait()
            try:
                return schools.offer_place(work, place, OFFER).state
            except Refused as refusal:
                work.undo()
                return str(refusal.findings[0].rule)

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(offers, (0, 1))) == ["R-AAS-1", "offered"]
    with year.stage.work() as work:
        assert (year.cohort(work).taken, year.cohort(work).free) == (2, 0)


def test_two_who_offer_the_same_school_at_once_take_one_place(year: Year) -> None:
    year.apply(0)
    together = Barrier(2, timeout=20)

    def offers(_: int) -> str:
        with year.stage.work() as work:
            place = year.place(work)
            together.wait()
            try:
                return schools.offer_place(work, place, OFFER).state
            except Refused as refusal:
                work.undo()
                return "not possible" if "not possible while" in refusal.findings[0].message else str(refusal)

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(offers, (0, 1))) == ["not possible", "offered"]
    with year.stage.work() as work:
        assert year.cohort(work).taken == 1


def test_fewer_places_than_are_taken_are_refused_by_the_action_and_by_the_database(year: Year) -> None:
    year.join(0, 1)
    with year.stage.work() as work:
        with refused("R-AAS-1", "There is 1 place, and 2 would be taken"):
            cohorts.change_cohort(work, year.cohort(work), replace(COHORT, places=1))
        cohorts.change_cohort(work, year.cohort(work), replace(COHORT, places=3))
        with refused(None, "is not in the academic year"):
            cohorts.open_cohort(work, replace(COHORT, year=2027))
        with refused(None, "schools in the programme"):
            cohorts.remove_cohort(work, year.cohort(work))
    with pytest.raises(Refused, match="database refused"), year.stage.work() as work:
        work.change(year.cohort(work), taken=4)


def test_an_offer_nobody_answers_is_listed_and_a_school_that_leaves_gives_its_place_back(year: Year) -> None:
    year.apply(0)
    with year.stage.work() as work:
        schools.offer_place(work, year.place(work), OFFER)
        assert not list(work.db.scalars(select(AwarePlace.id).where(queries.unanswered(work))))
    year.stage.on(date(2026, 11, 26))
    with year.stage.work() as work:
        assert len(list(work.db.scalars(select(AwarePlace.id).where(queries.unanswered(work))))) == 1
    with year.school() as work:
        place = schools.accept_place(work, year.place(work))
        assert (place.state, place.joined_on) == ("in_cohort", date(2026, 11, 26))
        with refused(None, "needs a reason"):
            schools.withdraw_school(work, place, "")
        schools.withdraw_school(work, place, "The school closes.")
        assert year.cohort(work).taken == 0


def test_a_school_sees_its_own_place_and_no_other_and_decides_nothing(year: Year) -> None:
    year.apply(0, 1)
    with year.stage.work() as work:
        theirs = year.place(work, 1).id
    with year.school() as work:
        assert [one.setting_id for one in work.db.scalars(select(AwarePlace))] == [year.settings[0]]
        with pytest.raises(NotFound):
            work.get(AwarePlace, theirs)
        with pytest.raises(NotAllowed):
            schools.offer_place(work, year.place(work), OFFER)
    with year.stage.work("referrer", login="social.worker") as work:
        assert not list(work.db.scalars(select(AwarePlace)))
        with refused(None, "your own school"):
            schools.apply_for(work, year.cohort(work), application(year.settings[2]))
    with year.stage.work("mentor", mentor_id=1) as work:
        assert not list(work.db.scalars(select(AwarePlace)))
    other = year.stage.authority("991", "Quillshire", "QU")
    with year.stage.work(authority_id=other) as work:
        assert not list(work.db.scalars(select(AwarePlace))) and not list(work.db.scalars(select(AwareCohort)))
        with pytest.raises(NotFound):
            work.get(AwarePlace, theirs)
    with year.stage.work("referrer", authority_id=other, setting_id=year.settings[0]) as work:
        assert not list(work.db.scalars(select(AwarePlace)))
