"""How transactions begin and end: what was written is undone with them, and nothing said in one reaches the next."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import JSON, Engine, String, cast, event, literal, select, text, type_coerce
from sqlalchemy.exc import DBAPIError

from cmcore.base.engine import OPENING, in_order_of_an_index, is_sqlite, open_with, send


def _sent(engine: Engine) -> list[str]:
    sent: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    return sent


def _keep(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (word VARCHAR(20))"))


def _kept(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT word FROM kept ORDER BY word")).scalars())


def test_what_was_written_before_and_after_reading_is_undone(engine: Engine) -> None:
    _keep(engine)
    for statements in (
        ["INSERT INTO kept VALUES ('a')", "SELECT 1"],
        ["SELECT 1", "INSERT INTO kept VALUES ('b')"],
        ["WITH x AS (SELECT 'c' AS word) INSERT INTO kept SELECT word FROM x", "SELECT 1"],
        ["SELECT 1", "\nINSERT INTO kept VALUES ('d')", "SELECT 2"],
    ):
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text("INSERT INTO kept VALUES ('e')"))
        connection.execute(text("SELECT nothing FROM kept"))
    assert _kept(engine) == []


@pytest.mark.databases("postgresql")
def test_a_setting_made_while_reading_does_not_outlive_the_transaction(engine: Engine) -> None:
    for lasting in ("true", "false"):
        with engine.connect() as connection:
            connection.execute(text(f"SELECT set_config('cm.authorities', '1', {lasting})"))
        with engine.connect() as connection:
            assert not connection.scalar(text("SELECT current_setting('cm.authorities', true)"))


@pytest.mark.databases("postgresql")
def test_one_statement_alone_begins_no_transaction_and_what_follows_it_does(engine: Engine) -> None:
    _keep(engine)
    sent = _sent(engine)
    with engine.execution_options(**{OPENING: ""}).connect() as connection:
        connection.execute(text("INSERT INTO kept VALUES ('alone')"))
    with engine.connect() as connection:
        connection.execute(text("INSERT INTO kept VALUES ('undone')"))
    assert [each.split(" ", 1)[0] for each in sent] == ["INSERT", "BEGIN", "INSERT"]
    assert _kept(engine) == ["alone"]


def test_reading_along_an_index_is_asked_for_a_while_only(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin():
        if is_sqlite(connection):
            with in_order_of_an_index(connection):
                return

        def sorting() -> object:
            return connection.exec_driver_sql("SHOW enable_sort").scalar()

        with in_order_of_an_index(connection):
            assert sorting() == "off"
        assert sorting() == "on"


@pytest.mark.databases("postgresql")
def test_what_is_sent_as_written_is_heard_of_undone_and_fails_as_everything_does(engine: Engine) -> None:
    _keep(engine)
    sent, writes = _sent(engine), "INSERT INTO kept VALUES (%(word)s)"
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        assert send(connection, writes, {"word": "a"}).rowcount == 1
    with pytest.raises(DBAPIError), engine.begin() as connection:
        send(connection, writes, {"word": "b"})
        send(connection, "SELECT nothing FROM kept", {})
    assert _kept(engine) == [] and sent.count(writes) == 2


@pytest.mark.databases("postgresql")
def test_a_connection_that_was_lost_is_used_no_more(engine: Engine) -> None:
    with engine.connect() as connection:
        lost = connection.scalar(text("SELECT pg_backend_pid()"))
        with pytest.raises(DBAPIError) as failed:
            send(connection, "SELECT pg_terminate_backend(pg_backend_pid())", {})
        assert failed.value.connection_invalidated
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT pg_backend_pid()")) != lost


@pytest.mark.databases("postgresql")
def test_a_transaction_is_opened_together_with_what_is_said_in_it_or_not_at_all(engine: Engine) -> None:
    at_once = engine.execution_options(**{OPENING: ""})
    said = "SELECT current_setting('cm.authorities', true)"
    with at_once.connect() as connection:
        connection.begin()
        open_with(connection, "BEGIN; SELECT set_config('cm.authorities', '7', true)")
        assert connection.scalar(text(said)) == "7"
        connection.commit()
        assert not connection.scalar(text(said))
    with pytest.raises(DBAPIError), at_once.begin() as connection:
        open_with(connection, "BEGIN; SELECT nothing")
    with engine.connect() as connection:
        assert not connection.scalar(text(said)), "the connection is fit for the next"


@pytest.mark.databases("postgresql")
@pytest.mark.parametrize("noticed", [False, True])
def test_a_connection_that_was_lost_opens_nothing_and_is_used_no_more(engine: Engine, noticed: bool) -> None:
    at_once = engine.execution_options(**{OPENING: ""})
    with at_once.connect() as connection:
        lost = connection.scalar(text("SELECT pg_backend_pid()"))
        if noticed:
            connection.connection.driver_connection.pgconn.finish()
        else:
            with engine.connect() as other:
                other.execute(text(f"SELECT pg_terminate_backend({lost})"))
        with pytest.raises(DBAPIError) as failed:
            open_with(connection, "BEGIN; SELECT set_config('cm.authorities', '7', true)")
        assert failed.value.connection_invalidated
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT pg_backend_pid()")) != lost


def test_json_is_read_in_whatever_letters_it_was_written(engine: Engine) -> None:
    told = {"who": "Zoë “Quill” 🎨", "none": None, "many": [1, 2.5, True]}
    with engine.connect() as connection:
        assert connection.scalar(select(type_coerce(literal(told, JSON), JSON))) == told
        if not is_sqlite(connection):
            for written in (' {"a": "\\u00e9"} ', '"é"', "null"):
                found = connection.scalar(select(cast(literal(written, String), JSON)))
                assert found == json.loads(written)
