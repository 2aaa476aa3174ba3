"""The fixed answers of Derbyshire's forms: who briefs the mentor, and what a school has tried."""

from __future__ import annotations

from cmcore.api import Choice


class Briefer(Choice):
    """Who briefs the mentor before the first meeting. Source: [LGA, Role] the mentor is briefed jointly."""

    education_support_officer = "education_support_officer", "Education Support Officer"
    social_care = "social_care", "Social care"
    school = "school", "The school"
    carer = "carer", "The carer"


class Tried(Choice):
    """What was tried before a mentor was asked for, so that nobody begins with what did not help."""

    pastoral = "pastoral", "Pastoral support at school"
    timetable = "timetable", "Another timetable"
    psychologist = "psychologist", "Educational psychologist"
    tuition = "tuition", "Tuition"
    alternative = "alternative", "Alternative provision"
    nothing = "nothing", "Nothing yet"
