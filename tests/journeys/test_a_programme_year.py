"""Whatever people do in a programme year, in any order, what must hold holds: DOMAIN §14 items 1, 2, 8 and 10."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine

from cmcore.base.engine import engine_for
from tests.databases import CopyOf
from tests.journeys.a_year import ProgrammeYear
from tests.journeys.year_work import begin


def test_a_programme_year_holds_whatever_people_do(copy_of: CopyOf, database_kind: str) -> None:
    def fill(url: str) -> None:
        engine = engine_for(url)
        begin(engine)
        engine.dispose()

    def copy() -> Engine:
        return engine_for(copy_of("programme-year", fill))

    class OnThisDatabase(ProgrammeYear):
        pass

    OnThisDatabase.copy = staticmethod(copy)
    years = 12 if database_kind == "sqlite" else 3
    usual: Any = settings(
        max_examples=years, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(OnThisDatabase, settings=usual)
