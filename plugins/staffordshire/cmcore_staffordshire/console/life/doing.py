"""Music lessons and clubs: what young people do each week, and how it began and ended."""

from __future__ import annotations

from typing import Any

from cmcore.api import Finding, Work, YoungPerson, as_warnings, count, day
from cmcore_staffordshire.console.life.parts import OF_PERSON, OnTheBoard, cost, goes_on, since_until
from cmcore_staffordshire.life import actions
from cmcore_staffordshire.life.forms import ClubAnswers, EndedAnswers, LessonAnswers
from cmcore_staffordshire.life.queries import ending, going_on, over, to_give_back
from cmcore_staffordshire.life.records import Club, MusicLesson
from cmcore_staffordshire.life.words import ClubKind, InstrumentFrom, LessonKind, Often, Payer
from console.api import Filter, Queue, RecordView, Step

_WHEN = (("now", "Go on now"), ("over", "Over"))
_ASKED = {
    "young_person": "Young person",
    "how_often": "How often",
    "since": "Since",
    "stands": "Now",
    "cost": "Cost a term",
    "ended_because": "Why it ended",
    "words_said": "What they say of it",
}


class StaffordshireLessons(OnTheBoard, RecordView):
    """Music lessons of young people."""

    record = MusicLesson
    route_base = "/staffordshire-lessons"
    about = (
        "Who learns which instrument, with whom, since when, what it costs and who pays, and whose instrument it is. "
        "Lessons that end soon, and lent instruments that are to go back, wait on Today."
    )
    list_columns = ["instrument", "young_person", "provider", "how_often", "since", "stands"]
    label_columns = {
        **_ASKED,
        "lesson_kind": "With others",
        "provider": "Who teaches",
        "length": "A lesson",
        "instrument_from": "Instrument",
        "back_by_on": "To be given back by",
    }
    load_columns = OF_PERSON
    search_columns = ["instrument", "provider", *OF_PERSON]
    choice_columns = {
        "how_often": Often,
        "lesson_kind": LessonKind,
        "paid_by": Payer,
        "instrument_from": InstrumentFrom,
    }
    filter_columns = [
        Filter(
            "when",
            "When",
            (*_WHEN, ("ending", "End soon"), ("back", "Instrument to give back")),
            lambda value, work: {
                "now": lambda: going_on(MusicLesson, work.today),
                "ending": lambda: ending(work),
                "back": lambda: to_give_back(work.today),
            }.get(value, lambda: over(MusicLesson, work.today))(),
        ),
        "instrument_from",
        "paid_by",
        "young_person_id",
    ]
    order_columns = {"instrument": "instrument", "since": "starts_on"}
    base_order = ("starts_on", "desc")
    views = [("Go on now", {"when": "now"}), ("End soon", {"when": "ending"})]
    queues = (
        Queue(
            "Music lessons that end soon",
            {"when": "ending"},
            "week",
            "Ask the young person what comes next.",
            "staffordshire_lesson.change",
        ),
        Queue(
            "Lent instruments to give back",
            {"when": "back"},
            "soon",
            "The lessons are over.",
            "staffordshire_lesson.change",
        ),
    )
    show_columns = [
        "young_person",
        "instrument",
        "lesson_kind",
        "provider",
        "how_often",
        "length",
        "since",
        "stands",
        "cost",
        "instrument_from",
        "back_by_on",
        "words_said",
        "ended_because",
    ]
    empty_words = "No music lessons yet. They are added on a young person’s page, or brought in as a workbook."
    add_parent = YoungPerson
    add_form = LessonAnswers
    add_action = staticmethod(actions.add_lesson)
    add_words = "Add music lessons"
    edit_form = LessonAnswers
    answers_of = staticmethod(actions.answers_of_lesson)
    edit_action = staticmethod(actions.change_lesson)
    remove_action = staticmethod(actions.remove_lesson)
    steps = (
        Step(
            "end",
            "Say that they ended",
            actions.end_lesson,
            form=EndedAnswers,
            why="It stands on their cultural page until then.",
            offered=lambda lesson: not lesson.ended_because,
        ),
    )

    def cell_since(self, lesson: MusicLesson) -> Any:
        """Since when, and until when."""
        return since_until(lesson.starts_on, lesson.ends_on)

    def cell_stands(self, lesson: MusicLesson) -> Any:
        """Whether they go on."""
        return goes_on(lesson.starts_on, lesson.ends_on)

    def cell_length(self, lesson: MusicLesson) -> str:
        """How long one is."""
        return count(lesson.minutes, "minute") if lesson.minutes else ""

    def cell_cost(self, lesson: MusicLesson) -> str:
        """What they cost, and who pays."""
        return cost(lesson.cost_pence, Payer.say(lesson.paid_by) if lesson.paid_by else "")

    def heading(self, lesson: MusicLesson) -> str:
        """Of what, and whose."""
        return f"{lesson.instrument}: {lesson.young_person}"

    def named(self, lesson: MusicLesson) -> str:
        """Of what."""
        return lesson.instrument

    def findings(self, work: Work, lesson: MusicLesson) -> list[Finding]:
        """That a lent instrument is to go back."""
        back, end = lesson.back_by_on, lesson.ends_on
        if back is None or end is None or end >= work.today or back > work.today:
            return []
        said = f"The lessons are over, and the instrument was to be given back by {day(back)}."
        return as_warnings([Finding(said, way_out="Once it is back, empty that day on this entry.")])


