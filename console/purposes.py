"""What a page is for, in a sentence or two: it stands folded at the foot of every page."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, request

from console.framework import console

#: Where the pages of an app are found again by their endpoint.
_PAGES = "cm_pages"
#: What can be done with one record, on pages that every class about a kind of record has.
_OF_ONE = {
    "list": "The {plural} you may see: search them, narrow them down, open one.",
    "show": "One {singular}: what is kept, how things stand, and what can be done next.",
    "add": "Write down {a} {singular}. Nothing is kept until you press the button at the end.",
    "edit": "Change what is kept of this {singular}. If somebody else changes it meanwhile, both versions are shown.",
    "remove": "Take this {singular} away. It is asked first whether anything else hangs on it.",
    "take": "One step of this {singular}. Who took it, and when, is written down.",
}
#: What is left to say of a page that says nothing of itself.
_OTHERWISE = "The button says what it does; nothing is kept before you press it."


def page_purpose(about: str = "") -> str:
    """What the page of this request is for: in its own words, in those of its class, or as its kind of page says.

    A page class says it in ``about``, and in ``purposes`` for single methods.
    """
    if about:
        return about
    name, _, method = (request.endpoint or "").partition(".")
    view = pages(current_app).get(name)
    return "" if view is None else purpose_of(view, method)


def purpose_of(view: Any, method: str) -> str:
    """What the page that a method of a class makes is for."""
    if own := getattr(view, "purposes", {}).get(method):
        return str(own)
    about, record = getattr(view, "about", ""), getattr(view, "record", None)
    if method in ("index", "list") and about:
        return str(about)
    if record is not None:
        words = _OF_ONE.get(method, _OTHERWISE)
        article = "an" if view.singular[:1].lower() in "aeiou" else "a"
        return words.format(a=article, singular=view.singular, plural=view.plural)
    return str(about or _OTHERWISE)


def pages(app: Flask) -> dict[str, Any]:
    """The page classes of an app by the name that addresses are made with."""
    if _PAGES not in app.extensions:
        app.extensions[_PAGES] = {view.endpoint: view for view in console().baseviews}
    known: dict[str, Any] = app.extensions[_PAGES]
    return known
