"""A journey goes from registration to an award and the next one; its plan is tied to the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

import cmcore_artsmark
from cmcore.api import LONDON, Authority, CalendarEntry, NotAllowed, Period, calendar_entries, counted
from cmcore.testing import a_plugin, plugged, refused
from cmcore_artsmark import commitments, journeys, queries
from cmcore_artsmark.forms import (
    AchievedAnswers,
    AwardAnswers,
    ClaimedAnswers,
    CommittedAnswers,
    DoneAnswers,
    ItemAnswers,
    JudgementAnswers,
)
from cmcore_artsmark.records import ArtsmarkCommitment, ArtsmarkItem, ArtsmarkJourney, ArtsmarkJudgement
from cmcore_artsmark.words import At, Criterion, Judgement, Level
from plugins.artsmark.tests.conftest import DUE, JUDGED, SENT, Way, promise, registered

ITEM = ItemAnswers(what="Ask the theatre.", owner="Hester Quillmarsh", due_on=date(2027, 2, 1), entry=None)
ACHIEVED = AchievedAnswers(achieved_on=date(2026, 11, 10), achieved="They come back.")


def test_the_whole_way_to_an_award_and_its_renewal(way: Way) -> None:
    way.sent()
    with way.stage.work() as work:
        first = commitments.move_commitment(work, way.first(work), "start")
        commitments.achieve(work, first, ACHIEVED)
        assert [one.rule for one in work.warnings] == ["R-AM-8"]
    way.stage.on(date(2028, 6, 1))
    with way.stage.work() as work:
        journey = way.journey(work)
        assert list(work.db.scalars(select(ArtsmarkJourney.id).where(queries.impact_waits(work)))) == [journey.id]
        journeys.send_impact(work, journey, ClaimedAnswers(claimed_on=date(2028, 5, 30)))
        assert not list(work.db.scalars(select(ArtsmarkJourney.id).where(queries.impact_waits(work))))
        journeys.award(work, journey, AwardAnswers(level=Level.gold, awarded_on=date(2028, 5, 31)))
        assert (journey.state, journey.level, journey.award_until) == ("awarded", "gold", date(2030, 5, 30))
        assert not list(work.db.scalars(select(ArtsmarkJourney.id).where(queries.award_waits(work))))
        with refused(None, "Awarded"):
            commitments.add_commitment(work, journey, promise())
    way.stage.on(date(2029, 12, 1))
    with way.stage.work() as work:
        journey = way.journey(work)
        assert list(work.db.scalars(select(ArtsmarkJourney.id).where(queries.award_waits(work)))) == [journey.id]
        again = journeys.renew(work, journey)
        assert (journey.state, again.state, again.renews_id) == ("renewed", "registered", journey.id)
        assert [one.id for one in queries.journeys_of(work, journey.authority_id)] == [again.id]


def test_each_step_waits_for_the_one_before(way: Way) -> None:
    with way.stage.work() as work:
        journey = way.journey(work)
        with refused(None, "not possible while"):
            journeys.send_commitment(work, journey, CommittedAnswers(committed_on=SENT, impact_due_on=DUE))
        work.db.delete(queries.judgements_of(work, journey)[0])
        work.db.flush()
        with refused(None, "Values and ethos: not judged yet."):
            journeys.assess(work, journey)
    with way.stage.work() as work:
        other = registered(work, way.stage.authority_id, way.story.setting_id)
        assert other.whose == "Quillen Tarn School"
        with refused(None, "under way already"):
            registered(work, way.stage.authority_id)
        with refused(None, "There is no commitment yet"):
            journeys.send_commitment(work, other, CommittedAnswers(committed_on=SENT, impact_due_on=DUE))
        with refused(None, "needs a reason"):
            journeys.move_journey(work, other, "withdraw")
        journeys.move_journey(work, other, "withdraw", "The school closes.")
        with refused(None, "has more to say"):
            journeys.move_journey(work, other, "award")


def test_days_that_cannot_be_are_refused(way: Way) -> None:
    with way.stage.work() as work:
        journey = journeys.assess(work, way.journey(work))
        sent = CommittedAnswers(committed_on=SENT, impact_due_on=DUE)
        with refused("R-AM-3", "2 years"):
            journeys.send_commitment(work, journey, replace(sent, impact_due_on=date(2028, 11, 3)))
        with refused(None, "still to come"):
            journeys.send_commitment(work, journey, replace(sent, committed_on=date(2026, 12, 1)))
        journeys.send_commitment(work, journey, sent)
        with refused("R-AM-1", "nothing to claim"):
            journeys.send_impact(work, journey, ClaimedAnswers(claimed_on=date(2026, 11, 9)))


def test_a_criterion_is_judged_again_until_it_was_sent(way: Way) -> None:
    gold = JudgementAnswers(
        criterion=Criterion.offer, at=At.start, judged_on=JUDGED, judgement=Judgement.gold, said="More."
    )
    with way.stage.work() as work:
        journeys.judge(work, way.journey(work), gold)
        asked = select(ArtsmarkJudgement).where(ArtsmarkJudgement.criterion == "offer")
        assert [one.judgement for one in work.db.scalars(asked)] == ["gold"]
    way.sent()
    with way.stage.work() as work:
        with refused(None, "Statement of Commitment sent"):
            journeys.judge(work, way.journey(work), gold)
        journeys.judge(work, way.journey(work), replace(gold, at=At.end))


def test_a_commitment_is_dropped_with_a_reason_and_taken_up_again(way: Way) -> None:
    way.sent()
    with way.stage.work() as work:
        second = way.second(work)
        with refused(None, "needs a reason"):
            commitments.move_commitment(work, second, "drop")
        commitments.move_commitment(work, second, "drop", "No council this year.")
        with refused(None, "Dropped"):
            commitments.change_commitment(work, second, promise("Another goal"))
        with refused(None, "promised already"):
            commitments.remove_commitment(work, second)
        commitments.move_commitment(work, second, "reopen", "They asked for it.")
        with refused(None, "still to come"):
            commitments.achieve(work, second, replace(ACHIEVED, achieved_on=date(2027, 1, 1)))
        commitments.achieve(work, second, ACHIEVED)
        commitments.move_commitment(work, second, "reopen", "It stopped.")
        assert (second.state, second.achieved_on) == ("under_way", None)


def test_what_is_past_its_day_waits(way: Way) -> None:
    with way.stage.work() as work:
        item = commitments.add_item(work, way.first(work), ITEM)
        key = item.id
    way.stage.on(date(2027, 7, 1))
    with way.stage.work() as work:
        late = select(ArtsmarkCommitment.id).where(queries.commitment_waits(work))
        assert sorted(work.db.scalars(late)) == [way.first_id, way.second_id]
        assert list(work.db.scalars(select(ArtsmarkItem.id).where(queries.item_waits(work)))) == [key]
        commitments.item_done(work, work.get(ArtsmarkItem, key), DoneAnswers(done_on=date(2027, 6, 1)))
        assert not list(work.db.scalars(select(ArtsmarkItem.id).where(queries.item_waits(work))))


def test_the_plan_is_tied_to_the_calendar_of_other_plugins_and_its_days_stand_in_it(way: Way) -> None:
    def fairs(work: Any, authority: Any, period: Any) -> list[CalendarEntry]:
        at = datetime(2027, 3, 20, 10, tzinfo=LONDON)
        return [CalendarEntry(kind="fairs_day", record_id=7, title="Spring fair", starts_at=at, place="Town hall")]

    with plugged(cmcore_artsmark, a_plugin("fairs", cm_calendar_entries=fairs)), way.stage.work() as work:
        first = way.first(work)
        assert [one.key for one in commitments.entries_to_tie(work, first.authority_id)] == ["fairs_day-7"]
        with refused(None, "is not one of the answers"):
            commitments.add_item(work, first, replace(ITEM, entry="fairs_day-8"))
        item = commitments.add_item(work, first, replace(ITEM, entry="fairs_day-7"))
        assert (item.entry_title, item.entry_on) == ("Spring fair", date(2027, 3, 20))
        key = item.id
    with plugged(cmcore_artsmark), way.stage.work() as work:
        item = work.get(ArtsmarkItem, key)
        commitments.change_item(work, item, replace(commitments.answers_of_item(item), what="Ask twice."))
        assert item.entry_title == "Spring fair"
        authority = work.get(Authority, way.stage.authority_id)
        found = calendar_entries(work, authority, Period(date(2027, 1, 1), date(2027, 12, 31)))
        assert [(one.title, one.on) for one in found] == [
            ("Artsmark: Ask twice.", date(2027, 2, 1)),
            ("Artsmark: An event in each half term", date(2027, 6, 30)),
            ("Artsmark: A council of young people", date(2027, 6, 30)),
        ]
    with plugged(cmcore_artsmark), way.stage.work("mentor", mentor_id=way.story.mentor_id) as work:
        authority = work.get(Authority, way.stage.authority_id)
        assert calendar_entries(work, authority, Period(date(2027, 1, 1), date(2027, 12, 31))) == []


def test_nobody_but_the_virtual_school_sees_a_journey_and_no_other_authority_does(way: Way) -> None:
    other = way.stage.authority("991", "Quillshire", "QU")
    with way.stage.work(authority_id=other) as work:
        assert work.db.scalars(select(ArtsmarkJourney)).all() == []
    with way.stage.work("mentor", mentor_id=way.story.mentor_id) as work:
        journey = way.journey(work)
        with pytest.raises(NotAllowed):
            commitments.add_commitment(work, journey, promise())


def test_the_plugin_counts_what_was_achieved(way: Way) -> None:
    with way.stage.work() as work:
        first = commitments.move_commitment(work, way.first(work), "start")
        commitments.achieve(work, first, ACHIEVED)
        work.db.flush()
        authority = work.get(Authority, way.stage.authority_id)
        year = Period(date(2026, 9, 1), date(2027, 8, 31))
        assert counted(work, "artsmark_achieved", authority, year).words == "1 of 2"
