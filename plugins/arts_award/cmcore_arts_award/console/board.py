"""The board of awards: what waits, and how far they are by level, setting and adviser; and what each level asks."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from sqlalchemy import func, select

from cmcore.api import Authority, AwardScheme, NotFound, Work, authority_for, award_schemes_in_use, count, day
from cmcore_arts_award.boards import COLUMNS, NO_ADVISER, Progress, Tally, progress
from cmcore_arts_award.console.people import runs_out
from cmcore_arts_award.queries import to_assess, to_certificate, to_enter, unadvised
from cmcore_arts_award.records import AdviserTraining, AwardBatch, AwardEnrolment
from cmcore_arts_award.settings import PLUGIN
from console.api import Page, PanelBody, PartOfPage, State, expose, needs, page_of, work

#: The board shows so many settings; a page of their own has more, and the list of enrolments has all.
FEW, MOST = 10, 500


class ArtsAwardBoard(Page):
    """How far the awards of an authority are."""

    route_base = "/arts-award"
    about = (
        "Who works towards an award, at which level, where and with whom; and what waits for somebody. "
        "Every number is of enrolments: somebody who works towards two levels counts twice."
    )

    @expose("/")
    @needs("arts_award_batch.see")
    def index(self) -> Any:
        """The board."""
        here = work()
        authority, views = asked(here, "ArtsAwardBoard.index")
        seen = progress(here, authority)
        return self.show_page(
            "cm/parts.html",
            title="Arts Award",
            heading="Arts Award",
            under=_in_words(seen),
            acts=_acts(),
            views=views,
            parts=_parts(here, authority, seen),
            about=self.about,
            crumbs=(),
        )

    @expose("/settings")
    @needs("arts_award_batch.see")
    def settings(self) -> Any:
        """Every setting in which somebody works towards an award."""
        here = work()
        authority, views = asked(here, "ArtsAwardBoard.settings")
        seen = progress(here, authority)
        return self.show_page(
            "cm/parts.html",
            title="Awards by setting",
            heading="Awards by setting",
            under="Schools, secure units, hospitals: wherever somebody works towards an award.",
            views=views,
            parts=[PartOfPage("settings", "By setting", _of_settings(authority, seen.settings, MOST))],
            crumbs=(("Arts Award", url_for("ArtsAwardBoard.index")), ("Awards by setting", "")),
        )

    @expose("/levels")
    @needs("arts_award_enrolment.see")
    def levels(self) -> Any:
        """What each level asks, for whom it is, and what it counts as."""
        here = work()
        authority, views = asked(here, "ArtsAwardBoard.levels")
        schemes = award_schemes_in_use(here, authority.id)
        return self.show_page(
            "cm/parts.html",
            title="What each level asks",
            heading="What each level asks",
            under="No level needs the one below it.",
            views=views,
            parts=[part for scheme in schemes for part in _asked_by(scheme)],
            empty="No award is in use here.",
            crumbs=(("Arts Award", url_for("ArtsAwardBoard.index")), ("What each level asks", "")),
        )


def asked(here: Work, endpoint: str) -> tuple[Authority, list[tuple[str, str, bool]]]:
    """The authority the address names, or the first one, and all that are in reach."""
    reached = [each for each in sorted(here.scope.authorities if here.scope else ()) if here.plugin_is_on(PLUGIN, each)]
    wanted = request.args.get("authority_id", "")
    key = next((each for each in reached if wanted in ("", str(each))), None)
    if key is None:
        raise NotFound(Authority.words[0])
    there = [authority_for(here, each) for each in reached] if len(reached) > 1 else []
    views = [(one.name, url_for(endpoint, authority_id=one.id), one.id == key) for one in there]
    return authority_for(here, key), views


def _acts() -> list[tuple[str, str, bool]]:
    told = (
        ("Enrolments", "ArtsAwardEnrolments.list"),
        ("What is missing", "ArtsAwardParts.list"),
        ("Entries", "ArtsAwardEntries.list"),
        ("Advisers", "ArtsAwardAdvisers.list"),
        ("What each level asks", "ArtsAwardBoard.levels"),
    )
    return [(words, url_for(endpoint), False) for words, endpoint in told]


def _in_words(seen: Progress) -> str:
    if not seen.people:
        return "Nobody is enrolled yet. Enrol somebody on the page of a young person."
    working = count(seen.whole.working, "enrolment goes on", "enrolments go on")
    certificates = count(seen.whole.of("certificated"), "certificate")
    return f"{count(seen.people, 'young person', 'young people')}: {working}, {certificates}."


def _parts(here: Work, authority: Authority, seen: Progress) -> list[PartOfPage]:
    made = [PartOfPage("waiting", "What waits", _waiting(here, authority))]
    if not seen.people:
        return made
    return [
        *made,
        PartOfPage("levels", "By level", _table("Level", (*seen.levels, seen.whole), "")),
        PartOfPage("advisers", "By adviser", _table("Adviser", seen.advisers, "arts_award_adviser_id")),
        PartOfPage("kinds", "By kind of setting", _table("Kind of setting", seen.kinds, "")),
        PartOfPage("settings", "By setting", _of_settings(authority, seen.settings, FEW)),
    ]


def _of_settings(authority: Authority, tallies: tuple[Tally, ...], most: int) -> PanelBody:
    """Settings in few numbers each, so that a phone shows them too."""
    rows = [
        (
            url_for("ArtsAwardEnrolments.list", setting_id=one.key) if one.key else "",
            (one.name, one.below or "–", one.working, one.of("certificated")),
        )
        for one in tallies[:most]
    ]
    more = len(tallies) - most
    there = url_for("ArtsAwardBoard.settings", authority_id=authority.id)
    return PanelBody(
        columns=("Setting", "Kind", "Going on", "Certificates"),
        rows=rows,
        words=f"Those with the most first. {count(more, 'more setting')} not shown." if more > 0 else "",
        more=[("All settings", there)] if more > 0 and most == FEW else [],
        empty="Nobody is enrolled yet.",
        numbers=True,
    )


def _table(heading: str, tallies: tuple[Tally, ...], by: str) -> PanelBody:
    rows = []
    for one in tallies:
        own: dict[str, Any] = {by: one.key}
        there = url_for("ArtsAwardEnrolments.list", **own) if by and one.key else ""
        if one.name == NO_ADVISER and by:
            there = url_for("ArtsAwardEnrolments.list", waits="adviser")
        rows.append((there, (one.name, *one.cells)))
    return PanelBody(columns=(heading, *COLUMNS), rows=rows, numbers=True)


# ---- what waits
def _waiting(here: Work, authority: Authority) -> PanelBody:
    """Deadlines of entries first, then what somebody has to do with enrolments."""
    rows = [*_deadlines(here, authority), *_to_do(here, authority)]
    return PanelBody(columns=("What", "How many, or by when"), rows=rows, empty="Nothing waits for anybody.")


def _deadlines(here: Work, authority: Authority) -> list[tuple[str, tuple[Any, ...]]]:
    asked_for = select(AwardBatch).where(
        AwardBatch.authority_id == authority.id, AwardBatch.state.in_(("entered", "sampled", "uploaded"))
    )
    found = []
    for batch in here.db.scalars(asked_for.order_by(AwardBatch.upload_due_on, AwardBatch.expected_on)):
        sample = batch.state == "sampled"
        due = batch.upload_due_on if sample else batch.expected_on
        if due is None:
            continue
        what = f"{batch.title}: send the sample" if sample else f"{batch.title}: certificates to come"
        late = due < here.today
        said = State(f"Late, was due by {day(due)}", "warn", "warn") if late else f"By {day(due)}"
        found.append((page_of(batch), (what, said)))
    return found


def _to_do(here: Work, authority: Authority) -> list[tuple[str, tuple[Any, ...]]]:
    told = {
        "assess": ("To be assessed: every part is passed", to_assess()),
        "enter": ("To be entered: assessed, in no entry", to_enter()),
        "certificate": ("Certificates to order: assessed, no moderation", to_certificate()),
        "adviser": ("Without an adviser", unadvised()),
    }
    counts = [
        select(func.count()).where(AwardEnrolment.authority_id == authority.id, where).scalar_subquery()
        for _, where in told.values()
    ]
    ending = select(func.count()).where(AdviserTraining.authority_id == authority.id, runs_out("soon", here))
    *many, trainings = here.db.execute(select(*counts, ending.scalar_subquery())).one()
    found = [
        (url_for("ArtsAwardEnrolments.list", waits=key), (words, number))
        for (key, (words, _)), number in zip(told.items(), many, strict=True)
        if number
    ]
    if trainings:
        there = url_for("ArtsAwardTrainings.list", runs="soon")
        found.append((there, ("Trainings of advisers that run out soon", trainings)))
    return found


# ---- what each level asks
def _asked_by(scheme: AwardScheme) -> list[PartOfPage]:
    made = []
    for level in scheme.levels:
        facts: list[tuple[str, Any]] = [
            ("Counts as", level.standing),
            ("Meant for", f"ages {level.meant_for}" if level.meant_for != "0 to 25" else "up to 25"),
            ("Awarding body", scheme.awarding_body),
            ("Moderated", level.moderated and "Yes" or "No: the adviser's assessment stands"),
        ]
        if level.qualification_number:
            facts.append(("Qualification number", level.qualification_number))
        if level.hours:
            guided = f", {level.guided_hours} of them guided" if level.guided_hours else ""
            facts.append(("Hours", f"{level.hours}{guided}"))
        if level.ucas_points:
            facts.append(("UCAS points", level.ucas_points))
        units = any(unit.title for unit in level.units)
        rows = [
            ("", (part.words, *((unit.title,) if units else ()), part.asks, "Yes" if part.not_reused else "No"))
            for unit in level.units
            for part in unit.parts
        ]
        columns = ("Part", *(("Unit",) if units else ()), "What it asks", "Evidence of its own")
        body = PanelBody(facts=facts, columns=columns, rows=rows)
        made.append(PartOfPage(f"level-{level.key}".replace("_", "-"), f"{scheme.title} {level.title}", body))
    return made
