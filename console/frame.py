"""The frame of a page, drawn once for everybody who sees it alike: the masthead, what is in reach, and the foot.

What differs from one person or sign-in to the next, a name, a token, a key, is put in afterwards, in place of marks
that nobody else can write. Everything else that the frame shows is part of the key it is kept under.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from markupsafe import Markup, escape

from console import said
from console.accounts import Account
from console.framework import console
from console.place import Place

#: So many frames are kept drawn; there are few roles, authorities and lines of the menu.
_MOST_DRAWN = 500
_TOKEN, _NAME, _WHOM = (f"cm-{secrets.token_hex(16)}" for _ in range(3))


@dataclass(frozen=True)
class _Somebody:
    """Who is signed in, as a frame that is kept shows them."""

    name: str
    role_label: str


def _drawn(key: Callable[[], tuple[Hashable, ...]], template: str, **values: Any) -> str:
    frames = console().frames
    known = frames.get(key())
    if known is None:
        if len(frames) >= _MOST_DRAWN:
            frames.clear()
        known = render_template(template, **values)
        # Where one stands in the menu is known once it has been drawn.
        frames[key()] = known
    return known


def masthead(me: Account | None, place: Place, concern_url: str) -> Markup:
    """The name of the place, the search, who is signed in and the menu."""
    label = me.role_label if me else ""

    def key() -> tuple[Hashable, ...]:
        where = (request.script_root,) if me is None else console().standpoint()
        return "masthead", label, place, concern_url, *where

    whose = None if me is None else _Somebody(_NAME, label)
    told = {"me": whose, "place": place, "concern_url": concern_url, "csrf_token": lambda: _TOKEN}
    drawn = _drawn(key, "cm/_masthead.html", **told)
    if me is not None:
        # The name last: whatever stands in it is looked at no more.
        drawn = drawn.replace(_TOKEN, said.csrf_token()).replace(_NAME, escape(me.name))
    return Markup(drawn)


def reach(me: Account | None, place: Place, concern_url: str, record: Any = None, saving: str = "") -> Markup:
    """What is always in reach on a phone; ``record`` is what the page is about, ``saving`` what its button says."""
    if me is None or not concern_url:
        return Markup("")
    whom, there = _whom(record), request.path == concern_url
    key = ("reach", place.emergency[:1], concern_url, there, bool(whom), saving)
    told = {"place": place, "concern_url": "" if there else concern_url, "whom": whom and _WHOM, "saving": saving}
    return Markup(_drawn(lambda: key, "cm/_reach.html", **told).replace(_WHOM, str(escape(whom))))


def _whom(record: Any) -> Any:
    """The key of the young person a page is about; empty where it is about nobody."""
    if not record or not hasattr(record, "kind"):
        return ""
    return (record.id if record.kind() == "young_person" else getattr(record, "young_person_id", "")) or ""


def foot(me: Account | None, place: Place) -> Markup:
    """The numbers to ring, and the keys of the keyboard for whoever is signed in."""
    key = ("foot", me is None, place.emergency, request.script_root)
    return Markup(_drawn(lambda: key, "cm/_foot.html", me=me is not None, place=place))
