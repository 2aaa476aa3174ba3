"""Consoles that tests use one after another: laying one out costs 0.15 s of processor, moving into it nothing.

What depends on a database, a clock or settings is made for each test by ``create_app``, as ever; its pages, their
addresses and who may open them are the same each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask

from cmcore.plugins.register import register
from console import app as console_app
from console.framework import Console
from console.place import Place

#: So many are kept, for each way to lay them out; hardly a test has two at a time.
MOST = 4

_lay_out = console_app.laid_out
_free: dict[Any, list[Flask]] = {}


@contextmanager
def kept(patch: Callable[[object, str, Any], None]) -> Iterator[None]:
    """Take consoles from those that earlier tests have left, and leave them to the next."""
    taken: list[tuple[Any, Any, Flask]] = []

    def laid_out(place: Place, furnish: Callable[[Console], None], largest: int) -> Flask:
        plugins = tuple(known.module for known in register().plugins.values())
        # Pages that a test makes up are its own, and so is what is found among the plugins that are installed.
        if "<locals>" in furnish.__qualname__ or (plugins and furnish is console_app.shipped_pages):
            return _lay_out(place, furnish, largest)
        key = (place, furnish, largest, plugins)
        free = _free.setdefault(key, [])
        found = free.pop() if free else _lay_out(place, furnish, largest)
        # A test may add a page, as to one that was just laid out.
        found._got_first_request = False
        taken.append((key, _shape(found), found))
        return found

    patch(console_app, "laid_out", laid_out)
    yield
    for key, shape, app in taken:
        if _shape(app) == shape and len(_free[key]) < MOST:
            _free[key].append(app)


def _shape(app: Flask) -> Any:
    """What a test may have changed of an app: one that is not as it was serves no other."""
    told = {name: value for name, value in app.config.items() if name != "SECRET_KEY"}
    around = [
        {name: list(functions) for name, functions in each.items()}
        for each in (app.before_request_funcs, app.after_request_funcs, app.template_context_processors)
    ]
    return told, around, list(app.teardown_appcontext_funcs), app.wsgi_app, set(app.view_functions)
