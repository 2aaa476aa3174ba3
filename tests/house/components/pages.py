"""Opens the pages that components are cut out of: those of the two made-up schools in mid-term."""

from __future__ import annotations

from datetime import timedelta

from console.app import create_app
from tests.console.autumn import Autumn
from tests.console.visitor import Visitor
from tests.house.components.cutting import Component, Opens

#: After this much time a concern nobody has acknowledged heads every page.
LONG = timedelta(hours=30)


def opener(autumn: Autumn) -> Opens:
    """Opens a page of the console on an autumn's database as whoever the component says."""
    app = create_app(autumn.stage.engine, clock=autumn.stage.clock)

    def opens(one: Component) -> str:
        began = autumn.stage.clock.at
        if one.later:
            autumn.stage.clock.at += LONG
        try:
            visitor = Visitor(app).holds(autumn.token(one.who))
            visitor.opens(one.at.format(**autumn.keys))
            if one.sent:
                visitor.sends(visitor.answer.request.path, **one.sent)
                if visitor.status == 303:
                    visitor.opens(visitor.answer.location)
            return visitor.page
        finally:
            autumn.stage.clock.at = began

    return opens
