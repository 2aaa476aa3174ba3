"""``cm jobs``: do what is due without anybody asking: alarms, digests, notices, and long work."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import click
from flask import Flask, session

from cmcore.base.findings import refuse
from cmcore.base.settings import Settings
from cmcore.jobs.declared import JOBS
from cmcore.jobs.queue import LONG_WORK, Busy, do, queue_of, with_jobs
from cmcore.jobs.tasks import Tasks
from cmcore.messages.mail import Mail
from cmcore.messages.sending import PostRoom, Waits
from console import accounts, desk, logs
from console.serve import app_of
from console.service import waiting


def waits_for(app: Flask) -> Callable[[str], Sequence[Waits]]:
    """What waits for a sign-in name, as that person's own first page counts it, under their own scope."""

    def ask(login: str) -> Sequence[Waits]:
        with app.app_context():
            shared = desk.premises()
        who = accounts.account_of(shared.engine, login, shared.clock.today())
        if who is None:
            return ()
        # The console answers to its own names only, also here.
        host = (app.config["TRUSTED_HOSTS"] or ["localhost"])[0].lstrip(".")
        with app.test_request_context("/", base_url=f"http://{host}"):
            now = shared.clock.now()
            session.signed_in = accounts.SignedIn(0, who, {}, now, now)  # type: ignore[attr-defined]
            return [Waits(number, queue.words) for queue, number, _ in waiting(desk.work())]

    return ask


def post_room(app: Flask, settings: Settings) -> PostRoom:
    """The post room of a console: addresses are those of its accounts, what waits is what Today shows."""
    with app.app_context():
        shared = desk.premises()
    return PostRoom(
        shared.engine,
        Mail.of(settings),
        shared.clock,
        shared.overrides,
        address_of=lambda login: accounts.address_of(shared.engine, login),
        waiting=waits_for(app),
        is_open=lambda login: accounts.account_of(shared.engine, login, shared.clock.today()) is not None,
    )


@click.group("jobs")
def command() -> None:
    """Do what is due without anybody asking."""


@command.command("run")
def run() -> None:
    """Do each job at its time, and long work as it is asked for, until it is stopped with Ctrl-C. Several may run."""
    settings = Settings.load()
    logs.configure(level=logging.INFO)
    app = app_of(settings)
    queue = with_jobs(queue_of(settings), post_room(app, settings), settings)
    told = f", {', '.join(JOBS)}" if Mail.of(settings).on else "; no messages: mail is not set up"
    click.echo(f"Doing long work{told} (Ctrl-C stops it)")
    queue.create_consumer(workers=settings["jobs", "workers"], worker_type="thread").run()


@command.command("once")
@click.argument("name", type=click.Choice([*sorted(JOBS), LONG_WORK]))
def once(name: str) -> None:
    """Do one job now, for a timer of the machine's own or to try it; long-work does all that waits."""
    settings = Settings.load()
    if name == LONG_WORK:
        done = Tasks(post_room(app_of(settings), settings), settings["jobs", "morning"]).sweep()
        click.echo(f"{name}: {done} done.")
        return
    if not Mail.of(settings).on:
        raise refuse("Nothing was sent: mail is not set up.", way_out="Name a server as mail.host.")
    app = app_of(settings)
    try:
        done = do(JOBS[name], post_room(app, settings), queue_of(settings), settings)
    except Busy:
        click.echo("Another worker is doing it just now.")
        return
    click.echo(f"{name}: {done} sent.")
