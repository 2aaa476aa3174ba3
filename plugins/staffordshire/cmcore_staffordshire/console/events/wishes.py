"""The wish list, in young people's words, and the events that came of it."""

from __future__ import annotations

from typing import Any

from cmcore.api import YoungPerson
from cmcore_staffordshire.console.events.parts import OF_PERSON, OnTheCalendar
from cmcore_staffordshire.events import attending
from cmcore_staffordshire.events.forms import WishAnswers, WishMetAnswers
from cmcore_staffordshire.events.records import Wish
from cmcore_staffordshire.events.words import ArtForm
from console.api import Filter, RecordView, State, Step


class StaffordshireWishes(OnTheCalendar, RecordView):
    """What young people wish for."""

    record = Wish
    route_base = "/staffordshire-wishes"
    about = "What young people wish to do or see, in their words. Events are planned from it; what came of it is told."
    list_columns = ["wish", "young_person", "art_form", "said_on", "stands"]
    label_columns = {
        "wish": "In their words",
        "young_person": "Young person",
        "art_form": "Art form",
        "said_on": "Said on",
        "stands": "What came of it",
        "written_by": "Written down by",
        "came_of_it": "Event that came of it",
    }
    load_columns = ["came_of_it.title", *OF_PERSON]
    search_columns = ["wish", *OF_PERSON]
    choice_columns = {"art_form": ArtForm}
    filter_columns = [
        Filter(
            "met",
            "What came of it",
            (("no", "Nothing yet"), ("yes", "An event")),
            lambda value, work: Wish.came_of_it_id.is_not(None) if value == "yes" else Wish.came_of_it_id.is_(None),
        ),
        "art_form",
        "young_person_id",
    ]
    order_columns = ["said_on"]
    base_order = ("said_on", "desc")
    views = [("Nothing yet", {"met": "no"})]
    show_columns = ["young_person", "wish", "art_form", "said_on", "written_by", "came_of_it"]
    facts_heading = "The wish"
    empty_words = "No wishes yet. They are written down on a young person’s page, or with how an event was."
    add_parent = YoungPerson
    add_form = WishAnswers
    add_action = staticmethod(attending.add_wish)
    add_words = "Write down a wish"
    edit_form = WishAnswers
    answers_of = staticmethod(attending.answers_of_wish)
    edit_action = staticmethod(attending.change_wish)
    remove_action = staticmethod(attending.remove_wish)
    steps = (
        Step(
            "meet",
            "Say which event came of it",
            attending.meet_wish,
            form=WishMetAnswers,
            why="They are told that they were heard.",
            offered=lambda wish: wish.came_of_it_id is None,
        ),
    )

    def cell_stands(self, wish: Wish) -> Any:
        """Whether an event came of it."""
        return State(wish.came_of_it.title, "ok", "tick") if wish.came_of_it else State("Nothing yet", "none", "ring")

    def heading(self, wish: Wish) -> str:
        """Whose wish."""
        return f"Wish of {wish.young_person}"
