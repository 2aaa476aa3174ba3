"""``cm jobs``: digests say what Today says, go to the addresses of open accounts, and hold no name."""

from __future__ import annotations

import pytest
from flask import Flask

from cmcore.base.settings import Settings
from cmcore.jobs.declared import JOBS
from cmcore.jobs.queue import do, queue_of
from console import accounts
from console.jobs import post_room, waits_for
from console.place import Place
from tests.cmcore.commands.test_keeping import Shell
from tests.cmcore.messages.loopback import Letterbox, serving, text_of
from tests.console.autumn import Autumn
from tests.console.test_today import queues


def login_of(autumn: Autumn, who: str) -> str:
    """The sign-in name of somebody of the autumn."""
    found = accounts.find_session(autumn.stage.engine, autumn.token(who), autumn.stage.clock.today())
    assert found is not None
    return found.account.login


def test_what_waits_is_what_today_counts_for_everybody(shipped: Flask, autumn: Autumn) -> None:
    ask = waits_for(shipped)
    for who in autumn.accounts:
        shown = {words: str(number) for words, (number, _) in queues(autumn.visitor(shipped, who).page).items()}
        assert {one.queue: one.number for one in ask(login_of(autumn, who))} == shown, who


def test_nothing_waits_for_an_account_that_is_closed_or_was_never_there(shipped: Flask, autumn: Autumn) -> None:
    ask, login = waits_for(shipped), login_of(autumn, "coordinator")
    assert ask(login) and not ask("nobody")
    accounts.deactivate(autumn.stage.engine, login)
    assert not ask(login) and accounts.address_of(autumn.stage.engine, login) == ""


def test_digests_go_to_those_for_whom_something_waits(
    shipped: Flask, autumn: Autumn, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Letterbox()
    with serving(box) as mail:
        url = autumn.stage.engine.url.render_as_string(hide_password=False)
        told = {
            "HOST": mail.host,
            "PORT": str(mail.port),
            "TLS": "none",
            "SENDER": mail.sender,
            "ADDRESS": mail.address,
        }
        settings = Settings.load(
            environ={"CM_DATABASE_URL": url, **{f"CM_MAIL_{key}": value for key, value in told.items()}}
        )
        monkeypatch.setattr(
            accounts, "address_of", lambda engine, login: f"{login.partition('@')[0]}@wrenshire.example"
        )
        room, queue = post_room(shipped, settings), queue_of(settings)
        sent = do(JOBS["digests"], room, queue, settings)
        assert sent == len(box.letters) > 2 and do(JOBS["digests"], room, queue, settings) == 0
    assert all(one["Subject"] == "What waits for you" for one in box.letters)
    assert any("1: Crisis referrals\n" in text_of(one) for one in box.letters)


def test_a_console_that_answers_to_one_name_only_counts_too(autumn: Autumn) -> None:
    from console.app import create_app

    strict = create_app(autumn.stage.engine, Place(hosts=("cm.wrenshire.example",)), clock=autumn.stage.clock)
    assert waits_for(strict)(login_of(autumn, "coordinator"))


def test_without_mail_the_command_says_so_in_a_sentence(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ended, said = Shell(database_url, monkeypatch).run("jobs", "once", "digests")
    assert ended == 1 and "mail is not set up" in said and "mail.host" in said


def test_long_work_is_done_without_mail(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ended, said = Shell(database_url, monkeypatch).run("jobs", "once", "long-work")
    assert ended == 0 and said.endswith("long-work: 0 done.\n")
