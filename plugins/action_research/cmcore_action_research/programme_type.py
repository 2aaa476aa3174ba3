"""Action research as a programme type: creative mentoring in the dose that was evaluated, inside a study."""

from __future__ import annotations

from dataclasses import replace

from cmcore.api import CREATIVE_MENTORING, Dose, Lifecycle

#: The dose that was evaluated: up to 24 hours over 3 months, ages 15 to 18. Source: [Research], DOMAIN §10.
DOSE = Dose(hours=24, months=3, least_age=15, most_age=18, source="[Research]")

_LIFE = CREATIVE_MENTORING.lifecycle

ACTION_RESEARCH = replace(
    CREATIVE_MENTORING,
    key="action-research",
    title="Action research",
    description="Creative mentoring inside a study: a place in line, a protocol that is fixed beforehand, and the "
    "dose that was evaluated.",
    lifecycle=Lifecycle("action-research", _LIFE.states, _LIFE.transitions),
    dose=DOSE,
    roles=("coordinator", "mentor", "evaluator"),
    owner="action_research",
)
