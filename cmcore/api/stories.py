"""The front door to young people's stories: telling one, deciding on its names, approving it, giving it out."""

from __future__ import annotations

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
from cmcore.stories.passages import Mark, Passage
from cmcore.stories.queries import as_told, marks_of, open_file, passages_of, untold
from cmcore.stories.records import Story
from cmcore.stories.words import Becomes, FileKind, GivenHow, GivenTo, StoryWhy

__all__ = [
    "Becomes",
    "FileKind",
    "GivenHow",
    "GivenTo",
    "Mark",
    "Passage",
    "Story",
    "StoryAnswers",
    "StoryGivenAnswers",
    "StoryWhy",
    "approve_story",
    "as_told",
    "ask_second_person",
    "change_opening",
    "decide_on_names",
    "give_story",
    "leave_parts_out",
    "marks_of",
    "open_file",
    "passages_of",
    "send_story_back",
    "tell_again",
    "tell_story",
    "untold",
    "withdraw_story",
]
