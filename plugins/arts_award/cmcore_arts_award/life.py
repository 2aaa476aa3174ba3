"""The life of an enrolment for an award, and of an entry with an awarding body: DOMAIN §9."""

from __future__ import annotations

from cmcore.api import Lifecycle, State, Transition

ENROLMENT_LIFE = Lifecycle(
    "arts_award_enrolment",
    (
        State("enrolled", "Enrolled"),
        State("in_progress", "In progress"),
        State("assessed", "Assessed"),
        State("entered", "Entered"),
        State("sampled", "In the sample"),
        State("not_yet", "Not yet"),
        State("certificated", "Certificated", ended=True),
        State("withdrawn", "Withdrawn", ended=True),
    ),
    (
        Transition("start", ("enrolled",), "in_progress", "Start"),
        Transition(
            "assess", ("in_progress",), "assessed", "Say that it is assessed", guards=("age", "trained", "parts")
        ),
        Transition("reopen", ("assessed",), "in_progress", "Take the assessment back", needs_reason=True),
        Transition("enter", ("assessed",), "entered", "Enter", guards=("age", "parts")),
        Transition("sample", ("entered",), "sampled", "Say that it is in the sample"),
        Transition("certificate", ("assessed", "entered", "sampled"), "certificated", "Write down the certificate"),
        Transition("not_yet", ("entered", "sampled"), "not_yet", "Not yet", needs_reason=True),
        Transition("resume", ("not_yet",), "in_progress", "Go on working"),
        Transition(
            "withdraw",
            ("enrolled", "in_progress", "assessed", "not_yet"),
            "withdrawn",
            "Withdraw",
            needs_reason=True,
        ),
        Transition("take_up", ("withdrawn",), "in_progress", "Take it up again", needs_reason=True),
    ),
)

#: States in which evidence is gathered and marks are given.
WORKING = ("enrolled", "in_progress")

BATCH_LIFE = Lifecycle(
    "arts_award_batch",
    (
        State("open", "Being put together"),
        State("entered", "Entered"),
        State("sampled", "Sample asked for"),
        State("uploaded", "Sample sent"),
        State("closed", "Results are in", ended=True),
    ),
    (
        Transition("enter", ("open",), "entered", "Enter them", guards=("age", "parts")),
        Transition("sample", ("entered",), "sampled", "Say who is in the sample"),
        Transition("upload", ("sampled",), "uploaded", "Say that the sample was sent"),
        Transition("close", ("entered", "uploaded"), "closed", "Write down the results"),
    ),
)
