"""The fixed answers of a cultural entitlement page: what is in the way, and where a line comes from."""

from __future__ import annotations

from cmcore.api import Choice


class Barrier(Choice):
    """What keeps somebody from culture: DOMAIN §8."""

    transport = "transport", "Transport"
    cost = "cost", "Cost"
    confidence = "confidence", "Confidence"
    distance = "distance", "Distance"
    other = "other", "Something else"


class Origin(Choice):
    """How a line came onto the page."""

    drafted = "drafted", "Drafted"
    edited = "edited", "Drafted, and changed by hand"
    written = "written", "Written by hand"
