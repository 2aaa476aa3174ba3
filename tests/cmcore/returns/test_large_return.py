"""A large return leaves a server that knows how large its tables are now; a small one leaves it alone."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from cmcore.testing import Stage
from tests.cmcore.exchange.made_returns import child, episode, read
from tests.cmcore.returns.brought_in import bring_in, counted


@pytest.mark.parametrize(("many", "knows"), [(1_200, True), (40, False)])
def test_the_server_counts_anew_the_tables_that_many_rows_came_into(stage: Stage, many: int, knows: bool) -> None:
    asked = text("SELECT relname, reltuples FROM pg_class WHERE relname IN ('cm_young_person', 'cm_care_episode')")

    def known() -> dict[str, float]:
        with stage.engine.connect() as connection:
            return dict(connection.execute(asked).all())

    # A database may have served a test before this one: what the server knows of it then is not of this test.
    before = known() if stage.engine.dialect.name == "postgresql" else {}
    ids = [str(300_000 + number) for number in range(many)]
    done = bring_in(stage, read(header=[child(each) for each in ids], episodes=[episode(each) for each in ids]))
    assert counted(done.plan, "new") == 2 * many
    if stage.engine.dialect.name == "postgresql":
        assert all(rows == many for rows in known().values()) if knows else known() == before
