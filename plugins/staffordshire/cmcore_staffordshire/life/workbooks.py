"""Lists of lessons, clubs, what was pointed out, and work experience that can be filled in as workbooks."""

from __future__ import annotations

from typing import Any

from cmcore.api import ListWorkbook, YoungPerson
from cmcore_staffordshire.life import actions
from cmcore_staffordshire.life.forms import ClubAnswers, LessonAnswers, SignpostAnswers, WorkAnswers
from cmcore_staffordshire.life.records import Club, MusicLesson, Signpost, WorkExperience


def _same(*columns: str) -> Any:
    return lambda answers: {name: getattr(answers, name) for name in columns}


WORKBOOKS = (
    ListWorkbook(
        MusicLesson,
        LessonAnswers,
        actions.add_lesson,
        actions.change_lesson,
        actions.answers_of_lesson,
        parent=YoungPerson,
        known_by=_same("instrument", "starts_on"),
        about="The music service’s list of who learns what.",
    ),
    ListWorkbook(
        Club,
        ClubAnswers,
        actions.add_club,
        actions.change_club,
        actions.answers_of_club,
        parent=YoungPerson,
        known_by=_same("name", "starts_on"),
        about="Clubs and groups young people go to.",
    ),
    ListWorkbook(
        Signpost,
        SignpostAnswers,
        actions.add_signpost,
        actions.change_signpost,
        actions.answers_of_signpost,
        parent=YoungPerson,
        known_by=_same("what", "pointed_out_on"),
        about="What was pointed out, to whom, by whom.",
    ),
    ListWorkbook(
        WorkExperience,
        WorkAnswers,
        actions.add_work,
        actions.change_work,
        actions.answers_of_work,
        parent=YoungPerson,
        known_by=_same("role", "starts_on"),
        about="Work experience, with when its risk assessment was seen.",
    ),
)
