"""A young person's story that is being made in the invented autumn."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cmcore.enrolments.records import Enrolment
from cmcore.stories.actions import tell_story
from cmcore.stories.forms import StoryAnswers
from cmcore.stories.words import StoryWhy
from cmcore.young_people.records import YoungPerson

if TYPE_CHECKING:
    from tests.console.autumn import Autumn


def settled(made: Autumn) -> None:
    """One that was asked for, with names that nobody has decided on."""
    with made.stage.work(login="coordinator@example.invalid") as work:
        story = made.others["ended"]
        work.change(work.get(Enrolment, story.enrolment_id), learning_targets="Print with Kezia, and Kit beside them.")
        answers = StoryAnswers(why=StoryWhy.asked, asked_on=date(2026, 11, 2))
        made.keys["story"] = tell_story(work, work.get(YoungPerson, story.person_id), answers).id
