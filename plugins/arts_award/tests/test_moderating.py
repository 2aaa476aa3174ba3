"""An entry is put together, entered, sampled, sent and closed, its days worked out and its late ones told (R-AA-3)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

import cmcore_arts_award
from cmcore.api import Authority, AwardScheme, Counted, Level, Part, Period, Unit, Work, figures
from cmcore.testing import a_plugin, plugged, refused
from cmcore_arts_award.boards import progress
from cmcore_arts_award.enrolling import move_enrolment
from cmcore_arts_award.forms import (
    BatchAnswers,
    ChosenAnswers,
    EnteredAnswers,
    ResultsAnswers,
    SampledAnswers,
    UploadedAnswers,
)
from cmcore_arts_award.moderating import (
    add_batch,
    choose,
    close,
    enter,
    entered_in,
    not_ready,
    remove_batch,
    sample,
    upload,
    waiting_for,
)
from cmcore_arts_award.queries import level_or_refuse, parts_of, to_enter
from cmcore_arts_award.records import AwardBatch, AwardEnrolment
from cmcore_arts_award.rules import certificates_in_time, sample_in_time
from plugins.arts_award.tests.awarded import TODAY, Awards

LATER = date(2027, 2, 9)
AUTUMN = BatchAnswers(scheme="arts_award", title="Autumn 2026", kept_at="The shared drive")


def put_together(work: Work, awards: Awards, *others: int) -> AwardBatch:
    """An entry with everybody who is assessed."""
    awards.assessed(work, awards.enrolled(work))
    for person in others:
        awards.assessed(work, awards.enrolled(work, person_id=person))
    batch = add_batch(work, AUTUMN)
    work.db.flush()
    choose(work, batch, ChosenAnswers(enrolments=[str(one.id) for one in waiting_for(work, batch)]))
    work.db.flush()
    return batch


def test_an_entry_goes_from_those_assessed_to_their_certificates(awards: Awards) -> None:
    other = awards.story.beside("Rue", "Wickenby").person_id
    with awards.stage.work() as work:
        batch = put_together(work, awards, other)
        first, second = entered_in(work, batch)
        assert waiting_for(work, batch) == []
        enter(work, batch, EnteredAnswers(entered_on=TODAY, reference="TCL-0042"))
        assert (batch.state, batch.expected_on) == ("entered", date(2027, 1, 19))
        assert {first.state, second.state} == {"entered"}
        with refused(None, "its parts stay"):
            awards.evidenced(work, parts_of(work, first)[0])
        key, sampled = batch.id, str(first.id)
    awards.stage.on(date(2026, 12, 8))
    with awards.stage.work() as work:
        batch = work.get(AwardBatch, key)
        sample(work, batch, SampledAnswers(sampled_on=date(2026, 11, 27), enrolments=[sampled]))
        assert batch.upload_due_on == date(2026, 12, 11) and not work.warnings
        assert [one.state for one in entered_in(work, batch)] == ["sampled", "entered"]
        upload(work, batch, UploadedAnswers(uploaded_on=date(2026, 12, 8)))
        assert not work.warnings
    awards.stage.on(LATER)
    with awards.stage.work() as work:
        batch = work.get(AwardBatch, key)
        with refused(None, "Say what is still wanted of them"):
            close(work, batch, ResultsAnswers(results_on=LATER, not_yet=[sampled], reason=""))
        close(work, batch, ResultsAnswers(results_on=LATER, not_yet=[sampled], reason="A review of an event."))
        first, second = entered_in(work, batch)
        assert (first.state, second.state, second.ended_on) == ("not_yet", "certificated", LATER)
        move_enrolment(work, first, "resume")
        assert (first.state, first.arts_award_batch_id) == ("in_progress", None)
        authority = work.get(Authority, awards.stage.authority_id)
        spring = Period(date(2027, 1, 1), date(2027, 4, 30))
        told = {key: one.count(work, authority, spring) for key, one in figures().items() if "arts_award" in key}
        assert told == {
            "arts_award_enrolled": Counted(0),
            "arts_award_secure": Counted(0),
            "arts_award_certificated": Counted(1),
            "arts_award_certificates": Counted(1),
            "arts_award_parts": Counted(0),
        }
        assert figures()["arts_award_parts"].count(work, authority, Period(TODAY, TODAY)) == Counted(8)


def test_nobody_is_entered_who_is_not_assessed_and_an_empty_entry_is_refused(awards: Awards) -> None:
    with awards.stage.work() as work:
        awards.enrolled(work)
        batch = add_batch(work, AUTUMN)
        work.db.flush()
        assert not_ready(work, batch)[0].way_out == "Choose who is entered first."
        with refused(None, "Nobody is in this entry yet"):
            enter(work, batch, EnteredAnswers(entered_on=TODAY, reference=""))
        remove_batch(work, batch)
    with awards.stage.work() as work:
        enrolment = work.db.scalars(select(AwardEnrolment)).one()
        awards.assessed(work, enrolment)
        work.db.flush()
        batch = put_in(work, enrolment)
        part = parts_of(work, enrolment)[0]
        work.change(part, mark="attempted")
        work.db.flush()
        with refused("R-AA-3", "A Take part is not passed yet"):
            enter(work, batch, EnteredAnswers(entered_on=TODAY, reference=""))
        assert batch.state == "open"


def put_in(work: Work, enrolment: AwardEnrolment) -> AwardBatch:
    """An entry with this one in it."""
    batch = add_batch(work, AUTUMN)
    work.db.flush()
    choose(work, batch, ChosenAnswers(enrolments=[str(enrolment.id)]))
    work.db.flush()
    return batch


def test_a_sample_sent_late_and_certificates_that_do_not_come_are_told() -> None:
    due = date(2026, 12, 11)
    assert sample_in_time(due, due, LATER) == [] and sample_in_time(due, None, due) == []
    (late,), (over,) = sample_in_time(due, date(2026, 12, 12), LATER), sample_in_time(due, None, date(2026, 12, 13))
    assert (late.rule, late.blocks, "was due by 11 December 2026" in late.message) == ("R-AA-3", False, True)
    assert over.message == "The sample was due by 11 December 2026: 2 days ago."
    assert certificates_in_time(due, due) == [] and not certificates_in_time(due, LATER)[0].blocks


def test_the_board_counts_levels_settings_and_advisers_in_two_statements(awards: Awards) -> None:
    person = awards.story.beside("Rue", "Wickenby").person_id
    with awards.stage.work() as work:
        awards.assessed(work, awards.enrolled(work))
        awards.enrolled(work, "silver", person, arts_award_adviser_id=None)
        awards.enrolled(work, "discover", person)
    with awards.stage.work() as work:
        seen = progress(work, work.get(Authority, awards.stage.authority_id))
        assert (seen.people, seen.whole.working) == (2, 3)
        assert [(one.name, one.cells) for one in seen.levels] == [
            ("Arts Award Discover", (1, 0, 0, 0, 0, 0)),
            ("Arts Award Bronze", (0, 0, 1, 0, 0, 0)),
            ("Arts Award Silver", (1, 0, 0, 0, 0, 0)),
        ]
        assert [(one.name, one.working) for one in seen.settings] == [("Quillen Tarn School", 3)]
        assert [(one.name, one.working) for one in seen.advisers] == [("Odile Farthingdale", 2), ("No adviser yet", 1)]
        assert [(one.name, one.working) for one in seen.kinds] == [("School", 3)]


def test_an_award_of_another_plugin_is_enrolled_for_in_the_same_way(awards: Awards) -> None:
    part = Part(key="A", title="Sing", asks="Sings with others.")
    level = Level(
        key="first",
        title="First",
        standing="Local",
        units=(Unit(key="1", title="", parts=(part,)),),
        age_from=4,
        age_to=21,
        meant_from=4,
        meant_to=21,
        moderated=False,
    )
    song = AwardScheme(key="wrenshire_song", title="Song Award", awarding_body="Wrenshire", levels=(level,))
    with plugged(cmcore_arts_award, a_plugin(cm_award_schemes=lambda: [song])):
        with awards.stage.work() as work:
            made = awards.enrolled(work, "wrenshire_song.first")
            assert (str(made), made.parts, level_or_refuse(made)) == ("Song Award First", 1, level)
            key = made.id
    with awards.stage.work() as work:
        made = work.get(AwardEnrolment, key)
        assert str(made) == "wrenshire song first (its plugin is not in use)"
        with refused(None, "is not one of the answers"):
            awards.enrolled(work, "wrenshire_song.first")
        with refused(None, "is not in use, so nobody can say what it asks"):
            level_or_refuse(made)
        assert list(work.db.scalars(select(AwardEnrolment.id).where(to_enter()))) == []
