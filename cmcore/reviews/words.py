"""The words of reviews: what kind they are and who scored; shared by forms, rules and records."""

from __future__ import annotations

from cmcore.base.words import Choice


class ReviewKind(Choice):
    """When in the work a review is held: DOMAIN §2."""

    baseline = "baseline", "Baseline"
    interim = "interim", "Interim"
    exit = "exit", "Exit"
    follow_up = "follow_up", "Follow-up"

    @property
    def called(self) -> str:
        """What a sentence calls it: "baseline", "interim review", "exit review", "follow-up"."""
        return f"{self.label.lower()} review" if self in (ReviewKind.interim, ReviewKind.exit) else self.label.lower()


class Scorer(Choice):
    """Who gave the scores: DOMAIN §2. Only scores of the same role are compared."""

    mentor = "mentor", "Mentor"
    young_person = "young_person", "Young person"
    carer = "carer", "Carer"
    teacher = "teacher", "Teacher"
    joint = "joint", "Young person and mentor together"
