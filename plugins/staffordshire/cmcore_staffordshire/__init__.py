"""What Staffordshire adds: events, lessons, clubs, work experience and the Virtual School Council."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcore.api import Manifest, hookimpl

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cmcore.api import (
        Acts,
        Authority,
        CulturalLine,
        Keeping,
        Line,
        ListWorkbook,
        Period,
        PluginSetting,
        RetentionRule,
        Rule,
        Work,
    )

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


# ---- what it brings
@hookimpl
def cm_rules() -> list[Rule]:
    """R-EVT-1 to R-EVT-3, from rules.toml."""
    from cmcore.api import rules_in

    return rules_in("cmcore_staffordshire")


@hookimpl
def cm_settings() -> list[PluginSetting]:
    """What an installation may say of it."""
    from cmcore_staffordshire.settings import SETTINGS

    return list(SETTINGS)


@hookimpl
def cm_acts() -> list[Acts]:
    """What each role may do with events, and with lessons, clubs, work experience and the council."""
    from cmcore_staffordshire.life.may import ACTS

    return list(ACTS)


@hookimpl
def cm_retention() -> list[Keeping | RetentionRule]:
    """What its forms ask of a young person is kept as their record is."""
    from cmcore_staffordshire.life.may import KEPT

    return list(KEPT)


@hookimpl
def cm_workbooks() -> list[ListWorkbook]:
    """Its lists that can be filled in as workbooks."""
    from cmcore_staffordshire.life.workbooks import WORKBOOKS

    return list(WORKBOOKS)


@hookimpl
def cm_tables() -> list[Line]:
    """Its own tables."""
    from cmcore_staffordshire.tables import LINE

    return [LINE]


# ---- what it offers
@hookimpl
def cm_cultural_lines(work: Work, people: Collection[int], period: Period) -> Iterable[CulturalLine]:
    """What somebody learns, goes to, was pointed to, and where they worked."""
    from cmcore_staffordshire.life.lines import lines

    return list(lines(work, people, period))


# ---- what it is told
@hookimpl
def cm_demo_loaded(work: Work, authority: Authority) -> None:
    """The demonstration shows what Staffordshire keeps."""
    from cmcore_staffordshire.life.demonstration import fill

    fill(work, authority)
