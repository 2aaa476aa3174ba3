"""The fixed answers about what supports a mentor, and about risk assessments."""

from __future__ import annotations

from cmcore.base.words import Choice


class Support(Choice):
    """What a mentor is offered. Source: [Role] a reflective session each term, one-to-one support where needed."""

    reflective = "reflective", "Reflective session"
    one_to_one = "one_to_one", "One-to-one support"


class TrainingSubject(Choice):
    """What a mentor is trained in: DOMAIN §5."""

    attachment = "attachment", "Attachment"
    social_pedagogy = "social_pedagogy", "Social pedagogy"
    neuroscience = "neuroscience", "Neuroscience"
    safe_working = "safe_working", "Safe working"
    other = "other", "Something else"


class Attendance(Choice):
    """Whether a mentor came."""

    invited = "invited", "Invited"
    came = "came", "Came"
    sent_word = "sent_word", "Could not come, and said so"
    absent = "absent", "Did not come"


class Exclusion(Choice):
    """What an activity leaves out, or does only with somebody trained for it. Source: [Role] water and altitude."""

    water = "water", "In or on water"
    altitude = "altitude", "High ground"
    climbing = "climbing", "Climbing"
    fire = "fire", "Open fire"
    machines = "machines", "Power tools and machines"
    other = "other", "Something else"


class Likely(Choice):
    """How likely harm is once everything that is planned is done."""

    low = "low", "Unlikely"
    medium = "medium", "Possible"
    high = "high", "Likely"
