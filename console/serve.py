"""``cm serve``: serve the console, and with ``--demo`` fill it with made-up people first."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Mapping
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from sqlalchemy import Engine

import cmcore.records  # noqa: F401  every record is mapped before a page looks at one
from cmcore.base.engine import engine_for, is_sqlite
from cmcore.base.findings import refuse
from cmcore.base.migrations import ahead, current, upgrade
from cmcore.base.settings import Settings
from cmcore.jobs.queue import queue_of, waking
from cmcore.plugins.configured import configure
from cmcore.plugins.register import register
from cmcore.plugins.tables import leave_out_behind
from console import desk, logs
from console.app import create_app, sync_permissions
from console.place import Place


def app_of(settings: Settings) -> Flask:
    """The console as the settings describe it, on their database."""
    engine = engine_for(settings["database", "url"], pool_size=settings["database", "pool_size"])
    configure(settings, register())
    leave_out_behind(engine)
    app = create_app(
        engine,
        Place.of(settings),
        overrides=settings.overrides,
        largest=settings["console", "largest_megabytes"] * 1_000_000,
    )
    with app.app_context():
        attendant = desk.premises().attendant
    attendant.tasks.morning = settings["jobs", "morning"]
    if not settings["jobs", "in_server"]:
        attendant.calls = waking(queue_of(settings))
    return app


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with threads. Each worker makes its own app and database connections after it has started."""

    def __init__(self, settings: Settings, address: str) -> None:
        """Serve what the settings describe at an address such as 127.0.0.1:8080."""
        self.settings = settings
        self.address = address
        super().__init__()

    def load_config(self) -> None:
        """How it listens. No access log: addresses hold search words; the console writes its own lines."""
        told: Mapping[str, Any] = {
            "bind": self.address,
            "worker_class": "gthread",
            "workers": self.settings["console", "workers"],
            "threads": self.settings["console", "threads"],
            "accesslog": None,
            "loglevel": "warning",
            "timeout": 120,
            "graceful_timeout": 20,
            "keepalive": 5,
            "limit_request_line": 4094,
            "limit_request_fields": 60,
            "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,
            "proc_name": "creative-mentoring",
            # Who asks is taken from a proxy by the console itself, as many steps back as the settings trust.
            "forwarded_allow_ips": "",
        }
        for key, value in told.items():
            self.cfg.set(key, value)

    def load(self) -> Flask:
        """The app of this worker; what somebody asked for before it was started is taken up at once."""
        app = app_of(self.settings)
        with app.app_context():
            attendant = desk.premises().attendant
        if attendant.calls is None:
            attendant.attend()
        return app


def _prepare(engine: Engine, demo: bool, size: str, settings: Settings) -> None:
    if demo:
        from cmcore.demo import Asked, load_demo
        from console import demo_accounts

        upgrade(engine)
        click.echo("Making up people. The first time takes a little.")
        places = settings["demo", "authorities"]
        for one in load_demo(engine, size, places=places, asked=Asked.read(settings)):
            click.echo(f"  {one.name}: " + (f"{one.young_people:,} young people" if one.made else "kept as it was"))
        sync_permissions(create_app(engine))
        click.echo("Sign in as one of these invented people:")
        for line in demo_accounts.lines(demo_accounts.open_accounts(engine)):
            click.echo(line)
        return
    # A plugin whose tables are behind is left out and named; the console itself must stand.
    standing = {owner: steps for owner, steps in current(engine).items() if owner in ("core", "console")}
    behind = [owner for owner, (at, newest) in standing.items() if at != newest]
    if set(behind) & set(ahead(engine)):
        raise refuse(
            "A newer version of the software made this database.",
            way_out="Install that version, or put back a copy from before it was brought up to date.",
        )
    if behind:
        raise refuse("The database is not ready for this version.", way_out="Run “cm init”, then “cm serve” again.")


def _free(host: str, port: int) -> None:
    elsewhere = "PORT=9000 before the command serves elsewhere."
    # 0 asks the machine for any free one, as tests do.
    if not 0 <= port <= 65535:
        raise refuse(f"A port is a number from 1 to 65535, not {port}.", way_out=elsewhere)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as taken:
            reason = f"Nothing can listen on {host}:{port}: {taken.strerror.lower() if taken.strerror else taken}."
            raise refuse(reason, way_out=elsewhere) from None


@click.command("serve")
@click.option(
    "--demo", is_flag=True, help="Fill an empty database with made-up people first, and print who may sign in."
)
@click.option("--size", default="small", show_default=True, help="How much is made up: small, authority or national.")
def command(demo: bool, size: str) -> None:
    """Serve the console until it is stopped with Ctrl-C."""
    settings = Settings.load()
    configure(settings, register())
    # Whoever tries the demonstration reads the lines about accounts; a line for each request would push them away.
    logs.configure(level=logging.WARNING if demo else logging.INFO)
    host, port = settings["console", "host"], settings["console", "port"]
    engine = engine_for(settings["database", "url"])
    try:
        if is_sqlite(engine) and settings["console", "workers"] > 1:
            raise refuse(
                "More than one worker needs PostgreSQL.",
                way_out="Set console.workers to 1, or CM_DATABASE_URL to a server.",
            )
        if demo and host not in ("127.0.0.1", "localhost", "::1"):
            raise refuse(
                "The demonstration is served on this machine only.",
                way_out="Leave console.host at 127.0.0.1, or leave --demo out.",
            )
        _free(host, port)
        _prepare(engine, demo, size, settings)
    finally:
        engine.dispose()
    click.echo(f"Serving on {'https' if settings['console', 'tls'] else 'http'}://{host}:{port} (Ctrl-C stops it)")
    Server(settings, f"{host}:{port}").run()
