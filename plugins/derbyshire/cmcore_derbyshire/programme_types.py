"""Crisis mentoring, as a federation of schools asks for it: declared as data, beside creative mentoring."""

from __future__ import annotations

from cmcore.api import CREATIVE_MENTORING, Lifecycle, ProgrammeType, State, Subject, Transition

#: Shorter than creative mentoring: nothing is paused, because a crisis does not pause. Source: [LGA].
CRISIS_LIFE = Lifecycle(
    "derbyshire-crisis",
    (
        State("planned", "Planned"),
        State("active", "Active"),
        State("closing", "Closing"),
        State("completed", "Completed", ended=True),
        State("ended_early", "Ended early", ended=True),
    ),
    (
        Transition("start", ("planned",), "active", "Start", guards=("active_commission",)),
        Transition("close", ("active",), "closing", "Start closing"),
        Transition("complete", ("closing",), "completed", "Complete", guards=("exit_review",)),
        Transition("end_early", ("planned", "active", "closing"), "ended_early", "End early", needs_reason=True),
        Transition("reopen", ("completed", "ended_early"), "planned", "Reopen", needs_reason=True),
    ),
)

CRISIS = ProgrammeType(
    key="derbyshire-crisis",
    title="Crisis mentoring",
    description="A mentor comes within days to a school of the federation, so that a young person in crisis "
    "is not excluded.",
    subject=Subject.young_person,
    lifecycle=CRISIS_LIFE,
    forms={**CREATIVE_MENTORING.forms, "referral": "derbyshire-referral", "plan": "derbyshire-crisis-plan"},
    measure_sets=("eight@1", "derbyshire_concern@1"),
    checks=CREATIVE_MENTORING.checks,
    roles=CREATIVE_MENTORING.roles,
    reports=CREATIVE_MENTORING.reports,
    owner="derbyshire",
)
