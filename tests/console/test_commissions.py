"""A commission as the finance officer sees it: hours and rate, and nobody's name."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from cmcore.safekeeping.memberships import give_role
from cmcore.testing import Stage
from cmcore.testing.story import Story
from console import accounts
from console.app import create_app
from tests.console import town
from tests.console.visitor import Visitor


@pytest.fixture
def engine(bare_engine: Engine) -> Engine:
    """A database of this test's own people."""
    return bare_engine


def test_the_finance_officer_sees_the_hours_and_no_young_person(engine: Engine) -> None:
    stage = Stage(engine)
    stage.authority()
    story = Story.begin(stage)
    stage.on(date(2026, 9, 29))
    with stage.work() as work:
        story.started(work)
    stage.on(date(2026, 11, 10))
    with stage.work() as work:
        story.logged(work, date(2026, 10, 6))
    with stage.work("operator") as work:
        give_role(work, stage.authority_id, "odile.marrowfen", "finance")
    accounts.open_account(engine, login="odile.marrowfen", name="Odile Marrowfen", password=town.PASSWORD)
    visitor = Visitor(create_app(engine, clock=stage.clock)).signs_in("odile.marrowfen")
    page = visitor.opens(f"/commissions/{story.commission_id}").page
    assert visitor.status == 200 and "1 h 30 of 24 h" in page and "£32.00" in page
    assert "M.B." not in page and "Bramblewick" not in page and "None" not in page
    assert visitor.opens("/commissions/").status == 200 and "M.B." not in visitor.page
    assert visitor.opens(f"/young-people/{story.person_id}").status in (403, 404)
