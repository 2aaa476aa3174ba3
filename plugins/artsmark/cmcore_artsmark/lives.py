"""How a journey and a commitment go: states, and the only ways between them."""

from __future__ import annotations

from cmcore.api import Lifecycle, State, Transition

JOURNEY_LIFE = Lifecycle(
    "artsmark_journey",
    (
        State("registered", "Registered"),
        State("assessed", "Self-assessed"),
        State("committed", "Statement of Commitment sent"),
        State("claimed", "Statement of Impact sent"),
        State("awarded", "Awarded"),
        State("not_awarded", "Not awarded"),
        State("renewed", "Renewed", ended=True),
        State("lapsed", "Run out", ended=True),
        State("withdrawn", "Withdrawn", ended=True),
    ),
    (
        Transition("assess", ("registered",), "assessed", "Say that the self-assessment is done", guards=("judged",)),
        Transition("commit", ("assessed",), "committed", "Send the Statement of Commitment", guards=("committed",)),
        Transition(
            "claim",
            ("committed", "not_awarded"),
            "claimed",
            "Send the Statement of Impact",
            guards=("achieved_only",),
        ),
        Transition("award", ("claimed",), "awarded", "Write down the award"),
        Transition("refuse", ("claimed",), "not_awarded", "Write down that it was not awarded", needs_reason=True),
        Transition("renew", ("awarded", "lapsed"), "renewed", "Begin the next journey"),
        Transition("lapse", ("awarded",), "lapsed", "Let it run out", needs_reason=True),
        Transition(
            "withdraw",
            ("registered", "assessed", "committed", "claimed", "not_awarded"),
            "withdrawn",
            "Withdraw",
            needs_reason=True,
        ),
    ),
)

COMMITMENT_LIFE = Lifecycle(
    "artsmark_commitment",
    (
        State("planned", "Planned"),
        State("under_way", "Under way"),
        State("achieved", "Achieved", ended=True),
        State("dropped", "Dropped", ended=True),
    ),
    (
        Transition("start", ("planned",), "under_way", "Say that it is under way"),
        Transition("achieve", ("under_way",), "achieved", "Say that it is achieved"),
        Transition("drop", ("planned", "under_way"), "dropped", "Drop it", needs_reason=True),
        Transition("reopen", ("achieved", "dropped"), "under_way", "Take it up again", needs_reason=True),
    ),
)

#: The states in which commitments, plan and evidence are worked on.
OPEN = ("registered", "assessed", "committed", "claimed", "not_awarded")
