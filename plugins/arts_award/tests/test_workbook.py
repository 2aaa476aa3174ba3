"""Enrolments come in as a workbook, a row each, and one that R-AA-1 refuses is held back with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select

import cmcore_arts_award
from cmcore.api import YoungPerson, upgrade
from cmcore.testing import Stage, plugged
from cmcore.testing.story import Story
from cmcore_arts_award.records import AwardEnrolment, AwardPart
from tests.cmcore.workbooks.filled import Desk, filled


@pytest.fixture
def desk(stage: Stage) -> Iterator[Desk]:
    """Somebody at a desk with the workbook of enrolments."""
    with plugged(cmcore_arts_award):
        upgrade(stage.engine)
        made = Desk(stage, Story.begin(stage))
        made.kind = "arts_award_enrolment"
        stage.on(date(2026, 11, 10))
        yield made


def test_enrolments_come_in_a_row_each(desk: Desk) -> None:
    young = desk.story.beside("Rue", "Wickenby", date(2017, 4, 1)).person_id
    with desk.stage.work() as work:
        refs = [work.get(YoungPerson, key).ref for key in (desk.story.person_id, young)]
    rows = [{"Young person": ref, "Which level?": "Arts Award Bronze", "From when?": date(2026, 11, 2)} for ref in refs]
    made, run = desk.brings(filled(desk.empty(), "Award enrolments", rows))
    assert [one.what for one in made.outcomes] == ["new", "refused"]
    assert "they are 9 then" in made.outcomes[1].reasons[0].message and run is not None
    with desk.stage.work() as work:
        assert str(work.db.scalars(select(AwardEnrolment)).one()) == "Arts Award Bronze"
        assert len(work.db.scalars(select(AwardPart)).all()) == 4
