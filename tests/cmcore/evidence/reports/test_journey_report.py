"""A young person's journey as a report: by initials, for those who may read them, and each reading written down."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from cmcore.base.findings import NotAllowed, NotFound
from cmcore.evidence.reports.asking import journey_read, journey_written
from cmcore.evidence.reports.outputs import OUTPUTS
from cmcore.safekeeping.records import AuditEntry
from cmcore.testing import Stage
from tests.cmcore.evidence.made_cohorts import review
from tests.cmcore.reviews.made_enrolments import Ground


@pytest.fixture
def person(stage: Stage, at_work: Ground) -> int:
    """Somebody with a baseline, nine interim reviews and a session, whose concern was lowered."""
    with stage.work() as work:
        made = at_work.enrolment(work, concern_at_start="red", minutes=90)
        review(work, made, "baseline", date(2026, 5, 26), 2)
        for day in range(1, 10):
            last = review(work, made, "interim", date(2026, 9, day), {"confidence": 4, "ambition": None})
        last.concern, last.words_said = "green", "I like clay."
        return made.young_person_id or 0


def test_it_says_what_changed_by_whom_and_when(stage: Stage, person: int) -> None:
    with stage.work() as work:
        made = journey_read(work, person, printed_by="H.Q.")
    tables = {one.caption: one for _, one in made.tables()}
    changed = {row[0]: row[1:] for row in tables["The eight measures of progress, baseline to latest"].rows}
    assert changed["Confidence"] == (2, 4, "Improved by 2", "")
    assert changed["Ambition"][:2] == (2, None)
    assert (
        len(tables["Every review"].heads) == 8 and tables["Every review"].note == "3 reviews in between are left out."
    )
    assert ("Concern", "Red", "Green") in tables["Concern, school and attendance"].rows
    way = tables["What happened, the first first"].rows
    assert ("May 2026", "1 session held, 1 h 30") in way
    assert made.sections[0].heading == "One of one measures has improved"
    assert "15 weeks apart" in made.sections[0].said[0]
    [words] = [one for one in made.sections if one.voices]
    assert words.voices == (("Interim review, 9 September 2026", "I like clay."),)
    points = " ".join(what for section in made.sections for what, _ in section.points)
    assert "These are one person’s scores." in points and "Their words may name others." in points


def test_no_output_holds_a_name_and_each_is_written_down(stage: Stage, person: int) -> None:
    with stage.work() as work:
        made = journey_read(work, person)
        for ending in OUTPUTS:
            content, name = journey_written(work, person, ending)
            assert b"Brackenhollow" not in content and b"Merrin" not in content
            assert name.startswith("journey-WR-")
    assert made.heading.initials == "M.B." and made.sensitive
    with stage.work() as work:
        whys = list(work.db.scalars(select(AuditEntry.why).where(AuditEntry.young_person_id == person)))
        assert "journey report read" in whys
        assert {f"journey report taken out as {one.words}" for one in OUTPUTS.values()} <= set(whys)


def test_whoever_may_not_read_them_does_not_find_them(stage: Stage, person: int) -> None:
    for role in ("mentor", "referrer", "evaluator", "administrator", "finance"):
        with stage.work(role) as work, pytest.raises((NotFound, NotAllowed)):
            journey_read(work, person)


def test_somebody_without_a_programme_has_a_journey_that_says_so(stage: Stage) -> None:
    from cmcore.young_people.records import YoungPerson

    with stage.work() as work:
        one = work.add(YoungPerson(authority_id=stage.authority_id, ref="WR-0099", born_on=date(2012, 3, 1)))
        work.db.flush()
        made = journey_read(work, one.id)
        assert made.lead == "No programme has begun yet." and OUTPUTS["pdf"].write(made)
        assert made.heading.initials == "" and made.heading.about == "WR-0099"
