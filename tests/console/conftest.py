"""Fixtures of the console's tests: a database with two authorities, an app on it, and visitors who click through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine

import cmcore.records  # noqa: F401  every record is mapped before the console looks at one
from cmcore.base.clock import StoppedClock
from cmcore.base.engine import engine_for
from console import accounts, passwords
from console.app import create_app
from console.place import Place
from tests.console import laid_out, town
from tests.console.autumn import Autumn, found_again, settle_at
from tests.console.visitor import Visitor
from tests.databases import CopyOf


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash with the least memory argon2 allows: what is tested is what is done with a hash, not how long it takes."""
    cheap = passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=passwords.Type.ID)
    monkeypatch.setattr(passwords, "_hasher", cheap)
    passwords._nobody.cache_clear()


@pytest.fixture(autouse=True)
def same_consoles(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Move into a console that an earlier test has left, where one is laid out as this test wants it."""
    with laid_out.kept(monkeypatch.setattr):
        yield


@pytest.fixture
def bare_engine(database_url: str) -> Iterator[Engine]:
    """A migrated database with nobody in it, for tests that bring their own people."""
    made = engine_for(database_url)
    yield made
    made.dispose()


@pytest.fixture
def engine(copy_of: CopyOf) -> Iterator[Engine]:
    """A database with the two authorities of the town, their people and accounts."""

    def fill(url: str) -> None:
        filled = engine_for(url)
        town.settle(filled)
        filled.dispose()

    made = engine_for(copy_of("town", fill))
    yield made
    made.dispose()


@pytest.fixture
def clock() -> StoppedClock:
    """A clock that stands at noon on 10 November 2026 until a test moves it."""
    return StoppedClock.on(town.TODAY)


@pytest.fixture
def make_app(engine: Engine, clock: StoppedClock) -> Callable[..., Flask]:
    """Makes the console with the test's own pages."""

    def make(place: Place | None = None) -> Flask:
        return create_app(engine, place, clock=clock, furnish=town.furnish)

    return make


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """The console with the test's own pages."""
    return make_app()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody who has not signed in."""
    return Visitor(app)


@pytest.fixture
def hester(app: Flask, engine: Engine, clock: StoppedClock) -> Visitor:
    """Hester Quillmarsh, coordinator in Wrenshire, signed in and on the start page; the way in is for others to try."""
    known = accounts.credentials(engine, town.HESTER)
    assert known is not None
    return Visitor(app).holds(accounts.begin_session(engine, known.id, clock.now(), Place().lasts)).stands_on("/")


@pytest.fixture
def autumn(copy_of: CopyOf) -> Iterator[Autumn]:
    """Two virtual schools in the middle of a term, alone in their database."""
    engine = engine_for(copy_of("autumn", settle_at))
    yield found_again(engine)
    engine.dispose()


@pytest.fixture
def shipped(autumn: Autumn) -> Flask:
    """The console with the pages it comes with, on those two."""
    return create_app(autumn.stage.engine, clock=autumn.stage.clock)
