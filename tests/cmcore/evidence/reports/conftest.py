"""An authority at work with a programme, and a piece of work in it, for the tests of reports."""

from tests.cmcore.reviews.made_enrolments import at_work, work

__all__ = ["at_work", "work"]
