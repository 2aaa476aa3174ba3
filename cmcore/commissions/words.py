"""The fixed answers of a commission: what its hours are for."""

from __future__ import annotations

from cmcore.base.words import Choice


class Purpose(Choice):
    """What the hours of a commission are for: DOMAIN §4."""

    mentoring = "mentoring", "Mentoring"
    pep = "pep", "PEP attendance"
    planning = "planning", "Planning"
    case_study = "case_study", "Case study"
