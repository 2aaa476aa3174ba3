"""What each role may do with events, how long what is asked is kept, and the list that is also a workbook."""

from __future__ import annotations

from cmcore.api import Acts, Keeping, ListWorkbook
from cmcore_staffordshire.events import planning
from cmcore_staffordshire.events.forms import EventAnswers
from cmcore_staffordshire.events.records import CulturalEvent

_WHOLE = tuple(f"staffordshire_{noun}.*" for noun in ("event", "booking", "wish"))
#: A designated teacher and a mentor book for those they reach, take attendance where they are, and write down words.
_FOR_THEIR_OWN = (
    "staffordshire_event.see",
    *(f"staffordshire_booking.{act}" for act in ("see", "book", "decline", "mark", "tell")),
    *(f"staffordshire_wish.{act}" for act in ("see", "add", "change")),
)

ACTS = (
    Acts("coordinator", _WHOLE),
    Acts("head", _WHOLE),
    Acts("referrer", _FOR_THEIR_OWN),
    Acts("mentor", _FOR_THEIR_OWN),
)

KEPT = tuple(
    Keeping(f"staffordshire-{form}", rule)
    for form, rule in (
        ("event", "authority"),
        ("booking", "child"),
        ("booked", "child"),
        ("no", "child"),
        ("feedback", "child"),
        ("wish", "child"),
        ("wish-met", "child"),
        ("walk-in", "child"),
    )
)

WORKBOOKS = (
    ListWorkbook(
        CulturalEvent,
        EventAnswers,
        planning.add_event,
        planning.change_event,
        planning.answers_of_event,
        known_by=lambda answers: {
            "title": answers.title,
            "starts_at": planning.starts_at(answers.held_on, answers.starts),
        },
        about="The calendar of events, a row each: two years can be brought in at once.",
    ),
)
