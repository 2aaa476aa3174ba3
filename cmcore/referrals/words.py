"""The fixed answers of a referral: why, how soon, how much concern, where."""

from __future__ import annotations

from cmcore.base.words import Choice


class Reason(Choice):
    """Why a young person is referred: DOMAIN §4."""

    engage = "engage", "Struggling to engage"
    exclusion = "exclusion", "Risk of exclusion"
    disaffection = "disaffection", "Disaffection"
    isolation = "isolation", "Social isolation"
    transition = "transition", "Moving school or home"
    crisis = "crisis", "Crisis"
    not_in_school = "not_in_school", "Not in school"


class Urgency(Choice):
    """How soon a referral must be read."""

    routine = "routine", "Routine"
    crisis = "crisis", "Crisis"


class Rag(Choice):
    """Red, amber or green."""

    red = "red", "Red"
    amber = "amber", "Amber"
    green = "green", "Green"


class Place(Choice):
    """Where mentoring happens."""

    home = "home", "At home"
    school = "school", "At school"
    community = "community", "In the community"
