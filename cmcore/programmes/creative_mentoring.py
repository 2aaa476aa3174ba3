"""Creative mentoring, declared as data the way a plugin declares its own type."""

from __future__ import annotations

from cmcore.base.lifecycle import Lifecycle, State, Transition
from cmcore.programmes.types import Dose, ProgrammeType, Subject

#: DOMAIN §4: planned, active and paused by turns, closing, completed or ended early; an ended one may be reopened.
ENROLMENT_LIFE = Lifecycle(
    "creative-mentoring",
    (
        State("planned", "Planned"),
        State("active", "Active"),
        State("paused", "Paused"),
        State("closing", "Closing"),
        State("completed", "Completed", ended=True),
        State("ended_early", "Ended early", ended=True),
    ),
    (
        Transition("start", ("planned",), "active", "Start", guards=("active_commission",)),
        Transition("pause", ("active",), "paused", "Pause", needs_reason=True),
        Transition("resume", ("paused",), "active", "Resume", guards=("active_commission",)),
        Transition("close", ("active", "paused"), "closing", "Start closing"),
        Transition("complete", ("closing",), "completed", "Complete", guards=("exit_review",)),
        Transition(
            "end_early", ("planned", "active", "paused", "closing"), "ended_early", "End early", needs_reason=True
        ),
        # Reopened, it is planned again: it becomes active as it did the first time, with its checks.
        Transition("reopen", ("completed", "ended_early"), "planned", "Reopen", needs_reason=True),
    ),
)

CREATIVE_MENTORING = ProgrammeType(
    key="creative-mentoring",
    title="Creative mentoring",
    description="A freelance artist works one to one with a young person who has given up on school, "
    "and finds with them a way back.",
    subject=Subject.young_person,
    lifecycle=ENROLMENT_LIFE,
    forms={
        "referral": "referral",
        "enrolment": "enrolment",
        "commission": "commission",
        "session": "session-record",
        "review": "review",
    },
    measure_sets=("eight@1", "six@2017"),
    checks=("enhanced_dbs", "public_liability"),
    dose=Dose(hours=24, months=3, least_age=15, most_age=18, source="[Research]"),
    roles=("coordinator", "mentor"),
    reports=("evidence",),
)
