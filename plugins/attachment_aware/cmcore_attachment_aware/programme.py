"""The programme type, whose subject is a school, and how a school goes through its year."""

from __future__ import annotations

from cmcore.api import Lifecycle, ProgrammeType, State, Subject, Transition

PLUGIN = "attachment_aware"

#: From the application to graduation. An offered place is a place that is taken until somebody gives it back.
PLACE_LIFE = Lifecycle(
    "attachment_aware_place",
    (
        State("applied", "Applied"),
        State("waiting", "On the waiting list"),
        State("offered", "Place offered"),
        State("in_cohort", "In the cohort"),
        State("graduated", "Graduated", ended=True),
        State("withdrawn", "Withdrawn", ended=True),
        State("declined", "Declined", ended=True),
    ),
    (
        Transition("offer", ("applied", "waiting"), "offered", "Offer a place", guards=("place_free", "in_order")),
        Transition("wait", ("applied",), "waiting", "Put it on the waiting list"),
        Transition("accept", ("offered",), "in_cohort", "Accept the place"),
        Transition("decline", ("applied", "waiting"), "declined", "Decline the application", needs_reason=True),
        Transition(
            "withdraw",
            ("applied", "waiting", "offered", "in_cohort"),
            "withdrawn",
            "Withdraw the school",
            needs_reason=True,
        ),
        Transition(
            "graduate", ("in_cohort",), "graduated", "Graduate", guards=("attended", "project_done", "portfolio_full")
        ),
        Transition("undo", ("graduated",), "in_cohort", "Take the graduation back", needs_reason=True),
    ),
)

#: The states in which a school holds one of the places there are.
HOLDING = ("offered", "in_cohort", "graduated")
#: The states in which a school works on its year.
AT_WORK = ("in_cohort",)

PROGRAMME_TYPE = ProgrammeType(
    key="attachment_aware",
    title="Attachment Aware Schools",
    description="A year of training and action research for the staff of a school, after which the school mentors "
    "another. Its subject is a school, not a child.",
    subject=Subject.setting,
    lifecycle=PLACE_LIFE,
    forms={
        "application": "attachment-aware-application",
        "project": "attachment-aware-project",
        "reading": "attachment-aware-reading",
        "portfolio": "attachment-aware-piece",
    },
    measure_sets=(),
    checks=(),
    roles=("coordinator", "referrer"),
    reports=("account", "network"),
    owner="cmcore_attachment_aware",
)
