"""Schools that apply, train for a year, try a change and count what came of it, and mentor others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcore.api import Manifest, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cmcore.api import (
        Acts,
        Authority,
        CalendarEntry,
        Figure,
        Keeping,
        Line,
        Period,
        PluginSetting,
        ProgrammeType,
        RetentionRule,
        Rule,
        Work,
    )

MANIFEST = Manifest(
    name="attachment_aware",
    title="Attachment Aware Schools",
    version="0.1.0",
    api=1,
    maker="The maintainers of Creative Mentoring",
    about="Schools that apply, train for a year, try a change and count what came of it, and mentor others.",
    rules="AAS",
    sensitive="What a school's suspensions and exclusions were before and after.",
)

#: The kinds of record it keeps.
_KINDS = ("cohort", "place", "staff", "day", "attendance", "project", "reading", "piece", "picture", "mentoring")
#: What a school's own staff do beside seeing all of that of their own school.
_OF_SCHOOLS = (
    "attachment_aware_place.add",
    "attachment_aware_place.answer",
    "attachment_aware_staff.*",
    "attachment_aware_project.*",
    "attachment_aware_reading.*",
    "attachment_aware_piece.*",
    "attachment_aware_picture.*",
)


@hookimpl
def cm_programme_types() -> list[ProgrammeType]:
    """The programme type, whose subject is a school."""
    from cmcore_attachment_aware.programme import PROGRAMME_TYPE

    return [PROGRAMME_TYPE]


@hookimpl
def cm_rules() -> list[Rule]:
    """R-AAS-1 to R-AAS-13, from rules.toml."""
    from cmcore.api import rules_in

    return rules_in("cmcore_attachment_aware")


@hookimpl
def cm_settings() -> list[PluginSetting]:
    """How many schools a new cohort takes."""
    from cmcore_attachment_aware.settings import SETTINGS

    return list(SETTINGS)


@hookimpl
def cm_tables() -> list[Line]:
    """Cohorts, places, staff, training days, projects, counts, portfolios, mentoring, and what was given out."""
    from cmcore_attachment_aware.records import LINE

    return [LINE]


@hookimpl
def cm_figures() -> list[Figure]:
    """How many schools took part and graduated, and how many staff were trained."""
    from cmcore_attachment_aware.figures import FIGURES

    return list(FIGURES)


@hookimpl
def cm_acts() -> list[Acts]:
    """Coordinators and heads keep the programme; a school's staff see and keep what is their own school's."""
    from cmcore.api import Acts

    whole = tuple(f"attachment_aware_{kind}.*" for kind in _KINDS)
    seen = tuple(f"attachment_aware_{kind}.see" for kind in _KINDS)
    # What was given out is read where the next account is, and nobody changes it.
    keeps = (*whole, "attachment_aware_release.see")
    return [Acts("coordinator", keeps), Acts("head", keeps), Acts("referrer", (*seen, *_OF_SCHOOLS))]


@hookimpl
def cm_retention() -> list[Keeping | RetentionRule]:
    """What is written of a school is kept six years and the current one after its year."""
    from cmcore_attachment_aware.keeping import KEPT

    return list(KEPT)


@hookimpl
def cm_calendar_entries(work: Work, authority: Authority, period: Period) -> Iterable[CalendarEntry]:
    """Training days, and the day by which schools apply."""
    from cmcore_attachment_aware.calendar import entries

    return list(entries(work, authority, period))


@hookimpl(trylast=True)
def cm_demo_loaded(work: Work, authority: Authority) -> None:
    """The demonstration shows three cohorts, the third oversubscribed."""
    from cmcore_attachment_aware.demonstration import fill

    fill(work, authority)
