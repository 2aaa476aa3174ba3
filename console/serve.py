"""``cm serve``: serve the console, on a migrated database; with made-up people where that is asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import click
from flask import Flask
from sqlalchemy import Engine, select

import cmcore.records  # noqa: F401  every record is mapped before a page is made
from cmcore.base.engine import engine_for, is_sqlite
from cmcore.base.migrations import current, settle, upgrade
from cmcore.base.settings import Settings
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.scope import Actor
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from console import accounts
from console.app import create_app
from console.place import Place

#: The password of every account of the demonstration. It stands in the open: nothing in there is real.
DEMO_PASSWORD = "lantern-harbour-quilt"


def place_of(settings: Settings) -> Place:
    """What the console needs to know of where it runs, from the settings."""
    phone = settings["console", "emergency_phone"]
    return Place(
        name=settings["console", "name"],
        authority=settings["console", "school"],
        emergency=((settings["console", "emergency_name"], phone),) if phone else (),
        idle=timedelta(minutes=settings["console", "idle_minutes"]),
        lasts=timedelta(hours=settings["console", "lasts_hours"]),
        tls=settings["console", "tls"],
        proxies=settings["console", "proxies"],
        hosts=tuple(settings["console", "hosts"]),
    )


def make_app(settings: Settings | None = None) -> Flask:
    """The console as the settings say: what a server process is pointed at ("console.serve:make_app()")."""
    settings = settings or Settings.load()
    engine = engine_for(settings["database", "url"], pool_size=settings["database", "pool_size"])
    return create_app(
        engine,
        place_of(settings),
        overrides=settings.overrides,
        largest=settings["console", "largest_megabytes"] * 1_000_000,
    )


@click.command("serve")
@click.option(
    "--demo", is_flag=True, help="Fill an empty database with made-up people first, and print who may sign in."
)
def command(demo: bool) -> None:
    """Serve the console on this machine, until it is stopped with Ctrl-C."""
    settings = Settings.load()
    engine = engine_for(settings["database", "url"], pool_size=2)
    if demo:
        _prepare(engine)
    elif any(at != newest for at, newest in current(engine).values()):
        raise click.ClickException("The database is not up to date. Run “cm init” first.")
    engine.dispose()
    host, port = settings["console", "host"], settings["console", "port"]
    click.echo(f"\nThe console is at http://{host}:{port}/")
    if demo:
        _print_accounts()
    click.echo("Stop it with Ctrl-C.")
    _serve(settings, host, port)


def _prepare(engine: Engine) -> None:
    """Migrate, and bring made-up people and their sign-ins into a database that holds no authority yet."""
    from cmcore.demo import DEMO_PEOPLE, load_demo

    if upgrade(engine):
        click.echo("The database is made.")
        settle(engine)
    if not _holds_an_authority(engine):
        click.echo("Bringing in made-up people …")
        load_demo(engine, size="small", seed=1)
    for person in DEMO_PEOPLE:
        if accounts.credentials(engine, person.login) is None:
            accounts.open_account(engine, login=person.login, name=person.name, password=DEMO_PASSWORD)


def _holds_an_authority(engine: Engine) -> bool:
    with Work(engine, Actor("command", "cm serve", "command"), None) as work:
        found = work.db.execute(
            select(Authority.id).limit(1),
            execution_options=beyond("whether anything is kept here yet, and nothing else"),
        ).first()
        work.undo()
    return found is not None


def _print_accounts() -> None:
    from cmcore.demo import DEMO_PEOPLE
    from cmcore.safekeeping.roles import roles

    click.echo(f"Sign in as one of these, with the password {DEMO_PASSWORD}")
    for person in DEMO_PEOPLE:
        click.echo(f"  {person.login:18} {roles()[person.role].label}")


def _serve(settings: Settings, host: str, port: int) -> None:
    from gunicorn.app.base import BaseApplication

    workers = settings["console", "workers"]
    if workers > 1 and is_sqlite(engine_for(settings["database", "url"])):
        raise click.ClickException("Several workers need PostgreSQL. Set console.workers to 1, or change database.url.")

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn, told everything by the settings."""

        def load_config(self) -> None:
            """Hand the settings over."""
            told: dict[str, Any] = {
                "bind": f"{host}:{port}",
                "workers": workers,
                "threads": settings["console", "threads"],
                "worker_class": "gthread",
                "accesslog": None,
                "loglevel": "warning",
                "timeout": 300,
                "limit_request_line": 4094,
                "proc_name": "creative-mentoring",
                "control_socket_disable": True,
            }
            for key, value in told.items():
                if key in self.cfg.settings:
                    self.cfg.set(key, value)

        def load(self) -> Flask:
            """The app of one worker."""
            return make_app(settings)

    Server().run()
