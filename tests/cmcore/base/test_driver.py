"""What PostgreSQL's driver says of an answer's columns when it is asked, and that it may be asked for one or a few."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text


@pytest.mark.databases("postgresql")
def test_an_answer_is_described_as_the_driver_describes_it(engine: Engine) -> None:
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        cursor.execute("SELECT 1 AS one, 'a' AS two, NULL::date AS three")
        told = cursor.description
        assert [each.name for each in told] == ["one", "two", "three"]
        assert [each.name for each in told[1:]] == ["two", "three"]
        assert (len(told), told[-1].type_display) == (3, "date")
        cursor.execute("SET LOCAL enable_sort = on")
        assert cursor.description is None
        assert connection.execute(text("SELECT 1 AS one, 2 AS two")).mappings().one() == {"one": 1, "two": 2}
