"""The things tests stand on, tried by themselves: both databases, the browser, and axe in it."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import sqlalchemy
from playwright.sync_api import Page

from tests import postgres_server, run_folder
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
