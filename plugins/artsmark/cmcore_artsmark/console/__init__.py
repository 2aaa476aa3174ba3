"""What the plugin shows: the journey as a task list, its commitments, plan and evidence, and the two statements."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import select

from cmcore.api import Setting, Work, day
from cmcore_artsmark.console.home import ArtsmarkHome
from cmcore_artsmark.console.journeys import ArtsmarkJourneys, ArtsmarkJudgements
from cmcore_artsmark.console.promises import ArtsmarkCommitments, ArtsmarkItems
from cmcore_artsmark.console.proofs import ArtsmarkEvidences
from cmcore_artsmark.console.statements import ArtsmarkPassages, ArtsmarkStatements
from cmcore_artsmark.journeys import PLUGIN
from cmcore_artsmark.proving import number_of
from cmcore_artsmark.records import ArtsmarkEvidence, ArtsmarkJourney
from cmcore_artsmark.words import EvidenceKind, Level, Statement
from console.api import Panel, PanelBody, PluginPage, hookimpl, page_of


# ---- parts of pages
def statements_of(here: Work, journey: ArtsmarkJourney) -> PanelBody | None:
    """Where the two statements are read, drafted and taken out."""
    links = [(one.label, url_for("ArtsmarkStatements.index", pk=journey.id, statement=one.value)) for one in Statement]
    said = "Each is drafted from what is kept here. What anybody changes, writes or leaves out stays."
    return PanelBody(words=said, more=[*links, ("The whole way", url_for("ArtsmarkHome.index", journey=journey.id))])


def counted_of(here: Work, evidence: ArtsmarkEvidence) -> PanelBody | None:
    """A number with its stored query: as it was counted, and as it counts now."""
    if evidence.kind_of_evidence != EvidenceKind.number:
        return None
    number = number_of(here, evidence)
    on = day(evidence.counted_on) if evidence.counted_on else ""
    facts = [
        ("What is counted", number.title),
        ("Which rows", number.meaning),
        ("From and to", number.days),
        (f"Counted on {on}", number.kept.words),
        ("Counted again now", number.now.words if number.now else number.why_not),
        ("In a statement", number.outside),
    ]
    return PanelBody(facts=facts)


def of_setting(here: Work, setting: Setting) -> PanelBody | None:
    """The journeys of a school or setting."""
    asked = select(ArtsmarkJourney).where(ArtsmarkJourney.setting_id == setting.id)
    found = here.db.scalars(asked.order_by(ArtsmarkJourney.registered_on.desc()).limit(5)).all()
    rows = [
        (page_of(one), (str(one), one.state_label, Level.say(one.level or one.aims_at)))
        for one in found
        if here.plugin_is_on(PLUGIN, one.authority_id)
    ]
    return PanelBody(columns=("Journey", "Where it stands", "Level"), rows=rows) if rows else None


@hookimpl
def console_pages() -> list[PluginPage]:
    """The way as a task list in the menu; the rest is reached from it."""
    return [
        PluginPage(ArtsmarkHome, "Artsmark", "PEPs"),
        PluginPage(ArtsmarkJourneys),
        PluginPage(ArtsmarkJudgements),
        PluginPage(ArtsmarkCommitments),
        PluginPage(ArtsmarkItems),
        PluginPage(ArtsmarkEvidences),
        PluginPage(ArtsmarkPassages),
        PluginPage(ArtsmarkStatements),
    ]


@hookimpl
def console_panels() -> list[Panel]:
    """On a journey its statements, on a number how it counts, on a school its journey."""
    return [
        Panel("artsmark_journey", "Statements", statements_of, "artsmark_passage.see"),
        Panel("artsmark_evidence", "As it was counted, and now", counted_of, "artsmark_evidence.see"),
        Panel("setting", "Artsmark", of_setting, "artsmark_journey.see"),
    ]
