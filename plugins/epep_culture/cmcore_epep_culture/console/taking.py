"""Drafting the page of one PEP, and taking a page out for the e-PEP system."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request

from cmcore.api import NotFound, PepCycle
from cmcore_epep_culture import drafting, leaving
from cmcore_epep_culture.records import CulturePage
from console.api import Page, download, expose, needs, page_of, work

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class EpepCulturePage(Page):
    """Drafting the page of one PEP, and taking a page out."""

    route_base = "/epep-culture-page"

    @expose("/<int(max=2147483647):pep_id>/draft", methods=("GET", "POST"))
    @needs("epep_culture_page.draft")
    def index(self, pep_id: int) -> Any:
        """Draft the page of a PEP, after a page that says what that does."""
        here = work()
        pep = here.get(PepCycle, pep_id)
        if request.method == "POST":
            page = drafting.draft_page(here, pep)
            here.commit()
            flash("The page is drafted. Read it through before the meeting.")
            return redirect(page_of(page), 303)
        return self.show_page(
            "cm/confirm.html",
            title="Cultural entitlement page",
            heading=f"Draft the cultural entitlement page of the {pep}",
            why="It is put together from what is recorded: sessions, referrals, targets. You can change every line.",
            button="Draft it",
            back_url=page_of(pep),
            findings=(),
            crumbs=((str(pep), page_of(pep)), ("Cultural entitlement page", "")),
        )

    @expose("/<int(max=2147483647):page_id>/<file>")
    @needs("epep_culture_page.export")
    def take(self, page_id: int, file: str) -> Any:
        """The page as a file for the e-PEP system; that it was taken out is written down."""
        known = {
            "pdf": (leaving.page_pdf, "application/pdf"),
            "docx": (leaving.page_word, _DOCX),
            "json": (leaving.page_json, "application/json"),
        }
        if file not in known:
            raise NotFound("file")
        here = work()
        page = here.get(CulturePage, page_id)
        make, kind = known[file]
        content = make(here, page)
        here.commit()
        return download(content, kind, f"cultural-page-{page.id}.{file}")

    @expose("/schema.json")
    @needs("epep_culture_page.see")
    def schema(self) -> Any:
        """The published schema of the JSON."""
        return download(leaving.schema_file(), "application/schema+json", "cultural-entitlement-page.schema.json")
