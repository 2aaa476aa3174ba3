"""The fixed answers about a young person: care, sex, education, special needs."""

from __future__ import annotations

from cmcore.base.words import Choice


class CareStatus(Choice):
    """How a young person stands to care: DOMAIN §3."""

    looked_after = "looked_after", "Looked after"
    previously_looked_after = "previously_looked_after", "Previously looked after"
    care_leaver = "care_leaver", "Care leaver"
    edge_of_care = "edge_of_care", "Edge of care"
    social_worker = "social_worker", "Child with a social worker"
    kinship_care = "kinship_care", "Kinship care"


class Sex(Choice):
    """Sex as the statutory return records it."""

    male = "1", "Male"
    female = "2", "Female"
    unknown = "0", "Not known"


class EducationStatus(Choice):
    """How a young person stands to school, training and work: DOMAIN §3."""

    enrolled = "enrolled", "Enrolled"
    part_time = "part_time", "Part-time timetable"
    not_in_school = "not_in_school", "Not in school"
    awaiting_place = "awaiting_place", "Awaiting a place"
    suspended = "suspended", "Suspended"
    excluded = "excluded", "Permanently excluded"
    eet = "eet", "In education, employment or training"
    neet = "neet", "Not in education, employment or training"


class SendLevel(Choice):
    """Special educational needs and disability support."""

    none = "none", "None"
    support = "support", "SEN support"
    ehcp = "ehcp", "Education, health and care plan"
