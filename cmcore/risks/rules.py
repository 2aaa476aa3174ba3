"""What must hold of known risks: R-RIS-1. Pure, given who was briefed of what."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cmcore.base.findings import Finding
from cmcore.base.policy import Policy
from cmcore.base.words import count


def not_briefed(briefed: Sequence[Collection[int]], mentor_id: int, name: str, policy: Policy) -> list[Finding]:
    """R-RIS-1: a mentor is briefed of every known risk of a young person they work with. Source: [Role].

    ``briefed`` holds for each risk that stands the keys of the mentors who were briefed of it.
    """
    lacking = sum(1 for mentors in briefed if mentor_id not in mentors)
    if not lacking:
        return []
    said = f"{name} has not been briefed of {count(lacking, 'known risk')}."
    return [policy.finding("R-RIS-1", said, way_out="Brief the mentor, and write down the day.")]
