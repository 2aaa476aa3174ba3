"""What a page must be, over plain values: R-PEP-4, and what a line of each part says."""

from __future__ import annotations

from collections.abc import Iterable

from cmcore.api import Finding, Policy
from cmcore.api.asks import CulturalPart

#: Parts that say the young person does something, or came to something.
REACHING = (
    CulturalPart.now,
    CulturalPart.clubs,
    CulturalPart.lessons,
    CulturalPart.visits,
    CulturalPart.attended,
    CulturalPart.award,
)


def has_page(standing: int | None, policy: Policy) -> list[Finding]:
    """R-PEP-4: a PEP has a cultural entitlement page, and something stands on it. Source: DOMAIN §8, [Artsmark]."""
    if standing:
        return []
    said = "This PEP has no cultural entitlement page." if standing is None else "Its cultural page says nothing yet."
    return [policy.finding("R-PEP-4", said, way_out="Draft it, and read it through with the young person.")]


def reaches(parts: Iterable[str]) -> bool:
    """Whether the lines of these parts say that culture reaches the young person."""
    known = {each.value for each in REACHING}
    return any(part in known for part in parts)
