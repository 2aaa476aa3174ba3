"""The fixed answers of a personal education plan: DOMAIN §8."""

from __future__ import annotations

from cmcore.base.words import Choice

#: What the lists of plans that wait are called, on Today and in messages.
LATE, DUE = "PEPs late", "PEPs due"


class PlanKind(Choice):
    """Which plan it is: the termly one of a pupil, or the one after 16."""

    pep = "pep", "PEP"
    petp = "petp", "PETP, after 16"


class Attender(Choice):
    """Who comes to the meeting of a plan. Source: [Role] the key supporting adults, and ideally the young person."""

    young_person = "young_person", "The young person"
    carer = "carer", "Carer or key worker"
    parent = "parent", "Parent"
    social_worker = "social_worker", "Social worker"
    designated_teacher = "designated_teacher", "Designated teacher"
    teacher = "teacher", "Another teacher"
    virtual_school = "virtual_school", "Virtual school"
    mentor = "mentor", "Creative mentor"
    reviewing_officer = "reviewing_officer", "Independent reviewing officer"
    other = "other", "Somebody else"


class TargetKind(Choice):
    """What a target is about."""

    academic = "academic", "Academic"
    holistic = "holistic", "Holistic"
    cultural = "cultural", "Cultural"


class TargetOutcome(Choice):
    """What became of a target, once it was looked at again."""

    met = "met", "Met"
    partly = "partly", "Partly met"
    not_met = "not_met", "Not met"
    dropped = "dropped", "No longer aimed at"


class CulturalPart(Choice):
    """The parts of what is known of somebody's culture, in the order in which they are read."""

    interests = "interests", "Interests"
    now = "now", "What they do now"
    clubs = "clubs", "Clubs"
    lessons = "lessons", "Instruments and lessons"
    visits = "visits", "Visits"
    offered = "offered", "Events offered"
    attended = "attended", "Events attended"
    barriers = "barriers", "What is in the way"
    carer = "carer", "The carer's part"
    award = "award", "Progress towards an award"
    steps = "steps", "Next steps"
    words = "words", "In their words"
