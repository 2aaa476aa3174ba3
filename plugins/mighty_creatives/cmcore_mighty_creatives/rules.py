"""What The Mighty Creatives ask of their mentors beyond the core, over plain values: R-TMC-4.

Insurance (R-INS-1 to R-INS-3), reflective sessions (R-MEN-1), induction and risk assessment (R-MEN-2) and the age of a
DBS certificate (R-DBS-2) are the core's, and are used as they are.
"""

from __future__ import annotations

from collections.abc import Collection

from cmcore.api import Finding, Policy, in_words
from cmcore_mighty_creatives.words import Paper


def has_read(read: Collection[str], policy: Policy, name: str) -> list[Finding]:
    """R-TMC-4: the edition of the induction pack in force is read before the first session. Source: [Role]."""
    lacking = [one.label.lower() for one in Paper if one not in read]
    if not lacking:
        return []
    return [
        policy.finding(
            "R-TMC-4",
            f"{name} has not read the {in_words(lacking)} yet.",
            way_out="Read it first, and write down the day under “Papers to read”.",
        )
    ]
