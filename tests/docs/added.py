"""What the page of things a plugin can add promises, looked at in a process of its own: a record is mapped but once."""

from __future__ import annotations

import sys
from datetime import date
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from cmcore.api import Authority, Period, YoungPerson, calendar_entries, counted, engine_for, upgrade
from cmcore.testing import Stage, plugged
from cmcore.workbooks.lists import lists_for
from console.brought import PluginPage


def look() -> None:
    """Keep a visit in the database that is named, and see it counted, in the calendar, in Excel and in the report."""
    module: Any = import_module("cmcore_wrenshire")
    acts, forms, console = (import_module(f"cmcore_wrenshire.{part}") for part in ("actions", "forms", "console"))
    from tests.console.plugins_shown import app_with, console_part

    engine = engine_for(sys.argv[1])
    with plugged(module):
        upgrade(engine)
        stage = Stage(engine)
        stage.authority()
        with stage.work() as work:
            authority, on = work.get(Authority, stage.authority_id), work.today
            person = work.add(_somebody(authority.id))
            work.db.flush()
            acts.add_visit(work, person, forms.VisitAnswers(held_on=on, place=forms.Place.stage))
        with stage.work() as work:
            authority, year = work.get(Authority, stage.authority_id), Period(date(on.year, 1, 1), on)
            assert counted(work, "wrenshire_visits", authority, year).number == 1
            assert [one.title for one in calendar_entries(work, authority, year)] == ["Visit: A theatre or concert"]
            assert "wrenshire_visit" in {one.key for one in lists_for(work, authority.id)}
            assert console.rows_of(work) == [("Visits in Wrenshire", "1")]
        pages = [*console.console_pages(), PluginPage(console.WrenshireReport, "Report of the visits")]
        part = console_part(console_pages=lambda: pages, console_queues=console.console_queues)
        autumn: Any = SimpleNamespace(stage=stage)
        taken = app_with(autumn, part).extensions["cm_plugins"]
        assert taken.left_out == {} and "wrenshire" in taken.shown
    engine.dispose()


def _somebody(authority_id: int) -> YoungPerson:
    return YoungPerson(
        authority_id=authority_id, ref="WR-0001", given_name="Wick", family_name="Larkmoor", born_on=date(2012, 3, 1)
    )
