"""How studies, protocols, referrals, places and releases go: states, and the only ways between them."""

from __future__ import annotations

from cmcore.api import Lifecycle, State, Transition

STUDY_LIFE = Lifecycle(
    "action_research_study",
    (
        State("planned", "Being planned"),
        State("open", "Open"),
        State("closed", "Closed", ended=True),
    ),
    (
        Transition("open", ("planned",), "open", "Open the study"),
        Transition("close", ("open",), "closed", "Close the study", needs_reason=True),
        Transition("reopen", ("closed",), "open", "Open it again", needs_reason=True),
    ),
)

PROTOCOL_LIFE = Lifecycle(
    "action_research_protocol",
    (
        State("draft", "Draft"),
        State("frozen", "Frozen, in force"),
        State("replaced", "Frozen, replaced by a later one", ended=True),
    ),
    (
        Transition("freeze", ("draft",), "frozen", "Freeze it"),
        Transition("replace", ("frozen",), "replaced", "Replace it"),
    ),
)

REFERRAL_LIFE = Lifecycle(
    "action_research_referral",
    (
        State("sent", "Sent"),
        State("accepted", "Taken into the study", ended=True),
        State("declined", "Not taken", ended=True),
        State("withdrawn", "Withdrawn", ended=True),
    ),
    (
        Transition("accept", ("sent",), "accepted", "Take into the study"),
        Transition("decline", ("sent",), "declined", "Do not take", needs_reason=True),
        Transition("withdraw", ("sent",), "withdrawn", "Withdraw", needs_reason=True),
    ),
)

PLACE_LIFE = Lifecycle(
    "action_research_place",
    (
        State("in_line", "In line"),
        State("given", "Has a place"),
        State("left", "Left the study", ended=True),
    ),
    (
        Transition("give", ("in_line",), "given", "Give a place"),
        Transition("leave", ("in_line", "given"), "left", "Leave the study", needs_reason=True),
    ),
)

RELEASE_LIFE = Lifecycle(
    "action_research_release",
    (
        State("made", "Made, not given out"),
        State("given", "Given to the evaluator"),
        State("called_back", "Called back", ended=True),
    ),
    (
        Transition("give", ("made",), "given", "Give to the evaluator"),
        Transition("call_back", ("made", "given"), "called_back", "Call back, as deleted", needs_reason=True),
    ),
)
