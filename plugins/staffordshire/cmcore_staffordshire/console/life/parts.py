"""What the pages of this folder share: the way back to the board, and how days and money stand in a cell."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import url_for

from cmcore.api import Work, pounds
from console.api import State, Sub, shown, work

#: What the board is called in the menu and on the way to each page.
BOARD = "Lessons, clubs, council"
#: What of a young person is loaded with each row.
OF_PERSON = ["young_person.ref", "young_person.family_name"]


class OnTheBoard:
    """A page class that is reached from the board: the way to it, and a link back above its list."""

    def crumbs_before(self, record: Any) -> list[tuple[str, str]]:
        """The board stands before the list."""
        return [(BOARD, url_for("StaffordshireLife.index"))]

    def list_acts(self, work: Work) -> list[tuple[str, str]]:
        """Back to the board."""
        return [(BOARD, url_for("StaffordshireLife.index"))]


def since_until(starts_on: date, ends_on: date | None) -> Any:
    """Since when, and until when where an end is known."""
    return Sub(shown(starts_on), f"until {shown(ends_on)}" if ends_on else "")


def goes_on(starts_on: date, ends_on: date | None) -> State:
    """Whether something goes on today."""
    today = work().today
    if starts_on > today:
        return State("To come", "none", "ring")
    return State("Over", "none", "tick") if ends_on and ends_on < today else State("Goes on")


def cost(pence: int | None, paid_by: str) -> str:
    """What a term costs and who pays, as far as it is known."""
    told = [pounds(pence) if pence else "Free" if pence == 0 else "", paid_by]
    return ", ".join(part for part in told if part)
