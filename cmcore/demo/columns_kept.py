"""Which column is which, as the coordinator confirmed it when a return came from another case system."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine

from cmcore.base.clock import StoppedClock
from cmcore.demo.history import COORDINATOR
from cmcore.exchange.columns import Heads, match_columns
from cmcore.exchange.ssda903.layout import HEADER
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work
from cmcore.workbooks.remembering import remember_all

_COORDINATOR = Actor("hester.quillmarsh", COORDINATOR)
#: The headings of the other case system's file of children.
_HEADINGS = ("Child ID", "Gender", "Date of birth", "Ethnicity", "Pupil number", "Team")


def keep_columns(engine: Engine, authority_id: int, today: date) -> None:
    """Remember how the header file of the other system was read."""
    heads = Heads("header.csv", HEADER.key, f"ssda903.{HEADER.key}", HEADER.asked, _HEADINGS, official=True)
    made = match_columns(heads, None, match_columns(heads).places)
    scope = operator_scope({authority_id}, today)
    with Work(engine, _COORDINATOR, scope, clock=StoppedClock.on(today, 8), writing=True) as work:
        remember_all(work, authority_id, [made], act="import.ssda903")
