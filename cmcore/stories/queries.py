"""What is read of stories: which are due soon, the story as it is told, its files, and what it leaves to a person."""

from __future__ import annotations

import hashlib

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import undefer

from cmcore.base.findings import NotFound, refuse
from cmcore.base.words import count
from cmcore.concerns.records import Concern
from cmcore.consents.records import Consent
from cmcore.risks.records import KnownRisk
from cmcore.safekeeping.work import Work
from cmcore.stories.passages import Mark, Passage, from_kept, marks_from, without_names
from cmcore.stories.records import STORY_LIFE, Story, StoryFile
from cmcore.stories.words import FileKind
from cmcore.young_people.records import CareEpisode


def to_give(work: Work) -> ColumnElement[bool]:
    """The stories somebody asked for that are not given yet, as a condition: each with its day (R-SAR-1)."""
    return and_(Story.state.in_(STORY_LIFE.live()), Story.why == "asked")


def passages_of(story: Story) -> list[Passage]:
    """Everything a story was put together from, names and all."""
    return from_kept(story.passages)


def marks_of(story: Story) -> list[Mark]:
    """What stands in it that may be a name, and what becomes of it."""
    return marks_from(story.marks)


def as_told(story: Story) -> list[Passage]:
    """The story as it is given: names left out, passages left out."""
    return without_names(passages_of(story), marks_of(story))


def untold(work: Work, story: Story) -> list[str]:
    """What is kept about the young person and not told in their story, in words (R-SAR-5). One statement."""
    asked = [
        select(func.count())
        .select_from(record)
        .where(record.young_person_id == story.young_person_id)
        .scalar_subquery()
        for record in (Concern, Consent, CareEpisode, KnownRisk)
    ]
    row = work.db.execute(select(*asked, Story.id).where(Story.id == story.id)).one()
    left = sum(1 for one in passages_of(story) if one.withheld)
    said: list[tuple[int, str, str | None]] = [
        (row[0], "concern", None),
        (row[1], "permission", None),
        (row[2], "care episode", None),
        (row[3], "known risk", None),
        (left, "part that was left out", "parts that were left out"),
    ]
    return [count(number, one, many) for number, one, many in said if number]


def open_file(work: Work, story: Story, kind: FileKind) -> bytes:
    """A story that was given, as a file; that it was opened is written down when the work commits.

    Refuses a story that was not given, and a file that is no longer what was approved (R-SAR-4).
    """
    if story.state != "given":
        raise refuse(f"This story is “{story.state_label}”.", way_out="It is opened as a file once it is given out.")
    asked = select(StoryFile).where(StoryFile.story_id == story.id, StoryFile.kind_of_file == kind)
    found = work.db.scalars(asked.options(undefer(StoryFile.content))).first()
    if found is None:
        raise NotFound(StoryFile.words[0])
    if hashlib.sha256(found.content).hexdigest() != found.digest:
        raise refuse(
            "This file is not what was approved.", rule="R-SAR-4", way_out="Tell the administrator of the software."
        )
    work.opened(story, f"opened as {FileKind.say(kind)}")
    return found.content
