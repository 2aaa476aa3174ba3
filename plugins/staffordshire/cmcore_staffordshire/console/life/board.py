"""The board: who learns, goes, was pointed to and worked, what the council decided, and the way to each list."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from cmcore.api import Authority, NotFound, Work, authority_for, count
from cmcore_staffordshire.console.life.parts import BOARD
from cmcore_staffordshire.life.counts import Doing, Life, life, school_year
from cmcore_staffordshire.life.queries import PLUGIN
from console.api import Page, PanelBody, PartOfPage, expose, needs, shown, work

#: No percentage out of fewer than this: DOMAIN §12 [Default].
LEAST = 10


class StaffordshireLife(Page):
    """Lessons, clubs, work experience and the council of an authority, in numbers."""

    route_base = "/staffordshire-life"
    about = (
        "What young people in care learn, go to and work at, and what their council decided. Numbers are of those in "
        "care now and of this school year; each says out of how many, and a percentage stands only from ten on."
    )

    @expose("/")
    @needs("staffordshire_lesson.see")
    def index(self) -> Any:
        """The board of the authority the address names, or of the first in which the plugin is on."""
        here = work()
        authority = _authority(here)
        seen = life(here, authority)
        year = school_year(here.today).starts_on.year
        return self.show_page(
            "cm/parts.html",
            title=BOARD,
            heading=BOARD,
            under=f"{authority.name}: {count(seen.in_care, 'young person', 'young people')} in care; "
            f"school year {year}-{(year + 1) % 100:02d}.",
            acts=_acts(here, authority),
            views=[],
            parts=_parts(here, authority, seen),
            about=self.about,
            crumbs=(),
        )


def _authority(here: Work) -> Authority:
    reached = sorted(here.scope.authorities) if here.scope else []
    on = [each for each in reached if here.plugin_is_on(PLUGIN, each) and here.may("staffordshire_lesson.see", each)]
    asked = request.args.get("authority_id", "")
    for each in on:
        if asked in ("", str(each)):
            return authority_for(here, each)
    raise NotFound(Authority.words[0])


def _acts(here: Work, authority: Authority) -> list[tuple[str, str, bool]]:
    if not here.may("staffordshire_council.add", authority.id):
        return []
    return [("Add a council meeting", url_for("StaffordshireCouncil.add", authority_id=authority.id), False)]


def _parts(here: Work, authority: Authority, seen: Life) -> list[PartOfPage]:
    parts = [
        PartOfPage("lessons", "Music lessons", _doing(seen, seen.lessons, "Instrument", "StaffordshireLessons")),
        PartOfPage("clubs", "Clubs", _doing(seen, seen.clubs, "What for", "StaffordshireClubs")),
        PartOfPage("signposts", "What was pointed out", _signposts(here, authority, seen)),
        PartOfPage("work", "Work experience", _work(seen)),
    ]
    if here.may("staffordshire_council.see", authority.id):
        parts.append(PartOfPage("council", "Virtual School Council", _council(here, authority, seen)))
    return parts


def _doing(seen: Life, doing: Doing, column: str, page: str) -> PanelBody:
    said = f"{share(doing.people, seen.in_care)} of those in care."
    return PanelBody(
        columns=(column, "Now"),
        rows=[("", pair) for pair in doing.most],
        words=said if doing.most else "",
        empty="Nobody does yet, as far as is known.",
        more=[("All that go on now", url_for(f"{page}.list", when="now")), ("All", url_for(f"{page}.list"))],
        numbers=True,
    )


def _signposts(here: Work, authority: Authority, seen: Life) -> PanelBody:
    there = "StaffordshireSignposts.list"
    more = [("All", url_for(there))]
    if seen.to_ask:
        more.insert(0, (f"{count(seen.to_ask, 'signpost')} to ask about", url_for(there, open="ask")))
    return PanelBody(
        columns=("What came of it", "This school year"),
        rows=[("", pair) for pair in seen.became],
        words=f"{count(seen.pointed_out, 'time')} something was pointed out." if seen.became else "",
        empty="Nothing was pointed out this school year.",
        more=more,
        numbers=True,
    )


def _work(seen: Life) -> PanelBody:
    more = [("All", url_for("StaffordshireWork.list"))]
    if seen.unseen:
        said = f"{seen.unseen} without a risk assessment"
        more.insert(0, (said, url_for("StaffordshireWork.list", waits="assessment")))
    facts = [
        ("Begun this school year", f"{seen.placements:,}"),
        ("To the end", f"{seen.completed:,} of {seen.placements:,}"),
        ("Hours in all", f"{seen.hours:,}"),
    ]
    return PanelBody(facts=facts if seen.placements else [], empty="None this school year.", more=more)


def _council(here: Work, authority: Authority, seen: Life) -> PanelBody:
    decisions = "StaffordshireDecisions.list"
    more = [("Meetings", url_for("StaffordshireCouncil.list")), ("Decisions", url_for(decisions))]
    if seen.to_tell:
        more.insert(0, (f"{count(seen.to_tell, 'decision')} to tell back", url_for(decisions, waits="tell")))
    if seen.late:
        more.insert(0, (f"{count(seen.late, 'decision')} past their day", url_for(decisions, waits="late")))
    facts = [
        ("Meetings this school year", str(seen.meetings)),
        ("Young people there, added up", str(seen.there)),
        ("Last met", shown(seen.last_on)),
        ("Decisions done", f"{seen.done} of {seen.decided}"),
    ]
    return PanelBody(facts=facts if seen.last_on else [], empty="The council has not met yet.", more=more)


def share(part: int, of: int) -> str:
    """A share as it is shown: "4 of 9", with a percentage once it is out of ten or more."""
    return f"{part:,} of {of:,}" + (f" ({round(100 * part / of)} %)" if of >= LEAST else "")
