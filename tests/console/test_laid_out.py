"""A console that a test has left serves the next as if it were new, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from cmcore.base.clock import StoppedClock
from cmcore.base.engine import engine_for
from console import desk
from console.app import create_app, move_in
from console.place import Place
from tests.console import laid_out, town
from tests.console.visitor import Visitor
from tests.databases import CopyOf


@pytest.fixture
def same_consoles() -> None:
    """The tests here keep consoles themselves."""


@pytest.fixture
def elsewhere(copy_of: CopyOf) -> Iterator[Engine]:
    """Another copy of the town."""
    made = engine_for(copy_of("town", str))
    yield made
    made.dispose()


def test_whoever_moves_in_finds_nothing_of_who_was_there(
    app: Flask, hester: Visitor, elsewhere: Engine, clock: StoppedClock
) -> None:
    assert "Hester" in hester.opens("/young-people/").page
    with app.app_context():
        before, secret = desk.premises(), app.config["SECRET_KEY"]
    assert before.frames and before.places
    move_in(app, elsewhere, Place(), clock)
    with app.app_context():
        after = desk.premises()
    assert after.engine is elsewhere and after is not before and app.config["SECRET_KEY"] != secret
    assert not (after.frames or after.places or after.many or after.calm or after.measured)
    assert hester.opens("/young-people/").status == 303, "a sign-in is of the database it was made in"
    assert "Hester" in Visitor(app).signs_in(town.HESTER).page


@pytest.mark.parametrize(
    ("change", "again"),
    [
        (lambda app: None, True),
        (lambda app: app.config.update(PROPAGATE_EXCEPTIONS=False), False),
        (lambda app: app.add_url_rule("/trouble", "trouble", lambda: "trouble"), False),
        (lambda app: app.before_request(lambda: None), False),
    ],
    ids=["as it was", "a setting", "a page", "a guard"],
)
def test_one_that_was_changed_serves_no_other(
    engine: Engine, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch, change: Any, again: bool
) -> None:
    monkeypatch.setattr(laid_out, "_free", {})
    with laid_out.kept(monkeypatch.setattr):
        first = create_app(engine, clock=clock, furnish=town.furnish)
        beside = create_app(engine, clock=clock, furnish=town.furnish)
        assert beside is not first
        change(first)
        change(beside)
    with laid_out.kept(monkeypatch.setattr):
        assert (create_app(engine, clock=clock, furnish=town.furnish) in (first, beside)) == again
