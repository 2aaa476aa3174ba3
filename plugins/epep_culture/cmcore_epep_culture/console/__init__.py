"""What the plugin shows: pages and their lines, the panel on a PEP, PEPs without a page, and the coverage board."""

from __future__ import annotations

from flask import url_for

from cmcore.api import PepCycle, Work, day, local
from cmcore_epep_culture.console.board import EpepCultureCoverage
from cmcore_epep_culture.console.records import EpepCultureLines, EpepCultureMissing, EpepCulturePages
from cmcore_epep_culture.console.taking import EpepCulturePage
from cmcore_epep_culture.queries import page_of_pep
from cmcore_epep_culture.records import CulturePage
from console.api import Panel, PanelBody, PluginPage, hookimpl, page_of

#: The group of the menu in which PEPs stand.
_GROUP = "PEPs"


# ---- parts of other pages
def of_pep(here: Work, pep: PepCycle) -> PanelBody | None:
    """The page of a PEP: how much it says, and where it is read or drafted."""
    page = page_of_pep(here, pep)
    if page is None:
        may = here.may("epep_culture_page.draft", pep.authority_id) and pep.state != "complete"
        there = url_for("EpepCulturePage.index", pep_id=pep.id)
        return PanelBody(empty="No page yet.", more=[("Draft it", there)] if may else [])
    drafted = f"{day(local(page.drafted_at).date())}, {page.drafted_by}"
    facts = [("Lines", page.standing), ("Reached", "Yes" if page.reached else "Not yet"), ("Drafted", drafted)]
    return PanelBody(facts=facts, more=[("Read it", page_of(page))])


def of_page(here: Work, page: CulturePage) -> PanelBody | None:
    """The files a page can be taken out as."""
    there = [
        (words, url_for("EpepCulturePage.take", page_id=page.id, file=file))
        for words, file in (("PDF", "pdf"), ("Word", "docx"), ("JSON", "json"))
    ]
    more = [*there, ("Schema of the JSON", url_for("EpepCulturePage.schema"))]
    said = "The e-PEP system keeps the plan; this page is handed to it. That it was taken out is written down."
    return PanelBody(words=said, more=more)


@hookimpl
def console_pages() -> list[PluginPage]:
    """The coverage board, pages, PEPs without one, lines, drafting and taking out."""
    return [
        PluginPage(EpepCultureCoverage, "Culture in the plan", _GROUP),
        PluginPage(EpepCulturePages, "Cultural pages", _GROUP),
        PluginPage(EpepCultureMissing),
        PluginPage(EpepCultureLines),
        PluginPage(EpepCulturePage),
    ]


@hookimpl
def console_panels() -> list[Panel]:
    """On the page of a PEP, and on a cultural page the files it leaves as."""
    return [
        Panel("pep_cycle", "Cultural entitlement page", of_pep, "epep_culture_page.see"),
        Panel("epep_culture_page", "Take it to the e-PEP", of_page, "epep_culture_page.export"),
    ]
