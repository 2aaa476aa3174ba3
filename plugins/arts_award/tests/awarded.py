"""What is done towards an award in a story: enrolled, evidenced, marked, assessed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cmcore.api import Work, YoungPerson
from cmcore.testing import Stage
from cmcore.testing.story import Story
from cmcore_arts_award.enrolling import assess, enrol
from cmcore_arts_award.evidencing import add_evidence, mark_part
from cmcore_arts_award.forms import AssessedAnswers, EnrolAnswers, EvidenceAnswers, MarkAnswers
from cmcore_arts_award.queries import parts_of
from cmcore_arts_award.records import AwardAdviser, AwardEnrolment, AwardPart
from cmcore_arts_award.words import Mark

TODAY = date(2026, 11, 24)
BEGAN, TRAINED = date(2026, 9, 7), date(2026, 6, 1)


@dataclass
class Awards:
    """A story with advisers, and what is done towards an award in it."""

    story: Story
    adviser_id: int = 0
    untrained_id: int = 0
    enrolments: list[int] = field(default_factory=list)

    @property
    def stage(self) -> Stage:
        """The stage it stands on."""
        return self.story.stage

    def enrolled(self, work: Work, level: str = "bronze", person_id: int = 0, **more: Any) -> AwardEnrolment:
        """Enrol somebody for a level of Arts Award."""
        told: dict[str, Any] = {
            "level": level if "." in level else f"arts_award.{level}",
            "enrolled_on": BEGAN,
            "arts_award_adviser_id": self.adviser_id,
            "setting_id": None,
            "aims_on": None,
        }
        made = enrol(work, work.get(YoungPerson, person_id or self.story.person_id), EnrolAnswers(**told | more))
        work.db.flush()
        return made

    def evidenced(self, work: Work, part: AwardPart, *shows: str) -> None:
        """Write a piece of evidence of a part down."""
        text = f"A page on part {part.part}."
        told = EvidenceAnswers(text=text, happened_on=TODAY, shows=list(shows), kept_at="Red folder")
        add_evidence(work, part, told)
        work.db.flush()

    def marking(self, **more: Any) -> MarkAnswers:
        """The answers that pass a part, with these changes."""
        told: dict[str, Any] = {
            "mark": Mark.passed,
            "arts_award_adviser_id": self.adviser_id,
            "marked_on": TODAY,
            "found_at": "Pages 4 to 7",
            "note": "",
        }
        return MarkAnswers(**told | more)

    def passed(self, work: Work, enrolment: AwardEnrolment) -> AwardEnrolment:
        """Pass every part."""
        for part in parts_of(work, enrolment):
            self.evidenced(work, part, *(["artist", "organisation"] if enrolment.level == "explore" else []))
            mark_part(work, part, self.marking())
        return enrolment

    def assessed(self, work: Work, enrolment: AwardEnrolment, **more: Any) -> AwardEnrolment:
        """Pass every part, and say that it is assessed."""
        told = {"arts_award_adviser_id": self.adviser_id, "assessed_on": TODAY}
        return assess(work, self.passed(work, enrolment), AssessedAnswers(**told | more))

    def adviser(self, work: Work, key: int = 0) -> AwardAdviser:
        """The adviser who is trained."""
        return work.get(AwardAdviser, key or self.adviser_id)
