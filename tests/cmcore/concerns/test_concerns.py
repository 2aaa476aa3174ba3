"""Concerns: raised at once, answered in time, passed on to both, and never lost by any door."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from cmcore.base.findings import NotAllowed, NotFound
from cmcore.base.periods import working_minutes_between as worked
from cmcore.commissions.actions import end_commission_early
from cmcore.commissions.records import Commission
from cmcore.concerns.actions import (
    acknowledge_concern,
    add_to_concern,
    close_concern,
    pass_on_concern,
    raise_concern,
    tell_of_concern,
)
from cmcore.concerns.forms import ConcernAnswers, ConcernClosedAnswers, ConcernNoteAnswers, ConcernToldAnswers
from cmcore.concerns.queries import notes_of, unanswered
from cmcore.concerns.records import Concern, ConcernNote
from cmcore.concerns.rules import unanswered as late
from cmcore.concerns.words import ConcernKind, Told
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.records import StateChange
from cmcore.testing import Stage, refused
from cmcore.testing.story import Story
from cmcore.young_people.records import YoungPerson
from tests.databases import Beginning

WHEN = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)


def settled(stage: Stage) -> Story:
    """A young person with a mentor who works with them."""
    made = Story.begin(stage)
    with stage.work("operator") as work:
        made.started(work)
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def about(story: Story, **changes: object) -> ConcernAnswers:
    """A concern about the young person of a story."""
    told = ConcernAnswers(
        young_person_id=story.person_id, kind_of_concern=ConcernKind.disclosure, said="I do not want to go home."
    )
    return replace(told, **changes)


#: Who else there is, none of whom sees a concern they did not raise.
OTHERS = ("mentor", "referrer", "finance", "evaluator", "administrator")


def raised(story: Story, **changes: object) -> int:
    """A concern the mentor raised."""
    with story.stage.work("mentor", mentor_id=story.mentor_id, login="juno") as work:
        key: int = raise_concern(work, about(story, **changes)).id
    return key


def test_a_mentor_raises_a_concern_and_the_coordinator_reads_it_in_their_words(story: Story) -> None:
    key = raised(story, told=[Told.carer])
    with story.stage.work() as work:
        concern = work.get(Concern, key)
        assert (concern.said, concern.state) == ("I do not want to go home.", "raised")
        assert [note.told for note in notes_of(work, concern)] == ["carer"]
        assert [one.id for one in unanswered(work)] == [key]


def test_the_same_words_sent_again_at_once_are_one_concern_and_other_words_or_a_later_day_another(story: Story) -> None:
    first = raised(story, told=[Told.carer])
    assert raised(story, told=[Told.carer]) == first
    assert len({first, raised(story), raised(story, said="I do not want to go back."), first}) == 3
    story.stage.on(story.stage.clock.today() + timedelta(days=1))
    assert raised(story, told=[Told.carer]) != first


def test_a_concern_says_something(story: Story) -> None:
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work, refused(None, "Say what happened"):
        raise_concern(work, about(story, said=None))


def test_nobody_raises_a_concern_about_somebody_out_of_reach(story: Story) -> None:
    other = story.beside("Tam", "Quillfeather")
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work, pytest.raises(NotFound):
        raise_concern(work, about(other))


def test_whoever_raised_it_sees_it_and_no_other_mentor_referrer_or_officer_does(story: Story) -> None:
    key = raised(story)
    own = {"mentor_id": story.mentor_id}
    with story.stage.work("mentor", **own, login="juno") as work:
        concern = work.get(Concern, key)
        add_to_concern(work, concern, ConcernNoteAnswers(text="She rang me again."))
        assert len(notes_of(work, concern)) == 1
        with pytest.raises(NotAllowed):
            acknowledge_concern(work, concern)
    for role in OTHERS:
        with story.stage.work(role, **own, setting_id=story.setting_id, login="somebody.else") as work:
            with pytest.raises(NotFound):
                work.get(Concern, key)
            assert not work.db.scalars(select(ConcernNote)).all()


@pytest.mark.parametrize("days", [28, 29])
def test_it_goes_out_of_a_mentors_sight_with_the_young_person(story: Story, days: int) -> None:
    key = raised(story)
    with story.stage.work() as work:
        end_commission_early(work, work.get(Commission, story.commission_id), "They moved away.")
        add_to_concern(work, work.get(Concern, key), ConcernNoteAnswers(text="The police were told."))
    story.stage.on(story.stage.clock.today() + timedelta(days=days))
    with story.stage.work("mentor", mentor_id=story.mentor_id, login="juno") as work:
        seen = [len(work.db.scalars(select(kind)).all()) for kind in (Concern, ConcernNote, YoungPerson)]
        assert seen == ([1, 1, 1] if days == 28 else [0, 0, 0])


def test_that_there_is_a_concern_is_not_told_by_its_steps(story: Story) -> None:
    key = raised(story)
    with story.stage.work() as work:
        acknowledge_concern(work, work.get(Concern, key))
    steps = select(StateChange).where(StateChange.kind_of_record == "concern")
    with story.stage.work("mentor", mentor_id=story.mentor_id, login="juno") as work:
        assert work.get(YoungPerson, story.person_id)
        assert not work.db.scalars(steps).all()
    with story.stage.work() as work:
        assert [one.to_state for one in work.db.scalars(steps)] == ["acknowledged"]


def test_another_authority_never_sees_it(story: Story) -> None:
    key = raised(story)
    other = story.stage.authority("991", "Quillshire", "QU")
    with story.stage.work("coordinator", authority_id=other) as work, pytest.raises(NotFound):
        work.get(Concern, key)


def test_passed_on_needs_both_told(story: Story) -> None:
    key = raised(story)
    with story.stage.work() as work:
        concern = work.get(Concern, key)
        acknowledge_concern(work, concern)
        with refused("R-SAF-3", "the social worker and the virtual school were told"):
            pass_on_concern(work, concern)
        tell_of_concern(work, concern, ConcernToldAnswers(told=Told.social_worker, told_at=WHEN))
        with refused("R-SAF-3", "that the virtual school was told"):
            pass_on_concern(work, concern)
        tell_of_concern(work, concern, ConcernToldAnswers(told=Told.virtual_school, told_at=WHEN))
        pass_on_concern(work, concern)
        close_concern(work, concern, ConcernClosedAnswers(reason="A strategy meeting was held."))
        assert concern.state == "closed"
        add_to_concern(work, concern, ConcernNoteAnswers(text="The carer wrote to thank us."))


def test_nobody_was_told_at_a_moment_still_to_come(story: Story) -> None:
    key = raised(story)
    with story.stage.work() as work, refused(None, "That moment is still to come"):
        concern = work.get(Concern, key)
        late = story.stage.clock.now() + timedelta(hours=1)
        tell_of_concern(work, concern, ConcernToldAnswers(told=Told.carer, told_at=late))


@pytest.mark.parametrize("table", ["cm_concern", "cm_concern_note"])
@pytest.mark.parametrize("way", ["UPDATE {} SET happened = 'nothing'", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_lose_or_change_one(story: Story, table: str, way: str) -> None:
    key = raised(story, told=[Told.carer])
    column = "text" if table == "cm_concern_note" else "happened"
    lost = text(way.format(table).replace("happened", column))
    with pytest.raises(DatabaseError, match="only added to"):
        with story.stage.work("operator") as work:
            work.db.execute(lost, execution_options=beyond("to see that it is refused"))
    with pytest.raises(DatabaseError, match="only added to"):
        with story.stage.work("operator") as work:
            work.db.delete(work.get(Concern, key))
            work.db.flush()
    with story.stage.work() as work:
        assert work.get(Concern, key).happened == ""


def test_the_orm_may_not_write_over_what_was_said(story: Story) -> None:
    key = raised(story)
    with pytest.raises(DatabaseError, match="only added to"):
        with story.stage.work("operator") as work:
            work.change(work.get(Concern, key), said="It is all right.")
            work.db.flush()


def test_an_hour_of_office_time_is_let_go_and_then_it_is_late(story: Story) -> None:
    key = raised(story)
    with story.stage.work() as work:
        concern, policy = work.get(Concern, key), work.policy_of(story.stage.authority_id)
        at = concern.raised_at
        assert late(at, at + timedelta(minutes=59), policy) == []
        assert [one.rule for one in late(at, at + timedelta(minutes=60), policy)] == ["R-SAF-2"]


def test_a_night_and_a_bank_holiday_do_not_count_as_office_time(story: Story) -> None:
    friday_evening = datetime(2026, 12, 24, 16, 30, tzinfo=UTC)
    assert worked(friday_evening, datetime(2026, 12, 29, 9, 20, tzinfo=UTC)) == 30 + 20
    # The clocks go back in the night before 25 October; Monday still has its eight hours.
    assert worked(datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 10, 27, tzinfo=UTC)) == 8 * 60
    assert worked(friday_evening, friday_evening) == 0 == worked(friday_evening, friday_evening - timedelta(hours=3))
    assert date(2026, 12, 28).weekday() == 0
