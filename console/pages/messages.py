"""Messages: what left the system, to which sign-in name, and what did not arrive; what it said is kept nowhere."""

from __future__ import annotations

from typing import Any, ClassVar

from cmcore.base.clock import local
from cmcore.messages.actions import send_again
from cmcore.messages.records import OutgoingMessage
from cmcore.messages.words import Fault, MessageKind
from cmcore.safekeeping.work import Work
from console.listing import Filter
from console.record_view import RecordView
from console.shown import State
from console.steps import Step
from console.together_acts import Together

_STATES = (("waiting", "Waits to be sent"), ("sent", "Sent"), ("let_be", "Not sent any more"), ("fault", "Went wrong"))


def _in_state(value: str, work: Work) -> Any:
    unsent = OutgoingMessage.sent_at.is_(None) & OutgoingMessage.dropped_at.is_(None)
    return {
        "waiting": unsent,
        "sent": OutgoingMessage.sent_at.is_not(None),
        "let_be": OutgoingMessage.dropped_at.is_not(None),
    }.get(value, OutgoingMessage.fault != "")


class Messages(RecordView):
    """What was sent to whom, as far as it is kept."""

    record = OutgoingMessage
    route_base = "/messages"
    about = (
        "Every message that leaves the system: what for, to which sign-in name, and whether the mail server took it. "
        "Messages hold no names, and what one said is not kept."
    )
    list_columns: ClassVar[list[str]] = ["kind_of_message", "login", "made_at", "sent", "tries", "stands"]
    label_columns: ClassVar[dict[str, str]] = {
        "kind_of_message": "What for",
        "login": "To",
        "made_at": "Written down",
        "sent": "Sent",
        "tries": "Tries",
        "stands": "Where it stands",
    }
    choice_columns: ClassVar[dict[str, Any]] = {"kind_of_message": MessageKind}
    search_columns: ClassVar[list[str]] = ["login"]
    filter_columns: ClassVar[list[Any]] = ["kind_of_message", Filter("stands", "Where it stands", _STATES, _in_state)]
    order_columns: ClassVar[dict[str, str]] = {"made_at": "created_at", "login": "login", "tries": "tries"}
    base_order = ("created_at", "desc")
    views: ClassVar[list[Any]] = [("Waiting", {"stands": "waiting"}), ("Went wrong", {"stands": "fault"})]
    show_columns: ClassVar[list[str]] = ["kind_of_message", "login", "made_at", "sent", "tries", "stands"]
    facts_heading = "What is kept of it"
    empty_words = "No message has been written down yet. They begin once a mail server is named in the settings."
    steps = (
        Step(
            "again",
            "Send it again",
            send_again,
            why="It is tried anew with the next post, if what it is about still waits.",
            offered=lambda message: message.sent_at is None and (message.tries > 0 or message.dropped_at is not None),
            done="It goes out with the next post.",
        ),
    )
    together = (Together("again", returns=False),)

    def cell_made_at(self, message: OutgoingMessage) -> str:
        """Day and time."""
        return _at(message.created_at)

    def cell_sent(self, message: OutgoingMessage) -> str:
        """Day and time, once the server has taken it."""
        return _at(message.sent_at) if message.sent_at else ""

    def cell_stands(self, message: OutgoingMessage) -> State:
        """Whether it went out, and why it did not; in words."""
        if message.sent_at is not None:
            return State("Sent", "plain", "tick")
        fault = Fault.say(message.fault) if message.fault else ""
        look = ("warn", "warn") if fault else ("none", "ring")
        if message.dropped_at is not None:
            return State(f"Not sent any more. {fault}".strip(), *look)
        return State(fault or "Waits to be sent", *look)

    def heading(self, message: OutgoingMessage) -> str:
        """What it is for."""
        return str(message)

    def page_title(self, message: OutgoingMessage) -> str:
        """The title in the browser."""
        return f"Message {message.id}"


def _at(instant: Any) -> str:
    at = local(instant)
    return f"{at.day} {at:%b %Y, %H:%M}"
