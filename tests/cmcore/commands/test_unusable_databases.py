"""A database that cannot be used: each command says in a sentence what is wrong and what to do, and no traceback."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import DBAPIError

from cmcore.base.engine import engine_for
from cmcore.base.migrations import upgrade
from cmcore.base.unusable import sentence_of
from cmcore.commands import main
from cmcore.commands.failures import sentence_for

VERBS = (["check"], ["init"], ["authority", "add", "--name", "Wrenshire", "--code", "990", "--prefix", "WR"])


class Shell:
    """Runs ``cm`` on a database as a person does, and keeps what it said."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.delenv("CM_CONFIG", raising=False)
        self.patch, self.capsys = monkeypatch, capsys

    def run(self, url: str, *words: str) -> str:
        """What a command that failed said; it is never a traceback."""
        self.patch.setenv("CM_DATABASE_URL", url)
        self.patch.setattr(sys, "argv", ["cm", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = self.capsys.readouterr()
        assert ended.value.code == 1 and "Traceback" not in told.err + told.out
        return told.err + told.out


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(monkeypatch, capsys)


def kept(file: Path) -> Path:
    """A small database that is in order."""
    with sqlite3.connect(file) as plain:
        plain.execute("CREATE TABLE cm_kept (words TEXT)")
        plain.executemany("INSERT INTO cm_kept VALUES (?)", [("quilt " * 200,)] * 200)
    plain.close()
    return file


def a_note(file: Path) -> None:
    file.write_text("This was saved here by mistake, and is no database. " * 20, "utf-8")


def cut_off(file: Path) -> None:
    whole = kept(file).read_bytes()
    file.write_bytes(whole[: len(whole) // 3])


def written_over(file: Path) -> None:
    whole = kept(file).read_bytes()
    file.write_bytes(whole[:100] + b"\xa5" * 8_000 + whole[8_100:])


def a_folder(file: Path) -> None:
    file.mkdir()


@pytest.mark.parametrize(
    ("spoilt", "said", "way_out"),
    [
        (a_note, "cm.db is no database, or its beginning is damaged", "put your last copy in its place"),
        (cut_off, "cm.db is damaged: parts of it are missing", "put your last copy in its place"),
        (written_over, "cm.db is damaged: parts of it are missing", "docs/how-to/back-up-and-check.md"),
        (a_folder, "is a folder, not a database file", "CM_DATABASE_URL"),
    ],
)
def test_a_file_that_is_no_whole_database_is_named_with_the_way_out(
    spoilt: object, said: str, way_out: str, shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "cm.db"
    assert callable(spoilt)
    spoilt(file)
    for words in VERBS:
        told = shell.run(f"sqlite:///{file}", *words)
        assert said in told and way_out in told, words


def test_a_folder_that_cannot_be_made_is_named(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file in place of the folder")
    told = shell.run(f"sqlite:///{tmp_path}/var/cm.db", "check")
    assert "is not there and cannot be made: " in told and "Make it, or name another" in told


def test_a_file_that_can_only_be_read_and_a_full_disk_are_told_apart(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{kept(tmp_path / 'cm.db')}")
    for pragma, said in (("query_only = ON", "can only be read"), ("max_page_count = 1", "The disk is full")):
        with engine.connect() as connection, pytest.raises(DBAPIError) as raised:
            connection.exec_driver_sql(f"PRAGMA {pragma}")
            for _ in range(20):
                connection.execute(text("INSERT INTO cm_kept SELECT words FROM cm_kept"))
        engine.dispose()
        assert said in str(sentence_for(raised.value))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ('FATAL:  password authentication failed for user "cm_app"', "did not take the password"),
        ("fe_sendauth: no password supplied", "asks for a password"),
        ('FATAL:  no pg_hba.conf entry for host "192.0.2.7"', "does not let this machine in"),
        ('FATAL:  database "creative" does not exist', "Make it (“createdb NAME”) and run “cm init”"),
        ('FATAL:  role "cm_app" does not exist', "knows no role of the name"),
        ("connection timeout expired", "does not answer in time"),
        ("failed to resolve host 'db.example': [Errno -2]", "There is no machine of the name"),
        ("FATAL:  the database system is starting up", "starting or stopping"),
        ("FATAL:  sorry, too many clients already", "no connection left"),
        ("FATAL:  Passwort-Authentifizierung fehlgeschlagen", "cannot be reached"),
    ],
)
def test_what_the_driver_says_of_a_server_becomes_a_sentence(said: str, sentence: str) -> None:
    assert sentence in str(sentence_of(DBAPIError("", {}, Exception(said))))


@pytest.mark.databases("postgresql")
def test_a_server_out_of_reach_and_a_database_that_is_not_there_are_named(engine: Engine, shell: Shell) -> None:
    here = engine.url.render_as_string(hide_password=False)
    missing = make_url(here).set(database="nobody_made_this").render_as_string(hide_password=False)
    assert "has no database of the name" in shell.run(missing, "check")
    nobody = "postgresql+psycopg://cm_app:quilt@127.0.0.1:1/creative_mentoring"
    for words in VERBS:
        told = shell.run(nobody, *words)
        assert "Nothing answers at the database server 127.0.0.1:1" in told and "quilt" not in told


def test_a_database_ahead_of_the_software_or_behind_it_says_which(empty_database_url: str, shell: Shell) -> None:
    engine = engine_for(empty_database_url)
    upgrade(engine, owner="core")
    shell.patch.setenv("PORT", "99999")
    told = shell.run(empty_database_url, "serve")
    assert "from 1 to 65535, not 99999" in told and "PORT=9000" in told
    shell.patch.setenv("PORT", "0")
    told = shell.run(empty_database_url, "serve")
    assert "not ready for this version" in told and "Run “cm init”" in told
    with engine.begin() as connection:
        connection.execute(text("UPDATE cm_version_core SET version_num = '9999'"))
    engine.dispose()
    assert "a newer version of the software made it" in shell.run(empty_database_url, "check")
    for words in (["init"], ["db", "upgrade"], ["serve"], ["serve", "--demo"]):
        told = shell.run(empty_database_url, *words)
        assert "A newer version of the software made this database" in told and "put back a copy" in told


def test_a_column_that_is_not_there_yet_is_told_as_what_it_is(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(DBAPIError) as raised:
        connection.execute(text("SELECT made_tomorrow FROM cm_authority"))
    assert sentence_for(raised.value) == "The database is behind this version of the software. Run “cm init”, " + (
        "then this again."
    )


def test_a_file_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OSError) as raised:
        (tmp_path / "nowhere" / "referral.pdf").write_bytes(b"")
    said = str(sentence_for(raised.value))
    assert "referral.pdf cannot be opened: no such file or directory. Look whether its folder is there" in said
