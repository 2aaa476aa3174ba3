"""The coverage board: whom the pages of a term reach, drafting all of them, and taking all of them out."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for

from cmcore.api import Authority, NotFound, Termly, Work, authority_for, count, term_at, terms_with_plans
from cmcore_epep_culture import drafting, leaving
from cmcore_epep_culture.coverage import WAYS, Coverage, Share, coverage
from cmcore_epep_culture.long_work import ask_to_draft
from console.api import Page, PanelBody, PartOfPage, download, expose, needs, page_of, work

#: The board shows so many settings; the file has all.
MOST = 40


class EpepCultureCoverage(Page):
    """Whom the pages of a term reach."""

    route_base = "/epep-culture-coverage"
    about = (
        "How many of a term's PEPs have a cultural entitlement page, and how many of those say that the young person "
        "does or comes to something. Every number says out of how many; a percentage stands only from ten on."
    )

    @expose("/")
    @needs("epep_culture_page.export")
    def index(self) -> Any:
        """The board of this term, or of the one the address names."""
        here = work()
        authority, at, views = _asked(here)
        seen = coverage(here, authority, at)
        own: dict[str, Any] = {"authority_id": authority.id, "term": at.starts_on.isoformat()}
        acts = [
            ("CSV", url_for("EpepCultureCoverage.take", file="csv", **own), False),
            ("JSON", url_for("EpepCultureCoverage.take", file="json", **own), False),
        ]
        if here.may("epep_culture_page.draft", authority.id):
            there = url_for("EpepCultureCoverage.draft", **own)
            acts.append(("Draft the term's pages", there, bool(seen.missing)))
        return self.show_page(
            "cm/parts.html",
            title=f"Culture in the plan, {at.words}",
            heading="Culture in the plan",
            under=_in_words(seen),
            acts=acts,
            views=views,
            parts=_parts(seen) if seen.whole.of else [],
            empty="No PEPs were opened for this term yet. Open them on the PEP board.",
            about=self.about,
            crumbs=(),
        )

    @expose("/draft", methods=("GET", "POST"))
    @needs("epep_culture_page.draft")
    def draft(self) -> Any:
        """Draft every page of the term, as long work with its progress."""
        here = work()
        authority, at, _ = _asked(here)
        back = url_for("EpepCultureCoverage.index", authority_id=authority.id, term=at.starts_on.isoformat())
        many = len(drafting.to_draft(here, authority, at))
        if request.method == "POST" and many:
            task = ask_to_draft(here, authority, at)
            here.commit()
            flash(f"{count(many, 'page')} will be drafted. How far it is stands on this page.")
            return redirect(page_of(task) or back, 303)
        why = f"{count(many, 'PEP')} of the {at.words} not complete: a page is drafted, or drafted again, for each. "
        return self.show_page(
            "cm/confirm.html",
            title="Draft the term's pages",
            heading="Draft the term's pages",
            why=f"{why}What anybody changed, wrote or left out stays." if many else "There is nothing to draft.",
            button="Draft them" if many else "",
            action_url=request.full_path,
            back_url=back,
            findings=(),
            crumbs=(("Culture in the plan", back), ("Draft the term's pages", "")),
        )

    @expose("/take/<file>")
    @needs("epep_culture_page.export")
    def take(self, file: str) -> Any:
        """Every page of the term in one file; that each was taken out is written down."""
        known = {"csv": (leaving.term_csv, "text/csv"), "json": (leaving.term_json, "application/json")}
        if file not in known:
            raise NotFound("file")
        here = work()
        authority, at, _ = _asked(here)
        make, kind = known[file]
        content = make(here, authority, at)
        here.commit()
        return download(content, kind, f"cultural-pages-{at.starts_on.isoformat()}.{file}")


def _asked(here: Work) -> tuple[Authority, Termly, list[tuple[str, str, bool]]]:
    """The authority and the term the address names, and the terms there are."""
    reached = (
        [each for each in sorted(here.scope.authorities) if here.plugin_is_on(drafting.PLUGIN, each)]
        if here.scope
        else []
    )
    asked = request.args.get("authority_id", "")
    key = next((each for each in reached if asked in ("", str(each))), None)
    if key is None:
        raise NotFound(Authority.words[0])
    authority = authority_for(here, key)
    now, terms = term_at(here, authority, here.today), terms_with_plans(here, authority)
    wanted = request.args.get("term")
    at = next((term_at(here, authority, on) for _, _, on in terms if on.isoformat() == wanted), now)
    starts = {on: Termly.say(name, year) for year, name, on in terms} | {now.starts_on: now.words}
    views = [
        (
            words[:1].upper() + words[1:],
            url_for("EpepCultureCoverage.index", authority_id=authority.id, term=on.isoformat()),
            on == at.starts_on,
        )
        for on, words in sorted(starts.items(), reverse=True)
    ]
    return authority, at, views


def _in_words(seen: Coverage) -> str:
    whole = seen.whole
    pages, reached = Share.said(whole.pages, whole.of), Share.said(whole.reached, whole.of)
    term = f"{seen.at.words[:1].upper()}{seen.at.words[1:]}"
    return f"{term}: {pages} PEPs have a page; {reached} say that they do or come to something."


def _parts(seen: Coverage) -> list[PartOfPage]:
    missing = url_for("EpepCultureMissing.list")
    made = []
    for key, words in WAYS.items():
        shares = seen.by[key]
        rows = [("", _row(one)) for one in shares[:MOST]]
        more = len(shares) - MOST
        said = f"Those with the most without a page first. {count(more, 'more setting')} not shown." if more > 0 else ""
        link = [("PEPs without a page", missing)] if key == "setting" and seen.missing else []
        columns = (words, "Have a page", "Have none", "Reached")
        body = PanelBody(columns=columns, rows=rows, words=said, more=link, numbers=True)
        made.append(PartOfPage(f"by-{key.replace('_', '-')}", f"By {words.lower()}", body))
    barriers = [("", (name, many)) for name, many in seen.barriers]
    of = count(seen.whole.pages, "page")
    body = PanelBody(
        columns=("What is in the way", "Pages that say so"),
        rows=barriers,
        words=f"Out of {of}." if barriers else "",
        empty="No page says that anything is in the way.",
        numbers=True,
    )
    return [*made, PartOfPage("barriers", "What is in the way", body)]


def _row(one: Share) -> tuple[Any, ...]:
    return (one.name, Share.said(one.pages, one.of), one.of - one.pages, Share.said(one.reached, one.of))
