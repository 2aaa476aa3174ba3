"""Where the page of a record or of a form is, for whoever is signed in; empty where there is none for them."""

from __future__ import annotations

from typing import Any

from flask import url_for

from console.framework import console


def page_of(record: Any) -> str:
    """The address of a record's page."""
    view = console().page_about(record.kind())
    if view is None or not view.may("show"):
        return ""
    address: str = view.address_of(record)
    return address


def form_page(key: str, authority_id: int) -> str:
    """The address of the page of a form, where it is begun, printed, or taken as a sheet."""
    if not console().sm.has_access("can_show", "Forms"):
        return ""
    return url_for("Forms.show", authority_id=authority_id, key=key)
