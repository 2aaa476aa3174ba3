"""What Staffordshire adds: events, lessons, clubs, work experience and the Virtual School Council."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cmcore.api import Manifest, hookimpl

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cmcore.api import (
        Acts,
        Authority,
        CalendarEntry,
        CulturalLine,
        Figure,
        Happened,
        Keeping,
        Line,
        ListWorkbook,
        Period,
        PluginSetting,
        RetentionRule,
        Rule,
        StageForm,
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
def cm_forms() -> list[Any]:
    """The referral, and what the young person made of the sessions."""
    from cmcore_staffordshire.life.asking import FORMS

    return list(FORMS)


@hookimpl
def cm_stage_forms() -> list[StageForm]:
    """The referral, in place of the core's."""
    from cmcore.api import StageForm
    from cmcore_staffordshire.life.asking import StaffordshireReferral

    return [StageForm("referral", StaffordshireReferral)]


@hookimpl
def cm_rules() -> list[Rule]:
    """R-EVT-1 to R-EVT-5, from rules.toml."""
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
    from cmcore_staffordshire.events import may as events
    from cmcore_staffordshire.life import may as life

    return [*events.ACTS, *life.ACTS]


@hookimpl
def cm_retention() -> list[Keeping | RetentionRule]:
    """What its forms ask of a young person is kept as their record is."""
    from cmcore_staffordshire.events import may as events
    from cmcore_staffordshire.life import may as life

    return [*events.KEPT, *life.KEPT]


@hookimpl
def cm_workbooks() -> list[ListWorkbook]:
    """Its lists that can be filled in as workbooks."""
    from cmcore_staffordshire.events import may as events
    from cmcore_staffordshire.life import workbooks as life

    return [*events.WORKBOOKS, *life.WORKBOOKS]


@hookimpl
def cm_figures() -> list[Figure]:
    """Events held and who came; who learns, goes to a club and works; what the council decided."""
    from cmcore_staffordshire.events import offering as events
    from cmcore_staffordshire.life import figures as life

    return [*events.FIGURES, *life.FIGURES]


@hookimpl
def cm_tables() -> list[Line]:
    """Its own tables."""
    from cmcore_staffordshire.tables import LINE

    return [LINE]


# ---- what it offers
@hookimpl
def cm_cultural_lines(work: Work, people: Collection[int], period: Period) -> Iterable[CulturalLine]:
    """Which events somebody came to; what they learn, go to, were pointed to, and where they worked."""
    from cmcore_staffordshire.events import offering as events
    from cmcore_staffordshire.life import lines as life

    return [*events.lines(work, people, period), *life.lines(work, people, period)]


@hookimpl
def cm_happened(work: Work, people: Collection[int]) -> Iterable[Happened]:
    """The events somebody came to, with what they said of them."""
    from cmcore_staffordshire.events.offering import happened

    return list(happened(work, people))


@hookimpl
def cm_calendar_entries(work: Work, authority: Authority, period: Period) -> Iterable[CalendarEntry]:
    """Events of the calendar."""
    from cmcore_staffordshire.events.offering import entries

    return list(entries(work, authority, period))


# ---- what it is told
@hookimpl
def cm_demo_loaded(work: Work, authority: Authority) -> None:
    """The demonstration shows what Staffordshire keeps."""
    from cmcore_staffordshire.events import demonstration as events
    from cmcore_staffordshire.life import demonstration as life

    events.fill(work, authority)
    life.fill(work, authority)
