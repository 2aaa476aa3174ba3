"""What was pointed out to young people and those around them, and what came of it."""

from __future__ import annotations

from typing import Any

from cmcore.api import Finding, Work, YoungPerson, as_warnings, day
from cmcore_staffordshire.console.life.parts import OF_PERSON, OnTheBoard
from cmcore_staffordshire.life import actions
from cmcore_staffordshire.life.forms import BecameAnswers, ClubAnswers, SignpostAnswers
from cmcore_staffordshire.life.queries import to_ask
from cmcore_staffordshire.life.records import Signpost
from cmcore_staffordshire.life.words import Became, InTheWay, Thing, Told
from console.api import Filter, Queue, RecordView, State, Step, Sub, shown


class StaffordshireSignposts(OnTheBoard, RecordView):
    """What was pointed out, to whom, by whom, and what came of it."""

    record = Signpost
    route_base = "/staffordshire-signposts"
    about = (
        "Clubs, lessons, places and work near them that were pointed out to young people and their carers, and what "
        "came of each. What kept somebody away stands on their cultural page, so that it is talked about."
    )
    list_columns = ["what", "young_person", "thing", "pointed_out", "stands"]
    label_columns = {
        "what": "What was pointed out",
        "young_person": "Young person",
        "thing": "What it is",
        "told": "Who was told",
        "pointed_out": "When, and by whom",
        "stands": "What came of it",
        "ask_again_on": "Ask again on",
        "heard_on": "Heard on",
        "in_the_way": "What was in the way",
        "became_note": "In a few words",
    }
    load_columns = ["pointed_out_by", *OF_PERSON]
    search_columns = ["what", "pointed_out_by", *OF_PERSON]
    choice_columns = {"thing": Thing, "became": Became, "in_the_way": InTheWay}
    filter_columns = [
        Filter(
            "open",
            "What came of it",
            (("ask", "To ask about today"), ("yes", "Not known yet"), ("no", "Known")),
            lambda value, work: (
                to_ask(work.today)
                if value == "ask"
                else Signpost.became.is_(None)
                if value == "yes"
                else Signpost.became.is_not(None)
            ),
        ),
        "became",
        "thing",
        "in_the_way",
        "young_person_id",
    ]
    order_columns = {"pointed_out": "pointed_out_on"}
    base_order = ("pointed_out_on", "desc")
    views = [("To ask about today", {"open": "ask"}), ("Not known yet", {"open": "yes"})]
    queues = (
        Queue(
            "Signposts to ask about",
            {"open": "ask"},
            "week",
            "Ask what came of what was pointed out.",
            "staffordshire_signpost.hear",
        ),
    )
    show_columns = [
        "young_person",
        "what",
        "thing",
        "told",
        "pointed_out",
        "ask_again_on",
        "stands",
        "heard_on",
        "in_the_way",
        "became_note",
    ]
    empty_words = "Nothing was pointed out yet. It is written down on a young person’s page."
    add_parent = YoungPerson
    add_form = SignpostAnswers
    add_action = staticmethod(actions.add_signpost)
    add_words = "Point something out"
    edit_form = SignpostAnswers
    answers_of = staticmethod(actions.answers_of_signpost)
    edit_action = staticmethod(actions.change_signpost)
    remove_action = staticmethod(actions.remove_signpost)
    one_hand = True
    steps = (
        Step(
            "joined-club",
            "They joined the club",
            actions.join_club,
            form=ClubAnswers,
            why="The club is written down, and this is settled.",
            offered=lambda one: one.thing == Thing.club and one.became != Became.joined,
            begins=lambda one: {"name": one.what[:200]},
        ),
        Step(
            "became",
            "Say what came of it",
            actions.say_what_became,
            form=BecameAnswers,
            why="What is in the way is worth as much as what they joined.",
        ),
    )

    def cell_told(self, signpost: Signpost) -> str:
        """Who was told, in words."""
        return ", ".join(Told.say(each) for each in signpost.told)

    def cell_pointed_out(self, signpost: Signpost) -> Any:
        """When, and by whom."""
        return Sub(shown(signpost.pointed_out_on), signpost.pointed_out_by)

    def cell_stands(self, signpost: Signpost) -> Any:
        """What came of it, or that nobody knows."""
        if signpost.became is None:
            return State("Not known yet", "none", "ring")
        look = {Became.joined: ("plain", "tick"), Became.kept_away: ("warn", "warn")}
        return State(Became.say(signpost.became), *look.get(Became(signpost.became), ("plain", "half")))

    def heading(self, signpost: Signpost) -> str:
        """What kind of thing, and to whom."""
        return f"{Thing.say(signpost.thing)}: {signpost.young_person}"

    def named(self, signpost: Signpost) -> str:
        """What kind of thing."""
        return Thing.say(signpost.thing)

    def findings(self, work: Work, signpost: Signpost) -> list[Finding]:
        """That it is to be asked about."""
        asked = signpost.ask_again_on
        open_still = signpost.became in (None, Became.thinking)
        if not open_still or asked is None or asked > work.today:
            return []
        return as_warnings([Finding(f"Somebody is to ask what came of it since {day(asked)}.", way_out="Ask today.")])
