"""The things tests stand on, tried by themselves: both databases, the browser, and axe in it."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import sqlalchemy
from playwright.sync_api import Page

from tests import postgres_kept, postgres_server, run_folder
from tests.browser.axe import axe_violations

STRICT = "default-src 'none'; script-src 'nonce-once'; style-src 'self'"


def test_a_test_of_storage_runs_on_both_databases_and_each_time_on_a_fresh_one(empty_database_url: str) -> None:
    engine = sqlalchemy.create_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE once (id integer primary key)"))
    engine.dispose()


def test_postgresql_holds_the_role_of_the_tests_to_row_level_security(
    postgres: postgres_server.PostgresServer,
) -> None:
    with psycopg.connect(host=postgres.socket_folder, user=postgres_server.ROLE, dbname="postgres") as connection:
        asked = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        assert connection.execute(asked).fetchone() == (False, False)


def _whole(server: postgres_server.PostgresServer, url: str) -> dict[str, object]:
    """Everything in the tables of a database, in order, and where its sequences stand."""
    with server.connect(str(sqlalchemy.make_url(url).database)) as connection:
        of = "FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind"
        tables = [name for (name,) in connection.execute(f"SELECT relname {of} = 'r'")]
        kept: dict[str, object] = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
        kept |= dict(connection.execute(f"SELECT relname, pg_sequence_last_value(oid) {of} = 'S'"))
    return kept


def test_what_a_test_wrote_is_taken_back_to_the_last_sequence(postgres: postgres_server.PostgresServer) -> None:
    def fill(url: str) -> None:
        with psycopg.connect(_plain(url)) as connection:
            connection.execute("CREATE TABLE kept (id serial PRIMARY KEY, word text)")
            connection.execute("CREATE TABLE other (id serial PRIMARY KEY, kept integer NOT NULL REFERENCES kept)")
            connection.execute("INSERT INTO kept (word) VALUES ('one'), ('two'), ('three')")
            connection.execute("INSERT INTO other (kept) VALUES (1)")

    seen = []
    for statements in (
        ["INSERT INTO kept (word) VALUES ('four')", "UPDATE kept SET word = 'changed' WHERE id = 2"],
        ["DELETE FROM other", "DELETE FROM kept WHERE id = 1", "INSERT INTO other (kept) VALUES (3)"],
        ["TRUNCATE kept CASCADE", "ALTER SEQUENCE kept_id_seq RESTART"],
        [],
    ):
        with postgres_kept.for_one_test(postgres, "template1", "taken back", fill) as url:
            seen.append((url, _whole(postgres, url)))
            with psycopg.connect(_plain(url), autocommit=True) as connection:
                for statement in statements:
                    connection.execute(statement)
    assert all(whole == seen[0][1] for _, whole in seen)
    # The third changed more than rows, and so its database serves no other.
    assert seen[0][0] == seen[1][0] == seen[2][0] != seen[3][0]


def test_a_database_that_somebody_is_still_at_serves_no_other_test(postgres: postgres_server.PostgresServer) -> None:
    with postgres_kept.for_one_test(postgres, "template1", "still there") as first:
        left = psycopg.connect(_plain(first))
    with postgres_kept.for_one_test(postgres, "template1", "still there") as second:
        assert second != first
    left.close()


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg:", "postgresql:")


def test_what_a_killed_run_left_behind_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(run_folder, "MEMORY", tmp_path / "none")
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = tmp_path / f"{run_folder.PREFIX}{gone.pid}-abc"
    mine = run_folder.make()
    left.mkdir()
    run_folder.sweep()
    assert not left.exists()
    assert mine.exists()


@pytest.mark.browser
def test_axe_finds_a_picture_without_words_under_a_strict_content_policy(page: Page) -> None:
    page.route(
        "http://house.test/",
        lambda route: route.fulfill(
            content_type="text/html",
            headers={"Content-Security-Policy": STRICT},
            body="<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1><img src='x.png'></main>",
        ),
    )
    page.goto("http://house.test/")
    found = axe_violations(page)
    assert [line.split(":")[0] for line in found] == ["image-alt"], found
