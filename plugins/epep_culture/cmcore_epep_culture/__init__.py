"""The cultural entitlement page of each PEP: drafted from what is recorded, edits kept, and who it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcore.api import Manifest, hookimpl

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cmcore.api import (
        Acts,
        Authority,
        CulturalLine,
        Figure,
        Finding,
        GlossaryTerm,
        Keeping,
        Line,
        PepCycle,
        Period,
        PluginSetting,
        RetentionRule,
        Rule,
        Work,
    )
    from cmcore.api.jobs import TaskKind

MANIFEST = Manifest(
    name="epep_culture",
    title="Cultural entitlement pages",
    version="0.1.0",
    api=1,
    maker="The maintainers of Creative Mentoring",
    about="A page for each PEP: interests, what they do, visits and events, what is in the way, next steps and their "
    "own words, drafted from what is recorded, with its sources; and how many young people have one.",
    rules="PEP",
    sensitive="What a young person does, likes and says of culture, and what keeps them from it.",
)


# ---- what it brings
@hookimpl
def cm_rules() -> list[Rule]:
    """R-PEP-4, from rules.toml; the other rules of PEPs are the core's."""
    from cmcore.api import rules_in

    return rules_in("cmcore_epep_culture")


@hookimpl
def cm_settings() -> list[PluginSetting]:
    """How far back a draft looks."""
    from cmcore_epep_culture.settings import SETTINGS

    return list(SETTINGS)


@hookimpl
def cm_tables() -> list[Line]:
    """Pages and their lines."""
    from cmcore_epep_culture.records import LINE

    return [LINE]


@hookimpl
def cm_glossary() -> list[GlossaryTerm]:
    """The words of its part of the sector."""
    from cmcore.api import terms_in

    return terms_in("cmcore_epep_culture", "epep_culture_")


@hookimpl
def cm_figures() -> list[Figure]:
    """How many PEPs have a page, and how many pages say that culture reaches somebody."""
    from cmcore_epep_culture.figures import FIGURES

    return list(FIGURES)


@hookimpl
def cm_long_work() -> list[TaskKind]:
    """Drafting every page of a term."""
    from cmcore_epep_culture.long_work import KIND

    return [KIND]


@hookimpl
def cm_acts() -> list[Acts]:
    """Coordinators keep the pages; a designated teacher those of their pupils; a mentor adds to those of their own."""
    from cmcore.api import Acts

    whole = ("epep_culture_page.*", "epep_culture_line.*")
    teacher = (
        "epep_culture_page.see",
        "epep_culture_page.draft",
        "epep_culture_line.see",
        "epep_culture_line.add",
        "epep_culture_line.change",
        "epep_culture_line.done",
    )
    mentor = ("epep_culture_page.see", "epep_culture_line.see", "epep_culture_line.add")
    return [Acts("coordinator", whole), Acts("head", whole), Acts("referrer", teacher), Acts("mentor", mentor)]


@hookimpl
def cm_retention() -> list[Keeping | RetentionRule]:
    """A page is part of a child's record, and kept as that is."""
    from cmcore.api import Keeping

    return [Keeping("epep_culture-line", "child"), Keeping("epep_culture-done", "child")]


# ---- what it offers and asks
@hookimpl
def cm_cultural_lines(work: Work, people: Collection[int], period: Period) -> Iterable[CulturalLine]:
    """What somebody wrote on the page of the term before, and next steps that were not done."""
    from cmcore_epep_culture.carrying import carried

    return list(carried(work, people, period))


@hookimpl
def cm_check_pep(work: Work, pep: PepCycle) -> list[Finding]:
    """R-PEP-4."""
    from cmcore_epep_culture.queries import page_of_pep
    from cmcore_epep_culture.rules import has_page

    page = page_of_pep(work, pep)
    return has_page(page.standing if page else None, work.policy_of(pep))


@hookimpl(trylast=True)
def cm_demo_loaded(work: Work, authority: Authority) -> None:
    """The demonstration shows pages of this term, drafted of what other plugins made up, some changed by hand."""
    from cmcore_epep_culture.demonstration import fill

    fill(work, authority)
