"""A young person's story: put together, names decided on, approved by somebody else, given out, kept and hashed."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pypdf
import pytest
from docx import Document
from sqlalchemy import select

from cmcore.awards.standings import AwardStanding
from cmcore.base.findings import NotAllowed, NotFound
from cmcore.evidence.happened import Happened
from cmcore.safekeeping.records import AuditEntry
from cmcore.stories import paper
from cmcore.stories.actions import (
    approve_story,
    ask_second_person,
    change_opening,
    decide_on_names,
    give_story,
    leave_parts_out,
    send_story_back,
    tell_again,
    tell_story,
    withdraw_story,
)
from cmcore.stories.forms import StoryAnswers, StoryGivenAnswers
from cmcore.stories.queries import as_told, marks_of, open_file, passages_of, untold
from cmcore.stories.records import Story as Told
from cmcore.stories.records import StoryFile
from cmcore.stories.telling import tell
from cmcore.stories.words import FileKind, GivenHow, GivenTo, StoryWhy
from cmcore.testing import Stage, a_plugin, plugged, refused
from cmcore.testing.story import Story
from cmcore.young_people.records import YoungPerson
from console.whole_timeline import whole_timeline
from tests.cmcore.journals.kept_journals import kept
from tests.databases import Beginning
from tests.plain_english import reading_age

OPENING = "We enjoyed putting this together."
HESTER = {"login": "hester"}
IMOGEN = {"login": "imogen"}


def settled(stage: Stage) -> Story:
    """A young person with a mentor, two scores, a session and journal words that name others."""
    made = Story.begin(stage)
    stage.on(date(2026, 9, 1))
    with stage.work("operator") as work:
        made.started(work)
        made.scored(work, date(2026, 9, 1))
    stage.on(date(2026, 11, 10))
    with stage.work("mentor", mentor_id=made.mentor_id) as work:
        said = {"done": "Mossy printed with Juno. Kezia held the paper.", "words_said": "I showed Kezia how."}
        made.logged(work, date(2026, 10, 6), **said)
    kept(made, caption="The second print.")
    with stage.work(**HESTER) as work:
        answers = StoryAnswers(why=StoryWhy.asked, asked_on=date(2026, 11, 2), opening=OPENING)
        made.numbers["story"] = tell_story(work, work.get(YoungPerson, made.person_id), answers).id
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def at(work: Any, story: Story) -> Told:
    found: Told = work.get(Told, story.numbers["story"])
    return found


def decided(story: Story, **who: Any) -> None:
    with story.stage.work(**(who or HESTER)) as work:
        told = at(work, story)
        decide_on_names(work, told, {mark.key: mark.becomes or "leave_out" for mark in marks_of(told)})


def approved(story: Story) -> None:
    decided(story)
    with story.stage.work(**HESTER) as work:
        ask_second_person(work, at(work, story))
    with story.stage.work("head", **IMOGEN) as work:
        approve_story(work, at(work, story))


def test_it_tells_what_is_kept_in_order_of_day_and_marks_the_names_in_it(story: Story) -> None:
    with story.stage.work() as work:
        told = at(work, story)
        passages = passages_of(told)
        assert [one.on for one in passages] == sorted(one.on for one in passages)
        assert {one.key.partition(":")[0] for one in passages} == {
            "referral",
            "enrolment",
            "session",
            "review",
            "journal_entry",
        }
        marks = {mark.word: mark for mark in marks_of(told)}
        assert marks["Juno"].known == "your mentor" and marks["Juno"].becomes == "leave_out"
        assert marks["Kezia"].times == 2 and marks["Kezia"].becomes == "" and "Mossy" not in marks
        assert told.undecided == sum(not mark.becomes for mark in marks.values())
        assert told.due_on == date(2026, 12, 2)


def test_nobody_is_asked_while_a_name_is_open_and_the_maker_never_approves(story: Story) -> None:
    stage = story.stage
    with refused("R-SAR-2", "may be a name"), stage.work(**HESTER) as work:
        ask_second_person(work, at(work, story))
    decided(story)
    with stage.work(**HESTER) as work:
        ask_second_person(work, at(work, story))
    with refused("R-SAR-3", "You made this story"), stage.work(**HESTER) as work:
        approve_story(work, at(work, story))
    with stage.work("head", **IMOGEN) as work:
        send_story_back(work, at(work, story), "Look at Kezia again.")
    # Whoever decides on a name is no second person either.
    decided(story, role="head", **IMOGEN)
    with stage.work(**HESTER) as work:
        ask_second_person(work, at(work, story))
    with refused("R-SAR-3"), stage.work("head", **IMOGEN) as work:
        approve_story(work, at(work, story))


def test_what_was_approved_is_given_without_a_name_and_is_written_down(story: Story) -> None:
    stage = story.stage
    approved(story)
    with refused(None, "opened as a file once it is given out"), stage.work(**HESTER) as work:
        open_file(work, at(work, story), FileKind.pdf)
    with stage.work(**HESTER) as work:
        give_story(work, at(work, story), StoryGivenAnswers(given_to=GivenTo.themselves, given_how=GivenHow.together))
    with stage.work(**HESTER) as work:
        told = at(work, story)
        pdf, word = (open_file(work, told, kind) for kind in FileKind)
        assert (told.given_on, told.given_to, told.approved_by) == (
            stage.clock.today(),
            "themselves",
            "Hester Quillmarsh (head)",
        )
    read = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)
    written = " ".join(one.text for one in Document(BytesIO(word)).paragraphs)
    for text in (read, written):
        text = " ".join(text.split())
        assert "Dear Mossy" in text and "I showed [somebody] how." in text and OPENING in text
        assert "Kezia" not in text and "Juno" not in text
    assert b"/MarkInfo" in pdf
    with stage.work("operator") as work:
        looked = work.db.scalars(select(AuditEntry.why).where(AuditEntry.what == "read")).all()
        assert "opened as PDF" in looked and "their story was put together" in looked


def test_a_text_or_a_file_that_was_changed_since_is_refused(story: Story) -> None:
    stage = story.stage
    approved(story)
    with stage.work("operator") as work:
        work.change(at(work, story), opening="Something nobody approved.")
    answers = StoryGivenAnswers(given_to=GivenTo.themselves, given_how=GivenHow.together)
    with refused("R-SAR-4", "not what the second person was shown"), stage.work(**HESTER) as work:
        give_story(work, at(work, story), answers)
    with stage.work("operator") as work:
        work.change(at(work, story), opening=OPENING)
    with stage.work(**HESTER) as work:
        give_story(work, at(work, story), answers)
    with stage.work("operator") as work:
        file = work.db.scalars(select(StoryFile).where(StoryFile.kind_of_file == "pdf")).one()
        work.change(file, content=b"another")
    with refused("R-SAR-4", "not what was approved"), stage.work(**HESTER) as work:
        open_file(work, at(work, story), FileKind.pdf)


def test_once_a_second_person_was_asked_nothing_of_it_changes(story: Story) -> None:
    decided(story)
    with story.stage.work(**HESTER) as work:
        ask_second_person(work, at(work, story))
    for change in (
        lambda work, told: decide_on_names(work, told, {}),
        lambda work, told: change_opening(work, told, "Hello"),
        lambda work, told: leave_parts_out(work, told, [], ""),
        tell_again,
    ):
        with refused(None, "Waits for a second person"), story.stage.work(**HESTER) as work:
            change(work, at(work, story))


def test_words_are_left_out_by_hand_and_parts_with_a_reason(story: Story) -> None:
    stage = story.stage
    with refused(None, "stands nowhere in it"), stage.work(**HESTER) as work:
        decide_on_names(work, at(work, story), {}, also=["Nobody Here"])
    with stage.work(**HESTER) as work:
        told = at(work, story)
        decide_on_names(work, told, {}, also=["the paper"])
        assert any("held [somebody]" in words for one in as_told(told) for _, words in one.told)
    with refused(None, "for a reason"), stage.work(**HESTER) as work:
        leave_parts_out(work, at(work, story), ["session:1"], " ")
    with stage.work(**HESTER) as work:
        told = at(work, story)
        key = next(one.key for one in passages_of(told) if one.key.startswith("session"))
        leave_parts_out(work, told, [key], "It tells of somebody else.")
        assert key not in [one.key for one in as_told(told)]
        assert "1 part that was left out" in untold(work, told)
        # Told again, what was decided stays decided.
        tell_again(work, told)
        assert key not in [one.key for one in as_told(told)]
        assert any(mark.word == "the paper" for mark in marks_of(told))


def test_there_is_one_at_a_time_and_an_empty_record_has_no_story(story: Story) -> None:
    stage = story.stage
    answers = StoryAnswers(why=StoryWhy.keepsake, asked_on=date(2026, 11, 10))
    with refused(None, "is being made already"), stage.work(**HESTER) as work:
        tell_story(work, work.get(YoungPerson, story.person_id), answers)
    with stage.work(**HESTER) as work:
        withdraw_story(work, at(work, story), "They changed their mind.")
    with stage.work(**HESTER) as work:
        assert tell_story(work, work.get(YoungPerson, story.person_id), answers).why == "keepsake"
    other = story.beside("Tilly", "Oxbarrow")
    with refused(None, "Nothing is kept"), stage.work(**HESTER) as work:
        tell_story(work, work.get(YoungPerson, other.person_id), answers)
    with refused(None, "still to come"), stage.work(**HESTER) as work:
        later = StoryAnswers(why=StoryWhy.asked, asked_on=date(2027, 1, 1))
        tell_story(work, work.get(YoungPerson, story.person_id), later)


def test_a_mentor_finds_no_story_and_another_authority_neither(story: Story) -> None:
    stage = story.stage
    with pytest.raises(NotFound), stage.work("mentor", mentor_id=story.mentor_id) as work:
        at(work, story)
    quillshire = stage.authority("991", "Quillshire", "QU")
    with pytest.raises(NotFound), stage.work(authority_id=quillshire) as work:
        at(work, story)
    with pytest.raises(NotAllowed), stage.work("mentor", mentor_id=story.mentor_id) as work:
        answers = StoryAnswers(why=StoryWhy.keepsake, asked_on=date(2026, 11, 10))
        tell_story(work, work.get(YoungPerson, story.person_id), answers)


def test_what_plugins_say_happened_stands_in_the_timeline_and_told_to_them_in_the_story(story: Story) -> None:
    def came(people: Any) -> list[Happened]:
        on, others = date(2026, 10, 7), max(people) + 1
        return [
            Happened(young_person_id=key, on=on, what="Came to Puppets", to_them="You came to Puppets", said="Again!")
            for key in (*people, others)
        ] + [Happened(young_person_id=key, on=on, what="Quiet") for key in people]

    def works(people: Any) -> list[AwardStanding]:
        told: dict[str, Any] = {"scheme": "song", "level": "one", "level_title": "Song one", "state": "certificated"}
        days = {"enrolled_on": date(2026, 9, 20), "ended_on": date(2026, 11, 1)}
        return [AwardStanding(young_person_id=key, current=False, **told, **days) for key in people]

    told = a_plugin(cm_happened=lambda people: came(people), cm_award_enrolments=lambda people: works(people))
    with plugged(told), story.stage.work(**HESTER) as work:
        journey, passages = tell(work, story.person_id, work.today)
        headings = [one.heading for one in passages]
        assert "You came to Puppets" in headings and "Quiet" not in headings
        assert headings.index("You began to work towards Song one") < headings.index("Song one: certificated")
        shown = whole_timeline(work, journey, ("award", "more"), lambda record: "")
        assert sorted(one.what for one in shown) == [
            "Began to work towards Song one",
            "Came to Puppets",
            "Quiet",
            "Song one: certificated",
        ]


def test_what_we_say_to_them_is_read_with_ease_at_eleven(story: Story) -> None:
    with story.stage.work() as work:
        told = at(work, story)
        ours = [
            *paper.beginning(told, as_told(told)),
            *(line for one in as_told(told) for line in (one.heading, *one.ours)),
        ]
    said = " ".join(line if line.endswith(".") else f"{line}." for line in dict.fromkeys(ours))
    assert reading_age(said) <= 11, (reading_age(said), said)
