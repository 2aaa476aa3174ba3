"""The journey to an Artsmark, from self-assessment to award and renewal."""

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
        GlossaryTerm,
        Keeping,
        Line,
        Period,
        PluginSetting,
        RetentionRule,
        Rule,
        Work,
    )

MANIFEST = Manifest(
    name="artsmark",
    title="Artsmark",
    version="0.1.0",
    api=1,
    maker="The maintainers of Creative Mentoring",
    about="The journey to an Artsmark: self-assessment, commitments, action "
    "plan, evidence whose numbers are counted, Statement of Impact.",
    rules="AM",
    sensitive="Words of young people that are quoted as evidence.",
)

#: The kinds of record it keeps.
_KINDS = (
    "artsmark_journey",
    "artsmark_judgement",
    "artsmark_commitment",
    "artsmark_item",
    "artsmark_evidence",
    "artsmark_passage",
)


@hookimpl
def cm_rules() -> list[Rule]:
    """R-AM-1 to R-AM-8, from rules.toml."""
    from cmcore.api import rules_in

    return rules_in("cmcore_artsmark")


@hookimpl
def cm_settings() -> list[PluginSetting]:
    """How far ahead the calendar is offered to an action plan."""
    from cmcore_artsmark.settings import SETTINGS

    return list(SETTINGS)


@hookimpl
def cm_tables() -> list[Line]:
    """Journeys, judgements, commitments, action plans, evidence and passages."""
    from cmcore_artsmark.records import LINE

    return [LINE]


@hookimpl
def cm_glossary() -> list[GlossaryTerm]:
    """The words of its part of the sector."""
    from cmcore.api import terms_in

    return terms_in("cmcore_artsmark", "artsmark_")


@hookimpl
def cm_figures() -> list[Figure]:
    """How many commitments were achieved."""
    from cmcore_artsmark.figures import FIGURES

    return list(FIGURES)


@hookimpl
def cm_acts() -> list[Acts]:
    """Coordinators and heads keep the journey; nobody else sees it."""
    from cmcore.api import Acts

    whole = tuple(f"{kind}.*" for kind in _KINDS)
    return [Acts("coordinator", whole), Acts("head", whole)]


@hookimpl
def cm_retention() -> list[Keeping | RetentionRule]:
    """Journeys are kept six years and the current one after they ended; so is what was typed about them."""
    from cmcore_artsmark.keeping import KEEPING

    return list(KEEPING)


@hookimpl
def cm_calendar_entries(work: Work, authority: Authority, period: Period) -> Iterable[CalendarEntry]:
    """Statements that are due, awards that run out, commitments and items of the action plan."""
    from cmcore_artsmark.calendar import entries

    return list(entries(work, authority, period))


@hookimpl(trylast=True)
def cm_demo_loaded(work: Work, authority: Authority) -> None:
    """The demonstration shows a journey under way, with evidence and a drafted Statement of Impact."""
    from cmcore_artsmark.demonstration import fill

    fill(work, authority)
