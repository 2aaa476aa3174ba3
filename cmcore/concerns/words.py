"""The fixed answers about a concern: DOMAIN §7."""

from __future__ import annotations

from cmcore.base.words import Choice


class ConcernKind(Choice):
    """What a concern is about."""

    disclosure = "disclosure", "They told you something"
    observed = "observed", "You saw or heard something"
    behaviour = "behaviour", "How they behaved"
    missing = "missing", "They are missing"
    crime = "crime", "A crime, or being drawn into one"
    allegation = "allegation", "An allegation against an adult"


class Told(Choice):
    """Who was told of a concern. The first two must both be told before it counts as passed on (R-SAF-3)."""

    social_worker = "social_worker", "The social worker"
    virtual_school = "virtual_school", "The virtual school"
    carer = "carer", "The carer"
    emergency_services = "emergency_services", "Emergency services"
    other = "other", "Somebody else"
