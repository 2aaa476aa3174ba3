"""An authority at work, a piece of work and an enrolment, for every test of reviews."""

import pytest

from cmcore.enrolments.records import Enrolment
from cmcore.safekeeping.work import Work
from tests.cmcore.reviews.made_enrolments import Ground, at_work, work

__all__ = ["at_work", "enrolment", "work"]


@pytest.fixture
def enrolment(work: Work, at_work: Ground) -> Enrolment:
    return at_work.enrolment(work)
