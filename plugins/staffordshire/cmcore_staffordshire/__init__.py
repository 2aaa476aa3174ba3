"""What Staffordshire adds: events, lessons, clubs, work experience and the Virtual School Council."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcore.api import Manifest, hookimpl

if TYPE_CHECKING:
    from cmcore.api import Line

MANIFEST = Manifest(
    name="staffordshire",
    title="Staffordshire",
    version="0.1.0",
    api=1,
    maker="The maintainers of Creative Mentoring",
    about="A two-year calendar of events with bookings and attendance, music "
    "lessons, clubs, work experience, and the Virtual School Council.",
    rules="EVT",
    sensitive="Where a young person goes and what they thought of it.",
)


@hookimpl
def cm_tables() -> list[Line]:
    """Its own tables."""
    from cmcore_staffordshire.tables import LINE

    return [LINE]
