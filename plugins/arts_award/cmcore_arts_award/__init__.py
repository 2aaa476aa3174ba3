"""Arts Award: enrolments, advisers, evidence of each part, moderation and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcore.api import Manifest, hookimpl

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cmcore.api import (
        Acts,
        Authority,
        AwardScheme,
        AwardStanding,
        CulturalLine,
        Figure,
        GlossaryTerm,
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
    name="arts_award",
    title="Arts Award",
    version="0.1.0",
    api=1,
    maker="The maintainers of Creative Mentoring",
    about="Enrolments for Arts Award, advisers and their training, evidence "
    "of each part, what is missing, moderation and certificates.",
    rules="AA",
    sensitive="What a young person made and did for an award, and where it is kept.",
)


# ---- what it brings
@hookimpl
def cm_award_schemes() -> list[AwardScheme]:
    """Arts Award; the enrolments take any other award too that a plugin brings."""
    from cmcore_arts_award.scheme import SCHEME

    return [SCHEME]


@hookimpl
def cm_rules() -> list[Rule]:
    """R-AA-1 to R-AA-4, from rules.toml."""
    from cmcore.api import rules_in

    return rules_in("cmcore_arts_award")


@hookimpl
def cm_settings() -> list[PluginSetting]:
    """How far back evidence is offered, and when training that runs out is told."""
    from cmcore_arts_award.settings import SETTINGS

    return list(SETTINGS)


@hookimpl
def cm_tables() -> list[Line]:
    """Advisers, their training, entries, enrolments, parts and evidence."""
    from cmcore_arts_award.records import LINE

    return [LINE]


@hookimpl
def cm_workbooks() -> list[ListWorkbook]:
    """Enrolments, a row each: a whole event or school at once."""
    from cmcore_arts_award.enrolling import WORKBOOK

    return [WORKBOOK]


@hookimpl
def cm_glossary() -> list[GlossaryTerm]:
    """The words of its part of the sector."""
    from cmcore.api import terms_in

    return terms_in("cmcore_arts_award", "arts_award_")


@hookimpl
def cm_figures() -> list[Figure]:
    """Young people enrolled, parts passed, certificates."""
    from cmcore_arts_award.counting import FIGURES

    return list(FIGURES)


@hookimpl
def cm_acts() -> list[Acts]:
    """Coordinators keep all of it; a mentor and a designated teacher gather evidence; a mentor who advises marks."""
    from cmcore.api import Acts

    kinds = ("adviser", "training", "batch", "enrolment", "part", "evidence")
    whole = tuple(f"arts_award_{kind}.*" for kind in kinds)
    gathers = (
        "arts_award_enrolment.see",
        "arts_award_part.see",
        "arts_award_evidence.see",
        "arts_award_evidence.add",
        "arts_award_evidence.change",
        "arts_award_adviser.see",
    )
    advises = (*gathers, "arts_award_part.mark", "arts_award_enrolment.assess", "arts_award_training.see")
    return [Acts("coordinator", whole), Acts("head", whole), Acts("referrer", gathers), Acts("mentor", advises)]


@hookimpl
def cm_retention() -> list[Keeping | RetentionRule]:
    """What is asked about a young person's award is part of their record, and kept as that is."""
    from cmcore.api import Keeping

    asked = ("certificate", "evidence", "picked", "mark", "results")
    return [Keeping(f"arts_award-{form}", "child") for form in asked]


# ---- what it offers
@hookimpl
def cm_award_enrolments(work: Work, people: Collection[int]) -> Iterable[AwardStanding]:
    """For which levels these young people are enrolled, and how far they are."""
    from cmcore_arts_award.queries import standings

    return list(standings(work, people))


@hookimpl
def cm_cultural_lines(work: Work, people: Collection[int], period: Period) -> Iterable[CulturalLine]:
    """Awards somebody works towards, and certificates."""
    from cmcore_arts_award.culture import lines

    return list(lines(work, people, period))


@hookimpl
def cm_demo_loaded(work: Work, authority: Authority) -> None:
    """The demonstration shows advisers, enrolments of every state, evidence and entries."""
    from cmcore_arts_award.demonstration import fill

    fill(work, authority)