class StaffordshireClubs(OnTheBoard, RecordView):
    """Clubs and groups young people go to."""

    record = Club
    route_base = "/staffordshire-clubs"
    about = "Which clubs and groups young people go to, since when and what it costs: where they belong and keep on."
    list_columns = ["name", "young_person", "club_kind", "how_often", "since", "stands"]
    label_columns = {**_ASKED, "name": "Club", "club_kind": "What it is for", "place": "Where"}
    load_columns = OF_PERSON
    search_columns = ["name", "place", *OF_PERSON]
    choice_columns = {"club_kind": ClubKind, "how_often": Often, "paid_by": Payer}
    filter_columns = [
        Filter(
            "when",
            "When",
            _WHEN,
            lambda value, work: going_on(Club, work.today) if value == "now" else over(Club, work.today),
        ),
        "club_kind",
        "paid_by",
        "young_person_id",
    ]
    order_columns = {"name": "name", "since": "starts_on"}
    base_order = ("starts_on", "desc")
    views = [("Go on now", {"when": "now"})]
    show_columns = [
        "young_person",
        "name",
        "club_kind",
        "place",
        "how_often",
        "since",
        "stands",
        "cost",
        "words_said",
        "ended_because",
    ]
    empty_words = "No clubs yet. They are added on a young person’s page, or once they join what was pointed out."
    add_parent = YoungPerson
    add_form = ClubAnswers
    add_action = staticmethod(actions.add_club)
    edit_form = ClubAnswers
    answers_of = staticmethod(actions.answers_of_club)
    edit_action = staticmethod(actions.change_club)
    remove_action = staticmethod(actions.remove_club)
    steps = (
        Step(
            "end",
            "Say that they no longer go",
            actions.end_club,
            form=EndedAnswers,
            why="It stands on their cultural page until then.",
            offered=lambda club: not club.ended_because,
        ),
    )

    def cell_since(self, club: Club) -> Any:
        """Since when, and until when."""
        return since_until(club.starts_on, club.ends_on)

    def cell_stands(self, club: Club) -> Any:
        """Whether they go."""
        return goes_on(club.starts_on, club.ends_on)

    def cell_cost(self, club: Club) -> str:
        """What it costs, and who pays."""
        return cost(club.cost_pence, Payer.say(club.paid_by) if club.paid_by else "")

    def heading(self, club: Club) -> str:
        """Which, and whose."""
        return f"{club.name}: {club.young_person}"

    def named(self, club: Club) -> str:
        """What kind of club."""
        return ClubKind.say(club.club_kind)
